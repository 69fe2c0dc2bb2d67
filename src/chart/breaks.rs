//! Breaks of an axis: long stretches in which nothing begins or ends, which then take few columns.
//!
//! The rule knows times only, no columns. So the viewer and the handouts break an axis alike, however wide it is.

use super::axis::Axis;
use super::axis_events::AxisEvents;
use crate::date::{Instant, Span};
use crate::timeline::Event;

/// A stretch is long if it is longer than the time that is shown, divided by this number.
const LONG: i64 = 5;
/// An event goes on across a break if it lasts longer than the time that is shown, divided by this number.
const LASTING: i64 = 2;
/// The margin on either side of a break is the time outside breaks, divided by this number.
const MARGIN: i64 = 48;
/// The width, in columns, of the axis on which stretches are looked for and dates are distinguished.
const GRID: u16 = 96;
/// Events are looked at in at most this many rounds, each spread over all of them: a few of a million events show that
/// no stretch is long.
const ROUNDS: usize = 64;

const MINUTE: i64 = 60 * 1_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = YEAR / 12;
const YEAR: i64 = 365 * DAY + DAY / 4;

/// The breaks of an axis, in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisBreaks(Vec<Span>);

/// A break on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisBreak {
    /// Its first column.
    pub first: u16,
    /// Its last column.
    pub last: u16,
    /// The time that it covers.
    pub span: Span,
}

impl AxisBreaks {
    /// The long stretches of a span, if breaks there distinguish more dates.
    pub fn of(events: &AxisEvents<'_>, span: Span) -> Self {
        let found = long_stretches(events, span);
        let broken: i64 = found.iter().map(|stretch| stretch.length()).sum();
        let margin = (span.length() - broken) / MARGIN;
        let narrower = |it: Span| Span::new(moved(it.earliest, margin), moved(it.latest, -margin));
        let breaks = Self(found.into_iter().map(narrower).collect());
        if breaks.0.is_empty() || !breaks.is_worth_it(events, span) {
            return Self::default();
        }
        breaks
    }

    /// The time that they cover.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether more dates have a column of their own with them than without.
    fn is_worth_it(&self, events: &AxisEvents<'_>, span: Span) -> bool {
        let distinct_dates = |axis: Axis| {
            let mut columns = [false; GRID as usize];
            for bounds in events.all().filter_map(|event| events.bounds(event)) {
                let begin = bounds.order_key()[0];
                if span.contains(begin) {
                    columns[usize::from(axis.column(begin))] = true;
                }
            }
            columns.iter().filter(|is_taken| **is_taken).count()
        };
        let before = distinct_dates(Axis::new(span, GRID));
        distinct_dates(Axis::broken(span, GRID, self.spans())) > before
    }
}

/// The long stretches between dates, in the order of time. There are few, since each is longer than a fifth of the
/// span.
fn long_stretches(events: &AxisEvents<'_>, span: Span) -> Vec<Span> {
    let is_long = |stretch: &Span| stretch.length() > span.length() / LONG;
    let mut dates = DateGrid::new(Axis::new(span, GRID));
    // Fewer events in a round than the grid has columns would not fill it.
    let rounds = (events.events.len() / usize::from(GRID)).clamp(1, ROUNDS);
    for round in 0..rounds {
        for event in events.round(round, rounds) {
            dates.add(events, event, span.length() / LASTING);
        }
        // Stretches only become shorter.
        if !dates.stretches().iter().any(is_long) {
            return Vec::new();
        }
    }
    let mut found = dates.stretches();
    // Before the first date and after the last one, the axis stays as the reader chose it.
    found.retain(|it| is_long(it) && span.earliest < it.earliest && it.latest < span.latest);
    found
}

/// Where dates lie: for each column, the first beginning in it, and the last end of the dates that begin in it.
struct DateGrid {
    axis: Axis,
    first: [Instant; GRID as usize],
    last: [Instant; GRID as usize],
}

impl DateGrid {
    fn new(axis: Axis) -> Self {
        Self {
            axis,
            first: [Instant::FUTURE; GRID as usize],
            last: [Instant::PAST; GRID as usize],
        }
    }

    /// Adds the times in which no break may lie: all of an event, or, if it lasts longer than `lasting` microseconds,
    /// only the places where its date changes in meaning.
    fn add(&mut self, events: &AxisEvents<'_>, event: Event<'_>, lasting: i64) {
        events.each_point(event, |point| self.take(Span::new(point, point)));
        let Some(bounds) = events.bounds(event) else {
            return;
        };
        let whole = bounds.whole();
        if whole.length() <= lasting.max(DAY) {
            self.take(whole);
            return;
        }
        let mut take = |span: Span| {
            self.take(Span::new(span.earliest, span.earliest));
            self.take(Span::new(span.latest, span.latest));
        };
        take(bounds.start);
        take(bounds.end);
        // Reading a date is the most expensive step here, but few events last so long.
        if let Some(when) = events.date(event) {
            when.core().into_iter().for_each(&mut take);
            for member in when.members() {
                take(member.start);
                take(member.end);
            }
        }
    }

    fn take(&mut self, span: Span) {
        if !span.overlaps(self.axis.span)
            || !span.earliest.is_bounded()
            || !span.latest.is_bounded()
        {
            return;
        }
        let column = usize::from(self.axis.column(span.earliest));
        self.first[column] = self.first[column].min(span.earliest);
        self.last[column] = self.last[column].max(span.latest);
    }

    /// The stretches without a date from one end of the axis to the other, except those within a column.
    fn stretches(&self) -> Vec<Span> {
        let mut stretches = Vec::new();
        let mut free = self.axis.span.earliest;
        let columns = self.first.iter().zip(&self.last);
        for (&first, &last) in columns.filter(|(first, _)| first.is_bounded()) {
            if free < first {
                stretches.push(Span::new(free, moved(first, -1)));
            }
            free = free.max(moved(last, 1));
        }
        if free <= self.axis.span.latest {
            stretches.push(Span::new(free, self.axis.span.latest));
        }
        stretches
    }
}

fn moved(instant: Instant, by: i64) -> Instant {
    Instant::from_micros(instant.micros().saturating_add(by))
}

impl Axis {
    /// Its breaks, from left to right.
    pub fn breaks(&self) -> impl Iterator<Item = AxisBreak> {
        let breaks = self.parts().filter(|part| part.is_break);
        breaks.map(|part| AxisBreak {
            first: part.first,
            last: part.end() - 1,
            span: part.span,
        })
    }
}

impl AxisBreak {
    /// How much time it covers, in at most `room` characters.
    pub fn label(self, room: usize) -> String {
        let (count, unit, short) = self.length();
        let labels = [
            format!("≈ {count} {unit} ≈"),
            format!("≈ {count} {short} ≈"),
            format!("≈{count}{short}≈"),
        ];
        let fitting = labels.into_iter().find(|it| it.chars().count() <= room);
        fitting.unwrap_or_else(|| "≈".to_owned())
    }

    /// About how long it is: at least two of some unit, with a long and a short name.
    fn length(self) -> (i64, &'static str, &'static str) {
        let length = self.span.length();
        let rounded = |unit: i64| length.saturating_add(unit / 2) / unit;
        match length {
            _ if rounded(MONTH) > 36 => (rounded(YEAR), "years", "y"),
            _ if rounded(DAY) > 60 => (rounded(MONTH), "months", "mo"),
            _ if rounded(HOUR) > 48 => (rounded(DAY), "days", "d"),
            _ if rounded(MINUTE) > 120 => (rounded(HOUR), "hours", "h"),
            _ => (rounded(MINUTE).max(1), "minutes", "min"),
        }
    }
}
