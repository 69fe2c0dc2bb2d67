//! What the caret is on, in a few lines of Markdown.

mod cards;
mod date_bounds;
mod markdown;

use std::ops::Range;

use serde_json::{Value, json};

use super::caret::{Caret, CaretPlace};
use super::mentions;
use super::text_document::TextDocument;
use super::text_request::TextRequest;
use crate::date::EventDate;
use crate::formats::toml::keys::{FileKey, KeyContent, ValueShape};
use crate::formats::toml::outline::{OutlineKey, OutlineText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::Aspect;

/// The answer to `textDocument/hover`.
pub(super) fn answer(request: &mut TextRequest<'_>) -> Value {
    let Some(byte) = request.byte() else {
        return Value::Null;
    };
    let document = request.checked();
    let outline = document.outline();
    let Some(caret) = Caret::at(outline, document.text(), byte) else {
        return Value::Null;
    };
    let mut sections = Vec::new();
    let mut range = None;
    if let Some((shown, text)) = explained(document, &caret) {
        sections.push(text);
        range = Some(shown);
    }
    sections.extend(findings(document, byte));
    if sections.is_empty() {
        return Value::Null;
    }
    let mut hover = json!({
        "contents": { "kind": "markdown", "value": sections.join("\n\n---\n\n") },
    });
    if let Some(range) = range {
        hover["range"] = document.range(&range);
    }
    hover
}

/// What is at the caret, and its range.
fn explained(document: &TextDocument, caret: &Caret<'_>) -> Option<(Range<usize>, String)> {
    if let Some(mention) = mentions::at(document.outline(), caret.byte)
        && let Some(card) = cards::card(document, &mention)
    {
        return Some((mention.place, card));
    }
    match &caret.place {
        CaretPlace::Heading => {
            let kind = caret.table.kind?;
            let text = format!("`{}`: {}", kind.heading(), kind.name());
            Some((caret.table.heading.clone(), text))
        }
        CaretPlace::Name(key) => Some((key.name.place.clone(), of_key(key.key?))),
        CaretPlace::Value(key, Some(text)) => {
            let known = key.key?;
            let shown = of_value(document, caret, known, text);
            Some((text.place.clone(), shown.unwrap_or_else(|| of_key(known))))
        }
        CaretPlace::Value(OutlineKey { key, value, .. }, None) => {
            Some((value.clone(), of_key((*key)?)))
        }
        CaretPlace::Between => None,
    }
}

fn of_key(key: &FileKey) -> String {
    let example = match key.example {
        "" => String::new(),
        example => format!("\n\n```toml\n{} = {example}\n```", key.name),
    };
    format!(
        "**{}**: {}\n\nexpected: {}{example}",
        key.name,
        key.summary,
        key.expected()
    )
}

/// What a date or a term of likelihood means.
fn of_value(
    document: &TextDocument,
    caret: &Caret<'_>,
    key: &FileKey,
    text: &OutlineText,
) -> Option<String> {
    let about = caret
        .sibling("about")
        .and_then(|text| Aspect::parse(&text.value));
    let is_date = match key.shape {
        ValueShape::Date => true,
        ValueShape::TextOrDate => about == Some(Aspect::Date),
        _ => false,
    };
    if is_date {
        return Some(date_bounds::explained(&EventDate::parse(&text.value).ok()?));
    }
    if matches!(key.content, KeyContent::YardstickTerm) || key.name == "words" {
        return on_yardstick(yardstick(document, caret), &text.value);
    }
    None
}

/// The yardstick of the claim at the caret: its own, or that of the file.
pub(super) fn yardstick(document: &TextDocument, caret: &Caret<'_>) -> Yardstick {
    let heads = document.outline().tables.iter();
    let mut head = heads.filter(|table| table.is("[timeline]"));
    let of_file = head.find_map(|table| table.text("yardstick"));
    let stated = caret.sibling("yardstick").or(of_file);
    let stated = stated.and_then(|text| Yardstick::parse(text.value.trim()));
    stated.unwrap_or_default()
}

/// A term among those of its yardstick, from the least likely to the most.
fn on_yardstick(yardstick: Yardstick, word: &str) -> Option<String> {
    let found = yardstick.find(word)?;
    let terms = yardstick.terms().iter().map(|term| {
        let words = term.words.join(" / ");
        if term == found {
            format!("**{words}**")
        } else {
            words
        }
    });
    let terms: Vec<String> = terms.collect();
    Some(format!(
        "**{}**: {} to {} % on the yardstick `{}`\n\n{}",
        found.words[0],
        found.from,
        found.to,
        yardstick.as_str(),
        terms.join(" · ")
    ))
}

/// The explanations of the findings at a byte, each kind once.
fn findings(document: &TextDocument, byte: usize) -> Vec<String> {
    let findings = document.checked().map(|checked| &checked.findings);
    let here = findings.into_iter().flatten().filter(|finding| {
        let place = finding.place;
        place.start() <= byte && byte <= place.end()
    });
    let mut sections: Vec<String> = Vec::new();
    for finding in here {
        let kind = finding.kind;
        let text = format!(
            "{} `{}`: {}\n\n{}",
            kind.severity.as_str(),
            kind.name,
            kind.summary,
            kind.explanation
        );
        if !sections.contains(&text) {
            sections.push(text);
        }
    }
    sections
}
