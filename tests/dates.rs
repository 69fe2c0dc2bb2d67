//! Imprecise dates: their meaning and relations, refused texts, and laws that hold for any text.
//!
//! The data files in `tests/dates` are the tests. The head of each explains its columns.

mod laws;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dateline::date::{DateErrorKind, EventDate, Instant, Span, Truth};

use crate::support::check;

#[test]
fn each_text_has_the_expected_bounds_words_and_sentence() {
    check(include_str!("dates/dates.txt"), |columns| {
        let text = columns[0];
        let date = read(text);
        let core = date.core().map_or("-".to_owned(), span);
        format!(
            "{text} | {} | {} | {core} | {date} | {}",
            span(date.start()),
            span(date.end()),
            date.sentence()
        )
    });
}

#[test]
fn each_date_has_the_expected_shorter_spellings() {
    check(include_str!("dates/spellings.txt"), |columns| {
        let text = columns[0];
        let spellings = read(text).spellings();
        let spellings: Vec<String> = spellings.iter().map(ToString::to_string).collect();
        format!("{text} | {}", spellings.join(" | "))
    });
}

#[test]
fn each_pair_has_the_expected_relation() {
    check(include_str!("dates/relations.txt"), |columns| {
        let [one, relation, other, ..] = columns else {
            panic!("a line needs three columns: {columns:?}")
        };
        let answer = match answer(&read(one), relation, &read(other)) {
            Truth::No => "no",
            Truth::Possibly => "possibly",
            Truth::Yes => "surely",
        };
        format!("{one} | {relation} | {other} | {answer}")
    });
}

#[test]
fn each_refusal_marks_the_mistake_and_suggests_a_fix() {
    check(include_str!("dates/refusals.txt"), |columns| {
        let text = columns[0];
        let error = EventDate::parse(text).expect_err(text);
        let marked = text
            .get(error.range)
            .expect("a range on character boundaries");
        let help = error.help.unwrap_or("-".to_owned());
        format!(
            "{text} | {:?} | {marked} | {} | {help}",
            error.kind, error.message
        )
    });
}

/// Five implementations of EDTF agree on these strings, and dateline agrees with them, apart from reasoned exceptions.
#[test]
fn dateline_shares_the_unanimous_verdicts() {
    let exceptions = verdicts(include_str!("dates/exceptions.tsv"));
    let mut wrong = String::new();
    for (text, consensus) in corpus().filter(|(_, consensus)| *consensus != "mixed") {
        let ours = verdict(text);
        let expected = exceptions.get(text).copied().unwrap_or(consensus);
        if exceptions.get(text) == Some(&consensus) {
            _ = writeln!(wrong, "`{text}`: the exception is not needed");
        } else if ours != expected {
            _ = writeln!(wrong, "`{text}`: {ours}, not {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Where they disagree, each verdict of dateline is a decision with a reason.
#[test]
fn dateline_has_a_decision_for_each_divided_verdict() {
    let decisions = verdicts(include_str!("dates/decisions.tsv"));
    let mut wrong = String::new();
    for (text, _) in corpus().filter(|(_, consensus)| *consensus == "mixed") {
        let ours = verdict(text);
        if decisions.get(text) != Some(&ours) {
            _ = writeln!(wrong, "{text}\t{ours}\treason");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_undated_event_may_have_happened_at_any_time() {
    use dateline::date::{ask, ask_both};
    let date = read("2021");
    assert_eq!(
        ask(None, |date| date.before(Instant::PAST)),
        Truth::Possibly
    );
    assert_eq!(
        ask_both(None, Some(&date), EventDate::precedes),
        Truth::Possibly
    );
    assert_eq!(
        ask_both(Some(&date), Some(&read("2023")), EventDate::precedes),
        Truth::Yes
    );
}

#[test]
fn flags_mark_open_vague_and_ambiguous_dates() {
    let flags = |text: &str| {
        let date = read(text);
        let flags = [
            ("ongoing", date.is_ongoing()),
            ("unknown end", date.has_unknown_end()),
            ("unknown start", date.has_unknown_start()),
            ("vague", date.is_vague()),
            ("season", date.uses_season()),
        ];
        flags
            .into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(flags("2021-08/2022-10"), "");
    assert_eq!(flags("2021-08/.."), "ongoing");
    assert_eq!(flags("since late 2021"), "ongoing, vague");
    assert_eq!(flags("2021-08/"), "unknown end");
    assert_eq!(flags("../2021-23"), "unknown start, season");
    assert_eq!(flags("/2021~"), "unknown start, vague");
    assert_eq!(flags("[2021-25, 2021-33]"), "");
}

fn answer(one: &EventDate, relation: &str, other: &EventDate) -> Truth {
    match relation {
        "going on in" => one.going_on(other.whole()),
        "within" => one.within(other.whole()),
        "before" => one.before(other.whole().earliest),
        "after" => one.after(other.whole().latest),
        "precedes" => one.precedes(other),
        "starts before" => one.starts_before(other),
        "while" => other.about_its_time(|window| one.going_on(window)),
        "wholly while" => other.about_its_time(|window| one.within(window)),
        "excludes" => Truth::from(one.excludes(other)),
        "is the same as" => Truth::from(one.allows_the_same_as(other)),
        _ => panic!("unknown relation: {relation}"),
    }
}

fn read(text: &str) -> EventDate {
    EventDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// `2021-08-01..2021-08-31`: a bound at the edge of a day appears as that day.
fn span(span: Span) -> String {
    let edge = |instant: Instant, of_day: &str| {
        if !instant.is_bounded() {
            return if instant == Instant::PAST {
                "past"
            } else {
                "future"
            }
            .to_owned();
        }
        let shown = instant.civil().format("%Y-%m-%dT%H:%M:%S%.6f").to_string();
        shown.strip_suffix(of_day).unwrap_or(&shown).to_owned()
    };
    format!(
        "{}..{}",
        edge(span.earliest, "T00:00:00.000000"),
        edge(span.latest, "T23:59:59.999999")
    )
}

fn corpus() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("dates/edtf-corpus.tsv")
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            (columns[0], columns[8])
        })
}

fn verdict(text: &str) -> &'static str {
    if EventDate::parse(text).is_ok() {
        "accept"
    } else {
        "reject"
    }
}

fn verdicts(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(
                columns.len() == 3,
                "a line needs a text, a verdict and a reason: {line}"
            );
            (columns[0], columns[1])
        })
        .collect()
}

#[test]
fn every_kind_of_refusal_has_an_example() {
    use DateErrorKind::{Ambiguous, EndsBeforeItStarts, NotEdtf, OutOfCalendar};
    let file = include_str!("dates/refusals.txt");
    for kind in [Ambiguous, EndsBeforeItStarts, NotEdtf, OutOfCalendar] {
        assert!(file.contains(&format!("| {kind:?} |")), "{kind:?}");
    }
}
