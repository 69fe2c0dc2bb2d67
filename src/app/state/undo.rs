//! What can be undone apart from changes of the filter: promotions, and edits of marks.

use super::promotion::FileWrite;
use crate::timeline::MarkEdit;

/// How many of them can be undone. A promotion keeps two versions of a file.
const LONGEST_HISTORY: usize = 50;

#[derive(Clone, Debug)]
pub(in crate::app) enum UndoableAct {
    Promotion(FileWrite),
    /// The edits that undo it, each with the key of its event.
    Marks(Vec<(String, MarkEdit)>),
}

#[derive(Clone, Debug)]
struct UndoableChange {
    act: UndoableAct,
    /// How many changes of the filter could be undone then: newer ones are undone first.
    filter_changes: usize,
}

#[derive(Clone, Debug, Default)]
pub(in crate::app) struct UndoHistory(Vec<UndoableChange>);

impl UndoHistory {
    pub fn remember(&mut self, act: UndoableAct, filter_changes: usize) {
        if self.0.len() == LONGEST_HISTORY {
            self.0.remove(0);
        }
        self.0.push(UndoableChange {
            act,
            filter_changes,
        });
    }

    /// The last act, if at most this many changes of the filter came after it.
    pub fn last(&self, filter_changes: usize) -> Option<&UndoableAct> {
        let last = self.0.last();
        let last = last.filter(|last| filter_changes <= last.filter_changes);
        last.map(|last| &last.act)
    }

    /// Takes the last act.
    pub fn take(&mut self) -> Option<UndoableAct> {
        self.0.pop().map(|last| last.act)
    }
}
