//! The line of the list behind which events without a date are, and what may be selected.

use crate::timeline::EventId;

/// The shown events without a date on the clock, behind one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndatedFold {
    /// Its line: the events above it have a date, those below it have none.
    pub line: usize,
    /// The number of events without a date.
    pub count: usize,
    pub is_open: bool,
    /// The event that was selected when the clock changed.
    pub(super) behind: Option<EventId>,
}

/// What is selected in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListSelection {
    Event(EventId),
    Fold,
    Nothing,
}
