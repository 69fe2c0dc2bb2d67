//! The first rows of a table or of objects, by which its mapping is chosen.

use std::borrow::Cow;

use super::json_entries::text_of;
use super::json_scanner::{self, RawJson};

/// How many names of objects are looked at, and how deep.
const MOST_NAMES: usize = 500;
const DEEPEST: usize = 6;

/// The names of a table and its first rows.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct TableSample {
    pub names: Vec<String>,
    /// Each with as many values as there are names, or fewer.
    pub rows: Vec<Vec<String>>,
}

impl TableSample {
    /// Whether the rows are those of a table: nearly all have a value for each name, or lack empty ones at the end. Prose
    /// with commas in it has rows of any length, and its first line ends as a sentence does.
    pub fn is_even(&self) -> bool {
        let count = self.names.len();
        let is_row = |row: &&Vec<String>| row.len() == count || row.len() > 1 && row.len() < count;
        let even = self.rows.iter().filter(is_row).count();
        let last = self.names.last().map_or("", |name| name.trim_end());
        let is_sentence = last.ends_with(['.', '!', '?']) && last.contains(' ');
        !is_sentence && 10 * even >= 9 * self.rows.len()
    }

    /// The values of a column.
    pub fn column(&self, number: usize) -> impl Iterator<Item = &str> {
        let values = self.rows.iter().map(move |row| row.get(number));
        values.map(|value| value.map_or("", |value| value.trim()))
    }

    /// The values of the column with a name.
    pub fn values<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s str> {
        let number = (self.names.iter()).position(|it| it.trim().eq_ignore_ascii_case(name));
        number.into_iter().flat_map(|number| self.column(number))
    }

    /// Adds an object of JSON. The entries of objects in it have names with dots.
    pub fn add_object(&mut self, text: &str, unwrapped: &[String]) -> Option<()> {
        let mut row = vec![String::new(); self.names.len()];
        let mut add = |name: &str, value: &str| {
            let known = self.names.iter().position(|it| it == name);
            let number = match known {
                Some(number) => number,
                None if self.names.len() < MOST_NAMES => {
                    self.names.push(name.to_owned());
                    row.push(String::new());
                    self.names.len() - 1
                }
                None => return,
            };
            if let Some(cell) = row.get_mut(number).filter(|cell| cell.is_empty()) {
                value.clone_into(cell);
            }
        };
        flatten(text, "", unwrapped, DEEPEST, &mut add)?;
        self.rows.push(row);
        Some(())
    }
}

/// Calls a function with the name and the text of each entry of an object, and of the objects in it.
fn flatten(
    text: &str,
    before: &str,
    unwrapped: &[String],
    depth: usize,
    add: &mut dyn FnMut(&str, &str),
) -> Option<()> {
    let mut entries: Vec<(RawJson<'_>, RawJson<'_>)> = Vec::new();
    json_scanner::visit(text, |name, value| entries.push((name, value)))?;
    for (name, value) in entries {
        let name = text_of(name);
        let full: Cow<'_, str> = if before.is_empty() {
            name
        } else {
            format!("{before}.{name}").into()
        };
        let inner = text_of(value);
        add(&full, &inner);
        if depth > 0 && inner.trim_start().starts_with('{') {
            let is_unwrapped = unwrapped.iter().any(|it| *it == full);
            let before = if is_unwrapped { "" } else { &full };
            // A text that only looks like an object stays a text.
            let _ = flatten(&inner, before, unwrapped, depth - 1, add);
        }
    }
    Some(())
}
