//! The calendar units of formats without imprecise dates, and the smallest unit in which a span lies whole.
//!
//! One law: the unit never excludes anything that the span allows.

use chrono::{Datelike, Timelike};

use crate::date::{Instant, Span};

/// A unit of the calendar, from the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CalendarUnit {
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

    /// The name in a date of `TimelineJS`.
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
