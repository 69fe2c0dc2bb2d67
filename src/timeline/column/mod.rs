//! Columns: many values of one kind in few allocations.
//!
//! A million events are read once and never change. So their texts share one arena and their lists one vector, and an
//! event is a row in both. Values that all rows share, or that hardly any has, cost next to nothing.

use std::collections::BTreeSet;

mod attributes;
mod ends;
mod lines;
mod list;
mod text;
mod value;
mod words;

pub use attributes::{AttributeColumn, FEW_VALUES};
pub(crate) use ends::RowEnds;
pub use lines::LineColumn;
pub use list::ListColumn;
pub use text::TextColumn;
pub(crate) use value::SparseColumn;
pub use value::ValueColumn;
pub(crate) use words::TextRows;
pub use words::{TermId, Vocabulary};

/// The values in order, each once.
pub(crate) fn unique<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    /// For up to this many values, a linear search is faster than a set.
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
