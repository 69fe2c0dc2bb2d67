//! How sure the claims of the events that are left are, aspect by aspect: the numbers behind a matrix of confidence.

use super::matches::Matches;
use crate::timeline::term::Aspect;
use crate::timeline::{Level, Timeline};

/// For each aspect, in the order of [`Aspect::ALL`], how many events are at each level, in that of [`Level::ALL`].
/// An event counts if it surely or possibly matches, and then once for each aspect.
pub fn assessed_counts(timeline: &Timeline, matches: &Matches) -> [[usize; 5]; Aspect::ALL.len()] {
    const { assert!(Level::ALL.len() == 5) };
    let assessed = &timeline.columns().assessed;
    let mut counts = [[0; 5]; Aspect::ALL.len()];
    let matching = |row: &u32| matches.possibly().contains(*row as usize);
    for (_, own) in assessed.iter().filter(|(row, _)| matching(row)) {
        for (aspect, level) in own.iter() {
            counts[aspect as usize][level as usize] += 1;
        }
    }
    counts
}
