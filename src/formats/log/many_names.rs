//! The names of a log that have many values.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

/// The names that are known to have many values: no chunk collects them any more.
#[derive(Debug, Default)]
pub(super) struct ManyNames(RwLock<HashSet<Box<str>>>);

impl ManyNames {
    pub fn has(&self, name: &str) -> bool {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names.contains(name)
    }

    pub fn add(&self, name: &str) {
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.into());
    }
}
