//! The client: what it can do, and the answer to its first request.

use serde_json::{Value, json};

use super::line_index::PositionEncoding;

/// The characters behind which an editor asks for completions.
const TRIGGERS: [&str; 6] = ["[", "\"", "'", "=", ".", ":"];

/// The capabilities that the client states in `initialize`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClientCapabilities {
    pub encoding: PositionEncoding,
    /// Indexed by the number of the feature.
    features: [bool; ClientFeature::ALL.len()],
}

/// Something that a client may be able to do.
#[derive(Clone, Copy, Debug)]
pub(super) enum ClientFeature {
    /// It asks for findings. Otherwise they are sent after each change.
    PulledFindings,
    RelatedPlaces,
    UnnecessaryTag,
    Snippets,
    NestedSymbols,
    ActionLiterals,
    /// `inlayHints` among the options of `initialize`: the hints are off otherwise.
    Hints,
}

impl ClientFeature {
    const ALL: [Self; 7] = [
        Self::PulledFindings,
        Self::RelatedPlaces,
        Self::UnnecessaryTag,
        Self::Snippets,
        Self::NestedSymbols,
        Self::ActionLiterals,
        Self::Hints,
    ];

    /// Whether the parameters of `initialize` have it.
    fn is_in(self, params: &Value) -> bool {
        let at = |path: &str| params.pointer(&format!("/capabilities/textDocument/{path}"));
        let is_true = |path: &str| at(path) == Some(&json!(true));
        let has_tag = |path: &str| {
            let tags = at(path).and_then(Value::as_array);
            tags.is_some_and(|tags| tags.contains(&json!(1)))
        };
        match self {
            Self::PulledFindings => at("diagnostic").is_some_and(Value::is_object),
            Self::RelatedPlaces => {
                is_true("publishDiagnostics/relatedInformation")
                    || is_true("diagnostic/relatedInformation")
            }
            Self::UnnecessaryTag => {
                has_tag("publishDiagnostics/tagSupport/valueSet")
                    || has_tag("diagnostic/tagSupport/valueSet")
            }
            Self::Snippets => is_true("completion/completionItem/snippetSupport"),
            Self::NestedSymbols => is_true("documentSymbol/hierarchicalDocumentSymbolSupport"),
            Self::ActionLiterals => at("codeAction/codeActionLiteralSupport").is_some(),
            Self::Hints => {
                params.pointer("/initializationOptions/inlayHints") == Some(&json!(true))
            }
        }
    }
}

impl ClientCapabilities {
    /// Reads the parameters of `initialize`.
    pub fn of(params: &Value) -> Self {
        let encodings = params.pointer("/capabilities/general/positionEncodings");
        let encodings = encodings.and_then(Value::as_array);
        let has_utf8 = encodings.is_some_and(|them| them.contains(&json!("utf-8")));
        Self {
            encoding: if has_utf8 {
                PositionEncoding::Utf8
            } else {
                PositionEncoding::Utf16
            },
            features: ClientFeature::ALL.map(|feature| feature.is_in(params)),
        }
    }

    pub const fn has(self, feature: ClientFeature) -> bool {
        self.features[feature as usize]
    }

    /// The answer to `initialize`.
    pub fn answer(self) -> Value {
        let mut capabilities = json!({
            "positionEncoding": self.encoding.as_str(),
            // 1: the whole text with each change.
            "textDocumentSync": { "openClose": true, "change": 1 },
            "completionProvider": { "triggerCharacters": TRIGGERS },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "documentLinkProvider": { "resolveProvider": false },
            "inlayHintProvider": self.has(ClientFeature::Hints),
        });
        if self.has(ClientFeature::PulledFindings) {
            capabilities["diagnosticProvider"] = json!({
                "identifier": "dateline",
                "interFileDependencies": false,
                "workspaceDiagnostics": false,
            });
        }
        json!({
            "capabilities": capabilities,
            "serverInfo": { "name": "dateline", "version": env!("CARGO_PKG_VERSION") },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_says_nothing_gets_the_defaults_of_the_protocol() {
        let client = ClientCapabilities::of(&json!({ "capabilities": {} }));
        assert_eq!(client.encoding, PositionEncoding::Utf16);
        assert!(
            ClientFeature::ALL
                .iter()
                .all(|feature| !client.has(*feature))
        );
        let answer = client.answer();
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        assert_eq!(answer["capabilities"]["diagnosticProvider"], Value::Null);
    }

    #[test]
    fn utf_8_is_taken_if_the_client_has_it() {
        let params = json!({ "capabilities": {
            "general": { "positionEncodings": ["utf-16", "utf-8"] },
            "textDocument": { "diagnostic": {} },
        }});
        let client = ClientCapabilities::of(&params);
        assert_eq!(client.encoding, PositionEncoding::Utf8);
        assert!(client.has(ClientFeature::PulledFindings));
    }
}
