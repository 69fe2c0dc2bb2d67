//! The marks with which the rows of the list begin.

use crate::document::PhaseFamily;
use crate::timeline::Timeline;

/// Which marks the rows of the list may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowMarks {
    /// The sign of the phase's family before the title: not if every event is of the family context.
    pub are_families: bool,
    /// The mark of a change or of an unproven date, before the date.
    pub are_before_dates: bool,
}

impl RowMarks {
    pub(super) fn of(timeline: &Timeline) -> Self {
        let mut phases = timeline.phases().iter().map(|(_, phase)| phase);
        let is_context = phases.all(|phase| PhaseFamily::of(phase) == PhaseFamily::Context);
        Self {
            are_families: !is_context,
            are_before_dates: timeline.changes().is_some() || timeline.redactions().as_of.is_some(),
        }
    }
}
