//! Texts that are not dates: the mistake, the readings they could have, and how to correct them.

use chrono::{Datelike, NaiveDate, Weekday};
use edtf_core::Edtf;

use super::error::{DateError, DateErrorKind, DateReading};
use super::text_piece::TextPiece;
use super::{misordered, names, numeric_dates};

const EXPECTED_OFFSET: &str = "`Z`, or an offset such as `+02:00` or `-05`";
const EXPECTED_TIME: &str = "a time such as `10:22`, `10:22:33` or `10:22:33.5Z`";

pub(super) fn empty(piece: TextPiece<'_>) -> DateError {
    piece
        .error(DateErrorKind::Empty, "the date is empty")
        .with_help("leave the key out when the date is not known")
}

/// A single date that could not be read. `is_date` says whether a part of it is one.
pub(super) fn date(piece: TextPiece<'_>, is_date: fn(TextPiece<'_>) -> bool) -> DateError {
    if piece.text.is_empty() {
        return empty(piece);
    }
    let known = numeric_dates::of(piece)
        .or_else(|| {
            piece
                .split_once("/")
                .and_then(|(from, to)| abbreviated(from, to))
        })
        .or_else(|| week_or_ordinal(piece))
        .or_else(|| shortened(piece))
        .or_else(|| missing(piece))
        .or_else(|| misordered::grouping(piece))
        .or_else(|| misordered::range(piece, is_date))
        .or_else(|| near_miss(piece));
    known.unwrap_or_else(|| other(piece))
}

fn other(piece: TextPiece<'_>) -> DateError {
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not a date", piece.text),
    );
    match Edtf::parse(piece.text) {
        // Its message helps where the text is close to EDTF, and misleads where it is prose.
        Err(reason) if is_edtf_like(piece.text) => match reason.message {
            "day is out of range for the month" => no_such_day(piece, piece.text),
            "month must be 01-12 or a sub-year code 21-41"
            | "no calendar month matches the unspecified digits" => no_such_month(piece),
            message => error.with_help(format!("correct the EDTF: {message}")),
        },
        _ => error,
    }
}

fn is_edtf_like(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || b"-XYES?~%".contains(&byte))
}

/// A day that a month does not have, as written and as EDTF.
pub(super) fn no_such_day(piece: TextPiece<'_>, edtf: &str) -> DateError {
    let error = piece.error(
        DateErrorKind::OutOfCalendar,
        format!("there is no day `{}`", piece.text),
    );
    let Some(first) = first_of_month(edtf) else {
        return error;
    };
    error.with_help(format!(
        "{} has {} days",
        first.format("%B %Y"),
        first.num_days_in_month()
    ))
}

fn first_of_month(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    NaiveDate::from_ymd_opt(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, 1)
}

fn no_such_month(piece: TextPiece<'_>) -> DateError {
    piece
        .error(
            DateErrorKind::OutOfCalendar,
            format!("there is no month `{}`", piece.text),
        )
        .with_help("write a month from 01 to 12, or a season or quarter as a code from 21 to 41")
}

/// The day of a date-time.
pub(super) fn day_of(piece: TextPiece<'_>) -> Result<NaiveDate, DateError> {
    NaiveDate::parse_from_str(piece.text, "%Y-%m-%d").map_err(|_| {
        match first_of_month(piece.text) {
            Some(_) => no_such_day(piece, piece.text),
            None => no_such_month(piece),
        }
    })
}

pub(super) fn time(piece: TextPiece<'_>) -> DateError {
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not a time of day", piece.text),
    );
    let error = DateError {
        expected: EXPECTED_TIME.to_owned(),
        ..error
    };
    if piece.text.contains('−') {
        return error
            .or_reading(piece.text.replace('−', "-"), "")
            .with_help("write the offset with the hyphen `-`, not with the sign `−`");
    }
    error.with_help(
        "write two digits each for hours, minutes and seconds, then `Z` for UTC or an offset",
    )
}

pub(super) fn offset(zone: TextPiece<'_>) -> DateError {
    let error = zone.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not an offset from UTC", zone.text),
    );
    let error = DateError {
        expected: EXPECTED_OFFSET.to_owned(),
        ..error
    };
    error.with_help("write hours and minutes of the offset with a colon, as in `+02:00`")
}

/// `1900s`
pub(super) fn decade_or_century(piece: TextPiece<'_>, decade: &str) -> DateError {
    let century = decade.strip_suffix('0').unwrap_or(decade);
    let message = format!("`{}` could be a decade or a century", piece.text);
    piece
        .error(DateErrorKind::Ambiguous, message)
        .with_readings([
            (format!("{decade}X"), " for the decade"),
            (format!("{century}XX"), " for the century"),
        ])
}

pub(super) fn negative_zero(zone: TextPiece<'_>) -> DateError {
    zone.error(
        DateErrorKind::NotEdtf,
        format!("`{}` stands for an offset that is not known", zone.text),
    )
    .with_help("write `Z` for UTC, or no offset at all")
}

pub(super) fn part(piece: TextPiece<'_>) -> DateError {
    piece
        .error(
            DateErrorKind::NotEdtf,
            format!("`{}` has no exact meaning", piece.text),
        )
        .with_help(
            "say early, mid or late of a year or a month, as in `late 2021` or `late 2021-08`",
        )
}

pub(super) fn reversed(from: TextPiece<'_>, to: TextPiece<'_>, joiner: &str) -> DateError {
    let turned = DateReading {
        range: from.range().start..to.range().end,
        text: format!("{}{joiner}{}", to.text, from.text),
        purpose: String::new(),
    };
    let mut error = to
        .error(
            DateErrorKind::EndsBeforeItStarts,
            format!("`{}` is before the start, `{}`", to.text, from.text),
        )
        .with_help(format!("write the earlier date first: `{}`", turned.text));
    error.readings.push(turned);
    error
}

pub(super) fn no_endpoint(whole: TextPiece<'_>) -> DateError {
    whole
        .error(
            DateErrorKind::NotEdtf,
            "an interval needs a date on at least one side",
        )
        .with_help("leave the key out when the date is not known")
}

pub(super) fn unclosed(piece: TextPiece<'_>, close: char) -> DateError {
    piece
        .error(
            DateErrorKind::NotEdtf,
            format!("the set `{}` does not end with `{close}`", piece.text),
        )
        .or_reading(format!("{}{close}", piece.text), "")
        .with_help(format!("add the `{close}`"))
}

pub(super) fn no_member(piece: TextPiece<'_>) -> DateError {
    let help = match piece.text {
        ".." => "write a date before the `..`, after it, or on both sides",
        _ => "write a date, or remove the comma",
    };
    piece
        .error(DateErrorKind::NotEdtf, "a member of the set has no date")
        .with_help(help)
}

pub(super) fn uneven_range(from: TextPiece<'_>, to: TextPiece<'_>) -> DateError {
    to.error(
        DateErrorKind::NotEdtf,
        format!(
            "`{}` and `{}` do not state the same unit",
            from.text, to.text
        ),
    )
    .with_help("write both ends of a range as years, as months or as days")
}

/// More than one `/`.
pub(super) fn slashes(piece: TextPiece<'_>) -> DateError {
    let day = piece.split_once(" ").map(|(day, _)| day);
    let day = day.filter(|day| numeric_dates::looks_numeric(day.text));
    if let Some(day) = day {
        return numeric_dates::of(day).unwrap_or_else(|| {
            let message = format!("there is no day `{}`", day.text);
            day.error(DateErrorKind::OutOfCalendar, message)
        });
    }
    piece
        .error(
            DateErrorKind::NotEdtf,
            format!("`{}` has more than one `/`", piece.text),
        )
        .with_help("write an interval as `start/end`, and the parts of a date with `-`")
}

/// An end that repeats nothing of the start, as in `2021-08-14/16`.
pub(super) fn abbreviated(from: TextPiece<'_>, to: TextPiece<'_>) -> Option<DateError> {
    let is_date = |text: &str| text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let same = from.text.len().checked_sub(to.text.len())?;
    if same == 0 || !is_date(from.text) || !is_date(to.text) {
        return None;
    }
    let meant = format!("{}{}", from.text.get(..same)?, to.text);
    Edtf::parse(&meant).ok()?;
    let error = to.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not the whole of a date", to.text),
    );
    let help = format!("write `{meant}` if that is meant: both ends are whole dates");
    Some(error.or_reading(meant, "").with_help(help))
}

/// A time of day that no day has.
pub(super) fn no_such_time(clock: TextPiece<'_>) -> DateError {
    let message = format!("there is no time of day `{}`", clock.text);
    DateError {
        expected: EXPECTED_TIME.to_owned(),
        ..clock.error(DateErrorKind::OutOfCalendar, message)
    }
}

pub(super) fn no_such_offset(zone: TextPiece<'_>) -> DateError {
    let message = format!("there is no offset `{}` from UTC", zone.text);
    DateError {
        expected: EXPECTED_OFFSET.to_owned(),
        ..zone.error(DateErrorKind::OutOfCalendar, message)
    }
}

/// `202` and `20`, which other tools read as a decade and a century.
fn shortened(piece: TextPiece<'_>) -> Option<DateError> {
    let digits = piece.text.bytes().all(|byte| byte.is_ascii_digit());
    let (unit, full) = match piece.text.len() {
        2 => ("century", format!("{}XX", piece.text)),
        3 => ("decade", format!("{}X", piece.text)),
        5.. => ("year of more than four digits", format!("Y{}", piece.text)),
        _ => return None,
    };
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` is not a year", piece.text),
    );
    let help = format!("write `{full}` for a {unit}, or the year with four digits");
    digits.then(|| {
        error
            .or_reading(full, format!(" for a {unit}"))
            .with_help(help)
    })
}

/// `2024-W13`, `2024-W13-1` and `2024-085`: ISO 8601, and not EDTF.
fn week_or_ordinal(piece: TextPiece<'_>) -> Option<DateError> {
    let (year, rest) = piece.text.split_once('-')?;
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if year.len() != 4 || !is_digits(year) {
        return None;
    }
    let number = year.parse().ok()?;
    let message = format!("`{}` is not written as EDTF", piece.text);
    let error = piece.error(DateErrorKind::NotEdtf, message);
    let missing = |what: &str| {
        let message = format!("there is no {what} `{}`", piece.text);
        piece.error(DateErrorKind::OutOfCalendar, message)
    };
    let Some(week) = rest.strip_prefix(['W', 'w']) else {
        if rest.len() != 3 || !is_digits(rest) {
            return None;
        }
        return Some(match NaiveDate::from_yo_opt(number, rest.parse().ok()?) {
            Some(day) => error.with_readings([(day.to_string(), "")]),
            None => missing("day"),
        });
    };
    let (week, day) = match week.split_once('-') {
        Some((week, day)) => (week, Some(day)),
        None => (week, None),
    };
    if week.len() != 2 || !is_digits(week) || !day.is_none_or(is_digits) {
        return None;
    }
    let of_week = |day: u8| {
        let day = Weekday::try_from(day.checked_sub(1)?).ok()?;
        NaiveDate::from_isoywd_opt(number, week.parse().ok()?, day)
    };
    let Some(day) = day else {
        return Some(match (of_week(1), of_week(7)) {
            (Some(first), Some(last)) => error.with_readings([
                (format!("{first}/{last}"), " for what lasted the week"),
                (
                    format!("[{first}..{last}]"),
                    " for what took place once in it",
                ),
            ]),
            _ => missing("week"),
        });
    };
    Some(match of_week(day.parse().ok()?) {
        Some(day) => {
            let purpose = format!(", the {} of that week", day.format("%A"));
            error.with_readings([(day.to_string(), purpose)])
        }
        None => missing("day"),
    })
}

/// `winter 2020/21`: one winter, in the years of its beginning and its end.
pub(super) fn winter(piece: TextPiece<'_>) -> Option<DateError> {
    let (year, next) = piece.after_word("winter ")?.text.split_once('/')?;
    let first: u32 = year.parse().ok().filter(|_| year.len() == 4)?;
    let last = match next.len() {
        2 => first / 100 * 100 + next.parse::<u32>().ok()?,
        4 => next.parse().ok()?,
        _ => return None,
    };
    let is_one = last == first + 1 || (next == "00" && (first + 1).is_multiple_of(100));
    let message = format!("`{}` is not written as EDTF", piece.text);
    let error = piece.error(DateErrorKind::NotEdtf, message);
    let last = first + 1;
    is_one.then(|| {
        error.with_readings([
            (
                format!("[{first}-12..{last}-02]"),
                " for what took place once in it",
            ),
            (
                format!("{first}-12/{last}-02"),
                " for what lasted the winter",
            ),
        ])
    })
}

/// Words for the present, which moves, and for the unknown, which has its own notation.
fn missing(piece: TextPiece<'_>) -> Option<DateError> {
    let lower = piece.text.to_ascii_lowercase();
    let (message, help) = match lower.as_str() {
        "present" | "now" | "ongoing" | "today" | "current" | "date" | "the present" => (
            format!("`{}` is not a date: it moves as time goes by", piece.text),
            "write `..` as the end for what goes on, as in `2021-08/..`, or the day it was written",
        ),
        "unknown" | "undated" | "n/a" | "tbc" | "tbd" | "none" | "?" | "-" => (
            format!("`{}` is not a date", piece.text),
            "leave the key out when the date is not known, or write nothing on that side of the `/`",
        ),
        _ => return None,
    };
    Some(piece.error(DateErrorKind::NotEdtf, message).with_help(help))
}

/// Words close to those that have an exact meaning.
fn near_miss(piece: TextPiece<'_>) -> Option<DateError> {
    let lower = piece.text.to_ascii_lowercase();
    let first = lower.split([' ', '-']).next().unwrap_or_default();
    let help = match first {
        "after" => {
            "write `since …` for what goes on, or `[…..]` for what took place once, no earlier than that"
        }
        "until" | "till" => "write `../…` for what ended then, or `by …` for what took place once",
        "end" | "start" | "beginning" | "the" => "say `early`, `mid` or `late`, or name the month",
        "by" => {
            "say it of a whole date or of the start of an interval, not of its end or of one member of a set"
        }
        "before" | "since" | "from" | "between" => {
            "say it of a whole date, not of one side of an interval or one member of a set"
        }
        "early" | "mid" | "late" => return Some(part(piece)),
        _ if lower.contains(':') => "write a date-time as in `2021-08-14T10:22:33Z`",
        _ if names::month(first).is_some() => {
            "write a day as in `25 March 2024`, a month as in `March 2024`"
        }
        _ => return None,
    };
    let error = piece.error(
        DateErrorKind::NotEdtf,
        format!("`{}` has no exact meaning", piece.text),
    );
    Some(error.with_help(help))
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
        let said = error.help.clone().unwrap_or_default();
        assert!(said.contains(help), "{text}: {said}");
    }

    #[test]
    fn what_the_calendar_lacks_is_named() {
        check(
            "2021-02-30",
            DateErrorKind::OutOfCalendar,
            "2021-02-30",
            "February 2021 has 28 days",
        );
        check(
            "2020/2021-13",
            DateErrorKind::OutOfCalendar,
            "2021-13",
            "01 to 12",
        );
        check(
            "31 June 2021",
            DateErrorKind::OutOfCalendar,
            "31 June 2021",
            "",
        );
    }

    #[test]
    fn an_end_before_its_start_is_refused_at_the_end() {
        check(
            "2022/2021",
            DateErrorKind::EndsBeforeItStarts,
            "2021",
            "`2021/2022`",
        );
        check(
            "[2022..2021]",
            DateErrorKind::EndsBeforeItStarts,
            "2021",
            "earlier date first",
        );
    }

    #[test]
    fn the_present_moves() {
        check(
            "2021-08/present",
            DateErrorKind::NotEdtf,
            "present",
            "`2021-08/..`",
        );
    }

    #[test]
    fn nothing_is_not_a_date() {
        check("", DateErrorKind::Empty, "", "leave the key out");
        check("  ", DateErrorKind::Empty, "", "leave the key out");
    }

    #[test]
    fn only_the_mistake_is_marked() {
        check("late 2021/soon", DateErrorKind::NotEdtf, "soon", "");
        check("[2021, 202]", DateErrorKind::NotEdtf, "202", "`202X`");
        check("zürich/2021", DateErrorKind::NotEdtf, "zürich", "");
    }
}
