//! Values that the file has already: declared ids with their names, and words in use.

use std::collections::BTreeMap;

use super::candidate::{Candidate, WORD};
use crate::formats::toml::keys::{FileKey, IdSpace};
use crate::formats::toml::outline::{OutlineKey, OutlineTable};
use crate::lsp::text_document::TextDocument;

/// A declared id, and the words by which people know it.
pub(super) struct NamedId {
    pub id: String,
    pub name: String,
}

/// The ids that the file declares, without that of the table around a byte.
pub(super) fn declared(document: &TextDocument, space: IdSpace, byte: usize) -> Vec<NamedId> {
    let tables = document.outline().tables.iter();
    let others = tables.filter(|table| {
        let range = &table.range;
        table.id_space() == Some(space) && !(range.start <= byte && byte < range.end)
    });
    let named = others.filter_map(|table| {
        let id = table.own_id()?.value.clone();
        (!id.is_empty()).then(|| NamedId {
            name: name(table),
            id,
        })
    });
    named.collect()
}

fn name(table: &OutlineTable) -> String {
    let keys: &[&str] = match table.id_space() {
        Some(IdSpace::Source) => &["title", "publisher", "published"],
        Some(IdSpace::Entity) => &["name", "kind"],
        Some(IdSpace::Event) => &["when", "title"],
        Some(IdSpace::Claim) => &["by", "about", "value"],
        Some(IdSpace::View) | None => &["title"],
    };
    let texts = keys.iter().filter_map(|key| table.text(key));
    let texts: Vec<&str> = texts.map(|text| text.value.as_str()).collect();
    texts.join(", ")
}

/// The values that a key has elsewhere, the most frequent first.
pub(super) fn in_use(document: &TextDocument, known: &FileKey, own: &OutlineKey) -> Vec<Candidate> {
    let keys = document.outline().tables.iter().flat_map(|it| &it.keys);
    let same = keys.filter(|key| key.key.is_some_and(|key| std::ptr::eq(key, known)));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in same
        .filter(|key| key.range != own.range)
        .flat_map(|key| &key.texts)
    {
        if text.is_quoted() && !text.value.trim().is_empty() {
            *counts.entry(&text.value).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let candidates = counts.into_iter().map(|(value, count)| Candidate {
        label: value.to_owned(),
        detail: format!("in use: {count}"),
        text: value.to_owned(),
        kind: WORD,
        ..Candidate::default()
    });
    // A quotation mark or a line break would need an escape.
    candidates
        .filter(|it| !it.text.contains(['"', '\\', '\n']))
        .collect()
}
