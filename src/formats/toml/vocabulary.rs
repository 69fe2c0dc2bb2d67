//! The words that some keys are limited to, and what people write instead.

use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{
    Aspect, Confidence, EntityKind, LinkKind, QuestionStatus, Reliability, Stance, Standing, Tlp,
};

/// A closed list of words.
pub(super) trait Word: Copy + 'static {
    /// What such a word is, with its article.
    const WHAT: &'static str;
    /// Every word.
    const ALL: &'static [Self];

    /// How it is spelt.
    fn spelling(self) -> &'static str;
}

macro_rules! word {
    ($($name:ident: $what:literal),+ $(,)?) => {
        $(impl Word for $name {
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = Self::ALL;

            fn spelling(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

word! {
    Aspect: "an aspect of an event",
    Confidence: "a level of confidence",
    EntityKind: "a kind of entity",
    LinkKind: "a kind of link",
    QuestionStatus: "the status of a question",
    Reliability: "a grade of reliability",
    Stance: "a stance",
    Standing: "the standing of a source",
    Tlp: "a TLP marking",
    Yardstick: "a yardstick",
}

/// The word of a spelling; letter case does not matter.
pub(super) fn find<T: Word>(written: &str) -> Option<T> {
    T::ALL
        .iter()
        .copied()
        .find(|word| word.spelling().eq_ignore_ascii_case(written))
}

/// What is often written, and the word of ours that it most likely stands for.
const OTHER_WORDS: &[(&str, &str)] = &[
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

/// Of some known words, the one that somebody probably meant.
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
