//! A time axis of some columns: which column an instant falls in, and where its ticks stand.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::date::{Instant, Span};

/// Some columns that stand for a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The time that all columns cover together.
    pub span: Span,
    /// How many columns there are; at least one.
    pub width: u16,
}

/// A column with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The column.
    pub column: u16,
    /// The label; empty where there is no room for one.
    pub label: String,
}

impl Axis {
    /// An axis over a bounded span.
    pub fn new(span: Span, width: u16) -> Self {
        debug_assert!(span.earliest.is_bounded() && span.latest.is_bounded());
        Self {
            span,
            width: width.max(1),
        }
    }

    /// How long all columns are together, in microseconds; at least one for each column.
    fn length(self) -> i128 {
        let length =
            i128::from(self.span.latest.micros()) - i128::from(self.span.earliest.micros()) + 1;
        length.max(i128::from(self.width))
    }

    /// How long one column is, in microseconds.
    pub fn cell_length(self) -> i64 {
        i64::try_from(self.length() / i128::from(self.width))
            .unwrap_or(i64::MAX)
            .max(1)
    }

    /// The time that a column covers.
    pub fn cell(self, column: u16) -> Span {
        let width = i128::from(self.width);
        // The first instant that falls in a column: rounded up, as `column` rounds down.
        let edge = |column: i128| {
            let offset = (self.length() * column + width - 1).div_euclid(width);
            let micros = i128::from(self.span.earliest.micros()) + offset;
            i64::try_from(micros).unwrap_or(i64::MAX)
        };
        let column = i128::from(column);
        Span {
            earliest: Instant::from_micros(edge(column)),
            latest: Instant::from_micros(edge(column + 1) - 1),
        }
    }

    /// The column in which an instant falls; those before and after fall in the outer columns.
    pub fn column(self, instant: Instant) -> u16 {
        let last = self.width - 1;
        let (from, to) = (self.span.earliest, self.span.latest);
        if instant <= from {
            return 0;
        }
        if instant >= to {
            return last;
        }
        let offset = instant.micros().abs_diff(from.micros());
        let length = u64::try_from(self.length()).unwrap_or(u64::MAX);
        // Spans of a few thousand years stay within 64 bits, and there are a million events.
        let column = match offset.checked_mul(u64::from(self.width)) {
            Some(product) => product / length,
            None => u64::try_from(u128::from(offset) * u128::from(self.width) / u128::from(length))
                .unwrap_or(u64::MAX),
        };
        u16::try_from(column).unwrap_or(last).min(last)
    }

    /// The ticks, from left to right; labels never touch.
    pub fn ticks(self) -> Vec<Tick> {
        let fitting = STEPS.iter().find(|step| self.fits(**step));
        let Some(step) = fitting.or(STEPS.last()) else {
            return Vec::new();
        };
        let mut ticks = Vec::new();
        let mut free = 0;
        let (start, end) = (self.span.earliest.civil(), self.span.latest.civil());
        let mut at = step.floor(start);
        let says_year = start.year() != end.year();
        while let Some(time) = at.filter(|time| *time <= end) {
            at = step.next(time);
            let instant = instant_of(time);
            if instant < self.span.earliest {
                continue;
            }
            let column = self.column(instant);
            let mut label = step.label(time, ticks.is_empty(), says_year);
            let length = u16::try_from(label.len()).unwrap_or(u16::MAX);
            if column < free || column.saturating_add(length) > self.width {
                label.clear();
            } else {
                free = column + length + 2;
            }
            ticks.push(Tick { column, label });
        }
        ticks
    }

    /// Whether ticks of a step are far enough apart to carry labels.
    fn fits(self, step: Step) -> bool {
        i128::from(step.micros()) * i128::from(self.width)
            >= self.length() * i128::from(step.room())
    }
}

fn instant_of(time: NaiveDateTime) -> Instant {
    Instant::from_micros(time.and_utc().timestamp_micros())
}

/// The distance from one tick to the next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Seconds(u32),
    Minutes(u32),
    Hours(u32),
    Days(u32),
    Months(u32),
    Years(i32),
}

const STEPS: &[Step] = &[
    Step::Seconds(1),
    Step::Seconds(5),
    Step::Seconds(15),
    Step::Seconds(30),
    Step::Minutes(1),
    Step::Minutes(5),
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Hours(1),
    Step::Hours(3),
    Step::Hours(6),
    Step::Hours(12),
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1000),
    Step::Years(10_000),
    Step::Years(100_000),
];

const DAY: i64 = 86_400_000_000;

impl Step {
    /// About how long it is, in microseconds.
    fn micros(self) -> i64 {
        match self {
            Self::Seconds(count) => i64::from(count) * 1_000_000,
            Self::Minutes(count) => i64::from(count) * 60_000_000,
            Self::Hours(count) => i64::from(count) * 3_600_000_000,
            Self::Days(count) => i64::from(count) * DAY,
            Self::Months(count) => i64::from(count) * 30 * DAY,
            Self::Years(count) => i64::from(count) * 365 * DAY,
        }
    }

    /// How many columns its labels need, with a gap.
    const fn room(self) -> u16 {
        match self {
            Self::Seconds(_) => 10,
            Self::Minutes(_) | Self::Hours(_) | Self::Days(_) => 8,
            Self::Months(_) | Self::Years(_) => 6,
        }
    }

    /// The last tick at or before a time.
    fn floor(self, time: NaiveDateTime) -> Option<NaiveDateTime> {
        let day = time.date();
        let midnight = day.and_time(NaiveTime::MIN);
        match self {
            Self::Seconds(count) => {
                let seconds = time.num_seconds_from_midnight() / count * count;
                midnight.checked_add_signed(Duration::seconds(i64::from(seconds)))
            }
            Self::Minutes(count) => {
                let minutes = (time.num_seconds_from_midnight() / 60) / count * count;
                midnight.checked_add_signed(Duration::minutes(i64::from(minutes)))
            }
            Self::Hours(count) => {
                let hours = time.hour() / count * count;
                midnight.checked_add_signed(Duration::hours(i64::from(hours)))
            }
            Self::Days(count) => {
                let past = day
                    .num_days_from_ce()
                    .rem_euclid(i32::try_from(count).unwrap_or(1));
                midnight.checked_sub_signed(Duration::days(i64::from(past)))
            }
            Self::Months(count) => {
                let month = (day.month0() / count) * count + 1;
                NaiveDate::from_ymd_opt(day.year(), month, 1)
                    .map(|day| day.and_time(NaiveTime::MIN))
            }
            Self::Years(count) => {
                let year = day.year().div_euclid(count) * count;
                // Where the calendar begins, the tick before is not in it; the one after is.
                let first = NaiveDate::from_ymd_opt(year, 1, 1);
                let first = first.or_else(|| NaiveDate::from_ymd_opt(year + count, 1, 1));
                first.map(|day| day.and_time(NaiveTime::MIN))
            }
        }
    }

    /// The tick after one.
    fn next(self, tick: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) | Self::Days(_) => {
                tick.checked_add_signed(Duration::microseconds(self.micros()))
            }
            Self::Months(count) => tick.checked_add_months(Months::new(count)),
            Self::Years(count) => tick.with_year(tick.year().checked_add(count)?),
        }
    }

    /// The label of a tick. The first one also says what later ones leave out, unless a later one
    /// `says_year`.
    fn label(self, tick: NaiveDateTime, first: bool, says_year: bool) -> String {
        let format = match self {
            Self::Years(_) => return tick.year().to_string(),
            Self::Months(_) if tick.month() == 1 => "%Y",
            Self::Months(_) if first && !says_year => "%b %Y",
            Self::Months(_) => "%b",
            Self::Days(_) if first => "%-d %b %Y",
            Self::Days(_) => "%-d %b",
            Self::Seconds(_) if first => "%-d %b %Y %H:%M:%S",
            Self::Seconds(_) => "%H:%M:%S",
            Self::Minutes(_) | Self::Hours(_) if first => "%-d %b %Y %H:%M",
            Self::Minutes(_) | Self::Hours(_) if tick.time() == NaiveTime::MIN => "%-d %b",
            Self::Minutes(_) | Self::Hours(_) => "%H:%M",
        };
        tick.format(format).to_string()
    }
}

/// The first instant of the month in which an instant falls; bounded instants only.
pub fn month_start(instant: Instant) -> Instant {
    Step::Months(1)
        .floor(instant.civil())
        .map_or(instant, instant_of)
}

/// The last instant of the month in which an instant falls; bounded instants only.
pub fn month_end(instant: Instant) -> Instant {
    let step = Step::Months(1);
    let next = step
        .floor(instant.civil())
        .and_then(|start| step.next(start));
    next.map_or(instant, |next| {
        Instant::from_micros(instant_of(next).micros() - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Instant {
        Instant::of_day(year, month, day).expect("a day of the calendar")
    }

    fn axis(from: Instant, to: Instant, width: u16) -> Axis {
        Axis::new(
            Span {
                earliest: from,
                latest: Instant::from_micros(to.micros() - 1),
            },
            width,
        )
    }

    fn labels(axis: Axis) -> Vec<(u16, String)> {
        let ticks = axis
            .ticks()
            .into_iter()
            .filter(|tick| !tick.label.is_empty());
        ticks.map(|tick| (tick.column, tick.label)).collect()
    }

    #[test]
    fn columns_cover_the_span_without_a_gap() {
        let axis = axis(day(2021, 1, 1), day(2025, 1, 1), 97);
        assert_eq!(axis.cell(0).earliest, axis.span.earliest);
        assert_eq!(axis.cell(96).latest, axis.span.latest);
        for column in 0..96 {
            assert_eq!(
                axis.cell(column).latest.micros() + 1,
                axis.cell(column + 1).earliest.micros()
            );
            assert_eq!(axis.column(axis.cell(column).earliest), column);
            assert_eq!(axis.column(axis.cell(column).latest), column);
        }
    }

    #[test]
    fn what_lies_outside_falls_in_the_outer_columns() {
        let axis = axis(day(2021, 1, 1), day(2022, 1, 1), 12);
        assert_eq!(axis.column(Instant::PAST), 0);
        assert_eq!(axis.column(Instant::FUTURE), 11);
    }

    #[test]
    fn labels_are_as_fine_as_there_is_room_for() {
        let years = labels(axis(day(2020, 7, 1), day(2024, 7, 1), 48));
        assert_eq!(years[0], (6, "2021".to_owned()));
        let months = labels(axis(day(2021, 1, 1), day(2022, 1, 1), 80));
        assert_eq!(months[0].1, "2021");
        assert_eq!(months[1].1, "Feb");
        let days = labels(axis(day(2024, 3, 24), day(2024, 3, 28), 60));
        assert_eq!(days[0].1, "24 Mar 2024");
    }

    #[test]
    fn an_axis_over_all_of_the_calendar_has_labels() {
        let (first, last) = (
            Instant::from(NaiveDateTime::MIN),
            Instant::from(NaiveDateTime::MAX),
        );
        for width in 8..200 {
            let labels = labels(axis(first, last, width));
            assert!(labels.iter().any(|(_, it)| !it.is_empty()), "{width}");
        }
    }

    #[test]
    fn labels_never_touch_at_any_width_and_any_span() {
        for days in [1, 3, 40, 400, 4000, 400_000] {
            for width in 1..130 {
                let from = day(2021, 3, 7);
                let to = Instant::from_micros(from.micros() + days * DAY);
                let mut free = 0;
                for (column, label) in labels(axis(from, to, width)) {
                    assert!(
                        column >= free,
                        "{days} days in {width} columns: {label} at {column}"
                    );
                    free = column + u16::try_from(label.len()).expect("short") + 1;
                    assert!(free <= width + 1);
                }
            }
        }
    }
}
