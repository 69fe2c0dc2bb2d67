//! Which names have few values. Those stay in memory, to choose from; the others only in the file.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::many_names::ManyNames;
use crate::timeline::FEW_VALUES;
use crate::timeline::log::LogRows;

/// The values of each name so far; none of a name with many.
#[derive(Debug, Default)]
pub(in super::super) struct FewValues(HashMap<Box<str>, HashSet<Box<str>>>);

impl FewValues {
    /// Adds the values of a chunk. Returns whether a name that had few values has many now.
    pub fn add(&mut self, rows: &LogRows, many: &ManyNames) -> bool {
        let mut is_changed = false;
        let kept = rows.attributes.kept();
        let kept: BTreeSet<_> = kept
            .map(|(name, value)| (rows.words.word(name), value))
            .collect();
        let with_values: HashSet<&str> = kept.iter().map(|(name, _)| *name).collect();
        for &name in &rows.paged_names {
            let name = rows.words.word(name);
            if !with_values.contains(name) {
                is_changed |= self.0.remove(name).is_some();
                many.add(name);
            }
        }
        for (name, value) in kept {
            if many.has(name) {
                continue;
            }
            let values = self.0.entry(name.into()).or_default();
            values.insert(value.into());
            if values.len() > FEW_VALUES {
                self.0.remove(name);
                many.add(name);
                is_changed = true;
            }
        }
        is_changed
    }

    /// Leaves only values of names with few.
    pub fn retain(&self, rows: &mut LogRows) {
        let words = &rows.words;
        let is_few = |name| self.0.contains_key(words.word(name));
        let names: HashSet<_> = rows.attributes.kept().map(|(name, _)| name).collect();
        if !names.iter().all(|&name| is_few(name)) {
            rows.attributes = rows.attributes.retaining(is_few);
        }
    }
}
