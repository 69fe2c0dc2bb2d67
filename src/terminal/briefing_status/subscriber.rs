//! The thread that reports to a follower what the presenter publishes.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::store::StatusStore;
use crate::app::Msg;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::threads::spawn;

/// How often the status is read.
const PAUSE: Duration = Duration::from_millis(200);

/// Reports the status now, and whenever it is another one.
#[expect(
    clippy::disallowed_methods,
    reason = "it reads the status now and then"
)]
pub(in crate::terminal) fn subscribe(store: StatusStore, sender: &Sender<LoopEvent>) -> Result<()> {
    let events = sender.clone();
    spawn("follow", sender, move || {
        let mut last = None;
        loop {
            let report = store.read();
            if last.as_ref() != Some(&report) {
                let event = LoopEvent::Msg(Msg::Presenter(report.clone()));
                if events.send(event).is_err() {
                    return;
                }
                last = Some(report);
            }
            thread::sleep(PAUSE);
        }
    })
}
