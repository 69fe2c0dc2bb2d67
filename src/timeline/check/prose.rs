//! Dates in an author's prose that are more precise than the event's date.
//!
//! A title says what happened, so any date in it counts. A summary may also mention reports, steps and consequences, so
//! there a date counts only if it is the only one within the event's time.

use std::ops::Range;

use super::super::draft::{DraftEvent, DraftTimeline, Located, LocatedText};
use super::super::term::Aspect;
use crate::date::{DateShape, EventDate, MONTHS, Span};
use crate::diagnostic::{Diagnostic, Fix, FixChange, PROSE_MORE_EXACT_THAN_WHEN};

/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;

/// Checks the title and the summary of every event.
pub(super) fn check(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    findings.extend(draft.events.iter().filter_map(of_event));
}

fn of_event(event: &DraftEvent) -> Option<Diagnostic> {
    let when = event.when.as_ref()?;
    // No date in prose is more precise than a day, and most events of a log are.
    if when.value.whole().length() < DAY {
        return None;
    }
    // An event with a duration, or one of several dates, may mention a day that is only a part of it.
    if when.value.shape() != DateShape::Point {
        return None;
    }
    let narrower = |prose: &LocatedText| -> Vec<DateInText> {
        let mut found = dates(&prose.value);
        found.retain(|it| is_narrower(it.date.whole(), when.value.whole()));
        found
    };
    let is_news = |found: &&DateInText| !is_stated(event, &found.date);
    if let Some(title) = &event.title
        && let Some(found) = narrower(title).iter().find(is_news)
    {
        return Some(finding(found, "title", title, when));
    }
    let summary = event.summary.as_ref()?;
    match &narrower(summary)[..] {
        [only] if is_news(&only) => Some(finding(only, "summary", summary, when)),
        _ => None,
    }
}

fn finding(
    found: &DateInText,
    what: &str,
    prose: &LocatedText,
    when: &Located<EventDate>,
) -> Diagnostic {
    let words = prose.value.get(found.range.clone()).unwrap_or_default();
    let message = format!("the {what} says `{words}`, which is more exact than `when`");
    let place = prose.part(found.range.clone());
    let date = found.date.written();
    let label = format!("write `when = \"{date}\"`");
    Diagnostic::new(&PROSE_MORE_EXACT_THAN_WHEN, place, message)
        .label("fine, if it is the day of something else")
        .help(format!(
            "{label}; if only one speaker says so, make it a claim about the date"
        ))
        .fix(Fix::new(
            label,
            FixChange::value(when.place, date.to_owned()),
        ))
        .related(when.place, "the event's date")
}

fn is_narrower(found: Span, when: Span) -> bool {
    found != when && when.contains(found.earliest) && when.contains(found.latest)
}

/// Whether another date of the event, or a claim, states it already: then the title adds nothing.
fn is_stated(event: &DraftEvent, found: &EventDate) -> bool {
    let said = event.claims.iter().filter_map(|claim| claim.said.as_ref());
    let own = [&event.discovered, &event.disclosed].into_iter().flatten();
    let dates = own
        .map(Box::as_ref)
        .chain(said)
        .map(|date| date.value.whole());
    let claimed = event.claims.iter().filter_map(|claim| {
        let is_about_date = claim.about.as_ref()?.value == Aspect::Date;
        let value = claim.value.as_ref().filter(|_| is_about_date)?;
        EventDate::parse(&value.value).ok().map(|date| date.whole())
    });
    dates.chain(claimed).any(|span| {
        let found = found.whole();
        span.contains(found.earliest) && span.contains(found.latest)
    })
}

/// A date in a text, and the bytes it was read from.
struct DateInText {
    range: Range<usize>,
    date: EventDate,
}

/// Every date in a text that is written as a day, or as a month and a year.
fn dates(text: &str) -> Vec<DateInText> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((date, count)) = date_at(rest) else {
            at += 1;
            continue;
        };
        let (start, _) = rest[0];
        let (last, word) = rest[count - 1];
        let range = start..last + word.len();
        found.push(DateInText { range, date });
        at += count;
    }
    found
}

/// The words of a text with their offsets; hyphens belong to words.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut end = 0;
    for piece in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-') {
        if !piece.is_empty() {
            words.push((end, piece));
        }
        end += piece.len();
        end += text
            .get(end..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
    }
    words
}

/// The date at the beginning of some words, and how many words it takes.
fn date_at(words: &[(usize, &str)]) -> Option<(EventDate, usize)> {
    let word = |at: usize| words.get(at).map_or("", |(_, word)| *word);
    let (first, second, third) = (word(0), word(1), word(2));
    let day_first = number(first, 1..=31).zip(month(second)).zip(year(third));
    let month_first = month(first).zip(number(second, 1..=31)).zip(year(third));
    let month_only = month(first).zip(year(second));
    let (written, count) = if let Some(((day, month), year)) = day_first {
        (format!("{year}-{month:02}-{day:02}"), 3)
    } else if let Some(((month, day), year)) = month_first {
        (format!("{year}-{month:02}-{day:02}"), 3)
    } else if let Some((month, year)) = month_only {
        (format!("{year}-{month:02}"), 2)
    } else if is_day(first) {
        (first.to_owned(), 1)
    } else {
        return None;
    };
    EventDate::parse(&written).ok().map(|date| (date, count))
}

/// `2021-08-24`
fn is_day(word: &str) -> bool {
    let lengths = word.split('-').map(str::len);
    let is_number = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    lengths.eq([4, 2, 2]) && word.split('-').all(is_number)
}

fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|name| *name == word)?;
    Some(at + 1)
}

fn year(word: &str) -> Option<usize> {
    number(word, 1900..=2100).filter(|_| word.len() == 4)
}

fn number(word: &str, range: std::ops::RangeInclusive<usize>) -> Option<usize> {
    word.parse().ok().filter(|number| range.contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = dates(text);
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                (
                    text.get(it.range.clone()).expect("words"),
                    it.date.written(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_day_is_found_however_it_is_written() {
        check(
            "Entry on 24 August 2021, by mail",
            &[("24 August 2021", "2021-08-24")],
        );
        check(
            "August 24, 2021: entry",
            &[("August 24, 2021", "2021-08-24")],
        );
        check("Entry (2021-08-24)", &[("2021-08-24", "2021-08-24")]);
        check("späť august 2021", &[("august 2021", "2021-08")]);
        check(
            "May 2021 and June 3 2022",
            &[("May 2021", "2021-05"), ("June 3 2022", "2022-06-03")],
        );
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "",
            "2021",
            "May 7 people",
            "May 20210",
            "CVE-2021-34473",
            "2021-22",
            "MS-2021-08-24",
        ] {
            check(text, &[]);
        }
    }
}
