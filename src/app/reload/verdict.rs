//! Whether a reading takes the place of what is shown. The viewer and its followers go by the same rule, so that
//! they show the same version.

use crate::app::state::problem::Problem;
use crate::timeline::Timeline;

/// Whether a reading takes the place of the last one.
#[derive(Debug, PartialEq)]
pub(crate) enum ReloadVerdict<'p> {
    /// Keeps the last good version: an error hides a part of the file.
    KeepForError(&'p Problem),
    /// Keeps the last good version: the file has lost its events. An editor that saves may empty it first.
    KeepForEvents,
    Show {
        /// Whether an error hides a part of the file, as it did before.
        is_incomplete: bool,
    },
}

impl<'p> ReloadVerdict<'p> {
    /// The verdict on the newer of two readings with the problems in it. `is_incomplete`: whether errors hid a part
    /// of the older one.
    pub fn on([old, new]: [&Timeline; 2], problems: &'p [Problem], is_incomplete: bool) -> Self {
        let first = problems.iter().find(|problem| problem.is_error());
        let is_emptied = new.is_empty() && !old.is_empty();
        match first {
            Some(first) if is_emptied || !is_incomplete => Self::KeepForError(first),
            None if is_emptied => Self::KeepForEvents,
            _ => Self::Show {
                is_incomplete: first.is_some(),
            },
        }
    }
}
