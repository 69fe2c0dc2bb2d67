//! A time axis of some columns, with labels at round dates.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::date::{Instant, Span};

/// Some columns that stand for a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    span: Span,
    columns: usize,
}

/// A column with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The column.
    pub column: usize,
    /// The label.
    pub label: String,
}

/// The distance between two labels.
#[derive(Clone, Copy)]
enum Step {
    Months(u32),
    Minutes(u32),
}

/// From the shortest to the longest. Days that are not whole months would not begin with one.
const STEPS: &[Step] = &[
    Step::Minutes(1),
    Step::Minutes(10),
    Step::Minutes(60),
    Step::Minutes(6 * 60),
    Step::Minutes(24 * 60),
    Step::Minutes(7 * 24 * 60),
    Step::Months(1),
    Step::Months(3),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(600),
    Step::Months(1200),
    Step::Months(12_000),
    Step::Months(120_000),
    Step::Months(1_200_000),
];

/// At most one event in this many is left out at either end, as in the viewer.
const OUTLIER_SHARE: usize = 12;

impl Axis {
    /// An axis for some dates, of at least one column. A few outliers are left out where the rest becomes much wider.
    /// None if no date is bounded.
    pub fn of(wholes: &[Span], columns: usize) -> Option<Self> {
        let bounded = |first: Instant, second: Instant| {
            [first, second]
                .into_iter()
                .find(|instant| instant.is_bounded())
        };
        let starts = wholes
            .iter()
            .filter_map(|span| bounded(span.earliest, span.latest));
        let ends = wholes
            .iter()
            .filter_map(|span| bounded(span.latest, span.earliest));
        let (mut starts, mut ends): (Vec<_>, Vec<_>) = (starts.collect(), ends.collect());
        starts.sort_unstable();
        ends.sort_unstable();
        let skipped = starts.len() / OUTLIER_SHARE;
        let all = rounded(Span::new(*starts.first()?, *ends.last()?));
        let most = rounded(Span::new(starts[skipped], ends[ends.len() - 1 - skipped]));
        let span = if length(all) > length(most) / 2 * 3 {
            most
        } else {
            all
        };
        Some(Self {
            span,
            columns: columns.max(1),
        })
    }

    /// The time that the columns cover.
    pub const fn span(self) -> Span {
        self.span
    }

    /// How many columns there are.
    pub const fn columns(self) -> usize {
        self.columns
    }

    /// How long a column is, in microseconds.
    pub fn cell_length(self) -> i64 {
        i64::try_from(length(self.span) / as_i128(self.columns)).map_or(i64::MAX, |it| it.max(1))
    }

    /// The time that a column covers.
    pub fn cell(self, column: usize) -> Span {
        let edge = |column: usize| {
            let offset = length(self.span) * as_i128(column) / as_i128(self.columns);
            let micros = i128::from(self.span.earliest.micros()) + offset;
            i64::try_from(micros).unwrap_or(i64::MAX)
        };
        Span::new(
            Instant::from_micros(edge(column)),
            Instant::from_micros(edge(column + 1) - 1),
        )
    }

    /// The column in which an instant falls; those before and after fall in the outer columns.
    pub fn column(self, instant: Instant) -> usize {
        let offset = i128::from(instant.micros()) - i128::from(self.span.earliest.micros());
        let column = offset * as_i128(self.columns) / length(self.span);
        usize::try_from(column.max(0)).map_or(self.columns - 1, |it| it.min(self.columns - 1))
    }

    /// Labels at round dates, at most so many.
    pub fn ticks(self, most: usize) -> Vec<Tick> {
        let fits = |step: &&Step| length(self.span) / step.micros() < as_i128(most);
        let Some(step) = STEPS.iter().find(fits) else {
            return Vec::new();
        };
        let end = self.span.latest.civil();
        let mut ticks = Vec::new();
        let mut at = step.floor(self.span.earliest.civil());
        while let Some(time) = at.filter(|time| *time <= end) {
            let instant = Instant::from(time);
            if instant >= self.span.earliest {
                ticks.push(Tick {
                    column: self.column(instant),
                    label: step.label(time),
                });
            }
            at = step.next(time);
        }
        ticks
    }
}

fn as_i128(number: usize) -> i128 {
    i128::try_from(number).unwrap_or(i128::MAX)
}

fn length(span: Span) -> i128 {
    (i128::from(span.latest.micros()) - i128::from(span.earliest.micros()) + 1).max(1)
}

/// A span with a little room at either end; a long one begins and ends with whole months.
fn rounded(span: Span) -> Span {
    const DAY: i64 = 86_400_000_000;
    if length(span) > i128::from(366 * DAY) {
        let start = Step::Months(1).floor(span.earliest.civil());
        let end = Step::Months(1).floor(span.latest.civil());
        let end = end.and_then(|end| Step::Months(1).next(end));
        if let Some((start, end)) = start.zip(end) {
            let last = Instant::from_micros(Instant::from(end).micros() - 1);
            return Span::new(Instant::from(start), last);
        }
    }
    let margin = i64::try_from(length(span) / 20)
        .unwrap_or(DAY)
        .max(30_000_000);
    let moved = |instant: Instant, by| Instant::from_micros(instant.micros().saturating_add(by));
    Span::new(moved(span.earliest, -margin), moved(span.latest, margin))
}

impl Step {
    fn micros(self) -> i128 {
        match self {
            Self::Months(months) => i128::from(months) * 30 * 86_400_000_000,
            Self::Minutes(minutes) => i128::from(minutes) * 60_000_000,
        }
    }

    /// The last round date that is not after a time.
    fn floor(self, time: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Months(months) => {
                let step = i32::try_from(months).ok()?;
                let since = time.year().checked_mul(12)? + i32::try_from(time.month0()).ok()?;
                let first = since.div_euclid(step) * step;
                let month = u32::try_from(first.rem_euclid(12)).ok()? + 1;
                let day = NaiveDate::from_ymd_opt(first.div_euclid(12), month, 1);
                // Where the calendar begins, the tick before is not in it; the one after is.
                let next = || NaiveDate::from_ymd_opt((first + step).div_euclid(12), month, 1);
                let day = day.or_else(next)?;
                Some(day.and_time(NaiveTime::MIN))
            }
            Self::Minutes(minutes) => {
                let seconds = i64::from(minutes) * 60;
                let since = time.and_utc().timestamp();
                // Weeks begin on a Monday; the first day of 1970 was a Thursday.
                let shift = if minutes == 7 * 24 * 60 {
                    3 * 86_400
                } else {
                    0
                };
                let first = (since + shift).div_euclid(seconds) * seconds - shift;
                chrono::DateTime::from_timestamp(first, 0).map(|moment| moment.naive_utc())
            }
        }
    }

    fn next(self, time: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Months(months) => time.checked_add_months(Months::new(months)),
            Self::Minutes(minutes) => {
                time.checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
            }
        }
    }

    fn label(self, time: NaiveDateTime) -> String {
        let form = match self {
            Self::Months(12..) => "%Y",
            Self::Months(_) => "%b %Y",
            Self::Minutes(minutes) if minutes >= 24 * 60 => "%-d %b %Y",
            Self::Minutes(_) => "%-d %b %H:%M",
        };
        time.format(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::EventDate;

    fn axis(dates: &[&str], columns: usize) -> Axis {
        let whole = |text: &&str| EventDate::parse(text).expect("a date").whole();
        let wholes: Vec<Span> = dates.iter().map(whole).collect();
        Axis::of(&wholes, columns).expect("the dates are bounded")
    }

    fn check(dates: &[&str], labels: &[&str]) {
        let ticks = axis(dates, 60).ticks(7);
        let found: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(found, labels, "{dates:?}");
    }

    #[test]
    fn labels_stand_at_round_dates() {
        check(&["2021-02", "2024-03-25"], &["2022", "2023", "2024"]);
        check(&["1950", "1999"], &["1950", "1960", "1970", "1980", "1990"]);
        check(
            &["2021-08-14T10:00Z", "2021-08-14T14:00Z"],
            &[
                "14 Aug 10:00",
                "14 Aug 11:00",
                "14 Aug 12:00",
                "14 Aug 13:00",
                "14 Aug 14:00",
            ],
        );
        check(
            &["2021-08-14", "2021-12-24"],
            &["Sep 2021", "Oct 2021", "Nov 2021", "Dec 2021"],
        );
    }

    #[test]
    fn an_instant_falls_in_the_column_that_covers_it() {
        let axis = axis(&["2021-02", "2024-03-25"], 97);
        for column in 0..97 {
            let cell = axis.cell(column);
            assert_eq!(axis.column(cell.latest), column);
            assert!(axis.column(cell.earliest).abs_diff(column) <= 1);
        }
        assert_eq!(axis.column(Instant::PAST), 0);
        assert_eq!(axis.column(Instant::FUTURE), 96);
        assert_eq!(axis.cell(96).latest, axis.span().latest);
    }

    #[test]
    fn one_outlier_among_many_does_not_squeeze_the_rest() {
        let mut dates = vec!["2021-03"; 20];
        dates.push("1949");
        assert!(axis(&dates, 10).span().earliest.civil().year() > 2000);
        assert_eq!(
            axis(&["1949", "2021"], 10).span().earliest.civil().year(),
            1949
        );
    }

    #[test]
    fn what_has_no_bound_gives_no_axis() {
        assert_eq!(Axis::of(&[Span::ALWAYS], 10), None);
        assert_eq!(Axis::of(&[], 10), None);
    }
}
