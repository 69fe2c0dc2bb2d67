//! Adds what a later part of a text, or a later text, has.

use super::reader::TomlReading;
use crate::diagnostic::{DUPLICATE_KEY, Diagnostic};
use crate::timeline::draft::DraftHead;

impl TomlReading {
    /// Whether there is a `[timeline]`.
    pub fn has_head(&self) -> bool {
        !self.heads.is_empty()
    }

    /// Adds a later reading.
    pub(super) fn append(&mut self, later: Self) {
        let (draft, more) = (&mut self.draft, later.draft);
        join_heads(&mut draft.head, more.head);
        join_lists(&mut draft.sources, more.sources);
        join_lists(&mut draft.entities, more.entities);
        join_lists(&mut draft.events, more.events);
        join_lists(&mut draft.views, more.views);
        join_lists(&mut draft.scenes, more.scenes);
        join_lists(&mut draft.questions, more.questions);
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

/// Adds a later head: keys of the first one stay.
pub(super) fn join_heads(head: &mut DraftHead, later: DraftHead) {
    head.title = head.title.take().or(later.title);
    head.summary = head.summary.take().or(later.summary);
    head.banner = head.banner.take().or(later.banner);
    head.yardstick = head.yardstick.take().or(later.yardstick);
    head.zone = head.zone.take().or(later.zone);
    head.tlp_unread |= later.tlp_unread;
    // Of files that are opened together, the narrowest audience is the audience of all.
    let tlp = head.tlp.take().into_iter().chain(later.tlp);
    head.tlp = tlp.reduce(|first, next| {
        if next.value > first.value {
            next
        } else {
            first
        }
    });
}

/// Adds more to a list. An empty list is replaced: a million events are too many to move.
fn join_lists<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}
