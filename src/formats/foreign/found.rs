//! What the first bytes of a file show.

use crate::diagnostic::{FOREIGN_FORMAT, Kind, UNKNOWN_LOG};

/// How much of a file is looked at to recognise it, in bytes.
pub(in crate::formats) const HEAD: usize = 1 << 16;

/// What the first lines of a text show.
pub(super) struct Found {
    pub kind: &'static Kind,
    pub message: String,
    pub label: String,
    pub help: Vec<String>,
}

impl Found {
    /// A file in the format of another program.
    pub fn format(name: &str, help: &str) -> Self {
        Self {
            kind: &FOREIGN_FORMAT,
            message: format!("the file is {name}, which dateline does not read"),
            label: "expected a timeline in TOML, or a log as CSV or JSON".to_owned(),
            help: vec![help.to_owned()],
        }
    }

    /// A table or objects of JSON that lack the names by which logs are known.
    pub fn log(what: &str, label: String, help: Vec<String>) -> Self {
        Self {
            kind: &UNKNOWN_LOG,
            message: format!("unrecognised {what}: not a log that dateline knows"),
            label,
            help,
        }
    }
}
