//! The lists of a row: words of which an event has several.

use std::borrow::Cow;

use super::dialect::Role;
use crate::timeline::log::LogRows;
use crate::timeline::{TermId, Vocabulary};

/// What stands between several values of one column in the logs of Hayabusa.
pub(super) const BROKEN_BAR: char = '¦';

/// The lists of the row that is being read.
#[derive(Default)]
pub(super) struct Lists {
    tags: List,
    techniques: List,
    lanes: List,
    actors: List,
    targets: List,
    sources: List,
}

/// A list of words, each once.
#[derive(Default)]
struct List(Vec<TermId>);

impl Lists {
    /// Begins a row.
    pub fn clear(&mut self) {
        let Self {
            tags,
            techniques,
            lanes,
            actors,
            targets,
            sources,
        } = self;
        for list in [tags, techniques, lanes, actors, targets, sources] {
            list.0.clear();
        }
    }

    /// Adds what a column says to the list that it is of.
    pub fn take(&mut self, role: Role, value: &str, words: &mut Vocabulary) {
        match role {
            Role::Tag => self.tags.word(value, words),
            Role::Tags => self.tags.list(value, words),
            Role::Techniques => self.techniques.list(value, words),
            Role::Lanes => self.lanes.names(value, words),
            Role::Actors => self.actors.names(value, words),
            Role::Targets => self.targets.names(value, words),
            Role::Sources => self.sources.names(value, words),
            other => unreachable!("{other:?} is no list"),
        }
    }

    /// Ends the row.
    pub fn end_row(&self, rows: &mut LogRows) {
        rows.tags.push(self.tags.0.iter().copied());
        rows.techniques.push(self.techniques.0.iter().copied());
        let before = rows.tags.len() - 1;
        for (list, column) in [
            (&self.lanes, &mut rows.lanes),
            (&self.actors, &mut rows.actors),
            (&self.targets, &mut rows.targets),
            (&self.sources, &mut rows.sources),
        ] {
            // Most logs name nobody: then there is nothing to add.
            if !list.0.is_empty() || !column.is_empty() {
                column.push_alike(&[], before - column.len());
                column.push(list.0.iter().copied());
            }
        }
    }
}

impl List {
    fn word(&mut self, word: &str, words: &mut Vocabulary) {
        let word = word.trim();
        if matches!(word, "" | "-") {
            return;
        }
        let word = words.intern(word);
        if !self.0.contains(&word) {
            self.0.push(word);
        }
    }

    /// A list is one of JSON, or has commas or broken bars between its words, or else spaces.
    fn list(&mut self, value: &str, words: &mut Vocabulary) {
        let value = value.trim();
        if value.is_empty() || self.json(value, words) {
            return;
        }
        let between: fn(char) -> bool = if value.contains([',', BROKEN_BAR]) {
            |it| matches!(it, ',' | BROKEN_BAR)
        } else {
            char::is_whitespace
        };
        for word in value.split(between) {
            self.word(word, words);
        }
    }

    /// A name has commas and spaces in it: what is no list of JSON is one name.
    fn names(&mut self, value: &str, words: &mut Vocabulary) {
        if !self.json(value.trim(), words) {
            self.word(value, words);
        }
    }

    /// Adds the words of a list of JSON, if it is one.
    fn json(&mut self, value: &str, words: &mut Vocabulary) -> bool {
        if !value.starts_with('[') {
            return false;
        }
        let Ok(list) = serde_json::from_str::<Vec<Cow<'_, str>>>(value) else {
            return false;
        };
        for word in &list {
            self.word(word, words);
        }
        true
    }
}
