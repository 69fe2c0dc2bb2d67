//! Fields of the marks of people. They ask the marks as they are when a filter is evaluated: after an edit of the marks, a
//! bound filter has the new answers.

use super::super::field::{FilterField, TermBinder};
use super::super::matches::Matches;
use super::super::predicate::Predicate;
use super::super::value::ValueForm;
use super::super::value_counts::{ValueCounter, ValueTally};
use super::super::value_pattern::ValuePattern;
use super::fixed;
use super::text;
use super::vocabulary::YES_NO;
use crate::date::Truth;
use crate::timeline::{EventMark, EventMarks, Timeline};

pub(super) fn marked(term: &mut TermBinder<'_>) -> Predicate {
    yes_or_no(term, |_| true)
}

pub(super) fn starred(term: &mut TermBinder<'_>) -> Predicate {
    yes_or_no(term, |mark| mark.is_starred)
}

fn yes_or_no(term: &mut TermBinder<'_>, test: fn(&EventMark) -> bool) -> Predicate {
    fixed::choice(term, |chosen| {
        let with = || Predicate::ask(move |timeline| having(timeline, test));
        match chosen {
            ["yes"] => with(),
            ["no"] => Predicate::Not(Box::new(with())),
            _ => Predicate::All(Vec::new()),
        }
    })
}

pub(super) fn tag(term: &mut TermBinder<'_>) -> Predicate {
    let tags = term.timeline.marks().tags();
    let mut unknown = Vec::new();
    let predicate = term.each(|value| {
        let pattern = ValuePattern::new(value);
        let is_known = tags.iter().any(|(_, tag)| pattern.matches(tag));
        if !is_known && value.form != ValueForm::Any {
            unknown.push(value);
        }
        Ok(Predicate::ask(move |timeline| {
            having(timeline, |mark| {
                mark.tags.iter().any(|tag| pattern.matches(tag))
            })
        }))
    });
    for value in unknown {
        let error = term.unknown(value, tags.iter().map(|(_, tag)| tag));
        term.errors.push(error);
    }
    predicate
}

pub(super) fn note(term: &mut TermBinder<'_>) -> Predicate {
    text::phrases(term.values, term.errors).map_or_else(Predicate::nothing, |phrases| {
        Predicate::ask(move |timeline| {
            having(timeline, |mark| {
                !mark.note.is_empty() && phrases.are_in(&mark.note)
            })
        })
    })
}

/// The events with a mark that passes a test.
fn having(timeline: &Timeline, test: impl Fn(&EventMark) -> bool) -> Matches {
    let mut matches = Matches::nothing(timeline.len());
    for found in timeline.marks().found() {
        if test(&found.mark) {
            let truth = if found.is_sure {
                Truth::Yes
            } else {
                Truth::Possibly
            };
            matches.insert(found.event.0 as usize, truth);
        }
    }
    matches
}

/// The values: none without marks.
pub(super) fn yes_and_no<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    let words = if timeline.marks().is_empty() {
        &[]
    } else {
        YES_NO
    };
    words.iter().map(|word| ValueTally::word(word)).collect()
}

pub(super) fn count_marked(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count_yes_and_no(timeline, count, |_| true);
}

pub(super) fn count_starred(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    count_yes_and_no(timeline, count, has_star);
}

fn has_star(marks: EventMarks<'_>) -> bool {
    marks.is_starred()
}

fn count_yes_and_no(
    timeline: &Timeline,
    count: &mut ValueCounter<'_>,
    is_yes: fn(EventMarks<'_>) -> bool,
) {
    let marks = timeline.marks();
    if marks.is_empty() {
        return;
    }
    let (yes, no) = (0, 1);
    let among = count.among();
    let rows = marks.events().filter(|&event| is_yes(marks.of(event)));
    let rows = rows.map(|event| event.0 as usize);
    let shown: Vec<usize> = rows.filter(|&row| among.possibly().contains(row)).collect();
    let surely = shown.iter().filter(|&&row| among.surely().contains(row));
    let (shown, surely) = (shown.len(), surely.count());
    let all = among.counts();
    count.add(yes, shown, surely);
    count.add(no, all.surely + all.possibly - shown, all.surely - surely);
}

pub(super) fn count_tags(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let (marks, among) = (timeline.marks(), count.among());
    for event in marks.events() {
        let row = event.0 as usize;
        if !among.possibly().contains(row) {
            continue;
        }
        let is_sure = usize::from(among.surely().contains(row));
        for tag in marks.of(event).tags() {
            if let Some(number) = marks.tags().find(tag) {
                count.add(number.0 as usize, 1, is_sure);
            }
        }
    }
}
