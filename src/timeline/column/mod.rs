//! Columns: how a timeline keeps many values of one sort in few allocations.
//!
//! A million events are read in one go and never change, so their texts share one arena and their
//! lists share one vector; an event is a row number into both. What all rows have alike, and what hardly any has,
//! costs next to nothing.

use std::collections::BTreeSet;

mod attributes;
mod ends;
mod list;
mod text;
mod value;
mod words;

pub use attributes::AttributeColumn;
pub(crate) use ends::Ends;
pub use list::ListColumn;
pub use text::TextColumn;
pub(crate) use value::SparseColumn;
pub use value::ValueColumn;
pub(crate) use words::Numbers;
pub use words::{TermId, Vocabulary};

/// The values in order, each once.
pub(crate) fn unique<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    /// Up to so many values, looking back is quicker than a set.
    const FEW: usize = 16;
    let (mut kept, mut known) = (Vec::new(), BTreeSet::new());
    for value in values {
        let is_known = if known.is_empty() {
            kept.contains(&value)
        } else {
            known.contains(&value)
        };
        if is_known {
            continue;
        }
        kept.push(value);
        if kept.len() == FEW {
            known.extend(kept.iter().copied());
        } else if kept.len() > FEW {
            known.insert(value);
        }
    }
    kept
}
