//! Finds the place of each value in its row. Only findings need it, so a row is searched again for a finding.

use std::ops::Range;

use memchr::memchr;
use serde::de::Deserializer;
use serde_json::value::RawValue;

use super::json_entries::EntryVisitor;

/// The notation of the values of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowNotation {
    /// With a delimiter between them. A quotation mark at the beginning of a value opens it (RFC 4180).
    Quoted(u8),
    /// With a delimiter between them. Quotation marks are characters.
    Verbatim(u8),
    /// The entries of a JSON object.
    Object,
    /// The values of a JSON list.
    List,
}

/// The bytes of a value in its row, with its quotation marks, and of its name if the name is in the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ValuePlace {
    pub name: Option<Range<usize>>,
    pub value: Range<usize>,
}

/// The places in the current row, once a finding needs one.
#[derive(Default)]
pub(super) struct ValuePlaces {
    of_row: Option<usize>,
    all: Vec<ValuePlace>,
}

impl ValuePlaces {
    pub fn of(&mut self, row: &Range<usize>, text: &str, notation: RowNotation) -> &[ValuePlace] {
        if self.of_row != Some(row.start) {
            self.of_row = Some(row.start);
            let raw = text.get(row.clone()).unwrap_or_default();
            self.all = notation.entries(raw);
        }
        &self.all
    }
}

impl RowNotation {
    fn entries(self, row: &str) -> Vec<ValuePlace> {
        match self {
            Self::Quoted(delimiter) => {
                divided(row, |start| end_of_quoted(row.as_bytes(), start, delimiter))
            }
            Self::Verbatim(delimiter) => {
                divided(row, |start| end_of_value(row.as_bytes(), start, delimiter))
            }
            Self::Object => of_object(row),
            Self::List => of_list(row),
        }
    }
}

/// The values of a row, each from behind the delimiter before it to its end.
fn divided(row: &str, end: impl Fn(usize) -> usize) -> Vec<ValuePlace> {
    let (mut entries, mut start) = (Vec::new(), 0);
    while start <= row.len() {
        let end = end(start);
        entries.push(ValuePlace {
            name: None,
            value: start..end,
        });
        start = end + 1;
    }
    entries
}

/// The end of the value that begins at `start`: its delimiter, or the end of the row.
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

/// The byte behind the quotation mark that closes a value. Two in a row are one character of the value.
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

fn of_object(row: &str) -> Vec<ValuePlace> {
    let mut entries = Vec::new();
    let mut json = serde_json::Deserializer::from_str(row);
    let read = json.deserialize_map(EntryVisitor(|name: &RawValue, value: &RawValue| {
        entries.push(ValuePlace {
            name: Some(bytes_in(row, name)),
            value: bytes_in(row, value),
        });
    }));
    debug_assert!(read.is_ok(), "the row was read once");
    entries
}

fn of_list(row: &str) -> Vec<ValuePlace> {
    let values = serde_json::from_str::<Vec<&RawValue>>(row).unwrap_or_default();
    let place = |value: &RawValue| ValuePlace {
        name: None,
        value: bytes_in(row, value),
    };
    values.into_iter().map(place).collect()
}

/// The bytes of a raw value, which is borrowed from its row.
fn bytes_in(row: &str, raw: &RawValue) -> Range<usize> {
    let start = raw.get().as_ptr().addr() - row.as_ptr().addr();
    start..start + raw.get().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(notation: RowNotation, row: &str) -> Vec<&str> {
        let entries = notation.entries(row).into_iter();
        entries
            .map(|it| row.get(it.value).expect("in the row"))
            .collect()
    }

    #[test]
    fn a_value_is_where_it_is_written() {
        let row = "a,\"b,\"\"c\"\"\nd\",,\"\",5\" x";
        let expected = ["a", "\"b,\"\"c\"\"\nd\"", "", "\"\"", "5\" x"];
        assert_eq!(values(RowNotation::Quoted(b','), row), expected);
        let row = "a;\"b;c;";
        assert_eq!(
            values(RowNotation::Verbatim(b';'), row),
            ["a", "\"b", "c", ""]
        );
        assert_eq!(values(RowNotation::Quoted(b';'), row), ["a", "\"b;c;"]);
        let row = r#"{"a": "true", "b" :true,"a":{"c": [1]}}"#;
        let expected = ["\"true\"", "true", "{\"c\": [1]}"];
        assert_eq!(values(RowNotation::Object, row), expected);
        let entries = RowNotation::Object.entries(row);
        assert_eq!(entries[2].name, Some(24..27));
        let row = r#"[ "a, b" ,{"c": [1]},null]"#;
        let expected = ["\"a, b\"", "{\"c\": [1]}", "null"];
        assert_eq!(values(RowNotation::List, row), expected);
    }
}
