//! Fields of the documents that carry an event.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::columns::lists;
use super::super::field::{FilterField, TermBinder};
use super::super::matches::Matches;
use super::super::number_set::NumberSet;
use super::super::predicate::Predicate;
use super::super::shared_questions::carried;
use super::super::value_counts::{ValueCounter, ValueTally};
use super::super::value_pattern::ValuePattern;
use super::dates;
use super::fixed;
use crate::date::Truth;
use crate::timeline::term::Standing;
use crate::timeline::{EventId, Source, Timeline};

/// Documents by their id or title.
pub(super) fn source(term: &mut TermBinder<'_>) -> Predicate {
    named(term, |source| vec![&source.key, &source.title])
}

pub(super) fn publisher(term: &mut TermBinder<'_>) -> Predicate {
    named(term, |source| {
        source.publisher.as_deref().into_iter().collect()
    })
}

pub(super) fn standing(term: &mut TermBinder<'_>) -> Predicate {
    let timeline = term.timeline;
    fixed::choice(term, |chosen| {
        let standings: Vec<Standing> = fixed::parsed(chosen, Standing::parse);
        let is_wanted = |source: &Source| source.standing.is_some_and(|it| standings.contains(&it));
        carried(NumberSet::of(timeline.sources(), |(_, source)| {
            is_wanted(source)
        }))
    })
}

/// The best answer among the documents of each event; a document is asked once for all events, unless they differ.
pub(super) fn published(term: &mut TermBinder<'_>) -> Predicate {
    dates::compared(term, |timeline, question| {
        Matches::of_lists(&timeline.columns().sources, |row, sources| {
            let event = EventId(u32::try_from(row).expect("rows are numbered with 32 bits"));
            let answers = sources
                .iter()
                .map(|&source| question.ask(timeline.source(source).published.as_ref(), event));
            answers.fold(Truth::No, Truth::or)
        })
    })
}

/// How many documents carry an event.
pub(super) fn number(term: &mut TermBinder<'_>) -> Predicate {
    fixed::number(term, |timeline, wanted| {
        lists(&timeline.columns().sources, |sources| {
            wanted.contains(&sources.len())
        })
    })
}

pub(super) fn all<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    let sources = timeline.sources();
    sources
        .map(|(_, source)| ValueTally {
            label: Cow::Borrowed(&source.title),
            ..ValueTally::word(&source.key)
        })
        .collect()
}

pub(super) fn publishers<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    let (names, _) = numbered_publishers(timeline);
    names.into_iter().map(ValueTally::word).collect()
}

pub(super) fn count(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count.lists(&timeline.columns().sources, |source| source.0);
}

pub(super) fn count_publishers(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count_numbers(timeline, count, &numbered_publishers(timeline).1);
}

pub(super) fn count_standings(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let standings = timeline.sources().map(|(_, source)| source.standing);
    let numbers: Vec<Option<u32>> = standings
        .map(|standing| standing.map(|it| it as u32))
        .collect();
    count_numbers(timeline, count, &numbers);
}

/// Counts a property of the documents of an event: two of them may share it.
fn count_numbers(timeline: &Timeline, count: &mut ValueCounter<'_>, numbers: &[Option<u32>]) {
    let sources = &timeline.columns().sources;
    count.rows(|row, add| {
        let of_row = sources.get(row).iter();
        add.extend(of_row.filter_map(|source| numbers[source.0 as usize]));
    });
}

/// Every publisher once, and the number for each source.
fn numbered_publishers(timeline: &Timeline) -> (Vec<&str>, Vec<Option<u32>>) {
    let mut names = Vec::new();
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let of_sources = timeline.sources().map(|(_, source)| {
        let name = source.publisher.as_deref()?;
        Some(*numbers.entry(name).or_insert_with(|| {
            names.push(name);
            u32::try_from(names.len() - 1).expect("there are no more publishers than sources")
        }))
    });
    let of_sources = of_sources.collect();
    (names, of_sources)
}

fn named(term: &mut TermBinder<'_>, names: fn(&Source) -> Vec<&str>) -> Predicate {
    let timeline = term.timeline;
    carried(term.select(
        |value| {
            let pattern = ValuePattern::new(value);
            NumberSet::of(timeline.sources(), |(_, source)| {
                names(source).into_iter().any(|name| pattern.matches(name))
            })
        },
        |_| Some(timeline.sources().flat_map(|(_, source)| names(source))),
    ))
}
