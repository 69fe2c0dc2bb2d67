//! A text to insert at the caret, in the form of the protocol.

use std::ops::Range;

use serde_json::{Value, json};

use crate::lsp::client::{ClientCapabilities, ClientFeature};
use crate::lsp::text_document::TextDocument;
use crate::text::visible;

// Kinds of the protocol, for the picture next to a candidate.
pub(super) const KEY: u8 = 10;
pub(super) const REFERENCE: u8 = 18;
pub(super) const WORD: u8 = 12;
pub(super) const HEADING: u8 = 22;

/// A text to insert at the caret.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    pub label: String,
    /// Next to the label.
    pub detail: String,
    /// Below the label, in Markdown.
    pub explanation: String,
    /// The bytes that the text replaces.
    pub range: Range<usize>,
    pub text: String,
    /// The same text with a place for the caret, for clients that know snippets.
    pub snippet: Option<String>,
    /// What the author may type to find it, if not the label.
    pub names: Option<String>,
    pub kind: u8,
}

impl Candidate {
    pub fn in_protocol(
        &self,
        document: &TextDocument,
        client: ClientCapabilities,
        number: usize,
    ) -> Value {
        let snippet = self
            .snippet
            .as_ref()
            .filter(|_| client.has(ClientFeature::Snippets));
        let text = snippet.unwrap_or(&self.text);
        let mut item = json!({
            "label": visible(&self.label),
            "kind": self.kind,
            // Editors sort by this text.
            "sortText": format!("{number:04}"),
            "filterText": self.names.as_ref().unwrap_or(&self.label),
            "insertTextFormat": if snippet.is_some() { 2 } else { 1 },
            "textEdit": document.edit(&self.range, text),
        });
        if !self.detail.is_empty() {
            item["detail"] = visible(&self.detail).into();
        }
        if !self.explanation.is_empty() {
            item["documentation"] = json!({ "kind": "markdown", "value": self.explanation });
        }
        item
    }
}
