//! Renaming an id: in its declaration and everywhere that names it.

use serde_json::{Value, json};

use super::definition::at_caret;
use super::mentions::{self, IdMention, IdNotation};
use super::text_document::TextDocument;
use super::text_request::{Answer, TextRequest};
use crate::text::visible;

/// The answer to `textDocument/prepareRename`: the range of the id.
pub(super) fn prepared(request: &mut TextRequest<'_>) -> Answer {
    let Some(mention) = at_caret(request) else {
        return Ok(Value::Null);
    };
    declared(request.document, &mention)?;
    Ok(json!({ "range": request.document.range(&mention.place), "placeholder": mention.id }))
}

/// The answer to `textDocument/rename`.
pub(super) fn answer(request: &mut TextRequest<'_>) -> Answer {
    let new = request.params["newName"].as_str().unwrap_or_default();
    let mention = at_caret(request).ok_or("there is no id here to rename")?;
    let document = &*request.document;
    let all = declared(document, &mention)?;
    usable(new)?;
    let taken = mentions::of(document.outline(), mention.space, new);
    let is_own = |it: &IdMention| all.iter().any(|own| own.place == it.place);
    if let Some(other) = taken.iter().find(|it| it.is_declaration && !is_own(it)) {
        let line = document.lines().line(other.place.start) + 1;
        return Err(format!("line {line} declares `{new}` already"));
    }
    let edits = all.iter().map(|it| edit(document, it, new));
    let edits: Vec<Value> = edits.collect();
    Ok(json!({ "changes": { document.uri(): edits } }))
}

/// Every place of an id that the file declares.
fn declared(document: &TextDocument, mention: &IdMention) -> Result<Vec<IdMention>, String> {
    let all = mentions::of(document.outline(), mention.space, &mention.id);
    if all.iter().any(|it| it.is_declaration) {
        return Ok(all);
    }
    let id = visible(&mention.id);
    Err(format!("the file does not declare the id `{id}`"))
}

/// Refuses an id that a heading or a filter could not hold.
fn usable(id: &str) -> Result<(), String> {
    if id.is_empty() || id.trim() != id {
        return Err("an id is not empty, and has no white space at its ends".to_owned());
    }
    let is_awkward = |it: char| it.is_control() || "\"'\\*".contains(it);
    match id.chars().find(|&it| is_awkward(it)) {
        Some(other) => {
            let shown = visible(&other.to_string()).into_owned();
            Err(format!(
                "an id has no `{shown}`: write letters, digits and hyphens"
            ))
        }
        None => Ok(()),
    }
}

fn edit(document: &TextDocument, mention: &IdMention, new: &str) -> Value {
    match &mention.notation {
        IdNotation::Key(place) => document.edit(place, &as_key(new)),
        IdNotation::Text(place) => document.edit(place, &format!("\"{new}\"")),
        IdNotation::Filter { value, is_date } => {
            let written = mentions::in_filter(new, *is_date);
            document.edit(value, &in_text(document, value.start, &written))
        }
    }
}

/// An id as a key of TOML.
pub(super) fn as_key(id: &str) -> String {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    if !id.is_empty() && id.chars().all(is_bare) {
        id.to_owned()
    } else {
        format!("\"{id}\"")
    }
}

/// A part of a text, with the escapes that the quotation marks around a byte require.
pub(super) fn in_text(document: &TextDocument, byte: usize, part: &str) -> String {
    let tables = document.outline().tables.iter();
    let mut texts = tables.flat_map(|table| table.keys.iter().flat_map(|key| &key.texts));
    let around = texts.find(|text| text.has(byte));
    let is_literal =
        around.is_some_and(|text| document.slice(text.place.clone()).starts_with('\''));
    if is_literal {
        part.to_owned()
    } else {
        part.replace('\\', "\\\\").replace('"', "\\\"")
    }
}
