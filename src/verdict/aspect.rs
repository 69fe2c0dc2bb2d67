//! The claims about one aspect of an event, line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::claim_row::ClaimRow;
use super::independent_speakers::OriginalsCache;
use super::later::later;
use super::line::{LineClaims, Objection, SpeakerStatement, ValueLine, name, objections};
use super::wording::WordedClaims;
use crate::timeline::term::{Aspect, Stance};
use crate::timeline::{
    Claim, ClaimDifferences, ClaimId, ClaimValue, EventId, Timeline, ValueMeaning, unique,
};

/// What the claims about an aspect of an event say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AspectVerdict<'t> {
    /// The aspect.
    pub aspect: Aspect,
    /// A line for each value: none if no claim has one.
    pub lines: Vec<ValueLine<'t>>,
    /// Denials and doubts that name no value and answer no claim about the aspect: they are not of one line.
    pub objections: Vec<Objection<'t>>,
    /// Assertions without a value, which cannot be compared; oldest first.
    pub without_value: Vec<ClaimId>,
    /// Silent claims, oldest first.
    pub silent: Vec<ClaimId>,
    /// What the claims differ on, by the rule of [`crate::timeline::Event::contested`].
    pub differences: ClaimDifferences,
    later: BTreeSet<ClaimId>,
}

impl<'t> AspectVerdict<'t> {
    /// From all claims about an aspect of an event; `None` if there are none.
    pub(super) fn of(
        timeline: &'t Timeline,
        (event, aspect): (EventId, Aspect),
        originals: &mut OriginalsCache,
    ) -> Option<Self> {
        let of_event = timeline.event(event);
        let claims = of_event.claims();
        let rows: Vec<ClaimRow<'t>> = claims.filter(|(_, claim)| claim.about == aspect).collect();
        if rows.is_empty() {
            return None;
        }
        let sorted = SortedClaims::new(timeline, &rows);
        let lines = sorted.lines.into_iter();
        let mut lines: Vec<ValueLine<'t>> = lines
            .map(|(meaning, claims)| claims.line(&meaning, timeline, originals))
            .collect();
        lines.sort_by_cached_key(|line| line.order_key(timeline));
        Some(Self {
            aspect,
            lines,
            objections: objections(timeline, sorted.objections, None),
            without_value: oldest_first(timeline, sorted.without_value),
            silent: oldest_first(timeline, sorted.silent),
            differences: of_event.differences(aspect),
            later: later(&rows),
        })
    }

    /// Whether a speaker worded it so only after saying something else about the aspect.
    pub fn is_later(&self, worded: &WordedClaims<'_>) -> bool {
        worded.claims.iter().all(|id| self.later.contains(id))
    }

    /// Every claim, once: line by line, those who object behind those who assert; then the others.
    pub fn claims(&self) -> Vec<ClaimId> {
        let of_lines = self.lines.iter().flat_map(|line| {
            let objections = line.objections.iter().map(|it| &it.statement);
            line.speakers.iter().chain(objections)
        });
        let objections = self.objections.iter().map(|it| &it.statement);
        let worded = of_lines
            .chain(objections)
            .flat_map(SpeakerStatement::claims);
        let others = self.without_value.iter().chain(&self.silent).copied();
        unique(worded.chain(others))
    }
}

/// The claims about an aspect, each where it belongs.
#[derive(Default)]
struct SortedClaims<'t> {
    lines: BTreeMap<ValueMeaning, LineClaims<'t>>,
    objections: Vec<ClaimRow<'t>>,
    without_value: Vec<ClaimRow<'t>>,
    silent: Vec<ClaimRow<'t>>,
}

impl<'t> SortedClaims<'t> {
    fn new(timeline: &'t Timeline, rows: &[ClaimRow<'t>]) -> Self {
        let mut sorted = Self::default();
        for &(id, claim) in rows {
            match (claim.stance, &claim.value) {
                (Stance::Silent, _) => sorted.silent.push((id, claim)),
                (Stance::Asserts, Some(value)) => {
                    let line = sorted.lines.entry(value.meaning()).or_default();
                    line.assertions.push((id, claim));
                }
                (Stance::Asserts, None) => sorted.without_value.push((id, claim)),
                (Stance::Denies | Stance::Doubts, _) => {}
            }
        }
        // Where an objection belongs depends on which values are asserted.
        let asserted: BTreeSet<ValueMeaning> = sorted.lines.keys().cloned().collect();
        for &(id, claim) in rows.iter().filter(|(_, claim)| claim.stance.objects()) {
            let values = values_of(timeline, &asserted, claim);
            if values.is_empty() {
                sorted.objections.push((id, claim));
            }
            for value in values {
                let line = sorted.lines.entry(value).or_default();
                line.objections.push((id, claim));
            }
        }
        sorted
    }
}

/// The values on whose lines an objection belongs.
fn values_of(
    timeline: &Timeline,
    asserted: &BTreeSet<ValueMeaning>,
    objection: &Claim,
) -> BTreeSet<ValueMeaning> {
    let answered = objection.answers.iter().filter_map(|&id| {
        let claim = timeline.claim(id);
        let is_here = (claim.event, claim.about) == (objection.event, objection.about);
        let value = claim.value.as_ref().map(ClaimValue::meaning);
        value.filter(|_| is_here && claim.stance == Stance::Asserts)
    });
    let named = objection.value.as_ref().map(ClaimValue::meaning);
    let asserted_name = named.clone().filter(|value| asserted.contains(value));
    let mut values: BTreeSet<ValueMeaning> = answered.chain(asserted_name).collect();
    if values.is_empty() {
        values.extend(named);
    }
    values
}

fn oldest_first(timeline: &Timeline, mut rows: Vec<ClaimRow<'_>>) -> Vec<ClaimId> {
    rows.sort_by_cached_key(|(id, claim)| {
        let words = (claim.words.clone(), claim.text.clone());
        (claim.order_key(), name(timeline, claim.by), words, *id)
    });
    rows.into_iter().map(|(id, _)| id).collect()
}
