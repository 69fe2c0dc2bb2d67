//! A piece of a text that is read as a date.

use std::ops::Range;

use super::error::{DateError, DateErrorKind};

/// What is expected where a date cannot be read.
const EXPECTED: &str = "a date such as `2021-08-14`, `2021-08`, `late 2021` or `2021-08/2022-10`";

/// A piece of the given text, and where in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPiece<'a> {
    pub text: &'a str,
    at: usize,
}

impl<'a> TextPiece<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// As bytes of the text that was given.
    pub fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    pub fn trimmed(self) -> Self {
        // Nearly every piece has no white space around it.
        if let [first, .., last] = self.text.as_bytes()
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return self;
        }
        self.tail(self.text.trim_start()).head(self.text.trim())
    }

    /// The end of this piece.
    pub fn tail(self, text: &'a str) -> Self {
        Self {
            text,
            at: self.at + self.text.len() - text.len(),
        }
    }

    /// The beginning of this piece.
    pub fn head(self, text: &'a str) -> Self {
        Self { text, at: self.at }
    }

    pub fn split_once(self, separator: &str) -> Option<(Self, Self)> {
        let (before, after) = self.text.split_once(separator)?;
        Some((self.head(before), self.tail(after)))
    }

    /// Split at a word, whatever its case.
    pub fn split_at_word(self, word: &str) -> Option<(Self, Self)> {
        let at = self.text.to_ascii_lowercase().find(word)?;
        Some((
            self.head(self.text.get(..at)?),
            self.tail(self.text.get(at + word.len()..)?),
        ))
    }

    /// What follows a word at the beginning, whatever its case.
    pub fn after_word(self, word: &str) -> Option<Self> {
        let head = self.text.get(..word.len())?;
        let rest = self.text.get(word.len()..)?;
        head.eq_ignore_ascii_case(word).then(|| self.tail(rest))
    }

    /// An error about this piece.
    pub fn error(self, kind: DateErrorKind, message: impl Into<String>) -> DateError {
        DateError {
            range: self.range(),
            kind,
            message: message.into(),
            expected: EXPECTED.to_owned(),
            help: None,
            readings: Vec::new(),
        }
    }
}
