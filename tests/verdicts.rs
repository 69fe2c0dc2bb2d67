//! Verdicts: what claims say, in lines and in sentences, for each case of the rule and for the shipped case.
//!
//! The two data files have the claims, or the names of events, and below them what the program makes of them. A reviewer
//! reads whether that is what the claims say. The laws of the rule are in `tests/properties/verdicts.rs`.

use std::fmt::Write as _;
use std::fs;

use dateline::date::EventDate;
use dateline::diagnostic::SourceText;
use dateline::document::{VerdictLine, verdict_lines, verdict_sentences};
use dateline::text::wrap;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};

use crate::support::program;

const CASES: &str = "tests/verdicts/cases.toml";
const SHIPPED: &str = "tests/verdicts/shipped.txt";

/// The column at which lines of a data file end.
const WIDTH: usize = 118;

/// The verdict on an event in a data file: its lines, then its sentences.
fn written(timeline: &Timeline, event: Option<Event<'_>>) -> String {
    let Some(event) = event else {
        return "#= (no such event)\n".to_owned();
    };
    let lines = verdict_lines(timeline, event.id());
    let labels = lines.iter().map(|line| label(line).chars().count());
    let column = labels.max().unwrap_or(0);
    let mut out = String::new();
    for line in &lines {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let label = label(line);
        let indent = " ".repeat(column + 4);
        push(&mut out, &format!("#= {label:column$}  {text}"), &indent);
    }
    for sentence in verdict_sentences(timeline, event.id()) {
        push(&mut out, &format!("#~ {sentence}"), "  ");
    }
    if out.is_empty() {
        out.push_str("#= (none)\n");
    }
    out
}

fn label(line: &VerdictLine) -> String {
    let mark = if line.is_contested { " ⚑" } else { "" };
    line.label
        .map_or_else(String::new, |label| format!("{label}{mark}"))
}

/// Adds a line, broken at spaces; the lines after the first begin with its sign and an indent.
fn push(out: &mut String, line: &str, indent: &str) {
    let (sign, text) = line.split_at(2);
    for (at, part) in wrap(text.trim_end(), WIDTH - indent.len())
        .iter()
        .enumerate()
    {
        let indent = if at > 0 { indent } else { "" };
        let part = part.trim_end();
        writeln!(out, "{sign}{indent}{part}").expect("a string takes all");
    }
}

/// A timeline as a line of a data file asks for it.
fn as_asked(whole: &Timeline, request: &str) -> Timeline {
    if let Some(day) = request.strip_prefix("as of ") {
        let day = EventDate::parse(day).expect("it is a date");
        return whole.as_of(&day).expect("the day has an end");
    }
    let level = request.strip_prefix("up to ").and_then(Tlp::parse);
    let level =
        level.unwrap_or_else(|| panic!("`{request}`: expected `as of DAY` or `up to LEVEL`"));
    whole.up_to(level).expect("the file has a marking")
}

/// A data file with what the program writes in it: behind each block, and behind each request in it.
fn refreshed(
    text: &str,
    whole: &Timeline,
    find: impl Fn(&Timeline, &str) -> Option<String>,
) -> String {
    let by_hand = text
        .lines()
        .filter(|line| !line.starts_with("#=") && !line.starts_with("#~"));
    let by_hand: Vec<&str> = by_hand.collect();
    let mut out = Vec::new();
    for block in by_hand.split(|line| line.is_empty()) {
        let mut lines = Vec::new();
        let (requests, rest): (Vec<&str>, Vec<&str>) =
            block.iter().partition(|line| line.starts_with("#@ "));
        lines.extend(rest.iter().map(|line| format!("{line}\n")));
        let name = rest.join("\n");
        lines.extend(find(whole, &name));
        for request in requests {
            let left = as_asked(whole, request.trim_start_matches("#@ "));
            lines.push(format!("{request}\n"));
            lines.extend(find(&left, &name));
        }
        out.push(lines.concat());
    }
    out.join("\n")
}

/// Compares a data file with what the program writes in it.
fn check(path: &str, fresh: &str) {
    let text = program::read(path);
    if text == fresh {
        return;
    }
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(program::root().join(path), fresh).expect("it can be written");
        return;
    }
    let pairs = text.lines().zip(fresh.lines());
    let at = pairs.take_while(|(old, new)| old == new).count();
    let expected: Vec<&str> = fresh.lines().skip(at).take(20).collect();
    panic!(
        "{path} differs from line {} on; now it is\n{}\n…\n`UPDATE_PAGES=1 cargo test verdicts` writes it anew",
        at + 1,
        expected.join("\n")
    );
}

#[test]
fn each_case_of_the_rule_has_the_verdict_that_is_written_below_its_claims() {
    let text = program::read(CASES);
    let (timeline, _) = dateline::formats::open(&[SourceText::new(CASES, &text)]);
    let fresh = refreshed(&text, &timeline, |timeline, block| {
        let mut lines = block.lines();
        lines.find(|line| *line == "[[events]]")?;
        let title = lines
            .find_map(|line| line.strip_prefix("title = "))?
            .trim_matches('"');
        let event = timeline.events().find(|event| event.title() == title);
        Some(written(timeline, event))
    });
    check(CASES, &fresh);
}

#[test]
fn the_main_events_of_the_shipped_case_have_the_verdicts_that_are_written_below_them() {
    let timeline = &program::ready("shipped").0;
    let fresh = refreshed(&program::read(SHIPPED), timeline, |timeline, block| {
        let is_name = !block.is_empty() && !block.starts_with('#');
        is_name.then(|| written(timeline, timeline.find_event(block)))
    });
    check(SHIPPED, &fresh);
}
