//! Recurring words, each stored once.

use std::borrow::Cow;
use std::fmt;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::TextColumn;
use crate::text::canonical;

/// The row of a text in a column: an index of row numbers, which does not copy the texts.
///
/// A text may occur once for each name.
#[derive(Clone, Default)]
pub(crate) struct TextRows {
    rows: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// A name and a text.
pub(crate) type NamedText<'t> = (u32, &'t str);

impl TextRows {
    /// The row of a text; `held` returns the text of a row.
    pub fn find<'t>(
        &self,
        text: NamedText<'_>,
        held: impl Fn(u32) -> NamedText<'t>,
    ) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let row = self.rows.find(hash, |&row| held(row) == text);
        row.copied()
    }

    /// Adds a row with a new text.
    pub fn insert<'t>(&mut self, row: u32, held: impl Fn(u32) -> NamedText<'t>) {
        let hash = |row: u32| self.hasher.hash_one(held(row));
        self.rows.insert_unique(hash(row), row, |&row| hash(row));
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl fmt::Debug for TextRows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Numbers({})", self.rows.len())
    }
}

/// One word of a vocabulary: a phase, a lane, a technique or a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// Recurring words, each stored once, in order of first use.
///
/// They are in canonical form: words that look alike are equal.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: TextColumn,
    numbers: TextRows,
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Vocabulary {}

impl Vocabulary {
    /// The number of a word; a new one if it is unknown.
    pub fn intern(&mut self, word: &str) -> TermId {
        if let Some(id) = self.find(word) {
            return id;
        }
        let word = &*canonical(word);
        let id = u32::try_from(self.words.len()).expect("a file has fewer than 2^32 words");
        self.words.push(word);
        let words = &self.words;
        self.numbers.insert(id, |id| (0, words.get(id as usize)));
        TermId(id)
    }

    /// The number of a known word.
    pub fn find(&self, word: &str) -> Option<TermId> {
        // Nearly every word is canonical already, so it is looked up unchanged first.
        self.find_written(word).or_else(|| match canonical(word) {
            Cow::Borrowed(_) => None,
            Cow::Owned(word) => self.find_written(&word),
        })
    }

    fn find_written(&self, word: &str) -> Option<TermId> {
        let held = |id: u32| (0, self.words.get(id as usize));
        self.numbers.find((0, word), held).map(TermId)
    }

    /// The word with a number.
    pub fn word(&self, id: TermId) -> &str {
        self.words.get(id.0 as usize)
    }

    /// Every word, in order of first use.
    pub fn iter(&self) -> impl Iterator<Item = (TermId, &str)> {
        let words = (0..self.words.len()).map(|row| self.words.get(row));
        (0u32..).map(TermId).zip(words)
    }

    /// The number of distinct words.
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

    #[test]
    fn words_that_read_alike_are_one() {
        let mut words = Vocabulary::default();
        let first = words.intern("cafe\u{301}");
        assert_eq!(words.intern("caf\u{e9}"), first);
        assert_eq!(words.find("cafe\u{301}"), Some(first));
        assert_eq!(words.len(), 1);
    }

    #[test]
    fn words_are_the_same_whatever_was_looked_up() {
        let [mut one, mut other] = [Vocabulary::default(), Vocabulary::default()];
        for number in 0..1000 {
            one.intern(&format!("word-{number}"));
            one.intern("word-0");
            other.intern(&format!("word-{number}"));
        }
        assert_eq!(one, other);
        assert_eq!(one.find("word-999"), Some(TermId(999)));
    }
}
