//! The inputs of an overview.

use crate::app::state::active_filter::ActiveFilter;
use crate::chart::{Axis, AxisPlace, ChartColumns, Lanes, fills};
use crate::timeline::{Clock, Event, Timeline};

/// The inputs of an overview.
#[derive(Clone, Copy)]
pub struct OverviewInputs<'a> {
    pub timeline: &'a Timeline,
    /// Which events are shown.
    pub active_filter: &'a ActiveFilter,
    pub lanes: &'a Lanes,
    /// The clock of the axis.
    pub clock: Clock,
    /// Whether the time from an event to its disclosure and attribution is drawn.
    pub lag: bool,
}

impl OverviewInputs<'_> {
    /// The columns of an event, if it is on the axis.
    pub(super) fn columns_of(self, event: Event<'_>, axis: &Axis) -> Option<ChartColumns> {
        AxisPlace::of(event, self.clock, axis).columns()
    }

    /// The columns in which an event is drawn.
    pub(super) fn cells_of(self, event: Event<'_>, columns: ChartColumns, axis: &Axis) -> Vec<u16> {
        match event.on(self.clock) {
            Some(when) if !columns.is_point => fills(&when, columns, axis)
                .map(|(column, _)| column)
                .collect(),
            _ => columns.range().collect(),
        }
    }
}
