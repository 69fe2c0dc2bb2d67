//! Counts what an event of MISP has and a timeline does not, by type, for one finding.

use std::collections::BTreeMap;

use ::toml::de::DeTable;

use super::values::{items, place};
use crate::diagnostic::{CONTENT_NOT_READ, Diagnostic, FileId, TextPlace};

#[derive(Debug, Default)]
pub(super) struct NotRead {
    counts: BTreeMap<String, usize>,
    /// The place of the first.
    first: Option<TextPlace>,
}

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
