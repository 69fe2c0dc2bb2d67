//! An object of JSON on each line.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Stream;
use super::dialect::Dialect;
use super::joined::{self, Form, Part};
use super::rows::{Column, Filler, Stretch};
use crate::diagnostic::{Diagnostic, FileId, ROW_UNREADABLE};
use crate::formats::progress::Progress;

/// How many lines are tried to see what sort of log it is.
const TRIED: usize = 20;

/// The sort of log that a text is, by the first of its lines that can be read.
pub(super) fn recognise(head: &str) -> Option<&'static Dialect> {
    let objects = head
        .lines()
        .take(TRIED)
        .filter_map(|line| serde_json::from_str::<Object<'_>>(line).ok());
    let mut dialects = objects.filter_map(|object| {
        let names: Vec<_> = object.0.iter().map(|(name, _)| name).collect();
        Dialect::of(&names)
    });
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
    const IS_QUOTED: bool = false;

    fn read(&self, part: &Part<'_>) -> Stretch {
        let mut reader = Reader {
            filler: Filler::new(part, self.0),
            known: Vec::new(),
        };
        let mut start = part.from;
        let rest = part.text.get(start..).unwrap_or_default();
        for whole in rest.split_inclusive('\n') {
            let written = whole.trim_end();
            if !written.is_empty() {
                reader.row(start..start + written.len(), written);
            }
            start += whole.len();
        }
        reader.filler.end(None)
    }
}

struct Reader<'t> {
    filler: Filler<'t>,
    /// The columns of the row before: most rows have the same, in the same order.
    known: Vec<(Box<str>, Column)>,
}

impl Reader<'_> {
    fn row(&mut self, row: Range<usize>, line: &str) {
        match serde_json::from_str::<Object<'_>>(line) {
            Ok(object) => {
                let values: Vec<(Column, Cow<'_, str>)> = (object.0.iter().enumerate())
                    .map(|(at, (name, value))| (self.column(at, name), text_of(value)))
                    .collect();
                let values = values
                    .iter()
                    .map(|(column, value)| (*column, value.as_ref()));
                self.filler.add(row, values);
            }
            Err(error) => self.tell(row, line, &error),
        }
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

    fn tell(&mut self, row: Range<usize>, line: &str, error: &serde_json::Error) {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let at = (error.column().saturating_sub(1)).min(line.len().saturating_sub(1));
        let place = self.filler.place(row);
        let place = if line.is_char_boundary(at) && line.is_char_boundary(at + 1) {
            place.part(at..at + 1)
        } else {
            place
        };
        let (message, label) = match said.split_once(", expected ") {
            Some((wrong, wanted)) => (wrong, format!("expected {wanted}")),
            None => (said, "expected an object of JSON on one line".to_owned()),
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
fn text_of(value: &RawValue) -> Cow<'_, str> {
    let raw = value.get();
    let Some(inner) = raw.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return Cow::Borrowed(if raw == "null" { "" } else { raw });
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(raw).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// The names and values of an object, in the order of the text.
struct Object<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Object<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut entries = Vec::with_capacity(16);
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            entries.push((text_of(name), value));
        }
        Ok(Object(entries))
    }
}
