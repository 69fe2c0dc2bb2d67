//! How many speakers are independent: the largest group of speakers whose texts have no original in common.
//!
//! Of a text that repeats others, the originals count ([`Timeline::originals`]). Two speakers who are quoted in one text
//! are not independent: what is known of both comes from there. A speaker with several texts may be represented by any of
//! them. A claim without a source, or whose originals are redacted, is independent of nothing that can be shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::claim_row::ClaimRow;
use crate::timeline::{EntityId, SourceId, Timeline};

/// The most speakers among whom the exact number is searched for; beyond, the number is a lower bound.
const SEARCHED_SPEAKERS: usize = 24;

/// How many groups the search may try.
const SEARCHED_GROUPS: usize = 20_000;

/// How many speakers of a value are independent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndependentSpeakers {
    /// The number of speakers.
    pub count: usize,
    /// Whether there may be more: the original of a text is unknown or redacted, or there are too many to try.
    pub is_least: bool,
}

/// The originals of each source that was looked up.
#[derive(Default)]
pub(super) struct OriginalsCache(HashMap<SourceId, Option<Originals>>);

/// The original sources behind a text.
type Originals = BTreeSet<SourceId>;

impl OriginalsCache {
    fn of(&mut self, timeline: &Timeline, source: SourceId) -> Option<&Originals> {
        let known = self.0.entry(source);
        known.or_insert_with(|| timeline.originals(source)).as_ref()
    }
}

impl IndependentSpeakers {
    pub(super) fn of(
        timeline: &Timeline,
        assertions: &[ClaimRow<'_>],
        originals: &mut OriginalsCache,
    ) -> Self {
        let mut texts: BTreeMap<Option<EntityId>, BTreeSet<Originals>> = BTreeMap::new();
        let mut is_known = true;
        for (_, claim) in assertions {
            let of_speaker = texts.entry(claim.by).or_default();
            let source = claim.source;
            match source.and_then(|source| originals.of(timeline, source)) {
                Some(originals) => _ = of_speaker.insert(originals.clone()),
                None => is_known = false,
            }
        }
        let speakers = texts.len();
        let (count, is_exact) = most_apart(texts.into_values().collect());
        let count = count.max(usize::from(speakers > 0));
        Self {
            count,
            is_least: count < speakers && !(is_known && is_exact),
        }
    }
}

/// The number of speakers in the largest group whose texts have no original in common, and whether it is exact.
fn most_apart(texts: Vec<BTreeSet<Originals>>) -> (usize, bool) {
    let mut speakers: Vec<Vec<Originals>> = texts
        .into_iter()
        .map(|it| it.into_iter().collect())
        .collect();
    for texts in &mut speakers {
        texts.sort_by_key(BTreeSet::len);
    }
    // With the least choice first, the first group that is tried is usually the largest.
    speakers.sort_by_cached_key(|texts| (texts.len(), texts.iter().map(BTreeSet::len).min()));
    speakers.retain(|texts| !texts.is_empty());
    let all: BTreeSet<&SourceId> = speakers.iter().flatten().flatten().collect();
    let mut search = GroupSearch {
        speakers: &speakers,
        limit: speakers.len().min(all.len()),
        most: 0,
        tried: 0,
    };
    search.take_each();
    if search.most < search.limit && speakers.len() <= SEARCHED_SPEAKERS {
        search.extend(0, 0, &mut BTreeSet::new());
        return (search.most, search.tried < SEARCHED_GROUPS);
    }
    (search.most, search.most == search.limit)
}

/// A search for the largest group: branch and bound.
struct GroupSearch<'s> {
    speakers: &'s [Vec<Originals>],
    /// No group can be larger.
    limit: usize,
    most: usize,
    tried: usize,
}

impl GroupSearch<'_> {
    /// Takes each speaker who has a text that is apart from those before: a group, maybe not the largest.
    fn take_each(&mut self) {
        let mut used = BTreeSet::new();
        for texts in self.speakers {
            if let Some(text) = texts.iter().find(|text| text.is_disjoint(&used)) {
                used.extend(text.iter().copied());
                self.most += 1;
            }
        }
    }

    /// Tries every group that has `size` of the speakers before `next`, who use these originals.
    fn extend(&mut self, next: usize, size: usize, used: &mut Originals) {
        self.most = self.most.max(size);
        self.tried += 1;
        let left = self.speakers.len() - next;
        let is_done = self.most == self.limit || self.tried >= SEARCHED_GROUPS;
        if is_done || size + left <= self.most {
            return;
        }
        for text in &self.speakers[next] {
            if text.is_disjoint(used) {
                used.extend(text.iter().copied());
                self.extend(next + 1, size + 1, used);
                used.retain(|it| !text.contains(it));
            }
        }
        self.extend(next + 1, size, used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the number for speakers, each with the originals of its texts.
    #[track_caller]
    fn check(speakers: &[&[&[u32]]], expected: usize) {
        let texts = speakers.iter().map(|texts| {
            let texts = texts.iter();
            texts
                .map(|text| text.iter().map(|&id| SourceId(id)).collect())
                .collect()
        });
        assert_eq!(most_apart(texts.collect()), (expected, true));
    }

    #[test]
    fn speakers_whose_texts_share_an_original_are_not_independent() {
        check(&[], 0);
        check(&[&[&[1]]], 1);
        check(&[&[&[1]], &[&[1]]], 1);
        check(&[&[&[1]], &[&[2]]], 2);
        check(&[&[&[1, 2]], &[&[2, 3]], &[&[1, 3]]], 1);
    }

    #[test]
    fn a_speaker_may_be_represented_by_any_of_their_texts() {
        check(&[&[&[1], &[2]], &[&[1]]], 2);
        check(&[&[&[1], &[2]], &[&[2], &[3]], &[&[1], &[3]]], 3);
        // Whichever text the first speaker takes, one of the other two is in the way.
        check(&[&[&[1, 3], &[2, 3]], &[&[1]], &[&[2]], &[&[3]]], 3);
    }

    #[test]
    fn a_report_that_repeats_two_texts_takes_nothing_from_their_speakers() {
        check(&[&[&[1]], &[&[2]], &[&[1, 2]]], 2);
    }

    #[test]
    fn a_number_that_would_take_too_long_is_a_lower_bound() {
        // Each of 40 speakers shares an original with the next: every second is independent.
        let texts =
            (0..40).map(|at| BTreeSet::from([BTreeSet::from([SourceId(at), SourceId(at + 1)])]));
        let (count, is_exact) = most_apart(texts.collect());
        assert!(!is_exact && (10..=20).contains(&count), "{count}");
    }
}
