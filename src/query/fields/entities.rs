//! Fields of entities: the parties of an event, and its speakers.

use std::borrow::Cow;

use super::super::field::{FilterField, TermBinder};
use super::super::number_set::NumberSet;
use super::super::predicate::Predicate;
use super::super::shared_questions;
use super::super::value_counts::{ValueCounter, ValueTally};
use super::super::value_pattern::ValuePattern;
use crate::timeline::term::Aspect;
use crate::timeline::{Entity, Timeline};

/// Entities in a party aspect.
pub(super) fn in_part(term: &mut TermBinder<'_>, part: Aspect) -> Predicate {
    shared_questions::in_part(part, selected(term))
}

/// Entities that make a claim, or are silent.
pub(super) fn by(term: &mut TermBinder<'_>) -> Predicate {
    shared_questions::speaking(selected(term))
}

/// Entities in any role.
pub(super) fn anywhere(term: &mut TermBinder<'_>) -> Predicate {
    shared_questions::entities_anywhere(&selected(term))
}

pub(super) fn all<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    let entities = timeline.entities();
    entities
        .map(|(_, entity)| ValueTally {
            label: Cow::Borrowed(&entity.name),
            aliases: &entity.aliases,
            ..ValueTally::word(&entity.key)
        })
        .collect()
}

pub(super) fn count(timeline: &Timeline, part: Aspect, count: &mut ValueCounter<'_>) {
    if let Some(parties) = timeline.columns().parties(part) {
        count.lists(parties, |entity| entity.0);
    }
}

pub(super) fn count_speakers(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count.claims(timeline, |_, claim| claim.by.map(|by| by.0));
}

fn selected(term: &mut TermBinder<'_>) -> NumberSet {
    let timeline = term.timeline;
    term.select(
        |value| {
            let pattern = ValuePattern::new(value);
            NumberSet::of(timeline.entities(), |(_, entity)| {
                names_of(entity).any(|name| pattern.matches(name))
            })
        },
        |_| Some(timeline.entities().flat_map(|(_, entity)| names_of(entity))),
    )
}

fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    let aliases = entity.aliases.iter().map(String::as_str);
    [entity.key.as_str(), entity.name.as_str()]
        .into_iter()
        .chain(aliases)
}
