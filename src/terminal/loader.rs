//! The thread that reads long files while their beginning is shown, and the one that tells how far it is.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::Result;

use super::files::Files;
use super::loop_event::LoopEvent;
use super::threads::spawn;
use crate::app::Msg;

/// How often it is told how far the reading is.
const TELLING: Duration = Duration::from_millis(100);

/// Begins to read. What was read comes as a happening, and so does how far it is until then.
pub(super) fn start(sender: &Sender<LoopEvent>, files: &Arc<dyn Files>) -> Result<()> {
    let (done, is_done) = mpsc::channel::<()>();
    let (reading, happenings) = (Arc::clone(files), sender.clone());
    let read = move || {
        let read = reading.read_whole();
        drop(done);
        let happening = match read {
            Ok(loaded) => LoopEvent::Msg(Msg::Loaded(Box::new(loaded))),
            Err(error) => LoopEvent::Lost(error),
        };
        // Nobody waits for it any more where this fails.
        let _ = happenings.send(happening);
    };
    let (telling, happenings) = (Arc::clone(files), sender.clone());
    let tell = move || {
        while is_done.recv_timeout(TELLING) == Err(RecvTimeoutError::Timeout) {
            let told = LoopEvent::Msg(Msg::Progress(telling.percent()));
            if happenings.send(told).is_err() {
                return;
            }
        }
    };
    spawn("load", sender, read)?;
    spawn("progress", sender, tell)
}
