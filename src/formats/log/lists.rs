//! The lists of a row: words of which an event has several.

use std::collections::HashSet;

use super::dialect::Role;
use super::literal::{self, Literal};
use super::said::Value;
use crate::text::trimmed;
use crate::timeline::facts::{FactId, LIST_FACTS};
use crate::timeline::log::LogRows;
use crate::timeline::term::is_technique;
use crate::timeline::{TermId, Vocabulary};

/// What stands between several values of one column in the logs of Hayabusa.
pub(super) const BROKEN_BAR: char = '¦';

/// The tags among `LIST_FACTS`.
const TAGS: usize = FactId::TAGS.slot();

/// The techniques among `LIST_FACTS`.
const TECHNIQUES: usize = FactId::TECHNIQUES.slot();

/// The lists of the row that is being read.
#[derive(Default)]
pub(super) struct Lists {
    /// By the numbers of `LIST_FACTS`.
    lists: [List; LIST_FACTS.len()],
}

/// A list of words, each once.
#[derive(Default)]
struct List {
    words: Vec<TermId>,
    /// The same words, once there are many.
    known: HashSet<TermId>,
}

/// How much of a value became items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// All of it.
    Whole,
    /// There is more in it than its items say.
    Part,
    /// None of it: it is in brackets as a list is, and cannot be read as one.
    Unreadable,
}

/// So many words are searched one after the other.
const FEW: usize = 16;

impl Lists {
    /// Begins a row.
    pub fn clear(&mut self) {
        for list in &mut self.lists {
            list.words.clear();
            if !list.known.is_empty() {
                list.known.clear();
            }
        }
    }

    /// Adds what a column says to the list that it is of.
    pub fn take(&mut self, value: Value<'_>, words: &mut Vocabulary) -> Taken {
        let text = value.text;
        match value.column.role {
            Role::Tag => self.tags().word(text, words),
            Role::Tags => return self.tags().tags(text, words, false),
            Role::Labels => return self.tags().tags(text, words, true),
            Role::Techniques => return self.techniques(text, words, false),
            Role::Attack => return self.techniques(text, words, true),
            Role::Names(slot) => self.lists[slot].names(text, words),
            other => unreachable!("{other:?} is no list"),
        }
        Taken::Whole
    }

    fn tags(&mut self) -> &mut List {
        &mut self.lists[TAGS]
    }

    /// Adds the techniques that a column names, however they are divided. An id has neither spaces nor signs in it.
    /// `is_attack`: the column has ids of ATT&CK of every kind, so that those of groups and software become tags.
    fn techniques(&mut self, value: &str, words: &mut Vocabulary, is_attack: bool) -> Taken {
        if matches!(value.trim(), "" | "-") {
            return Taken::Whole;
        }
        let list = match literal::read(value) {
            Literal::Broken => return Taken::Unreadable,
            Literal::List(items) => items,
            Literal::Words => parts(value).map(Into::into).collect(),
        };
        let mut taken = Taken::Whole;
        for item in &list {
            let item = item.trim();
            let words_of = || item.split_whitespace().map(|it| it.trim_end_matches(':'));
            let ids = || words_of().filter(|it| is_of_attack(it));
            let is_of_ids = ids().count() == words_of().count();
            if ids().next().is_none() {
                self.technique(item, words, is_attack);
            }
            for id in ids() {
                self.technique(id, words, is_attack);
            }
            // A name behind an id is in the value alone.
            if !is_of_ids && ids().next().is_some() {
                taken = Taken::Part;
            }
        }
        taken
    }

    fn technique(&mut self, item: &str, words: &mut Vocabulary, is_attack: bool) {
        if is_attack && !is_technique(item) {
            self.tags().word(item, words);
        } else {
            self.lists[TECHNIQUES].word(item, words);
        }
    }

    /// Ends the row.
    pub fn end_row(&self, rows: &mut LogRows) {
        let before = rows.when.len() - 1;
        for (list, column) in self.lists.iter().zip(&mut rows.lists) {
            // Most logs state few of them: then there is nothing to add.
            if !list.words.is_empty() || !column.is_empty() {
                column.push_alike(&[], before - column.len());
                column.push(list.words.iter().copied());
            }
        }
    }
}

impl List {
    fn word(&mut self, word: &str, words: &mut Vocabulary) {
        let word = trimmed(word);
        if matches!(word, "" | "-") {
            return;
        }
        let word = words.intern(word);
        if self.is_new(word) {
            self.words.push(word);
        }
    }

    fn is_new(&mut self, word: TermId) -> bool {
        if self.words.len() < FEW {
            return !self.words.contains(&word);
        }
        if self.known.is_empty() {
            self.known.extend(&self.words);
        }
        self.known.insert(word)
    }

    /// Tags are a list, or have commas or broken bars between them; labels of plaso, which are single words, have
    /// spaces.
    fn tags(&mut self, value: &str, words: &mut Vocabulary, are_labels: bool) -> Taken {
        if is_one_word(value) {
            self.word(value, words);
            return Taken::Whole;
        }
        let labels = labels_of(value).filter(|_| are_labels);
        let value = labels.as_deref().unwrap_or(value);
        match literal::read(value) {
            Literal::Broken => return Taken::Unreadable,
            Literal::List(items) => items.iter().for_each(|it| self.word(it, words)),
            Literal::Words if are_labels && !value.contains(SIGNS) => {
                value.split_whitespace().for_each(|it| self.word(it, words));
            }
            Literal::Words => value.split(SIGNS).for_each(|it| self.word(it, words)),
        }
        Taken::Whole
    }

    /// A name has commas, spaces and brackets in it: what is no list is one name.
    fn names(&mut self, value: &str, words: &mut Vocabulary) {
        match literal::read(value) {
            Literal::List(items) => items.iter().for_each(|it| self.word(it, words)),
            Literal::Broken | Literal::Words => self.word(value, words),
        }
    }
}

/// The list of labels in what plaso writes of a tag as JSON: an object with other entries.
fn labels_of(value: &str) -> Option<String> {
    if !value.starts_with('{') {
        return None;
    }
    let tag: serde_json::Value = serde_json::from_str(value).ok()?;
    Some(tag.get("labels")?.to_string())
}

/// Whether a value has no sign in it that a list or what divides one would have: nearly every tag, so that it is
/// decided by bytes.
fn is_one_word(value: &str) -> bool {
    let is_of_word =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/');
    value.bytes().all(is_of_word)
}

/// What is between tags.
const SIGNS: [char; 2] = [',', BROKEN_BAR];

/// The parts of a text that names techniques. Versions of Hayabusa differ in what they write between them.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([',', ';', '|', BROKEN_BAR, '\n', '\r']);
    parts.flat_map(|part| part.split(" : "))
}

/// Whether a word has the form of an id of ATT&CK: of a tactic, a technique, a group, software and so on.
fn is_of_attack(word: &str) -> bool {
    let kind = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = word.get(kind..).unwrap_or_default();
    let digits = number.split('.').next().unwrap_or_default();
    (1..=2).contains(&kind)
        && digits.len() == 4
        && number.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of 100,000 tags was compared with all before it.
    #[test]
    fn of_many_words_each_is_found_without_a_look_at_the_others() {
        let (mut list, mut words) = (List::default(), Vocabulary::default());
        for word in 0..100 {
            list.word(&format!("t{}", word % 50), &mut words);
        }
        assert_eq!((list.words.len(), list.known.len()), (50, 50));
        let mut lists = Lists::default();
        *lists.tags() = list;
        lists.clear();
        assert!(lists.tags().words.is_empty() && lists.tags().known.is_empty());
    }
}
