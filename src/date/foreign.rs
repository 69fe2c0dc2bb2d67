//! Date-times as other programs write them. Logs are read so; for a timeline, the error shows how to write them.
//!
//! What is read here has one meaning only: RFC 2822 and its kin, names of months in any order, the log format of web
//! servers, ISO 8601 without signs between or with a comma before the fraction, hours of one digit, `AM` and `PM`. A day
//! and a month in digits are read where one of them is above 12; where either may be the month, both readings are listed.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, Weekday};

use super::error::{DateError, DateErrorKind};
use super::text_piece::TextPiece;
use super::{names, parse};

/// Which of two numbers is the month where either may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DayMonthOrder {
    /// The text does not say.
    #[default]
    Unknown,
    /// The day comes first.
    DayFirst,
    /// The program that wrote it puts the month first.
    MonthFirst,
}

/// The same date-time in the form that timelines use, or why it has none; `None` if it is in no form that is known.
pub(crate) fn rewritten(text: &str, order: DayMonthOrder) -> Option<Result<String, DateError>> {
    let whole = TextPiece::new(text).trimmed();
    let inner = whole
        .text
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'));
    let inner = inner.unwrap_or(whole.text);
    if let Some(time) = compact(inner) {
        return Some(Ok(time));
    }
    let Some((day, clock)) = split(inner) else {
        let date = ForeignDay::of(inner, None)?;
        let is_in_words = date.month_is_named;
        return (!is_in_words).then(|| date.one(whole, "", order));
    };
    let (clock, rest) = ForeignTime::of(clock)?;
    let Some(tail) = TimeTail::of(rest) else {
        return unknown_zone(whole, rest).map(Err);
    };
    let time = clock.written(tail.half)?;
    Some(match ForeignDay::of(day, tail.year) {
        Some(date) => date.one(whole, &format!("T{time}{}", tail.zone), order),
        None if is_without_year(day) => Err(no_year(whole, &time)),
        None => return None,
    })
}

/// What the digits of a date say of the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderEvidence {
    /// One of the two is above 12, so that the order is certain.
    Shown(DayMonthOrder),
    /// Either may be the month, and they differ.
    Open,
}

/// What a date with day, month and year in digits says of their order; `None` for a date in another form, or if day and
/// month are the same.
pub(crate) fn order_evidence(text: &str) -> Option<OrderEvidence> {
    let text = text.trim().trim_matches(['[', ']']);
    let day = split(text).map_or(text, |(day, _)| day);
    let mut parts = parts(day);
    parts.retain(|part| weekday(part).is_none());
    let [one, two, year] = *parts.as_slice() else {
        return None;
    };
    let number = |text: &str| -> Option<u32> {
        let is_short = text.len() <= 2 && text.bytes().all(|it| it.is_ascii_digit());
        is_short.then(|| text.parse().ok()).flatten()
    };
    let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
    let (one, two) = (number(one)?, number(two)?);
    match (one > 12, two > 12) {
        _ if !is_year => None,
        (true, true) => None,
        (true, false) => Some(OrderEvidence::Shown(DayMonthOrder::DayFirst)),
        (false, true) => Some(OrderEvidence::Shown(DayMonthOrder::MonthFirst)),
        (false, false) => (one != two).then_some(OrderEvidence::Open),
    }
}

/// What is said of a text in a timeline that is a date-time in another form, for which this is the error so far.
pub(super) fn refusal(text: &str, error: DateError) -> DateError {
    let whole = TextPiece::new(text).trimmed();
    // Of days alone `readings` says more, and an offset of minus zero is unknown.
    let is_timed = whole.text.contains(':') || compact(whole.text).is_some();
    if !is_timed || whole.text.contains("-00:00") || whole.text.contains("-0000") {
        return error;
    }
    let written = match rewritten(text, DayMonthOrder::Unknown) {
        Some(Ok(written)) if parse::expression(&written).is_ok() => written,
        Some(Err(better)) => return better,
        _ => return error,
    };
    let message = format!("`{}` is not written as EDTF", whole.text);
    let of_whole = whole
        .error(DateErrorKind::NotEdtf, message)
        .with_readings([(written, "")]);
    // Of what is nearly in the right form the error marks the part that is not.
    if matches!(whole.text.as_bytes().get(4), Some(b'-')) {
        return DateError {
            help: of_whole.help,
            readings: of_whole.readings,
            ..error
        };
    }
    of_whole
}

/// `20120122T075233Z`, `20120122075233.5+0100`: ISO 8601 without signs between, and the form of ASN.1.
fn compact(text: &str) -> Option<String> {
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|it| it.is_ascii_digit()).then_some(part)
    };
    let (year, month, day) = (digits(0..4)?, digits(4..6)?, digits(6..8)?);
    let behind = text.get(8..)?;
    let time = behind.strip_prefix(['T', 't', ' ']);
    let has_sign = time.is_some();
    let time = time.unwrap_or(behind);
    let end = time
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(time.len());
    let (clock, rest) = time.split_at(end);
    let (fraction, rest) = fraction(rest);
    let zone = zone(rest.trim())?;
    // Without a sign and without a zone it may as well be a number.
    if !has_sign && zone.is_empty() {
        return None;
    }
    let (hour, minute) = (clock.get(..2)?, clock.get(2..4)?);
    let second = match (clock.get(4..)?, fraction) {
        ("", "") => String::new(),
        (second, "") if second.len() == 2 => format!(":{second}"),
        (second, fraction) if second.len() == 2 => format!(":{second}.{fraction}"),
        _ => return None,
    };
    Some(format!(
        "{year}-{month}-{day}T{hour}:{minute}{second}{zone}"
    ))
}

/// A text at the beginning of its time of day.
fn split(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let colons = bytes.iter().enumerate().filter(|(_, it)| **it == b':');
    for (colon, _) in colons {
        let hours = bytes.get(..colon)?.iter().rev();
        let hours = hours.take_while(|it| it.is_ascii_digit()).count();
        let minutes = bytes.get(colon + 1..colon + 3);
        let is_time = minutes.is_some_and(|it| it.iter().all(u8::is_ascii_digit));
        if (1..=2).contains(&hours) && is_time {
            let (day, clock) = text.split_at(colon - hours);
            let joint = |it: char| it.is_whitespace() || ",:@".contains(it);
            let trimmed = day.trim_end_matches(joint);
            let day = match trimmed.strip_suffix(['T', 't']) {
                Some(day) if day.ends_with(|it: char| it.is_ascii_digit()) => day,
                _ => trimmed,
            };
            return Some((day, clock));
        }
    }
    None
}

/// The digits behind a point, a comma or a colon, and what follows them.
fn fraction(text: &str) -> (&str, &str) {
    // Behind a colon, three digits or more cannot be anything else.
    let behind_colon = text.strip_prefix(':').filter(|it| {
        let digits = it.bytes().take_while(u8::is_ascii_digit);
        digits.count() >= 3
    });
    let Some(digits) = text.strip_prefix(['.', ',']).or(behind_colon) else {
        return ("", text);
    };
    let end = digits
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(digits.len());
    digits.split_at(end)
}

/// `h:mm`, `hh:mm:ss`, `hh:mm:ss,f…`
struct ForeignTime<'t> {
    hour: u32,
    minute: &'t str,
    second: &'t str,
    fraction: &'t str,
}

/// The half of a day that an hour up to twelve is of.
#[derive(Clone, Copy)]
enum DayHalf {
    Morning,
    Afternoon,
}

impl<'t> ForeignTime<'t> {
    fn of(text: &'t str) -> Option<(Self, &'t str)> {
        let (hour, behind) = text.split_once(':')?;
        let (minute, rest) = behind.split_at_checked(2)?;
        let (second, rest) = match rest.strip_prefix(':') {
            Some(rest) => rest.split_at_checked(2)?,
            None => ("", rest),
        };
        if !second.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let (fraction, rest) = if second.is_empty() {
            ("", rest)
        } else {
            fraction(rest)
        };
        let clock = Self {
            hour: hour.parse().ok()?,
            minute,
            second,
            fraction,
        };
        Some((clock, rest))
    }

    /// Of twenty-four hours; `None` for an hour that half a day does not have.
    fn written(&self, half: Option<DayHalf>) -> Option<String> {
        let hour = match (half, self.hour) {
            (None, hour) => hour,
            (Some(DayHalf::Morning), 12) => 0,
            (Some(DayHalf::Afternoon), 12) => 12,
            (Some(DayHalf::Morning), 1..12) => self.hour,
            (Some(DayHalf::Afternoon), 1..12) => self.hour + 12,
            (Some(_), _) => return None,
        };
        let mut text = format!("{hour:02}:{}", self.minute);
        for (sign, part) in [(':', self.second), ('.', self.fraction)] {
            if !part.is_empty() {
                text.push(sign);
                text.push_str(part);
            }
        }
        Some(text)
    }
}

/// What follows a time of day.
#[derive(Default)]
struct TimeTail<'t> {
    half: Option<DayHalf>,
    zone: Cow<'t, str>,
    /// Unix writes the year last.
    year: Option<&'t str>,
}

impl<'t> TimeTail<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let mut tail = Self::default();
        // A comment with the name of the zone may end a date of RFC 2822.
        let text = match text.trim_end().strip_suffix(')') {
            Some(commented) => commented.rsplit_once('(')?.0,
            None => text,
        };
        for word in text.split_whitespace() {
            let is_year = word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit());
            match word.to_ascii_lowercase().as_str() {
                "am" | "a.m." if tail.half.is_none() => tail.half = Some(DayHalf::Morning),
                "pm" | "p.m." if tail.half.is_none() => tail.half = Some(DayHalf::Afternoon),
                _ if is_year && tail.year.is_none() => tail.year = Some(word),
                _ if tail.zone.is_empty() => tail.zone = zone(word).filter(|it| !it.is_empty())?,
                _ => return None,
            }
        }
        Some(tail)
    }
}

/// An offset as timelines write it; empty for none. Minus nothing is UTC of a place that is not known (RFC 3339, 4.3).
pub(crate) fn zone(text: &str) -> Option<Cow<'_, str>> {
    if matches!(text, "" | "Z") {
        return Some(Cow::Borrowed(text));
    }
    let names = ["z", "utc", "gmt", "ut", "-0000", "-00:00"];
    if names.iter().any(|name| text.eq_ignore_ascii_case(name)) {
        return Some(Cow::Borrowed("Z"));
    }
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2)?,
    };
    let is_pair = |it: &str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    if !is_pair(hours) || !(minutes.is_empty() || is_pair(minutes)) {
        return None;
    }
    if text.len() == "+00:00".len() {
        return Some(Cow::Borrowed(text));
    }
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let sign = text.get(..1)?;
    Some(Cow::Owned(format!("{sign}{hours}:{minutes}")))
}

/// A day in parts. It has two readings if day and month are both digits.
struct ForeignDay {
    readings: Vec<NaiveDate>,
    weekday: Option<Weekday>,
    month_is_named: bool,
}

impl ForeignDay {
    fn of(text: &str, year: Option<&str>) -> Option<Self> {
        let mut parts = parts(text);
        let weekday = parts.first().and_then(|it| weekday(it));
        if weekday.is_some() {
            parts.remove(0);
        }
        parts.extend(year);
        let [one, two, three] = *parts.as_slice() else {
            return None;
        };
        let is_year = |it: &str| it.len() == 4;
        let orders: &[[&str; 3]] = match () {
            () if is_year(one) => &[[one, two, three]],
            () if !is_year(three) => return None,
            () if month_of_name(one).is_some() => &[[three, one, two]],
            () if month_of_name(two).is_some() => &[[three, two, one]],
            () => &[[three, two, one], [three, one, two]],
        };
        let mut readings: Vec<_> = orders.iter().filter_map(|it| real(*it)).collect();
        readings.dedup();
        let month_is_named = orders.iter().any(|it| month_of_name(it[1]).is_some());
        (!readings.is_empty()).then_some(Self {
            readings,
            weekday,
            month_is_named,
        })
    }

    /// The day with a time behind it, if it has one reading.
    fn one(
        &self,
        whole: TextPiece<'_>,
        time: &str,
        order: DayMonthOrder,
    ) -> Result<String, DateError> {
        let written = |day: NaiveDate| format!("{}{time}", day.format("%Y-%m-%d"));
        let day = match (self.readings.as_slice(), order) {
            ([day], _)
            | ([day, _], DayMonthOrder::DayFirst)
            | ([_, day], DayMonthOrder::MonthFirst) => *day,
            (days, _) => {
                let choices = days.iter().map(|&day| {
                    let words = day.format("%-d %B %Y");
                    (written(day), format!(" for {words}"))
                });
                let message = format!("`{}` could be two days", whole.text);
                let error = whole.error(DateErrorKind::Ambiguous, message);
                return Err(error.with_readings(choices));
            }
        };
        if self.weekday.is_some_and(|it| it != day.weekday()) {
            let message = format!("{} was a {}", day.format("%-d %B %Y"), day.format("%A"));
            let error = whole.error(DateErrorKind::OutOfCalendar, message);
            return Err(error.with_help("correct the day, or the day of the week before it"));
        }
        Ok(written(day))
    }
}

fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(|it: char| it.is_whitespace() || ",/-.".contains(it));
    parts.filter(|it| !it.is_empty()).collect()
}

fn real([year, month, day]: [&str; 3]) -> Option<NaiveDate> {
    let number = |text: &str| -> Option<u32> {
        let is_short = text.len() <= 2 && text.bytes().all(|it| it.is_ascii_digit());
        is_short.then(|| text.parse().ok()).flatten()
    };
    let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
    let year = is_year.then(|| year.parse().ok()).flatten()?;
    let month = number(month).or_else(|| month_of_name(month))?;
    NaiveDate::from_ymd_opt(year, month, number(day)?)
}

fn month_of_name(text: &str) -> Option<u32> {
    names::month(&text.to_ascii_lowercase()).map(u32::from)
}

fn weekday(text: &str) -> Option<Weekday> {
    let is_word = text.len() >= 3 && text.bytes().all(|it| it.is_ascii_alphabetic());
    is_word.then(|| text.parse().ok()).flatten()
}

/// `Jul 31 10:38:58`: what syslog writes.
fn is_without_year(day: &str) -> bool {
    let mut parts = parts(day);
    parts.retain(|it| weekday(it).is_none());
    let is_day = |it: &str| it.len() <= 2 && it.bytes().all(|it| it.is_ascii_digit());
    match *parts.as_slice() {
        [one, two] => {
            (month_of_name(one).is_some() && is_day(two))
                || (is_day(one) && month_of_name(two).is_some())
        }
        _ => false,
    }
}

fn no_year(whole: TextPiece<'_>, time: &str) -> DateError {
    let message = format!("`{}` has no year", whole.text);
    let error = whole.error(DateErrorKind::NotEdtf, message);
    error.with_help(format!("write the year too, as in `2021-08-14T{time}`"))
}

/// A zone by its name, such as `EST`, behind the time.
fn unknown_zone(whole: TextPiece<'_>, rest: &str) -> Option<DateError> {
    let names = rest.split_whitespace();
    let is_name =
        |it: &&str| (2..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_uppercase());
    let mut names = names
        .filter(is_name)
        .filter(|it| !matches!(*it, "AM" | "PM"));
    let name = names.next()?;
    let message = format!("the time zone `{name}` is not read");
    let error = whole.error(DateErrorKind::NotEdtf, message);
    Some(error.with_help("write the offset from UTC, as in `2021-08-14T10:22:33+02:00`"))
}
