//! Questions shared by fields and the search.

use super::columns::{any_listed, claimed, naming};
use super::number_set::NumberSet;
use super::predicate::Predicate;
use crate::date::Truth;
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimValue};

/// Whether a claim passes a test.
pub(super) fn any_claim(test: impl Fn(&Claim) -> bool + Send + Sync + 'static) -> Predicate {
    Predicate::ask(move |timeline| claimed(timeline, |_, claim| Truth::from(test(claim))))
}

/// Whether one of these documents carries the event.
pub(super) fn carried(wanted: NumberSet) -> Predicate {
    Predicate::known(move |timeline| {
        any_listed(&timeline.columns().sources, &wanted, |source| source.0)
    })
}

/// Whether one of these entities is a party in an aspect.
pub(super) fn in_part(part: Aspect, wanted: NumberSet) -> Predicate {
    Predicate::known(move |timeline| naming(timeline, part, &wanted))
}

/// Whether one of these entities speaks.
pub(super) fn speaking(wanted: NumberSet) -> Predicate {
    any_claim(move |claim| claim.by.is_some_and(|by| wanted.has(by.0)))
}

/// Whether one of these entities is a party, speaks, or is the value of a claim.
pub(super) fn entities_anywhere(wanted: &NumberSet) -> Predicate {
    let parties = Aspect::PARTIES.map(|part| in_part(part, wanted.clone()));
    let named = wanted.clone();
    let named = any_claim(
        move |claim| matches!(claim.value, Some(ClaimValue::Entity(id)) if named.has(id.0)),
    );
    let claims = [speaking(wanted.clone()), named];
    Predicate::Any(parties.into_iter().chain(claims).collect())
}
