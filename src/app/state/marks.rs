//! The marks that the user makes: those that are not written yet, and what is hidden from a room.

use std::sync::Arc;

use crate::app::reload::FileFingerprint;
use crate::diagnostic::FileId;
use crate::timeline::{ItemEdit, TimelineMarks};

/// An edit of a mark that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct UnsavedEdit {
    /// The key of the event.
    pub key: String,
    pub item: ItemEdit,
}

#[derive(Debug, Default)]
pub(in crate::app) struct MarksState {
    /// Grows with each change of the marks on the screen.
    pub version: u64,
    /// Oldest first.
    pub unsaved: Vec<UnsavedEdit>,
    /// How many of them are being written.
    pub in_flight: usize,
    /// The marks, while a room watches.
    pub hidden: Option<Arc<TimelineMarks>>,
}

/// A marks file that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedMarks {
    /// Its number: marks files follow the files of the timeline.
    pub file: FileId,
    pub fingerprint: FileFingerprint,
}
