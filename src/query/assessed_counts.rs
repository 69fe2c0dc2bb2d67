//! The numbers behind the confidence matrix: how many matching events put each aspect at each level.

use super::matches::Matches;
use crate::timeline::term::Aspect;
use crate::timeline::{Level, Timeline};

/// For each aspect, in the order of [`Aspect::ALL`], the events at each level, in the order of [`Level::ALL`].
type LevelCounts = [[usize; 5]; Aspect::ALL.len()];

const _: () = assert!(Level::ALL.len() == 5);

/// For each aspect, in the order of [`Aspect::ALL`], how many events are at each level, in that of [`Level::ALL`].
/// An event that surely or possibly matches counts once for each aspect.
pub fn assessed_counts(timeline: &Timeline, matches: &Matches) -> LevelCounts {
    levels(timeline, matches).shown
}

/// The counts of the events that surely or possibly match, and of those that surely do.
#[derive(Default)]
pub(super) struct MatchedLevels {
    pub shown: LevelCounts,
    pub surely: LevelCounts,
}

pub(super) fn levels(timeline: &Timeline, matches: &Matches) -> MatchedLevels {
    let mut counts = MatchedLevels::default();
    let (mut shown, mut surely) = (0, 0);
    for (row, own) in timeline.columns().assessed.iter() {
        let row = row as usize;
        if !matches.possibly().contains(row) {
            continue;
        }
        let is_sure = usize::from(matches.surely().contains(row));
        shown += 1;
        surely += is_sure;
        // Claims speak of one aspect or two: counting all thirteen of a million events takes six times as long.
        for (aspect, level) in own.stated() {
            counts.shown[aspect as usize][level as usize] += 1;
            counts.surely[aspect as usize][level as usize] += is_sure;
        }
    }
    leave_the_rest_unstated(&mut counts.shown, shown);
    leave_the_rest_unstated(&mut counts.surely, surely);
    counts
}

fn leave_the_rest_unstated(counts: &mut LevelCounts, events: usize) {
    for aspect in counts {
        aspect[Level::Unstated as usize] = events - aspect.iter().sum::<usize>();
    }
}
