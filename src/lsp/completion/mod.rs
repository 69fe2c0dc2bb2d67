//! Completion: headings, keys and values that fit at the caret.

mod candidate;
mod filter_values;
mod headings;
mod known_values;
mod table_keys;
mod values;

use serde_json::{Value, json};

use self::candidate::Candidate;
use super::caret::{Caret, CaretPlace};
use super::text_document::TextDocument;
use super::text_request::TextRequest;
use crate::formats::toml::keys::KeyContent;

/// The answer to `textDocument/completion`.
pub(super) fn answer(request: &mut TextRequest<'_>) -> Value {
    let client = request.client;
    let Some(byte) = request.byte() else {
        return Value::Null;
    };
    if !request.document.is_timeline() && !may_begin(request.document) {
        return Value::Null;
    }
    // Only a filter asks for the whole timeline; everything else is in the outline, which is there at once.
    if is_in_filter(request.document, byte) {
        request.checked();
    }
    let document = &*request.document;
    let candidates = candidates(document, byte);
    let items = (0..)
        .zip(&candidates)
        .map(|(number, candidate)| candidate.in_protocol(document, client, number));
    // A filter is completed anew with each character.
    json!({ "isIncomplete": true, "items": items.collect::<Vec<Value>>() })
}

/// Whether a text consists only of a heading that is being written, so that it may become a timeline.
fn may_begin(document: &TextDocument) -> bool {
    let outline = document.outline();
    match &outline.tables[..] {
        [top] => top.keys.is_empty(),
        [top, only] => top.keys.is_empty() && only.keys.is_empty() && only.kind.is_none(),
        _ => false,
    }
}

fn is_in_filter(document: &TextDocument, byte: usize) -> bool {
    let caret = Caret::at(document.outline(), document.text(), byte);
    caret.is_some_and(|caret| match caret.place {
        CaretPlace::Value(key, Some(_)) => {
            let content = key.key.map(|key| key.content);
            matches!(content, Some(KeyContent::Filter))
        }
        _ => false,
    })
}

fn candidates(document: &TextDocument, byte: usize) -> Vec<Candidate> {
    let text = document.text();
    let Some(caret) = Caret::at(document.outline(), text, byte) else {
        return Vec::new();
    };
    let line = document.lines().line(byte);
    let before = document.lines().before(text, line, byte);
    match caret.place {
        CaretPlace::Heading => headings::candidates(document, &caret),
        CaretPlace::Between if caret.is_inline => {
            table_keys::candidates(document, &caret, byte..byte)
        }
        // Nothing is completed in a comment, or behind a value.
        CaretPlace::Between if !before.trim().is_empty() => Vec::new(),
        CaretPlace::Between => {
            let mut all = table_keys::candidates(document, &caret, byte..byte);
            all.extend(headings::candidates(document, &caret));
            all
        }
        CaretPlace::Name(key) => table_keys::candidates(document, &caret, key.name.place.clone()),
        CaretPlace::Value(key, text) => values::candidates(document, &caret, key, text),
    }
}
