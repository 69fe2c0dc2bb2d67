//! A date in words: how it is shown, and the four bounds between which it lies.

use chrono::{Datelike, NaiveTime, Timelike};

use super::markdown::plain;
use crate::date::{DateShape, EventDate, Instant, Span};

/// How a date is shown, and what it allows.
pub(super) fn explained(date: &EventDate) -> String {
    let mut lines = vec![format!(
        "**{}**, shown as {}",
        plain(&date.sentence()),
        plain(&date.to_string())
    )];
    let (start, end) = (date.start(), date.end());
    if date.shape() == DateShape::Extent {
        lines.push(format!("- began {}", between(start)));
        lines.push(if date.is_ongoing() {
            "- goes on".to_owned()
        } else {
            format!("- ended {}", between(end))
        });
    } else if start == end {
        lines.push(format!("- began and ended {}", between(start)));
    } else {
        lines.push(format!("- began {}", between(start)));
        lines.push(format!("- ended {}", between(end)));
    }
    if date.is_several() {
        let all = if date.shape() == DateShape::AllOf {
            "all"
        } else {
            "one"
        };
        lines.push(format!("- {all} of {} dates", date.members().len()));
    }
    if date.lacks_zone() {
        lines.push(
            "- the time of day has no time zone: these bounds are those of every zone".to_owned(),
        );
    }
    let qualifier = date.qualifier();
    if qualifier.uncertain {
        lines.push("- uncertain: the source doubts it".to_owned());
    }
    if qualifier.approximate {
        lines.push("- approximate: the source estimates it".to_owned());
    }
    let first = lines.remove(0);
    format!("{first}\n\n{}", lines.join("\n"))
}

/// A span in words: `no earlier than 1 August 2021, no later than 31 August 2021`.
fn between(span: Span) -> String {
    let earliest = Some(span.earliest).filter(|it| it.is_bounded());
    let latest = Some(span.latest).filter(|it| it.is_bounded());
    let first = earliest.map(|it| instant(it, NaiveTime::MIN));
    let last = latest.map(|it| instant(it, last_of_day()));
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("on {first}"),
        (Some(first), Some(last)) => {
            format!("no earlier than {first} and no later than {last}")
        }
        (Some(first), None) => format!("no earlier than {first}; no last day is known"),
        (None, Some(last)) => format!("no later than {last}; no first day is known"),
        (None, None) => "at any time".to_owned(),
    }
}

fn last_of_day() -> NaiveTime {
    NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default()
}

/// An instant: its day, and its time of day unless that is the limit of the day.
fn instant(instant: Instant, limit: NaiveTime) -> String {
    let civil = instant.civil();
    let day = format!("{} {}", civil.format("%-d %B"), civil.year());
    let time = civil.time();
    if time == limit {
        return day;
    }
    // The bounds of a minute or a second are its first and last microsecond.
    let micros = time.nanosecond() / 1000;
    match (time.second(), micros) {
        (0, 0) | (59, 999_999) => format!("{day}, {}", time.format("%H:%M")),
        (_, 0 | 999_999) => format!("{day}, {}", time.format("%H:%M:%S")),
        _ => format!("{day}, {}", time.format("%H:%M:%S%.6f")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let date = EventDate::parse(written).expect("it is a date");
        assert_eq!(explained(&date), expected);
    }

    #[test]
    fn the_bounds_of_a_date_are_in_words() {
        check(
            "2021-08",
            "**August 2021 (day not stated)**, shown as Aug 2021\n\n\
             - began and ended no earlier than 1 August 2021 and no later than 31 August 2021",
        );
        check(
            "2021-08-14T10:22Z",
            "**14 August 2021 at 10:22 UTC**, shown as 14 Aug 2021 10:22Z\n\n\
             - began and ended on 14 August 2021, 10:22",
        );
        check(
            "late 2021/..",
            "**since late 2021, still going on as stated**, shown as late 2021 – …\n\n\
             - began no earlier than 1 July 2021 and no later than 31 December 2021\n- goes on",
        );
        check(
            "by 2022-03?",
            "**at some time no later than March 2022 (uncertain)**, shown as by Mar 2022?\n\n\
             - began and ended no later than 31 March 2022; no first day is known\n\
             - uncertain: the source doubts it",
        );
    }
}
