//! Answers of the server as lines for people.

use std::fmt::Write as _;

use serde_json::Value;

use super::session::{AppliedEdit, EditorSession};

/// The most completions that are shown.
const SHOWN: usize = 16;

/// An answer, in a form of its own for each request.
pub fn shown(session: &EditorSession, request: &str, answer: &Value) -> String {
    if let Some(refusal) = answer.as_str() {
        return refusal.to_owned();
    }
    let list = |answer: &Value| answer.as_array().cloned().unwrap_or_default();
    match request {
        "completion" => items(session, &list(&answer["items"])),
        "hover" => {
            let text = answer["contents"]["value"].as_str().unwrap_or("nothing");
            match &answer["range"] {
                Value::Null => text.to_owned(),
                range => format!("on {:?}:\n{text}", session.slice(session.range(range))),
            }
        }
        "definition" | "references" | "documentHighlight" | "foldingRange" | "documentLink" => {
            lines(list(answer).iter().map(|it| place(session, it)))
        }
        "findings" | "diagnostic" => {
            let found = answer.get("diagnostics").or(answer.get("items"));
            lines(
                found
                    .map(list)
                    .unwrap_or_default()
                    .iter()
                    .map(|it| finding(session, it)),
            )
        }
        "documentSymbol" => lines(list(answer).iter().map(|it| symbol(session, it, 0))),
        "inlayHint" => lines(list(answer).iter().map(|it| {
            let label = it["label"].as_str().unwrap_or_default();
            let at = session.byte(&it["position"]);
            format!("{}: {label}", line_of(session, at))
        })),
        "codeAction" => lines(list(answer).iter().map(|it| {
            let preferred = if it["isPreferred"] == true {
                " (preferred)"
            } else {
                ""
            };
            format!("{}{preferred}", it["title"].as_str().unwrap_or_default())
        })),
        _ => format!("{answer:#}"),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return "nothing".to_owned();
    }
    lines.join("\n")
}

fn line_of(session: &EditorSession, byte: usize) -> usize {
    session.slice(0..byte).matches('\n').count() + 1
}

/// A range as line, columns and text, or the lines of a fold.
fn place(session: &EditorSession, it: &Value) -> String {
    if let Some(first) = it["startLine"].as_u64() {
        let last = it["endLine"].as_u64().unwrap_or_default();
        return format!("lines {} to {}", first + 1, last + 1);
    }
    let range = session.range(&it["range"]);
    let mut text = format!(
        "{}: {}",
        line_of(session, range.start),
        session.slice(range)
    );
    if let Some(target) = it["target"].as_str() {
        write!(text, " leads to {target}").expect("a string takes all");
    }
    text
}

fn finding(session: &EditorSession, it: &Value) -> String {
    let range = session.range(&it["range"]);
    let mut text = format!(
        "{}: {} ({}) on {:?}: {}",
        line_of(session, range.start),
        it["code"].as_str().unwrap_or_default(),
        ["error", "warning", "note"]
            [usize::try_from(it["severity"].as_u64().unwrap_or(1)).unwrap_or(1) - 1],
        session.slice(range),
        it["message"].as_str().unwrap_or_default(),
    );
    if it["tags"].is_array() {
        text += "\nunnecessary";
    }
    for related in it["relatedInformation"].as_array().into_iter().flatten() {
        let range = session.range(&related["location"]["range"]);
        let line = line_of(session, range.start);
        let message = related["message"].as_str().unwrap_or_default();
        write!(text, "\nline {line}: {message}").expect("a string takes all");
    }
    text
}

fn symbol(session: &EditorSession, it: &Value, depth: usize) -> String {
    let range = it.get("range").unwrap_or(&it["location"]["range"]);
    let range = session.range(range);
    let (first, last) = (line_of(session, range.start), line_of(session, range.end));
    let name = it["name"].as_str().unwrap_or_default();
    let detail = it["detail"].as_str().unwrap_or_default();
    let mut text = format!("{:depth$}{name} [{detail}] {first}-{last}", "");
    for child in it["children"].as_array().into_iter().flatten() {
        write!(text, "\n{}", symbol(session, child, depth + 2)).expect("a string takes all");
    }
    text
}

/// Completions: the label, the detail, and what is inserted if that is another text.
fn items(session: &EditorSession, items: &[Value]) -> String {
    let mut shown = Vec::new();
    for item in items.iter().take(SHOWN) {
        let text = |key: &str| item[key].as_str().unwrap_or_default();
        let mut line = text("label").to_owned();
        if !text("detail").is_empty() {
            write!(line, "  ({})", text("detail")).expect("a string takes all");
        }
        let edit = &item["textEdit"];
        let replaced = session.slice(session.range(&edit["range"]));
        let new = edit["newText"].as_str().unwrap_or_default();
        if new != text("label") || !replaced.is_empty() {
            write!(line, "  {replaced:?} -> {new:?}").expect("a string takes all");
        }
        shown.push(line);
    }
    if items.len() > SHOWN {
        shown.push(format!("and {} more", items.len() - SHOWN));
    }
    lines(shown.into_iter())
}

/// The edit of the completion with a label; the labels that are offered if it is not among them.
pub fn completed(
    session: &EditorSession,
    answer: &Value,
    label: &str,
) -> Result<AppliedEdit, String> {
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let labels: Vec<&str> = items.iter().filter_map(|it| it["label"].as_str()).collect();
    let Some(item) = items.iter().find(|it| it["label"] == label) else {
        return Err(format!("not offered; only {}", labels.join(", ")));
    };
    let edit = &item["textEdit"];
    Ok(AppliedEdit {
        range: session.range(&edit["range"]),
        text: edit["newText"].as_str().expect("it is text").to_owned(),
    })
}

/// The lines of a text that edits change, as they are afterwards.
pub fn applied(text: &str, edits: &[AppliedEdit]) -> String {
    let mut edits: Vec<&AppliedEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut new = text.to_owned();
    for edit in edits.iter().rev() {
        new.replace_range(edit.range.clone(), &edit.text);
    }
    let old: Vec<&str> = text.lines().collect();
    let changed = new.lines().filter(|line| !old.contains(line));
    lines(changed.map(str::to_owned))
}
