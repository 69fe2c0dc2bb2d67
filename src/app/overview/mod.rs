//! The overview: lanes of cells on one time axis. Bands show when events certainly and when they possibly happened.

mod inputs;
pub mod lane_rows;
pub mod planned_axis;
mod selected_event;
pub mod viewport;

use std::ops::RangeInclusive;

pub use inputs::OverviewInputs;
use lane_rows::OverviewRows;

use crate::chart::{
    Axis, AxisPlace, ChartColumns, ColumnFill, CutEnds, OffAxis, TitlePlace, fills,
};
use crate::document::PhaseFamily;
use crate::text::visible;
use crate::timeline::{Clock, Event, EventId};

/// One cell of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OverviewCell {
    /// How certain it is that an event was going on; `None` without events.
    pub fill: Option<ColumnFill>,
    /// Whether the lag of an event runs here: the time until it was disclosed or attributed.
    pub lag: bool,
    /// The number of events that lie wholly within the cell.
    pub points: u16,
    /// The number of bands that begin in the cell.
    pub begun: u16,
    /// Whether a band continues beyond this edge of the axis.
    pub goes_on: bool,
    /// The highest family of the events.
    pub family: PhaseFamily,
    /// The end of the lag of an event: disclosed or attributed.
    pub known: Option<Clock>,
}

/// A row of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewLane {
    /// The name of the lane that begins here; `None` in its further rows.
    pub name: Option<String>,
    /// One for each column of the axis.
    pub cells: Vec<OverviewCell>,
}

/// The title of an event next to its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewTitle {
    pub event: EventId,
    pub text: String,
    pub row: usize,
    pub place: TitlePlace,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// `None` if no event is dated.
    pub axis: Option<Axis>,
    /// The rows of all lanes, from top to bottom.
    pub lanes: Vec<OverviewLane>,
    /// Which rows belong to which lane.
    pub rows: OverviewRows,
    /// The titles that have room, in the order of the timeline.
    pub titles: Vec<OverviewTitle>,
    /// The expected number of events in each column, if each is spread evenly over its band.
    pub density: Vec<f32>,
    /// For each column, whether it has events that the filter hides.
    pub hidden: Vec<bool>,
    pub selected: Option<EventId>,
    /// The columns of the selected event, if it is on the axis.
    pub cursor: Option<RangeInclusive<u16>>,
    /// The columns in which the selected event is drawn, in order, without those between separate days.
    pub cursor_cells: Vec<u16>,
    /// Whether the selected event is shorter than a column.
    pub cursor_is_point: bool,
    /// The rows in which the selected event lies.
    pub cursor_lanes: Vec<usize>,
    /// The columns where the selected event was disclosed and attributed, if the lag is drawn.
    pub known: Vec<(u16, Clock)>,
    pub off_axis: OffAxis,
    /// The clock of the axis.
    pub clock: Clock,
}

/// Draws the overview of the shown events in some rows.
pub fn draw(inputs: OverviewInputs<'_>, axis: Option<Axis>, rows: OverviewRows) -> Overview {
    let width = axis.map_or(0, |axis| usize::from(axis.width));
    let lane = |name: &Option<String>| OverviewLane {
        name: name.clone(),
        cells: vec![OverviewCell::default(); width],
    };
    let mut overview = Overview {
        axis,
        lanes: rows.names.iter().map(lane).collect(),
        rows,
        titles: Vec::new(),
        density: vec![0.0; width],
        hidden: vec![false; width],
        selected: None,
        cursor: None,
        cursor_cells: Vec::new(),
        cursor_is_point: false,
        cursor_lanes: Vec::new(),
        known: Vec::new(),
        off_axis: OffAxis::default(),
        clock: inputs.clock,
    };
    let phases = inputs.timeline.phases();
    let families: Vec<PhaseFamily> = phases
        .iter()
        .map(|(_, phase)| PhaseFamily::of(phase))
        .collect();
    for event in inputs.timeline.events() {
        if inputs.active_filter.shows(event.id()) {
            overview.add(inputs, &families, event);
        } else {
            overview.add_trace(inputs, event);
        }
    }
    overview
}

impl Overview {
    fn add(&mut self, inputs: OverviewInputs<'_>, families: &[PhaseFamily], event: Event<'_>) {
        let Some(axis) = self.axis else {
            self.off_axis.undated += usize::from(event.bounds_on(inputs.clock).is_none());
            return;
        };
        let place = AxisPlace::of(event, inputs.clock, &axis);
        let Some(columns) = self.off_axis.count(place) else {
            return;
        };
        self.spread(columns);
        if inputs.lag && inputs.clock == Clock::Happened {
            self.add_lag(inputs, event, columns.last);
        }
        let phase = event
            .phase_id()
            .and_then(|phase| families.get(phase.0 as usize));
        let family = phase.copied().unwrap_or_default();
        let Some(last) = self.lanes.len().checked_sub(1) else {
            return;
        };
        if columns.is_point {
            let column = usize::from(columns.first);
            // Several lanes may share the last row; an event in them is still one point.
            let mut is_on_last = false;
            self.rows.each(inputs.lanes, event, |row, _| {
                if row < last || !is_on_last {
                    self.lanes[row].cells[column].add_point(family);
                }
                is_on_last |= row >= last;
            });
        } else if let Some(when) = event.on(inputs.clock) {
            let fills = fills(&when, columns, &axis);
            let ends = fills.clone().next().zip(fills.clone().last());
            let mut is_on_last = false;
            self.rows.each(inputs.lanes, event, |row, _| {
                let cells = &mut self.lanes[row].cells;
                for (column, fill) in fills.clone() {
                    cells[usize::from(column)].add_fill(fill, family);
                }
                if let Some((first, end)) = ends {
                    let is_new = row < last || !is_on_last;
                    let cut = CutEnds::of(when.whole(), &axis, first, end);
                    cells[usize::from(first.0)].begun += u16::from(is_new);
                    cells[usize::from(first.0)].goes_on |= cut.before;
                    cells[usize::from(end.0)].goes_on |= cut.after;
                }
                is_on_last |= row >= last;
            });
        }
        self.add_titles(inputs, event);
    }

    fn add_titles(&mut self, inputs: OverviewInputs<'_>, event: Event<'_>) {
        self.rows.each(inputs.lanes, event, |row, mark| {
            let cells = &self.lanes[row].cells;
            let is_even = |place: &TitlePlace| is_even(cells, *place);
            self.titles
                .extend(mark.title.filter(is_even).map(|place| OverviewTitle {
                    event: event.id(),
                    text: visible(event.title()).into_owned(),
                    row,
                    place,
                }));
        });
    }

    /// Draws the time from the end of an event to its earliest disclosure and attribution as a thin line.
    fn add_lag(&mut self, inputs: OverviewInputs<'_>, event: Event<'_>, from: u16) {
        let Some(axis) = self.axis else { return };
        for clock in [Clock::Disclosed, Clock::Attributed] {
            let date = event.bounds_on(clock).map(|bounds| bounds.whole());
            let Some(date) = date.filter(|date| date.earliest > axis.span.earliest) else {
                continue;
            };
            let to = axis.column(date.earliest);
            let is_on_axis = date.earliest <= axis.span.latest;
            self.rows.each(inputs.lanes, event, |row, _| {
                let lane = &mut self.lanes[row];
                for column in from..to {
                    lane.cells[usize::from(column)].add_lag();
                }
                if to > from && is_on_axis {
                    let cell = &mut lane.cells[usize::from(to)];
                    cell.add_lag();
                    cell.known.get_or_insert(clock);
                }
            });
        }
    }

    /// Adds one event to the density, spread over the columns of its date.
    fn spread(&mut self, columns: ChartColumns) {
        let share = 1.0 / f32::from(columns.last - columns.first + 1);
        for column in columns.range() {
            self.density[usize::from(column)] += share;
        }
    }

    /// Marks the columns of a hidden event, so that they are not mistaken for a time without events.
    fn add_trace(&mut self, inputs: OverviewInputs<'_>, event: Event<'_>) {
        let axis = self.axis.as_ref();
        let columns = axis.and_then(|axis| inputs.columns_of(event, axis));
        for column in columns.into_iter().flat_map(ChartColumns::range) {
            self.hidden[usize::from(column)] = true;
        }
    }
}

/// Whether the cells below a title and around it are equally certain: a title within a band hides no change.
fn is_even(cells: &[OverviewCell], place: TitlePlace) -> bool {
    let fills = place
        .with_air()
        .filter_map(|column| cells.get(usize::from(column)));
    let mut fills = fills.map(|cell| cell.fill);
    let first = fills.next();
    fills.all(|fill| Some(fill) == first)
}

impl OverviewCell {
    fn add_point(&mut self, family: PhaseFamily) {
        // A point has the sign of its own family, whatever band it is in.
        if self.points == 0 {
            self.family = family;
        }
        self.take(family);
        self.points = self.points.saturating_add(1);
    }

    fn add_lag(&mut self) {
        self.lag = true;
    }

    fn add_fill(&mut self, fill: ColumnFill, family: PhaseFamily) {
        if self.points == 0 {
            self.take(family);
        }
        self.fill = self.fill.max(Some(fill));
    }

    /// The number that the cell shows if it is more than one: of its points, or else of the bands that begin in it.
    pub fn count(self) -> u16 {
        if self.points > 0 {
            self.points
        } else {
            self.begun
        }
    }

    pub fn has_events(self) -> bool {
        self.fill.is_some() || self.points > 0
    }

    /// Keeps the highest family of the events in the cell.
    fn take(&mut self, family: PhaseFamily) {
        self.family = if self.has_events() {
            self.family.max(family)
        } else {
            family
        };
    }
}
