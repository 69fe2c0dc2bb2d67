//! The stamps of logs, as dates: as precise as they are written, and in the zone that they name.

use std::borrow::Cow;

use super::dialect::Unit;
use crate::date::{DateError, EventDate, Instant};

/// Reads a date-time as logs write it: with a space before the offset, without a colon in it, or with `UTC`.
pub(super) fn read(text: &str) -> Result<EventDate, DateError> {
    let usual = usual(text);
    let date = EventDate::parse(&usual);
    let is_as_written = usual == text.trim();
    date.map_err(|error| {
        if is_as_written {
            error
        } else {
            of_written(error, text.trim())
        }
    })
}

/// An error in a text that nobody wrote so, told of what was written: a part of the one may be no part of the other.
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

/// Whether a stamp says that there is none.
pub(super) fn is_unset(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with(|first: char| ('1'..='9').contains(&first)) {
        return false;
    }
    let words = [
        "", "-", "n/a", "null", "none", "not set", "never", "nan", "nat",
    ];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.starts_with("0000-00-00")
        || text.starts_with("00/00/0000")
        || text.starts_with("--")
}

/// The same date-time in the form that timelines use.
fn usual(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let is_usual = |byte: u8| byte.is_ascii_digit() || b"-T:.Z+".contains(&byte);
    let has_usual_zone = matches!(text.as_bytes(), [.., b'Z'] | [.., b'+', _, _, b':', _, _]);
    if has_usual_zone && text.bytes().all(is_usual) {
        return Cow::Borrowed(text);
    }
    let zone = zone_at(text);
    let (time, written) = text.split_at(zone);
    let zone = zone_of(written);
    let time = time.trim_end();
    if zone == written && time.bytes().all(is_usual) && time.len() + zone.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let slashed = time.as_bytes().get(4) == Some(&b'/') && time.as_bytes().get(7) == Some(&b'/');
    let time: String = (time.chars().enumerate())
        .map(|(at, it)| match (at, it) {
            (4 | 7, '/') if slashed => '-',
            (10, ' ' | 't') => 'T',
            _ => it,
        })
        .collect();
    Cow::Owned(format!("{time}{zone}"))
}

/// Where the zone of a date-time begins; its end if there is none.
fn zone_at(text: &str) -> usize {
    let beyond_the_day = text.char_indices().skip(11);
    let mut signs = beyond_the_day.filter(|(_, it)| it.is_ascii_alphabetic() || "+-".contains(*it));
    signs.next().map_or(text.len(), |(at, _)| at)
}

fn zone_of(written: &str) -> Cow<'_, str> {
    match written {
        "z" | "UTC" | "GMT" | "utc" | "-00:00" | "-0000" => Cow::Borrowed("Z"),
        _ if written.len() == 5 && written.bytes().skip(1).all(|it| it.is_ascii_digit()) => {
            let (hours, minutes) = written.split_at(3);
            Cow::Owned(format!("{hours}:{minutes}"))
        }
        _ => Cow::Borrowed(written),
    }
}

/// Reads a number that counts from 1970; none if it is no number, or too large for the calendar.
pub(super) fn since_1970(text: &str, unit: Unit) -> Option<EventDate> {
    let number: i64 = text.trim().parse().ok()?;
    // As Timesketch reads them: https://github.com/google/timesketch, lib/utils.py.
    let (micros, digits) = match (unit, number.unsigned_abs()) {
        (Unit::ByMagnitude, 0..=100_000_000_000) => (number.checked_mul(1_000_000)?, 0),
        (Unit::ByMagnitude, 100_000_000_001..=100_000_000_000_000) => {
            (number.checked_mul(1_000)?, 3)
        }
        (Unit::ByMagnitude, 100_000_000_000_000_001..) => (number / 1_000, 6),
        _ => (number, 6),
    };
    let civil = Instant::from_micros(micros).civil();
    let form = match digits {
        0 => "%Y-%m-%dT%H:%M:%SZ",
        3 => "%Y-%m-%dT%H:%M:%S%.3fZ",
        _ => "%Y-%m-%dT%H:%M:%S%.6fZ",
    };
    EventDate::parse(&civil.format(form).to_string()).ok()
}

/// Joins the columns of l2tcsv: `MM/DD/YYYY`, a time, and a zone of which only UTC is known without a table of zones.
pub(super) fn joined(day: &str, time: &str, zone: &str) -> Option<String> {
    let mut parts = day.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |it: &str, len: usize| it.len() == len && it.bytes().all(|it| it.is_ascii_digit());
    let is_day = is_number(month, 2) && is_number(day, 2) && is_number(year, 4);
    let zone = if is_utc(zone) { "Z" } else { "" };
    is_day.then(|| format!("{year}-{month}-{day}T{}{zone}", time.trim()))
}

/// Whether a zone is that of UTC.
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
    use Unit::{ByMagnitude, Micros};

    fn check(text: &str, same: &str, precision: Precision) {
        let date = read(text).expect(text);
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
        check(" 2026-03-29 10:00:00", noon, Second);
        check("2026/03/29 10:00:00z", noon, Second);
        check("2026-03-29T10:00:00-00:00", noon, Second);
        check(
            "2026-03-29 10:00:00.123 +00:00",
            "2026-03-29T10:00:00.123Z",
            Millisecond,
        );
        check(
            "2026-03-29T10:00:00.1234567Z",
            "2026-03-29T10:00:00.123456Z",
            Microsecond,
        );
        check("2026-03-29", "2026-03-29", Day);
    }

    #[test]
    fn what_is_no_stamp_is_refused() {
        for text in [
            "04/08/2021 10:00",
            "10:00",
            "yesterday",
            "2021-02-30T00:00:00Z",
        ] {
            assert!(read(text).is_err(), "{text}");
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
    fn an_error_quotes_what_was_written() {
        let said = |text: &str| read(text).expect_err(text).message;
        let feed = "Sun, 1 Aug 2021 12:00:00 +09:00";
        assert_eq!(said(feed), format!("`{feed}` is not a date"));
        let slashed = "2021/02/30 10:00:00";
        assert_eq!(said(slashed), format!("`{slashed}` is not a date"));
        let no_day = "there is no day `2021-02-30`";
        assert_eq!(said("2021-02-30 10:00:00 UTC"), no_day);
    }

    #[test]
    fn a_number_is_read_in_the_unit_that_its_size_makes_likely() {
        let same = |number, unit, written: &str| {
            let date = since_1970(number, unit).expect(number);
            assert_eq!(date.written(), written);
        };
        same("1735689600", ByMagnitude, "2025-01-01T00:00:00Z");
        same("1735689600123", ByMagnitude, "2025-01-01T00:00:00.123Z");
        same(
            "1735689600123456",
            ByMagnitude,
            "2025-01-01T00:00:00.123456Z",
        );
        same(
            "1735689600123456789",
            ByMagnitude,
            "2025-01-01T00:00:00.123456Z",
        );
        same("1735689600", Micros, "1970-01-01T00:28:55.689600Z");
        assert!(since_1970("soon", Micros).is_none());
        assert!(since_1970("9223372036854775807", Micros).is_none());
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
