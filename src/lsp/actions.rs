//! Code actions: the corrections of the findings at a place.

use serde_json::{Value, json};

use super::client::ClientFeature;
use super::findings::in_protocol;
use super::text_document::TextDocument;
use super::text_request::TextRequest;
use crate::diagnostic::{Diagnostic, FileId, Fix};
use crate::formats::toml::write_fixes;
use crate::text::visible;

/// The kind of all of them.
const KIND: &str = "quickfix";

/// The answer to `textDocument/codeAction`: an action for each correction, the most probable one of a finding first.
pub(super) fn answer(request: &mut TextRequest<'_>) -> Value {
    let client = request.client;
    let wanted = request.document.bytes(&request.params["range"]);
    let (Some(wanted), true) = (wanted, client.has(ClientFeature::ActionLiterals)) else {
        return Value::Null;
    };
    let only = request
        .params
        .pointer("/context/only")
        .and_then(Value::as_array);
    let is_asked = only.is_none_or(|kinds| kinds.iter().any(|it| it == KIND || it == ""));
    if !is_asked {
        return json!([]);
    }
    let document = request.checked();
    let all = document.checked().map(|checked| &checked.findings);
    let here = all.into_iter().flatten().filter(|finding| {
        let place = finding.place;
        place.start() <= wanted.end && wanted.start <= place.end()
    });
    let mut here: Vec<Diagnostic> = here.cloned().collect();
    write_fixes(&mut here, FileId(0), document.source());
    let actions = here.iter().flat_map(|finding| {
        let fixes = finding.fixes.iter().filter(|fix| !fix.edits().is_empty());
        fixes.map(|fix| {
            json!({
                "title": visible(&fix.label),
                "kind": KIND,
                "diagnostics": [in_protocol(document, client, finding)],
                "isPreferred": finding.sure_fix() == Some(fix),
                "edit": { "changes": { document.uri(): edits(document, fix) } },
            })
        })
    });
    actions.collect()
}

fn edits(document: &TextDocument, fix: &Fix) -> Vec<Value> {
    let edits = fix.edits().iter();
    edits
        .map(|edit| document.edit(&edit.place.range(), &edit.text))
        .collect()
}
