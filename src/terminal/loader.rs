//! The thread that reads long files while their beginning is shown, and the one that tells how far it is.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::Result;

use super::input::spawn;
use super::{Files, Happening};
use crate::app::Msg;
use crate::formats::progress::Progress;

/// How often it is told how far the reading is.
const TELLING: Duration = Duration::from_millis(100);

/// Files that are being read.
pub(super) struct Loader {
    progress: Arc<Progress>,
}

impl Loader {
    /// Begins to read. What was read comes as a happening, and so does how far it is until then.
    pub fn start(sender: &Sender<Happening>, files: Arc<dyn Files>) -> Result<Self> {
        let progress = Arc::new(Progress::default());
        let (done, is_done) = mpsc::channel::<()>();
        let (reading, happenings) = (Arc::clone(&progress), sender.clone());
        let read = move || {
            let read = files.read_whole(&reading);
            drop(done);
            let happening = match read {
                Ok(loaded) => Happening::Msg(Msg::Loaded(Box::new(loaded))),
                Err(error) => Happening::Lost(error),
            };
            // Nobody waits for it any more where this fails.
            let _ = happenings.send(happening);
        };
        let (telling, happenings) = (Arc::clone(&progress), sender.clone());
        let tell = move || {
            while is_done.recv_timeout(TELLING) == Err(RecvTimeoutError::Timeout) {
                let told = Happening::Msg(Msg::Progress(telling.percent()));
                if happenings.send(told).is_err() {
                    return;
                }
            }
        };
        spawn("load", sender, read)?;
        spawn("progress", sender, tell)?;
        Ok(Self { progress })
    }

    /// Reads no more.
    pub fn stop(&self) {
        self.progress.stop();
    }
}
