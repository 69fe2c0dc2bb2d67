//! The keys that a table does not have yet.

use std::ops::Range;

use super::candidate::{Candidate, KEY};
use crate::formats::toml::keys::{FileKey, KeyContent, ValueShape};
use crate::lsp::caret::{Caret, CaretPlace};
use crate::lsp::text_document::TextDocument;

/// The keys for a range: those that the table needs first, then in the order in which they are explained.
pub(super) fn candidates(
    document: &TextDocument,
    caret: &Caret<'_>,
    range: Range<usize>,
) -> Vec<Candidate> {
    let Some(kind) = caret.kind else {
        return Vec::new();
    };
    let typed = match caret.place {
        CaretPlace::Name(key) => Some(key),
        _ => None,
    };
    let has_value = typed.is_some_and(|key| key.equals.is_some());
    let is_given = |key: &&FileKey| {
        let mut others = caret.siblings.iter();
        let is_typed = |other: &str| typed.is_some_and(|typed| typed.name.value == other);
        others.any(|it| it.name.value == key.name && !is_typed(key.name))
    };
    // A table with a heading of its own is not written as a key.
    let mut keys: Vec<&FileKey> = (kind.keys())
        .filter(|key| !key.example.is_empty() && !is_given(key))
        .collect();
    keys.sort_by_key(|key| !key.is_required());
    let width = aligned(document, caret);
    let candidate = |key: &FileKey| {
        let name = if has_value {
            key.name.to_owned()
        } else if caret.is_inline {
            format!("{} = ", key.name)
        } else {
            format!("{:width$} = ", key.name)
        };
        Candidate {
            label: key.name.to_owned(),
            detail: short_of(key),
            explanation: format!(
                "{}\n\nexpected: {}\n\n```toml\n{} = {}\n```",
                key.summary,
                key.expected(),
                key.name,
                key.example
            ),
            range: range.clone(),
            snippet: (!has_value).then(|| format!("{name}{}", placeholder(key))),
            text: name,
            kind: KEY,
            ..Candidate::default()
        }
    };
    keys.into_iter().map(candidate).collect()
}

/// A few words about its value: a list may be long.
fn short_of(key: &FileKey) -> String {
    match key.content {
        KeyContent::Closed(words) | KeyContent::Usual(words) => words.name.to_owned(),
        _ => key.expected(),
    }
}

/// The quotation marks and brackets of a value, with the place of the caret.
const fn placeholder(key: &FileKey) -> &'static str {
    match key.shape {
        ValueShape::Text | ValueShape::TextOrList | ValueShape::Date | ValueShape::TextOrDate => {
            "\"$0\""
        }
        ValueShape::TextList => "[\"$0\"]",
        ValueShape::TableList(_) => "[{ $0 }]",
        ValueShape::Format => "1",
        ValueShape::YesNo => "true",
        ValueShape::Minutes
        | ValueShape::Line
        | ValueShape::Table(_)
        | ValueShape::NamedTables(_) => "$0",
    }
}

/// The width of the names in a table whose `=` signs are below each other, from the key above the caret.
fn aligned(document: &TextDocument, caret: &Caret<'_>) -> usize {
    let above = |equals| equals <= caret.byte;
    let mut keys = caret.siblings.iter();
    let last = keys.rfind(|key| key.equals.is_some_and(above));
    let Some((key, equals)) = last.and_then(|key| Some((key, key.equals?))) else {
        return 0;
    };
    // Behind the name are blanks, the last of them not in its width, and the `=`.
    let written = document.slice(key.name.place.start..equals);
    written.chars().count().saturating_sub(" =".len())
}
