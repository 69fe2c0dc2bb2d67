//! The dates of an event as MISP has them: a start and an end, each a stamp with a fidelity.
//!
//! An end that fits into no unit of the calendar is absent. So what is written never excludes anything that the date
//! allows.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::date::{DateShape, EventDate, Instant, Qualifier, Span};
use crate::formats::calendar_unit::CalendarUnit;

/// How a date fits into the dates of MISP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFit {
    Exact,
    Wider,
    /// Neither its start nor its end fits.
    OnlyWords,
}

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
    pub fit: DateFit,
}

impl EventTimes {
    pub fn of(when: &EventDate) -> Self {
        let (start, end) = (placed(when.start()), placed(when.end()));
        let is_whole = |span: Span, unit: Option<CalendarUnit>| unit.is_some_and(|it| it.is(span));
        let is_start_exact = when.has_unknown_start() || is_whole(when.start(), start);
        let is_end_exact = when.is_ongoing() || when.has_unknown_end() || is_whole(when.end(), end);
        let is_clear = !when.is_vague()
            && when.qualifier() == Qualifier::default()
            && matches!(when.shape(), DateShape::Point | DateShape::Extent);
        let fit = match (start, end) {
            (None, None) => DateFit::OnlyWords,
            _ if is_clear && is_start_exact && is_end_exact => DateFit::Exact,
            _ => DateFit::Wider,
        };
        Self {
            start: start.map(|unit| stamp(first(when.start().earliest, unit), unit)),
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

fn stamp(civil: NaiveDateTime, fidelity: CalendarUnit) -> FidelityStamp {
    FidelityStamp {
        stamp: civil.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string(),
        fidelity,
    }
}

/// The beginning of the unit in which an instant is.
fn first(instant: Instant, unit: CalendarUnit) -> NaiveDateTime {
    let civil = instant.civil();
    let up_to = |wanted, value: u32, lowest| if unit >= wanted { value } else { lowest };
    let month = up_to(CalendarUnit::Month, civil.month(), 1);
    let day = up_to(CalendarUnit::Day, civil.day(), 1);
    let date = NaiveDate::from_ymd_opt(civil.year(), month, day);
    let begin = date.and_then(|date| {
        date.and_hms_opt(
            up_to(CalendarUnit::Hour, civil.hour(), 0),
            up_to(CalendarUnit::Minute, civil.minute(), 0),
            up_to(CalendarUnit::Second, civil.second(), 0),
        )
    });
    begin.unwrap_or(civil)
}

/// The last second of the unit in which an instant is.
fn last(instant: Instant, unit: CalendarUnit) -> NaiveDateTime {
    let whole = unit.period(first(instant, unit).into());
    first(whole.latest, CalendarUnit::Second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, start: &str, end: &str, fit: DateFit) {
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
        use DateFit::{Exact, OnlyWords, Wider};
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
