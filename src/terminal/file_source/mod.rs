//! The only source of files: it reads them, watches them, and reports the results to the loop. It keeps nothing that it
//! reads, and decides nothing: [`app::reload`](crate::app::reload) does.

mod file_reader;
mod file_watcher;
mod timeline_files;

use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::loop_event::LoopEvent;
use super::time_of_day;
use crate::app::reload::{FileRequest, FileWatching, ReloadEvent};
use crate::app::state::baseline::BaselineRequest;
use crate::app::state::promotion::{FileWrite, PromotionRequest};
use crate::timeline::{ItemEdit, Timeline};
use file_reader::FileReader;
use file_watcher::{FileWatcher, SettleTime};
pub use timeline_files::{EditorTarget, ReadControl, TimelineFiles};

/// The files of the timeline on screen.
pub(super) struct FileSource {
    files: Arc<dyn TimelineFiles>,
    reader: FileReader,
    /// `None` if only the user asks for a reading.
    watcher: Option<FileWatcher>,
}

impl FileSource {
    /// Starts the threads that read and watch, and returns the event that reports this to the program. `shown`: the
    /// timeline on screen.
    pub fn start(
        files: Arc<dyn TimelineFiles>,
        shown: &Timeline,
        is_watched: bool,
        sender: &Sender<LoopEvent>,
    ) -> Result<(Self, ReloadEvent)> {
        let mut source = Self {
            reader: FileReader::start(sender, Arc::clone(&files))?,
            files,
            watcher: None,
        };
        let paths = source.files.watched();
        let mut watch_failure = None;
        let watching = if paths.is_empty() {
            FileWatching::NoFiles
        } else if is_watched {
            let settle_time = SettleTime::of(shown);
            let (watcher, failure) = FileWatcher::start(paths, settle_time, sender)?;
            source.watcher = Some(watcher);
            watch_failure = failure;
            FileWatching::On
        } else {
            FileWatching::Off
        };
        let started = ReloadEvent::Started {
            watching,
            watch_failure,
            time: time_of_day::now(),
        };
        Ok((source, started))
    }

    /// Carries out a request of the program, and reports the result to the loop.
    pub fn request(&mut self, request: FileRequest) -> Result<()> {
        match request {
            FileRequest::Read(request) => self.reader.read(request),
            FileRequest::Stop => {
                self.reader.stop();
                Ok(())
            }
            FileRequest::Rewatch => self.watcher.as_ref().map_or(Ok(()), FileWatcher::rewatch),
        }
    }

    /// Reads a version to compare with, and reports the result to the loop.
    pub fn read_baseline(&self, request: BaselineRequest) -> Result<()> {
        self.reader.read_baseline(request)
    }

    /// Works out the text that a promotion adds, and reports it to the loop.
    pub fn plan_promotion(&self, request: PromotionRequest) -> Result<()> {
        self.reader.plan_promotion(request)
    }

    /// Writes edits of marks, and reports the result to the loop.
    pub fn save_marks(&mut self, edits: Vec<ItemEdit>) -> Result<()> {
        self.reader.save_marks(edits)
    }

    /// Writes a file, and reports the result to the loop.
    pub fn write(&mut self, write: FileWrite) -> Result<()> {
        self.reader.write(write)
    }

    /// Waits until all requested writes are done, and then writes `edits`: edits of marks that were not handed over
    /// yet.
    ///
    /// # Errors
    /// Why the edits cannot be written.
    pub fn finish_writes(&self, edits: &[ItemEdit]) -> std::result::Result<(), String> {
        self.reader.finish_writes();
        if edits.is_empty() {
            return Ok(());
        }
        self.files.save_marks(edits).map(|_| ())
    }

    pub fn files(&self) -> &dyn TimelineFiles {
        &*self.files
    }
}
