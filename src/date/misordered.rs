//! Dates in another order than dateline reads, or without their brackets: never guessed, always refused with the right
//! notation.

use super::error::{DateError, DateErrorKind};
use super::names;
use super::text_piece::TextPiece;

/// `2021-Q3`, `2021Q3`, `Q3-2021`, `Q5 2021`, or a quarter without its year.
pub(super) fn grouping(piece: TextPiece<'_>) -> Option<DateError> {
    let text = piece.text.to_ascii_uppercase();
    let parts = text.split_once(['Q', 'H'])?;
    let sign = text.get(parts.0.len()..=parts.0.len())?;
    let is_joint = |c: char| c == '-' || c == '/' || c.is_whitespace();
    let before = parts.0.trim_end_matches(is_joint);
    let number: String = parts.1.chars().take(1).collect();
    let after = parts.1.get(number.len()..)?.trim_start_matches(is_joint);
    number.parse::<u8>().ok()?;
    let ((year, "") | ("", year)) = (before, after) else {
        return None;
    };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    if !is_year && !year.is_empty() {
        return None;
    }
    let name = format!("{sign}{number}");
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not a date", piece.text),
    );
    Some(match (names::code(&name.to_ascii_lowercase()), is_year) {
        (Some(code), true) => error
            .or_reading(format!("{name} {year}"), "")
            .with_help(format!("write `{name} {year}`, or `{year}-{code}` in EDTF")),
        (Some(_), false) => {
            error.with_help(format!("write the year after it, as in `{name} 2021`"))
        }
        (None, _) => error.with_help("a year has quarters from Q1 to Q4 and halves H1 and H2"),
    })
}

/// Two dates and what joins them are no longer than this, in bytes; longer texts are not taken apart.
const LONGEST: usize = 120;

/// `2021..2022` and its like outside of brackets; `2021/2022`, `2021 or 2022` inside them.
pub(super) fn range(piece: TextPiece<'_>, is_date: fn(TextPiece<'_>) -> bool) -> Option<DateError> {
    let are_dates = |(from, to)| is_date(from) && is_date(to);
    if piece.text.len() > LONGEST {
        return None;
    }
    if let Some((from, to)) = piece.split_once("..") {
        let to = to.tail(to.text.trim_start_matches('.'));
        let ends = (from.trimmed(), to.trimmed());
        return range_of(piece, ends, are_dates(ends));
    }
    if let Some((from, to)) = piece.split_once("/").filter(|it| are_dates(*it)) {
        let (from, to) = (from.trimmed().text, to.trimmed().text);
        let help = format!(
            "write `{from}..{to}` in a set, or the interval `{from}/{to}` without brackets"
        );
        let error = not_a_date(piece).or_reading(format!("{from}..{to}"), "");
        return Some(error.with_help(help));
    }
    let (from, to) = piece.split_at_word(" or ").filter(|it| are_dates(*it))?;
    let (from, to) = (from.trimmed().text, to.trimmed().text);
    let reading = (format!("[{from}, {to}]"), " for one of the two");
    Some(not_a_date(piece).with_readings([reading]))
}

fn range_of(
    whole: TextPiece<'_>,
    (from, to): (TextPiece<'_>, TextPiece<'_>),
    are_dates: bool,
) -> Option<DateError> {
    let error = not_a_date(whole);
    Some(match (from.text, to.text) {
        ("", "") => error.with_help("write a date before the `..`, after it, or on both sides"),
        ("", to) => error.with_readings([
            (format!("../{to}"), " for what ended then"),
            (format!("[..{to}]"), " for what took place once"),
        ]),
        (from, "") => error.with_readings([
            (format!("{from}/.."), " for what goes on"),
            (format!("[{from}..]"), " for what took place once"),
        ]),
        (first, last) if are_dates => error.with_readings([
            (
                format!("{first}/{last}"),
                " for what lasted from the one to the other",
            ),
            (
                format!("[{first}..{last}]"),
                " for what took place once in between",
            ),
        ]),
        _ => return None,
    })
}

fn not_a_date(piece: TextPiece<'_>) -> DateError {
    let message = format!("`{}` is not a date", piece.text);
    piece.error(DateErrorKind::NotEdtf, message)
}
