//! The times of STIX. It has none that are imprecise but those of `event`, whose fidelity is a unit of the calendar.
//!
//! One law: what is written never excludes anything that the date allows. An end that fits into no unit is absent.

use crate::date::{EventDate, Instant, Span};
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::stix::stamps::{stamp, stamp_with};
use crate::formats::writers::time_fit::TimeFit;

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
}
