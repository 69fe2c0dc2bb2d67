//! How many statements are behind some sources, in words.

use super::words::count;
use crate::timeline::{SourceId, SourceIndependence, Timeline};

/// The words after a number of sources: that all are independent, or how many statements they go back to. `None` if the
/// number says it all.
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
            Some(format!(
                "going back to {least}{}",
                count(statements, "statement")
            ))
        }
    }
}

/// A number of sources, with a noun or without, and the statements they go back to.
pub fn with_statements(timeline: &Timeline, number: &str, sources: &[SourceId]) -> String {
    statements(timeline, sources)
        .map_or_else(|| number.to_owned(), |more| format!("{number}, {more}"))
}
