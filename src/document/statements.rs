//! How many original statements are behind some sources, in words.

use super::words::count;
use crate::timeline::{SourceId, SourceIndependence, Timeline};

/// The words after a number of sources: that all are independent, or how many original statements they repeat. `None` if
/// the number needs no more words.
pub fn statements(timeline: &Timeline, sources: &[SourceId]) -> Option<String> {
    let SourceIndependence {
        statements,
        is_whole,
        is_full,
    } = timeline.independence(sources);
    match (sources.len(), statements) {
        (0, _) | (1, 1) => None,
        _ if is_full => Some("all independent".to_owned()),
        _ => {
            let least = if is_whole { "" } else { "at least " };
            let originals = count(statements, "original statement");
            Some(format!("from {least}{originals}"))
        }
    }
}

/// A number of sources, with a noun or without, and the number of their original statements.
pub fn with_statements(timeline: &Timeline, number: &str, sources: &[SourceId]) -> String {
    statements(timeline, sources)
        .map_or_else(|| number.to_owned(), |more| format!("{number}, {more}"))
}
