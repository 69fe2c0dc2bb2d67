//! Dates in digits that are not EDTF, such as `04/08/2021`: never guessed, always refused with the readings that they have.

use chrono::NaiveDate;

use super::error::{DateError, DateErrorKind};
use super::text_piece::TextPiece;

/// Whether it looks like a date in digits that is not EDTF: before anything else, for it may hold a `/`.
pub(super) fn looks_numeric(text: &str) -> bool {
    digit_groups(text).is_some_and(|(separator, groups)| {
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let short = |length: &usize| *length <= 2;
        match lengths.as_slice() {
            [4, rest @ ..] | [rest @ .., 4] => {
                separator != '-' && !rest.is_empty() && rest.iter().all(short)
            }
            [_, _, _] => lengths.iter().all(short),
            _ => false,
        }
    })
}

/// Two or three groups of digits with the same separator.
fn digit_groups(text: &str) -> Option<(char, Vec<&str>)> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let groups: Vec<&str> = text.split(separator).collect();
    let digits =
        |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (2..=3).contains(&groups.len()) && groups.iter().all(digits);
    fits.then_some((separator, groups))
}

/// Dates in digits whose parts are in another order, or are not padded.
pub(super) fn of(piece: TextPiece<'_>) -> Option<DateError> {
    let text = piece.text;
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let groups = [text.get(..4)?, text.get(4..6)?, text.get(6..)?];
        return Some(misordered(piece, &[real_day(groups)?]));
    }
    let (_, groups) = digit_groups(text)?;
    let readings = match *groups.as_slice() {
        [year, month, day] if year.len() == 4 => vec![real_day([year, month, day])],
        [a, b, year] if year.len() == 4 => vec![real_day([year, b, a]), real_day([year, a, b])],
        [a, b, year] if [a, b, year].iter().all(|group| group.len() <= 2) => {
            return Some(century_missing(piece));
        }
        [year, month] | [month, year] if year.len() == 4 && month.len() <= 2 => {
            vec![real_month(year, month)]
        }
        _ => return None,
    };
    let mut readings: Vec<DigitReading> = readings.into_iter().flatten().collect();
    readings.dedup();
    if readings.iter().any(|reading| reading.edtf == text) {
        return None;
    }
    (!readings.is_empty()).then(|| misordered(piece, &readings))
}

/// What a text in digits could mean.
#[derive(PartialEq)]
struct DigitReading {
    edtf: String,
    words: String,
}

fn real_day([year, month, day]: [&str; 3]) -> Option<DigitReading> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(DigitReading {
        edtf: date.format("%Y-%m-%d").to_string(),
        words: date.format("%-d %B %Y").to_string(),
    })
}

fn real_month(year: &str, month: &str) -> Option<DigitReading> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    Some(DigitReading {
        edtf: date.format("%Y-%m").to_string(),
        words: date.format("%B %Y").to_string(),
    })
}

fn misordered(piece: TextPiece<'_>, readings: &[DigitReading]) -> DateError {
    let error = if readings.len() > 1 {
        let message = format!("`{}` could be two days", piece.text);
        piece.error(DateErrorKind::Ambiguous, message)
    } else {
        let message = format!("`{}` is not written as EDTF", piece.text);
        piece.error(DateErrorKind::NotEdtf, message)
    };
    let readings = readings.iter();
    error.with_readings(readings.map(|it| (it.edtf.clone(), format!(" for {}", it.words))))
}

fn century_missing(piece: TextPiece<'_>) -> DateError {
    piece
        .error(
            DateErrorKind::Ambiguous,
            format!("`{}` could be several days", piece.text),
        )
        .with_help(
            "write the year with four digits, then the month, then the day, as in `2021-08-14`",
        )
}

#[cfg(test)]
mod tests {
    use super::super::{DateErrorKind, EventDate};

    fn check(text: &str, kind: DateErrorKind, at: &str, help: &str) {
        let error = EventDate::parse(text).expect_err(text);
        assert_eq!(
            (error.kind, text.get(error.range.clone())),
            (kind, Some(at)),
            "{text}"
        );
        let said = error.help.unwrap_or_default();
        assert!(said.contains(help), "{text}: {said}");
    }

    #[test]
    fn a_day_and_month_that_could_change_places_are_both_listed() {
        let help = "write `2021-08-04` for 4 August 2021, or `2021-04-08` for 8 April 2021";
        check("04/08/2021", DateErrorKind::Ambiguous, "04/08/2021", help);
        check(" 4.8.2021 ", DateErrorKind::Ambiguous, "4.8.2021", help);
    }

    #[test]
    fn a_day_in_digits_with_one_reading_is_refused_with_its_notation() {
        check(
            "25/03/2024",
            DateErrorKind::NotEdtf,
            "25/03/2024",
            "`2024-03-25` for 25 March 2024",
        );
        check(
            "2024/03/25",
            DateErrorKind::NotEdtf,
            "2024/03/25",
            "`2024-03-25`",
        );
        check(
            "2024-3-5",
            DateErrorKind::NotEdtf,
            "2024-3-5",
            "`2024-03-05`",
        );
        check(
            "20240325",
            DateErrorKind::NotEdtf,
            "20240325",
            "`2024-03-25`",
        );
        check(
            "03/2024",
            DateErrorKind::NotEdtf,
            "03/2024",
            "`2024-03` for March 2024",
        );
        check(
            "05/05/2024",
            DateErrorKind::NotEdtf,
            "05/05/2024",
            "`2024-05-05`",
        );
    }

    #[test]
    fn a_year_of_two_digits_is_ambiguous() {
        check(
            "04/08/21",
            DateErrorKind::Ambiguous,
            "04/08/21",
            "four digits",
        );
    }
}
