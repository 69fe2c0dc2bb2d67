//! Numbers of cells as text: dates as precise as their cell shows them, and all others as they are.
//!
//! No cell has a zone: a date in a workbook is that of its author's calendar and clock.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::number_format::{DatePart, NumberFormat};

/// The day from which a workbook counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DateSystem {
    /// 1 is 1 January 1900, and 60 is the 29 February that 1900 did not have.
    #[default]
    From1900,
    /// 0 is 1 January 1904.
    From1904,
}

const MILLIS_OF_DAY: f64 = 86_400_000.0;

/// The last day that spreadsheets know, 31 December 9999, in the system of 1900.
const LAST_DAY: f64 = 2_958_466.0;

/// The text that a cell shows for a number, as far as dates need it.
pub(super) fn shown(number: f64, format: NumberFormat, system: DateSystem) -> String {
    let is_date = (0.0..LAST_DAY).contains(&number);
    match format {
        NumberFormat::Date(part) if is_date => date(number, part, system),
        NumberFormat::Elapsed if is_date => elapsed(number),
        _ => plain(number),
    }
}

/// A number with the fifteen digits that spreadsheets have.
fn plain(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>();
    rounded.unwrap_or(number).to_string()
}

/// The days and the milliseconds in a number. A fraction of a day is no more exact than some microseconds, so a time is
/// rounded before its parts are taken.
fn days_and_millis(number: f64) -> (u64, u64) {
    let millis = (number * MILLIS_OF_DAY).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "dates are between 0 and the year 9999"
    )]
    let millis = millis as u64;
    (millis / 86_400_000, millis % 86_400_000)
}

fn date(number: f64, part: DatePart, system: DateSystem) -> String {
    let (days, millis) = days_and_millis(number);
    let mut text = String::new();
    // A number below 1 is a time without a day, if its cell shows a time.
    let is_time_alone = days == 0 && part >= DatePart::Hour;
    if !is_time_alone {
        put_day(&mut text, days, part, system);
    }
    if part >= DatePart::Hour {
        if !is_time_alone {
            text.push('T');
        }
        put_time(&mut text, millis, part);
    }
    text
}

fn put_day(text: &mut String, days: u64, part: DatePart, system: DateSystem) {
    let written = day(days, system);
    let len = match part {
        DatePart::Year => 4,
        DatePart::Month => 7,
        _ => written.len(),
    };
    text.push_str(written.get(..len).unwrap_or(&written));
}

/// The day of a number, in the notation of timelines.
fn day(days: u64, system: DateSystem) -> String {
    let (year, month, first) = match system {
        DateSystem::From1904 => (1904, 1, 1),
        // Behind the 29 February that was not, numbers are one too high.
        DateSystem::From1900 if days > 60 => (1899, 12, 30),
        DateSystem::From1900 if days == 60 => return "1900-02-29".to_owned(),
        DateSystem::From1900 => (1899, 12, 31),
    };
    let first = NaiveDate::from_ymd_opt(year, month, first);
    let day = first.and_then(|first| first.checked_add_days(Days::new(days)));
    day.map_or_else(String::new, |day| day.format("%Y-%m-%d").to_string())
}

fn put_time(text: &mut String, millis: u64, part: DatePart) {
    let seconds = millis / 1000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(text, "{hour:02}").expect("a string takes all that is written");
    if part >= DatePart::Minute {
        write!(text, ":{minute:02}").expect("a string takes all that is written");
    }
    if let DatePart::Second(digits) = part {
        write!(text, ":{second:02}").expect("a string takes all that is written");
        let fraction = format!("{:03}", millis % 1000);
        if let Some(shown) = fraction
            .get(..usize::from(digits))
            .filter(|it| !it.is_empty())
        {
            write!(text, ".{shown}").expect("a string takes all that is written");
        }
    }
}

fn elapsed(number: f64) -> String {
    let (days, millis) = days_and_millis(number);
    let seconds = days * 86_400 + millis / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours}:{minutes:02}:{:02}", seconds % 60)
}

/// A date in the notation of ISO 8601, as far as a format shows it.
pub(super) fn iso_shown(written: &str, format: NumberFormat) -> String {
    let NumberFormat::Date(part) = format else {
        return written.to_owned();
    };
    let len = match part {
        DatePart::Year => 4,
        DatePart::Month => 7,
        DatePart::Day => 10,
        DatePart::Hour => 13,
        DatePart::Minute => 16,
        DatePart::Second(0) => 19,
        DatePart::Second(digits) => 20 + usize::from(digits),
    };
    written.get(..len).unwrap_or(written).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_1900(number: f64, code: &str) -> String {
        shown(number, NumberFormat::of_code(code), DateSystem::From1900)
    }

    #[test]
    fn a_date_is_as_precise_as_its_cell_shows_it() {
        assert_eq!(of_1900(44409.0, "mmm-yy"), "2021-08");
        assert_eq!(of_1900(44409.0, "yyyy"), "2021");
        assert_eq!(of_1900(44409.0, "dd/mm/yyyy"), "2021-08-01");
        assert_eq!(of_1900(44_422.0, "m/d/yy h:mm"), "2021-08-14T00:00");
        assert_eq!(
            of_1900(44_422.420_219_907_41, "yyyy-mm-dd hh:mm"),
            "2021-08-14T10:05"
        );
        assert_eq!(
            of_1900(44_422.420_219_907_41, "yyyy-mm-dd hh:mm:ss"),
            "2021-08-14T10:05:07"
        );
        assert_eq!(
            of_1900(44_422.420_225_7, "yyyy-mm-dd hh:mm:ss.000"),
            "2021-08-14T10:05:07.500"
        );
        assert_eq!(of_1900(44409.0, "General"), "44409");
    }

    #[test]
    fn seconds_are_rounded_before_they_are_cut() {
        // 10:05:07 as the fraction of a day that programs write, a little too low.
        assert_eq!(
            of_1900(44_422.420_219_907_404, "hh:mm:ss"),
            "2021-08-14T10:05:07"
        );
        assert_eq!(of_1900(44_422.999_999_999_9, "yyyy-mm-dd"), "2021-08-15");
    }

    #[test]
    fn a_number_below_one_is_a_time_without_a_day() {
        assert_eq!(of_1900(0.420_219_907_41, "h:mm"), "10:05");
        assert_eq!(of_1900(0.420_219_907_41, "h:mm:ss"), "10:05:07");
        assert_eq!(of_1900(1.090_393_518_5, "[h]:mm:ss"), "26:10:10");
    }

    #[test]
    fn both_systems_have_their_days() {
        assert_eq!(of_1900(1.0, "yyyy-mm-dd"), "1900-01-01");
        assert_eq!(of_1900(59.0, "yyyy-mm-dd"), "1900-02-28");
        assert_eq!(of_1900(60.0, "yyyy-mm-dd"), "1900-02-29");
        assert_eq!(of_1900(61.0, "yyyy-mm-dd"), "1900-03-01");
        let of_1904 = shown(
            42947.0,
            NumberFormat::of_code("mmm-yy"),
            DateSystem::From1904,
        );
        assert_eq!(of_1904, "2021-08");
        let first = shown(
            0.0,
            NumberFormat::of_code("yyyy-mm-dd"),
            DateSystem::From1904,
        );
        assert_eq!(first, "1904-01-01");
    }

    #[test]
    fn other_numbers_are_as_they_are() {
        assert_eq!(of_1900(0.1 + 0.2, "0.00"), "0.3");
        assert_eq!(of_1900(1_628_935_507.0, ""), "1628935507");
        assert_eq!(of_1900(-3.5, "yyyy-mm-dd"), "-3.5");
        assert_eq!(of_1900(1e12, "yyyy-mm-dd"), "1000000000000");
    }
}
