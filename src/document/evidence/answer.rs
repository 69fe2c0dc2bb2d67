//! The claims behind a statement, and those that say something else.

use crate::document::subject::Evidence;
use crate::timeline::term::Stance;
use crate::timeline::{Claim, ClaimId, ClaimValue, EntityId, EventId, Timeline};

/// The claims of an answer.
#[derive(Default)]
pub(super) struct Answer {
    /// Those that say so.
    pub behind: Vec<ClaimId>,
    /// Of one claim: those that say the same.
    pub alike: Vec<ClaimId>,
    /// Those about the same that do not.
    pub others: Vec<ClaimId>,
    /// Those whose sources say nothing on it.
    pub silent: Vec<ClaimId>,
}

/// What the claims of a timeline answer.
pub(super) fn answer(timeline: &Timeline, evidence: Evidence) -> Answer {
    let of_event = |id: EventId| timeline.event(id).claims();
    let names = |claim: &Claim, id: EntityId| claim.value == Some(ClaimValue::Entity(id));
    match evidence {
        Evidence::Event(id) => {
            let event = timeline.event(id);
            divided(event.claims(), |claim| event.agrees_with(claim))
        }
        Evidence::Aspect(id, aspect) => {
            let about = of_event(id).filter(|(_, claim)| claim.about == aspect);
            divided(about, |claim| timeline.event(id).agrees_with(claim))
        }
        Evidence::Discovered(_) | Evidence::Disclosed(_) => Answer::default(),
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
                return Answer { silent, ..found };
            }
            Answer {
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

/// Those that say so, the others, and those that say nothing.
fn divided<'t>(
    claims: impl Iterator<Item = (ClaimId, &'t Claim)>,
    says_so: impl Fn(&Claim) -> bool,
) -> Answer {
    let mut answer = Answer::default();
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
