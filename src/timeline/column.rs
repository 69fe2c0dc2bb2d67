//! Columns: how a timeline keeps many values of one sort in few allocations.
//!
//! A million events are read in one go and never change, so their texts share one arena and their
//! lists share one vector; an event is a row number into both.

use std::collections::HashMap;
use std::ops::Range;

/// Many texts in one arena.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    arena: String,
    ends: Vec<usize>,
}

impl TextColumn {
    /// Adds a row.
    pub fn push(&mut self, text: &str) {
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
    }

    /// The text of a row; empty for a row that does not exist.
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else {
            return "";
        };
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.arena.get(start..end).unwrap_or_default()
    }

    /// Every row's text, one after the other with nothing between them: what is found across the end of a row is
    /// in neither.
    pub fn arena(&self) -> &str {
        &self.arena
    }

    /// Where each row ends in the arena.
    pub fn ends(&self) -> &[usize] {
        &self.ends
    }
}

/// Many lists in one vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumn<T> {
    values: Vec<T>,
    ends: Vec<usize>,
}

impl<T> Default for ListColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T> ListColumn<T> {
    /// Adds a row.
    pub fn push(&mut self, values: impl IntoIterator<Item = T>) {
        self.values.extend(values);
        self.ends.push(self.values.len());
    }

    /// The list of a row; empty for a row that does not exist.
    pub fn get(&self, row: usize) -> &[T] {
        self.values.get(self.range(row)).unwrap_or_default()
    }

    fn range(&self, row: usize) -> Range<usize> {
        let Some(&end) = self.ends.get(row) else {
            return 0..0;
        };
        row.checked_sub(1).map_or(0, |before| self.ends[before])..end
    }

    /// The list of every row, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let list = self.values.get(start..end).unwrap_or_default();
            start = end;
            list
        })
    }

    /// How many values all rows hold together.
    pub fn total(&self) -> usize {
        self.values.len()
    }
}

/// Named values that only some rows have: all names in one vector, all texts in one arena.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeColumn {
    names: ListColumn<TermId>,
    values: TextColumn,
}

impl AttributeColumn {
    /// Adds a value to the row that is being written.
    pub fn add(&mut self, name: TermId, value: &str) {
        self.names.values.push(name);
        self.values.push(value);
    }

    /// Ends the row that is being written.
    pub fn end_row(&mut self) {
        self.names.ends.push(self.names.values.len());
    }

    /// The names and values of a row, in the order in which they were added; none for a row that does not exist.
    pub fn get(&self, row: usize) -> impl ExactSizeIterator<Item = (TermId, &str)> {
        let range = self.names.range(row);
        range.map(|at| (self.names.values[at], self.values.get(at)))
    }

    /// The values of all rows, one after the other.
    pub fn values(&self) -> &TextColumn {
        &self.values
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.names.ends.len()
    }

    /// Whether no row has a value.
    pub fn is_empty(&self) -> bool {
        self.names.values.is_empty()
    }

    /// Where the values of each row end among those of all.
    pub fn ends(&self) -> &[usize] {
        &self.names.ends
    }
}

/// The values in order, each once. Lists of an event are short, so looking back is quick.
pub(super) fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// One word of a vocabulary: a phase, a lane, a technique or a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// Words that occur again and again, each kept once, in order of first use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    words: Vec<String>,
    ids: HashMap<String, TermId>,
}

impl Vocabulary {
    /// The number of a word, new or known.
    pub fn intern(&mut self, word: &str) -> TermId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = TermId(u32::try_from(self.words.len()).expect("a file has fewer than 2^32 words"));
        self.words.push(word.to_owned());
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The number of a word that is already in use.
    pub fn find(&self, word: &str) -> Option<TermId> {
        self.ids.get(word).copied()
    }

    /// The word behind a number.
    pub fn word(&self, id: TermId) -> &str {
        self.words.get(id.0 as usize).map_or("", String::as_str)
    }

    /// Every word, in order of first use.
    pub fn iter(&self) -> impl Iterator<Item = (TermId, &str)> {
        (0u32..)
            .map(TermId)
            .zip(self.words.iter().map(String::as_str))
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is in use.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_was_pushed_and_a_missing_row_is_empty() {
        let mut column = TextColumn::default();
        for text in ["späť", "", "x"] {
            column.push(text);
        }
        assert_eq!(column.get(0), "späť");
        assert_eq!(column.get(1), "");
        assert_eq!(column.get(2), "x");
        assert_eq!(column.get(3), "");
    }

    #[test]
    fn a_list_is_what_was_pushed_and_a_missing_row_is_empty() {
        let mut column = ListColumn::default();
        column.push([1, 2]);
        column.push([]);
        column.push([3]);
        assert_eq!(column.get(0), [1, 2]);
        assert!(column.get(1).is_empty());
        assert_eq!(column.get(2), [3]);
        assert!(column.get(9).is_empty());
        assert_eq!(column.total(), 3);
        assert_eq!(column.iter().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
    }

    #[test]
    fn a_word_keeps_its_first_number() {
        let mut words = Vocabulary::default();
        let first = words.intern("denial");
        words.intern("sanction");
        assert_eq!(words.intern("denial"), first);
        assert_eq!(words.find("denial"), Some(first));
        assert_eq!(words.find("unheard"), None);
        assert_eq!(words.word(first), "denial");
        assert_eq!(words.len(), 2);
    }
}
