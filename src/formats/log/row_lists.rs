//! The lists of a row: tags, techniques and names.

use std::borrow::Cow;
use std::collections::HashSet;

use super::column_role::ColumnRole;
use super::list_syntax::{self, ListSyntax};
use super::row_fields::FieldValue;
use crate::text::trimmed;
use crate::timeline::facts::{FactId, LIST_FACTS};
use crate::timeline::log::LogRows;
use crate::timeline::term::is_technique;
use crate::timeline::{TermId, Vocabulary};

/// The separator of values in one column of a Hayabusa log.
pub(super) const BROKEN_BAR: char = '¦';

const TAGS: usize = FactId::TAGS.slot();

const TECHNIQUES: usize = FactId::TECHNIQUES.slot();

/// The lists of the current row.
#[derive(Default)]
pub(super) struct RowLists {
    /// By the numbers of `LIST_FACTS`.
    lists: [WordSet; LIST_FACTS.len()],
}

/// A list of words, each once.
#[derive(Default)]
struct WordSet {
    words: Vec<TermId>,
    /// The same words, once there are too many to search.
    known: HashSet<TermId>,
}

/// How much of a value is in its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListOutcome {
    /// All of it.
    Whole,
    /// A part. There is more in it than its items have.
    Part,
    /// Nothing: it is in brackets, and is not a list.
    Unreadable,
}

/// Below this number of words, searching them is faster than a set.
const FEW: usize = 16;

impl RowLists {
    pub fn clear(&mut self) {
        for list in &mut self.lists {
            list.words.clear();
            if !list.known.is_empty() {
                list.known.clear();
            }
        }
    }

    /// Adds a value to the list of its column.
    pub fn take(
        &mut self,
        value: FieldValue<'_>,
        separators: &[char],
        words: &mut Vocabulary,
    ) -> ListOutcome {
        let text = value.text;
        match (value.column.role, separators) {
            (_, []) => return self.take_as_written(value, words),
            (ColumnRole::Tags, separators) => {
                for part in text.split(separators) {
                    self.tags().tags(part.trim(), words, false);
                }
            }
            (ColumnRole::Names(slot), separators) => {
                self.lists[slot].parts(text, separators, words);
            }
            _ => return self.take_as_written(value, words),
        }
        ListOutcome::Whole
    }

    fn take_as_written(&mut self, value: FieldValue<'_>, words: &mut Vocabulary) -> ListOutcome {
        let text = value.text;
        match value.column.role {
            ColumnRole::Tag => self.tags().word(text, words),
            ColumnRole::Tags => return self.tags().tags(text, words, false),
            ColumnRole::Labels => return self.tags().tags(text, words, true),
            ColumnRole::Techniques => return self.techniques(text, words, false),
            ColumnRole::Attack => return self.techniques(text, words, true),
            ColumnRole::Names(slot) => self.lists[slot].names(text, words),
            other => unreachable!("{other:?} is not a list"),
        }
        ListOutcome::Whole
    }

    fn tags(&mut self) -> &mut WordSet {
        &mut self.lists[TAGS]
    }

    /// Adds the techniques in a column, with any separator: an id has neither spaces nor punctuation. `is_attack`:
    /// the column has ids of ATT&CK of every kind, so that groups and software become tags.
    fn techniques(&mut self, value: &str, words: &mut Vocabulary, is_attack: bool) -> ListOutcome {
        if matches!(value.trim(), "" | "-") {
            return ListOutcome::Whole;
        }
        let list = match list_syntax::read(value) {
            ListSyntax::Broken => return ListOutcome::Unreadable,
            ListSyntax::List(items) => items,
            ListSyntax::Words => parts(value).map(Into::into).collect(),
        };
        let mut taken = ListOutcome::Whole;
        for item in &list {
            let item = sigma_id(item.trim());
            let item = item.as_ref();
            let words_of = || item.split_whitespace().map(|it| it.trim_end_matches(':'));
            let ids = || words_of().filter(|it| is_of_attack(it));
            let is_of_ids = ids().count() == words_of().count();
            if ids().next().is_none() {
                self.technique(item, words, is_attack);
            }
            for id in ids() {
                self.technique(id, words, is_attack);
            }
            // A name behind an id is only in the whole value.
            if !is_of_ids && ids().next().is_some() {
                taken = ListOutcome::Part;
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

    pub fn end_row(&self, rows: &mut LogRows) {
        let before = rows.when.len() - 1;
        for (list, column) in self.lists.iter().zip(&mut rows.lists) {
            // Most logs have few lists.
            if !list.words.is_empty() || !column.is_empty() {
                column.push_alike(&[], before - column.len());
                column.push(list.words.iter().copied());
            }
        }
    }
}

impl WordSet {
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

    /// Tags are a list, or have commas or broken bars between them. plaso's labels are single words with spaces between
    /// them.
    fn tags(&mut self, value: &str, words: &mut Vocabulary, are_labels: bool) -> ListOutcome {
        if is_one_word(value) {
            self.word(value, words);
            return ListOutcome::Whole;
        }
        let labels = labels_of(value).filter(|_| are_labels);
        let value = labels.as_deref().unwrap_or(value);
        match list_syntax::read(value) {
            ListSyntax::Broken => return ListOutcome::Unreadable,
            ListSyntax::List(items) => items.iter().for_each(|it| self.word(it, words)),
            ListSyntax::Words if are_labels && !value.contains(SIGNS) => {
                value.split_whitespace().for_each(|it| self.word(it, words));
            }
            ListSyntax::Words => value.split(SIGNS).for_each(|it| self.word(it, words)),
        }
        ListOutcome::Whole
    }

    /// The items of a list with these separators between them.
    fn parts(&mut self, value: &str, separators: &[char], words: &mut Vocabulary) {
        value.split(separators).for_each(|it| self.word(it, words));
    }

    /// A name may have commas, spaces and brackets in it: a value that is not a list is one name.
    fn names(&mut self, value: &str, words: &mut Vocabulary) {
        match list_syntax::read(value) {
            ListSyntax::List(items) => items.iter().for_each(|it| self.word(it, words)),
            ListSyntax::Broken | ListSyntax::Words => self.word(value, words),
        }
    }
}

/// The labels of a tag that plaso writes as a JSON object.
fn labels_of(value: &str) -> Option<String> {
    if !value.starts_with('{') {
        return None;
    }
    let tag: serde_json::Value = serde_json::from_str(value).ok()?;
    Some(tag.get("labels")?.to_string())
}

/// Whether a value has no separator and no bracket in it. This holds for nearly every tag, so it is decided by bytes.
fn is_one_word(value: &str) -> bool {
    let is_of_word =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/');
    value.bytes().all(is_of_word)
}

/// The separators of tags.
const SIGNS: [char; 2] = [',', BROKEN_BAR];

/// Splits a text that names techniques. Versions of Hayabusa differ in the separator.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([',', ';', '|', BROKEN_BAR, '\n', '\r']);
    parts.flat_map(|part| part.split(" : "))
}

/// The id in a tag of Sigma, such as `attack.t1003.001`.
fn sigma_id(item: &str) -> Cow<'_, str> {
    let id = item.strip_prefix("attack.").map(str::to_ascii_uppercase);
    let id = id.filter(|id| is_of_attack(id));
    id.map_or(Cow::Borrowed(item), Cow::Owned)
}

/// Whether a word has the form of an ATT&CK id: of a tactic, a technique, a group, software and so on.
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
        let (mut list, mut words) = (WordSet::default(), Vocabulary::default());
        for word in 0..100 {
            list.word(&format!("t{}", word % 50), &mut words);
        }
        assert_eq!((list.words.len(), list.known.len()), (50, 50));
        let mut lists = RowLists::default();
        *lists.tags() = list;
        lists.clear();
        assert!(lists.tags().words.is_empty() && lists.tags().known.is_empty());
    }
}
