//! Stamps that are numbers: seconds, or parts of a second, since the beginning of 1970.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::column_role::EpochUnit;
use crate::date::{DateError, DateErrorKind, EventDate, Instant, Span};

/// A number as it is written: `digits` × 10^`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EpochNumber {
    digits: i128,
    scale: i32,
}

/// The time that a number counts to.
#[derive(Debug)]
pub(super) enum EpochTime {
    Time(EventDate),
    /// Zero, minus one or the largest number of a type, which no clock counts to.
    NoTime,
    Wrong(DateError),
}

/// A number with more digits than an `i128` holds is not a time.
const MOST_DIGITS: usize = 30;

/// The seconds of 1973-03-03. A smaller number is a year, a duration or the number of a row.
const LEAST: i128 = LEAST_WHOLE as i128;
const LEAST_WHOLE: u64 = 100_000_000;

/// The seconds from 1601 to 1970: Windows counts 100 ns and Chrome microseconds from 1601.
const FROM_1601: i64 = 11_644_473_600;

const EXPECTED: &str = "seconds, milliseconds, microseconds or nanoseconds since 1970";

/// Reads a decimal number, with or without a fraction or an exponent.
pub(super) fn number(text: &str) -> Option<EpochNumber> {
    if let Ok(whole) = text.parse::<i64>()
        && !text.starts_with('+')
    {
        let digits = whole.into();
        return Some(EpochNumber { digits, scale: 0 });
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // A column of whole numbers with gaps is often written with `.0`, which does not mean tenths.
    let is_padding = fraction == "0" && exponent == 0;
    let fraction = if is_padding { "" } else { fraction };
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(whole) => (-1, whole),
        None => (1, whole),
    };
    let is_plain = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || !is_plain(whole) || !is_plain(fraction) {
        return None;
    }
    let both = whole.bytes().chain(fraction.bytes());
    if whole.len() + fraction.len() > MOST_DIGITS {
        return None;
    }
    let digits = both.fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    Some(EpochNumber {
        digits: sign * digits,
        scale: i32::from(exponent) - i32::try_from(fraction.len()).ok()?,
    })
}

impl EpochNumber {
    /// Its whole part, if an `i128` can hold it.
    fn whole(self) -> Option<i128> {
        match u32::try_from(self.scale) {
            Ok(scale) => self.digits.checked_mul(10_i128.checked_pow(scale)?),
            Err(_) => Some(self.digits / 10_i128.checked_pow(self.scale.unsigned_abs())?),
        }
    }

    /// The power of ten of its last digit, in seconds, if the number counts in this unit.
    fn last_digit(self, unit: EpochUnit) -> Option<i32> {
        let size = self.whole()?.unsigned_abs();
        // As Timesketch reads them: https://github.com/google/timesketch, lib/utils.py.
        let unit = match (unit, size) {
            (EpochUnit::Seconds, _) | (EpochUnit::ByMagnitude, 0..=100_000_000_000) => 0,
            (EpochUnit::Millis, _)
            | (EpochUnit::ByMagnitude, 100_000_000_001..=100_000_000_000_000) => -3,
            (EpochUnit::Nanos, _) | (EpochUnit::ByMagnitude, 100_000_000_000_000_001..) => -9,
            _ => -6,
        };
        Some(self.scale + unit)
    }

    /// Whether programs write it in place of an unknown time.
    pub(super) fn is_placeholder(self) -> bool {
        let ends = [
            0,
            -1,
            i128::from(i64::MAX),
            i128::from(i64::MIN),
            i128::from(u64::MAX),
        ];
        self.whole()
            .is_some_and(|whole| ends.contains(&whole) && (whole != 0 || self.digits == 0))
    }

    /// The time that it counts to, in the notation of timelines. `None` beyond years of four digits.
    fn text(self, unit: EpochUnit) -> Option<String> {
        let last = self.last_digit(unit)?;
        let power = 10_i128.checked_pow((last + 9).unsigned_abs())?;
        let nanos = if last < -9 {
            self.digits.div_euclid(power)
        } else {
            self.digits.checked_mul(power)?
        };
        let at = civil(nanos)?;
        if last <= 0 {
            let decimals = last.unsigned_abs().min(9);
            return Some(written(at, decimals));
        }
        // The exact value of a rounded number lies up to half of its last digit to either side.
        let half = TimeDelta::seconds(5 * 10_i64.checked_pow(last.unsigned_abs() - 1)?);
        let (from, to) = (at.checked_sub_signed(half)?, at.checked_add_signed(half)?);
        Some(format!("[{}..{}]", written(from, 0), written(to, 0)))
    }
}

/// The bounds of a number, in microseconds. `None` if it is not a time or counts too far. Makes no date, since a log
/// may have such a number in every row.
pub(super) fn span(number: EpochNumber, unit: EpochUnit) -> Option<Span> {
    if number.scale == 0
        && let Ok(whole) = i64::try_from(number.digits)
    {
        return span_of_whole(whole, unit);
    }
    let is_year = unit == EpochUnit::ByMagnitude && number.whole()?.abs() < LEAST;
    if is_year || number.is_placeholder() {
        return None;
    }
    let last = number.last_digit(unit)? + 6;
    let power = i64::try_from(10_i128.checked_pow(last.unsigned_abs())?).ok()?;
    let (first, length) = if last < 0 {
        let digits = number.digits;
        // Inside a microsecond, as `date::moment` has it.
        let is_inside = digits.rem_euclid(power.into()) != 0;
        (digits.div_euclid(power.into()), 1 + i64::from(is_inside))
    } else {
        (number.digits.checked_mul(power.into())?, power)
    };
    let first = i64::try_from(first).ok()?;
    let last = first.checked_add(length - 1)?;
    Some(Span::new(
        Instant::from_micros(first),
        Instant::from_micros(last),
    ))
}

/// [`span`] of a whole number, as most are.
fn span_of_whole(whole: i64, unit: EpochUnit) -> Option<Span> {
    let (first, length) = match (unit, whole.unsigned_abs()) {
        (_, 0) | (EpochUnit::ByMagnitude, 0..LEAST_WHOLE) => return None,
        (EpochUnit::Seconds, _) | (EpochUnit::ByMagnitude, 0..=100_000_000_000) => {
            (whole.checked_mul(1_000_000)?, 1_000_000)
        }
        (EpochUnit::Millis, _) | (EpochUnit::ByMagnitude, 0..=100_000_000_000_000) => {
            (whole.checked_mul(1000)?, 1000)
        }
        (EpochUnit::Nanos, _) | (EpochUnit::ByMagnitude, 100_000_000_000_000_001..) => {
            let is_inside = whole.rem_euclid(1000) != 0;
            (whole.div_euclid(1000), 1 + i64::from(is_inside))
        }
        _ => (whole, 1),
    };
    let is_placeholder = matches!(whole, -1 | i64::MIN | i64::MAX);
    let last = first.checked_add(length - 1).filter(|_| !is_placeholder)?;
    let instant = Instant::from_micros;
    Some(Span::new(instant(first), instant(last)))
}

/// Reads the time of `number`, which is written as `text`.
pub(super) fn read(text: &str, number: EpochNumber, unit: EpochUnit) -> EpochTime {
    if number.is_placeholder() {
        return EpochTime::NoTime;
    }
    let wrong = |message: String, help: &str| {
        EpochTime::Wrong(DateError {
            range: 0..text.len(),
            kind: DateErrorKind::NotEdtf,
            message,
            expected: EXPECTED.to_owned(),
            help: Some(help.to_owned()),
            readings: Vec::new(),
        })
    };
    let is_sized = unit == EpochUnit::ByMagnitude;
    let size = number.whole().map(i128::abs);
    if is_sized && size.is_some_and(|size| size < LEAST) {
        let message = format!("`{text}` is too small to be a time since 1970");
        return wrong(message, "write a date, as in `2021-08-14T10:22:33Z`");
    }
    if is_sized && let Some(other) = elsewhere(text, number) {
        return EpochTime::Wrong(ambiguous(text, &other, number.text(unit)));
    }
    let date = number.text(unit);
    match date.and_then(|date| EventDate::parse(&date).ok()) {
        Some(date) => EpochTime::Time(date),
        None => wrong(
            format!("`{text}` is too large to be a time since 1970"),
            "write a date, as in `2021-08-14T10:22:33Z`",
        ),
    }
}

/// Another reading of a number as a time of these decades.
struct OtherReading {
    written: String,
    how: &'static str,
}

/// Such a reading of a number that lies in 1974 or the 24th century if it counts from 1970.
fn elsewhere(text: &str, number: EpochNumber) -> Option<OtherReading> {
    let whole = number.whole()?;
    let since_1601 = |nanos: i128, decimals, how| {
        let at = civil(nanos - i128::from(FROM_1601) * 1_000_000_000)?;
        is_of_our_time(at).then(|| OtherReading {
            written: written(at, decimals),
            how,
        })
    };
    match whole {
        100_000_000_000_000_001.. => since_1601(whole.checked_mul(100)?, 7, "100 ns since 1601"),
        10_000_000_000_000_000.. => {
            since_1601(whole.checked_mul(1000)?, 6, "microseconds since 1601")
        }
        _ => {
            let at = NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?;
            let is_compact = text.len() == 14 && is_of_our_time(at);
            is_compact.then(|| OtherReading {
                written: written(at, 0).replace('Z', ""),
                how: "a date and a time without signs between",
            })
        }
    }
}

fn ambiguous(text: &str, other: &OtherReading, since_1970: Option<String>) -> DateError {
    let since_1970 = since_1970.unwrap_or_default();
    DateError {
        range: 0..text.len(),
        kind: DateErrorKind::Ambiguous,
        message: format!("`{text}` could be {}, or a time since 1970", other.how),
        expected: EXPECTED.to_owned(),
        help: Some(format!(
            "write `{}` for the one, or `{since_1970}` for the other",
            other.written
        )),
        readings: Vec::new(),
    }
}

fn is_of_our_time(at: NaiveDateTime) -> bool {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    day(1970) <= at.date() && at.date() < day(2100)
}

fn civil(nanos: i128) -> Option<NaiveDateTime> {
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
    let rest = u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?;
    Some(DateTime::from_timestamp(seconds, rest)?.naive_utc())
}

/// A time with this number of decimals in its seconds.
fn written(at: NaiveDateTime, decimals: u32) -> String {
    let mut text = at.format("%Y-%m-%dT%H:%M:%S").to_string();
    if decimals > 0 {
        let fraction = format!("{:09}", at.and_utc().timestamp_subsec_nanos());
        let digits = fraction.get(..decimals as usize).unwrap_or(&fraction);
        text.push('.');
        text.push_str(digits);
    }
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use EpochUnit::{ByMagnitude, Micros, Millis, Nanos, Seconds};

    fn check(text: &str, unit: EpochUnit, expected: &str) {
        let number = number(text).expect(text);
        let said = match read(text, number, unit) {
            EpochTime::Time(date) => date.written().to_owned(),
            EpochTime::NoTime => "no time".to_owned(),
            EpochTime::Wrong(error) => {
                format!("{}; {}", error.message, error.help.unwrap_or_default())
            }
        };
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn a_number_is_read_in_the_unit_that_its_size_makes_likely() {
        check("1735689600", ByMagnitude, "2025-01-01T00:00:00Z");
        check("1735689600123", ByMagnitude, "2025-01-01T00:00:00.123Z");
        check(
            "1735689600123456",
            ByMagnitude,
            "2025-01-01T00:00:00.123456Z",
        );
        check(
            "1735689600123456789",
            ByMagnitude,
            "2025-01-01T00:00:00.123456789Z",
        );
        check("1735689600", Micros, "1970-01-01T00:28:55.689600Z");
        check("86401", Seconds, "1970-01-02T00:00:01Z");
        check("86401500", Millis, "1970-01-02T00:00:01.500Z");
        check(
            "1735689600123456789",
            Nanos,
            "2025-01-01T00:00:00.123456789Z",
        );
        check("-1000000000", ByMagnitude, "1938-04-24T22:13:20Z");
    }

    #[test]
    fn a_fraction_says_as_much_as_is_written() {
        check("1704164647.5", ByMagnitude, "2024-01-02T03:04:07.5Z");
        check(
            "1704164647.123456",
            ByMagnitude,
            "2024-01-02T03:04:07.123456Z",
        );
        check("1704164647.0", ByMagnitude, "2024-01-02T03:04:07Z");
        check(
            "1331698658276340.0",
            ByMagnitude,
            "2012-03-14T04:17:38.276340Z",
        );
        check("1704164645000000.0", Micros, "2024-01-02T03:04:05.000000Z");
        check(
            "1704164645123.25",
            ByMagnitude,
            "2024-01-02T03:04:05.12325Z",
        );
    }

    #[test]
    fn an_exponent_says_no_more_than_its_digits() {
        check(
            "1.33169865827634e+15",
            ByMagnitude,
            "2012-03-14T04:17:38.27634Z",
        );
        check("1.704164645e+18", ByMagnitude, "2024-01-02T03:04:05Z");
        check(
            "1.70416464e18",
            ByMagnitude,
            "[2024-01-02T03:03:55Z..2024-01-02T03:04:05Z]",
        );
        check(
            "1.7E+15",
            ByMagnitude,
            "[2022-04-15T05:20:00Z..2025-06-15T15:06:40Z]",
        );
    }

    #[test]
    fn what_stands_for_no_time_is_none() {
        for text in [
            "0",
            "0.0",
            "-1",
            "9223372036854775807",
            "18446744073709551615",
        ] {
            check(text, ByMagnitude, "no time");
        }
        assert_eq!(number("soon"), None);
        assert_eq!(number("2024-01"), None);
        assert_eq!(number(".5"), None);
        assert_eq!(number("1e999"), None);
    }

    #[test]
    fn what_cannot_be_a_time_or_could_be_two_is_refused() {
        let help = "write a date, as in `2021-08-14T10:22:33Z`";
        let small = format!("`1735` is too small to be a time since 1970; {help}");
        check("1735", ByMagnitude, &small);
        let large = format!("`9123372036854775807` is too large to be a time since 1970; {help}");
        check("9123372036854775807", Micros, &large);
        check(
            "133486382451234567",
            ByMagnitude,
            "`133486382451234567` could be 100 ns since 1601, or a time since 1970; write `2024-01-02T03:04:05.1234567Z` for \
             the one, or `1974-03-25T23:33:02.451234567Z` for the other",
        );
        check(
            "13348638245123456",
            ByMagnitude,
            "`13348638245123456` could be microseconds since 1601, or a time since 1970; write \
             `2024-01-02T03:04:05.123456Z` for the one, or `2393-01-01T03:04:05.123456Z` for the other",
        );
        check(
            "20120122075233",
            ByMagnitude,
            "`20120122075233` could be a date and a time without signs between, or a time since 1970; write \
             `2012-01-22T07:52:33` for the one, or `2607-08-01T18:47:55.233Z` for the other",
        );
    }

    #[test]
    fn a_span_is_that_of_the_date_that_the_number_is() {
        let numbers = [
            "1735689600",
            "1735689600123",
            "1735689600123456",
            "1735689600123456789",
            "1704164647.5",
            "1704164645123.25",
            "-1000000000",
            "1.704164645e+18",
        ];
        for text in numbers {
            for unit in [ByMagnitude, Micros, Seconds, Millis, Nanos] {
                let number = number(text).expect(text);
                let EpochTime::Time(date) = read(text, number, unit) else {
                    continue;
                };
                assert_eq!(span(number, unit), Some(date.whole()), "{text} {unit:?}");
            }
        }
        for text in ["0", "0.0", "-1", "5", "9223372036854775807"] {
            let number = number(text).expect(text);
            assert_eq!(span(number, ByMagnitude), None, "{text}");
        }
    }
}
