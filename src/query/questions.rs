//! Questions that several fields and the search ask.

use super::columns::{any_listed, claimed, naming};
use super::predicate::Predicate;
use super::selection::Selection;
use crate::date::Truth;
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimValue};

/// Whether one of its claims passes a test.
pub(super) fn any_claim(test: impl Fn(&Claim) -> bool + Send + Sync + 'static) -> Predicate {
    Predicate::ask(move |timeline| claimed(timeline, |_, claim| Truth::from(test(claim))))
}

/// Whether one of some documents carries an event.
pub(super) fn carried(wanted: Selection) -> Predicate {
    Predicate::known(move |timeline| {
        any_listed(&timeline.columns().sources, &wanted, |source| source.0)
    })
}

/// Whether one of some entities takes a part.
pub(super) fn in_part(part: Aspect, wanted: Selection) -> Predicate {
    Predicate::known(move |timeline| naming(timeline, part, &wanted))
}

/// Whether one of some entities speaks.
pub(super) fn speaking(wanted: Selection) -> Predicate {
    any_claim(move |claim| claim.by.is_some_and(|by| wanted.has(by.0)))
}

/// Whether one of some entities takes any part, speaks, or is what a claim says that an aspect is.
pub(super) fn entities_anywhere(wanted: &Selection) -> Predicate {
    let parties = Aspect::PARTIES.map(|part| in_part(part, wanted.clone()));
    let named = wanted.clone();
    let named = any_claim(
        move |claim| matches!(claim.value, Some(ClaimValue::Entity(id)) if named.has(id.0)),
    );
    let claims = [speaking(wanted.clone()), named];
    Predicate::Any(parties.into_iter().chain(claims).collect())
}
