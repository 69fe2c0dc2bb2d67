//! Completion inside a filter, by the completer of the viewer.

use super::candidate::{Candidate, WORD};
use crate::formats::toml::outline::OutlineText;
use crate::lsp::rename::in_text;
use crate::lsp::text_document::TextDocument;
use crate::query;

pub(super) fn candidates(
    document: &TextDocument,
    byte: usize,
    text: &OutlineText,
) -> Vec<Candidate> {
    let Some(checked) = document.checked() else {
        return Vec::new();
    };
    let caret = text.value_byte(byte);
    let completion = query::complete(&checked.timeline, &text.value, caret);
    let range = text.written_at(completion.range.start)..text.written_at(completion.range.end);
    let candidates = completion.candidates.into_iter().map(|found| {
        let events = found.count.map(counted);
        let details = [Some(found.detail), events].into_iter().flatten();
        let details: Vec<String> = details.filter(|it| !it.is_empty()).collect();
        Candidate {
            names: Some(format!("{} {}", found.insert, found.label)),
            label: found.label,
            detail: details.join(", "),
            range: range.clone(),
            text: in_text(document, byte, &found.insert),
            kind: WORD,
            ..Candidate::default()
        }
    });
    candidates.collect()
}

fn counted(events: usize) -> String {
    let plural = if events == 1 { "" } else { "s" };
    format!("{events} event{plural}")
}
