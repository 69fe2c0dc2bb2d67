//! How a claim is phrased: flatly, or in which words on whose yardstick.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::claim_row::ClaimRow;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::Confidence;
use crate::timeline::{Claim, ClaimId, ClaimValue};

/// How a claim is phrased, in the speaker's own terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording<'t> {
    /// The exact words.
    pub words: Option<&'t str>,
    /// The term on a yardstick, if the exact words are not given.
    pub term: Option<(&'t str, Yardstick)>,
    /// The confidence that the speaker states.
    pub confidence: Option<Confidence>,
    /// Whether the value is a date that its source doubts, such as `2021?`.
    pub is_doubted_date: bool,
    rank: WordingRank,
}

/// The order of wordings: flat ones, then the terms of one yardstick after those of the other, each from the likeliest to
/// the least likely, then words that no yardstick places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordingRank {
    Flat,
    /// A term of the speaker's own yardstick. The number is the lower end of its range: it orders terms of one yardstick.
    Placed(Yardstick, Reverse<u8>),
    Unplaced,
}

/// What makes two wordings one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WordingKey {
    rank: WordingRank,
    words: String,
    confidence: Option<Confidence>,
    is_doubted_date: bool,
}

/// Claims of one speaker in one wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordedClaims<'t> {
    /// The wording.
    pub wording: Wording<'t>,
    /// The claims, oldest first: more than one in copies of a text, or if the speaker repeats it.
    pub claims: Vec<ClaimId>,
}

impl<'t> Wording<'t> {
    pub(super) fn of(claim: &'t Claim) -> Self {
        let trimmed = |text: &'t Option<String>| text.as_deref().map(str::trim);
        let words = trimmed(&claim.words);
        let likelihood = trimmed(&claim.likelihood);
        let term = likelihood.filter(|_| words.is_none());
        let is_doubted_date =
            matches!(&claim.value, Some(ClaimValue::Date(when)) if when.qualifier().uncertain);
        let placed = likelihood.or(words);
        let placed = placed.and_then(|word| claim.yardstick.find(word));
        let rank = match placed {
            Some(term) => WordingRank::Placed(claim.yardstick, Reverse(term.from)),
            None if claim.is_flat() && !is_doubted_date => WordingRank::Flat,
            None => WordingRank::Unplaced,
        };
        Self {
            words,
            term: term.map(|term| (term, claim.yardstick)),
            confidence: claim.confidence,
            is_doubted_date,
            rank,
        }
    }

    /// Whether the claim states a fact, without any reserve.
    pub fn is_flat(&self) -> bool {
        self.rank == WordingRank::Flat
    }

    pub(super) fn rank(&self) -> WordingRank {
        self.rank
    }

    pub(super) fn key(&self) -> WordingKey {
        let words = self.words.or(self.term.map(|(term, _)| term));
        WordingKey {
            rank: self.rank,
            words: words.unwrap_or_default().to_lowercase(),
            confidence: self.confidence,
            is_doubted_date: self.is_doubted_date,
        }
    }
}

impl<'t> WordedClaims<'t> {
    /// The claims of one speaker, wording by wording: those of one rank in the order in which they were first used.
    pub(super) fn group(rows: Vec<ClaimRow<'t>>) -> Vec<Self> {
        let mut groups: BTreeMap<WordingKey, Vec<ClaimRow<'t>>> = BTreeMap::new();
        for (id, claim) in rows {
            let group = groups.entry(Wording::of(claim).key());
            group.or_default().push((id, claim));
        }
        let groups = groups.into_iter().map(|(key, mut rows)| {
            let spelling = |claim: &Claim| claim.words.clone().or_else(|| claim.likelihood.clone());
            rows.sort_by_cached_key(|(id, claim)| (claim.order_key(), spelling(claim), *id));
            let (_, oldest) = rows[0];
            let worded = Self {
                wording: Wording::of(oldest),
                claims: rows.iter().map(|(id, _)| *id).collect(),
            };
            ((key.rank, oldest.order_key(), key), worded)
        });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by(|(one, _), (other, _)| one.cmp(other));
        groups.into_iter().map(|(_, worded)| worded).collect()
    }
}
