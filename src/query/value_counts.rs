//! How many events have each value of a field: one pass over a column for all values.

use std::borrow::Cow;

use super::matches::Matches;
use crate::timeline::{Claim, ClaimId, ListColumn, Timeline};

/// A value of a field and how many events have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ValueTally<'t> {
    /// The spelling in a filter.
    pub value: Cow<'t, str>,
    /// The label on the screen.
    pub label: Cow<'t, str>,
    /// Other names that a filter may use.
    pub aliases: &'t [String],
    /// How many of the sure matches have it.
    pub surely: usize,
    /// How many of the sure and possible matches have it.
    pub shown: usize,
}

impl<'t> ValueTally<'t> {
    /// A word that is its own label.
    pub fn word(value: &'t str) -> Self {
        Self {
            value: Cow::Borrowed(value),
            label: Cow::Borrowed(value),
            ..Self::default()
        }
    }

    /// A value that is its own label.
    pub fn named(value: String) -> Self {
        Self {
            label: Cow::Owned(value.clone()),
            value: Cow::Owned(value),
            ..Self::default()
        }
    }
}

/// Counts values by number.
pub(super) struct ValueCounter<'m> {
    among: &'m Matches,
    surely: Vec<usize>,
    shown: Vec<usize>,
    /// The row for which a value was last counted, plus one: an event counts once for each value.
    last: Vec<usize>,
}

impl<'m> ValueCounter<'m> {
    pub fn new(values: usize, among: &'m Matches) -> Self {
        let zeros = || vec![0; values];
        Self {
            among,
            surely: zeros(),
            shown: zeros(),
            last: zeros(),
        }
    }

    /// Adds a count made elsewhere.
    pub fn add(&mut self, value: usize, shown: usize, surely: usize) {
        self.shown[value] += shown;
        self.surely[value] += surely;
    }

    /// The rows among which values are counted.
    pub fn among(&self) -> &'m Matches {
        self.among
    }

    /// Counts lists in which each value occurs once.
    pub fn lists<T>(&mut self, column: &ListColumn<T>, number: impl Fn(&T) -> u32) {
        if let Some(list) = column.alike() {
            let counts = self.among.counts();
            for value in list {
                let shown = counts.surely + counts.possibly;
                self.add(number(value) as usize, shown, counts.surely);
            }
            return;
        }
        for (row, is_sure) in shown_rows(self.among) {
            for value in column.get(row) {
                let value = number(value) as usize;
                self.shown[value] += 1;
                self.surely[value] += usize::from(is_sure);
            }
        }
    }

    /// Counts the values of each row, in order.
    pub fn rows(&mut self, mut numbers: impl FnMut(usize, &mut Vec<u32>)) {
        let mut of_row = Vec::new();
        for (row, is_sure) in shown_rows(self.among) {
            of_row.clear();
            numbers(row, &mut of_row);
            for &value in &of_row {
                self.once(row, value, is_sure);
            }
        }
    }

    /// Counts the claims of each row. `number` gets the number of the claim too.
    pub fn claims(&mut self, timeline: &Timeline, number: impl Fn(usize, &Claim) -> Option<u32>) {
        let claims = &timeline.columns().claims;
        if claims.alike().is_some_and(<[ClaimId]>::is_empty) {
            return;
        }
        for (row, is_sure) in shown_rows(self.among) {
            for &id in claims.get(row) {
                if let Some(value) = number(id.0 as usize, timeline.claim(id)) {
                    self.once(row, value, is_sure);
                }
            }
        }
    }

    /// The values with their counts, by number.
    pub fn give(self, values: Vec<ValueTally<'_>>) -> Vec<ValueTally<'_>> {
        let counts = self.surely.into_iter().zip(self.shown);
        let counted = values.into_iter().zip(counts);
        let counted = counted.map(|(tally, (surely, shown))| ValueTally {
            surely,
            shown,
            ..tally
        });
        counted.collect()
    }

    fn once(&mut self, row: usize, value: u32, is_sure: bool) {
        let value = value as usize;
        if std::mem::replace(&mut self.last[value], row + 1) != row + 1 {
            self.shown[value] += 1;
            self.surely[value] += usize::from(is_sure);
        }
    }
}

/// The matching rows, and whether each surely matches.
fn shown_rows(among: &Matches) -> impl Iterator<Item = (usize, bool)> + '_ {
    let words = among.possibly().words().iter().zip(among.surely().words());
    words.enumerate().flat_map(|(index, (&possibly, &surely))| {
        super::bitmap::ones(possibly)
            .map(move |bit| (index * super::bitmap::WORD + bit, surely >> bit & 1 == 1))
    })
}
