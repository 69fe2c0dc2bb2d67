//! Scans one statement, a key with its value, for the places of everything in it. What is broken is taken as far as it goes.

use std::ops::Range;

use super::text_value::OutlineText;
use crate::formats::toml::statements::{multi_line_end, single_line_end};

/// A key with its value, as far as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScannedPair {
    pub name: OutlineText,
    /// The byte after the `=`.
    pub equals: Option<usize>,
    pub value: ScannedValue,
}

/// A value, as far as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScannedValue {
    pub range: Range<usize>,
    /// Whether it is in square brackets.
    pub is_list: bool,
    /// The texts, dates, numbers and other words in it, without those in inline tables.
    pub texts: Vec<OutlineText>,
    /// The inline tables in it.
    pub tables: Vec<ScannedTable>,
}

/// An inline table, as far as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScannedTable {
    /// Between its braces.
    pub inside: Range<usize>,
    pub pairs: Vec<ScannedPair>,
}

/// One pass over a statement.
pub(super) struct ValueScan<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> ValueScan<'t> {
    /// Scans the statement at a range of a text; `None` if it is blank or a comment.
    pub fn statement(text: &'t str, range: Range<usize>) -> Option<ScannedPair> {
        let mut scan = Self {
            text,
            at: range.start,
            end: range.end,
        };
        scan.skip_blank();
        (scan.at < scan.end).then(|| scan.pair())
    }

    fn byte(&self) -> Option<u8> {
        let byte = self.text.as_bytes().get(self.at).copied();
        byte.filter(|_| self.at < self.end)
    }

    /// Skips white space, line breaks and comments.
    fn skip_blank(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b'#' => self.skip_until(|byte| byte == b'\n'),
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => break,
            }
        }
    }

    fn skip_until(&mut self, is_end: impl Fn(u8) -> bool) {
        while self.byte().is_some_and(|byte| !is_end(byte)) {
            self.at += 1;
        }
    }

    fn pair(&mut self) -> ScannedPair {
        let name = self.name();
        self.skip_until(|byte| !matches!(byte, b' ' | b'\t'));
        let mut pair = ScannedPair {
            value: ScannedValue {
                range: self.at..self.at,
                ..ScannedValue::default()
            },
            name,
            equals: None,
        };
        if self.byte() == Some(b'=') {
            self.at += 1;
            pair.equals = Some(self.at);
            pair.value = self.value();
        }
        pair
    }

    /// A key, which may be in quotation marks.
    fn name(&mut self) -> OutlineText {
        if let Some(quote @ (b'"' | b'\'')) = self.byte() {
            return self.string(quote);
        }
        let start = self.at;
        self.skip_until(|byte| matches!(byte, b'=' | b'\n' | b'#' | b',' | b'}' | b'"' | b'\''));
        self.word(start)
    }

    /// The word that was read since a byte, without white space at its end.
    fn word(&self, start: usize) -> OutlineText {
        let word = self.text.get(start..self.at).unwrap_or_default().trim_end();
        OutlineText::bare(word, start)
    }

    fn value(&mut self) -> ScannedValue {
        // A value begins on the line of its key.
        self.skip_until(|byte| !matches!(byte, b' ' | b'\t'));
        let start = self.at;
        let mut value = ScannedValue {
            is_list: self.byte() == Some(b'['),
            ..ScannedValue::default()
        };
        let mut last = start;
        self.item(&mut value, &mut last);
        value.range = start..last;
        value
    }

    /// Reads a list, an inline table, a text or a word into a value. `last` becomes the byte after it.
    fn item(&mut self, value: &mut ScannedValue, last: &mut usize) {
        match self.byte() {
            Some(b'[') => {
                self.at += 1;
                *last = self.at;
                self.items(value, last);
            }
            Some(b'{') => {
                self.at += 1;
                *last = self.at;
                let start = self.at;
                let (pairs, end) = self.inline_table(last);
                let inside = start..end;
                value.tables.push(ScannedTable { inside, pairs });
            }
            Some(quote @ (b'"' | b'\'')) => {
                let text = self.string(quote);
                *last = text.place.end;
                value.texts.push(text);
            }
            Some(_) => {
                let start = self.at;
                self.skip_until(|byte| matches!(byte, b',' | b']' | b'}' | b'#' | b'\n'));
                let word = self.word(start);
                if !word.value.is_empty() {
                    *last = word.place.end;
                    value.texts.push(word);
                }
            }
            None => {}
        }
    }

    fn items(&mut self, value: &mut ScannedValue, last: &mut usize) {
        loop {
            self.skip_blank();
            match self.byte() {
                None => {
                    // A list that is not closed goes on to the end of the statement.
                    let written = self.text.get(..self.at).unwrap_or_default();
                    *last = written.trim_end_matches(['\n', '\r']).len().max(*last);
                    return;
                }
                Some(b']') => {
                    self.at += 1;
                    *last = self.at;
                    return;
                }
                Some(b',' | b'}') => {
                    self.at += 1;
                    *last = self.at;
                }
                Some(_) => self.item(value, last),
            }
        }
    }

    /// The keys of an inline table, and the byte at which it ends.
    fn inline_table(&mut self, last: &mut usize) -> (Vec<ScannedPair>, usize) {
        let mut pairs = Vec::new();
        loop {
            self.skip_blank();
            match self.byte() {
                // A bracket ends the list around a table that is not closed.
                None | Some(b']') => return (pairs, self.at),
                Some(b'}') => {
                    self.at += 1;
                    *last = self.at;
                    return (pairs, self.at - 1);
                }
                Some(b',' | b'=' | b'[' | b'{') => {
                    self.at += 1;
                    *last = self.at;
                }
                Some(_) => {
                    let pair = self.pair();
                    *last = pair.value.range.end.max(pair.name.place.end);
                    pairs.push(pair);
                }
            }
        }
    }

    /// A text in quotation marks. If it is never closed, it ends with its line, or with the statement.
    fn string(&mut self, quote: u8) -> OutlineText {
        let start = self.at;
        let bytes = self.text.as_bytes().get(..self.end).unwrap_or_default();
        let is_multi = bytes.get(start..start + 3) == Some(&[quote; 3]);
        let marks = if is_multi { 3 } else { 1 };
        let inner = start + marks;
        let closed = if is_multi {
            multi_line_end(bytes, inner, quote)
        } else {
            single_line_end(bytes, inner, quote)
        };
        let (end, inner_end) = if let Some(end) = closed {
            (end, end - marks)
        } else {
            self.at = inner;
            if !is_multi {
                self.skip_until(|byte| matches!(byte, b'\n' | b'\r'));
            }
            let end = if is_multi { self.end } else { self.at };
            (end, end)
        };
        self.at = end;
        OutlineText::quoted(self.text, start..end, inner..inner_end)
    }
}
