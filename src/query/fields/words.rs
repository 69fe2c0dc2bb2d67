//! Fields whose values are words of the timeline.

use super::super::columns::{any_listed, values};
use super::super::field::TermBinder;
use super::super::number_set::NumberSet;
use super::super::predicate::Predicate;
use super::super::value_counts::{ValueCounter, ValueTally};
use super::super::value_pattern::ValuePattern;
use crate::timeline::term::PHASES;
use crate::timeline::{EventColumns, ListColumn, TermId, Timeline, Vocabulary};

type WordColumn = fn(&EventColumns) -> &ListColumn<TermId>;

pub(super) fn phase(term: &mut TermBinder<'_>) -> Predicate {
    // A usual phase is valid even if no event has it.
    let is_usual = |word: &str| PHASES.iter().any(|phase| phase.eq_ignore_ascii_case(word));
    let wanted = selected(term, term.timeline.phases(), is_usual);
    Predicate::known(move |timeline| {
        values(&timeline.columns().phases, |phase| {
            phase.is_some_and(|phase| wanted.has(phase.0))
        })
    })
}

/// Words in a list of an event.
pub(super) fn listed(term: &mut TermBinder<'_>, words: &Vocabulary, list: WordColumn) -> Predicate {
    let wanted = selected(term, words, |_| false);
    Predicate::known(move |timeline| any_listed(list(timeline.columns()), &wanted, |it| it.0))
}

pub(super) fn count_phases(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let phases = &timeline.columns().phases;
    count.rows(|row, add| add.extend(phases.get(row).flatten().map(|phase| phase.0)));
}

pub(super) fn all(words: &Vocabulary) -> Vec<ValueTally<'_>> {
    words
        .iter()
        .map(|(_, word)| ValueTally::word(word))
        .collect()
}

fn selected(
    term: &mut TermBinder<'_>,
    words: &Vocabulary,
    is_usual: impl Fn(&str) -> bool,
) -> NumberSet {
    term.select(
        |value| {
            let pattern = ValuePattern::new(value);
            NumberSet::of(words.iter(), |(_, word)| pattern.matches(word))
        },
        |value| (!is_usual(&value.text)).then(|| words.iter().map(|(_, word)| word)),
    )
}
