//! Columns: how a timeline keeps many values of one sort in few allocations.
//!
//! A million events are read in one go and never change, so their texts share one arena and their
//! lists share one vector; an event is a row number into both. What all rows have alike, and what hardly any has,
//! costs next to nothing.

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

/// The values in order, each once. Lists of an event are short, so looking back is quick.
pub(super) fn unique<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}
