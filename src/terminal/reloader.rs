//! The thread that reads saved files again, while filters are answered by another.
//!
//! The newest save wins: a reading that it overtakes stops at the next chunk.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow};

use super::files::{Files, Overtaken, Reread, RereadOutcome};
use super::loop_event::LoopEvent;
use super::threads::spawn;
use crate::timeline::Timeline;

/// How many readings in a row may be overtaken. One after that is read to its end, or nothing of a file that is always
/// being written would ever be shown.
const MOST_OVERTAKEN: u32 = 3;

/// The way to the thread that reads.
pub(super) struct Reloader {
    jobs: Sender<ReadJob>,
    newest: Arc<Mutex<Newest>>,
}

struct ReadJob {
    /// What the files said before.
    before: Arc<Timeline>,
    /// Whether to report too that the files say what they said.
    is_told: bool,
    overtaken: Overtaken,
}

#[derive(Default)]
struct Newest {
    overtaken: Overtaken,
    /// How many readings in a row were overtaken.
    in_a_row: u32,
}

impl Reloader {
    /// Starts the thread. What it reads comes as happenings.
    pub fn start(sender: &Sender<LoopEvent>, files: Arc<dyn Files>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<ReadJob>();
        let newest = Arc::new(Mutex::new(Newest::default()));
        let (happenings, shared) = (sender.clone(), Arc::clone(&newest));
        spawn("reload", sender, move || {
            // A reading that is overtaken leaves it to the next one to report.
            let mut is_told = false;
            while let Ok(mut job) = waiting.recv() {
                is_told |= job.is_told;
                for newer in waiting.try_iter() {
                    is_told |= newer.is_told;
                    job = newer;
                }
                let reread = match files.read_again(&job.before, &job.overtaken) {
                    RereadOutcome::Overtaken => {
                        lock(&shared).in_a_row += 1;
                        continue;
                    }
                    RereadOutcome::Read(reread) => Some(reread),
                    RereadOutcome::Same => is_told.then_some(Reread::SAME),
                };
                is_told = false;
                lock(&shared).in_a_row = 0;
                if reread.is_some_and(|it| happenings.send(LoopEvent::Reread(it)).is_err()) {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, newest })
    }

    /// Asks for the files to be read again, instead of what is being read.
    pub fn read(&self, before: &Arc<Timeline>, is_told: bool) -> Result<()> {
        let overtaken = Overtaken::default();
        let mut newest = lock(&self.newest);
        if newest.in_a_row < MOST_OVERTAKEN {
            newest.overtaken.set();
        }
        newest.overtaken = overtaken.clone();
        let job = ReadJob {
            before: Arc::clone(before),
            is_told,
            overtaken,
        };
        let sent = self.jobs.send(job);
        sent.map_err(|_| anyhow!("the thread that reads files has ended"))
    }
}

fn lock(newest: &Mutex<Newest>) -> std::sync::MutexGuard<'_, Newest> {
    newest.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::atomic::Ordering;
    use std::sync::mpsc::Receiver;

    use super::*;
    use crate::app::commands::edit::Spot;
    use crate::app::reload::Reading;
    use crate::app::reload::loading::Loaded;
    use crate::app::{Effect, Msg};
    use crate::terminal::{Found, Worker};

    /// Files whose reading goes on until it is overtaken, or until the test says how it ends.
    struct Slow {
        begun: Sender<()>,
        ends: Mutex<Receiver<RereadOutcome>>,
    }

    impl Files for Slow {
        fn watched(&self) -> Vec<PathBuf> {
            Vec::new()
        }

        fn read_whole(&self) -> Result<Loaded> {
            Err(anyhow!("nothing is loaded"))
        }

        fn percent(&self) -> u8 {
            0
        }

        fn stop(&self) {}

        fn read_again(&self, _: &Timeline, overtaken: &Overtaken) -> RereadOutcome {
            self.begun.send(()).expect("the test waits");
            let ends = self.ends.lock().expect("nothing panics");
            loop {
                if overtaken.flag().load(Ordering::Relaxed) {
                    return RereadOutcome::Overtaken;
                }
                if let Ok(outcome) = ends.try_recv() {
                    return outcome;
                }
                std::thread::yield_now();
            }
        }

        fn find(&self, _: &Arc<Timeline>, _: &Spot) -> Result<Found> {
            Err(anyhow!("nothing is found"))
        }
    }

    struct Stage {
        reloader: Reloader,
        happenings: Receiver<LoopEvent>,
        begun: Receiver<()>,
        end: Sender<RereadOutcome>,
    }

    fn stage() -> Stage {
        let (sender, happenings) = mpsc::channel();
        let (tell_begun, begun) = mpsc::channel();
        let (end, ends) = mpsc::channel();
        let files = Slow {
            begun: tell_begun,
            ends: Mutex::new(ends),
        };
        Stage {
            reloader: Reloader::start(&sender, Arc::new(files)).expect("a thread"),
            happenings,
            begun,
            end,
        }
    }

    impl Stage {
        /// Asks for a reading, and waits until it has begun.
        fn read(&self, is_told: bool) {
            let asked = self.reloader.read(&Arc::default(), is_told);
            asked.expect("the thread is there");
            self.begun.recv().expect("it begins");
        }

        fn came(&self) -> Reading {
            match self.happenings.recv().expect("something comes") {
                LoopEvent::Reread(reread) => reread.reading,
                _ => panic!("only readings come"),
            }
        }
    }

    #[test]
    fn filters_are_answered_while_files_are_read() {
        let (sender, happenings) = mpsc::channel();
        let (tell_begun, begun) = mpsc::channel();
        let (_end, ends) = mpsc::channel();
        let files = Slow {
            begun: tell_begun,
            ends: Mutex::new(ends),
        };
        let worker = Worker::start(&sender, Arc::new(files), None).expect("threads");
        worker.read(&Arc::default(), false).expect("it is asked");
        begun.recv().expect("it begins");
        let (text, cursor) = ("ph".to_owned(), 2);
        let asked = worker.ask(&Arc::default(), Effect::Complete { text, cursor });
        asked.expect("it is asked");
        let came = happenings.recv().expect("it is answered");
        assert!(matches!(came, LoopEvent::Msg(Msg::Completed { .. })));
    }

    #[test]
    fn a_newer_save_stops_the_reading_of_an_older_one() {
        let stage = stage();
        stage.read(false);
        stage.read(false);
        let reading = Reading::Refused("the newest".to_owned());
        let outcome = RereadOutcome::Read(Reread { reading });
        stage.end.send(outcome).expect("it is read");
        assert!(matches!(stage.came(), Reading::Refused(_)));
        assert!(stage.happenings.try_recv().is_err(), "it came once");
    }

    #[test]
    fn who_wants_to_be_told_is_though_the_reading_was_overtaken() {
        let stage = stage();
        stage.read(true);
        stage.read(false);
        stage.end.send(RereadOutcome::Same).expect("it is read");
        assert!(matches!(stage.came(), Reading::Same));
        // It was reported once.
        stage.read(false);
        stage.end.send(RereadOutcome::Same).expect("it is read");
        stage.read(true);
        stage.end.send(RereadOutcome::Same).expect("it is read");
        assert!(matches!(stage.came(), Reading::Same));
        assert!(stage.happenings.try_recv().is_err());
    }

    #[test]
    fn a_file_that_is_always_being_written_is_shown_all_the_same() {
        let stage = stage();
        for _ in 0..=MOST_OVERTAKEN {
            stage.read(false);
        }
        // The one that goes on now is not stopped any more.
        let asked = stage.reloader.read(&Arc::default(), false);
        asked.expect("the thread is there");
        let reading = Reading::Refused("in between".to_owned());
        let outcome = RereadOutcome::Read(Reread { reading });
        stage.end.send(outcome).expect("it is read");
        assert!(matches!(stage.came(), Reading::Refused(_)));
        stage.begun.recv().expect("and then the newest is read");
    }
}
