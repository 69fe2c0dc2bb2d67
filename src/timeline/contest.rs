//! Which aspects of an event its claims do not agree on.
//!
//! Contested is computed, never typed by an author: an aspect is contested if a claim denies or
//! doubts what another asserts, if two assert different values, or if two put the same thing in
//! different estimative words.

use super::source::{Claim, ClaimValue};
use super::term::{Aspect, Stance};

/// The aspects on which these claims about one event differ, each once.
pub fn contested_aspects(claims: &[&Claim]) -> Vec<Aspect> {
    let differs = |aspect: &Aspect| {
        let about: Vec<&Claim> = claims
            .iter()
            .copied()
            .filter(|claim| claim.about == *aspect)
            .collect();
        differ_in_stance(&about) || differ_in_value(&about) || differ_in_words(&about)
    };
    Aspect::ALL.iter().copied().filter(differs).collect()
}

fn differ_in_stance(claims: &[&Claim]) -> bool {
    claims.iter().any(|claim| claim.stance != Stance::Asserts)
}

fn differ_in_value(claims: &[&Claim]) -> bool {
    let values: Vec<&ClaimValue> = claims
        .iter()
        .filter_map(|claim| claim.value.as_ref())
        .collect();
    values
        .windows(2)
        .any(|pair| !is_same_value(pair[0], pair[1]))
}

/// Two dates are the same if they allow the same days, however they are written.
fn is_same_value(left: &ClaimValue, right: &ClaimValue) -> bool {
    match (left, right) {
        (ClaimValue::Date(left), ClaimValue::Date(right)) => {
            left.start() == right.start() && left.end() == right.end()
        }
        (ClaimValue::Text(left), ClaimValue::Text(right)) => left.eq_ignore_ascii_case(right),
        (left, right) => left == right,
    }
}

/// Claims without an estimative word do not take part: silence on likelihood is not a judgement.
fn differ_in_words(claims: &[&Claim]) -> bool {
    let words: Vec<String> = claims
        .iter()
        .filter_map(|claim| claim.likelihood.as_ref())
        .map(|word| word.to_lowercase())
        .collect();
    words.windows(2).any(|pair| pair[0] != pair[1])
}
