//! A request about one text.

use serde_json::Value;

use super::client::ClientCapabilities;
use super::text_document::{CheckText, TextDocument};

/// A request about one text, and what its answer depends on.
pub(super) struct TextRequest<'s> {
    pub document: &'s mut TextDocument,
    pub client: ClientCapabilities,
    pub params: &'s Value,
    pub check: CheckText,
}

/// The answer to a request, or the reason why there is none.
pub(super) type Answer = Result<Value, String>;

impl TextRequest<'_> {
    /// The byte at the position of the request.
    pub fn byte(&self) -> Option<usize> {
        self.document.byte(&self.params["position"])
    }

    /// Checks the text, unless that is done.
    pub fn checked(&mut self) -> &TextDocument {
        self.document.check(self.check);
        self.document
    }
}
