//! Places on the time axis: instants of one microsecond and the spans between them.
//!
//! The axis is the proleptic Gregorian calendar without zones or leap seconds. Civil dates lie on it as they are
//! written; only a date-time with an offset is moved, to UTC.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, TimeDelta};

/// Microseconds since 1970-01-01T00:00:00 on the proleptic Gregorian civil axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// From `earliest` to `latest`, inclusive at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first instant of the span; [`Instant::PAST`] where it has no beginning.
    pub earliest: Instant,
    /// The last instant of the span; [`Instant::FUTURE`] where it has no end.
    pub latest: Instant,
}

/// A distance on the axis in units of the calendar, which differ in length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CalendarStep {
    Months(u32),
    Days(u64),
    Micros(i64),
}

impl Instant {
    /// Before everything: an unbounded past.
    pub const PAST: Self = Self(i64::MIN);
    /// After everything: an unbounded future.
    pub const FUTURE: Self = Self(i64::MAX);

    /// The instant at a number of microseconds after 1970-01-01T00:00:00, or before it if negative.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00; `i64::MIN` and `i64::MAX` are the unbounded past and future.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whether this is a place on the axis, not the unbounded past or future.
    pub fn is_bounded(self) -> bool {
        self != Self::PAST && self != Self::FUTURE
    }

    /// The first microsecond of a civil day; `None` where there is no such day, or none within chrono's
    /// ±262 000 years.
    pub fn of_day(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day)
            .map(|day| day.and_time(chrono::NaiveTime::MIN).into())
    }

    /// The civil date and time; the first or last one chrono knows for what lies beyond it.
    pub fn civil(self) -> NaiveDateTime {
        match DateTime::from_timestamp_micros(self.0) {
            Some(moment) => moment.naive_utc(),
            None if self.0 < 0 => NaiveDateTime::MIN,
            None => NaiveDateTime::MAX,
        }
    }

    /// The first microsecond the calendar can place.
    pub(super) fn first() -> Self {
        NaiveDateTime::MIN.into()
    }

    /// The last microsecond the calendar can place.
    pub(super) fn last() -> Self {
        NaiveDateTime::MAX.into()
    }

    /// One microsecond earlier; unbounded instants stay where they are.
    pub(super) fn preceding(self) -> Self {
        if self.is_bounded() {
            Self(self.0 - 1)
        } else {
            self
        }
    }

    /// One microsecond later; unbounded instants stay where they are.
    pub(super) fn following(self) -> Self {
        if self.is_bounded() {
            Self(self.0 + 1)
        } else {
            self
        }
    }

    /// A step earlier, unbounded where the calendar ends.
    pub(super) fn earlier_by(self, step: CalendarStep) -> Self {
        if !self.is_bounded() {
            return self;
        }
        let civil = self.civil();
        let moved = match step {
            CalendarStep::Months(n) => civil.checked_sub_months(Months::new(n)),
            CalendarStep::Days(n) => civil.checked_sub_days(Days::new(n)),
            CalendarStep::Micros(n) => civil.checked_sub_signed(TimeDelta::microseconds(n)),
        };
        moved.map_or(Self::PAST, Self::from)
    }

    /// A step later, unbounded where the calendar ends.
    pub(super) fn later_by(self, step: CalendarStep) -> Self {
        if !self.is_bounded() {
            return self;
        }
        let civil = self.civil();
        let moved = match step {
            CalendarStep::Months(n) => civil.checked_add_months(Months::new(n)),
            CalendarStep::Days(n) => civil.checked_add_days(Days::new(n)),
            CalendarStep::Micros(n) => civil.checked_add_signed(TimeDelta::microseconds(n)),
        };
        moved.map_or(Self::FUTURE, Self::from)
    }
}

impl From<NaiveDateTime> for Instant {
    /// Finer than a microsecond is cut off.
    fn from(civil: NaiveDateTime) -> Self {
        Self(civil.and_utc().timestamp_micros())
    }
}

impl Span {
    /// All of time.
    pub const ALWAYS: Self = Self {
        earliest: Instant::PAST,
        latest: Instant::FUTURE,
    };

    /// The span from one instant to another, inclusive.
    pub const fn new(earliest: Instant, latest: Instant) -> Self {
        Self { earliest, latest }
    }

    /// Whether an instant lies in the span.
    pub fn contains(self, instant: Instant) -> bool {
        self.earliest <= instant && instant <= self.latest
    }

    /// Whether some instant lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The instant in its middle; bounded spans only.
    pub const fn middle(self) -> Instant {
        Instant(i64::midpoint(self.earliest.0, self.latest.0))
    }

    /// From its first instant to its last, in microseconds.
    pub fn length(self) -> i64 {
        self.latest.0.saturating_sub(self.earliest.0)
    }

    /// How far apart two spans may begin that state one time, in microseconds: as far as the less precise of the two is
    /// long. Programs round, so two statements of one moment may be in neighbouring seconds.
    pub fn tolerance(self, other: Self) -> u64 {
        (self.length().max(other.length()).unsigned_abs()).saturating_add(1)
    }

    /// The smallest span holding both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self::new(
            self.earliest.min(other.earliest),
            self.latest.max(other.latest),
        )
    }

    /// The span made longer by one step at each end. The last instant stands for the end of its unit, so the step is
    /// taken from the instant after it: the end of August moves to the end of September, not to the 30th's last hour.
    pub(super) fn widened(self, step: CalendarStep) -> Self {
        let after = self.latest.following().later_by(step);
        Self::new(self.earliest.earlier_by(step), after.preceding())
    }
}

#[cfg(test)]
mod tests {
    use super::{CalendarStep, Instant, Span};

    fn day(year: i32, month: u32, day: u32) -> Instant {
        Instant::of_day(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn the_axis_begins_counting_in_1970() {
        assert_eq!(day(1970, 1, 1), Instant::from_micros(0));
        assert_eq!(day(1969, 12, 31), Instant::from_micros(-86_400_000_000));
    }

    #[test]
    fn a_day_that_does_not_exist_has_no_instant() {
        assert_eq!(Instant::of_day(2021, 2, 29), None);
        assert_eq!(Instant::of_day(300_000, 1, 1), None);
    }

    #[test]
    fn the_unbounded_has_a_saturated_civil_date() {
        assert_eq!(Instant::PAST.civil(), chrono::NaiveDateTime::MIN);
        assert_eq!(Instant::FUTURE.civil(), chrono::NaiveDateTime::MAX);
    }

    #[test]
    fn a_month_widened_by_a_month_ends_with_the_next_month() {
        let august = Span::new(day(2021, 8, 1), day(2021, 9, 1).preceding());
        let about = Span::new(day(2021, 7, 1), day(2021, 10, 1).preceding());
        assert_eq!(august.widened(CalendarStep::Months(1)), about);
    }

    #[test]
    fn widening_past_the_end_of_the_calendar_is_unbounded() {
        let all = Span::new(Instant::first(), Instant::last());
        assert_eq!(all.widened(CalendarStep::Days(1)), Span::ALWAYS);
    }
}
