//! The rows of logs that are plainly the same: at the beginning and at the end of both timelines. They need no search
//! for counterparts, so that a long log which has grown is compared as fast as it is read.

use crate::timeline::{Event, EventId, Timeline};

/// How many rows are the same at both ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SameRows {
    pub head: usize,
    pub tail: usize,
}

impl SameRows {
    pub fn of(old: &Timeline, new: &Timeline) -> Self {
        let shorter = old.len().min(new.len());
        let of_old = |at: usize| old.event(row(at));
        let of_new = |at: usize| new.event(row(at));
        let head = (0..shorter).take_while(|&at| is_same(of_old(at), of_new(at)));
        let head = head.count();
        let tail = (1..=shorter - head)
            .take_while(|back| is_same(of_old(old.len() - back), of_new(new.len() - back)));
        Self {
            head,
            tail: tail.count(),
        }
    }

    /// The pairs of rows.
    pub fn pairs(self, old: usize, new: usize) -> impl Iterator<Item = (usize, usize)> {
        let head = (0..self.head).map(|at| (at, at));
        head.chain((1..=self.tail).map(move |back| (old - back, new - back)))
    }

    pub const fn count(self) -> usize {
        self.head + self.tail
    }
}

/// Whether two events are one row that says the same. Events that refer to others, or that others speak of, are compared
/// in full: what they refer to may differ.
fn is_same(old: Event<'_>, new: Event<'_>) -> bool {
    let is_alone = |event: Event<'_>| {
        event.claims().len() == 0
            && event.sources().len() <= 1
            && event.links().is_empty()
            && event.after().is_empty()
            && event.before().is_empty()
    };
    let is_named_alike =
        (old.is_named_by_line() && new.is_named_by_line()) || old.key() == new.key();
    is_alone(new) && is_named_alike && old.says_the_same(new)
}

/// The id of the event in a row.
pub(super) fn row(at: usize) -> EventId {
    EventId(u32::try_from(at).unwrap_or(u32::MAX))
}
