//! Adds what a later part of a text, or a later text, has.

use super::reader::TomlReading;
use crate::diagnostic::{DUPLICATE_KEY, Diagnostic};

impl TomlReading {
    /// Whether there is a `[timeline]`.
    pub fn has_head(&self) -> bool {
        !self.heads.is_empty()
    }

    /// Adds a later reading.
    pub(super) fn append(&mut self, later: Self) {
        self.draft.append(later.draft);
        join_lists(&mut self.findings, later.findings);
        join_lists(&mut self.unread, later.unread);
        join_lists(&mut self.heads, later.heads);
        join_lists(&mut self.lost, later.lost);
    }

    /// Reports every `[timeline]` but the first of its text.
    pub(super) fn report_repeated_heads(&mut self) {
        for heads in self.heads.chunk_by(|a, b| a.file == b.file) {
            for &again in heads.iter().skip(1) {
                let finding = Diagnostic::new(&DUPLICATE_KEY, again, "`timeline` is given twice")
                    .label("the first one is kept")
                    .help("join the two")
                    .related(heads[0], "first given here");
                self.findings.push(finding);
            }
        }
    }
}

/// Adds more to a list. An empty list is replaced: a million events are too many to move.
fn join_lists<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}
