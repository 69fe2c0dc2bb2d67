//! The overview: lanes over one time axis, with bands that show what is certain and what only possible.

use std::ops::RangeInclusive;

use super::axis::{Axis, month_end, month_start};
use crate::date::{EventDate, Instant, Span, Truth};
use crate::document::Family;
use crate::timeline::{Event, EventId, Timeline};

/// How sure it is that something on a lane was going on in the time of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// Nothing was.
    #[default]
    Empty,
    /// Something may have been, but no word says since when or until when.
    Open,
    /// Something may have been.
    Possible,
    /// Something may have been, and the words point here most.
    Core,
    /// Something was.
    Certain,
}

/// One cell of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How sure it is that something was going on.
    pub fill: Fill,
    /// How many events lie wholly within the cell.
    pub points: u16,
    /// The foremost family of the events.
    pub family: Family,
    /// Whether the selected event is among them.
    pub selected: bool,
}

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// From left to right, as many as the axis has columns.
    pub cells: Vec<Cell>,
}

/// Lanes over one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The axis; none if nothing is dated.
    pub axis: Option<Axis>,
    /// From top to bottom.
    pub lanes: Vec<Lane>,
    /// How many events are expected in each column, if each is spread over its band.
    pub density: Vec<f32>,
    /// The columns of the selected event, where it is on the axis.
    pub cursor: Option<RangeInclusive<u16>>,
    /// How many dated events lie wholly before the axis.
    pub earlier: usize,
    /// How many dated events lie wholly after the axis.
    pub later: usize,
    /// How many events have no place on any axis.
    pub undated: usize,
}

/// Draws the overview of all events.
pub fn draw(
    timeline: &Timeline,
    axis: Option<Axis>,
    rows: usize,
    selected: Option<EventId>,
) -> Overview {
    let width = axis.map_or(0, |axis| usize::from(axis.width));
    let names = lane_names(timeline, rows);
    let lane = |name| Lane {
        name,
        cells: vec![Cell::default(); width],
    };
    let mut overview = Overview {
        axis,
        lanes: names.into_iter().map(lane).collect(),
        density: vec![0.0; width],
        cursor: None,
        earlier: 0,
        later: 0,
        undated: 0,
    };
    for event in timeline.events() {
        overview.add(timeline, event, selected == Some(event.id()));
    }
    overview
}

/// The names of at most `rows` lanes. Where there are more lanes than rows, the last row stands for
/// all that are left, and says so.
fn lane_names(timeline: &Timeline, rows: usize) -> Vec<String> {
    let mut names: Vec<String> = timeline
        .lanes()
        .iter()
        .map(|(_, name)| name.to_owned())
        .collect();
    if timeline.events().any(|event| event.lanes().is_empty()) {
        names.push(
            if names.is_empty() {
                "all events"
            } else {
                "no lane"
            }
            .to_owned(),
        );
    }
    if names.len() > rows {
        let left = names.len() - rows + 1;
        names.truncate(rows.saturating_sub(1));
        if rows > 0 {
            names.push(format!("{left} more lanes"));
        }
    }
    names
}

impl Overview {
    fn add(&mut self, timeline: &Timeline, event: Event<'_>, selected: bool) {
        let Some(when) = event.when() else {
            self.undated += 1;
            return;
        };
        let Some(axis) = self.axis else { return };
        let whole = when.whole();
        if whole.latest < axis.span.earliest {
            self.earlier += 1;
            return;
        }
        if whole.earliest > axis.span.latest {
            self.later += 1;
            return;
        }
        let mark = Mark::of(when, axis);
        self.spread(&mark.columns);
        let family = Family::of(event.phase());
        for lane in self.rows_of(timeline, event) {
            for column in mark.columns.clone() {
                let fill = mark.fill(when, axis, column);
                self.lanes[lane].cells[usize::from(column)].add(
                    fill,
                    mark.is_point,
                    family,
                    selected,
                );
            }
        }
        if selected {
            self.cursor = Some(mark.columns);
        }
    }

    /// One event counts once, however many columns its date allows.
    fn spread(&mut self, columns: &RangeInclusive<u16>) {
        let share = 1.0 / f32::from(columns.end() - columns.start() + 1);
        for column in columns.clone() {
            self.density[usize::from(column)] += share;
        }
    }

    fn rows_of(&self, timeline: &Timeline, event: Event<'_>) -> Vec<usize> {
        let Some(last) = self.lanes.len().checked_sub(1) else {
            return Vec::new();
        };
        let mut rows: Vec<usize> = event
            .lanes()
            .iter()
            .map(|lane| (lane.0 as usize).min(last))
            .collect();
        if rows.is_empty() {
            rows.push(timeline.lanes().len().min(last));
        }
        rows.dedup();
        rows
    }
}

impl Cell {
    fn add(&mut self, fill: Fill, is_point: bool, family: Family, selected: bool) {
        self.family = if self.fill == Fill::Empty && self.points == 0 {
            family
        } else {
            self.family.max(family)
        };
        if is_point {
            self.points = self.points.saturating_add(1);
        } else {
            self.fill = self.fill.max(fill);
        }
        self.selected |= selected;
    }
}

/// Where an event stands on an axis.
struct Mark {
    columns: RangeInclusive<u16>,
    /// Whether all that its date allows is no longer than a column.
    is_point: bool,
    /// Where the words of the date point most.
    core: Option<Span>,
}

impl Mark {
    fn of(when: &EventDate, axis: Axis) -> Self {
        let whole = when.whole();
        let (from, to) = (
            i128::from(whole.earliest.micros()),
            i128::from(whole.latest.micros()),
        );
        if to - from < i128::from(axis.cell_length()) {
            let middle = i64::try_from(i128::midpoint(from, to)).expect("the middle of two i64");
            let column = axis.column(Instant::from_micros(middle));
            return Self {
                columns: column..=column,
                is_point: true,
                core: None,
            };
        }
        let columns = axis.column(whole.earliest)..=axis.column(whole.latest);
        Self {
            columns,
            is_point: false,
            core: when.core(),
        }
    }

    fn fill(&self, when: &EventDate, axis: Axis, column: u16) -> Fill {
        let cell = axis.cell(column);
        match when.going_on(cell) {
            Truth::Yes => Fill::Certain,
            Truth::Maybe if self.core.is_some_and(|core| overlap(core, cell)) => Fill::Core,
            Truth::Maybe if is_open_at(when, cell) => Fill::Open,
            Truth::Maybe => Fill::Possible,
            Truth::No => Fill::Empty,
        }
    }
}

/// Whether a cell is only reached because the date has no first or no last day.
fn is_open_at(when: &EventDate, cell: Span) -> bool {
    let (start, end) = (when.start(), when.end());
    let before = !start.earliest.is_bounded() && cell.latest < start.latest;
    let after = !end.latest.is_bounded() && cell.earliest > end.earliest.max(start.latest);
    before || after
}

fn overlap(left: Span, right: Span) -> bool {
    left.earliest <= right.latest && right.earliest <= left.latest
}

/// The span of time that an overview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewport {
    /// What most events lie in: outliers do not squeeze the rest together.
    Most,
    /// All that is dated and bounded.
    All,
    /// A span that the reader chose.
    Chosen(Span),
}

/// The spans of a timeline's dated events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// From the first bounded instant to the last.
    pub all: Span,
    /// Where most events lie.
    pub most: Span,
}

/// At most one event in this many is left out at either end by [`Viewport::Most`].
const OUTLIER_SHARE: usize = 12;

impl Extent {
    /// The extent of a timeline; none if nothing in it is dated.
    pub fn of(timeline: &Timeline) -> Option<Self> {
        let wholes = timeline
            .events()
            .filter_map(Event::when)
            .map(EventDate::whole);
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for whole in wholes {
            let (start, end) = (whole.earliest, whole.latest);
            starts.extend(
                [start, end]
                    .into_iter()
                    .find(|instant| instant.is_bounded()),
            );
            ends.extend(
                [end, start]
                    .into_iter()
                    .find(|instant| instant.is_bounded()),
            );
        }
        starts.sort_unstable();
        ends.sort_unstable();
        let skipped = starts.len() / OUTLIER_SHARE;
        let all = Span {
            earliest: *starts.first()?,
            latest: *ends.last()?,
        };
        let most = Span {
            earliest: starts[skipped],
            latest: ends[ends.len() - 1 - skipped],
        };
        let (all, most) = (rounded(all), rounded(most));
        // Leaving events out must be worth it: the rest has to become much wider.
        let worth_it = length(all) > length(most) / 2 * 3;
        Some(Self {
            all,
            most: if worth_it { most } else { all },
        })
    }

    /// The span that a viewport shows.
    pub fn span(self, viewport: Viewport) -> Span {
        match viewport {
            Viewport::Most => self.most,
            Viewport::All => self.all,
            Viewport::Chosen(span) => span,
        }
    }
}

/// A span with a little room at either end; a long one ends with whole months, as its labels do.
fn rounded(span: Span) -> Span {
    const YEAR: i64 = 366 * 86_400 * 1_000_000;
    if length(span) > YEAR {
        return Span::new(month_start(span.earliest), month_end(span.latest));
    }
    let margin = (length(span) / 20).max(SHORTEST / 2);
    let moved =
        |instant: Instant, by: i64| Instant::from_micros(instant.micros().saturating_add(by));
    Span::new(moved(span.earliest, -margin), moved(span.latest, margin))
}

fn length(span: Span) -> i64 {
    span.latest.micros().saturating_sub(span.earliest.micros())
}

/// The shortest span a viewport shows, in microseconds: one minute.
const SHORTEST: i64 = 60_000_000;

/// A span `numerator / denominator` times as long, around an instant that keeps its place.
pub fn zoomed(span: Span, around: Instant, numerator: i64, denominator: i64) -> Span {
    let old = length(span).max(1);
    let new = i64::try_from(i128::from(old) * i128::from(numerator) / i128::from(denominator))
        .unwrap_or(i64::MAX);
    let new = new.clamp(SHORTEST, LONGEST);
    let around = around.clamp(span.earliest, span.latest);
    let before =
        i128::from(around.micros() - span.earliest.micros()) * i128::from(new) / i128::from(old);
    let before = i64::try_from(before).unwrap_or(0);
    shifted_into_range(around.micros().saturating_sub(before), new)
}

/// A span moved by a part of its own length.
pub fn panned(span: Span, parts: i64, of: i64) -> Span {
    let length = length(span);
    shifted_into_range(
        span.earliest.micros().saturating_add(length / of * parts),
        length,
    )
}

/// The span moved just so far that an instant lies in it.
pub fn moved_to(span: Span, instant: Instant) -> Span {
    if !instant.is_bounded() || (span.earliest <= instant && instant <= span.latest) {
        return span;
    }
    shifted_into_range(
        instant.micros().saturating_sub(length(span) / 2),
        length(span),
    )
}

/// A viewport stays within a hundred thousand years of 1970: the calendar behind it ends there.
const LONGEST: i64 = 100_000 * 365 * 86_400 * 1_000_000;

fn shifted_into_range(start: i64, length: i64) -> Span {
    let start = start.clamp(-LONGEST, LONGEST.saturating_sub(length).max(-LONGEST));
    Span {
        earliest: Instant::from_micros(start),
        latest: Instant::from_micros(start.saturating_add(length)),
    }
}
