//! Date-times: those of TOML and of logs, with minutes, fractions and offsets that EDTF leaves out.
//!
//! The axis knows neither `24:00` nor leap seconds, and both are displayed as written. `24:00` is the end of a day and
//! the same instant as the beginning of the next (ISO 8601-1:2019/Amd 1:2022). A leap second belongs to the minute
//! that it ends, so it is the last instant of that minute: that of New Year's Eve is not in the next year.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use memchr::memchr3;

use super::error::DateError;
use super::expression::{StatedDate, StatedMoment};
use super::precision::{Precision, Qualifier};
use super::refuse;
use super::text_piece::TextPiece;

/// A time of day as its numbers.
struct ClockTime<'t> {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    /// Microseconds, and how many digits were written.
    fraction: Option<(u32, usize)>,
    /// The digits beyond microseconds; empty if they are all zero.
    finer: &'t str,
}

/// Reads a date-time; `None` where the text does not begin like one.
pub(super) fn read(piece: TextPiece<'_>) -> Option<Result<StatedDate<'_>, DateError>> {
    // A pattern, since a log has a million dates: without optimisation, a closure takes three calls a byte.
    #[rustfmt::skip]
    let [
        b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', b'0'..=b'9', b'0'..=b'9', b'-',
        b'0'..=b'9', b'0'..=b'9', b'T' | b' ', b'0'..=b'9', ..,
    ] = piece.text.as_bytes() else {
        return None;
    };
    let (date, time) = (piece.text.get(..10)?, piece.text.get(11..)?);
    Some(moment(piece.head(date), piece.tail(time)))
}

fn moment<'a>(date: TextPiece<'a>, time: TextPiece<'a>) -> Result<StatedDate<'a>, DateError> {
    let (time, qualifier) = unqualified(time);
    let (clock, zone) = split_zone(time);
    let offset = offset(zone)?;
    let fields = fields(clock.text).ok_or_else(|| refuse::time(time))?;
    let day = day(date.text).map_or_else(|| refuse::day_of(date), Ok)?;
    fields.check(clock)?;
    let first = fields
        .on(day)
        .and_then(|local| local.checked_sub_signed(TimeDelta::minutes(offset)));
    let first = first.ok_or_else(|| refuse::time(time))?;
    let (micros, precision) = fields.unit();
    let moment = StatedMoment {
        day,
        clock: clock.text,
        zone: zone.text,
        clock_end: clock.range().end,
        first,
        finer: fields.finer,
        micros,
        precision,
    };
    Ok(StatedDate::moment(moment, qualifier))
}

/// The day of `YYYY-MM-DD`.
fn day(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..)?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, two_digits(month)?, two_digits(day)?)
}

/// EDTF qualifies dates only; a log's own doubt about a time is worth keeping.
fn unqualified(time: TextPiece<'_>) -> (TextPiece<'_>, Qualifier) {
    let Some((sign @ (b'~' | b'?' | b'%'), _)) = time.text.as_bytes().split_last() else {
        return (time, Qualifier::default());
    };
    let qualifier = Qualifier {
        approximate: matches!(sign, b'~' | b'%'),
        uncertain: matches!(sign, b'?' | b'%'),
    };
    let rest = time.text.get(..time.text.len() - 1).unwrap_or_default();
    (time.head(rest), qualifier)
}

fn split_zone(time: TextPiece<'_>) -> (TextPiece<'_>, TextPiece<'_>) {
    let at = memchr3(b'Z', b'+', b'-', time.text.as_bytes()).unwrap_or(time.text.len());
    let (clock, zone) = time.text.split_at(at);
    (time.head(clock), time.tail(zone))
}

/// Minutes ahead of UTC; none where no offset is written.
fn offset(zone: TextPiece<'_>) -> Result<i64, DateError> {
    if matches!(zone.text, "" | "Z") {
        return Ok(0);
    }
    let (hours, minutes) = zone
        .text
        .get(1..)
        .and_then(hours_and_minutes)
        .ok_or_else(|| refuse::offset(zone))?;
    let total = hours * 60 + minutes;
    if minutes > 59 || total > 14 * 60 {
        return Err(refuse::no_such_offset(zone));
    }
    match (zone.text.starts_with('-'), total) {
        (true, 0) => Err(refuse::negative_zero(zone)),
        (true, _) => Ok(-i64::from(total)),
        (false, _) => Ok(i64::from(total)),
    }
}

fn hours_and_minutes(text: &str) -> Option<(u32, u32)> {
    match text.split_once(':') {
        Some((hours, minutes)) => Some((two_digits(hours)?, two_digits(minutes)?)),
        None => Some((two_digits(text)?, 0)),
    }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`
fn fields(clock: &str) -> Option<ClockTime<'_>> {
    let (hour, rest) = (two_digits(clock.get(..2)?)?, clock.get(2..)?);
    let rest = rest.strip_prefix(':')?;
    let (minute, rest) = (two_digits(rest.get(..2)?)?, rest.get(2..)?);
    let fields = ClockTime {
        hour,
        minute,
        second: None,
        fraction: None,
        finer: "",
    };
    if rest.is_empty() {
        return Some(fields);
    }
    let rest = rest.strip_prefix(':')?;
    let (second, rest) = (two_digits(rest.get(..2)?)?, rest.get(2..)?);
    let second = Some(second);
    if rest.is_empty() {
        return Some(ClockTime { second, ..fields });
    }
    let fraction = rest.strip_prefix('.')?;
    let finer = fraction.get(6..).unwrap_or_default();
    let finer = finer.trim_end_matches('0');
    let fraction = Some((micros_of(fraction)?, fraction.len()));
    Some(ClockTime {
        second,
        fraction,
        finer,
        ..fields
    })
}

/// Finer than a microsecond is cut off; [`ClockTime::unit`] admits the doubt that is left.
fn micros_of(fraction: &str) -> Option<u32> {
    if fraction.is_empty() {
        return None;
    }
    let (mut micros, mut missing) = (0, 6);
    for &byte in fraction.as_bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        if missing > 0 {
            micros = micros * 10 + u32::from(byte - b'0');
            missing -= 1;
        }
    }
    Some(micros * 10_u32.pow(missing))
}

fn two_digits(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

impl ClockTime<'_> {
    fn check(&self, clock: TextPiece<'_>) -> Result<(), DateError> {
        let whole = self.minute == 0
            && self.second.unwrap_or(0) == 0
            && self.fraction.is_none_or(|(micros, _)| micros == 0);
        // Leap seconds end a day in UTC, where offsets are whole quarters of an hour.
        let leap = self.second == Some(60) && self.minute % 15 != 14;
        let wrong = self.hour > 24 || self.minute > 59 || self.second.unwrap_or(0) > 60 || leap;
        if wrong || (self.hour == 24 && !whole) {
            return Err(refuse::no_such_time(clock));
        }
        Ok(())
    }

    fn on(&self, day: NaiveDate) -> Option<NaiveDateTime> {
        let day = day.checked_add_days(Days::new(u64::from(self.hour == 24)))?;
        let (second, micros) = if self.is_leap_second() {
            (59, 999_999)
        } else {
            let micros = self.fraction.map_or(0, |(micros, _)| micros);
            (self.second.unwrap_or(0), micros)
        };
        day.and_hms_micro_opt(self.hour % 24, self.minute, second, micros)
    }

    fn is_leap_second(&self) -> bool {
        self.second == Some(60)
    }

    /// How long the finest stated unit lasts, in microseconds: a minute, a second, a tenth of one …
    fn unit(&self) -> (i64, Precision) {
        match (self.second, self.fraction) {
            (None, _) => (60_000_000, Precision::Minute),
            (Some(_), None) if self.is_leap_second() => (1, Precision::Second),
            (Some(_), None) => (1_000_000, Precision::Second),
            (Some(_), Some((_, digits))) => {
                let finer = u32::try_from(digits).unwrap_or(6).min(6);
                let precision = if digits > 3 {
                    Precision::Microsecond
                } else {
                    Precision::Millisecond
                };
                let length = if self.is_leap_second() {
                    1
                } else if self.finer.is_empty() {
                    10_i64.pow(6 - finer)
                } else {
                    // Inside a microsecond: another instant inside it may be before this one or after it.
                    2
                };
                (length, precision)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DateErrorKind, EventDate, Precision};

    fn check(text: &str, earliest: &str, latest: &str) {
        let date = EventDate::parse(text).expect("a date-time");
        let shown = |instant: super::super::Instant| {
            instant.civil().format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
        };
        assert_eq!(
            [shown(date.start().earliest), shown(date.end().latest)],
            [earliest, latest],
            "{text}"
        );
    }

    fn check_refused(text: &str, kind: DateErrorKind, at: &str) {
        let error = EventDate::parse(text).expect_err("no date-time");
        assert_eq!(
            (error.kind, text.get(error.range)),
            (kind, Some(at)),
            "{text}"
        );
    }

    #[test]
    fn a_minute_lasts_a_minute() {
        check(
            "2021-08-14T10:22Z",
            "2021-08-14T10:22:00.000000",
            "2021-08-14T10:22:59.999999",
        );
    }

    #[test]
    fn a_space_is_as_good_as_a_t() {
        check(
            "2021-08-14 10:22Z",
            "2021-08-14T10:22:00.000000",
            "2021-08-14T10:22:59.999999",
        );
    }

    #[test]
    fn a_time_without_a_zone_may_be_that_of_any_zone() {
        check(
            "2021-08-14T10:22",
            "2021-08-13T20:22:00.000000",
            "2021-08-14T22:22:59.999999",
        );
    }

    #[test]
    fn a_fraction_lasts_as_long_as_its_last_digit() {
        check(
            "2021-08-14T10:22:33.5Z",
            "2021-08-14T10:22:33.500000",
            "2021-08-14T10:22:33.599999",
        );
        check(
            "2021-08-14T10:22:33.123456789Z",
            "2021-08-14T10:22:33.123456",
            "2021-08-14T10:22:33.123457",
        );
        check(
            "2021-08-14T10:22:33.123456000Z",
            "2021-08-14T10:22:33.123456",
            "2021-08-14T10:22:33.123456",
        );
    }

    #[test]
    fn an_offset_moves_the_instant_to_utc() {
        check(
            "2021-08-14T01:00:00+02:00",
            "2021-08-13T23:00:00.000000",
            "2021-08-13T23:00:00.999999",
        );
        check(
            "2021-08-14T20:00-05",
            "2021-08-15T01:00:00.000000",
            "2021-08-15T01:00:59.999999",
        );
    }

    #[test]
    fn the_end_of_a_day_is_the_beginning_of_the_next() {
        check(
            "2021-08-14T24:00:00Z",
            "2021-08-15T00:00:00.000000",
            "2021-08-15T00:00:00.999999",
        );
        check_refused(
            "2021-08-14T24:00:01Z",
            DateErrorKind::OutOfCalendar,
            "24:00:01",
        );
    }

    #[test]
    fn a_leap_second_is_the_last_instant_of_its_minute() {
        for text in ["2016-12-31T23:59:60Z", "2017-01-01T00:59:60.5+01:00"] {
            let last = "2016-12-31T23:59:59.999999";
            check(text, last, last);
        }
        check_refused(
            "2016-05-02T01:01:60",
            DateErrorKind::OutOfCalendar,
            "01:01:60",
        );
    }

    #[test]
    fn an_unknown_offset_is_not_utc() {
        check_refused(
            "2021-08-14T10:22:00-00:00",
            DateErrorKind::NotEdtf,
            "-00:00",
        );
        check_refused(
            "2021-08-14T10:22:00+15:00",
            DateErrorKind::OutOfCalendar,
            "+15:00",
        );
    }

    #[test]
    fn a_day_that_does_not_exist_has_no_time() {
        check_refused(
            "2021-02-30T10:22Z",
            DateErrorKind::OutOfCalendar,
            "2021-02-30",
        );
    }

    #[test]
    fn a_time_states_as_much_as_is_written() {
        let precision = |text| EventDate::parse(text).map(|date| date.precision());
        assert_eq!(precision("2021-08-14T10:22"), Ok(Precision::Minute));
        assert_eq!(precision("2021-08-14T10:22:00"), Ok(Precision::Second));
        assert_eq!(
            precision("2021-08-14T10:22:00.0"),
            Ok(Precision::Millisecond)
        );
        assert_eq!(
            precision("2021-08-14T10:22:00.0001"),
            Ok(Precision::Microsecond)
        );
    }
}
