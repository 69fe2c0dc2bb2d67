//! Where an event lies on an axis, and how sure it is in each of its columns that it was going on.

use std::ops::RangeInclusive;

use super::axis::Axis;
use crate::date::{Bounds, EventDate, Instant, Span, Truth};
use crate::timeline::{Clock, Event};

/// How sure it is that an event was going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnFill {
    /// It may have been, but the date has no known start or no known end.
    Open,
    /// It may have been.
    Possible,
    /// It may have been, and the words of the date point here most.
    Core,
    /// It was.
    Certain,
}

/// Where an event lies on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisPlace {
    /// Nowhere: it has no date on the clock of the axis.
    Undated,
    /// Wholly before the axis.
    Earlier,
    /// Wholly after the axis.
    Later,
    /// In some of its columns.
    On(ChartColumns),
}

/// The columns that an event takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartColumns {
    pub first: u16,
    /// The last; the first, if the event is a point.
    pub last: u16,
    /// Whether it is drawn as a point: shorter than a column, and stated to the day.
    pub is_point: bool,
}

/// Whether an event goes on outside an axis: its drawing reaches the edge, and its date reaches further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CutEnds {
    pub before: bool,
    pub after: bool,
}

impl CutEnds {
    /// The ends of a band that was drawn for the bounds `whole`, from its first column to its last. A dashed line to
    /// the edge already shows that its end is unknown.
    pub fn of(whole: Span, axis: &Axis, first: (u16, ColumnFill), last: (u16, ColumnFill)) -> Self {
        let is_known = |end: Instant, fill| end.is_bounded() || fill != ColumnFill::Open;
        Self {
            before: first.0 == 0
                && whole.earliest < axis.span.earliest
                && is_known(whole.earliest, first.1),
            after: last.0 + 1 == axis.width
                && whole.latest > axis.span.latest
                && is_known(whole.latest, last.1),
        }
    }
}

impl ChartColumns {
    /// The columns of a time. A point takes the column of its middle.
    ///
    /// How a date is stated may be the most expensive question here, so it is asked only if the bounds are not enough.
    pub fn of(whole: Span, axis: &Axis, is_stated_to_the_day: impl FnOnce() -> bool) -> Self {
        let is_point = is_point(whole, axis.cell_length(), is_stated_to_the_day);
        let (first, last) = if is_point {
            let column = axis.column(whole.middle());
            (column, column)
        } else {
            (axis.column(whole.earliest), axis.column(whole.latest))
        };
        Self {
            first,
            last,
            is_point,
        }
    }

    /// From left to right.
    pub const fn range(self) -> RangeInclusive<u16> {
        self.first..=self.last
    }
}

/// How many events are not on an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OffAxis {
    /// Events wholly before it.
    pub earlier: usize,
    /// Events wholly after it.
    pub later: usize,
    /// Events without a date on its clock.
    pub undated: usize,
}

impl OffAxis {
    /// Counts an event unless it is on the axis. Returns its columns if it is.
    pub fn count(&mut self, place: AxisPlace) -> Option<ChartColumns> {
        match place {
            AxisPlace::Undated => self.undated += 1,
            AxisPlace::Earlier => self.earlier += 1,
            AxisPlace::Later => self.later += 1,
            AxisPlace::On(columns) => return Some(columns),
        }
        None
    }
}

impl AxisPlace {
    /// Where an event lies on an axis that shows the times of a clock.
    pub fn of(event: Event<'_>, clock: Clock, axis: &Axis) -> Self {
        let Some(whole) = event.bounds_on(clock).map(|bounds| bounds.whole()) else {
            return Self::Undated;
        };
        if whole.latest < axis.span.earliest {
            return Self::Earlier;
        }
        if whole.earliest > axis.span.latest {
            return Self::Later;
        }
        Self::On(ChartColumns::of(whole, axis, || {
            let date = event.on(clock);
            date.is_some_and(|date| date.is_stated_to_the_day())
        }))
    }

    /// Its columns, if it is on the axis.
    pub const fn columns(self) -> Option<ChartColumns> {
        match self {
            Self::On(columns) => Some(columns),
            Self::Undated | Self::Earlier | Self::Later => None,
        }
    }
}

/// Whether a time is drawn as a point in columns of a length in microseconds: it is shorter than a column, and stated
/// to the day. A year in a column of two years is a year all the same.
///
/// Of a million events most allow no more than a day. How a date is stated is asked only for the others.
fn is_point(whole: Span, column: i64, is_stated_to_the_day: impl FnOnce() -> bool) -> bool {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let length = whole.length();
    whole.earliest.is_bounded()
        && whole.latest.is_bounded()
        && length < column
        && (length < DAY || is_stated_to_the_day())
}

/// The columns of an event that are drawn, and how sure each is. Days that lie apart leave columns between them out.
pub fn fills(
    when: &EventDate,
    columns: ChartColumns,
    axis: &Axis,
) -> impl Iterator<Item = (u16, ColumnFill)> + Clone {
    let core = when.core();
    (columns.range()).filter_map(move |column| Some((column, fill(when, core, axis.cell(column))?)))
}

fn fill(when: &EventDate, core: Option<Span>, cell: Span) -> Option<ColumnFill> {
    let is_core = core.is_some_and(|core| core.overlaps(cell));
    match fill_of_bounds(when.going_on(cell), when.bounds(), cell)? {
        ColumnFill::Open | ColumnFill::Possible if is_core => Some(ColumnFill::Core),
        fill => Some(fill),
    }
}

/// Like [`fills`], if only the bounds of a date are known: not where its words point most, nor which of several days it
/// is.
pub fn fills_of_bounds(
    bounds: Bounds,
    columns: ChartColumns,
    axis: &Axis,
) -> impl Iterator<Item = (u16, ColumnFill)> {
    (columns.range()).filter_map(move |column| {
        let cell = axis.cell(column);
        Some((column, fill_of_bounds(bounds.going_on(cell), bounds, cell)?))
    })
}

fn fill_of_bounds(is_going_on: Truth, bounds: Bounds, cell: Span) -> Option<ColumnFill> {
    match is_going_on {
        Truth::Yes => Some(ColumnFill::Certain),
        Truth::Possibly if is_open_at(bounds, cell) => Some(ColumnFill::Open),
        Truth::Possibly => Some(ColumnFill::Possible),
        Truth::No => None,
    }
}

/// Whether a cell is only reached because the date has no first or no last day.
fn is_open_at(Bounds { start, end, .. }: Bounds, cell: Span) -> bool {
    let before = !start.earliest.is_bounded() && cell.latest < start.latest;
    let after = !end.latest.is_bounded() && cell.earliest > end.earliest.max(start.latest);
    before || after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_stated_to_the_day_is_a_point_however_wide_a_column_is() {
        const DAY: i64 = 24 * 60 * 60 * 1_000_000;
        let is_point = |written: &str, days: i64| {
            let date = EventDate::parse(written).expect("it is a date");
            is_point(date.whole(), days * DAY, || date.is_stated_to_the_day())
        };
        for date in ["2021-08-14", "2021-08-14T10:22Z", "2021-08-14/2021-08-17"] {
            assert!(is_point(date, 30), "{date}");
        }
        for date in [
            "1900",
            "2021-08",
            "late 2021",
            "2021-08/2021-09",
            "2021-08-14/..",
        ] {
            assert!(!is_point(date, 100_000), "{date}");
        }
        assert!(!is_point("2021-08-14/2021-08-17", 2));
    }
}
