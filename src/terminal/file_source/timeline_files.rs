//! What the program needs to read the files of a timeline. The terminal does not know their formats, so the command
//! line supplies the implementation.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};

use crate::app::effect::SourceSpot;
use crate::app::reload::{ReadOutcome, ReadRequest};
use crate::app::state::baseline::{BaselineOutcome, BaselineRequest};
use crate::app::state::marks::SavedMarks;
use crate::app::state::promotion::{FileChange, PromotionPlan, PromotionRequest};
use crate::timeline::ItemEdit;

/// The files of a timeline. Nothing is kept between two readings.
pub trait TimelineFiles: Send + Sync {
    /// The files that can change while they are shown.
    fn watched(&self) -> Vec<PathBuf>;

    /// Reads the files. A reading that is stopped ends at the next chunk.
    fn read(&self, request: &ReadRequest, control: &ReadControl) -> ReadOutcome;

    /// Reads a version of the timeline to compare it with.
    fn baseline(&self, request: &BaselineRequest) -> BaselineOutcome;

    /// What the promotion of rows adds to the timeline next to their log.
    ///
    /// # Errors
    /// Why it cannot be done, as the end of a sentence.
    fn promotion(&self, request: &PromotionRequest) -> Result<PromotionPlan, String>;

    /// Writes edits of marks, next to what other people have written to the marks file.
    ///
    /// # Errors
    /// Why nothing is written, as the end of a sentence.
    fn save_marks(&self, edits: &[ItemEdit]) -> Result<SavedMarks, String>;

    /// Writes a file as a whole.
    ///
    /// # Errors
    /// Why it stays as it is, as the end of a sentence: another program has changed it, or it cannot be written.
    fn write(&self, change: &FileChange) -> Result<(), String>;

    /// Finds something of the timeline in the files as they are now.
    ///
    /// # Errors
    /// The file cannot be edited.
    fn locate(&self, spot: &SourceSpot) -> anyhow::Result<EditorTarget>;
}

/// Where an editor opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorTarget {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// One reading, for the thread that reads and those that wait for it. Clones share it.
///
/// It does not order any other memory access: the percentage may be a moment old, and a stop is noticed at the next
/// chunk.
#[derive(Clone, Debug, Default)]
pub struct ReadControl {
    is_stopped: Arc<AtomicBool>,
    percent: Arc<AtomicU8>,
}

impl ReadControl {
    /// Asks the reading to end early.
    pub fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    /// Whether the reading was asked to end early, for the thread that reads.
    pub fn stop_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_stopped)
    }

    /// The share of the bytes that was read, from 0 to 99, for the thread that reads.
    pub fn percent_read(&self) -> Arc<AtomicU8> {
        Arc::clone(&self.percent)
    }

    pub(super) fn percent(&self) -> u8 {
        self.percent.load(Relaxed)
    }
}
