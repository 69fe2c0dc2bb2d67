//! Dates whose year, month, day and time are in columns of their own.

/// The date of a year, a month, a day and a time of day, in the notation of timelines. It is as coarse as these are
/// filled. `None` without a year.
pub(super) fn date_of_parts([year, month, day, time]: [&str; 4]) -> Option<String> {
    let year = year_of(whole(year))?;
    let Some(month) = number_of(whole(month), &MONTHS) else {
        return Some(year);
    };
    let Some(day) = number_of(whole(day), &[]) else {
        return Some(format!("{year}-{month}"));
    };
    let day = format!("{year}-{month}-{day}");
    if time.is_empty() {
        return Some(day);
    }
    // `9:05` has an hour of one digit.
    let hour = time.find(':').unwrap_or(0);
    let zero = if hour == 1 { "0" } else { "" };
    Some(format!("{day}T{zero}{time}"))
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A number as a program writes it that knows no whole numbers.
fn whole(text: &str) -> &str {
    text.trim().strip_suffix(".0").unwrap_or(text.trim())
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
