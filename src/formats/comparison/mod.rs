//! What differs between two timelines, as text: one row for each format of `dateline diff`.

mod account;
mod json;
mod markdown;
pub(super) mod section;
mod text;

pub use account::account_scene;
pub use section::ComparedSides;

use crate::change::TimelineComparison;

/// A format of `dateline diff`: a row of [`COMPARISON_WRITERS`].
#[derive(Clone, Copy, Debug)]
pub struct ComparisonWriter {
    /// On the command line.
    pub name: &'static str,
    /// What it is for, for the help.
    pub summary: &'static str,
    pub write: fn(&TimelineComparison<'_>, &ComparedSides) -> String,
}

/// Every format of `dateline diff`.
pub const COMPARISON_WRITERS: &[ComparisonWriter] = &[
    ComparisonWriter {
        name: "text",
        summary: "plain text for a terminal or a mail",
        write: text::write,
    },
    ComparisonWriter {
        name: "markdown",
        summary: "a list for a pull request, an issue or a wiki",
        write: markdown::write,
    },
    ComparisonWriter {
        name: "json",
        summary: "one JSON object per difference and line, for other programs",
        write: json::write,
    },
];

impl ComparisonWriter {
    pub fn find(name: &str) -> Option<&'static Self> {
        COMPARISON_WRITERS.iter().find(|writer| writer.name == name)
    }
}
