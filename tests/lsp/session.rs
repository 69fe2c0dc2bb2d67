//! An editor without a screen: a client at the other end of a connection in memory.

use std::thread::{self, JoinHandle};

use dateline::lsp::{ServerEnd, serve};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

/// Replaces the bytes of a range by a text.
pub struct AppliedEdit {
    pub range: std::ops::Range<usize>,
    pub text: String,
}

pub struct EditorSession {
    client: Connection,
    server: JoinHandle<ServerEnd>,
    is_utf8: bool,
    uri: String,
    text: String,
    caret: usize,
    version: i32,
    requests: i32,
    /// The findings that came last.
    findings: Value,
}

impl EditorSession {
    /// Starts a server for a client that can do some things.
    pub fn start(features: &str) -> Self {
        let (server, client) = Connection::memory();
        let server = thread::spawn(move || serve(server));
        let has = |feature: &str| features.split(' ').any(|it| it == feature);
        let mut session = Self {
            client,
            server,
            is_utf8: has("utf-8"),
            uri: String::new(),
            text: String::new(),
            caret: 0,
            version: 0,
            requests: 0,
            findings: Value::Null,
        };
        let tags = if has("tags") { json!([1]) } else { json!([]) };
        let mut capabilities = json!({
            "general": { "positionEncodings": if has("utf-8") { json!(["utf-8"]) } else { json!([]) } },
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": has("snippets") } },
                "codeAction": { "codeActionLiteralSupport": {} },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": !has("flat-symbols") },
                "publishDiagnostics": {
                    "relatedInformation": has("related"),
                    "tagSupport": { "valueSet": tags },
                },
            },
        });
        if has("pull") {
            capabilities["textDocument"]["diagnostic"] = json!({});
        }
        let params = json!({
            "capabilities": capabilities,
            "initializationOptions": { "inlayHints": has("hints") },
        });
        session.raw_request("initialize", params);
        session.notify("initialized", json!({}));
        session
    }

    pub fn uri(&self) -> &str {
        &self.uri
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// A part of the text, which lies between characters.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &str {
        let part = self.text.get(range.clone());
        part.unwrap_or_else(|| panic!("{range:?} is not a part of the text"))
    }

    pub fn caret(&self) -> usize {
        self.caret
    }

    pub fn open(&mut self, name: &str, text: &str) {
        self.uri = format!("file:///case/{name}");
        text.clone_into(&mut self.text);
        self.version = 1;
        let document = json!({ "uri": self.uri, "languageId": "toml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Types at the caret.
    pub fn type_text(&mut self, text: &str) {
        let range = self.caret..self.caret;
        let text = text.to_owned();
        self.apply(&AppliedEdit { range, text });
    }

    /// Moves the caret to the end of its line.
    pub fn go_to_end(&mut self) {
        let rest = self.slice(self.caret..self.text.len());
        self.caret += rest.find('\n').unwrap_or(rest.len());
    }

    /// Applies an edit, and puts the caret behind it.
    pub fn apply(&mut self, edit: &AppliedEdit) {
        self.text.replace_range(edit.range.clone(), &edit.text);
        self.caret = edit.range.start + edit.text.len();
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "text": self.text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// The answer to a request about the text; the message of a refusal.
    pub fn request(&mut self, method: &str, mut params: Value) -> Value {
        params["textDocument"] = json!({ "uri": self.uri });
        self.raw_request(&format!("textDocument/{method}"), params)
    }

    /// The findings of the present text, which must be a timeline.
    pub fn findings(&self) -> Value {
        let mut found = self.findings.clone();
        while found["version"] != json!(self.version) {
            let message = self.client.receiver.recv().expect("the server is there");
            if let Message::Notification(it) = message
                && it.method == "textDocument/publishDiagnostics"
            {
                found = it.params;
            }
        }
        found
    }

    /// The findings of the present text, if any were sent before the answer to a further request.
    pub fn findings_if_any(&mut self) -> Value {
        // The first answer may come before the findings of a text that was opened just now.
        for _ in 0..2 {
            self.request("foldingRange", json!({}));
        }
        self.findings.clone()
    }

    fn raw_request(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let request = Request::new(self.requests.into(), method.to_owned(), params);
        self.send(request.into());
        loop {
            match self.client.receiver.recv().expect("the server is there") {
                Message::Response(response) => {
                    return match response.response_result {
                        Ok(result) => result,
                        Err(error) => json!(format!("refused: {}", error.message)),
                    };
                }
                Message::Notification(it) if it.method == "textDocument/publishDiagnostics" => {
                    self.findings = it.params;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn notify(&self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn send(&self, message: Message) {
        self.client
            .sender
            .send(message)
            .expect("the server is there");
    }

    /// Ends the conversation as the protocol asks.
    pub fn end(mut self) {
        assert_eq!(self.raw_request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        let end = self.server.join().expect("the server does not panic");
        assert_eq!(end, ServerEnd::Orderly);
    }

    fn units(&self, text: &str) -> usize {
        if self.is_utf8 {
            text.len()
        } else {
            text.encode_utf16().count()
        }
    }

    /// A byte as a position of the protocol.
    pub fn position(&self, byte: usize) -> Value {
        let before = self.slice(0..byte);
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": line, "character": self.units(self.slice(start..byte)) })
    }

    /// The byte at a position of the protocol.
    pub fn byte(&self, position: &Value) -> usize {
        let number = |key: &str| position[key].as_u64().expect("it is a number");
        let line = usize::try_from(number("line")).expect("it is small");
        let mut starts =
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1));
        let start = starts.nth(line).expect("the text has the line");
        let wanted = usize::try_from(number("character")).expect("it is small");
        let line = self.slice(start..self.text.len());
        let line = line.lines().next().unwrap_or_default();
        let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        let at = ends.find(|&at| self.units(self.slice(start..start + at)) == wanted);
        start + at.unwrap_or_else(|| panic!("{position} is not between two characters of {line}"))
    }

    pub fn range(&self, range: &Value) -> std::ops::Range<usize> {
        self.byte(&range["start"])..self.byte(&range["end"])
    }

    pub fn edits(&self, edits: &[Value]) -> Vec<AppliedEdit> {
        let edits = edits.iter().map(|edit| AppliedEdit {
            range: self.range(&edit["range"]),
            text: edit["newText"].as_str().expect("it is text").to_owned(),
        });
        edits.collect()
    }
}
