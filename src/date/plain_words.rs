//! The plain words of advisories, each with one exact meaning. Case does not matter.
//!
//! `early`, `mid`, `late` (of a year or month), `Q1` to `Q4`, `H1`, `H2`, names of months and seasons, `2020s`;
//! `about`, `around`, `approximately`, `circa`, `c.`; `by`, `before`, `no later than`; `since`, `from`,
//! `since at least`; `from … to …`, `between … and …`.
//!
//! *By August* may be in August; *before August* is not, in a date as in a filter and a sentence.

use edtf_core::Edtf;
use memchr::memchr;

use super::error::DateError;
use super::expression::{DatePart, StatedDate};
use super::names::{code, month};
use super::refuse;
use super::text_piece::TextPiece;

const ABOUT: [&str; 7] = [
    "about ",
    "around ",
    "approximately ",
    "circa ",
    "ca. ",
    "c. ",
    "c ",
];
const LIMITS: [(&str, &str); 3] = [
    ("by ", "by"),
    ("before ", "before"),
    ("no later than ", "by"),
];
const SINCE: [&str; 2] = ["since ", "from "];
const SINCE_AT_LEAST: [&str; 2] = ["since at least ", "at least since "];
const JOINERS: [&str; 3] = [" to ", " – ", " - "];
const PARTS: [(&str, DatePart); 3] = [
    ("early", DatePart::Early),
    ("mid", DatePart::Mid),
    ("late", DatePart::Late),
];

/// Whether words may give a date its form: each word that does has a space before it or behind it.
pub(super) fn may_have_words(piece: TextPiece<'_>) -> bool {
    memchr(b' ', piece.text.as_bytes()).is_some()
}

/// What follows *about*.
pub(super) fn about(piece: TextPiece<'_>) -> Option<TextPiece<'_>> {
    if !may_have_words(piece) {
        return None;
    }
    ABOUT.iter().find_map(|word| piece.after_word(word))
}

/// What follows *by* or *before*, and which of them.
pub(super) fn limit(piece: TextPiece<'_>) -> Option<(&'static str, TextPiece<'_>)> {
    LIMITS
        .iter()
        .find_map(|(word, name)| Some((*name, piece.after_word(word)?)))
}

/// What follows *since*.
pub(super) fn since(piece: TextPiece<'_>) -> Option<TextPiece<'_>> {
    SINCE.iter().find_map(|word| piece.after_word(word))
}

/// What follows *since at least*.
pub(super) fn since_at_least(piece: TextPiece<'_>) -> Option<TextPiece<'_>> {
    SINCE_AT_LEAST
        .iter()
        .find_map(|word| piece.after_word(word))
}

/// What follows *by* where it is the start of an interval: `by 2010/2012`. *Before 2010/2012* has two readings.
pub(super) fn start_by(piece: TextPiece<'_>) -> Option<TextPiece<'_>> {
    let (limit, rest) = limit(piece)?;
    (limit == "by").then_some(rest)
}

/// `between a and b`
pub(super) fn between(piece: TextPiece<'_>) -> Option<(TextPiece<'_>, TextPiece<'_>)> {
    piece.after_word("between ")?.split_at_word(" and ")
}

/// `a to b`, with or without *from*; `a – b`, with white space around the dash.
pub(super) fn from_to(piece: TextPiece<'_>) -> Option<(TextPiece<'_>, TextPiece<'_>)> {
    let piece = piece.after_word("from ").unwrap_or(piece);
    let ends = JOINERS
        .iter()
        .find_map(|joiner| piece.split_at_word(joiner))?;
    let written = |end: TextPiece<'_>| !end.trimmed().text.is_empty();
    (written(ends.0) && written(ends.1)).then_some(ends)
}

/// A single date in words; `None` where the words are not known.
pub(super) fn read(piece: TextPiece<'_>) -> Option<Result<StatedDate<'_>, DateError>> {
    if let Some((part, rest)) = part(piece) {
        let date = whole(rest.trimmed())?;
        return Some(date.and_then(|date| date.part(part).ok_or_else(|| refuse::part(piece))));
    }
    whole(piece)
}

/// `late 2021` and `late-2021` alike.
fn part(piece: TextPiece<'_>) -> Option<(DatePart, TextPiece<'_>)> {
    PARTS.iter().find_map(|(word, part)| {
        let rest = piece.after_word(word)?;
        Some((
            *part,
            rest.after_word(" ").or_else(|| rest.after_word("-"))?,
        ))
    })
}

/// A year, month, day, quarter, half, season or decade, in words or EDTF.
fn whole(piece: TextPiece<'_>) -> Option<Result<StatedDate<'_>, DateError>> {
    if let Ok(Edtf::Date(date)) = Edtf::parse(piece.text) {
        return Some(Ok(StatedDate::calendar(date, piece.text)));
    }
    let lower = piece.text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(' ').filter(|word| !word.is_empty()).collect();
    let edtf = match *words.as_slice() {
        [decade] | ["the", decade] => return decade_of(piece, decade),
        [name, year] => format!(
            "{}-{:02}{}",
            year_digits(year)?,
            code(name)?,
            qualifier(year)
        ),
        [first, second, year] => {
            let (month, day) = month_and_day(first, second)?;
            format!(
                "{}-{month:02}-{day:02}{}",
                year_digits(year)?,
                qualifier(year)
            )
        }
        _ => return None,
    };
    match Edtf::parse(&edtf) {
        Ok(Edtf::Date(date)) => Some(Ok(StatedDate::calendar(date, &edtf))),
        _ => Some(Err(refuse::no_such_day(piece, &edtf))),
    }
}

/// `2020s`; not `2000s`, which may be the century.
fn decade_of<'a>(piece: TextPiece<'a>, word: &str) -> Option<Result<StatedDate<'a>, DateError>> {
    let decade = word.strip_suffix("0s").and_then(three_digits)?;
    if decade.ends_with('0') {
        return Some(Err(refuse::decade_or_century(piece, decade)));
    }
    match Edtf::parse(&format!("{decade}X")) {
        Ok(Edtf::Date(date)) => Some(Ok(StatedDate::calendar(date, ""))),
        _ => None,
    }
}

/// `25 March` and `March 25,`
fn month_and_day(first: &str, second: &str) -> Option<(u8, u8)> {
    match month(second) {
        Some(month) => Some((month, day(first)?)),
        None => Some((
            month(first)?,
            day(second.strip_suffix(',').unwrap_or(second))?,
        )),
    }
}

fn day(text: &str) -> Option<u8> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = text
        .strip_prefix(digits)
        .is_some_and(|end| matches!(end, "" | "st" | "nd" | "rd" | "th"));
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (ordinal && plain).then(|| digits.parse().ok()).flatten()
}

fn year_digits(text: &str) -> Option<&str> {
    let digits = text.trim_end_matches(['~', '?', '%']);
    let plain =
        digits.len() == 4 && text.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(digits)
}

fn qualifier(year: &str) -> &str {
    year.get(4..).unwrap_or_default()
}

fn three_digits(text: &str) -> Option<&str> {
    (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::EventDate;

    /// That words mean what EDTF writes.
    fn check(words: &str, edtf: &str) {
        let (words, edtf) = (
            EventDate::parse(words).expect(words),
            EventDate::parse(edtf).expect(edtf),
        );
        assert_eq!(words.order_key(), edtf.order_key(), "{words} is not {edtf}");
        assert_eq!(
            (words.shape(), words.core()),
            (edtf.shape(), edtf.core()),
            "{words} is not {edtf}"
        );
    }

    #[test]
    fn parts_of_a_year_are_what_edtf_calls_approximate_thirds() {
        check("early 2021", "2021-37~");
        check("Mid-2021", "2021-38~");
        check("late 2021", "2021-39~");
    }

    #[test]
    fn months_may_be_named() {
        check("August 2021", "2021-08");
        check("sept 2021", "2021-09");
        check("late Aug. 2021", "late 2021-08");
    }

    #[test]
    fn days_may_be_named_in_either_order() {
        check("25 March 2024", "2024-03-25");
        check("3rd Mar 2024", "2024-03-03");
        check("March 25, 2024", "2024-03-25");
    }

    #[test]
    fn quarters_halves_seasons_and_decades_have_names() {
        check("Q3 2021", "2021-35");
        check("h1 2021", "2021-40");
        check("winter 2021", "2021-24");
        check("the 2020s", "202X");
    }

    #[test]
    fn about_is_a_tilde() {
        check("about 2021-08", "2021-08~");
        check("c. August 2021", "2021-08~");
        check("Circa 2021?", "2021%");
    }

    #[test]
    fn by_and_before_set_a_limit() {
        check("by 2021-08", "[..2021-08]");
        check("before August 2021", "[..2021-07]");
        check("before 2021-08-14", "[..2021-08-13]");
        check("no later than 2021", "[..2021]");
    }

    #[test]
    fn since_goes_on() {
        check("since August 2021", "2021-08/..");
    }

    #[test]
    fn intervals_may_be_in_words() {
        check("late 2021 to October 2022", "2021-39~/2022-10");
        check("from 2021-08 to 2022", "2021-08/2022");
        check("August 2021 - October 2022", "2021-08/2022-10");
        check("between August 2021 and October 2022", "[2021-08..2022-10]");
    }
}
