//! The thread that reads the files, one reading at a time, and the thread that reports the progress of a long reading.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::timeline_files::{ReadControl, TimelineFiles};
use crate::app::Message;
use crate::app::reload::{ReadOutcome, ReadRequest, ReloadEvent};
use crate::app::state::baseline::BaselineRequest;
use crate::app::state::promotion::{FileWrite, PromotionRequest};
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::threads::spawn;
use crate::terminal::time_of_day;
use crate::timeline::ItemEdit;

/// How often the progress of a long reading is reported.
const REPORT_INTERVAL: Duration = Duration::from_millis(100);

/// The handle to the thread that reads.
pub(super) struct FileReader {
    jobs: Sender<ReadJob>,
    sender: Sender<LoopEvent>,
    /// The newest reading.
    control: ReadControl,
    /// Whether any write was requested.
    writes: bool,
}

enum ReadJob {
    Files {
        request: ReadRequest,
        control: ReadControl,
        /// Dropped when the reading has ended.
        done: Sender<()>,
    },
    Baseline(BaselineRequest),
    Promotion(PromotionRequest),
    Write(FileWrite),
    Marks(Vec<ItemEdit>),
    /// Is dropped when everything before it is done.
    Barrier(Sender<()>),
}

impl ReadJob {
    /// Runs the task; `None` if there is nothing to report.
    fn run(self, files: &dyn TimelineFiles) -> Option<Message> {
        Some(match self {
            Self::Files {
                request,
                control,
                done,
            } => {
                let mut outcome = files.read(&request, &control);
                drop(done);
                if let ReadOutcome::Read(reading) = &mut outcome {
                    reading.read_at = time_of_day::now();
                }
                Message::Files(ReloadEvent::Read(outcome))
            }
            Self::Baseline(request) => Message::Baseline {
                outcome: files.baseline(&request),
                name: request.name,
            },
            Self::Promotion(request) => Message::Promotion(files.promotion(&request)),
            Self::Marks(edits) => Message::MarksSaved(files.save_marks(&edits)),
            Self::Write(write) => Message::Written {
                outcome: files.write(&write.change),
                write,
            },
            Self::Barrier(done) => {
                drop(done);
                return None;
            }
        })
    }
}

impl FileReader {
    pub fn start(sender: &Sender<LoopEvent>, files: Arc<dyn TimelineFiles>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<ReadJob>();
        let events = sender.clone();
        spawn("read", sender, move || {
            for job in waiting {
                let Some(message) = job.run(&*files) else {
                    continue;
                };
                if events.send(LoopEvent::Message(message)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self {
            jobs,
            sender: sender.clone(),
            control: ReadControl::default(),
            writes: false,
        })
    }

    /// Requests a reading of the files. Until it ends, the progress of the rest of long files is reported.
    pub fn read(&mut self, request: ReadRequest) -> Result<()> {
        self.control = ReadControl::default();
        let (done, is_done) = mpsc::channel();
        if request == ReadRequest::Rest {
            let (control, events) = (self.control.clone(), self.sender.clone());
            let report = move || report_progress(&control, &events, &is_done);
            spawn("progress", &self.sender, report)?;
        }
        self.send(ReadJob::Files {
            request,
            control: self.control.clone(),
            done,
        })
    }

    /// Requests a reading of a version to compare with, after any reading of the files in progress.
    pub fn read_baseline(&self, request: BaselineRequest) -> Result<()> {
        self.send(ReadJob::Baseline(request))
    }

    /// Requests the text that a promotion would add.
    pub fn plan_promotion(&self, request: PromotionRequest) -> Result<()> {
        self.send(ReadJob::Promotion(request))
    }

    /// Requests a write of edits of marks, after any reading in progress.
    pub fn save_marks(&mut self, edits: Vec<ItemEdit>) -> Result<()> {
        self.writes = true;
        self.send(ReadJob::Marks(edits))
    }

    /// Requests a write of a file, after any reading in progress.
    pub fn write(&mut self, write: FileWrite) -> Result<()> {
        self.writes = true;
        self.send(ReadJob::Write(write))
    }

    /// Waits until all requested writes are done. A reading ends early.
    pub fn finish_writes(&self) {
        if !self.writes {
            return;
        }
        self.stop();
        let (done, is_done) = mpsc::channel();
        if self.send(ReadJob::Barrier(done)).is_ok() {
            // It fails once the thread has dropped the barrier, which means the same.
            let _ = is_done.recv();
        }
    }

    fn send(&self, job: ReadJob) -> Result<()> {
        let sent = self.jobs.send(job);
        sent.map_err(|_| anyhow!("the thread that reads files has ended"))
    }

    /// Ends the newest reading early.
    pub fn stop(&self) {
        self.control.stop();
    }
}

fn report_progress(control: &ReadControl, events: &Sender<LoopEvent>, is_done: &Receiver<()>) {
    while is_done.recv_timeout(REPORT_INTERVAL) == Err(RecvTimeoutError::Timeout) {
        let progress = ReloadEvent::Progress(control.percent());
        if events
            .send(LoopEvent::Message(Message::Files(progress)))
            .is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Mutex;
    use std::sync::atomic::Ordering::Relaxed;

    use super::*;
    use crate::app::effect::SourceSpot;
    use crate::app::state::baseline::BaselineOutcome;
    use crate::app::state::marks::SavedMarks;
    use crate::app::state::promotion::{FileChange, PromotionPlan};
    use crate::terminal::file_source::EditorTarget;

    /// Files whose reading goes on until it is stopped, or until the test says how it ends.
    struct SlowFiles {
        begun: Sender<()>,
        ends: Mutex<Receiver<ReadOutcome>>,
    }

    impl TimelineFiles for SlowFiles {
        fn watched(&self) -> Vec<PathBuf> {
            Vec::new()
        }

        fn read(&self, _: &ReadRequest, control: &ReadControl) -> ReadOutcome {
            control.percent_read().store(40, Relaxed);
            self.begun.send(()).expect("the test waits");
            let ends = self.ends.lock().expect("nothing panics");
            loop {
                if control.stop_flag().load(Relaxed) {
                    return ReadOutcome::Discarded;
                }
                if let Ok(outcome) = ends.try_recv() {
                    return outcome;
                }
                std::thread::yield_now();
            }
        }

        fn baseline(&self, _: &BaselineRequest) -> BaselineOutcome {
            BaselineOutcome::Unchanged
        }

        fn promotion(&self, _: &PromotionRequest) -> std::result::Result<PromotionPlan, String> {
            Err("nothing is promoted".to_owned())
        }

        fn save_marks(&self, _: &[ItemEdit]) -> std::result::Result<SavedMarks, String> {
            Err("nothing is marked".to_owned())
        }

        fn write(&self, _: &FileChange) -> std::result::Result<(), String> {
            Err("nothing is written".to_owned())
        }

        fn locate(&self, _: &SourceSpot) -> Result<EditorTarget> {
            Err(anyhow!("nothing is edited"))
        }
    }

    struct Stage {
        reader: FileReader,
        events: Receiver<LoopEvent>,
        begun: Receiver<()>,
        end: Sender<ReadOutcome>,
    }

    fn stage() -> Stage {
        let (sender, events) = mpsc::channel();
        let (sends_begun, begun) = mpsc::channel();
        let (end, ends) = mpsc::channel();
        let files = SlowFiles {
            begun: sends_begun,
            ends: Mutex::new(ends),
        };
        Stage {
            reader: FileReader::start(&sender, Arc::new(files)).expect("a thread"),
            events,
            begun,
            end,
        }
    }

    impl Stage {
        fn read(&mut self, request: ReadRequest) {
            self.reader.read(request).expect("the thread is there");
            self.begun.recv().expect("it begins");
        }

        fn next_event(&self) -> ReloadEvent {
            match self.events.recv().expect("something comes") {
                LoopEvent::Message(Message::Files(event)) => event,
                _ => panic!("only events of the files come"),
            }
        }
    }

    fn again() -> ReadRequest {
        ReadRequest::Again {
            shown: None,
            known: None,
        }
    }

    #[test]
    fn a_reading_ends_early_when_it_is_stopped_and_the_next_one_does_not() {
        let mut stage = stage();
        stage.read(again());
        stage.reader.stop();
        let discarded = ReloadEvent::Read(ReadOutcome::Discarded);
        assert_eq!(stage.next_event(), discarded);
        stage.read(again());
        stage.end.send(ReadOutcome::Unchanged).expect("it reads");
        let unchanged = ReloadEvent::Read(ReadOutcome::Unchanged);
        assert_eq!(stage.next_event(), unchanged);
        assert!(stage.events.try_recv().is_err(), "no progress is reported");
    }

    #[test]
    fn the_progress_of_the_rest_of_long_files_is_reported_until_it_is_read() {
        let mut stage = stage();
        stage.read(ReadRequest::Rest);
        assert_eq!(stage.next_event(), ReloadEvent::Progress(40));
        let failed = ReadOutcome::Failed("it broke".to_owned());
        stage.end.send(failed.clone()).expect("it reads");
        let mut event = stage.next_event();
        while let ReloadEvent::Progress(_) = event {
            event = stage.next_event();
        }
        assert_eq!(event, ReloadEvent::Read(failed));
    }
}
