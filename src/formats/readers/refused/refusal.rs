//! Why a file is not read, before it becomes a finding.

use crate::diagnostic::{FOREIGN_FORMAT, FindingKind, UNKNOWN_LOG};

pub(super) struct Refusal {
    pub kind: &'static FindingKind,
    pub message: String,
    pub label: String,
    pub help: Vec<String>,
}

impl Refusal {
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

    /// A long text without a line of TOML.
    pub fn without_toml(is_like_yaml: bool) -> Self {
        let what = if is_like_yaml {
            "YAML or something like it"
        } else {
            "neither TOML nor a table"
        };
        Self {
            label: "expected `[timeline]`, `[[events]]` or `KEY = \"value\"`, or the header of a log".to_owned(),
            help: vec![
                "write a timeline in TOML: `[[events]]`, and below it `when = \"2021-08\"` and `title = \"What happened\"`"
                    .to_owned(),
                "write a log as CSV, with `datetime` and `message` in the first line".to_owned(),
            ],
            ..Self::format(what, "")
        }
    }
}
