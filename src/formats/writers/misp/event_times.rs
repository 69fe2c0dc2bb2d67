//! The dates of an event as MISP has them: a start and an end, each a stamp with a fidelity.
//!
//! An end that fits into no unit of the calendar is absent. So what is written never excludes anything that the date
//! allows.

use chrono::Datelike;

use crate::date::{EventDate, Instant, Span};
use crate::formats::calendar_unit::CalendarUnit;
use crate::formats::writers::time_fit::TimeFit;

/// One end of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FidelityStamp {
    pub stamp: String,
    pub fidelity: CalendarUnit,
}

/// Both ends of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EventTimes {
    /// The first instant of its unit.
    pub start: Option<FidelityStamp>,
    /// The last second of its unit. `None` also if the event goes on, or if it is not known when it ended.
    pub end: Option<FidelityStamp>,
    pub fit: TimeFit,
}

impl EventTimes {
    pub fn of(when: &EventDate) -> Self {
        let (start, end) = (placed(when.start()), placed(when.end()));
        let exact = |span, unit: Option<CalendarUnit>| unit.map(|unit| unit.is(span));
        let fit = TimeFit::of(when, [exact(when.start(), start), exact(when.end(), end)]);
        Self {
            start: start.map(|unit| stamp(unit.beginning(when.start().earliest), unit)),
            end: end.map(|unit| stamp(last(when.end().latest, unit), unit)),
            fit,
        }
    }
}

/// The unit around one end, if programs know its year.
fn placed(span: Span) -> Option<CalendarUnit> {
    let year = span.earliest.civil().year();
    CalendarUnit::around(span).filter(|_| (1..=9999).contains(&year))
}

fn stamp(instant: Instant, fidelity: CalendarUnit) -> FidelityStamp {
    let civil = instant.civil();
    FidelityStamp {
        stamp: civil.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string(),
        fidelity,
    }
}

/// The last second of the unit in which an instant is.
fn last(instant: Instant, unit: CalendarUnit) -> Instant {
    let whole = unit.period(unit.beginning(instant));
    CalendarUnit::Second.beginning(whole.latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, start: &str, end: &str, fit: TimeFit) {
        let when = EventDate::parse(text).expect("a date");
        let times = EventTimes::of(&when);
        let written = |stamp: Option<FidelityStamp>| {
            stamp.map_or_else(String::new, |it| {
                format!(
                    "{} {}",
                    it.stamp.replace(".000000+00:00", ""),
                    it.fidelity.as_str()
                )
            })
        };
        assert_eq!(written(times.start), start, "{text}");
        assert_eq!(written(times.end), end, "{text}");
        assert_eq!(times.fit, fit, "{text}");
    }

    #[test]
    fn each_end_is_the_unit_around_it() {
        use TimeFit::{Exact, OnlyWords, Wider};
        check(
            "2021",
            "2021-01-01T00:00:00 year",
            "2021-12-31T23:59:59 year",
            Exact,
        );
        check(
            "2024-02",
            "2024-02-01T00:00:00 month",
            "2024-02-29T23:59:59 month",
            Exact,
        );
        check(
            "late 2021",
            "2021-01-01T00:00:00 year",
            "2021-12-31T23:59:59 year",
            Wider,
        );
        check(
            "2021-08-14?",
            "2021-08-14T00:00:00 day",
            "2021-08-14T23:59:59 day",
            Wider,
        );
        check(
            "2021-08-14T10:22Z",
            "2021-08-14T10:22:00 minute",
            "2021-08-14T10:22:59 minute",
            Exact,
        );
        check(
            "2021-08/2022-10-03",
            "2021-08-01T00:00:00 month",
            "2022-10-03T23:59:59 day",
            Exact,
        );
        check("2021-08/..", "2021-08-01T00:00:00 month", "", Exact);
        check("2021-08/", "2021-08-01T00:00:00 month", "", Exact);
        check("/2021-08", "", "2021-08-31T23:59:59 month", Exact);
        check(
            "[2022-01-03, 2022-03-14]",
            "2022-01-01T00:00:00 year",
            "2022-12-31T23:59:59 year",
            Wider,
        );
        check("2020s", "", "", OnlyWords);
        check("by 2021-08", "", "", OnlyWords);
        check("2021-08/2020s", "2021-08-01T00:00:00 month", "", Wider);
    }
}
