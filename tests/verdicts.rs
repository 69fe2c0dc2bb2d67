//! Verdicts: what claims say, in lines and in sentences, for each case of the rule and for the shipped case.
//!
//! The two data files have the claims, or the names of events, and below them what the program makes of them. A reviewer
//! reads whether that is what the claims say. The laws of the rule are in `tests/properties/verdicts.rs`.

use std::fmt::Write as _;
use std::fs;

use dateline::date::EventDate;
use dateline::diagnostic::SourceText;
use dateline::document::{TextRun, VerdictBlock, VerdictForm, verdict_blocks};
use dateline::text::wrap;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};

use crate::support::program;

const CASES: &str = "tests/verdicts/cases.toml";
const SHIPPED: &str = "tests/verdicts/shipped.txt";

/// The column at which lines of a data file end.
const WIDTH: usize = 118;

/// The verdict on an event in a data file: its lines, then its sentences; then its shorter forms, if asked for.
fn written(timeline: &Timeline, event: Option<Event<'_>>, has_forms: bool) -> String {
    let Some(event) = event else {
        return "#= (no such event)\n".to_owned();
    };
    let blocks = verdict_blocks(timeline, event.id(), VerdictForm::Whole);
    let mut out = String::new();
    push_form(&mut out, &blocks, "#=", VerdictForm::Whole);
    for block in &blocks {
        push_sentences(&mut out, "#~", &block.sentence);
    }
    if has_forms {
        push_form(&mut out, &blocks, "#-", VerdictForm::First);
        push_form(&mut out, &blocks, "#.", VerdictForm::Brief);
    }
    if out.is_empty() {
        out.push_str("#= (none)\n");
    }
    out
}

/// Lines of a data file, each with a sign.
fn push_form(out: &mut String, blocks: &[VerdictBlock], sign: &str, form: VerdictForm) {
    for line in lines(blocks, form, WIDTH - sign.len() - 1).lines() {
        writeln!(out, "{sign} {line}").expect("a string takes all");
    }
}

/// A form of a verdict as text of a width.
pub fn lines(blocks: &[VerdictBlock], form: VerdictForm, width: usize) -> String {
    let labels = blocks
        .iter()
        .map(|block| block.label_text().chars().count());
    let column = labels.max().unwrap_or(0) + 2;
    let mut out = String::new();
    for block in blocks {
        let mut label = block.label_text();
        for line in block.lines(form) {
            let text: String = line.iter().map(|run: &TextRun| run.text.as_str()).collect();
            let mut hang = "";
            for part in wrap(&text, width - column - 2) {
                writeln!(out, "{label:column$}{hang}{}", part.trim_end())
                    .expect("a string takes all");
                (hang, label) = ("  ", String::new());
            }
        }
    }
    out
}

/// Adds sentences, broken at spaces.
fn push_sentences(out: &mut String, sign: &str, text: &str) {
    let mut hang = "";
    for part in wrap(text, WIDTH - sign.len() - 3) {
        writeln!(out, "{sign} {hang}{}", part.trim_end()).expect("a string takes all");
        hang = "  ";
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
    let signs = ["#=", "#~", "#-", "#."];
    let is_by_hand = |line: &&str| !signs.iter().any(|sign| line.starts_with(sign));
    let by_hand = text.lines().filter(is_by_hand);
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
        Some(written(timeline, event, false))
    });
    check(CASES, &fresh);
}

#[test]
fn the_main_events_of_the_shipped_case_have_the_verdicts_that_are_written_below_them() {
    let timeline = &program::ready("shipped").0;
    let fresh = refreshed(&program::read(SHIPPED), timeline, |timeline, block| {
        let is_name = !block.is_empty() && !block.starts_with('#');
        is_name.then(|| written(timeline, timeline.find_event(block), true))
    });
    check(SHIPPED, &fresh);
}
