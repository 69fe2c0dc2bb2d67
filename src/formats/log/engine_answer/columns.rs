//! The names of the columns of an answer, and rows that are lists of values.

use std::borrow::Cow;

use crate::formats::log::json_entries::text_of;
use crate::formats::log::json_path::{first_item, items, value_at};
use crate::formats::log::json_scanner::RawJson;

/// The names in a list of objects that describe the columns. `None` if the list breaks off.
pub(super) fn named(text: &str, list: &str, name: &str) -> Option<Vec<String>> {
    let from = first_item(text, list)?;
    let mut names = Vec::new();
    let mut end = from;
    for column in items(text, from) {
        let at = value_at(column, name)?;
        let value = items(column, at).next()?;
        names.push(text_of(RawJson::of(value)).into_owned());
        end = column.as_ptr().addr() - text.as_ptr().addr() + column.len();
    }
    let is_whole = text.get(end..)?.trim_start().starts_with(']');
    is_whole.then_some(names)
}

/// A row of values as the object that it stands for.
pub(super) fn object(names: &[String], row: &str) -> String {
    let values = row.get(1..).map(str::trim_start).unwrap_or_default();
    let pair = |(name, value): (&String, &str)| format!("{}:{value}", quoted(name));
    let pairs: Vec<String> = names.iter().zip(items(values, 0)).map(pair).collect();
    format!("{{{}}}", pairs.join(","))
}

/// A name as JSON writes it.
fn quoted(name: &str) -> Cow<'_, str> {
    serde_json::to_string(name).map_or(Cow::Borrowed("\"\""), Cow::Owned)
}
