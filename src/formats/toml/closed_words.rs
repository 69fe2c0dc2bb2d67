//! The closed lists of words in a timeline file, and the word that an author who wrote another one meant.

use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{
    Aspect, Clock, Confidence, EntityKind, Grouping, LAYERS, LinkKind, PHASES, QuestionStatus,
    Reliability, SceneAxis, Stance, Standing, Tlp,
};

/// A list of words that a key knows.
#[derive(Clone, Copy, Debug)]
pub struct WordList {
    /// What such a word is, with its article.
    pub name: &'static str,
    words: fn() -> Vec<&'static str>,
}

impl WordList {
    /// The usual phases of an event. Authors may use others.
    pub(super) const PHASES: Self = Self {
        name: "a phase",
        words: || PHASES.to_vec(),
    };

    /// What a scene may reveal of its event.
    pub(super) const LAYERS: Self = Self {
        name: "a layer of an event",
        words: || LAYERS.to_vec(),
    };

    /// The words, as they are spelt in a file.
    pub fn words(&self) -> Vec<&'static str> {
        (self.words)()
    }
}

pub(super) trait ClosedWord: Copy + 'static {
    const ALL: &'static [Self];
    const LIST: WordList;

    fn spelling(self) -> &'static str;
}

macro_rules! closed_words {
    ($($word:ident: $name:literal),+ $(,)?) => {
        $(impl ClosedWord for $word {
            const ALL: &'static [Self] = Self::ALL;
            const LIST: WordList = WordList {
                name: $name,
                words: || Self::ALL.iter().map(|word| word.as_str()).collect(),
            };

            fn spelling(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

closed_words! {
    Aspect: "an aspect of an event",
    Clock: "a clock",
    Confidence: "a level of confidence",
    EntityKind: "a kind of entity",
    Grouping: "a grouping",
    LinkKind: "a kind of link",
    QuestionStatus: "the status of a question",
    Reliability: "a grade of reliability",
    SceneAxis: "an axis of a scene",
    Stance: "a stance",
    Standing: "the standing of a source",
    Tlp: "a TLP marking",
    Yardstick: "a yardstick",
}

/// The word of a spelling, in any letter case.
pub(super) fn find<T: ClosedWord>(written: &str) -> Option<T> {
    T::ALL
        .iter()
        .copied()
        .find(|word| word.spelling().eq_ignore_ascii_case(written))
}

/// What authors often write, and the word of the format that it most likely replaces.
pub(super) const OTHER_WORDS: &[(&str, &str)] = &[
    ("accusee", "accused"),
    ("addressed-to", "addressees"),
    ("answer", "answers"),
    ("asserted", "asserts"),
    ("because-of", "caused-by"),
    ("cause", "reason"),
    ("charged", "accused"),
    ("charity", "organization"),
    ("closed", "answered"),
    ("company", "organization"),
    ("confirms", "asserts"),
    ("count", "number"),
    ("country", "state"),
    ("date", "when"),
    ("description", "summary"),
    ("defendant", "accused"),
    ("defendants", "accused"),
    ("government", "state"),
    ("icd 203", "icd203"),
    ("icd-203", "icd203"),
    ("medium", "moderate"),
    ("mirror", "copy"),
    ("name", "title"),
    ("nation", "state"),
    ("motive", "reason"),
    ("no-comment", "silent"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("original", "primary"),
    ("partial", "partly"),
    ("person", "individual"),
    ("recipient", "addressee"),
    ("recipients", "addressees"),
    ("rejects", "denies"),
    ("replies-to", "answers"),
    ("responds-to", "answers"),
    ("says", "asserts"),
    ("says-nothing", "silent"),
    ("silence", "silent"),
    ("start", "when"),
    ("status", "phase"),
    ("supports", "asserts"),
    ("time", "when"),
    ("title", "name"),
    ("type", "kind"),
    ("victims", "targets"),
    ("what", "title"),
    ("who", "actors"),
    ("who", "actor"),
    ("whom", "addressees"),
    ("why", "reason"),
];

/// The known word that the author probably meant.
pub(super) fn meant<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let other = OTHER_WORDS
        .iter()
        .filter(|(theirs, _)| theirs.eq_ignore_ascii_case(written))
        .find_map(|(_, ours)| known.iter().copied().find(|it| it == ours));
    other.or_else(|| crate::diagnostic::nearest(written, known.iter().copied()))
}

/// Words as a sentence lists them: `a`, `b` or `c`.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
