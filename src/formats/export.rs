//! The forms in which a timeline is written: one table for the command line, its help and the README.

use super::handout::Handout;
use super::{html, markdown};

/// A form in which a timeline is written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// What of a timeline it cannot carry.
    pub cannot: &'static str,
    /// Writes a handout.
    pub write: fn(&Handout<'_>) -> String,
}

/// Every form.
pub const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        summary: "a handout to paste into a wiki, an issue or a mail: CommonMark with pipe tables",
        cannot: "links within the page, colours, more than characters for the overview; a timeline is not read back from it",
        write: markdown::write,
    },
    Format {
        name: "html",
        summary: "a handout to read and to print: one page with a picture of the overview, no scripts, nothing fetched",
        cannot: "a filter to change while reading; a timeline is not read back from it",
        write: html::write,
    },
];

/// The form of a name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
