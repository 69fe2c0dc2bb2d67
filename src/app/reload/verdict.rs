//! Decides whether a reading is shown or the last version is kept. The viewer and its followers use the same rule, so
//! they show the same version.

use crate::app::state::problem::Problem;
use crate::timeline::Timeline;

#[derive(Debug, PartialEq)]
pub(crate) enum ReloadVerdict<'p> {
    /// Keep the last good version: an error hides a part of the file.
    KeepForError(&'p Problem),
    /// Keep the last good version: the file has lost its events. An editor may empty a file before it writes.
    KeepForEvents,
    Show {
        /// Whether an error hides a part of the file, as it did before.
        is_incomplete: bool,
    },
}

impl<'p> ReloadVerdict<'p> {
    /// The verdict on the newer of two readings. `is_incomplete`: whether errors hid a part of the older one.
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
