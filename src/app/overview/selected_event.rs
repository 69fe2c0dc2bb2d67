//! The marks of the selected event on the overview.

use super::{Overview, OverviewCell, OverviewInputs};
use crate::chart::ChartColumns;
use crate::timeline::{Clock, Event, EventId};

impl Overview {
    /// Marks the earliest disclosure and attribution of the selected event. The marks are on the axis, because in the
    /// lanes counts of events would cover them.
    fn select_lag(&mut self, event: Event<'_>) {
        let Some(axis) = self.axis else { return };
        for clock in [Clock::Disclosed, Clock::Attributed] {
            let date = event.bounds_on(clock).map(|bounds| bounds.whole().earliest);
            let Some(date) = date.filter(|&date| axis.span.contains(date)) else {
                continue;
            };
            let column = axis.column(date);
            if self.known.iter().all(|(other, _)| *other != column) {
                self.known.push((column, clock));
            }
        }
    }

    /// Marks the selected event. Nothing else has to be drawn when only the selection changes.
    pub fn select(&mut self, inputs: OverviewInputs<'_>, selected: Option<EventId>) {
        self.selected = selected;
        self.cursor = None;
        self.cursor_cells.clear();
        self.cursor_lanes.clear();
        self.known.clear();
        let (Some(id), Some(axis)) = (selected, self.axis) else {
            return;
        };
        let event = inputs.timeline.event(id);
        let is_dated = event.bounds_on(inputs.clock).is_some();
        if inputs.lag && inputs.clock == Clock::Happened && is_dated {
            self.select_lag(event);
        }
        let columns = inputs.columns_of(event, &axis);
        self.cursor = columns.map(ChartColumns::range);
        if let Some(columns) = columns {
            self.cursor_is_point = columns.is_point;
            self.cursor_cells = inputs.cells_of(event, columns, &axis);
            self.rows.each(inputs.lanes, event, |row, _| {
                self.cursor_lanes.push(row);
            });
        }
    }

    /// Whether a cell shows the selected event. If a band passes below an event of a day, the cell shows that event.
    pub fn is_selected(&self, lane: usize, column: u16, cell: OverviewCell) -> bool {
        self.cursor_lanes.contains(&lane)
            && self.cursor_is_point == (cell.points > 0)
            && self.cursor_cells.binary_search(&column).is_ok()
    }
}
