//! Dates whose year, month, day and time are in columns of their own.

use std::borrow::Cow;

use crate::date::foreign::{self, DayMonthOrder};

/// The date of a year, a month, a day and a time of day, in the notation of timelines. It is as coarse as these are
/// filled. `None` without a year.
pub(super) fn date_of_parts([year, month, day, time]: [&str; 4]) -> Option<String> {
    let year = year_of(&whole(year))?;
    let Some(month) = number_of(&whole(month), &MONTHS) else {
        return Some(year);
    };
    let Some(day) = number_of(&whole(day), &[]) else {
        return Some(format!("{year}-{month}"));
    };
    let day = format!("{year}-{month}-{day}");
    if time.is_empty() {
        return Some(day);
    }
    // `1430` has no colon, `9:05 PM` an hour of one digit and a half of the day.
    let is_of_digits = matches!(time.len(), 3 | 4) && time.bytes().all(|it| it.is_ascii_digit());
    let time = match time.split_at_checked(time.len().saturating_sub(2)) {
        Some((hour, minute)) if is_of_digits => format!("{hour}:{minute}"),
        _ => time.to_owned(),
    };
    match foreign::rewritten(&format!("{day} {time}"), DayMonthOrder::Unknown) {
        Some(Ok(date)) => Some(date),
        _ => Some(format!("{day}T{time}")),
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A number as a program writes it that knows no whole numbers, without the sign between its thousands.
fn whole(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let is_sign = |it: char| it == ',' || it == ' ';
    let is_in_thousands =
        text.contains(is_sign) && text.chars().all(|it| it.is_ascii_digit() || is_sign(it));
    if is_in_thousands {
        return Cow::Owned(text.replace(is_sign, ""));
    }
    Cow::Borrowed(text)
}

/// A year of four digits, or more behind a `Y`.
fn year_of(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    if digits.is_empty() {
        return None;
    }
    Some(match digits.parse::<u32>() {
        Ok(year) if year <= 9999 => format!("{sign}{year:04}"),
        Ok(year) => format!("Y{sign}{year}"),
        // What is not a year is reported as it is written.
        Err(_) => text.to_owned(),
    })
}

/// A number of two digits; `None` if there is none.
fn number_of(text: &str, names: &[&str]) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let by_name = names.iter().position(|name| lower.starts_with(name));
    Some(match (by_name, text.parse::<u8>()) {
        (Some(at), _) => format!("{:02}", at + 1),
        (None, Ok(number)) => format!("{number:02}"),
        (None, Err(_)) => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_coarse_as_its_parts_are_filled() {
        let cases = [
            (["1815", "", "", ""], Some("1815")),
            (["2021", "8", "", ""], Some("2021-08")),
            (["2021", "August", "", ""], Some("2021-08")),
            (["2021", "8", "14", ""], Some("2021-08-14")),
            (["2021.0", "8.0", "14.0", "9:05"], Some("2021-08-14T09:05")),
            (["2021", "8", "14", "10:22:33"], Some("2021-08-14T10:22:33")),
            (["2021", "8", "14", "9:05 PM"], Some("2021-08-14T21:05")),
            (["2021", "8", "14", "1430"], Some("2021-08-14T14:30")),
            (["2021", "8", "14", "noon"], Some("2021-08-14Tnoon")),
            (["1,998", "", "", ""], Some("1998")),
            (["2021", "", "14", "10:22"], Some("2021")),
            (["-500", "", "", ""], Some("-0500")),
            (["", "8", "14", ""], None),
            (["2021", "13", "", ""], Some("2021-13")),
        ];
        for (parts, expected) in cases {
            assert_eq!(date_of_parts(parts).as_deref(), expected, "{parts:?}");
        }
    }
}
