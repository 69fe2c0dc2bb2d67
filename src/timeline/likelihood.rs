//! Estimative words, and the yardsticks that give them a range.
//!
//! A word is shown on the yardstick of its speaker: as a range, never as a point, and never carried over to another
//! yardstick. Likelihood is not confidence.

/// A published set of terms of likelihood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Yardstick {
    /// The UK's Professional Head of Intelligence Assessment (probability yardstick, seven terms).
    Phia,
    /// US Intelligence Community Directive 203 (seven rows of two terms).
    Icd203,
    /// None stated: the word has no range.
    #[default]
    None,
}

/// A term of a yardstick with its range in per cent, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelihoodTerm {
    /// The term and its synonyms.
    pub words: &'static [&'static str],
    /// The lower end, in per cent.
    pub from: u8,
    /// The upper end, in per cent.
    pub to: u8,
}

const fn term(words: &'static [&'static str], from: u8, to: u8) -> LikelihoodTerm {
    LikelihoodTerm { words, from, to }
}

/// The gaps between the ranges are in the yardstick itself, and deliberate.
const PHIA: &[LikelihoodTerm] = &[
    term(&["remote chance"], 0, 5),
    term(&["highly unlikely"], 10, 20),
    term(&["unlikely"], 25, 35),
    term(&["realistic possibility"], 40, 50),
    term(&["likely", "probable"], 55, 75),
    term(&["highly likely"], 80, 90),
    term(&["almost certain", "almost certainly"], 95, 100),
];

const ICD203: &[LikelihoodTerm] = &[
    term(&["almost no chance", "remote"], 1, 5),
    term(&["very unlikely", "highly improbable"], 5, 20),
    term(&["unlikely", "improbable"], 20, 45),
    term(&["roughly even chance", "roughly even odds"], 45, 55),
    term(&["likely", "probable"], 55, 80),
    term(&["very likely", "highly probable"], 80, 95),
    term(
        &["almost certain", "almost certainly", "nearly certain"],
        95,
        99,
    ),
];

impl Yardstick {
    /// Every yardstick, in the order in which they are explained.
    pub const ALL: &'static [Self] = &[Self::Phia, Self::Icd203, Self::None];

    /// The name in a file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phia => "phia",
            Self::Icd203 => "icd203",
            Self::None => "none",
        }
    }

    /// Reads a name; letter case does not matter.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.as_str().eq_ignore_ascii_case(name))
    }

    /// The terms, from the least likely to the most.
    pub const fn terms(self) -> &'static [LikelihoodTerm] {
        match self {
            Self::Phia => PHIA,
            Self::Icd203 => ICD203,
            Self::None => &[],
        }
    }

    pub fn find(self, word: &str) -> Option<&'static LikelihoodTerm> {
        let same = |known: &&str| known.eq_ignore_ascii_case(word.trim());
        self.terms()
            .iter()
            .find(|term| term.words.iter().any(&same))
    }
}

pub fn is_likelihood_term(word: &str) -> bool {
    Yardstick::ALL
        .iter()
        .any(|yardstick| yardstick.find(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_has_the_range_of_the_yardstick_it_is_on() {
        let range =
            |yardstick: Yardstick, word| yardstick.find(word).map(|term| (term.from, term.to));
        assert_eq!(range(Yardstick::Phia, "Highly likely"), Some((80, 90)));
        assert_eq!(range(Yardstick::Icd203, "highly likely"), None);
        assert_eq!(range(Yardstick::Icd203, "very likely"), Some((80, 95)));
        assert_eq!(range(Yardstick::None, "likely"), None);
    }

    #[test]
    fn terms_rise_and_do_not_overlap() {
        for yardstick in [Yardstick::Phia, Yardstick::Icd203] {
            assert!(yardstick.terms().iter().all(|term| term.from < term.to));
            assert!(
                yardstick
                    .terms()
                    .windows(2)
                    .all(|pair| pair[0].to <= pair[1].from)
            );
        }
    }

    #[test]
    fn a_confidence_word_is_not_a_likelihood() {
        assert!(is_likelihood_term("almost certain"));
        assert!(!is_likelihood_term("moderate"));
    }
}
