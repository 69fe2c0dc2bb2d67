//! The marks with which the rows of the list begin.

use crate::document::PhaseFamily;
use crate::timeline::Timeline;

/// What begins the rows of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowMarks {
    /// The sign of the phase's family.
    Families,
    /// Nothing: every event is of the family context.
    Absent,
}

impl RowMarks {
    pub(super) fn of(timeline: &Timeline) -> Self {
        let mut phases = timeline.phases().iter().map(|(_, phase)| phase);
        let is_context = phases.all(|phase| PhaseFamily::of(phase) == PhaseFamily::Context);
        if is_context {
            Self::Absent
        } else {
            Self::Families
        }
    }
}
