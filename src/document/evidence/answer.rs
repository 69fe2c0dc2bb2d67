//! The claims behind a statement, and those that differ.

use crate::document::subject::Evidence;
use crate::timeline::term::Stance;
use crate::timeline::{Claim, ClaimId, ClaimValue, EntityId, EventId, Timeline};

/// The claims of an answer.
#[derive(Default)]
pub(super) struct EvidenceAnswer {
    /// Claims that state it.
    pub behind: Vec<ClaimId>,
    /// For a claim as the statement: other claims that say the same.
    pub alike: Vec<ClaimId>,
    /// Claims on the same aspect that say something else.
    pub others: Vec<ClaimId>,
    /// Claims whose sources are silent on it.
    pub silent: Vec<ClaimId>,
}

/// The claims that answer for a statement.
pub(super) fn answer(timeline: &Timeline, evidence: Evidence) -> EvidenceAnswer {
    let of_event = |id: EventId| timeline.event(id).claims();
    let names = |claim: &Claim, id: EntityId| claim.value == Some(ClaimValue::Entity(id));
    match evidence {
        // The pages of these have all claims, aspect by aspect, or none.
        Evidence::Event(_)
        | Evidence::Aspect(..)
        | Evidence::Discovered(_)
        | Evidence::Disclosed(_) => EvidenceAnswer::default(),
        Evidence::Party(id, part, entity) => {
            let about = of_event(id).filter(|(_, claim)| claim.about == part);
            divided(about, |claim| {
                claim.stance == Stance::Asserts && names(claim, entity)
            })
        }
        Evidence::Claim(id) => {
            let asked = timeline.claim(id);
            let others = of_event(asked.event)
                .filter(|&(other, claim)| other != id && claim.about == asked.about);
            let found = divided(others, |claim| claim.says_the_same_as(asked));
            if asked.is_silent() {
                let silent = [vec![id], found.silent].concat();
                return EvidenceAnswer { silent, ..found };
            }
            EvidenceAnswer {
                behind: vec![id],
                alike: found.behind,
                ..found
            }
        }
        Evidence::Entity(id) => {
            let naming = timeline.claims().filter(|(_, claim)| names(claim, id));
            divided(naming, |claim| claim.stance == Stance::Asserts)
        }
    }
}

/// Divides claims into those that state it, the others, and the silent ones.
fn divided<'t>(
    claims: impl Iterator<Item = (ClaimId, &'t Claim)>,
    says_so: impl Fn(&Claim) -> bool,
) -> EvidenceAnswer {
    let mut answer = EvidenceAnswer::default();
    for (id, claim) in claims {
        let side = if claim.is_silent() {
            &mut answer.silent
        } else if says_so(claim) {
            &mut answer.behind
        } else {
            &mut answer.others
        };
        side.push(id);
    }
    answer
}
