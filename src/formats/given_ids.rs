//! Ids for what has none of its own: each from a name, and each once.

use std::collections::HashSet;

use crate::timeline::slug;

/// The ids of one kind of item that are in use.
#[derive(Debug, Default)]
pub(super) struct GivenIds(HashSet<String>);

impl GivenIds {
    /// An id from a name that no other item has.
    pub fn give(&mut self, name: &str, nameless: &str) -> String {
        let id = slug(name, nameless);
        let mut free = id.clone();
        let mut number = 1;
        while !self.0.insert(free.clone()) {
            number += 1;
            free = format!("{id}-{number}");
        }
        free
    }
}
