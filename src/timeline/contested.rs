//! Which aspects of an event are contested.
//!
//! Contested is computed, never typed by an author. An aspect is contested if a claim denies or doubts it, if two
//! claims assert different values, or if two use different estimative words. The date is also contested if a claim
//! asserts a date that the event's own date excludes. This file also finds which claims differ.
//!
//! The parties that an event states take no part: if a government names a group, the actor is the government, and the
//! claims are about the group.
//!
//! Claims whose stance is `silent` take no part either: a source that says nothing on a point agrees with no claim and
//! contests none.

use std::collections::BTreeMap;

use super::assessment::assess;
use super::event::Event;
use super::event_columns::EventColumns;
use super::link::EventId;
use super::source::{Claim, ClaimId, ClaimValue};
use super::term::{Aspect, AspectSet, Stance};
use crate::date::EventDate;

/// What the claims about one aspect differ on, or what one claim differs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimDifferences {
    /// The stance: a claim denies or doubts.
    pub stance: bool,
    /// The value.
    pub value: bool,
    /// The estimative words.
    pub words: bool,
}

impl ClaimDifferences {
    /// Whether there is any difference.
    pub const fn any(self) -> bool {
        self.stance || self.value || self.words
    }

    /// The differences between claims about one aspect; `when` is the date of the event.
    fn of(claims: &[&Claim], when: Option<&EventDate>) -> Self {
        Self {
            stance: differ_in_stance(claims),
            value: differ_in_value(claims) || claims.iter().any(|claim| is_excluded(claim, when)),
            words: differ_in_words(claims),
        }
    }
}

impl EventColumns {
    /// Records what the claims about an event differ on, how sure they are, and how many are silent. Call it in the
    /// order of events.
    pub fn judge(&mut self, id: EventId, claims: &[Claim], when: Option<&EventDate>) {
        let contested = contested_aspects(claims, when);
        if !contested.is_empty() {
            self.contested.push(id.0, contested);
        }
        self.assessed.push(id.0, assess(claims, contested));
        let silent = claims.iter().filter(|claim| claim.is_silent()).count();
        if silent > 0 {
            let silent = u32::try_from(silent).expect("32 bits number all claims");
            self.silent_claims.push(id.0, silent);
        }
    }
}

impl<'t> Event<'t> {
    /// What the claims about an aspect differ on.
    pub fn differences(self, aspect: Aspect) -> ClaimDifferences {
        ClaimDifferences::of(&self.claims_about(aspect), self.when().as_ref())
    }

    /// What each claim of this event differs on: it denies or doubts; its value is not the event's (or, if the event
    /// states none, not everybody's); its estimative words are not everybody's. No claim counts as the right one.
    ///
    /// The common part is computed once for each aspect, not once for each claim.
    pub fn differences_of_each(self) -> BTreeMap<ClaimId, ClaimDifferences> {
        let mut each = BTreeMap::new();
        for &aspect in Aspect::ALL {
            let all = self.differences(aspect);
            let about = || self.claims().filter(|(_, claim)| claim.about == aspect);
            // If all claims agree with the event and still differ from each other, for instance about two stated
            // actors, each of them differs.
            let none_departs = !about().any(|(_, claim)| self.departs_from_stated(claim));
            for (id, claim) in about() {
                let differences = ClaimDifferences {
                    stance: claim.stance.objects(),
                    value: all.value
                        && claim.stance == Stance::Asserts
                        && claim.value.is_some()
                        && (none_departs || self.departs_from_stated(claim)),
                    words: all.words && claim.likelihood.is_some(),
                };
                each.insert(id, differences);
            }
        }
        each
    }

    fn claims_about(self, aspect: Aspect) -> Vec<&'t Claim> {
        let claims = self.claims().map(|(_, claim)| claim);
        claims.filter(|claim| claim.about == aspect).collect()
    }

    /// Whether a claim has a value that the event does not state.
    fn departs_from_stated(self, claim: &Claim) -> bool {
        let value = claim.value.as_ref();
        value.is_some_and(|value| !self.states(claim.about, value))
    }

    fn states(self, aspect: Aspect, value: &ClaimValue) -> bool {
        match (aspect, value) {
            (Aspect::Date, value @ ClaimValue::Date(_)) => self
                .when()
                .is_some_and(|when| value.is_same_as(&ClaimValue::Date(when))),
            (party, ClaimValue::Entity(id)) => self.parties(party).contains(id),
            _ => false,
        }
    }
}

/// The contested aspects, from all claims about one event.
fn contested_aspects(claims: &[Claim], when: Option<&EventDate>) -> AspectSet {
    let differs = |aspect: &Aspect| {
        let about: Vec<&Claim> = claims
            .iter()
            .filter(|claim| claim.about == *aspect)
            .collect();
        ClaimDifferences::of(&about, when).any()
    };
    Aspect::ALL.iter().copied().filter(differs).collect()
}

impl Claim {
    /// Whether another claim takes the same stance on the same value.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let is_same = match (&self.value, &other.value) {
            (Some(value), Some(other)) => value.is_same_as(other),
            (None, None) => self.text == other.text,
            _ => false,
        };
        self.stance == other.stance && is_same
    }
}

fn differ_in_stance(claims: &[&Claim]) -> bool {
    claims.iter().any(|claim| claim.stance.objects())
}

/// Only assertions count: a speaker who denies one thing and one who asserts another do not differ on the value.
fn differ_in_value(claims: &[&Claim]) -> bool {
    let asserted = claims
        .iter()
        .filter(|claim| claim.stance == Stance::Asserts);
    let values: Vec<&ClaimValue> = asserted.filter_map(|claim| claim.value.as_ref()).collect();
    values.windows(2).any(|pair| !pair[0].is_same_as(pair[1]))
}

/// Whether a claim asserts a date that the date of the event excludes. A more or less precise date is not excluded.
fn is_excluded(claim: &Claim, when: Option<&EventDate>) -> bool {
    match (&claim.value, when) {
        (Some(ClaimValue::Date(date)), Some(when)) => {
            claim.stance == Stance::Asserts && date.excludes(when)
        }
        _ => false,
    }
}

/// Claims without estimative words do not count: silence on likelihood is not a judgement.
fn differ_in_words(claims: &[&Claim]) -> bool {
    let words: Vec<String> = claims
        .iter()
        .filter_map(|claim| claim.likelihood.as_ref())
        .map(|word| word.to_lowercase())
        .collect();
    words.windows(2).any(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::timeline::term::Aspect;
    use crate::timeline::{ClaimDifferences, Timeline};

    /// A timeline with one event of 2021 by `a` and these claims.
    fn event(claims: &[&str]) -> Timeline {
        let mut text =
            "[[events]]\nwhen = \"2021\"\ntitle = \"One\"\nactors = [\"a\", \"b\"]\n".to_owned();
        for claim in claims {
            text.push_str("[[events.claims]]\nby = \"x\"\nsource = \"s\"\n");
            text.push_str(&claim.replace("; ", "\n"));
            text.push('\n');
        }
        crate::formats::open(&[SourceText::new("claims.toml", &text)]).0
    }

    /// Checks the differences of all claims and of each: `s`, `v` and `w` for stance, value and words.
    fn check(claims: &[&str], aspect: Aspect, all: &str, each: &[&str]) {
        let letters = |differences: ClaimDifferences| {
            let letters = [
                (differences.stance, 's'),
                (differences.value, 'v'),
                (differences.words, 'w'),
            ];
            let letters: String = letters
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, letter)| *letter)
                .collect();
            letters
        };
        let timeline = event(claims);
        let event = timeline.events().next().expect("there is one");
        assert_eq!(letters(event.differences(aspect)), all, "{claims:?}");
        let differences = event.differences_of_each();
        let apart: Vec<String> = event
            .claims()
            .map(|(id, _)| letters(differences[&id]))
            .collect();
        assert_eq!(apart, each, "{claims:?}");
        assert_eq!(event.contested().contains(&aspect), !all.is_empty());
    }

    #[test]
    fn a_value_that_is_not_the_events_differs() {
        let (same, other) = (
            "about = 'date'; value = '2021'",
            "about = 'date'; value = '2021-08'",
        );
        check(&[same, other, same], Aspect::Date, "v", &["", "v", ""]);
        check(&[same, same], Aspect::Date, "", &["", ""]);
        // A single claim with a more precise date is not contested: the file may have the date from this claim alone.
        check(&[other], Aspect::Date, "", &[""]);
    }

    #[test]
    fn a_single_claim_with_a_date_that_the_event_excludes_differs() {
        let check = |value: &str, all: &str| {
            let claim = format!("about = 'date'; value = '{value}'");
            check(&[&claim], Aspect::Date, all, &[all]);
        };
        check("2023", "v");
        check("by 2020", "v");
        check("[2019, 2022]", "v");
        check("{2019, 2021}", "");
        check("2020/2021-01", "");
        check("2022~", "");
        let denied = "about = 'date'; value = '2023'; stance = 'denies'";
        super::tests::check(&[denied], Aspect::Date, "s", &["s"]);
    }

    #[test]
    fn sets_of_days_are_the_same_if_they_have_the_same_days() {
        let check = |left: &str, right: &str, is_same: bool| {
            let claims = [left, right].map(|it| format!("about = 'date'; value = '{it}'"));
            let timeline = event(&[&claims[0], &claims[1]]);
            let event = timeline.events().next().expect("there is one");
            assert_eq!(
                event.differences(Aspect::Date).value,
                !is_same,
                "{left} {right}"
            );
        };
        check("[2021-10, 2021-12]", "[2021-12,2021-10]", true);
        check("[2021-10, 2021-12]", "[2021-10..2021-12]", false);
    }

    #[test]
    fn who_asserts_one_thing_and_who_denies_another_differ_in_stance_alone() {
        let claims = [
            "about = 'effect'; value = 'names'",
            "about = 'effect'; value = 'all'; stance = 'denies'",
        ];
        check(&claims, Aspect::Effect, "s", &["", "s"]);
    }

    #[test]
    fn if_the_event_states_nothing_every_different_value_differs() {
        let claims = [
            "about = 'effect'; value = 'names'",
            "about = 'effect'; value = 'Names'",
            "about = 'effect'",
        ];
        check(&claims, Aspect::Effect, "", &["", "", ""]);
        let claims = [
            "about = 'effect'; value = 'names'",
            "about = 'effect'; value = 'all'",
            "about = 'effect'",
        ];
        check(&claims, Aspect::Effect, "v", &["v", "v", ""]);
        let claims = [
            "about = 'actor'; value = 'a'",
            "about = 'actor'; value = 'b'",
        ];
        check(&claims, Aspect::Actor, "v", &["v", "v"]);
    }

    #[test]
    fn a_denial_differs_and_the_denied_claim_does_not() {
        let claims = [
            "about = 'actor'; value = 'a'",
            "about = 'actor'; value = 'a'; stance = 'denies'",
        ];
        check(&claims, Aspect::Actor, "s", &["", "s"]);
    }

    #[test]
    fn a_source_that_says_nothing_neither_differs_nor_makes_others_differ() {
        let claims = [
            "about = 'actor'; value = 'a'",
            "about = 'actor'; stance = 'silent'; text = 'No name is in it.'",
            "about = 'actor'; stance = 'silent'; value = 'b'; words = 'likely'",
        ];
        check(&claims, Aspect::Actor, "", &["", "", ""]);
        check(&claims[1..], Aspect::Actor, "", &["", ""]);
    }

    #[test]
    fn who_is_accused_is_contested_as_who_acted_is() {
        let claims = [
            "about = 'accused'; value = 'a'",
            "about = 'accused'; value = 'b'",
        ];
        check(&claims, Aspect::Accused, "v", &["v", "v"]);
    }

    #[test]
    fn silence_on_likelihood_is_not_a_difference() {
        let claims = [
            "words = 'likely'; likelihood = 'likely'",
            "words = 'sure'",
            "likelihood = 'almost certain'",
        ];
        check(&claims, Aspect::Event, "w", &["w", "", "w"]);
    }
}
