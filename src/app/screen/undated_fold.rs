//! The fold, a line of the list that hides events without a date, and what can be selected in a list.

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
