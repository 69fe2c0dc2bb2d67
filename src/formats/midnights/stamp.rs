//! Which midnight a stamp is: that of its own clock as written, or that of another place.

use chrono::{Datelike, Timelike};

use super::MidnightPrecision;
use crate::date::{DateShape, EventDate, Instant, Precision, Qualifier};

/// The offsets from UTC, in hours, at whose midnight a stamp in UTC may be a month in disguise: from the Pacific to Moscow.
const OFFSETS: std::ops::RangeInclusive<i8> = -8..=3;

/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// A stamp at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MidnightStamp {
    /// The coarsest precision that the stamp may have.
    pub coarsest: MidnightPrecision,
    /// The offset at which it is midnight, in hours; `None` if it is midnight as written.
    pub offset: Option<i8>,
    year: i32,
    month: u32,
}

impl MidnightStamp {
    /// A single date, or one end of a date that has two. `None` if it is not at midnight.
    pub fn of(when: &EventDate) -> Option<Self> {
        let is_plain = when.shape() == DateShape::Point && when.qualifier() == Qualifier::default();
        if !is_plain || when.precision() < Precision::Day {
            return None;
        }
        Self::as_written(when).or_else(|| Self::elsewhere(when))
    }

    /// A stamp whose time is all zeros, that is, midnight in the zone of its author.
    fn as_written(when: &EventDate) -> Option<Self> {
        let (day, time) = when.written().split_at_checked(10)?;
        if !is_midnight(time) {
            return None;
        }
        let (year, month) = (day.get(..4)?.parse().ok()?, day.get(5..7)?.parse().ok()?);
        let coarsest = match day.get(4..)? {
            "-01-01" => MidnightPrecision::Years,
            rest if rest.ends_with("-01") => MidnightPrecision::Months,
            _ => MidnightPrecision::Days,
        };
        Some(Self {
            coarsest,
            offset: None,
            year,
            month,
        })
    }

    /// A stamp in UTC that was the first midnight of a month in a zone of whole hours. Every full hour is midnight
    /// somewhere, so no stamp is taken for a mere day.
    fn elsewhere(when: &EventDate) -> Option<Self> {
        if when.precision() < Precision::Minute || when.lacks_zone() {
            return None;
        }
        let instant = when.start().earliest.micros();
        let mut offsets = OFFSETS;
        offsets.find_map(|offset| {
            let local = Instant::from_micros(instant + i64::from(offset) * HOUR).civil();
            let is_first = local.day() == 1 && local.num_seconds_from_midnight() == 0;
            (is_first && local.nanosecond() == 0).then(|| Self {
                coarsest: if local.month() == 1 {
                    MidnightPrecision::Years
                } else {
                    MidnightPrecision::Months
                },
                offset: Some(offset),
                year: local.year(),
                month: local.month(),
            })
        })
    }

    /// The stamp `when` at a precision; `None` if that would lose more than zeros.
    pub fn shortened(self, when: &EventDate, precision: MidnightPrecision) -> Option<String> {
        let is_coarser = precision > MidnightPrecision::Days || when.precision() > Precision::Day;
        if precision > self.coarsest || !is_coarser || !(0..=9999).contains(&self.year) {
            return None;
        }
        let (year, month) = (self.year, self.month);
        match precision {
            MidnightPrecision::Days => when.written().get(..10).map(str::to_owned),
            MidnightPrecision::Months => Some(format!("{year:04}-{month:02}")),
            MidnightPrecision::Years => Some(format!("{year:04}")),
        }
    }
}

/// Whether a time is all zeros as written.
fn is_midnight(time: &str) -> bool {
    let Some(clock) = time.strip_prefix(['T', ' ']) else {
        return time.is_empty();
    };
    let end = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let clock = clock.get(..end).unwrap_or(clock);
    clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// The dates that a date is written with: itself, or its two ends.
pub(super) fn ends(when: &EventDate) -> Vec<EventDate> {
    if when.shape() == DateShape::Point {
        return vec![when.clone()];
    }
    let Some((start, end)) = interval(when) else {
        return Vec::new();
    };
    [start, end]
        .into_iter()
        .filter_map(|it| EventDate::parse(it).ok())
        .collect()
}

/// A date at a precision: each of its ends that `known` shortens. The end is then that of its month or year. `None` if
/// nothing is shortened.
pub(super) fn shortened(
    when: &EventDate,
    known: impl Fn(&EventDate) -> Option<String>,
) -> Option<String> {
    if when.shape() == DateShape::Point {
        return known(when);
    }
    let (start, end) = interval(when)?;
    let [first, last] = [start, end].map(|it| EventDate::parse(it).ok().and_then(|it| known(&it)));
    if first.is_none() && last.is_none() {
        return None;
    }
    let first = first.as_deref().unwrap_or(start);
    let last = last.as_deref().unwrap_or(end);
    let both = if first == last {
        first.to_owned()
    } else {
        format!("{first}/{last}")
    };
    EventDate::parse(&both).ok().map(|_| both)
}

/// The two ends of an interval, as written.
fn interval(when: &EventDate) -> Option<(&str, &str)> {
    let is_extent = when.shape() == DateShape::Extent;
    let (start, end) = when.written().split_once('/').filter(|_| is_extent)?;
    Some((start.trim(), end.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(written: &str) -> EventDate {
        EventDate::parse(written).expect(written)
    }

    fn coarsest_of(written: &str) -> Option<MidnightPrecision> {
        MidnightStamp::of(&date(written)).map(|stamp| stamp.coarsest)
    }

    #[test]
    fn a_stamp_is_at_midnight_if_its_time_is_zero() {
        let months = Some(MidnightPrecision::Months);
        assert_eq!(coarsest_of("2015-12-01T00:00:00.000000+00:00"), months);
        assert_eq!(
            coarsest_of("2015-01-01T00:00:00+01:00"),
            Some(MidnightPrecision::Years)
        );
        assert_eq!(
            coarsest_of("2015-12-24 00:00"),
            Some(MidnightPrecision::Days)
        );
        assert_eq!(coarsest_of("2015-12-01"), months);
        assert_eq!(coarsest_of("2015-12-01T00:00:00.000001Z"), None);
        assert_eq!(coarsest_of("2015-12"), None);
        assert_eq!(coarsest_of("2015-12-01/2015-12-02"), None);
    }

    #[test]
    fn a_stamp_in_utc_may_be_the_midnight_of_another_place() {
        let is = |written: &str, offset: i8, month: &str| {
            let stamp = MidnightStamp::of(&date(written)).expect(written);
            let known = stamp.shortened(&date(written), MidnightPrecision::Months);
            assert_eq!(
                (stamp.offset, known.as_deref()),
                (Some(offset), Some(month)),
                "{written}"
            );
        };
        is("2015-12-01T05:00:00.000Z", -5, "2015-12");
        is("2023-01-01T08:00Z", -8, "2023-01");
        is("2023-01-31T23:00:00Z", 1, "2023-02");
        is("2024-06-30T22:00:00Z", 2, "2024-07");
        is("2020-12-31T21:00:00Z", 3, "2021-01");
        is("2021-08-01T02:00:00+02:00", 0, "2021-08");
    }

    #[test]
    fn other_hours_are_not_the_midnight_of_a_month() {
        for written in [
            "2015-12-01T09:00Z",
            "2015-12-01T05:00:01Z",
            "2015-12-02T05:00Z",
            "2015-11-30T20:00Z",
            "2015-12-01T05:30Z",
            "2015-12-01T05:00",
            "2015-12-01T05:00:00.000001Z",
        ] {
            assert_eq!(coarsest_of(written), None, "{written}");
        }
    }

    #[test]
    fn a_stamp_is_shortened_only_by_zeros() {
        let known = |precision: MidnightPrecision, written: &str| {
            let date = date(written);
            MidnightStamp::of(&date)?.shortened(&date, precision)
        };
        let midnight = "2015-12-01T00:00:00Z";
        let (days, months) = (MidnightPrecision::Days, MidnightPrecision::Months);
        assert_eq!(known(months, midnight).as_deref(), Some("2015-12"));
        assert_eq!(known(days, midnight).as_deref(), Some("2015-12-01"));
        assert_eq!(known(MidnightPrecision::Years, midnight), None);
        assert_eq!(known(months, "2015-12-02T00:00:00Z"), None);
        assert_eq!(known(days, "2015-12-02"), None);
    }

    #[test]
    fn an_interval_is_shortened_at_each_end_and_lasts_to_the_end_of_its_month() {
        let known = |written: &str| {
            shortened(&date(written), |end| {
                MidnightStamp::of(end)?.shortened(end, MidnightPrecision::Months)
            })
        };
        let cases = [
            (
                "2019-08-01T05:00Z/2021-01-01T06:00Z",
                Some("2019-08/2021-01"),
            ),
            ("2019-08-01T05:00Z/2019-08-01T05:00Z", Some("2019-08")),
            (
                "2019-08-01T05:00Z/2021-01-17T06:30Z",
                Some("2019-08/2021-01-17T06:30Z"),
            ),
            ("2019-08-01T05:00Z/", Some("2019-08/")),
            ("../2019-08-01T05:00Z", Some("../2019-08")),
            ("2019-08/2021-01", None),
            ("[2019-08-01, 2019-09-01]", None),
        ];
        for (written, expected) in cases {
            assert_eq!(known(written).as_deref(), expected, "{written}");
        }
        assert_eq!(ends(&date("2019-08-01T05:00Z/..")).len(), 1);
    }
}
