//! How sure its claims are of each aspect of an event: a level for who did it, another for when, and so on.
//!
//! A level is about one aspect and never about the event: that it surely happened says nothing of who did it. It says
//! how the claims in the file are put, and nothing of whether they are true or how many sources stand behind them.
//!
//! # The rule
//!
//! The first that fits:
//!
//! | level | the claims about the aspect |
//! |---|---|
//! | contested | differ, or one of them denies or doubts ([`super::Event::contested`]) |
//! | unlikely | one carries a term that allows less than an even chance: its range begins below 50 % |
//! | likely | one carries a term, and all terms begin at an even chance or above |
//! | unstated | there are none; or one is a judgement without a term that a yardstick places |
//! | established | each is put flat |
//!
//! A claim's term is its `likelihood`, or where that is none its exact `words`, on the speaker's own yardstick, or where
//! that lacks it on any that has the very term. It is enough to know the half of the scale in which a term begins, and in that all yardsticks that
//! have the term agree; so no range is carried over from one yardstick to another.
//!
//! A claim whose stance is `silent` says nothing and takes no part.
//!
//! A claim is put flat if it has no `likelihood`, no estimative `words` and no `confidence`: who states a confidence
//! makes a judgement, and does not say how likely it is. One such judgement keeps the flat claims beside it from being
//! taken for established; it makes nothing likely either, since nobody knows where on the scale it lies.

use super::likelihood::{Term, Yardstick};
use super::source::Claim;
use super::term::{Aspect, AspectSet, words};

words! {
    /// How sure the claims about an aspect are of it.
    Level {
        /// Every claim is put flat, and none says otherwise.
        Established = "established",
        /// In terms of likelihood, of which none allows less than an even chance.
        Likely = "likely",
        /// The claims differ, or one denies or doubts it.
        Contested = "contested",
        /// In a term of likelihood that allows less than an even chance.
        Unlikely = "unlikely",
        /// No claim says how sure it is, or none is made.
        Unstated = "unstated",
    }
}

/// Some pairs of an aspect and a level: as one event has them, one for each aspect; or as they are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assessments(u128);

impl Assessments {
    /// With one more pair.
    #[must_use]
    pub const fn with(self, aspect: Aspect, level: Level) -> Self {
        Self(self.0 | 1 << bit(aspect, level))
    }

    /// Whether the two have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The pairs whose level is not [`Level::Unstated`]: few, where most aspects of an event are not spoken of.
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

/// Every aspect, unstated.
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

/// The level of each aspect of the event that these claims are about.
pub(super) fn assess(claims: &[Claim], contested: AspectSet) -> Assessments {
    let level = |aspect| {
        if contested.meets(AspectSet::default().with(aspect)) {
            return Level::Contested;
        }
        let about = claims.iter().filter(|claim| claim.about == aspect);
        let about = about.filter(|claim| !claim.is_silent());
        about.map(Put::of).max().map_or(Level::Unstated, Put::level)
    };
    let aspects = Aspect::ALL.iter();
    aspects.fold(Assessments::default(), |all, &aspect| {
        all.with(aspect, level(aspect))
    })
}

/// How a claim is put; of several, the last of these decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Put {
    Flat,
    /// As a judgement that no yardstick places.
    Judged,
    /// In a term that begins at an even chance or above.
    Likely,
    /// In a term that allows less.
    Unlikely,
}

impl Put {
    fn of(claim: &Claim) -> Self {
        let term = [&claim.likelihood, &claim.words]
            .into_iter()
            .flatten()
            .find_map(|word| place(word, claim.yardstick));
        let is_judged =
            claim.likelihood.is_some() || claim.words.is_some() || claim.confidence.is_some();
        match term {
            Some(term) if term.from < EVEN => Self::Unlikely,
            Some(_) => Self::Likely,
            None if is_judged => Self::Judged,
            None => Self::Flat,
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

/// The term that a word is on the speaker's yardstick, else on the first that has it.
fn place(word: &str, own: Yardstick) -> Option<&'static Term> {
    let mut all = std::iter::once(own).chain(Yardstick::ALL.iter().copied());
    all.find_map(|yardstick| yardstick.find(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    /// The level of an actor about whom these claims are made.
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
    fn a_term_of_likelihood_makes_it_likely_whoever_else_says_it_flat() {
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

    /// So the half of the scale in which a term begins needs no yardstick.
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
