//! What a filter can ask for: the table of fields, with the result of each example in this timeline.

use super::block::Block;
use super::role::Role;
use super::run::{plain, quiet, run};
use super::writer::Writer;
use crate::query::FIELDS;

/// How the parts of a filter are put together, for people.
const RULES: &[(&str, &str)] = &[
    (
        "a b",
        "both; words without a field are looked for in all texts",
    ),
    ("a or b", "either; parentheses hold things together"),
    ("-a", "not that"),
    (
        "field:a,b",
        "one of several values; `*` stands for anything",
    ),
    ("field:\"two words\"", "quotation marks hold words together"),
    (
        "when:2021..2022-06",
        "a range; either end may be left open, or vague: \"late 2021\"",
    ),
    (
        "surely(a)",
        "only what surely matches, whatever an imprecise date allows",
    ),
];

pub(super) fn write(writer: &mut Writer<'_>) {
    writer.title("What a filter can ask for");
    writer.gap();
    for (form, meaning) in RULES {
        let mark = vec![run(Role::Quote, form)];
        writer.block(Block::Item {
            mark,
            body: vec![plain(meaning)],
            notes: Vec::new(),
        });
    }
    writer.heading("Fields", vec![quiet(&FIELDS.len().to_string())]);
    for field in FIELDS {
        let mut notes = vec![vec![quiet("such as "), plain(field.example)]];
        if !field.aliases.is_empty() {
            notes.push(vec![quiet(&format!(
                "also called {}",
                field.aliases.join(", ")
            ))]);
        }
        let mark = vec![run(Role::Quote, field.name)];
        writer.block(Block::Item {
            mark,
            body: vec![plain(field.summary)],
            notes,
        });
    }
}
