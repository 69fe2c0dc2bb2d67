//! The outline for an editor: symbols, folds and links.

use std::ops::Range;

use serde_json::{Value, json};

use super::client::ClientFeature;
use super::text_document::TextDocument;
use super::text_request::TextRequest;
use crate::formats::toml::keys::KeyContent;
use crate::formats::toml::outline::{OutlineTable, OutlineText};
use crate::text::visible;

/// A symbol in the outline.
struct TableSymbol<'d> {
    table: &'d OutlineTable,
    /// From the heading to the end of the tables inside it.
    range: Range<usize>,
    claims: Vec<TableSymbol<'d>>,
}

/// The answer to `textDocument/documentSymbol`.
pub(super) fn symbols(request: &mut TextRequest<'_>) -> Value {
    let document = &*request.document;
    let nested = nested(document);
    if request.client.has(ClientFeature::NestedSymbols) {
        return nested.iter().map(|it| it.in_protocol(document)).collect();
    }
    let flat = nested
        .iter()
        .flat_map(|it| std::iter::once(it).chain(&it.claims));
    let flat = flat.map(|it| {
        json!({
            "name": it.name(document),
            "kind": it.kind(),
            "location": document.location(&it.range),
        })
    });
    flat.collect()
}

/// The tables with headings, and in each event its claims.
fn nested(document: &TextDocument) -> Vec<TableSymbol<'_>> {
    let mut symbols: Vec<TableSymbol<'_>> = Vec::new();
    let tables = document.outline().tables.iter();
    for table in tables.filter(|table| !table.heading.is_empty()) {
        let symbol = TableSymbol {
            table,
            range: table.range.clone(),
            claims: Vec::new(),
        };
        match symbols.last_mut() {
            Some(event) if table.is("[[events.claims]]") && event.table.is("[[events]]") => {
                event.range.end = table.range.end;
                event.claims.push(symbol);
            }
            _ => symbols.push(symbol),
        }
    }
    symbols
}

impl TableSymbol<'_> {
    fn text(&self, key: &str) -> Option<&str> {
        let text = self.table.text(key)?.value.as_str();
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The date and the title of an event, the speaker and the aspect of a claim, the name of everything else.
    fn name(&self, document: &TextDocument) -> String {
        let of_heading = || document.slice(self.table.heading.clone());
        let named = ["title", "name", "text"]
            .iter()
            .find_map(|key| self.text(key));
        let id = self.table.own_id().map(|id| id.value.as_str());
        let name = if self.table.is("[[events.claims]]") {
            let parts = [self.text("by"), self.text("about")];
            parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
        } else {
            let parts = [self.text("when"), named.or(id)];
            parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
        };
        let name = if name.is_empty() { of_heading() } else { &name };
        visible(name.trim().lines().next().unwrap_or_default()).into_owned()
    }

    /// A kind of the protocol, for the picture next to the name.
    fn kind(&self) -> u8 {
        let heading = self.table.kind.map_or("", |kind| kind.heading());
        match heading {
            "[timeline]" => 3,
            "[sources.ID]" => 1,
            "[entities.ID]" => 5,
            "[[events]]" => 24,
            "[[events.claims]]" => 8,
            "[views.ID]" => 12,
            "[[scenes]]" => 6,
            _ => 19,
        }
    }

    fn in_protocol(&self, document: &TextDocument) -> Value {
        let children = self.claims.iter().map(|it| it.in_protocol(document));
        let id = self.table.own_id().map_or("", |id| id.value.as_str());
        json!({
            "name": self.name(document),
            "detail": visible(id),
            "kind": self.kind(),
            "range": document.range(&self.range),
            "selectionRange": document.range(&self.table.heading),
            "children": children.collect::<Vec<Value>>(),
        })
    }
}

/// The answer to `textDocument/foldingRange`: tables, events with their claims, and values of several lines.
pub(super) fn folds(request: &mut TextRequest<'_>) -> Value {
    let document = &*request.document;
    let nested = nested(document);
    let tables = nested.iter().flat_map(|it| {
        let claims = it.claims.iter().map(|claim| claim.range.clone());
        std::iter::once(it.range.clone()).chain(claims)
    });
    let keys = document.outline().tables.iter().flat_map(|it| &it.keys);
    let values = keys.map(|key| key.range.clone());
    let folds = tables.chain(values).filter_map(|range| {
        let lines = document.lines();
        let (first, last) = (lines.line(range.start), lines.line(range.end));
        (first < last).then(|| json!({ "startLine": first, "endLine": last }))
    });
    folds.collect()
}

/// The answer to `textDocument/documentLink`: the addresses of the web.
pub(super) fn links(request: &mut TextRequest<'_>) -> Value {
    let document = &*request.document;
    let keys = document.outline().tables.iter().flat_map(|it| &it.keys);
    let addresses = keys.filter(|key| {
        let content = key.key.map(|key| key.content);
        matches!(content, Some(KeyContent::Url))
    });
    let is_of_web = |text: &&OutlineText| {
        ["https://", "http://"]
            .iter()
            .any(|it| text.value.starts_with(it))
    };
    let texts = addresses.flat_map(|key| &key.texts).filter(is_of_web);
    let link =
        |text: &OutlineText| json!({ "range": document.range(&text.inside), "target": text.value });
    texts.map(link).collect()
}
