//! An object of JSON on each line.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::dialect::Dialect;
use super::parallel::{self, PIECE};
use super::rows::{Column, Filler, Spot};
use super::told::Told;
use crate::diagnostic::{Diagnostic, FileId, ROW_UNREADABLE, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::log::LogRows;

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
    source: &SourceText,
    file: FileId,
    dialect: &'static Dialect,
    progress: &Progress,
) -> (Vec<LogRows>, Told) {
    let pieces = pieces(source.text());
    let read = parallel::map(&pieces, progress, |piece| {
        let mut reader = Reader {
            filler: Filler::new(source, file, dialect),
            known: Vec::new(),
        };
        reader.read(source, piece.clone());
        progress.advance(piece.len() as u64);
        (reader.filler.rows, reader.filler.told)
    });
    let rest = pieces.get(read.len()).map(|piece| piece.start);
    let mut told = Told::default();
    let parts = read.into_iter().map(|(rows, more)| {
        told.append(more);
        rows
    });
    let parts = parts.collect();
    if let Some(at) = rest {
        told.tell(stopped(file, at));
    }
    (parts, told)
}

/// Cuts a text between lines.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let least = (start + PIECE).min(text.len());
        let rest = text.as_bytes().get(least..).unwrap_or_default();
        let line_break = rest.iter().position(|&byte| byte == b'\n');
        let end = line_break.map_or(text.len(), |at| least + at + 1);
        pieces.push(start..end);
        start = end;
    }
    pieces
}

struct Reader<'s> {
    filler: Filler<'s>,
    /// The columns of the row before: most rows have the same, in the same order.
    known: Vec<(Box<str>, Column)>,
}

impl Reader<'_> {
    fn read(&mut self, source: &SourceText, piece: Range<usize>) {
        let mut start = piece.start;
        let lines = source.slice(piece).split_inclusive('\n');
        for (line, whole) in (source.line_of(start)..).zip(lines) {
            let written = whole.trim_end();
            let end = start + written.len();
            if !written.is_empty() {
                self.row(Spot { start, end, line }, written);
            }
            start += whole.len();
        }
    }

    fn row(&mut self, spot: Spot, line: &str) {
        match serde_json::from_str::<Object<'_>>(line) {
            Ok(object) => {
                let values: Vec<(Column, Cow<'_, str>)> = (object.0.iter().enumerate())
                    .map(|(at, (name, value))| (self.column(at, name), text_of(value)))
                    .collect();
                let values = values
                    .iter()
                    .map(|(column, value)| (*column, value.as_ref()));
                self.filler.add(spot, values);
            }
            Err(error) => self.tell(spot, line, &error),
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

    fn tell(&mut self, spot: Spot, line: &str, error: &serde_json::Error) {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let at = (error.column().saturating_sub(1)).min(line.len().saturating_sub(1));
        let place = self.filler.place(spot);
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
        self.filler.told.tell(finding.label(label));
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
