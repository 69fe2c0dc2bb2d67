//! The server: takes messages one by one, and keeps the texts of the editor and the answers to it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::client::{ClientCapabilities, ClientFeature};
use super::text_document::{CheckText, TextDocument};
use super::text_request::{Answer, TextRequest};
use super::{actions, completion, definition, findings, hints, hover, outline_symbols, rename};
use crate::diagnostic::SourceText;
use crate::formats;

type Handler = fn(&mut TextRequest<'_>) -> Answer;

/// The requests about a text.
const HANDLERS: &[(&str, Handler)] = &[
    ("textDocument/codeAction", |it| Ok(actions::answer(it))),
    ("textDocument/completion", |it| Ok(completion::answer(it))),
    ("textDocument/definition", |it| {
        Ok(definition::definition(it))
    }),
    ("textDocument/diagnostic", |it| Ok(findings::pulled(it))),
    ("textDocument/documentHighlight", |it| {
        Ok(definition::highlights(it))
    }),
    ("textDocument/documentLink", |it| {
        Ok(outline_symbols::links(it))
    }),
    ("textDocument/documentSymbol", |it| {
        Ok(outline_symbols::symbols(it))
    }),
    ("textDocument/foldingRange", |it| {
        Ok(outline_symbols::folds(it))
    }),
    ("textDocument/hover", |it| Ok(hover::answer(it))),
    ("textDocument/inlayHint", |it| Ok(hints::answer(it))),
    ("textDocument/prepareRename", rename::prepared),
    ("textDocument/references", |it| {
        Ok(definition::references(it))
    }),
    ("textDocument/rename", rename::answer),
];

/// The requests that are answered even for a text that is not a timeline, or not yet. Others are not answered then.
const ALWAYS_ANSWERED: &[&str] = &["textDocument/completion", "textDocument/diagnostic"];

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerEnd {
    /// With `exit` after `shutdown`.
    Orderly,
    /// With `exit` alone, or by hanging up.
    Abrupt,
}

#[derive(Debug, PartialEq, Eq)]
enum ServerStage {
    /// Before `initialize`.
    New,
    Running,
    /// After `shutdown`.
    ShuttingDown,
    Ended(ServerEnd),
}

pub(super) struct Server {
    stage: ServerStage,
    client: ClientCapabilities,
    /// The open texts, by their addresses.
    documents: BTreeMap<String, TextDocument>,
    outgoing: Vec<Message>,
    check: CheckText,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            stage: ServerStage::New,
            client: ClientCapabilities::default(),
            documents: BTreeMap::new(),
            outgoing: Vec::new(),
            check: |text: &SourceText| formats::open(std::slice::from_ref(text)),
        }
    }
}

impl Server {
    /// How the conversation ended, if it has.
    pub fn end(&self) -> Option<ServerEnd> {
        match self.stage {
            ServerStage::Ended(end) => Some(end),
            _ => None,
        }
    }

    /// The messages for the editor so far. They are handed over once.
    pub fn answers(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.outgoing)
    }

    /// Takes a message of the editor.
    pub fn take(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) => self.notification(notification),
            Message::Response(_) => {}
        }
    }

    /// Sends the findings of every text that has changed.
    pub fn rest(&mut self) {
        let client = self.client;
        let mut outgoing = Vec::new();
        for document in self.documents.values_mut() {
            if !std::mem::take(&mut document.is_changed)
                || client.has(ClientFeature::PulledFindings)
            {
                continue;
            }
            let found = guarded(|| findings::pushed(document, client, self.check));
            match found {
                Ok(Some(params)) => {
                    outgoing.push(notify("textDocument/publishDiagnostics", params));
                }
                Ok(None) => {}
                Err(crash) => outgoing.push(crash_message("the check", document.uri(), &crash)),
            }
        }
        self.outgoing.append(&mut outgoing);
    }

    fn request(&mut self, Request { id, method, params }: Request) {
        match (&self.stage, method.as_str()) {
            (ServerStage::New, "initialize") => {
                self.client = ClientCapabilities::of(&params);
                self.stage = ServerStage::Running;
                self.answer(id, Ok(self.client.answer()));
            }
            (ServerStage::New, _) => {
                self.refuse(
                    id,
                    ErrorCode::ServerNotInitialized,
                    "send `initialize` first",
                );
            }
            (ServerStage::Running, "shutdown") => {
                self.stage = ServerStage::ShuttingDown;
                self.answer(id, Ok(Value::Null));
            }
            (ServerStage::Running, method) if method != "initialize" => {
                match HANDLERS.iter().find(|(known, _)| *known == method) {
                    Some((_, handler)) => self.about_text(id, method, &params, *handler),
                    None => self.refuse(
                        id,
                        ErrorCode::MethodNotFound,
                        &format!("dateline does not answer `{method}`"),
                    ),
                }
            }
            _ => self.refuse(id, ErrorCode::InvalidRequest, "not at this time"),
        }
    }

    fn about_text(&mut self, id: RequestId, method: &str, params: &Value, handler: Handler) {
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
        let Some(document) = self.documents.get_mut(uri) else {
            return self.answer(id, Ok(Value::Null));
        };
        if !ALWAYS_ANSWERED.contains(&method) && !document.is_timeline() {
            return self.answer(id, Ok(Value::Null));
        }
        let mut request = TextRequest {
            document,
            client: self.client,
            params,
            check: self.check,
        };
        match guarded(|| handler(&mut request)) {
            Ok(answer) => self.answer(id, answer),
            Err(crash) => {
                self.outgoing.push(crash_message(method, uri, &crash));
                self.refuse(
                    id,
                    ErrorCode::InternalError,
                    "dateline crashed (this is a bug)",
                );
            }
        }
    }

    fn notification(&mut self, Notification { method, params }: Notification) {
        if method == "exit" {
            let is_orderly = self.stage == ServerStage::ShuttingDown;
            self.stage = ServerStage::Ended(if is_orderly {
                ServerEnd::Orderly
            } else {
                ServerEnd::Abrupt
            });
        }
        if self.stage != ServerStage::Running {
            return;
        }
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default().to_owned();
        match method.as_str() {
            "textDocument/didOpen" => self.open(uri, document, &document["text"]),
            "textDocument/didChange" => {
                let changes = params["contentChanges"].as_array();
                // Each change is the whole text: the last counts.
                let last = changes.and_then(|changes| changes.last());
                if let Some(last) = last {
                    self.open(uri, document, &last["text"]);
                }
            }
            "textDocument/didClose" => {
                let closed = self.documents.remove(&uri);
                if closed.is_some_and(|it| it.has_findings) {
                    let params = json!({ "uri": uri, "diagnostics": [] });
                    self.outgoing
                        .push(notify("textDocument/publishDiagnostics", params));
                }
            }
            _ => {}
        }
    }

    /// Takes a text, which replaces the one before it.
    fn open(&mut self, uri: String, document: &Value, text: &Value) {
        let Some(text) = text.as_str() else { return };
        let mut opened = TextDocument::new(
            uri.clone(),
            document["version"].clone(),
            text.to_owned(),
            self.client.encoding,
        );
        let before = self.documents.get(&uri);
        opened.has_findings = before.is_some_and(|before| before.has_findings);
        self.documents.insert(uri, opened);
    }

    fn answer(&mut self, id: RequestId, answer: Answer) {
        match answer {
            Ok(value) => self.outgoing.push(Response::new_ok(id, value).into()),
            Err(reason) => self.refuse(id, ErrorCode::RequestFailed, &reason),
        }
    }

    fn refuse(&mut self, id: RequestId, code: ErrorCode, reason: &str) {
        let refusal = Response::new_err(id, code as i32, reason.to_owned());
        self.outgoing.push(refusal.into());
    }
}

fn notify(method: &str, params: Value) -> Message {
    Notification::new(method.to_owned(), params).into()
}

/// Runs something that must not end the server. Returns the message of its panic otherwise.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("no message").to_owned()
    })
}

/// A message that the editor shows its user.
fn crash_message(what: &str, uri: &str, crash: &str) -> Message {
    let message = format!("dateline crashed (this is a bug) in {what} of {uri}: {crash}");
    notify(
        "window/showMessage",
        json!({ "type": 1, "message": message }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: i32, method: &str, params: Value) -> Message {
        Request::new(id.into(), method.to_owned(), params).into()
    }

    fn running() -> Server {
        let mut server = Server::default();
        server.take(request(0, "initialize", json!({ "capabilities": {} })));
        server.answers();
        server
    }

    fn open(server: &mut Server, uri: &str, version: i32, text: &str) {
        let params = json!({ "textDocument": { "uri": uri, "version": version, "text": text } });
        server.take(notify("textDocument/didOpen", params));
    }

    fn change(server: &mut Server, version: i32, text: &str) {
        let document = json!({ "uri": "file:///a.toml", "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        server.take(notify("textDocument/didChange", params));
    }

    fn notifications(server: &mut Server) -> Vec<(String, Value)> {
        server.rest();
        let answers = server.answers().into_iter();
        let notifications = answers.filter_map(|answer| match answer {
            Message::Notification(it) => Some((it.method, it.params)),
            _ => None,
        });
        notifications.collect()
    }

    fn error_code(server: &mut Server) -> Option<i32> {
        match server.answers().pop() {
            Some(Message::Response(response)) => response.response_result.err().map(|it| it.code),
            _ => None,
        }
    }

    #[test]
    fn of_several_versions_that_wait_only_the_newest_is_checked() {
        let mut server = running();
        open(&mut server, "file:///a.toml", 1, "[[events]]\n");
        change(&mut server, 2, "[[events]]\ntitle = 1\n");
        change(&mut server, 3, "[[events]]\ntitle = \"a\"\nwhen = \"x\"\n");
        let sent = notifications(&mut server);
        let [(method, params)] = &sent[..] else {
            panic!("{sent:?}");
        };
        assert_eq!(method, "textDocument/publishDiagnostics");
        assert_eq!(params["version"], 3);
        assert_eq!(params["diagnostics"][0]["code"], "date-not-edtf");
        assert_eq!(notifications(&mut server), []);
        change(&mut server, 4, "[[events]]\ntitle = \"a\"\n");
        assert_eq!(notifications(&mut server)[0].1["diagnostics"], json!([]));
    }

    #[test]
    fn a_text_that_is_not_a_timeline_gets_no_message() {
        let mut server = running();
        let text = program_text();
        open(&mut server, "file:///Cargo.toml", 1, &text);
        assert_eq!(notifications(&mut server), []);
        let at = json!({ "line": 3, "character": 2 });
        for (number, (method, _)) in (1..).zip(HANDLERS) {
            let params = json!({ "textDocument": { "uri": "file:///Cargo.toml" }, "position": at });
            server.take(request(number, method, params));
            let Some(Message::Response(response)) = server.answers().pop() else {
                panic!("{method} has no answer");
            };
            let expected = match *method {
                "textDocument/diagnostic" => json!({ "kind": "full", "items": [] }),
                _ => Value::Null,
            };
            assert_eq!(response.response_result.ok(), Some(expected), "{method}");
        }
    }

    fn program_text() -> String {
        "[package]\nname = \"a\"\n\n[dependencies]\ntoml = \"1\"\n[[bin]]\nname = 1\n".to_owned()
    }

    #[test]
    fn findings_go_when_a_text_is_closed_or_becomes_another_file() {
        let mut server = running();
        open(&mut server, "file:///a.toml", 1, "[[events]]\n");
        assert_eq!(notifications(&mut server).len(), 1);
        change(&mut server, 2, &program_text());
        assert_eq!(notifications(&mut server)[0].1["diagnostics"], json!([]));
        assert_eq!(notifications(&mut server), []);
        change(&mut server, 3, "[[events]]\n");
        assert_eq!(notifications(&mut server).len(), 1);
        let closed = json!({ "textDocument": { "uri": "file:///a.toml" } });
        server.take(notify("textDocument/didClose", closed));
        assert_eq!(notifications(&mut server)[0].1["diagnostics"], json!([]));
    }

    #[test]
    fn requests_are_refused_before_initialize_and_after_shutdown() {
        let mut server = Server::default();
        server.take(request(1, "textDocument/hover", json!({})));
        assert_eq!(error_code(&mut server), Some(-32002));
        server.take(request(2, "initialize", json!({})));
        assert_eq!(error_code(&mut server), None);
        server.take(request(3, "workspace/symbol", json!({})));
        assert_eq!(error_code(&mut server), Some(-32601));
        server.take(request(4, "shutdown", Value::Null));
        assert_eq!(error_code(&mut server), None);
        server.take(request(5, "textDocument/hover", json!({})));
        assert_eq!(error_code(&mut server), Some(-32600));
        assert_eq!(server.end(), None);
        server.take(notify("exit", Value::Null));
        assert_eq!(server.end(), Some(ServerEnd::Orderly));
        let mut server = running();
        server.take(notify("exit", Value::Null));
        assert_eq!(server.end(), Some(ServerEnd::Abrupt));
    }

    #[test]
    fn a_panic_of_a_check_is_a_message_and_the_server_goes_on() {
        let mut server = running();
        server.check = |_| panic!("no such luck");
        open(&mut server, "file:///a.toml", 1, "[[events]]\n");
        let sent = notifications(&mut server);
        assert_eq!(sent[0].0, "window/showMessage");
        let message = sent[0].1["message"].as_str().unwrap_or_default();
        assert!(message.ends_with("no such luck"), "{message}");
        let params = json!({
            "textDocument": { "uri": "file:///a.toml" },
            "position": { "line": 0, "character": 0 },
        });
        server.take(request(1, "textDocument/hover", params));
        assert_eq!(error_code(&mut server), Some(-32603));
        server.check = |text| formats::open(std::slice::from_ref(text));
        change(&mut server, 2, "[[events]]\ntitle = \"a\"\n");
        assert_eq!(notifications(&mut server)[0].1["diagnostics"], json!([]));
    }
}
