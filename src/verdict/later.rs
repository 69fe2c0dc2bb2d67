//! Claims by which a speaker says something else than before.

use std::collections::{BTreeMap, BTreeSet};

use super::claim_row::ClaimRow;
use super::wording::{Wording, WordingKey};
use crate::date::{Bounds, EventDate, Instant};
use crate::timeline::term::Stance;
use crate::timeline::{ClaimId, EntityId, ValueMeaning};

/// Claims of one speaker that say different things if their statements differ: all assertions, or what the speaker
/// asserts, denies and doubts of one value.
type StatementSubject = (EntityId, Option<ValueMeaning>);

/// What a claim says of such a subject.
type Statement = (Option<ValueMeaning>, Stance, WordingKey);

/// The claims that were surely made after another of the same speaker that says something else: another value, or of
/// the same value another stance or another wording.
///
/// Claims without a speaker, a value or a certain day take no part.
pub(super) fn later(rows: &[ClaimRow<'_>]) -> BTreeSet<ClaimId> {
    let mut subjects: BTreeMap<StatementSubject, BTreeMap<Statement, Vec<DatedClaim>>> =
        BTreeMap::new();
    for (id, claim) in rows {
        let days = claim.said.as_ref().map(EventDate::bounds);
        let days = days.filter(|days| !days.uncertain);
        let (Some(speaker), Some(value), Some(days)) = (claim.by, &claim.value, days) else {
            continue;
        };
        let value = Some(value.meaning());
        let statement = (value.clone(), claim.stance, Wording::of(claim).key());
        let is_assertion = claim.stance == Stance::Asserts;
        let of_all = is_assertion.then_some((speaker, None));
        for subject in of_all.into_iter().chain([(speaker, value)]) {
            let statements = subjects.entry(subject).or_default();
            let claims = statements.entry(statement.clone()).or_default();
            claims.push(DatedClaim { id: *id, days });
        }
    }
    let subjects = subjects.into_values();
    subjects
        .flat_map(|statements| later_of_one(&statements.into_values().collect::<Vec<_>>()))
        .collect()
}

#[derive(Clone, Copy)]
struct DatedClaim {
    id: ClaimId,
    days: Bounds,
}

/// The later claims on one subject, grouped by what they say.
fn later_of_one(statements: &[Vec<DatedClaim>]) -> Vec<ClaimId> {
    let ended = |claims: &Vec<DatedClaim>| claims.iter().map(|it| it.days.end.latest).min();
    let mut ended: Vec<(Option<Instant>, usize)> = statements.iter().map(ended).zip(0..).collect();
    ended.sort_unstable();
    let mut later = Vec::new();
    for (at, claims) in statements.iter().enumerate() {
        // One of the two statements that were over first is another than this.
        let before = ended.iter().take(2).find(|(_, other)| *other != at);
        let Some(&(Some(before), _)) = before else {
            continue;
        };
        let after = claims.iter().filter(|it| before < it.days.start.earliest);
        later.extend(after.map(|it| it.id));
    }
    later
}
