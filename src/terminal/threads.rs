//! Starts the threads that the program needs, and reports to the loop if one panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::loop_event::LoopEvent;

/// Starts a thread whose panic is reported: otherwise the program would wait for it for ever.
pub(super) fn spawn(
    name: &'static str,
    sender: &Sender<LoopEvent>,
    work: impl FnOnce() + Send + 'static,
) -> Result<()> {
    let sender = sender.clone();
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                let lost = anyhow!("thread `{name}` crashed (this is a bug)");
                let _ = sender.send(LoopEvent::Lost(lost));
            }
        })
        .with_context(|| format!("cannot start the thread `{name}`"))?;
    Ok(())
}
