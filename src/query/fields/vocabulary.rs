//! The fixed values of fields, from the vocabularies of the timeline.

use crate::timeline::term::{Aspect, Confidence, Stance, Standing, Tlp};

pub(super) const ASPECTS: &[&str] = &words_of_aspects();
/// `yes`, `no` and each aspect.
pub(super) const CONTESTED: &[&str] = &{
    let mut words = ["yes"; ASPECTS.len() + 2];
    words[1] = "no";
    let mut at = 0;
    while at < ASPECTS.len() {
        words[at + 2] = ASPECTS[at];
        at += 1;
    }
    words
};

/// Each word with each level.
macro_rules! at_each_level {
    ($($aspect:literal),+ $(,)?) => {
        &[$(
            concat!($aspect, "-established"),
            concat!($aspect, "-likely"),
            concat!($aspect, "-contested"),
            concat!($aspect, "-unlikely"),
            concat!($aspect, "-unstated"),
        )+]
    };
}

/// Each aspect with each level; a test checks that none is missing.
pub(super) const ASSESSED: &[&str] = at_each_level![
    "event",
    "date",
    "actor",
    "target",
    "accused",
    "addressee",
    "capacity",
    "number",
    "method",
    "effect",
    "status",
    "reason",
    "response",
];
pub(super) const YES_NO: &[&str] = &["yes", "no"];
pub(super) const STANCES: &[&str] = &[
    Stance::Asserts.as_str(),
    Stance::Denies.as_str(),
    Stance::Doubts.as_str(),
    Stance::Silent.as_str(),
];
pub(super) const CONFIDENCES: &[&str] = &[
    Confidence::Low.as_str(),
    Confidence::Moderate.as_str(),
    Confidence::High.as_str(),
];
pub(super) const TLPS: &[&str] = &[
    Tlp::Clear.as_str(),
    Tlp::Green.as_str(),
    Tlp::Amber.as_str(),
    Tlp::AmberStrict.as_str(),
    Tlp::Red.as_str(),
];
pub(super) const STANDINGS: &[&str] = &[
    Standing::Primary.as_str(),
    Standing::Copy.as_str(),
    Standing::Secondary.as_str(),
];

const fn words_of_aspects() -> [&'static str; Aspect::ALL.len()] {
    let mut words = [""; Aspect::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Aspect::ALL[at].as_str();
        at += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Level;

    #[test]
    fn what_is_assessed_is_every_aspect_at_every_level() {
        let mut all = Vec::new();
        for aspect in Aspect::ALL {
            all.extend(Level::ALL.iter().map(|level| format!("{aspect}-{level}")));
        }
        assert_eq!(ASSESSED, all);
    }

    #[test]
    fn fixed_words_are_those_of_the_vocabularies() {
        assert!(
            ASPECTS
                .iter()
                .zip(Aspect::ALL)
                .all(|(word, aspect)| *word == aspect.as_str())
        );
        assert_eq!(CONTESTED.get(2..), Some(ASPECTS));
        assert_eq!(TLPS.len(), Tlp::ALL.len());
        assert_eq!(STANCES.len(), Stance::ALL.len());
        assert_eq!(STANDINGS.len(), Standing::ALL.len());
        assert_eq!(CONFIDENCES.len(), Confidence::ALL.len());
    }
}
