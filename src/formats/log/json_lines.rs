//! An object of JSON on each line.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Range;

use memchr::memchr;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Stream;
use super::dialect::{Dialect, SUMMARY};
use super::entries::{self, Raw};
use super::joined::{self, Form, Part};
use super::lists::BROKEN_BAR;
use super::pieces::Cut;
use super::places::Notation;
use super::rows::{Filler, Stretch};
use super::said::Column;
use crate::diagnostic::{Diagnostic, FileId, ROW_UNREADABLE};
use crate::formats::progress::Progress;

/// How many lines are tried to see what sort of log it is.
const TRIED: usize = 20;

/// The sort of log that a text is, by the first of its lines that can be read.
pub(super) fn recognise(head: &str) -> Option<&'static Dialect> {
    let objects = head
        .lines()
        .take(TRIED)
        .filter_map(|line| serde_json::from_str::<Names<'_>>(line).ok());
    let mut dialects = objects.filter_map(|names| Dialect::of_objects(&names.0));
    dialects.next()
}

/// Reads the rows of a text, in stretches.
pub(super) fn read(
    stream: Stream<'_>,
    file: FileId,
    dialect: &'static Dialect,
    progress: &Progress,
) -> io::Result<joined::Rows> {
    joined::read(stream, file, progress, |_| (Lines(dialect), 0))
}

struct Lines(&'static Dialect);

impl Form for Lines {
    const FIRST: Cut = Cut::Lines;

    fn read(&self, part: &Part<'_>) -> Stretch {
        let mut reader = Reader::new(Filler::new(part, self.0, Notation::Object));
        let ends = part.breaks.iter().map(|&at| at as usize);
        let mut start = part.from;
        for end in ends.chain([part.text.len()]) {
            let whole = part.text.get(start..end).unwrap_or_default();
            let written = whole.trim_end();
            if !written.is_empty() {
                reader.row(start..start + written.len(), written);
            }
            start = end;
        }
        reader.end(None)
    }
}

/// Reads objects as rows.
pub(super) struct Reader<'t> {
    filler: Filler<'t>,
    /// The columns of the row before: most rows have the same, in the same order.
    known: Vec<(Box<str>, Column)>,
    /// The values of the row that is being read.
    values: Vec<(Column, Cow<'t, str>)>,
}

impl<'t> Reader<'t> {
    pub fn new(filler: Filler<'t>) -> Self {
        Self {
            filler,
            known: Vec::new(),
            values: Vec::new(),
        }
    }

    /// All that was read of the part, but for an object that begins there and goes on behind it.
    pub fn end(self, open: Option<usize>) -> Stretch {
        self.filler.end(open)
    }

    /// Reads the object that stands there.
    pub fn row(&mut self, row: Range<usize>, written: &'t str) {
        let read = self.divide(written);
        match read {
            Ok(()) => {
                let values = self.values.iter();
                let values = values.map(|(column, value)| (*column, value.as_ref()));
                self.filler.add(row, values);
            }
            Err(error) => self.tell(row, written, &error),
        }
    }

    fn divide(&mut self, written: &'t str) -> serde_json::Result<()> {
        self.values.clear();
        if entries::visit(written, |name, value| self.entry(name, value)).is_some() {
            return Ok(());
        }
        self.values.clear();
        let mut json = serde_json::Deserializer::from_str(written);
        json.deserialize_map(Pairs(|name: &'t RawValue, value: &'t RawValue| {
            self.entry(Raw::of(name.get()), Raw::of(value.get()));
        }))?;
        json.end()
    }

    fn entry(&mut self, name: Raw<'t>, value: Raw<'t>) {
        let column = self.column(self.values.len(), &text_of(name));
        let text = match column.role {
            SUMMARY if value.text.starts_with('{') => in_words(value),
            _ => text_of(value),
        };
        self.values.push((column, text));
    }

    fn column(&mut self, at: usize, name: &str) -> Column {
        if let Some((known, column)) = self.known.get(at)
            && **known == *name
        {
            return *column;
        }
        let column = self.filler.column(name);
        self.known.truncate(at);
        self.known.push((name.into(), column));
        column
    }

    /// Tells why what stands there is no object.
    pub fn tell(&mut self, row: Range<usize>, written: &str, error: &serde_json::Error) {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let mut lines = written.split_inclusive('\n');
        let before: usize = (lines.by_ref().take(error.line().saturating_sub(1)))
            .map(str::len)
            .sum();
        let at = before + error.column().saturating_sub(1);
        let at = at.min(written.len().saturating_sub(1));
        let place = self.filler.place(row);
        let place = if written.is_char_boundary(at) && written.is_char_boundary(at + 1) {
            place.part(at..at + 1)
        } else {
            place
        };
        let (message, label) = match said.split_once(", expected ") {
            Some((wrong, wanted)) => (wrong, format!("expected {wanted}")),
            None => (said, "expected an object of JSON".to_owned()),
        };
        let finding = Diagnostic::new(
            &ROW_UNREADABLE,
            place,
            format!("the row is no object of JSON: {message}"),
        );
        self.filler.tell(finding.label(label));
    }
}

/// A value as text: a string without its quotation marks, all else as it is written.
fn text_of(value: Raw<'_>) -> Cow<'_, str> {
    let raw = value.text;
    if value.is_plain_text {
        return Cow::Borrowed(raw.get(1..raw.len() - 1).unwrap_or_default());
    }
    let Some(inner) = raw.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return match raw {
            "null" => Cow::Borrowed(""),
            _ if raw.contains('\n') => Cow::Owned(on_one_line(raw)),
            _ => Cow::Borrowed(raw),
        };
    };
    if memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(raw).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// An object as Hayabusa writes one in its tables, and all else as text.
fn in_words(value: Raw<'_>) -> Cow<'_, str> {
    let mut json = serde_json::Deserializer::from_str(value.text);
    let mut pairs = Vec::new();
    let read = json.deserialize_map(Pairs(|name: &RawValue, value: &RawValue| {
        let [name, value] = [name, value].map(|it| text_of(Raw::of(it.get())));
        pairs.push(format!("{name}: {value}"));
    }));
    match read {
        Ok(()) => Cow::Owned(pairs.join(&format!(" {BROKEN_BAR} "))),
        Err(_) => text_of(value),
    }
}

/// JSON without the white space between its signs.
fn on_one_line(raw: &str) -> String {
    let (mut is_within, mut is_escaped) = (false, false);
    let is_kept = |it: &char| {
        let is_mark = *it == '"' && !is_escaped;
        is_escaped = is_within && *it == '\\' && !is_escaped;
        is_within ^= is_mark;
        is_within || !it.is_ascii_whitespace()
    };
    raw.chars().filter(is_kept).collect()
}

/// The names of an object, in the order of the text.
pub(super) struct Names<'t>(pub Vec<Cow<'t, str>>);

impl<'de> Deserialize<'de> for Names<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut names = Vec::new();
        deserializer.deserialize_map(Pairs(|name: &'de RawValue, _| {
            names.push(text_of(Raw::of(name.get())));
        }))?;
        Ok(Self(names))
    }
}

/// Something done with each name and value of an object, in the order of the text.
pub(super) struct Pairs<F>(pub F);

impl<'de, F: FnMut(&'de RawValue, &'de RawValue)> Visitor<'de> for Pairs<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            (self.0)(name, value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn white_space_between_signs_says_nothing() {
        let raw = "{\n  \"a b\": [ 1,\r\n\t2 ],\n  \"c \\\" \\\\\": \" } \"\n}";
        assert_eq!(on_one_line(raw), "{\"a b\":[1,2],\"c \\\" \\\\\":\" } \"}");
    }
}
