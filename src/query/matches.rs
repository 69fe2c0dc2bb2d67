//! Answers: which rows surely match, and which possibly do.

use super::bitmap::{Bitmap, WORD};
use crate::date::Truth;
use crate::timeline::{EventId, ListColumn};

/// Which rows surely match a filter, and which possibly do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    surely: Bitmap,
    possibly: Bitmap,
}

/// How many events a filter leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatchCounts {
    pub surely: usize,
    /// Those that possibly but not surely match.
    pub possibly: usize,
    /// Those that cannot match.
    pub hidden: usize,
}

impl Matches {
    /// Every row, surely.
    pub fn everything(rows: usize) -> Self {
        Bitmap::all(rows).into()
    }

    /// No row.
    pub fn nothing(rows: usize) -> Self {
        Bitmap::none(rows).into()
    }

    /// The rows that surely match.
    pub fn surely(&self) -> &Bitmap {
        &self.surely
    }

    /// The rows that surely or possibly match.
    pub fn possibly(&self) -> &Bitmap {
        &self.possibly
    }

    /// How many events match, and how many do not.
    pub fn counts(&self) -> MatchCounts {
        let (surely, shown) = (self.surely.count(), self.possibly.count());
        MatchCounts {
            surely,
            possibly: shown - surely,
            hidden: self.possibly.rows() - shown,
        }
    }

    /// Whether an event matches.
    pub fn truth(&self, event: EventId) -> Truth {
        let row = event.0 as usize;
        match (self.surely.contains(row), self.possibly.contains(row)) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::Possibly,
            (false, false) => Truth::No,
        }
    }

    /// The events that surely or possibly match, in the order of the timeline.
    pub fn events(&self) -> impl Iterator<Item = (EventId, Truth)> + '_ {
        self.possibly.iter().map(|row| {
            let event = EventId(u32::try_from(row).expect("rows are numbered with 32 bits"));
            (
                event,
                if self.surely.contains(row) {
                    Truth::Yes
                } else {
                    Truth::Possibly
                },
            )
        })
    }

    /// Kleene's *and*.
    pub fn and(&mut self, other: &Self) {
        self.surely.intersect(&other.surely);
        self.possibly.intersect(&other.possibly);
    }

    /// Kleene's *or*.
    pub fn or(&mut self, other: &Self) {
        self.surely.unite(&other.surely);
        self.possibly.unite(&other.possibly);
    }

    /// Kleene's *not*: surely not means not even possibly.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            surely: self.possibly.complement(),
            possibly: self.surely.complement(),
        }
    }

    /// Adds an answer for a row: the best one counts.
    pub(super) fn insert(&mut self, row: usize, truth: Truth) {
        if truth.is_possible() {
            self.possibly.insert(row);
        }
        if truth.is_sure() {
            self.surely.insert(row);
        }
    }

    /// Replaces the answer for an event.
    pub(super) fn set(&mut self, event: EventId, truth: Truth) {
        let row = event.0 as usize;
        self.surely.set(row, truth.is_sure());
        self.possibly.set(row, truth.is_possible());
    }

    pub(super) fn of(rows: usize, mut ask: impl FnMut(usize) -> Truth) -> Self {
        Self::of_words(rows, |first, count| {
            let (mut sure, mut possible) = (0, 0);
            for bit in 0..count {
                let truth = ask(first + bit);
                sure |= u64::from(truth.is_sure()) << bit;
                possible |= u64::from(truth.is_possible()) << bit;
            }
            (sure, possible)
        })
    }

    /// Answers given as words, sure and possible: the function gets the first row of a word and its number of rows.
    pub(super) fn of_words(rows: usize, mut words: impl FnMut(usize, usize) -> (u64, u64)) -> Self {
        let mut shown = Vec::with_capacity(rows.div_ceil(WORD));
        let surely = Bitmap::of_words(rows, |first, count| {
            let (sure, possible) = words(first, count);
            shown.push(possible);
            sure
        });
        let possibly = Bitmap::of_words(rows, |first, _| shown[first / WORD]);
        Self { surely, possibly }
    }

    /// Asks the list of each row.
    pub(super) fn of_lists<T>(column: &ListColumn<T>, ask: impl Fn(usize, &[T]) -> Truth) -> Self {
        let mut all = column.iter();
        Self::of(all.len(), |row| {
            all.next().map_or(Truth::No, |list| ask(row, list))
        })
    }
}

impl From<Bitmap> for Matches {
    /// Answers that are sure for every row.
    fn from(rows: Bitmap) -> Self {
        Self {
            possibly: rows.clone(),
            surely: rows,
        }
    }
}
