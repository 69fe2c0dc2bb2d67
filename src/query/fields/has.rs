//! What `has:` asks for: one row for each word.

use super::super::bitmap::Bitmap;
use super::super::columns::{is_dated, is_filled, lists, marked, naming_any, stated, values};
use super::super::field::TermBinder;
use super::super::predicate::Predicate;
use super::super::questions::any_claim;
use super::fixed;
use crate::timeline::Timeline;
use crate::timeline::term::{Aspect, Tlp};

/// What a word asks for.
type Has = fn() -> Predicate;

/// Each word with what it asks for, in the order in which they are offered.
const HAS: [(&str, Has); 20] = [
    ("summary", || Predicate::known(has_summary)),
    ("date", || Predicate::known(is_dated)),
    ("discovered", || {
        Predicate::known(|timeline| stated(timeline, |columns| &columns.discovered))
    }),
    ("disclosed", || {
        Predicate::known(|timeline| stated(timeline, |columns| &columns.disclosed))
    }),
    ("attributed", || {
        Predicate::known(|timeline| stated(timeline, |columns| &columns.attributed))
    }),
    ("phase", || {
        Predicate::known(|timeline| values(&timeline.columns().phases, |phase| phase.is_some()))
    }),
    ("lane", || {
        Predicate::known(|timeline| lists(&timeline.columns().lanes, is_filled))
    }),
    ("actors", || {
        Predicate::known(|timeline| naming_any(timeline, Aspect::Actor))
    }),
    ("targets", || {
        Predicate::known(|timeline| naming_any(timeline, Aspect::Target))
    }),
    ("accused", || {
        Predicate::known(|timeline| naming_any(timeline, Aspect::Accused))
    }),
    ("addressees", || {
        Predicate::known(|timeline| naming_any(timeline, Aspect::Addressee))
    }),
    ("techniques", || {
        Predicate::known(|timeline| lists(&timeline.columns().techniques, is_filled))
    }),
    ("tags", || {
        Predicate::known(|timeline| lists(&timeline.columns().tags, is_filled))
    }),
    ("sources", || {
        Predicate::known(|timeline| lists(&timeline.columns().sources, is_filled))
    }),
    ("links", || {
        Predicate::known(|timeline| lists(&timeline.columns().links, is_filled))
    }),
    ("claims", || {
        Predicate::known(|timeline| lists(&timeline.columns().claims, is_filled))
    }),
    ("answers", || any_claim(|claim| !claim.answers.is_empty())),
    ("likelihood", || {
        any_claim(|claim| claim.likelihood.is_some())
    }),
    ("confidence", || {
        any_claim(|claim| claim.confidence.is_some())
    }),
    ("tlp", || {
        Predicate::known(|timeline| marked(timeline, Tlp::ALL))
    }),
];

/// The words.
pub(super) const WORDS: &[&str] = &words();

const fn words() -> [&'static str; HAS.len()] {
    let mut words = [""; HAS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = HAS[at].0;
        at += 1;
    }
    words
}

pub(super) fn bind(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let rows = HAS.iter().filter(|(word, _)| chosen.contains(word));
        Predicate::any(rows.map(|(_, has)| has()).collect())
    })
}

fn has_summary(timeline: &Timeline) -> Bitmap {
    let summaries = &timeline.columns().summaries;
    let (mut start, mut ends) = (0, summaries.ends());
    Bitmap::of(timeline.len(), |_| {
        let end = ends.next().unwrap_or(start);
        std::mem::replace(&mut start, end) < end
    })
}
