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
    let help = match (names::code(&name.to_ascii_lowercase()), is_year) {
        (Some(code), true) => format!("write `{name} {year}`, or `{year}-{code}` in EDTF"),
        (Some(_), false) => format!("write the year after it, as in `{name} 2021`"),
        (None, _) => "a year has quarters from Q1 to Q4 and halves H1 and H2".to_owned(),
    };
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not a date", piece.text),
    );
    Some(error.with_help(help))
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
        return Some(explained(
            piece,
            format!(
                "write `{from}..{to}` in a set, or the interval `{from}/{to}` without brackets"
            ),
        ));
    }
    let (from, to) = piece.split_at_word(" or ").filter(|it| are_dates(*it))?;
    let (from, to) = (from.trimmed().text, to.trimmed().text);
    Some(explained(
        piece,
        format!("write `[{from}, {to}]` for one of the two"),
    ))
}

fn range_of(
    whole: TextPiece<'_>,
    (from, to): (TextPiece<'_>, TextPiece<'_>),
    are_dates: bool,
) -> Option<DateError> {
    let help = match (from.text, to.text) {
        ("", "") => "write a date before the `..`, after it, or on both sides".to_owned(),
        ("", to) => {
            format!("write `../{to}` for what ended then, or `[..{to}]` for what took place once")
        }
        (from, "") => {
            format!("write `{from}/..` for what goes on, or `[{from}..]` for what took place once")
        }
        (first, last) if are_dates => format!(
            "write `{first}/{last}` for what lasted from the one to the other, or `[{first}..{last}]` for what took \
             place once in between"
        ),
        _ => return None,
    };
    Some(explained(whole, help))
}

fn explained(piece: TextPiece<'_>, help: String) -> DateError {
    let message = format!("`{}` is not a date", piece.text);
    piece.error(DateErrorKind::NotEdtf, message).with_help(help)
}
