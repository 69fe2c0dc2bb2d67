//! The ticks of an axis: a ladder of round dates, and what they are called.

use chrono::{Datelike, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::axis::{Axis, AxisPart};
use crate::date::{Instant, Span};

/// A column with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisTick {
    pub column: u16,
    /// The label; empty if it has no room.
    pub label: String,
}

/// How ticks are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickLabels {
    /// One character per column. A label leaves out what the labels before it say, and labels never touch.
    Short,
    /// Each label says its date in full.
    Full {
        /// The most labels.
        most: u16,
        /// How many columns a character takes.
        letter: u16,
    },
}

impl Axis {
    /// The ticks, from left to right; none is in a break.
    pub fn ticks(&self, labels: TickLabels) -> Vec<AxisTick> {
        let steps = labels.steps();
        let fitting = steps.iter().position(|step| self.fits(*step, labels));
        let steps = &steps[..fitting.map_or(steps.len(), |at| at + 1)];
        let mut ticks = Vec::new();
        for part in self.parts().filter(|part| !part.is_break) {
            if let Some(found) = ticks_within(part.span, steps) {
                self.label(part, labels, &found, &mut ticks);
            }
        }
        ticks
    }

    /// Adds labels to the ticks of a part of the axis; a label that has no room is left empty.
    fn label(
        &self,
        part: AxisPart,
        labels: TickLabels,
        ticks: &PartTicks,
        out: &mut Vec<AxisTick>,
    ) {
        let (start, end) = (part.span.earliest.civil(), part.span.latest.civil());
        let says_year = start.year() != end.year();
        let letter = labels.letter();
        // A label and the break after it do not touch.
        let is_before_break = part.end() < self.width;
        let end = part.end()
            - if is_before_break {
                letter.min(part.columns)
            } else {
                0
            };
        let (mut free, mut is_first) = (part.first, true);
        for &time in &ticks.times {
            let column = self.column(time.into());
            let step = ticks.step;
            let texts = match labels {
                TickLabels::Short if is_first => [
                    step.first_label(time, says_year),
                    step.short_label(time),
                    time.year().to_string(),
                ],
                TickLabels::Short => [step.short_label(time), String::new(), String::new()],
                TickLabels::Full { .. } => [
                    step.full_label(time),
                    step.short_label(time),
                    // Behind another label, a year would be read as the day on which it begins.
                    if is_first {
                        time.year().to_string()
                    } else {
                        String::new()
                    },
                ],
            };
            let width = |text: &String| {
                u16::try_from(text.len())
                    .unwrap_or(u16::MAX)
                    .saturating_mul(letter)
            };
            let fits = |text: &&String| column >= free && column.saturating_add(width(text)) <= end;
            let label = texts.iter().find(fits).cloned().unwrap_or_default();
            if !label.is_empty() {
                free = column + width(&label) + labels.gap();
                is_first &= label != texts[0];
            }
            out.push(AxisTick { column, label });
        }
    }

    /// Whether ticks of a step are far enough apart to carry labels.
    fn fits(&self, step: TickStep, labels: TickLabels) -> bool {
        let micros = i128::from(step.micros());
        let (length, columns) = self.shown();
        match labels {
            TickLabels::Short => micros * i128::from(columns) >= length * i128::from(step.room()),
            TickLabels::Full { most, .. } => length / micros < i128::from(most),
        }
    }
}

/// The ticks of a part of an axis.
struct PartTicks {
    step: TickStep,
    times: Vec<NaiveDateTime>,
}

/// The ticks within a span by the last of `steps`. If there are none, the first tick by the longest earlier step that
/// has any.
fn ticks_within(span: Span, steps: &[TickStep]) -> Option<PartTicks> {
    let (&step, finer) = steps.split_last()?;
    let times: Vec<NaiveDateTime> = step.within(span).collect();
    if !times.is_empty() {
        return Some(PartTicks { step, times });
    }
    let mut finer = finer.iter().rev();
    finer.find_map(|&step| {
        let times = vec![step.within(span).next()?];
        Some(PartTicks { step, times })
    })
}

/// The distance from one tick to the next.
#[derive(Clone, Copy, Debug)]
enum TickStep {
    Seconds(u32),
    Minutes(u32),
    Hours(u32),
    Days(u32),
    Week,
    Months(u32),
    Years(i32),
}

impl TickLabels {
    /// How many columns a character takes.
    const fn letter(self) -> u16 {
        match self {
            Self::Short => 1,
            Self::Full { letter, .. } => letter,
        }
    }

    /// The least number of columns between two labels.
    const fn gap(self) -> u16 {
        match self {
            Self::Short => 2,
            Self::Full { letter, .. } => letter,
        }
    }

    /// The distances between ticks, from the shortest to the longest.
    const fn steps(self) -> &'static [TickStep] {
        match self {
            Self::Short => &[
                TickStep::Seconds(1),
                TickStep::Seconds(5),
                TickStep::Seconds(15),
                TickStep::Seconds(30),
                TickStep::Minutes(1),
                TickStep::Minutes(5),
                TickStep::Minutes(15),
                TickStep::Minutes(30),
                TickStep::Hours(1),
                TickStep::Hours(3),
                TickStep::Hours(6),
                TickStep::Hours(12),
                TickStep::Days(1),
                TickStep::Days(2),
                TickStep::Week,
                TickStep::Months(1),
                TickStep::Months(3),
                TickStep::Months(6),
                TickStep::Years(1),
                TickStep::Years(2),
                TickStep::Years(5),
                TickStep::Years(10),
                TickStep::Years(20),
                TickStep::Years(50),
                TickStep::Years(100),
                TickStep::Years(500),
                TickStep::Years(1000),
                TickStep::Years(10_000),
                TickStep::Years(100_000),
            ],
            // Each label repeats its month and year: fewer steps, which leave more room.
            Self::Full { .. } => &[
                TickStep::Minutes(1),
                TickStep::Minutes(10),
                TickStep::Hours(1),
                TickStep::Hours(6),
                TickStep::Days(1),
                TickStep::Week,
                TickStep::Months(1),
                TickStep::Months(3),
                TickStep::Years(1),
                TickStep::Years(2),
                TickStep::Years(5),
                TickStep::Years(10),
                TickStep::Years(50),
                TickStep::Years(100),
                TickStep::Years(1000),
                TickStep::Years(10_000),
                TickStep::Years(100_000),
            ],
        }
    }
}

const DAY: i64 = 86_400_000_000;

impl TickStep {
    /// About how long it is, in microseconds.
    fn micros(self) -> i64 {
        match self {
            Self::Seconds(count) => i64::from(count) * 1_000_000,
            Self::Minutes(count) => i64::from(count) * 60_000_000,
            Self::Hours(count) => i64::from(count) * 3_600_000_000,
            Self::Days(count) => i64::from(count) * DAY,
            Self::Week => 7 * DAY,
            Self::Months(count) => i64::from(count) * 30 * DAY,
            Self::Years(count) => i64::from(count) * 365 * DAY,
        }
    }

    /// How many columns its labels need, with a gap.
    const fn room(self) -> u16 {
        match self {
            Self::Seconds(_) => 10,
            Self::Minutes(_) | Self::Hours(_) | Self::Days(_) | Self::Week => 8,
            Self::Months(_) | Self::Years(_) => 6,
        }
    }

    /// The ticks within a span, from left to right.
    fn within(self, span: Span) -> impl Iterator<Item = NaiveDateTime> {
        let end = span.latest.civil();
        let first = self.floor(span.earliest.civil());
        let ticks = std::iter::successors(first, move |tick| self.next(*tick));
        ticks
            .take_while(move |tick| *tick <= end)
            .skip_while(move |tick| Instant::from(*tick) < span.earliest)
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
                let count = i32::try_from(count).unwrap_or(1);
                let past = day.num_days_from_ce().rem_euclid(count);
                midnight.checked_sub_signed(Duration::days(i64::from(past)))
            }
            // As ISO 8601 has it.
            Self::Week => {
                let past = day.weekday().num_days_from_monday();
                midnight.checked_sub_signed(Duration::days(i64::from(past)))
            }
            Self::Months(count) => {
                let month = (day.month0() / count) * count + 1;
                NaiveDate::from_ymd_opt(day.year(), month, 1)
                    .map(|day| day.and_time(NaiveTime::MIN))
            }
            Self::Years(count) => {
                let year = day.year().div_euclid(count) * count;
                // At the beginning of the calendar, the tick before may be outside of it: then it is the tick after.
                let first = NaiveDate::from_ymd_opt(year, 1, 1);
                let first = first.or_else(|| NaiveDate::from_ymd_opt(year + count, 1, 1));
                first.map(|day| day.and_time(NaiveTime::MIN))
            }
        }
    }

    /// The tick after one.
    fn next(self, tick: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) | Self::Days(_) | Self::Week => {
                tick.checked_add_signed(Duration::microseconds(self.micros()))
            }
            Self::Months(count) => tick.checked_add_months(Months::new(count)),
            Self::Years(count) => tick.with_year(tick.year().checked_add(count)?),
        }
    }

    /// The label of the first tick. It also says what later labels leave out, unless one of them `says_year`.
    fn first_label(self, tick: NaiveDateTime, says_year: bool) -> String {
        let format = match self {
            Self::Years(_) => return tick.year().to_string(),
            Self::Months(_) if tick.month() == 1 => "%Y",
            Self::Months(_) if says_year => "%b",
            Self::Months(_) => "%b %Y",
            Self::Days(_) | Self::Week => "%-d %b %Y",
            Self::Seconds(_) => "%-d %b %Y %H:%M:%S",
            Self::Minutes(_) | Self::Hours(_) if tick.time() == NaiveTime::MIN => "%-d %b %Y",
            Self::Minutes(_) | Self::Hours(_) => "%-d %b %Y %H:%M",
        };
        tick.format(format).to_string()
    }

    /// The label of a later tick, or of the first where that has no room.
    fn short_label(self, tick: NaiveDateTime) -> String {
        let format = match self {
            Self::Years(_) => return tick.year().to_string(),
            Self::Months(_) if tick.month() == 1 => "%Y",
            Self::Months(_) => "%b",
            Self::Days(_) | Self::Week => "%-d %b",
            Self::Seconds(_) => "%H:%M:%S",
            Self::Minutes(_) | Self::Hours(_) if tick.time() == NaiveTime::MIN => "%-d %b",
            Self::Minutes(_) | Self::Hours(_) => "%H:%M",
        };
        tick.format(format).to_string()
    }

    /// The label of a tick that says its date in full.
    fn full_label(self, tick: NaiveDateTime) -> String {
        let format = match self {
            Self::Years(_) => "%Y",
            Self::Months(_) => "%b %Y",
            Self::Days(_) | Self::Week => "%-d %b %Y",
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) => "%-d %b %H:%M",
        };
        tick.format(format).to_string()
    }
}

/// The first instant of the month in which an instant falls; bounded instants only.
pub(super) fn month_start(instant: Instant) -> Instant {
    TickStep::Months(1)
        .floor(instant.civil())
        .map_or(instant, Instant::from)
}

/// The last instant of the month in which an instant falls; bounded instants only.
pub(super) fn month_end(instant: Instant) -> Instant {
    let step = TickStep::Months(1);
    let start = step.floor(instant.civil());
    let next = start.and_then(|start| step.next(start));
    next.map_or(instant, |next| {
        Instant::from_micros(Instant::from(next).micros() - 1)
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
            .ticks(TickLabels::Short)
            .into_iter()
            .filter(|tick| !tick.label.is_empty());
        ticks.map(|tick| (tick.column, tick.label)).collect()
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

    /// The labels in full of a stretch of time in minutes.
    #[track_caller]
    fn check_full(from: Instant, minutes: i64, expected: &[&str]) {
        let to = Instant::from_micros(from.micros() + minutes * 60_000_000);
        let ticks = axis(from, to, 390).ticks(TickLabels::Full { most: 7, letter: 1 });
        let found: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(found, expected, "{minutes}");
    }

    #[test]
    fn labels_in_full_are_at_round_dates_and_each_says_its_own() {
        const DAYS: i64 = 24 * 60;
        let morning = Instant::from_micros(day(2021, 8, 14).micros() + 10 * 3_600_000_000);
        check_full(
            morning,
            4 * 60,
            &[
                "14 Aug 10:00",
                "14 Aug 11:00",
                "14 Aug 12:00",
                "14 Aug 13:00",
            ],
        );
        check_full(
            day(2021, 8, 14),
            30 * DAYS,
            &["16 Aug 2021", "23 Aug 2021", "30 Aug 2021", "6 Sep 2021"],
        );
        check_full(
            day(2021, 8, 14),
            130 * DAYS,
            &["Sep 2021", "Oct 2021", "Nov 2021", "Dec 2021"],
        );
        check_full(
            day(2021, 2, 1),
            4 * 365 * DAYS,
            &["2022", "2023", "2024", "2025"],
        );
        check_full(
            day(1950, 1, 1),
            50 * 365 * DAYS,
            &["1950", "1960", "1970", "1980", "1990"],
        );
    }
}
