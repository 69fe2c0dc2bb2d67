//! What `has:` asks for: one row for each word, and what it means.

use super::predicate::{ClaimTest, Feature, Leaf, ListOf};
use crate::timeline::Clock;
use crate::timeline::term::{Aspect, Confidence};

/// Something that an event may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Has {
    Summary,
    Date(Clock),
    Phase,
    List(ListOf),
    Links,
    Claims,
    Answers,
    Likelihood,
    Confidence,
    Tlp,
}

/// Each with its word, in the order in which they are offered.
const ALL: [(&str, Has); 20] = [
    ("summary", Has::Summary),
    ("date", Has::Date(Clock::Happened)),
    ("discovered", Has::Date(Clock::Discovered)),
    ("disclosed", Has::Date(Clock::Disclosed)),
    ("attributed", Has::Date(Clock::Attributed)),
    ("phase", Has::Phase),
    ("lane", Has::List(ListOf::Lanes)),
    ("actors", Has::List(ListOf::Parties(Aspect::Actor))),
    ("targets", Has::List(ListOf::Parties(Aspect::Target))),
    ("accused", Has::List(ListOf::Parties(Aspect::Accused))),
    ("addressees", Has::List(ListOf::Parties(Aspect::Addressee))),
    ("techniques", Has::List(ListOf::Techniques)),
    ("tags", Has::List(ListOf::Tags)),
    ("sources", Has::List(ListOf::Sources)),
    ("links", Has::Links),
    ("claims", Has::Claims),
    ("answers", Has::Answers),
    ("likelihood", Has::Likelihood),
    ("confidence", Has::Confidence),
    ("tlp", Has::Tlp),
];

/// The words.
pub(super) const WORDS: &[&str] = &words();

const fn words() -> [&'static str; ALL.len()] {
    let mut words = [""; ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = ALL[at].0;
        at += 1;
    }
    words
}

impl Has {
    /// What a word asks for; none if it is not in the table.
    pub fn of(word: &str) -> Option<Self> {
        let mut all = ALL.iter();
        let row = all.find(|(known, _)| known.eq_ignore_ascii_case(word));
        row.map(|(_, has)| *has)
    }

    pub fn leaf(self) -> Leaf {
        match self {
            Self::Summary => Leaf::Has(Feature::Summary),
            Self::Date(clock) => Leaf::Has(Feature::Date(clock)),
            Self::Phase => Leaf::Has(Feature::Phase),
            Self::List(list) => Leaf::Has(Feature::List(list)),
            Self::Links => Leaf::Has(Feature::Links),
            Self::Claims => Leaf::Has(Feature::Claims),
            Self::Answers => Leaf::Claim(ClaimTest::Answers),
            Self::Likelihood => Leaf::Claim(ClaimTest::Likelihood(None)),
            Self::Confidence => Leaf::Claim(ClaimTest::Confidence(Confidence::ALL.to_vec())),
            Self::Tlp => Leaf::Has(Feature::Tlp),
        }
    }
}
