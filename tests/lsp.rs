//! The language server: each file of `lsp/*.txt` is a text with a caret, requests, and their answers.
//!
//! ```text
//! # What it shows, for people.
//! name: case.toml              the file; without it, case.toml
//! client: snippets utf-8       what the client can do; without it, nothing
//!
//! [[events]]
//! title = "A▮"                 the text; ▮ is the caret, and not in it
//! === hover
//! the answer
//! === rename new-name          a request, and what it needs
//! the answer
//! ```
//!
//! A wrong answer fails, and is printed as it should be; `INSTA_UPDATE=always` writes it into the file. `newcomer.script` is
//! a session: a newcomer types a few characters, and takes the rest from completions.

mod answers;
mod session;

use std::fmt::Write as _;

use dateline::diagnostic::{Severity, SourceText};
use dateline::formats;
use serde_json::{Value, json};

use crate::support::program;
use answers::{applied, completed, shown};
use session::EditorSession;

/// The sign of the caret.
const CARET: char = '▮';

/// A file of `tests/lsp`.
struct LspCase {
    head: String,
    name: String,
    client: String,
    text: String,
    requests: Vec<(String, String)>,
}

impl LspCase {
    fn read(content: &str) -> Self {
        let (front, requests) = match content.find("\n=== ") {
            Some(at) => content.split_at(at + 1),
            None => panic!("there is no request"),
        };
        let (head, text) = front
            .split_once("\n\n")
            .expect("a blank line is before the text");
        let option = |name: &str| {
            let mut lines = head.lines();
            lines
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let requests = requests.split("=== ").skip(1).map(|request| {
            let (name, answer) = request.split_once('\n').expect("an answer is below");
            (name.to_owned(), answer.to_owned())
        });
        Self {
            name: Some(option("name:"))
                .filter(|it| !it.is_empty())
                .unwrap_or("case.toml".to_owned()),
            client: option("client:"),
            head: head.to_owned(),
            text: text.to_owned(),
            requests: requests.collect(),
        }
    }

    /// The file with the answers that the server gives.
    fn answered(&self) -> String {
        let caret = self.text.find(CARET).unwrap_or(self.text.len());
        let text = self.text.replacen(CARET, "", 1);
        let mut session = EditorSession::start(&self.client);
        session.open(&self.name, &text);
        let mut out = format!("{}\n\n{}", self.head, self.text);
        for (request, _) in &self.requests {
            let answer = answer(&mut session, request, caret);
            write!(out, "=== {request}\n{}\n", answer.trim_end()).expect("a string takes all");
        }
        session.end();
        out
    }
}

/// What the server answers, as lines for people.
fn answer(session: &mut EditorSession, request: &str, caret: usize) -> String {
    let (name, argument) = request.split_once(' ').unwrap_or((request, ""));
    let at = session.position(caret);
    let mut more = json!({ "position": at });
    match name {
        "findings" => return shown(session, name, &session.findings()),
        "take" => {
            let items = session.request("completion", more);
            return match completed(session, &items, argument) {
                Ok(edit) => applied(session.text(), &[edit]),
                Err(reason) => reason,
            };
        }
        "rename" => more["newName"] = argument.into(),
        "references" => more["context"] = json!({ "includeDeclaration": true }),
        "codeAction" | "fix" => {
            let at = session.position(caret);
            more = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
        }
        "inlayHint" => {
            let end = session.position(session.text().len());
            more = json!({ "range": { "start": { "line": 0, "character": 0 }, "end": end } });
        }
        _ => {}
    }
    let method = if name == "fix" { "codeAction" } else { name };
    let answer = session.request(method, more);
    match name {
        "rename" => {
            let uri = session.uri().to_owned();
            match answer["changes"][&uri].as_array() {
                Some(edits) => applied(session.text(), &session.edits(edits)),
                None => shown(session, name, &answer),
            }
        }
        "fix" => {
            let actions = answer.as_array().cloned().unwrap_or_default();
            let mut actions = actions.iter();
            let action = actions.find(|it| it["title"] == argument);
            let action = action.unwrap_or_else(|| panic!("no action `{argument}` in {answer:#}"));
            let uri = session.uri().to_owned();
            let edits = action["edit"]["changes"][&uri].as_array().cloned();
            applied(session.text(), &session.edits(&edits.unwrap_or_default()))
        }
        _ => shown(session, name, &answer),
    }
}

#[test]
fn every_request_has_the_expected_answer() {
    let mut wrong = Vec::new();
    for path in program::files("tests/lsp", ".txt") {
        let content = program::read(&path);
        let fresh = LspCase::read(&content).answered();
        if content == fresh {
            continue;
        }
        if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
            std::fs::write(program::root().join(&path), &fresh).expect("it can be written");
            continue;
        }
        wrong.push(format!("{path} should be\n{fresh}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Plays the session of a newcomer. Everything but the words of the author comes from completions.
#[test]
fn a_newcomer_writes_an_event_with_a_claim_and_a_source_by_completions() {
    let mut session = EditorSession::start("");
    session.open("mail.timeline.toml", "");
    let script = program::read("tests/lsp/newcomer.script");
    let (steps, expected) = script
        .split_once("\n---\n")
        .expect("the text is below a line");
    for step in steps
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (verb, words) = step.split_once(' ').unwrap_or((step, ""));
        match verb {
            "type" => session.type_text(words),
            "enter" => session.type_text("\n"),
            "end" => session.go_to_end(),
            "take" => {
                let at = session.position(session.caret());
                let items = session.request("completion", json!({ "position": at }));
                let edit = completed(&session, &items, words);
                session.apply(&edit.unwrap_or_else(|reason| panic!("{step}: {reason}")));
            }
            other => panic!("`{other}` is not a step"),
        }
    }
    assert_eq!(session.text(), expected);
    let findings = session.findings();
    assert_eq!(findings["diagnostics"], json!([]), "{findings:#}");
    session.end();
}

#[test]
fn findings_are_those_of_the_check() {
    for path in program::files("tests/diagnostics", ".toml") {
        let Ok(text) = std::fs::read_to_string(program::root().join(&path)) else {
            continue;
        };
        let mut session = EditorSession::start("");
        session.open(&path, &text);
        let sent = session.findings_if_any();
        let (_, findings) = formats::open(&[SourceText::new(&path, text.as_str())]);
        let expected = findings.iter().map(|finding| {
            let severity = match finding.severity() {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Note => 3,
            };
            (finding.kind.name.to_owned(), severity)
        });
        let expected: Vec<(String, u64)> = expected.collect();
        let is_timeline = text.contains("[[events]]") || text.contains("[timeline]");
        if is_timeline {
            let sent = sent["diagnostics"].as_array().cloned().unwrap_or_default();
            let sent = sent.iter().map(|it| {
                let severity = it["severity"].as_u64().unwrap_or_default();
                (it["code"].as_str().unwrap_or_default().to_owned(), severity)
            });
            assert_eq!(sent.collect::<Vec<_>>(), expected, "{path}");
        } else {
            assert_eq!(sent, Value::Null, "{path}");
        }
        session.end();
    }
}

/// Asks everything at the end of a text that breaks off at each of many places. The session fails on any other message than
/// findings, such as that of a crash.
#[test]
fn a_text_that_breaks_off_anywhere_has_answers() {
    let whole = program::read("tests/frames/timelines/harbour.toml");
    let mut session = EditorSession::start("hints related");
    for end in (0..whole.len()).step_by(113) {
        let text = whole.get(..whole.floor_char_boundary(end));
        let text = text.expect("it ends between characters");
        session.open("case.timeline.toml", text);
        for method in [
            "completion",
            "hover",
            "definition",
            "documentSymbol",
            "foldingRange",
            "documentLink",
            "references",
        ] {
            let at = session.position(text.len());
            session.request(method, json!({ "position": at }));
        }
    }
    session.end();
}
