//! Reads JSON objects as rows.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::Deserializer;
use serde_json::value::RawValue;

use super::column_role::SUMMARY;
use super::json_entries::{EntryVisitor, text_of};
use super::json_scanner::{self, RawJson};
use super::opened_values::{self, DEEPEST};
use super::row_builder::{ChunkRows, RowBuilder};
use super::row_fields::{FieldValue, LogColumn};
use super::row_lists::BROKEN_BAR;
use super::row_saying::{self, TextTest};
use crate::diagnostic::{Diagnostic, ROW_UNREADABLE, TextPlace};
use crate::document::count;

/// Reads the objects of a chunk.
pub(super) struct ObjectReader<'t> {
    builder: RowBuilder<'t>,
    /// The columns of the row before. Most rows have the same columns in the same order.
    known: Vec<(Box<str>, LogColumn)>,
    /// The values of the current row, each with the number of its entry in the object.
    values: Vec<(LogColumn, Cow<'t, str>, usize)>,
    /// The entries of the current row so far.
    entries: usize,
    may_open: bool,
}

impl<'t> ObjectReader<'t> {
    pub fn new(builder: RowBuilder<'t>) -> Self {
        Self {
            entries: 0,
            may_open: builder.mapping.may_open(),
            builder,
            known: Vec::new(),
            values: Vec::new(),
        }
    }

    /// The rows of the chunk. `open`: where an object begins that continues behind it.
    pub fn end(self, open: Option<usize>) -> ChunkRows {
        self.builder.end(open)
    }

    /// Reports a finding about a row.
    pub fn report_row(&mut self, row: Range<usize>, of: impl FnOnce(TextPlace) -> Diagnostic) {
        let place = self.builder.place(row);
        self.builder.report(of(place));
    }

    /// Reads the object at `row`.
    pub fn row(&mut self, row: Range<usize>, written: &'t str) {
        match self.divide(written) {
            Ok(()) => self.add(row),
            Err(error) => self.report(row, written, &error),
        }
    }

    /// Reads the list of values at `row`, one for each of these names.
    pub fn list(&mut self, row: Range<usize>, written: &'t str, names: &[String]) {
        match serde_json::from_str::<Vec<&RawValue>>(written) {
            Ok(values) if values.len() == names.len() => {
                self.values.clear();
                self.entries = 0;
                for (name, value) in names.iter().zip(values) {
                    self.entry(name, RawJson::of(value.get()));
                }
                self.add(row);
            }
            Ok(values) => {
                let (values, columns) =
                    (count(values.len(), "value"), count(names.len(), "column"));
                let message = format!("the row has {values}, and there are {columns}");
                self.builder.report(Diagnostic::new(
                    &ROW_UNREADABLE,
                    self.builder.place(row),
                    message,
                ));
            }
            Err(error) => self.report(row, written, &error),
        }
    }

    fn add(&mut self, row: Range<usize>) {
        let values = self.values.iter();
        let values = values.map(|(column, text, number)| FieldValue {
            column: *column,
            text,
            number: *number,
        });
        self.builder.add(row, values);
    }

    /// Whether a text of an object passes a test; `None` if only reading it shows that.
    pub fn is_said(&mut self, written: &'t str, says: &TextTest<'_>) -> Option<bool> {
        self.divide(written).ok()?;
        let values = self.values.iter();
        let values = values.map(|(column, text, _)| (column.role, text.as_ref()));
        row_saying::is_said(values, says)
    }

    fn divide(&mut self, written: &'t str) -> serde_json::Result<()> {
        self.values.clear();
        self.entries = 0;
        if json_scanner::visit(written, |name, value| self.entry(&text_of(name), value)).is_some() {
            return Ok(());
        }
        self.values.clear();
        self.entries = 0;
        let mut json = serde_json::Deserializer::from_str(written);
        json.deserialize_map(EntryVisitor(|name: &'t RawValue, value: &'t RawValue| {
            self.entry(&text_of(RawJson::of(name.get())), RawJson::of(value.get()));
        }))?;
        json.end()
    }

    fn entry(&mut self, name: &str, value: RawJson<'t>) {
        let number = self.entries;
        self.entries += 1;
        if self.may_open
            && value.text.starts_with(['{', '['])
            && self.open(name, value.text, number)
        {
            return;
        }
        if self.may_open && value.text.starts_with('"') && self.open_text(name, value, number) {
            return;
        }
        let column = self.column(self.values.len(), name);
        let text = match column.role {
            SUMMARY if value.text.starts_with('{') => in_words(value),
            _ if self.is_of_bytes(name, value) => in_characters(value),
            _ => text_of(value),
        };
        self.values.push((column, text, number));
    }

    fn is_of_bytes(&self, name: &str, value: RawJson<'_>) -> bool {
        let bytes = &self.builder.mapping.layout.bytes;
        value.text.starts_with('[') && bytes.iter().any(|it| it == name)
    }

    /// Adds the entries of an object that the mapping opens.
    fn open(&mut self, name: &str, text: &'t str, number: usize) -> bool {
        let mut entries = Vec::new();
        let is_opened =
            opened_values::open(self.builder.mapping, name, text, DEEPEST, &mut entries);
        for (name, text) in entries {
            let column = self.column(self.values.len(), &name);
            let text = match text {
                Cow::Borrowed(raw) if column.role == SUMMARY && raw.starts_with('{') => {
                    in_words(RawJson::of(raw))
                }
                text => text,
            };
            self.values.push((column, text, number));
        }
        is_opened
    }

    /// Adds the entries of an object that is written as a text, if the mapping says that the text is one.
    fn open_text(&mut self, name: &str, value: RawJson<'t>, number: usize) -> bool {
        let mapping = self.builder.mapping;
        if value.is_plain_text || !mapping.layout.open.iter().any(|it| it == name) {
            return false;
        }
        let text = text_of(value);
        let mut entries = Vec::new();
        let is_opened = opened_values::open(mapping, name, &text, DEEPEST, &mut entries);
        for (name, text) in entries {
            let column = self.column(self.values.len(), &name);
            let text = Cow::Owned(text.into_owned());
            self.values.push((column, text, number));
        }
        is_opened
    }

    fn column(&mut self, at: usize, name: &str) -> LogColumn {
        if let Some((known, column)) = self.known.get(at)
            && **known == *name
        {
            return *column;
        }
        let column = self.builder.column(name);
        self.known.truncate(at);
        self.known.push((name.into(), column));
        column
    }

    /// Reports a row that is not an object.
    pub fn report(&mut self, row: Range<usize>, written: &str, error: &serde_json::Error) {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let mut lines = written.split_inclusive('\n');
        let before: usize = (lines.by_ref().take(error.line().saturating_sub(1)))
            .map(str::len)
            .sum();
        let at = before + error.column().saturating_sub(1);
        let at = at.min(written.len().saturating_sub(1));
        let place = self.builder.place(row);
        let place = if written.is_char_boundary(at) && written.is_char_boundary(at + 1) {
            place.part(at..at + 1)
        } else {
            place
        };
        let (message, label) = match said.split_once(", expected ") {
            Some((wrong, wanted)) => (wrong, format!("expected {wanted}")),
            None => (said, "expected a JSON object".to_owned()),
        };
        let finding = Diagnostic::new(
            &ROW_UNREADABLE,
            place,
            format!("the row is not a JSON object: {message}"),
        );
        self.builder.report(finding.label(label));
    }
}

/// A list of bytes as text, anything else as it is written.
fn in_characters(value: RawJson<'_>) -> Cow<'_, str> {
    let bytes: Result<Vec<u8>, _> = serde_json::from_str(value.text);
    bytes.map_or_else(
        |_| text_of(value),
        |it| Cow::Owned(String::from_utf8_lossy(&it).into_owned()),
    )
}

/// An object as Hayabusa writes one in its tables, anything else as text.
fn in_words(value: RawJson<'_>) -> Cow<'_, str> {
    let mut json = serde_json::Deserializer::from_str(value.text);
    let mut pairs = Vec::new();
    let read = json.deserialize_map(EntryVisitor(|name: &RawValue, value: &RawValue| {
        let [name, value] = [name, value].map(|it| text_of(RawJson::of(it.get())));
        pairs.push(format!("{name}: {value}"));
    }));
    match read {
        Ok(()) => Cow::Owned(pairs.join(&format!(" {BROKEN_BAR} "))),
        Err(_) => text_of(value),
    }
}
