//! Counts what an event of MISP has and a timeline does not, by type, for one finding.

use std::collections::BTreeMap;

use ::toml::de::{DeTable, DeValue};

use super::values::{JsonValue, items, place};
use crate::diagnostic::{CONTENT_NOT_READ, Diagnostic, FileId, TextPlace};
use crate::formats::wrong_types::{JsonType, WrongTypes};

/// The type of a value; `None` for `null`, which is read as `false`.
fn type_of(value: &DeValue<'_>) -> Option<JsonType> {
    match value {
        DeValue::String(_) => Some(JsonType::Text),
        DeValue::Array(_) => Some(JsonType::List),
        DeValue::Table(_) => Some(JsonType::Object),
        DeValue::Boolean(is_true) => is_true.then_some(JsonType::Truth),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => Some(JsonType::Number),
    }
}

#[derive(Debug, Default)]
pub(super) struct NotRead {
    counts: BTreeMap<String, usize>,
    /// The place of the first.
    first: Option<TextPlace>,
    /// The members that cannot be read.
    types: WrongTypes,
}

/// The members of events, attributes, objects and notes that are lists.
const LISTS: [&str; 9] = [
    "Attribute",
    "Galaxy",
    "GalaxyCluster",
    "Note",
    "Object",
    "ObjectReference",
    "Opinion",
    "Sighting",
    "Tag",
];

/// Those that are texts. MISP writes some numbers as texts and as numbers.
const TEXTS: [&str; 14] = [
    "authors",
    "category",
    "comment",
    "created",
    "date",
    "first_seen",
    "info",
    "last_seen",
    "name",
    "note",
    "object_relation",
    "opinion",
    "referenced_uuid",
    "value",
];

impl NotRead {
    pub fn add(&mut self, what: &str, place: TextPlace) {
        match self.counts.get_mut(what) {
            Some(count) => *count += 1,
            None => _ = self.counts.insert(what.to_owned(), 1),
        }
        let is_before = |first: TextPlace| place.start() < first.start();
        if self.first.is_none_or(is_before) {
            self.first = Some(place);
        }
    }

    /// Reports the members of an object whose value cannot be read.
    pub fn check(&mut self, table: &DeTable<'_>, file: FileId) {
        for (name, value) in table {
            self.check_member(name.get_ref(), value, file);
        }
    }

    pub fn check_member(&mut self, name: &str, value: &JsonValue<'_>, file: FileId) {
        let found = type_of(value.get_ref());
        let is_text = found == Some(JsonType::Number) && TEXTS.contains(&name);
        let expected = match name {
            "Orgc" => JsonType::Object,
            _ if LISTS.contains(&name) => JsonType::List,
            _ if TEXTS.contains(&name) && !is_text => JsonType::Text,
            _ => return,
        };
        self.types.check(name, found, expected, place(value, file));
    }

    pub fn wrong_types(&self) -> impl Iterator<Item = Diagnostic> {
        self.types.findings()
    }

    /// Counts the items of a list.
    pub fn members(&mut self, table: &DeTable<'_>, key: &str, file: FileId) {
        for item in items(table, key) {
            self.add(key, place(item, file));
        }
    }

    /// One finding about everything, the most frequent type first; `None` if everything was read.
    pub fn finding(&self) -> Option<Diagnostic> {
        let place = self.first?;
        let mut counts: Vec<(&String, usize)> = self
            .counts
            .iter()
            .map(|(what, count)| (what, *count))
            .collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let listed: Vec<String> = (counts.iter())
            .map(|(what, count)| format!("{count} {what}"))
            .collect();
        let message = if all == 1 {
            format!(
                "1 item of the event is not in the timeline: {}",
                listed.join(", ")
            )
        } else {
            format!(
                "{all} items of the event are not in the timeline: {}",
                listed.join(", ")
            )
        };
        let finding = Diagnostic::new(&CONTENT_NOT_READ, place, message)
            .label(if all == 1 {
                "this"
            } else {
                "the first of them"
            })
            .help("an attribute or object is read if it has `first_seen` or `last_seen`");
        Some(finding)
    }
}
