//! Which aspects of an event its claims do not agree on.
//!
//! Contested is computed, never typed by an author: an aspect is contested if a claim denies or
//! doubts what another asserts, if two assert different values, or if two put the same thing in
//! different estimative words.

use super::source::{Claim, ClaimValue};
use super::term::{Aspect, Stance};

/// Some of the aspects of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AspectSet(u8);

impl AspectSet {
    /// With one more aspect.
    #[must_use]
    pub const fn with(self, aspect: Aspect) -> Self {
        Self(self.0 | 1 << aspect as u8)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The aspects, in the order in which they are explained to a reader.
    pub fn iter(self) -> impl Iterator<Item = Aspect> {
        let all = Aspect::ALL.iter().copied();
        all.filter(move |&aspect| self.meets(Self::default().with(aspect)))
    }
}

impl FromIterator<Aspect> for AspectSet {
    fn from_iter<I: IntoIterator<Item = Aspect>>(aspects: I) -> Self {
        aspects.into_iter().fold(Self::default(), Self::with)
    }
}

/// The aspects on which these claims about one event differ.
pub fn contested_aspects(claims: &[Claim]) -> AspectSet {
    let differs = |aspect: &Aspect| {
        let about: Vec<&Claim> = claims
            .iter()
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
