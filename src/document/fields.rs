//! The page of the filter language: its syntax, and the table of fields.

use super::block::DocumentBlock;
use super::role::Role;
use super::text_run::{plain, quiet, run};
use super::writer::DocumentWriter;
use crate::query::FIELDS;

/// The syntax, for readers.
const RULES: &[(&str, &str)] = &[
    ("a b", "both match; words without a field search all texts"),
    ("a or b", "either matches; parentheses group"),
    ("-a", "does not match"),
    ("field:a,b", "one of several values; `*` matches anything"),
    ("field:\"two words\"", "quotation marks keep words together"),
    (
        "when:2021..2022-06",
        "a range; either end may be open, or vague: \"late 2021\"",
    ),
    (
        "surely(a)",
        "only sure matches, however imprecise dates are read",
    ),
];

pub(super) fn write(writer: &mut DocumentWriter<'_>) {
    writer.title("The filter language");
    writer.gap();
    for (form, meaning) in RULES {
        let mark = vec![run(Role::Quote, form)];
        writer.block(DocumentBlock::Item {
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
        writer.block(DocumentBlock::Item {
            mark,
            body: vec![plain(field.summary)],
            notes,
        });
    }
}
