//! The headings that may come next.

use super::candidate::{Candidate, HEADING};
use crate::formats::toml::keys::{FILE_TABLES, FileTable, IdSpace};
use crate::lsp::caret::{Caret, CaretPlace};
use crate::lsp::mentions;
use crate::lsp::rename::as_key;
use crate::lsp::text_document::TextDocument;

const CLAIM: &str = "[[events.claims]]";
const HEAD: &str = "[timeline]";

pub(super) fn candidates(document: &TextDocument, caret: &Caret<'_>) -> Vec<Candidate> {
    let outline = document.outline();
    let before = outline.tables.get(..=caret.number).unwrap_or_default();
    let is_in_heading = matches!(caret.place, CaretPlace::Heading);
    let range = if is_in_heading {
        let heading = &caret.table.heading;
        heading.start..heading.end.max(caret.byte)
    } else {
        caret.byte..caret.byte
    };
    // A claim belongs to the event above it. The table at the caret may be the heading that is being written.
    let above = if is_in_heading {
        before.get(..caret.number).unwrap_or_default()
    } else {
        before
    };
    let has_event = above
        .last()
        .is_some_and(|it| it.is("[[events]]") || it.is(CLAIM));
    let is_other_head = |at: usize| !is_in_heading || at != caret.number;
    let mut tables = outline.tables.iter().enumerate();
    let has_head = tables.any(|(at, table)| table.is(HEAD) && is_other_head(at));
    let mut all = Vec::new();
    for table in FILE_TABLES {
        let heading = table.heading();
        let fits = match heading {
            CLAIM => has_event,
            HEAD => !has_head,
            heading => heading.starts_with('['),
        };
        if !fits {
            continue;
        }
        if let Some(space) = space_of(heading) {
            let undeclared = undeclared(document, space).into_iter();
            all.extend(undeclared.map(|id| {
                let named = heading.replace("ID", &as_key(&id));
                candidate(table, named, "named in the file, not declared yet")
            }));
        }
        all.push(candidate(table, heading.to_owned(), table.name()));
    }
    // Claims come first: an event is rarely without.
    all.sort_by_key(|it| it.label != CLAIM);
    for candidate in &mut all {
        candidate.range = range.clone();
    }
    all
}

fn space_of(heading: &str) -> Option<IdSpace> {
    match heading {
        "[sources.ID]" => Some(IdSpace::Source),
        "[entities.ID]" => Some(IdSpace::Entity),
        "[views.ID]" => Some(IdSpace::View),
        _ => None,
    }
}

/// The ids that the file names and does not declare, in the order of the text.
fn undeclared(document: &TextDocument, space: IdSpace) -> Vec<String> {
    let mut all = mentions::all(document.outline());
    all.retain(|it| it.space == space);
    let mut ids: Vec<String> = Vec::new();
    for mention in &all {
        let mut same = all.iter().filter(|it| it.id == mention.id);
        let is_declared = same.any(|it| it.is_declaration);
        let is_usable = !mention.id.contains(['"', '\\']) && !mention.id.trim().is_empty();
        if !is_declared && is_usable && !ids.contains(&mention.id) {
            ids.push(mention.id.clone());
        }
    }
    ids
}

fn candidate(table: &dyn FileTable, text: String, detail: &str) -> Candidate {
    let placed = text.contains("ID").then(|| text.replace("ID", "${1:ID}"));
    let is_own = text == table.heading();
    Candidate {
        label: text.clone(),
        detail: detail.to_owned(),
        snippet: placed.filter(|_| is_own),
        text,
        kind: HEADING,
        ..Candidate::default()
    }
}
