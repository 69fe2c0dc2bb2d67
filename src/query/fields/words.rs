//! Fields whose values are words of the timeline's own.

use super::super::columns::{any_listed, values};
use super::super::field::TermBinder;
use super::super::glob::Pattern;
use super::super::predicate::Predicate;
use super::super::selection::Selection;
use super::super::tally::{Counter, Tally};
use crate::timeline::term::PHASES;
use crate::timeline::{EventColumns, ListColumn, TermId, Timeline, Vocabulary};

/// A column of words.
type Words = fn(&EventColumns) -> &ListColumn<TermId>;

pub(super) fn phase(term: &mut TermBinder<'_>) -> Predicate {
    // One of the usual phases is not a mistake where no event has it.
    let is_usual = |word: &str| PHASES.iter().any(|phase| phase.eq_ignore_ascii_case(word));
    let wanted = selected(term, term.timeline.phases(), is_usual);
    Predicate::known(move |timeline| {
        values(&timeline.columns().phases, |phase| {
            phase.is_some_and(|phase| wanted.has(phase.0))
        })
    })
}

/// Words in a list of an event.
pub(super) fn listed(term: &mut TermBinder<'_>, words: &Vocabulary, list: Words) -> Predicate {
    let wanted = selected(term, words, |_| false);
    Predicate::known(move |timeline| any_listed(list(timeline.columns()), &wanted, |it| it.0))
}

pub(super) fn count_phases(timeline: &Timeline, count: &mut Counter<'_>) {
    let phases = &timeline.columns().phases;
    count.rows(|row, add| add.extend(phases.get(row).flatten().map(|phase| phase.0)));
}

/// Every word of a vocabulary.
pub(super) fn all(words: &Vocabulary) -> Vec<Tally<'_>> {
    words.iter().map(|(_, word)| Tally::word(word)).collect()
}

fn selected(
    term: &mut TermBinder<'_>,
    words: &Vocabulary,
    is_usual: impl Fn(&str) -> bool,
) -> Selection {
    term.select(
        |value| {
            let pattern = Pattern::new(value);
            Selection::of(words.iter(), |(_, word)| pattern.matches(word))
        },
        |value| (!is_usual(&value.text)).then(|| words.iter().map(|(_, word)| word)),
    )
}
