//! The times of STIX. It has none that are imprecise but those of `event`, whose fidelity is a unit of the calendar.
//!
//! One law: what is written never excludes anything that the date allows. An end that fits into no unit is absent.

use chrono::Datelike;

use crate::date::{EventDate, Instant, Span};
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::writers::time_fit::TimeFit;

/// The shortest time between the two ends of a relationship, in microseconds: many programs know no shorter one, and the
/// second end must be later.
const SHORTEST: i64 = 1000;

/// An instant with milliseconds, or microseconds if there are any; `None` beyond years that programs know.
pub(super) fn stamp(instant: Instant) -> Option<String> {
    let digits = if instant.micros().rem_euclid(1000) == 0 {
        3
    } else {
        6
    };
    stamp_with(instant, digits)
}

/// Whether STIX can write an instant.
pub fn has_stamp(instant: Instant) -> bool {
    stamp(instant).is_some()
}

/// The time of an object, which has milliseconds.
pub(super) fn object_stamp(instant: Instant) -> Option<String> {
    stamp_with(instant, 3)
}

/// An instant with so many digits of a second, and the others cut off.
fn stamp_with(instant: Instant, digits: usize) -> Option<String> {
    let civil = instant.civil();
    if !instant.is_bounded() || !(1..=9999).contains(&civil.year()) {
        return None;
    }
    let whole = civil.format("%Y-%m-%dT%H:%M:%S");
    let part = format!("{:06}", instant.micros().rem_euclid(1_000_000));
    Some(format!("{whole}.{}Z", part.get(..digits).unwrap_or(&part)))
}

/// The times of a relationship: from the first instant that a date allows to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OuterBounds {
    pub start: Option<String>,
    pub stop: Option<String>,
}

impl OuterBounds {
    pub fn of(when: &EventDate) -> Self {
        let whole = when.whole();
        let least = whole.earliest.micros().saturating_add(SHORTEST);
        Self {
            start: stamp(whole.earliest),
            stop: stamp(whole.latest.max(Instant::from_micros(least))),
        }
    }

    /// Whether it says anything.
    pub fn is_bounded(&self) -> bool {
        self.start.is_some() || self.stop.is_some()
    }
}

/// One end of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StampedEnd {
    pub stamp: String,
    /// `None` if the stamp is as exact as its digits.
    pub fidelity: Option<CalendarUnit>,
    at: Instant,
}

/// The times of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StampedDate {
    pub start: Option<StampedEnd>,
    /// `None` also if the event goes on, or if it is not known when it ended.
    pub end: Option<StampedEnd>,
    pub fit: TimeFit,
}

impl StampedDate {
    pub fn of(when: &EventDate) -> Self {
        let (first, last) = (when.start(), when.end());
        let start = stamped(first, None);
        let end = stamped(last, start.as_ref().map(|it| it.at));
        let exact = |span, end: Option<&StampedEnd>| end.map(|end| is_whole(span, end));
        let fit = TimeFit::of(
            when,
            [exact(first, start.as_ref()), exact(last, end.as_ref())],
        );
        Self { start, end, fit }
    }
}

/// An end as the unit of the calendar around it. It begins no earlier than `from`: an event must not end before it
/// starts, and what is left out so is not allowed anyway.
fn stamped(end: Span, from: Option<Instant>) -> Option<StampedEnd> {
    if let Some(digits) = decimal_digits(end) {
        return Some(StampedEnd {
            stamp: stamp_with(end.earliest, digits)?,
            fidelity: None,
            at: end.earliest,
        });
    }
    let unit = CalendarUnit::around(end)?;
    let begin = unit.beginning(end.earliest);
    let at = from.map_or(begin, |from| from.max(begin));
    Some(StampedEnd {
        stamp: stamp(at)?,
        fidelity: Some(unit),
        at,
    })
}

/// How many digits of a second say what a span says; `None` if it is not a decimal part of one.
fn decimal_digits(span: Span) -> Option<usize> {
    let length = span.length().saturating_add(1);
    let parts = [100_000, 10_000, 1000, 100, 10, 1];
    let digits = parts.iter().position(|part| *part == length)? + 1;
    (span.earliest.micros().rem_euclid(length) == 0).then_some(digits)
}

fn is_whole(end: Span, stamped: &StampedEnd) -> bool {
    stamped.fidelity.is_none_or(|unit| unit.is(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, start: &str, end: &str, fit: TimeFit) {
        let when = EventDate::parse(text).expect("a date");
        let dated = StampedDate::of(&when);
        let written = |end: Option<StampedEnd>| {
            end.map_or_else(String::new, |it| {
                let fidelity = it.fidelity.map_or("", CalendarUnit::as_str);
                format!("{} {fidelity}", it.stamp.replace("T00:00:00.000Z", ""))
            })
        };
        assert_eq!(written(dated.start), start, "{text}");
        assert_eq!(written(dated.end), end, "{text}");
        assert_eq!(dated.fit, fit, "{text}");
    }

    #[test]
    fn each_end_is_the_unit_around_it() {
        use TimeFit::{Exact, OnlyWords, Wider};
        check("2021", "2021-01-01 year", "2021-01-01 year", Exact);
        check("2024-02", "2024-02-01 month", "2024-02-01 month", Exact);
        check("late 2021", "2021-01-01 year", "2021-01-01 year", Wider);
        check("2021-08-14?", "2021-08-14 day", "2021-08-14 day", Wider);
        check(
            "2021-08-14T10:22Z",
            "2021-08-14T10:22:00.000Z minute",
            "2021-08-14T10:22:00.000Z minute",
            Exact,
        );
        check(
            "2021-08-14T10:22:33.5Z",
            "2021-08-14T10:22:33.5Z ",
            "2021-08-14T10:22:33.5Z ",
            Exact,
        );
        check(
            "2021-08-14T10:22:33.123456Z",
            "2021-08-14T10:22:33.123456Z ",
            "2021-08-14T10:22:33.123456Z ",
            Exact,
        );
        check(
            "2021-08/2022-10-03",
            "2021-08-01 month",
            "2022-10-03 day",
            Exact,
        );
        check("2021-08/..", "2021-08-01 month", "", Exact);
        check("2021-08/", "2021-08-01 month", "", Exact);
        check("/2021-08", "", "2021-08-01 month", Exact);
        check(
            "[2022-01-03, 2022-03-14]",
            "2022-01-01 year",
            "2022-01-01 year",
            Wider,
        );
        check("2020s", "", "", OnlyWords);
        check("[2021-12..2022-01]", "", "", OnlyWords);
        check("by 2021-08", "", "", OnlyWords);
        check("2021-08/2020s", "2021-08-01 month", "", Wider);
    }

    #[test]
    fn an_event_ends_no_earlier_than_it_starts() {
        check(
            "2021-08-14/2021",
            "2021-08-14 day",
            "2021-08-14 year",
            TimeFit::Wider,
        );
    }

    #[track_caller]
    fn check_bounds(text: &str, start: Option<&str>, stop: Option<&str>) {
        let bounds = OuterBounds::of(&EventDate::parse(text).expect("a date"));
        assert_eq!(bounds.start.as_deref(), start, "{text}");
        assert_eq!(bounds.stop.as_deref(), stop, "{text}");
    }

    #[test]
    fn a_relationship_lasts_from_the_first_instant_to_the_last() {
        check_bounds(
            "late 2021/2022-10",
            Some("2021-07-01T00:00:00.000Z"),
            Some("2022-10-31T23:59:59.999999Z"),
        );
        check_bounds("2021/..", Some("2021-01-01T00:00:00.000Z"), None);
        check_bounds("by 2021", None, Some("2021-12-31T23:59:59.999999Z"));
        check_bounds(
            "2021-08-14T10:22:33.123456Z",
            Some("2021-08-14T10:22:33.123456Z"),
            Some("2021-08-14T10:22:33.124456Z"),
        );
        check_bounds("-0044", None, None);
    }
}
