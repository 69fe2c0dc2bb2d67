//! Reads the stamps of logs as dates: as precise as they are written, and in the zone that they name.

use std::borrow::Cow;

use super::column_role::EpochUnit;
use super::epoch_number::{self, EpochTime};
use crate::date::foreign::{self, DayMonthOrder};
use crate::date::{DateError, EventDate};
use crate::text::trimmed;

/// The result of reading a stamp.
#[derive(Debug)]
pub(super) enum LogTimestamp {
    At(EventDate),
    /// A word for a missing time.
    Unset,
    /// A time that programs write in place of a missing one.
    NotATime,
    Wrong(DateError),
}

/// Reads a stamp in words or digits.
pub(super) fn of_text(text: &str, order: DayMonthOrder) -> LogTimestamp {
    let text = trimmed(text);
    let is_iso = matches!(text.as_bytes().get(4), Some(b'-' | b'/'));
    if !is_iso && let Some(stamp) = of_digits(text) {
        return stamp;
    }
    if is_unset(text) {
        return LogTimestamp::Unset;
    }
    if is_invalid(text) {
        return LogTimestamp::NotATime;
    }
    match read(text, order) {
        Ok(date) if is_edge_of_a_clock(&date) => LogTimestamp::NotATime,
        Ok(date) => LogTimestamp::At(date),
        Err(error) => LogTimestamp::Wrong(error),
    }
}

/// [`of_text`] in a column whose numbers are in a unit.
pub(super) fn of_stamp(text: &str, order: DayMonthOrder, unit: EpochUnit) -> LogTimestamp {
    let text = trimmed(text);
    if unit != EpochUnit::ByMagnitude && epoch_number::number(text).is_some() {
        return of_count(text, unit);
    }
    of_text(text, order)
}

/// Reads a number since 1970. Anything else is read as [`of_text`] does.
pub(super) fn of_count(text: &str, unit: EpochUnit) -> LogTimestamp {
    let text = trimmed(text);
    let Some(number) = epoch_number::number(text) else {
        return of_text(text, DayMonthOrder::Unknown);
    };
    match epoch_number::read(text, number, unit) {
        EpochTime::Time(date) if is_edge_of_a_clock(&date) => LogTimestamp::NotATime,
        EpochTime::Time(date) => LogTimestamp::At(date),
        EpochTime::NoTime => LogTimestamp::NotATime,
        EpochTime::Wrong(error) => LogTimestamp::Wrong(error),
    }
}

/// A number where a date is expected: up to four digits are a year, eight may be a day.
fn of_digits(text: &str) -> Option<LogTimestamp> {
    let is_plain = text.bytes().all(|it| it.is_ascii_digit());
    if is_plain && text.len() == 8 {
        let day = text.split_at(4);
        let (month, day) = (day.1.get(..2)?, day.1.get(2..)?);
        let day = EventDate::parse(&format!("{}-{month}-{day}", text.get(..4)?));
        if let Ok(day) = day {
            return Some(LogTimestamp::At(day));
        }
    }
    if is_plain && text.len() <= 4 && text != "0" {
        return None;
    }
    epoch_number::number(text).map(|_| of_count(text, EpochUnit::ByMagnitude))
}

/// The days on which clocks begin: .NET and Go, UUIDs, Windows and Chrome, OLE and Delphi, NTP and SQL Server, HFS,
/// Unix, FAT and ZIP, Cocoa. A zero on such a clock is that midnight.
const BEGINNINGS: [&str; 9] = [
    "0001-01-01",
    "1582-10-15",
    "1601-01-01",
    "1899-12-30",
    "1900-01-01",
    "1904-01-01",
    "1970-01-01",
    "1980-01-01",
    "2001-01-01",
];

/// The last seconds of clocks: minus one on that of Unix, its 32 bits with a sign and without, and the last year of
/// four digits.
const LAST_SECONDS: [&str; 4] = [
    "1969-12-31T23:59:59",
    "2038-01-19T03:14:07",
    "2106-02-07T06:28:15",
    "9999-12-31T23:59:59",
];

/// Whether a date begins with a year in which a clock begins or ends, in some zone.
fn has_year_of_an_edge(text: &str) -> bool {
    matches!(
        text.get(..4),
        Some(
            "0000"
                | "0001"
                | "1582"
                | "1600"
                | "1601"
                | "1899"
                | "1900"
                | "1903"
                | "1904"
                | "1969"
                | "1970"
                | "1979"
                | "1980"
                | "2000"
                | "2001"
                | "2038"
                | "2106"
                | "9999"
        )
    )
}

/// Whether a stamp is a clock at its zero or its end, as [`is_edge_of_a_clock`]. Numbers have their own placeholders.
pub(super) fn is_edge_stamp(text: &str) -> bool {
    let is_date = text.as_bytes().get(4) == Some(&b'-');
    is_date
        && has_year_of_an_edge(text)
        && matches!(
            of_text(text, DayMonthOrder::Unknown),
            LogTimestamp::NotATime
        )
}

/// Whether a date-time is a clock's zero or its end, in UTC or on the clock that wrote it. A program writes that in
/// place of a missing time. A date without a time of day is what its author meant.
pub(super) fn is_edge_of_a_clock(date: &EventDate) -> bool {
    let written = date.written();
    // Nearly every stamp ends here.
    if !has_year_of_an_edge(written) {
        return false;
    }
    let Some((day, clock)) = written.split_once('T') else {
        return false;
    };
    let (clock, zone) = clock.split_at(clock.find(['Z', '+', '-']).unwrap_or(clock.len()));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let is_whole = fraction.bytes().all(|it| it == b'0');
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let local = format!("{day}T{clock}{seconds}");
    let utc = date.start().earliest.civil();
    let utc = (!zone.is_empty()).then(|| utc.format("%Y-%m-%dT%H:%M:%S").to_string());
    [Some(local), utc].into_iter().flatten().any(|at| {
        let midnight = at.strip_suffix("T00:00:00").filter(|_| is_whole);
        let is_edge = |day: &str| BEGINNINGS.contains(&day) || day == "9999-12-31";
        midnight.is_some_and(is_edge) || LAST_SECONDS.contains(&at.as_str())
    })
}

/// Reads a date-time as logs write it: with a space before the offset, without a colon in it, with `UTC`, or in the
/// forms of [`foreign`].
pub(in crate::formats) fn read(text: &str, order: DayMonthOrder) -> Result<EventDate, DateError> {
    let text = trimmed(text);
    let mut usual = Cow::Borrowed(text);
    if matches!(text.as_bytes().get(4), Some(b'-')) {
        usual = iso(text);
        if let Ok(date) = EventDate::parse(&usual) {
            return Ok(date);
        }
    }
    match foreign::rewritten(text, order) {
        Some(Err(error)) => return Err(error),
        Some(Ok(rewritten)) => usual = Cow::Owned(rewritten),
        None => {}
    }
    let is_as_written = usual == text;
    EventDate::parse(&usual).map_err(|error| {
        if is_as_written {
            error
        } else {
            of_written(error, text)
        }
    })
}

/// An error in a rewritten text, in terms of what the log has: a part of the one may not be a part of the other.
pub(super) fn of_written(error: DateError, written: &str) -> DateError {
    let mut quoted = error.message.split('`').skip(1).step_by(2);
    let message = if quoted.all(|it| written.contains(it)) {
        error.message
    } else {
        format!("`{written}` is not a date")
    };
    DateError {
        range: 0..0,
        message,
        ..error
    }
}

/// Whether a stamp is a word for a missing time.
pub(super) fn is_unset(text: &str) -> bool {
    let text = trimmed(text);
    if text.starts_with(|first: char| ('1'..='9').contains(&first)) {
        return false;
    }
    // `Not set`, `Never` and the words for endless are the semantic times of dfDateTime.
    let words = [
        "", "-", "n/a", "null", "none", "not set", "never", "nan", "nat", "<na>", "infinite",
        "infinity", "inf",
    ];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.starts_with("0000-00-00")
        || text.starts_with("00/00/0000")
        || text.starts_with("--")
        // What mactime writes.
        || text.starts_with("Xxx Xxx 00 0000")
}

/// Whether a stamp is a program's word for a time that it could not read: `InvalidTime` of dfDateTime, and JavaScript's
/// date of a text that is not one.
fn is_invalid(text: &str) -> bool {
    ["invalid", "invalid date"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// A date-time of ISO 8601, or nearly so, in the notation of timelines.
fn iso(text: &str) -> Cow<'_, str> {
    let is_usual = |byte: u8| matches!(byte, b'0'..=b'9' | b'-' | b'T' | b':' | b'.' | b'Z' | b'+');
    let has_usual_zone = matches!(text.as_bytes(), [.., b'Z'] | [.., b'+', _, _, b':', _, _]);
    if has_usual_zone && text.bytes().all(is_usual) {
        return Cow::Borrowed(text);
    }
    let zone = zone_at(text);
    let (time, written) = text.split_at(zone);
    let zone = foreign::zone(written).unwrap_or(Cow::Borrowed(written));
    let time = time.trim_end();
    if zone == written && time.bytes().all(is_usual) && time.len() + zone.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let time: String = (time.chars().enumerate())
        .map(|(at, it)| match (at, it) {
            (10, ' ' | 't') => 'T',
            _ => it,
        })
        .collect();
    Cow::Owned(format!("{time}{zone}"))
}

/// The first byte of the zone in a date-time, or its end.
fn zone_at(text: &str) -> usize {
    let beyond_the_day = text.char_indices().skip(11);
    let mut signs = beyond_the_day.filter(|(_, it)| it.is_ascii_alphabetic() || "+-".contains(*it));
    signs.next().map_or(text.len(), |(at, _)| at)
}

/// Joins the columns of l2tcsv: `MM/DD/YYYY`, a time, and a zone if it is UTC.
pub(super) fn joined(day: &str, time: &str, zone: &str) -> Option<String> {
    let mut parts = day.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |it: &str, len: usize| it.len() == len && it.bytes().all(|it| it.is_ascii_digit());
    let is_day = is_number(month, 2) && is_number(day, 2) && is_number(year, 4);
    let zone = if is_utc(zone) { "Z" } else { "" };
    is_day.then(|| format!("{year}-{month}-{day}T{}{zone}", time.trim()))
}

pub(super) fn is_utc(zone: &str) -> bool {
    matches!(
        zone.trim(),
        "UTC" | "GMT" | "Z" | "utc" | "Etc/UTC" | "+00:00"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Precision::{self, Day, Microsecond, Millisecond, Second};

    fn check(text: &str, same: &str, precision: Precision) {
        let date = read(text, DayMonthOrder::Unknown).expect(text);
        let other = EventDate::parse(same).expect(same);
        assert_eq!(date.order_key(), other.order_key(), "{text}");
        assert_eq!(date.precision(), precision, "{text}");
    }

    #[test]
    fn a_stamp_is_as_precise_as_it_is_written_and_in_its_own_zone() {
        let noon = "2026-03-29T10:00:00Z";
        check("2026-03-29T12:00:00+02:00", noon, Second);
        check("2026-03-29 12:00:00 +02:00", noon, Second);
        check("2026-03-29 12:00:00 +0200", noon, Second);
        check("2026-03-29 10:00:00 UTC", noon, Second);
        check(" 2026-03-29 10:00:00", "2026-03-29T10:00:00", Second);
        check("2026/03/29 10:00:00z", noon, Second);
        check("2026-03-29T10:00:00-00:00", noon, Second);
        check(
            "2026-03-29 10:00:00.123 +00:00",
            "2026-03-29T10:00:00.123Z",
            Millisecond,
        );
        check(
            "2026-03-29 10:00:00.1234567 UTC",
            "2026-03-29T10:00:00.1234567Z",
            Microsecond,
        );
        check("2026-03-29", "2026-03-29", Day);
    }

    #[test]
    fn anything_but_a_stamp_is_refused() {
        for text in [
            "04/08/2021 10:00",
            "10:00",
            "yesterday",
            "2021-02-30T00:00:00Z",
        ] {
            assert!(read(text, DayMonthOrder::Unknown).is_err(), "{text}");
        }
        for text in [
            "",
            "-",
            "Not set",
            "0000-00-00T00:00:00.000000+00:00",
            "--:--:--",
        ] {
            assert!(is_unset(text), "{text}");
        }
    }

    #[test]
    fn what_other_programs_write_is_read_if_it_has_one_meaning() {
        let cases = include_str!("../../../tests/dates/stamps.txt");
        let cases = cases
            .lines()
            .filter(|it| !it.starts_with('#') && !it.is_empty());
        for case in cases {
            let columns: Vec<_> = case.split(" | ").collect();
            let [text, expected] = columns.as_slice() else {
                panic!("two columns are needed: {case}")
            };
            let said = match read(text, DayMonthOrder::Unknown) {
                Ok(date) => date.written().to_owned(),
                Err(error) => format!("{}; {}", error.message, error.help.unwrap_or_default()),
            };
            assert_eq!(&said, expected, "{text}");
        }
    }

    #[test]
    fn the_month_is_first_where_the_program_puts_it_there() {
        let read = |order| read("03-05-2024 07:08:09.123 AM +09:00", order);
        let date = read(DayMonthOrder::MonthFirst).expect("one reading");
        assert_eq!(date.written(), "2024-03-05T07:08:09.123+09:00");
        assert!(read(DayMonthOrder::Unknown).is_err());
    }

    #[test]
    fn an_error_quotes_what_was_written() {
        let said = |text: &str| read(text, DayMonthOrder::Unknown).expect_err(text).message;
        let feed = "Sun, 1 Aug 2021 12:00:00 +19:00";
        assert_eq!(said(feed), "there is no offset `+19:00` from UTC");
        let slashed = "2021/02/30 10:00:00";
        assert_eq!(said(slashed), "there is no day `2021/02/30`");
        let no_day = "there is no day `2021-02-30`";
        assert_eq!(said("2021-02-30 10:00:00 UTC"), no_day);
    }

    /// The reading of a stamp in a column of dates.
    fn said(text: &str) -> String {
        match of_text(text, DayMonthOrder::Unknown) {
            LogTimestamp::At(date) => date.written().to_owned(),
            LogTimestamp::Unset => "unset".to_owned(),
            LogTimestamp::NotATime => "not a time".to_owned(),
            LogTimestamp::Wrong(error) => error.message,
        }
    }

    #[test]
    fn a_number_in_a_column_of_dates_is_a_year_a_day_or_a_count() {
        assert_eq!(said("2024"), "2024");
        assert_eq!(said("20240102"), "2024-01-02");
        assert_eq!(said("1704164645123456"), "2024-01-02T03:04:05.123456Z");
        assert_eq!(said("1704164645.0"), "2024-01-02T03:04:05Z");
        assert_eq!(
            said("12345"),
            "`12345` is too small to be a time since 1970"
        );
        assert_eq!(said("0"), "not a time");
    }

    #[test]
    fn a_clock_at_its_zero_or_its_end_is_not_a_time() {
        for text in [
            "1601-01-01T00:00:00Z",
            "1601-01-01 00:00:00.0000000",
            "1970-01-01T00:00:00.000000+00:00",
            "1970-01-01T00:00Z",
            "1970-01-01T01:00:00+01:00",
            "1969-12-31T19:00:00-05:00",
            "1980-01-01 00:00:00 +02:00",
            "1899-12-30T00:00:00",
            "0001-01-01T00:00:00",
            "9999-12-31T00:00:00Z",
            "9999-12-31T23:59:59.9999999Z",
            "2038-01-19T03:14:07Z",
            "-11644473600000000",
            "-11644473600",
            "2147483647",
            "Invalid",
        ] {
            assert_eq!(said(text), "not a time", "{text}");
        }
    }

    #[test]
    fn what_is_near_the_zero_of_a_clock_is_a_time() {
        for text in [
            "1970-01-01",
            "1970-01-01T00:00:01Z",
            "1970-01-01T00:00:00.5Z",
            "1970-01-02T00:00:00Z",
            "1970-01-01T14:00:00",
            "2001-01-01T12:00:00Z",
            "1980-01-06T00:00:00Z",
        ] {
            assert_eq!(said(text), text);
        }
    }

    #[test]
    fn the_columns_of_l2tcsv_are_one_stamp() {
        assert_eq!(
            joined("08/14/2021", "10:22:33", "UTC").as_deref(),
            Some("2021-08-14T10:22:33Z")
        );
        assert_eq!(
            joined("08/14/2021", "10:22:33", "CET").as_deref(),
            Some("2021-08-14T10:22:33")
        );
        assert_eq!(joined("14 Aug 2021", "10:22:33", "UTC"), None);
    }
}
