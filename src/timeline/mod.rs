//! The facts: events, entities, sources and claims, read once and never changed.

mod column;
pub mod draft;
pub mod likelihood;
pub mod term;

pub use column::{ListColumn, TermId, TextColumn, Vocabulary};
