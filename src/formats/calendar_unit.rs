//! The calendar units of formats without imprecise dates, and the smallest unit in which a span lies whole.
//!
//! Their names are also the words for the fidelity of a time in STIX and MISP. One law: the unit never excludes anything
//! that the span allows.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Timelike};

use crate::date::{Instant, Span};

/// A unit of the calendar, from the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarUnit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl CalendarUnit {
    pub const ALL: [Self; 6] = [
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
    ];

    /// The name in a date of `TimelineJS`, and as the fidelity of a time in STIX and MISP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }

    /// Reads a fidelity.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == word)
    }

    /// The time of one unit that begins at an instant: what a stamp of this fidelity allows. It need not begin where the
    /// calendar's unit does.
    pub fn period(self, first: Instant) -> Span {
        let civil = first.civil();
        let behind = match self {
            Self::Year => civil.checked_add_months(Months::new(12)),
            Self::Month => civil.checked_add_months(Months::new(1)),
            Self::Day => civil.checked_add_signed(TimeDelta::days(1)),
            Self::Hour => civil.checked_add_signed(TimeDelta::hours(1)),
            Self::Minute => civil.checked_add_signed(TimeDelta::minutes(1)),
            Self::Second => civil.checked_add_signed(TimeDelta::seconds(1)),
        };
        let behind = behind.map_or(Instant::FUTURE, Instant::from);
        let last = if behind.is_bounded() {
            Instant::from_micros(behind.micros() - 1)
        } else {
            behind
        };
        Span::new(first, last)
    }

    /// The first instant of the unit in which an instant is.
    pub fn beginning(self, instant: Instant) -> Instant {
        let civil = instant.civil();
        let up_to = |unit, number: u32, lowest| if self >= unit { number } else { lowest };
        let month = up_to(Self::Month, civil.month(), 1);
        let day = NaiveDate::from_ymd_opt(civil.year(), month, up_to(Self::Day, civil.day(), 1));
        let first = day.and_then(|day| {
            day.and_hms_opt(
                up_to(Self::Hour, civil.hour(), 0),
                up_to(Self::Minute, civil.minute(), 0),
                up_to(Self::Second, civil.second(), 0),
            )
        });
        first.map_or(instant, Instant::from)
    }

    /// The number of the unit in which an instant is, inside the next coarser unit.
    pub fn number(self, instant: Instant) -> i64 {
        let civil = instant.civil();
        match self {
            Self::Year => civil.year().into(),
            Self::Month => civil.month().into(),
            Self::Day => civil.day().into(),
            Self::Hour => civil.hour().into(),
            Self::Minute => civil.minute().into(),
            Self::Second => civil.second().into(),
        }
    }

    /// The smallest unit in which both ends of a span are; `None` if they are in different years or unbounded.
    pub fn around(span: Span) -> Option<Self> {
        let (first, last) = (span.earliest, span.latest);
        if !first.is_bounded() || !last.is_bounded() {
            return None;
        }
        let same = Self::ALL
            .into_iter()
            .take_while(|unit| unit.number(first) == unit.number(last));
        same.last()
    }

    /// Whether a span is a whole unit.
    pub fn is(self, span: Span) -> bool {
        let before = Instant::from_micros(span.earliest.micros().saturating_sub(1));
        let behind = Instant::from_micros(span.latest.micros().saturating_add(1));
        let differs = |one, other| {
            Self::ALL
                .into_iter()
                .take_while(|it| *it <= self)
                .any(|it| it.number(one) != it.number(other))
        };
        Self::around(span) == Some(self)
            && differs(before, span.earliest)
            && differs(span.latest, behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::EventDate;

    #[track_caller]
    fn check(text: &str, unit: Option<CalendarUnit>, is_whole: bool) {
        let when = EventDate::parse(text).expect("a date");
        assert_eq!(CalendarUnit::around(when.whole()), unit, "{text}");
        assert_eq!(
            unit.is_some_and(|unit| unit.is(when.whole())),
            is_whole,
            "{text}"
        );
    }

    #[test]
    fn a_stamp_of_a_fidelity_allows_the_unit_that_begins_with_it() {
        for (unit, first, whole) in [
            ("year", "2020-01-01T00:00:00Z", "2020"),
            ("month", "2021-02-01T00:00:00Z", "2021-02"),
            ("day", "2021-12-31T00:00:00Z", "2021-12-31"),
            ("minute", "2021-08-14T10:22:00Z", "2021-08-14T10:22Z"),
            ("second", "2021-08-14T10:22:33Z", "2021-08-14T10:22:33Z"),
        ] {
            let date = |text| EventDate::parse(text).expect("a date").whole();
            let unit = CalendarUnit::find(unit).expect("a fidelity");
            assert_eq!(unit.period(date(first).earliest), date(whole), "{whole}");
        }
        let date = |text| EventDate::parse(text).expect("a date").whole();
        let hour = CalendarUnit::Hour.period(date("2021-08-14T10:00Z").earliest);
        assert_eq!(hour.latest, date("2021-08-14T10:59Z").latest);
        assert_eq!(CalendarUnit::find("quarter"), None);
    }

    #[test]
    fn a_unit_begins_where_the_calendar_has_it() {
        let date = |text| EventDate::parse(text).expect("a date").whole();
        let instant = date("2021-08-14T10:22:33Z").earliest;
        for (unit, whole) in CalendarUnit::ALL.into_iter().zip([
            "2021",
            "2021-08",
            "2021-08-14",
            "2021-08-14T10:00Z",
            "2021-08-14T10:22Z",
            "2021-08-14T10:22:33Z",
        ]) {
            assert_eq!(unit.beginning(instant), date(whole).earliest, "{whole}");
        }
    }

    #[test]
    fn a_unit_beyond_the_calendar_has_no_end() {
        let last = Instant::from(chrono::NaiveDateTime::MAX);
        assert_eq!(CalendarUnit::Day.period(last).latest, Instant::FUTURE);
    }

    #[test]
    fn the_smallest_unit_that_holds_a_date() {
        check("2021", Some(CalendarUnit::Year), true);
        check("2021-08", Some(CalendarUnit::Month), true);
        check("2021-08-14", Some(CalendarUnit::Day), true);
        check("2021-08-14T10:22Z", Some(CalendarUnit::Minute), true);
        check("2021-08-14T10:22:33Z", Some(CalendarUnit::Second), true);
        check("2021-08-14T10:22:33.5Z", Some(CalendarUnit::Second), false);
        check("late 2021", Some(CalendarUnit::Year), false);
        check("late August 2021", Some(CalendarUnit::Month), false);
        check("2021-08-14/2021-08-20", Some(CalendarUnit::Month), false);
        check("2021-08/2021-09", Some(CalendarUnit::Year), false);
        check("2020s", None, false);
        check("by 2021-08", None, false);
        check("2021-08/..", None, false);
    }
}
