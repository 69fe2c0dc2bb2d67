//! Where in its row each value is. Only findings ask for it, so a row is searched again when one is made.

use std::ops::Range;

use memchr::memchr;
use serde::de::Deserializer;
use serde_json::value::RawValue;

use super::json_lines::Pairs;
use super::rows::Filler;
use super::said::Value;
use crate::diagnostic::Place;

/// How the values of a row are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// Divided by a delimiter; a quotation mark at the beginning of a value opens it (RFC 4180).
    Quoted(u8),
    /// Divided by a delimiter; quotation marks are characters.
    Verbatim(u8),
    /// The entries of a JSON object.
    Object,
}

/// The bytes of an entry in the text of its row: of its name, if names are in the row, and of its value as it is
/// written, with its quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: Option<Range<usize>>,
    value: Range<usize>,
}

/// The entries of the row that is being read, once a finding asked for one of them.
#[derive(Default)]
pub(super) struct Entries {
    of_row: Option<usize>,
    all: Vec<Entry>,
}

impl Entries {
    fn of(&mut self, row: &Range<usize>, text: &str, notation: Notation) -> &[Entry] {
        if self.of_row != Some(row.start) {
            self.of_row = Some(row.start);
            let raw = text.get(row.clone()).unwrap_or_default();
            self.all = notation.entries(raw);
        }
        &self.all
    }
}

impl Notation {
    fn entries(self, row: &str) -> Vec<Entry> {
        match self {
            Self::Quoted(delimiter) => {
                divided(row, |start| end_of_quoted(row.as_bytes(), start, delimiter))
            }
            Self::Verbatim(delimiter) => {
                divided(row, |start| end_of_value(row.as_bytes(), start, delimiter))
            }
            Self::Object => of_object(row),
        }
    }
}

/// The values of a row, each from behind the delimiter before it to its own end.
fn divided(row: &str, end: impl Fn(usize) -> usize) -> Vec<Entry> {
    let (mut entries, mut start) = (Vec::new(), 0);
    while start <= row.len() {
        let end = end(start);
        entries.push(Entry {
            name: None,
            value: start..end,
        });
        start = end + 1;
    }
    entries
}

/// The end of the value that begins there: its delimiter, or the end of the row.
fn end_of_quoted(row: &[u8], start: usize, delimiter: u8) -> usize {
    let mut at = start;
    if row.get(at) == Some(&b'"') {
        at = closed(row, at + 1).unwrap_or(row.len());
    }
    end_of_value(row, at, delimiter)
}

fn end_of_value(row: &[u8], at: usize, delimiter: u8) -> usize {
    let rest = row.get(at..).unwrap_or_default();
    memchr(delimiter, rest).map_or(row.len(), |end| at + end)
}

/// Behind the quotation mark that closes a value; two in a row are one of the value.
pub(super) fn closed(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(b'"', bytes.get(at..)?)? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn of_object(row: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    // Raw values are borrowed from the row.
    let bytes = |raw: &RawValue| {
        let start = raw.get().as_ptr().addr() - row.as_ptr().addr();
        start..start + raw.get().len()
    };
    let mut json = serde_json::Deserializer::from_str(row);
    let read = json.deserialize_map(Pairs(|name: &RawValue, value: &RawValue| {
        entries.push(Entry {
            name: Some(bytes(name)),
            value: bytes(value),
        });
    }));
    debug_assert!(read.is_ok(), "the row was read once");
    entries
}

impl Filler<'_> {
    /// The bytes of a value as it is written, and of its name; those of the row if they cannot be found there.
    fn entry(&mut self, row: &Range<usize>, number: usize) -> Entry {
        let entries = self.entries.of(row, self.part.text, self.notation);
        let behind = |it: &Range<usize>| row.start + it.start..row.start + it.end;
        match entries.get(number) {
            Some(Entry { name, value }) => Entry {
                name: name.as_ref().map(behind),
                value: behind(value),
            },
            None => Entry {
                name: None,
                value: row.clone(),
            },
        }
    }

    /// The bytes of a value with its quotation marks.
    pub(super) fn bytes_of(&mut self, row: &Range<usize>, value: Value<'_>) -> Range<usize> {
        self.entry(row, value.number).value
    }

    /// The bytes of the name of a value with its quotation marks; those of the row if the name is in a header.
    pub(super) fn bytes_of_name(&mut self, row: &Range<usize>, value: Value<'_>) -> Range<usize> {
        let entry = self.entry(row, value.number);
        entry.name.unwrap_or_else(|| row.clone())
    }

    /// The place of a value without its quotation marks and the white space around it.
    pub(super) fn part(&mut self, row: &Range<usize>, value: Value<'_>) -> Place {
        let bytes = self.bytes_of(row, value);
        let (raw, place) = self.written(&bytes);
        let text = value.text.trim();
        match raw.find(text).filter(|_| !text.is_empty()) {
            Some(at) => place.part(at..at + text.len()),
            None => place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(notation: Notation, row: &str) -> Vec<&str> {
        let entries = notation.entries(row).into_iter();
        entries
            .map(|it| row.get(it.value).expect("in the row"))
            .collect()
    }

    #[test]
    fn a_value_is_where_it_is_written() {
        let row = "a,\"b,\"\"c\"\"\nd\",,\"\",5\" x";
        let expected = ["a", "\"b,\"\"c\"\"\nd\"", "", "\"\"", "5\" x"];
        assert_eq!(values(Notation::Quoted(b','), row), expected);
        let row = "a;\"b;c;";
        assert_eq!(values(Notation::Verbatim(b';'), row), ["a", "\"b", "c", ""]);
        assert_eq!(values(Notation::Quoted(b';'), row), ["a", "\"b;c;"]);
        let row = r#"{"a": "true", "b" :true,"a":{"c": [1]}}"#;
        let expected = ["\"true\"", "true", "{\"c\": [1]}"];
        assert_eq!(values(Notation::Object, row), expected);
        let entries = Notation::Object.entries(row);
        assert_eq!(entries[2].name, Some(24..27));
    }
}
