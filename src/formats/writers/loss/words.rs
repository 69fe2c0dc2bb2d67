//! The losses of an export in words: one line for standard error, a whole explanation, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{LossOutcome, LossReport, ReportedLoss};
use crate::text::{visible, wrap};
use crate::timeline::Timeline;

/// The width of an explanation, in cells.
const WIDTH: usize = 100;
const INDENT: &str = "          ";

/// The line names this many kinds of content with one outcome, and counts the others.
const MOST_NAMED: usize = 4;

/// A form of an explanation: a row of [`LOSS_WRITERS`].
#[derive(Clone, Copy, Debug)]
pub struct LossWriter {
    /// On the command line.
    pub name: &'static str,
    pub write: fn(&LossReport, &Timeline) -> String,
}

pub const LOSS_WRITERS: &[LossWriter] = &[
    LossWriter {
        name: "text",
        write: LossReport::explanation,
    },
    LossWriter {
        name: "json",
        write: LossReport::json,
    },
];

impl LossWriter {
    pub fn find(name: &str) -> Option<&'static Self> {
        LOSS_WRITERS.iter().find(|writer| writer.name == name)
    }
}

impl LossReport {
    /// What is lost, on one line; `None` if nothing is.
    pub fn line(&self) -> Option<String> {
        let format = self.format;
        let parts = LossOutcome::ALL.into_iter().filter_map(|outcome| {
            let rows: Vec<&ReportedLoss> = self.with(outcome).collect();
            let is_one = matches!(*rows, [row] if row.count == 1);
            let most = if rows.len() <= MOST_NAMED + 1 {
                rows.len()
            } else {
                MOST_NAMED
            };
            let (named, others) = rows.split_at(most);
            let mut counted: Vec<String> = named.iter().map(|row| row.counted()).collect();
            if !others.is_empty() {
                counted.push(format!("{} other kinds of content", others.len()));
            }
            let verb = if is_one { "is" } else { "are" };
            let words = listed(&counted)?;
            match outcome {
                LossOutcome::Kept => None,
                LossOutcome::Widened => Some(format!(
                    "{words} {verb} wider in {format} than in the timeline"
                )),
                LossOutcome::InWords => Some(format!("{words} {verb} only in words")),
                LossOutcome::LeftOut => Some(format!("{words} {verb} left out")),
            }
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Every row, with the events that lose something.
    pub fn explanation(&self, timeline: &Timeline) -> String {
        let mut out = String::new();
        for outcome in LossOutcome::ALL {
            for row in self.with(outcome) {
                let separator = if row.how.is_empty() { "" } else { ": " };
                let line = format!("{}{separator}{}", row.counted(), row.how);
                writeln!(out, "{:<9} {line}", outcome.as_str()).expect(INFALLIBLE);
                let keys: Vec<String> = (row.events.iter())
                    .map(|&id| visible(&timeline.event(id).key()).into_owned())
                    .collect();
                if keys.is_empty() {
                    continue;
                }
                for line in wrap(&keys.join(", "), WIDTH - INDENT.len()) {
                    writeln!(out, "{INDENT}{line}").expect(INFALLIBLE);
                }
            }
        }
        out
    }

    /// Every row as an object of JSON.
    pub fn json(&self, timeline: &Timeline) -> String {
        let rows = self.rows.iter().map(|row| {
            let events = row.events.iter().map(|&id| timeline.event(id).key());
            let events: Vec<Value> = events.map(|key| json!(visible(&key))).collect();
            json!({
                "content": row.content.name(),
                "outcome": row.outcome.as_str(),
                "how": row.how,
                "count": row.count,
                "of": row.of,
                "events": events,
            })
        });
        let rows: Vec<Value> = rows.collect();
        let report = json!({ "format": self.format, "rows": rows });
        format!("{report:#}\n")
    }
}

const INFALLIBLE: &str = "a string takes everything";

impl ReportedLoss {
    /// `7 of 96 dates`, or `31 claims` if these are all.
    fn counted(&self) -> String {
        let [one, several] = self.content.nouns();
        match (self.count, self.of) {
            (1, 1) => format!("1 {one}"),
            (count, of) if count == of => format!("{count} {several}"),
            (count, of) => format!("{count} of {of} {several}"),
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> Option<String> {
    let (last, others) = words.split_last()?;
    Some(if others.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", others.join(", "))
    })
}
