//! Values that are objects of JSON, whose entries are columns.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::engine_answer;
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

/// Adds the entries of an object or a list that the mapping opens, each with its name. Returns false if the value is not
/// one of these.
pub(super) fn open<'t>(
    mapping: &TableMapping,
    name: &str,
    text: &'t str,
    depth: usize,
    entries: &mut Vec<(String, Cow<'t, str>)>,
) -> bool {
    if text.starts_with('[') && depth > 0 {
        return open_list(mapping, name, text, depth, entries);
    }
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
        if name == engine_answer::FIELDS
            && let Some(item) = engine_answer::only_item(value.text)
        {
            entries.push((full, item));
            continue;
        }
        let is_within = value.text.starts_with(['{', '[']);
        if !is_within || !open(mapping, &full, value.text, depth - 1, entries) {
            entries.push((full, text_of(value)));
        }
    }
    true
}

/// Adds the values of the items of a list that the mapping names, such as `target.0.name`. The list itself is kept.
fn open_list<'t>(
    mapping: &TableMapping,
    name: &str,
    text: &'t str,
    depth: usize,
    entries: &mut Vec<(String, Cow<'t, str>)>,
) -> bool {
    let wanted = mapping.opened_items(name);
    let read = (!wanted.is_empty()).then(|| serde_json::from_str::<Vec<&RawValue>>(text));
    let Some(Ok(items)) = read else {
        return false;
    };
    entries.push((name.to_owned(), text_of(RawJson::of(text))));
    for number in wanted {
        let Some(item) = items.get(number) else {
            continue;
        };
        let (name, mut within) = (format!("{name}.{number}"), Vec::new());
        if !open(mapping, &name, item.get(), depth - 1, &mut within) {
            within.push((name, text_of(RawJson::of(item.get()))));
        }
        let is_named = |name: &str| mapping.columns().any(|column| column == name);
        entries.extend(within.into_iter().filter(|(name, _)| is_named(name)));
    }
    true
}
