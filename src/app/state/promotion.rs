//! Rows of logs that are promoted: written as events into the timeline that is open next to them.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::FileId;
use crate::timeline::{EventId, Timeline};

/// A request for the text that a promotion would add.
#[derive(Clone)]
pub struct PromotionRequest {
    /// The timeline that has the rows.
    pub timeline: Arc<Timeline>,
    pub rows: Vec<EventId>,
}

/// Prints only the keys of the rows, since tests print effects.
impl fmt::Debug for PromotionRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.rows.iter().map(|&id| self.timeline.event(id).key());
        formatter.debug_list().entries(keys).finish()
    }
}

/// What a promotion adds, for the user to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionPlan {
    pub change: FileChange,
    /// The number of rows that become events.
    pub rows: usize,
    pub added: Vec<AddedLines>,
}

/// Lines that are added at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedLines {
    /// The line where they begin, from 1.
    pub line: usize,
    pub text: String,
}

/// A file before and after a change.
#[derive(Clone, PartialEq, Eq)]
pub struct FileChange {
    pub file: FileId,
    /// The name of the file without its folders, for notices.
    pub name: String,
    pub before: Arc<[u8]>,
    pub after: Arc<[u8]>,
}

impl FileChange {
    #[must_use]
    pub fn undone(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
            ..self
        }
    }
}

/// Prints no bytes, since tests print effects.
impl fmt::Debug for FileChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, after] = [self.before.len(), self.after.len()];
        write!(formatter, "{}: {before} to {after} bytes", self.name)
    }
}

/// A request to write a file, if it still is as before the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWrite {
    pub change: FileChange,
    /// The number of promoted rows.
    pub rows: usize,
    pub is_undo: bool,
}
