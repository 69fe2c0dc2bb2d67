//! Differences between two timelines: one change of each key of the format, and laws.

mod baseline;
mod laws;
mod outputs;

use std::collections::BTreeSet;

use dateline::change::{ComparedItem, Difference, ItemKind, ItemPresence, TimelineComparison};
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::formats::toml::keys::FILE_TABLES;
use dateline::timeline::Timeline;

use crate::support::program;

fn timeline(text: &str) -> Timeline {
    formats::open(&[SourceText::new("case.toml", text.to_owned())]).0
}

/// One case of `mutations.txt`.
#[derive(Default)]
struct Mutation {
    key: String,
    removed: Vec<String>,
    added: Vec<String>,
    expected: Vec<String>,
}

fn mutations() -> Vec<Mutation> {
    let text = program::read("tests/changes/mutations.txt");
    let blocks = text.split("\n\n").skip(1);
    let each = |block: &str| {
        let mut mutation = Mutation::default();
        for line in block.lines() {
            match line.split_at_checked(2) {
                Some(("- ", rest)) => mutation.removed.push(rest.to_owned()),
                Some(("+ ", rest)) => mutation.added.push(rest.to_owned()),
                Some(("= ", rest)) => mutation.expected.push(rest.to_owned()),
                _ => line.clone_into(&mut mutation.key),
            }
        }
        mutation
    };
    blocks.map(each).collect()
}

/// The base with the change. Each line must be there once, where it begins a line.
fn mutated(base: &str, mutation: &Mutation) -> String {
    let mut text = base.to_owned();
    for (removed, added) in mutation.removed.iter().zip(&mutation.added) {
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.trim_start() == removed)
            .collect();
        assert_eq!(
            lines.len(),
            1,
            "{}: `{removed}` is there once",
            mutation.key
        );
        text = text.replacen(lines[0], added, 1);
    }
    text
}

/// Each difference as a line, such as `event entry: when narrowed`.
fn lines(comparison: &TimelineComparison<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for item in &comparison.items {
        let name = match item.kind {
            ItemKind::Timeline | ItemKind::Scene | ItemKind::Question => {
                item.kind.as_str().to_owned()
            }
            _ => format!("{} {}", item.kind.as_str(), item.key),
        };
        match item.presence {
            ItemPresence::Kept => {}
            presence => lines.push(format!("{} {name}", presence.mark())),
        }
        lines.extend(item.differences.iter().map(|it| line(&name, it)));
        lines.extend(claim_lines(item));
    }
    lines
}

fn claim_lines(item: &ComparedItem) -> Vec<String> {
    let name = format!("claim of {}", item.key);
    let mut lines = Vec::new();
    for claim in &item.claims {
        match claim.presence {
            ItemPresence::Kept => {}
            presence => lines.push(format!("{} {name}", presence.mark())),
        }
        lines.extend(claim.differences.iter().map(|it| line(&name, it)));
    }
    lines
}

fn line(name: &str, difference: &Difference) -> String {
    let line = format!("{name}: {} {}", difference.key, difference.kind.name());
    if difference.is_computed {
        format!("({line})")
    } else {
        line
    }
}

#[test]
fn a_change_of_one_key_is_one_difference_of_its_kind() {
    let base = program::read("tests/changes/base.toml");
    let old = timeline(&base);
    let mut wrong = String::new();
    for mutation in mutations() {
        let new = timeline(&mutated(&base, &mutation));
        let found = lines(&TimelineComparison::between(&old, &new));
        let (mut found_sorted, mut expected) = (found.clone(), mutation.expected.clone());
        found_sorted.sort();
        expected.sort();
        if found_sorted != expected {
            wrong += &["\n", &mutation.key, "\n= ", &found.join("\n= "), "\n"].concat();
        }
    }
    assert!(wrong.is_empty(), "found instead:{wrong}");
}

#[test]
fn every_key_of_the_format_has_a_change() {
    let tried: BTreeSet<String> = mutations().into_iter().map(|it| it.key).collect();
    let mut untried = Vec::new();
    for table in FILE_TABLES {
        for key in table.keys() {
            // A key that holds tables has no value of its own.
            let heading = table.heading();
            let heading = if heading.is_empty() { "[]" } else { heading };
            let name = format!("{heading} {}", key.name);
            if !key.example.is_empty() && !tried.contains(&name) {
                untried.push(name);
            }
        }
    }
    assert_eq!(untried, [""; 0], "add them to tests/changes/mutations.txt");
}
