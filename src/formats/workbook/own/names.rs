//! The names of entities and the titles of sources in the cells of a workbook, and the ids that they have.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::TextPlace;
use crate::timeline::slug;

/// The ids of one sort of items, by their names.
#[derive(Debug)]
pub(super) struct NameIds {
    /// The id of an item whose name has no letters.
    nameless: &'static str,
    ids: HashSet<String>,
    by_name: HashMap<String, Vec<String>>,
    /// What cells name and no sheet declares: its id, its name and its place.
    pub found: Vec<(String, String, TextPlace)>,
}

impl NameIds {
    pub fn new(nameless: &'static str) -> Self {
        Self {
            nameless,
            ids: HashSet::new(),
            by_name: HashMap::new(),
            found: Vec::new(),
        }
    }

    /// Declares an item. Returns its id, made of its name if it has none; `None` if the id is taken.
    pub fn declare(&mut self, id: &str, name: &str) -> Option<String> {
        let id = if id.is_empty() {
            self.free(name)
        } else {
            id.to_owned()
        };
        if !self.ids.insert(id.clone()) {
            return None;
        }
        let name = if name.is_empty() { &id } else { name };
        let same = self.by_name.entry(name.to_owned()).or_default();
        same.push(id.clone());
        Some(id)
    }

    /// The id of what a cell names: by its name, by its name and id, or by its id.
    pub fn known(&self, cell: &str) -> Option<&str> {
        let named = self.by_name.get(cell).map(Vec::as_slice);
        if let Some([id]) = named {
            return Some(id);
        }
        let inner = cell
            .strip_suffix(']')
            .and_then(|cell| cell.rsplit_once(" ["));
        let of_several = inner.and_then(|(_, id)| self.ids.get(id));
        let id = of_several.or_else(|| self.ids.get(cell));
        let first = || named.and_then(<[String]>::first);
        id.or_else(first).map(String::as_str)
    }

    /// The same, or the id of a new item.
    pub fn id(&mut self, cell: &str, place: TextPlace) -> String {
        if let Some(id) = self.known(cell) {
            return id.to_owned();
        }
        let id = self.free(cell);
        self.ids.insert(id.clone());
        self.by_name.insert(cell.to_owned(), vec![id.clone()]);
        self.found.push((id.clone(), cell.to_owned(), place));
        id
    }

    /// An id that no item has.
    fn free(&self, name: &str) -> String {
        let id = slug(name, self.nameless);
        let mut free = id.clone();
        let mut number = 1;
        while self.ids.contains(&free) {
            number += 1;
            free = format!("{id}-{number}");
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_names_an_item_by_its_name_or_by_its_id() {
        let mut names = NameIds::new("entity");
        assert_eq!(names.declare("a", "APT31").as_deref(), Some("a"));
        assert_eq!(names.declare("a", "Other"), None);
        assert_eq!(names.declare("b", "Twin").as_deref(), Some("b"));
        assert_eq!(names.declare("c", "Twin").as_deref(), Some("c"));
        assert_eq!(names.declare("", "No Id").as_deref(), Some("no-id"));
        for (cell, id) in [
            ("APT31", "a"),
            ("a", "a"),
            ("Twin", "b"),
            ("Twin [c]", "c"),
            ("No Id", "no-id"),
            ("New [x]", "new-x"),
        ] {
            assert_eq!(names.id(cell, TextPlace::default()), id, "{cell}");
        }
        assert_eq!(names.found.len(), 1);
    }
}
