//! The overview: lanes over one time axis, with bands that show what is certain and what only possible.

mod cursor;

use std::ops::RangeInclusive;

use super::axis::{Axis, month_end, month_start};
use super::grouping::Lanes;
use super::sieve::Sieve;
use crate::date::{self, EventDate, Instant, Span, Truth};
use crate::document::Family;
use crate::timeline::{Clock, Event, Timeline};

/// How sure it is that something on a lane was going on in the time of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// Nothing was.
    #[default]
    Empty,
    /// Nothing was, but something was over and the world had not been told yet.
    Lag,
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
    /// What an event that was over became here: disclosed or attributed.
    pub known: Option<Clock>,
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
    /// The columns in which events lie that the filter hides.
    pub hidden: Vec<bool>,
    /// The columns of the selected event, where it is on the axis.
    pub cursor: Option<RangeInclusive<u16>>,
    /// The lanes of the selected event.
    pub cursor_lanes: Vec<usize>,
    /// When the selected event was disclosed and attributed, where that is drawn: columns of the axis.
    pub known: Vec<(u16, Clock)>,
    /// How many dated events lie wholly before the axis.
    pub earlier: usize,
    /// How many dated events lie wholly after the axis.
    pub later: usize,
    /// How many events have no place on the axis, since they have no date on its clock.
    pub undated: usize,
    /// The clock of the axis.
    pub clock: Clock,
}

/// What an overview is drawn of.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The facts.
    pub timeline: &'a Timeline,
    /// What is left of them.
    pub sieve: &'a Sieve,
    /// What lanes stand for.
    pub lanes: &'a Lanes,
    /// The clock of the axis.
    pub clock: Clock,
    /// Whether the time from an event to its disclosure and attribution is drawn.
    pub lag: bool,
}

impl Subject<'_> {
    /// The whole time in which an event may have been, on the clock of the axis.
    fn whole(self, event: Event<'_>) -> Option<Span> {
        event.bounds_on(self.clock).map(|bounds| bounds.whole())
    }

    /// Whether an event is drawn as a point.
    fn is_point(self, event: Event<'_>, whole: Span, axis: Axis) -> bool {
        date::is_point(whole, axis.cell_length(), || {
            let date = event.on(self.clock);
            date.is_some_and(|date| date.is_stated_to_the_day())
        })
    }

    /// The columns that an event takes; a point takes the one of its middle.
    fn columns_of(self, event: Event<'_>, whole: Span, axis: Axis) -> RangeInclusive<u16> {
        if self.is_point(event, whole, axis) {
            let middle = i64::midpoint(whole.earliest.micros(), whole.latest.micros());
            let column = axis.column(Instant::from_micros(middle));
            return column..=column;
        }
        axis.column(whole.earliest)..=axis.column(whole.latest)
    }
}

/// Draws the overview of the events that are left, with at most so many lanes.
pub fn draw(subject: Subject<'_>, axis: Option<Axis>, rows: usize) -> Overview {
    let width = axis.map_or(0, |axis| usize::from(axis.width));
    let lane = |name| Lane {
        name,
        cells: vec![Cell::default(); width],
    };
    let mut overview = Overview {
        axis,
        lanes: lane_names(subject.lanes, rows)
            .into_iter()
            .map(lane)
            .collect(),
        density: vec![0.0; width],
        hidden: vec![false; width],
        cursor: None,
        cursor_lanes: Vec::new(),
        known: Vec::new(),
        earlier: 0,
        later: 0,
        undated: 0,
        clock: subject.clock,
    };
    let phases = subject.timeline.phases();
    let families: Vec<Family> = phases.iter().map(|(_, phase)| Family::of(phase)).collect();
    for event in subject.timeline.events() {
        if subject.sieve.shows(event.id()) {
            overview.add(subject, &families, event);
        } else {
            overview.add_trace(subject, event);
        }
    }
    overview
}

/// The names of at most `rows` lanes. Where there are more lanes than rows, the last row stands for
/// all that are left, and says so.
fn lane_names(lanes: &Lanes, rows: usize) -> Vec<String> {
    let mut names = lanes.names.clone();
    if names.len() > rows {
        let left = names.len() - rows + 1;
        names.truncate(rows.saturating_sub(1));
        if rows > 0 {
            names.push(format!("{left} more"));
        }
    }
    names
}

impl Overview {
    fn add(&mut self, subject: Subject<'_>, families: &[Family], event: Event<'_>) {
        let Some(whole) = subject.whole(event) else {
            self.undated += 1;
            return;
        };
        let Some(axis) = self.axis else { return };
        if whole.latest < axis.span.earliest {
            self.earlier += 1;
            return;
        }
        if whole.earliest > axis.span.latest {
            self.later += 1;
            return;
        }
        let columns = subject.columns_of(event, whole, axis);
        self.spread(&columns);
        if subject.lag && subject.clock == Clock::Happened {
            self.add_lag(subject, event, *columns.end());
        }
        let phase = event
            .phase_id()
            .and_then(|phase| families.get(phase.0 as usize));
        let family = phase.copied().unwrap_or_default();
        let Some(last) = self.lanes.len().checked_sub(1) else {
            return;
        };
        if subject.is_point(event, whole, axis) {
            let column = usize::from(*columns.start());
            // Lanes beyond the last row share it: one event is one point there.
            let mut is_on_last = false;
            subject.lanes.each_row(event, |row| {
                if row < last || !is_on_last {
                    self.lanes[row.min(last)].cells[column].add_point(family);
                }
                is_on_last |= row >= last;
            });
        } else if let Some(when) = event.on(subject.clock) {
            let band = Band {
                core: when.core(),
                when,
            };
            subject.lanes.each_row(event, |row| {
                let lane = &mut self.lanes[row.min(last)];
                for column in columns.clone() {
                    let fill = band.fill(axis.cell(column));
                    lane.cells[usize::from(column)].add_fill(fill, family);
                }
            });
        }
    }

    /// The time from the end of an event to its disclosure and its attribution: a thin line to where each of
    /// them can first have been.
    fn add_lag(&mut self, subject: Subject<'_>, event: Event<'_>, from: u16) {
        let (Some(axis), Some(last)) = (self.axis, self.lanes.len().checked_sub(1)) else {
            return;
        };
        for clock in [Clock::Disclosed, Clock::Attributed] {
            let date = event.bounds_on(clock).map(|bounds| bounds.whole());
            let Some(date) = date.filter(|date| date.earliest > axis.span.earliest) else {
                continue;
            };
            let to = axis.column(date.earliest);
            let is_on_axis = date.earliest <= axis.span.latest;
            subject.lanes.each_row(event, |row| {
                let lane = &mut self.lanes[row.min(last)];
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

    /// One event counts once, however many columns its date allows.
    fn spread(&mut self, columns: &RangeInclusive<u16>) {
        let share = 1.0 / f32::from(columns.end() - columns.start() + 1);
        for column in columns.clone() {
            self.density[usize::from(column)] += share;
        }
    }

    /// What is hidden leaves a trace: nobody takes an empty place for a time without events.
    fn add_trace(&mut self, subject: Subject<'_>, event: Event<'_>) {
        let (Some(whole), Some(axis)) = (subject.whole(event), self.axis) else {
            return;
        };
        if overlap(whole, axis.span) {
            for column in subject.columns_of(event, whole, axis) {
                self.hidden[usize::from(column)] = true;
            }
        }
    }
}

impl Cell {
    fn add_point(&mut self, family: Family) {
        self.take(family);
        self.points = self.points.saturating_add(1);
    }

    /// A line that others are drawn over.
    fn add_lag(&mut self) {
        self.fill = self.fill.max(Fill::Lag);
    }

    fn add_fill(&mut self, fill: Fill, family: Family) {
        self.take(family);
        self.fill = self.fill.max(fill);
    }

    /// The foremost family of all that are in the cell.
    fn take(&mut self, family: Family) {
        let is_first = self.fill <= Fill::Lag && self.points == 0;
        self.family = if is_first {
            family
        } else {
            self.family.max(family)
        };
    }
}

/// A date that is drawn as wide as it is.
struct Band {
    when: EventDate,
    /// Where its words point most.
    core: Option<Span>,
}

impl Band {
    fn fill(&self, cell: Span) -> Fill {
        match self.when.going_on(cell) {
            Truth::Yes => Fill::Certain,
            Truth::Maybe if self.core.is_some_and(|core| overlap(core, cell)) => Fill::Core,
            Truth::Maybe if is_open_at(&self.when, cell) => Fill::Open,
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
    /// The extent of some events on a clock; none if none of them has a date on it.
    pub fn of<'t>(events: impl Iterator<Item = Event<'t>>, clock: Clock) -> Option<Self> {
        let bounds = events.filter_map(|event| event.bounds_on(clock));
        let wholes = bounds.map(|bounds| bounds.whole());
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
        let worth_it = all.length() > (most.length() / 2).saturating_mul(3);
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
    if span.length() > YEAR {
        return Span::new(month_start(span.earliest), month_end(span.latest));
    }
    let margin = (span.length() / 20).max(SHORTEST / 2);
    let moved =
        |instant: Instant, by: i64| Instant::from_micros(instant.micros().saturating_add(by));
    Span::new(moved(span.earliest, -margin), moved(span.latest, margin))
}

/// The shortest span a viewport shows, in microseconds: one minute.
const SHORTEST: i64 = 60_000_000;

/// A span `numerator / denominator` times as long, around an instant that keeps its place.
pub fn zoomed(span: Span, around: Instant, numerator: i64, denominator: i64) -> Span {
    let old = span.length().max(1);
    let new = i64::try_from(i128::from(old) * i128::from(numerator) / i128::from(denominator))
        .unwrap_or(i64::MAX);
    let new = new.clamp(SHORTEST, LONGEST);
    let around = around.clamp(span.earliest, span.latest);
    let before = (i128::from(around.micros()) - i128::from(span.earliest.micros()))
        * i128::from(new)
        / i128::from(old);
    let before = i64::try_from(before).unwrap_or(0);
    shifted_into_range(around.micros().saturating_sub(before), new)
}

/// A span moved by a part of its own length.
pub fn panned(span: Span, parts: i64, of: i64) -> Span {
    let length = span.length();
    shifted_into_range(
        (span.earliest.micros()).saturating_add((length / of).saturating_mul(parts)),
        length,
    )
}

/// The span moved just so far that an instant lies in it.
pub fn moved_to(span: Span, instant: Instant) -> Span {
    if !instant.is_bounded() || (span.earliest <= instant && instant <= span.latest) {
        return span;
    }
    shifted_into_range(
        instant.micros().saturating_sub(span.length() / 2),
        span.length(),
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
