//! Inlay hints: who published a source, and when, behind each place that names it. They are off unless the client asks.

use serde_json::{Value, json};

use super::client::ClientFeature;
use super::mentions;
use super::text_request::TextRequest;
use crate::formats::toml::keys::IdSpace;
use crate::text::visible;

/// The answer to `textDocument/inlayHint`.
pub(super) fn answer(request: &mut TextRequest<'_>) -> Value {
    let document = &*request.document;
    let shown = document.bytes(&request.params["range"]);
    let (Some(shown), true) = (shown, request.client.has(ClientFeature::Hints)) else {
        return Value::Null;
    };
    let outline = document.outline();
    let all = mentions::all(outline);
    let named = all.iter().filter(|it| {
        let is_key = outline.tables.get(it.table);
        let is_claim = is_key.is_some_and(|table| table.is("[[events.claims]]"));
        it.space == IdSpace::Source && is_claim && shown.contains(&it.place.start)
    });
    let hints = named.filter_map(|mention| {
        let mut sources = all
            .iter()
            .filter(|it| it.is_declaration && it.space == IdSpace::Source);
        let declared = sources.find(|it| it.id == mention.id)?;
        let table = outline.tables.get(declared.table)?;
        let text = |key: &str| table.text(key).map(|text| visible(&text.value));
        let parts = [text("publisher"), text("published")].into_iter().flatten();
        let label = parts.collect::<Vec<_>>().join(", ");
        let end = document.range(&(mention.place.end + 1..mention.place.end + 1));
        (!label.is_empty())
            .then(|| json!({ "position": end["start"], "label": label, "paddingLeft": true }))
    });
    hints.collect()
}
