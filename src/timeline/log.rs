//! Rows of a log, side by side: a super-timeline has a million of them, and each has little to say.
//!
//! A reader fills them; [`super::build()`] puts them in order among the events that people wrote. They know nothing of
//! the forms in which logs are written.

use super::column::{AttributeColumn, ListColumn, TermId, TextColumn, ValueColumn, Vocabulary};
use super::dates::DateColumn;
use crate::diagnostic::FileId;

/// Shown for an event whose title is missing.
pub(super) const UNTITLED: &str = "(untitled)";

/// One log: a file whose rows are events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLog {
    /// The file.
    pub file: FileId,
    /// The id of its source; its events have it and the number of their line for an id.
    pub id: String,
    /// What its source is called: the name of the file.
    pub title: String,
    /// What sort of log it is.
    pub form: &'static str,
    /// The lane of its events; none if it stands alone.
    pub lane: Option<String>,
    /// Its rows in the order of the file, in stretches that were read at once.
    pub parts: Vec<LogRows>,
}

impl DraftLog {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.parts.iter().map(LogRows::len).sum()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Some rows, each a number into every column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogRows {
    /// What happened.
    pub titles: TextColumn,
    /// More of it; mostly empty.
    pub summaries: TextColumn,
    /// When it happened.
    pub when: DateColumn,
    /// The phase.
    pub phases: ValueColumn<Option<TermId>>,
    /// The tags.
    pub tags: ListColumn<TermId>,
    /// ATT&CK techniques.
    pub techniques: ListColumn<TermId>,
    /// Whatever else the row says, under the log's own names.
    pub attributes: AttributeColumn,
    /// The bytes of the row in its file.
    pub bytes: Vec<(u32, u32)>,
    /// The line on which the row begins, counted from 1.
    pub lines: Vec<u32>,
    /// The words behind the numbers.
    pub words: Vocabulary,
}

impl LogRows {
    /// Says what happened in the row that is being written; nothing is shown as `(untitled)`.
    pub fn add_title(&mut self, title: &str) {
        self.titles
            .push(if title.is_empty() { UNTITLED } else { title });
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.when.is_empty()
    }
}
