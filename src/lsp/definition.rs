//! Where an id is declared, and where it is named.

use serde_json::{Value, json};

use super::mentions::{self, IdMention};
use super::text_document::TextDocument;
use super::text_request::TextRequest;
use crate::formats::toml::keys::IdSpace;

/// The answer to `textDocument/definition`.
pub(super) fn definition(request: &mut TextRequest<'_>) -> Value {
    let Some(mention) = at_caret(request) else {
        return Value::Null;
    };
    let declared = declarations(request.document, &mention);
    if declared.is_empty() && mention.space == IdSpace::Event {
        return untitled(request, &mention.id);
    }
    declared.into()
}

/// The answer to `textDocument/references`.
pub(super) fn references(request: &mut TextRequest<'_>) -> Value {
    let Some(mention) = at_caret(request) else {
        return Value::Null;
    };
    let wants_declaration = request.params["context"]["includeDeclaration"] == json!(true);
    let document = &*request.document;
    let all = mentions::of(document.outline(), mention.space, &mention.id).into_iter();
    let wanted = all.filter(|it| wants_declaration || !it.is_declaration);
    wanted.map(|it| document.location(&it.place)).collect()
}

/// The answer to `textDocument/documentHighlight`.
pub(super) fn highlights(request: &mut TextRequest<'_>) -> Value {
    let Some(mention) = at_caret(request) else {
        return Value::Null;
    };
    let document = &*request.document;
    let all = mentions::of(document.outline(), mention.space, &mention.id).into_iter();
    // 3 is where it is written, 2 where it is read.
    let highlight = |it: IdMention| {
        json!({
            "range": document.range(&it.place),
            "kind": if it.is_declaration { 3 } else { 2 },
        })
    };
    all.map(highlight).collect()
}

/// The mention of an id at the position of a request.
pub(super) fn at_caret(request: &TextRequest<'_>) -> Option<IdMention> {
    mentions::at(request.document.outline(), request.byte()?)
}

fn declarations(document: &TextDocument, mention: &IdMention) -> Vec<Value> {
    let all = mentions::of(document.outline(), mention.space, &mention.id).into_iter();
    let declared = all.filter(|it| it.is_declaration);
    declared.map(|it| document.location(&it.place)).collect()
}

/// The place of an event without an id of its own, whose id is made from its title.
fn untitled(request: &mut TextRequest<'_>, id: &str) -> Value {
    let document = request.checked();
    let event = document.checked().and_then(|it| it.timeline.find_event(id));
    event.map_or(Value::Null, |event| {
        json!([document.location(&event.place().range())])
    })
}
