//! Values that are objects of JSON, whose entries are columns.

use std::borrow::Cow;

use super::json_entries::text_of;
use super::json_scanner::{self, RawJson};
use super::mapping::TableMapping;
use super::row_builder::RowBuilder;
use super::row_fields::{FieldValue, LogColumn};

/// How deep objects are opened.
pub(super) const DEEPEST: usize = 8;

/// The values of a row of a table, with the entries of its objects behind them.
pub(super) struct OpenedValues<'v> {
    values: Vec<(LogColumn, Cow<'v, str>, usize)>,
}

impl<'v> OpenedValues<'v> {
    /// Opens the objects among the values of a row.
    pub fn of(builder: &mut RowBuilder<'_>, values: &[FieldValue<'v>]) -> Self {
        let mapping = builder.mapping;
        let mut opened = Self { values: Vec::new() };
        for value in values {
            let name = builder.rows.words.word(value.column.name).to_owned();
            let mut entries = Vec::new();
            let is_opened = open(mapping, &name, value.text, DEEPEST, &mut entries);
            if !is_opened {
                let text = Cow::Borrowed(value.text);
                opened.values.push((value.column, text, value.number));
            }
            for (name, text) in entries {
                opened
                    .values
                    .push((builder.column(&name), text, value.number));
            }
        }
        opened
    }

    pub fn values(&self) -> impl Iterator<Item = FieldValue<'_>> {
        self.values.iter().map(|(column, text, number)| FieldValue {
            column: *column,
            text,
            number: *number,
        })
    }
}

/// Adds the entries of an object that the mapping opens, each with its name. Returns false if the value is not such an
/// object.
pub(super) fn open<'t>(
    mapping: &TableMapping,
    name: &str,
    text: &'t str,
    depth: usize,
    entries: &mut Vec<(String, Cow<'t, str>)>,
) -> bool {
    let is_object = || text.trim_start().starts_with('{');
    let Some(is_unwrapped) = mapping.opens(name).filter(|_| depth > 0 && is_object()) else {
        return false;
    };
    let mut inner: Vec<(RawJson<'t>, RawJson<'t>)> = Vec::new();
    let visited = json_scanner::visit(text.trim(), |name, value| inner.push((name, value)));
    if visited.is_none() {
        return false;
    }
    for (entry, value) in inner {
        let entry = text_of(entry);
        let full = if is_unwrapped {
            entry.into_owned()
        } else {
            format!("{name}.{entry}")
        };
        // Only objects as they are written are opened: what is within a text is not of the document.
        if !value.text.starts_with('{') || !open(mapping, &full, value.text, depth - 1, entries) {
            entries.push((full, text_of(value)));
        }
    }
    true
}
