//! How sure the claims about an event are, aspect by aspect: one level for who did it, another for when, and so on.
//!
//! A level belongs to one aspect, never to the event: that the event surely happened says nothing about who did it. It
//! says how the claims are phrased, not whether they are true or how many sources support them.
//!
//! # The rule
//!
//! The first row that fits:
//!
//! | level | the claims about the aspect |
//! |---|---|
//! | contested | differ, or one of them denies or doubts ([`super::Event::contested`]) |
//! | unlikely | one carries a term that allows less than an even chance: its range begins below 50 % |
//! | likely | one carries a term, and all terms begin at an even chance or above |
//! | unstated | there are none; or one is a judgement without a term that a yardstick places |
//! | established | each states it as fact |
//!
//! The term of a claim is its `likelihood`, otherwise its exact `words`. It is looked up on the speaker's own yardstick,
//! then on any other that has the very term. The rule only asks in which half of the scale a term begins, and all
//! yardsticks that have a term agree on that: no range is carried over from one yardstick to another.
//!
//! A claim whose stance is `silent` takes no part.
//!
//! A claim states a fact if it has no `likelihood`, no estimative `words` and no `confidence`. A stated confidence makes
//! the claim a judgement without saying how likely it is. One such judgement keeps the others from counting as
//! established, and makes nothing likely: its place on the scale is unknown.

use super::likelihood::{LikelihoodTerm, Yardstick};
use super::source::Claim;
use super::term::{Aspect, AspectSet, words};

words! {
    /// How sure the claims about an aspect are.
    Level {
        /// Every claim states it as fact, and none disagrees.
        Established = "established",
        /// Claims use terms of likelihood, none below an even chance.
        Likely = "likely",
        /// The claims differ, or one denies or doubts it.
        Contested = "contested",
        /// A claim uses a term of likelihood below an even chance.
        Unlikely = "unlikely",
        /// No claim says how sure it is, or there is none.
        Unstated = "unstated",
    }
}

/// Pairs of an aspect and a level: those of one event (one pair for each aspect), or those a filter asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assessments(u128);

impl Assessments {
    /// Adds a pair.
    #[must_use]
    pub const fn with(self, aspect: Aspect, level: Level) -> Self {
        Self(self.0 | 1 << bit(aspect, level))
    }

    /// Whether both have a pair in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The pairs whose level is not [`Level::Unstated`]. They are few: claims speak of few aspects of an event.
    pub fn stated(self) -> impl Iterator<Item = (Aspect, Level)> {
        Self(self.0 & !UNSTATED.0).iter()
    }

    /// The pairs, aspect by aspect.
    pub fn iter(self) -> impl Iterator<Item = (Aspect, Level)> {
        let levels = Level::ALL.len();
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let pair = bits.trailing_zeros() as usize;
            bits &= bits.checked_sub(1)?;
            Some((Aspect::ALL[pair / levels], Level::ALL[pair % levels]))
        })
    }

    /// The level of an aspect, in those of an event.
    pub(super) fn level(self, aspect: Aspect) -> Level {
        let own = self.iter().find(|(of, _)| *of == aspect);
        own.map_or(Level::Unstated, |(_, level)| level)
    }
}

/// Every aspect at the level `unstated`.
const UNSTATED: Assessments = {
    let (mut all, mut at) = (Assessments(0), 0);
    while at < Aspect::ALL.len() {
        all = all.with(Aspect::ALL[at], Level::Unstated);
        at += 1;
    }
    all
};

const fn bit(aspect: Aspect, level: Level) -> usize {
    aspect as usize * Level::ALL.len() + level as usize
}

/// The level of each aspect, from all claims about one event.
pub(super) fn assess(claims: &[Claim], contested: AspectSet) -> Assessments {
    let level = |aspect| {
        if contested.meets(AspectSet::default().with(aspect)) {
            return Level::Contested;
        }
        let about = claims.iter().filter(|claim| claim.about == aspect);
        let about = about.filter(|claim| !claim.is_silent());
        about
            .map(ClaimPhrasing::of)
            .max()
            .map_or(Level::Unstated, ClaimPhrasing::level)
    };
    let aspects = Aspect::ALL.iter();
    aspects.fold(Assessments::default(), |all, &aspect| {
        all.with(aspect, level(aspect))
    })
}

/// How a claim is phrased. If claims about an aspect are phrased differently, the last of these decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ClaimPhrasing {
    Flat,
    /// A judgement that no yardstick places.
    Judged,
    /// A term that begins at an even chance or above.
    Likely,
    /// A term that begins below an even chance.
    Unlikely,
}

impl ClaimPhrasing {
    fn of(claim: &Claim) -> Self {
        let term = [&claim.likelihood, &claim.words]
            .into_iter()
            .flatten()
            .find_map(|word| place(word, claim.yardstick));
        match term {
            Some(term) if term.from < EVEN => Self::Unlikely,
            Some(_) => Self::Likely,
            None if claim.is_flat() => Self::Flat,
            None => Self::Judged,
        }
    }

    const fn level(self) -> Level {
        match self {
            Self::Flat => Level::Established,
            Self::Judged => Level::Unstated,
            Self::Likely => Level::Likely,
            Self::Unlikely => Level::Unlikely,
        }
    }
}

/// An even chance, in per cent.
const EVEN: u8 = 50;

/// The term for a word: on the speaker's yardstick, otherwise on the first that has it.
fn place(word: &str, own: Yardstick) -> Option<&'static LikelihoodTerm> {
    let mut all = std::iter::once(own).chain(Yardstick::ALL.iter().copied());
    all.find_map(|yardstick| yardstick.find(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    /// Checks the level of an actor that these claims name.
    #[track_caller]
    fn check(claims: &[&str], expected: Level) {
        let mut text = "[[events]]\nwhen = \"2021\"\ntitle = \"It\"\n".to_owned();
        for lines in claims {
            text.push_str("\n\n[[events.claims]]\nabout = \"actor\"\n");
            text.push_str(lines);
        }
        let (timeline, _) = crate::formats::open(&[SourceText::new("levels.toml", text.clone())]);
        let event = timeline.events().next().expect("it was written");
        assert_eq!(event.level(Aspect::Actor), expected, "{text}");
        assert_eq!(event.level(Aspect::Target), Level::Unstated);
    }

    const FLAT: &str = "value = \"apt31\"";
    const JUDGED: &str = "words = \"we assess\"";
    const LIKELY: &str = "likelihood = \"highly likely\"\nyardstick = \"phia\"";
    const UNLIKELY: &str = "likelihood = \"unlikely\"\nyardstick = \"icd203\"";

    #[test]
    fn what_all_say_flat_is_established() {
        check(&[FLAT], Level::Established);
        check(&[FLAT, FLAT], Level::Established);
    }

    #[test]
    fn a_term_of_likelihood_makes_it_likely_even_beside_flat_claims() {
        check(&[LIKELY], Level::Likely);
        check(&[LIKELY, FLAT], Level::Likely);
        check(&[LIKELY, JUDGED], Level::Likely);
    }

    #[test]
    fn a_term_is_placed_without_a_yardstick_and_on_another_than_the_speakers_own() {
        check(&["likelihood = \"almost certain\""], Level::Likely);
        check(&["words = \"Highly likely\""], Level::Likely);
        check(&["words = \"remote chance\""], Level::Unlikely);
        check(
            &["likelihood = \"highly likely\"\nyardstick = \"icd203\""],
            Level::Likely,
        );
    }

    #[test]
    fn a_term_below_an_even_chance_makes_it_unlikely() {
        check(&[UNLIKELY], Level::Unlikely);
        check(&[UNLIKELY, FLAT], Level::Unlikely);
        check(&["words = \"realistic possibility\""], Level::Unlikely);
        check(&["words = \"roughly even odds\""], Level::Unlikely);
    }

    #[test]
    fn claims_that_differ_make_it_contested_whatever_their_words() {
        check(&[FLAT, "stance = \"denies\""], Level::Contested);
        check(
            &["stance = \"doubts\"\nwords = \"unlikely\""],
            Level::Contested,
        );
        check(&[FLAT, "value = \"apt40\""], Level::Contested);
        check(&[LIKELY, UNLIKELY], Level::Contested);
    }

    #[test]
    fn silence_changes_no_level() {
        let silent = "stance = \"silent\"";
        check(&[silent], Level::Unstated);
        check(&[FLAT, silent], Level::Established);
        check(&[LIKELY, silent], Level::Likely);
    }

    #[test]
    fn a_judgement_that_no_yardstick_places_leaves_it_unstated() {
        check(&[], Level::Unstated);
        check(&[JUDGED], Level::Unstated);
        check(&[JUDGED, FLAT], Level::Unstated);
        check(&["confidence = \"high\""], Level::Unstated);
        check(&["likelihood = \"quite likely\""], Level::Unstated);
    }

    /// Why the half of the scale in which a term begins needs no yardstick.
    #[test]
    fn all_yardsticks_that_have_a_term_agree_on_which_side_of_an_even_chance_it_begins() {
        let terms = Yardstick::ALL.iter().flat_map(|it| it.terms());
        for (term, word) in terms.flat_map(|term| term.words.iter().map(move |word| (term, word))) {
            let others = Yardstick::ALL.iter().filter_map(|it| it.find(word));
            for other in others {
                assert_eq!(term.from < EVEN, other.from < EVEN, "{word}");
            }
        }
    }

    #[test]
    fn an_event_has_one_level_for_each_aspect() {
        let all = assess(&[], AspectSet::default().with(Aspect::Effect));
        let levels: Vec<Level> = all.iter().map(|(_, level)| level).collect();
        let mut expected = [Level::Unstated; 13];
        expected[Aspect::Effect as usize] = Level::Contested;
        assert_eq!(levels, expected);
    }
}
