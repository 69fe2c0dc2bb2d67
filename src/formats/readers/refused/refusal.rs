//! Why a file is not read, before it becomes a finding.

use crate::diagnostic::{FOREIGN_FORMAT, FindingKind, UNKNOWN_LOG};
use crate::formats::log::TableQuestion;

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

    /// A table or objects of JSON whose names do not show which is the date and which the title.
    pub fn log(what: &str, label: String, question: Option<TableQuestion>) -> Self {
        let mut help = Vec::new();
        let message = match question {
            Some(question) => {
                help.push(question.help);
                format!("unrecognised {what}: {}", question.message)
            }
            None => format!("unrecognised {what}: not a log that dateline knows"),
        };
        help.push(
            "`dateline help tables` lists the tables that are known, and shows how to map others"
                .to_owned(),
        );
        Self {
            kind: &UNKNOWN_LOG,
            message,
            label,
            help,
        }
    }

    /// What an engine of another program says instead of rows.
    pub fn engine_error(said: &str) -> Self {
        Self {
            kind: &UNKNOWN_LOG,
            message: format!("an engine reported an error instead of rows: {said}"),
            label: "expected rows".to_owned(),
            help: vec![
                "correct the query, and run the engine again; `dateline help scale` shows queries that work"
                    .to_owned(),
            ],
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
