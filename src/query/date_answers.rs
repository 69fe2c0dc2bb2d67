//! What all rows answer to a question about when they happened.

use std::collections::BTreeSet;

use super::bitmap::{Bitmap, ones};
use super::date_question::{DateQuestion, Relation};
use super::matches::Matches;
use crate::date::{Bounds, Span, Truth, Zone};
use crate::diagnostic::FileId;
use crate::timeline::{DateColumn, EventId, Nature, Timeline};

/// A question about when events happened, from the four bounds alone wherever they say it all.
pub(super) fn happened(timeline: &Timeline, question: &DateQuestion) -> Matches {
    let dates = &timeline.columns().when;
    let nature = dates.bounds().nature();
    match question {
        DateQuestion::Stated => {
            Bitmap::of(nature.len(), |row| nature[row] != Nature::Undated).into()
        }
        DateQuestion::GoingOn(window) => compared(dates, question, Relation::During, window.into()),
        DateQuestion::Within(window) => compared(dates, question, Relation::Within, window.into()),
        DateQuestion::Before(instant) => {
            let limits = Limits::from(&Span::new(*instant, *instant));
            compared(dates, question, Relation::Before, limits)
        }
        DateQuestion::After(instant) => {
            let limits = Limits::from(&Span::new(*instant, *instant));
            compared(dates, question, Relation::After, limits)
        }
        DateQuestion::Beside(relation, other, date) => {
            let clock = other.and_then(|other| ClockOf::of(timeline, *relation, other));
            let date = date.as_ref().filter(|date| !date.is_several());
            let mut matches = match (date, clock) {
                (Some(date), None) => {
                    let limits = Limits::of(*relation, date.bounds());
                    compared(dates, question, *relation, limits)
                }
                (_, clock) => asked(dates, question, clock.as_ref()),
            };
            if let Some(other) = *other {
                matches.set(other, question.ask(None, other));
                settle(timeline, *relation, other, &mut matches);
            }
            matches
        }
    }
}

/// What the file says to have come after another event, or after one that surely did, surely did too, unless its date
/// rules that out; and what it says to have come before that did not. So the other way round.
fn settle(timeline: &Timeline, relation: Relation, other: EventId, matches: &mut Matches) {
    let is_later = match relation {
        Relation::After => true,
        Relation::Before => false,
        Relation::During | Relation::Within => return,
    };
    let neighbours = timeline.columns().neighbours.iter();
    let ids = neighbours.map(|(row, _)| EventId(row));
    let is_sure = |id: &EventId| *id == other || matches.truth(*id).is_sure();
    let sure: Vec<EventId> = ids.filter(is_sure).collect();
    for (seeds, later, truth) in [
        (sure, is_later, Truth::Yes),
        (vec![other], !is_later, Truth::No),
    ] {
        for id in reached(timeline, seeds, later) {
            if id != other && matches.truth(id) == Truth::Maybe {
                matches.set(id, truth);
            }
        }
    }
}

/// The events that the file says to have come before or after some others, in any number of steps.
fn reached(timeline: &Timeline, mut waiting: Vec<EventId>, later: bool) -> BTreeSet<EventId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let event = timeline.event(id);
        let next = if later { event.before() } else { event.after() };
        waiting.extend(next.iter().filter(|&&id| reached.insert(id)));
    }
    reached
}

/// The times that the bounds of each date are compared with.
#[derive(Clone, Copy)]
struct Limits {
    /// What surely has this relation to them has it to the other date; `None` if nothing surely has.
    surely: Option<Span>,
    possibly: Span,
}

impl From<&Span> for Limits {
    fn from(window: &Span) -> Self {
        Self {
            surely: Some(*window),
            possibly: *window,
        }
    }
}

impl Limits {
    /// Those of another date, which is not one of several.
    fn of(relation: Relation, other: Bounds) -> Self {
        let [start, end] = [other.start, other.end];
        let (surely, possibly) = match relation {
            // The time that the other surely took, if there is one, and all that it may have taken.
            Relation::During | Relation::Within => {
                let surely = Span::new(start.latest, end.earliest);
                let is_empty = surely.earliest > surely.latest;
                (Some(surely).filter(|_| !is_empty), other.whole())
            }
            Relation::Before => (Some(start), Span::new(start.latest, start.latest)),
            Relation::After => (Some(end), Span::new(end.earliest, end.earliest)),
        };
        Self {
            surely: surely.filter(|_| !other.uncertain),
            possibly,
        }
    }
}

/// How dates lie to the limits that a question sets.
fn compared(
    dates: &DateColumn,
    question: &DateQuestion,
    relation: Relation,
    limits: Limits,
) -> Matches {
    let bounds = dates.bounds();
    let [start_earliest, start_latest] = [bounds.start_earliest(), bounds.start_latest()];
    let [end_earliest, end_latest] = [bounds.end_earliest(), bounds.end_latest()];
    let micros = |span: Span| (span.earliest.micros(), span.latest.micros());
    let (from, to) = micros(limits.possibly);
    let is_sure = limits.surely.is_some();
    let (sure_from, sure_to) = micros(limits.surely.unwrap_or(limits.possibly));
    match relation {
        Relation::During => bounded(dates, question, |row| {
            let surely = start_latest[row] <= sure_to && end_earliest[row] >= sure_from;
            let possibly = start_earliest[row] <= to && end_latest[row] >= from;
            (is_sure && surely, possibly)
        }),
        Relation::Within => bounded(dates, question, |row| {
            let surely = start_earliest[row] >= sure_from && end_latest[row] <= sure_to;
            let possibly = start_latest[row] >= from && end_earliest[row] <= to;
            (is_sure && surely, possibly)
        }),
        Relation::Before => bounded(dates, question, |row| {
            let surely = end_latest[row] < sure_from;
            (is_sure && surely, end_earliest[row] < from)
        }),
        Relation::After => bounded(dates, question, |row| {
            let surely = start_earliest[row] > sure_to;
            (is_sure && surely, start_latest[row] > to)
        }),
    }
}

/// The answers that the bounds give, corrected where a date is uncertain, missing, or one of several.
fn bounded(
    dates: &DateColumn,
    question: &DateQuestion,
    answer: impl Fn(usize) -> (bool, bool),
) -> Matches {
    let nature = dates.bounds().nature();
    let says_it_all = |it: &Nature| matches!(it, Nature::Plain | Nature::ClockTime);
    Matches::of_words(nature.len(), |first, count| {
        let (mut sure, mut possible) = (0, 0);
        for bit in 0..count {
            let (is_sure, is_possible) = answer(first + bit);
            sure |= u64::from(is_sure) << bit;
            possible |= u64::from(is_sure | is_possible) << bit;
        }
        // In nearly every word there is nothing to correct.
        let natures = &nature[first..first + count];
        if natures.iter().all(says_it_all) {
            return (sure, possible);
        }
        let rows_of = |wanted: Nature| {
            let bits = natures.iter().enumerate();
            bits.fold(0, |word, (bit, it)| word | u64::from(*it == wanted) << bit)
        };
        let undated = rows_of(Nature::Undated);
        sure &= !(undated | rows_of(Nature::Uncertain));
        possible |= undated;
        for bit in ones(rows_of(Nature::Several)) {
            let row = first + bit;
            let truth = question.ask(dates.several(row), id(row));
            sure = sure & !(1 << bit) | u64::from(truth.is_sure()) << bit;
            possible = possible & !(1 << bit) | u64::from(truth.is_possible()) << bit;
        }
        (sure, possible)
    })
}

/// How dates lie to one that is one of several, or that a clock of a log showed: each is asked.
fn asked(dates: &DateColumn, question: &DateQuestion, clock: Option<&ClockOf<'_>>) -> Matches {
    let bounds = dates.bounds();
    let nature = bounds.nature();
    Matches::of(nature.len(), |row| match (nature[row], clock) {
        (Nature::Several, _) => question.ask(dates.several(row), id(row)),
        (Nature::ClockTime, Some(clock)) if clock.shows(row) => {
            let shown = bounds.get(row).map(Bounds::as_shown);
            clock.question.ask_bounds(shown, id(row))
        }
        _ => question.ask_bounds(bounds.get(row), id(row)),
    })
}

/// The clock of a log whose zone is not known, which showed when an event happened: against the other times that it
/// showed, the question is asked as if the zone were known.
struct ClockOf<'t> {
    timeline: &'t Timeline,
    file: FileId,
    question: DateQuestion,
}

impl<'t> ClockOf<'t> {
    /// The clock that showed when an event happened, and a question beside that event; none if its zone is known.
    fn of(timeline: &'t Timeline, relation: Relation, event: EventId) -> Option<Self> {
        let row = event.0 as usize;
        let nature = timeline.columns().when.bounds().nature();
        let when = timeline.event(event).when();
        let shown = when.filter(|_| nature.get(row) == Some(&Nature::ClockTime))?;
        Some(Self {
            timeline,
            file: timeline.columns().places.file(row)?,
            question: DateQuestion::Beside(
                relation,
                Some(event),
                Some(shown.in_zone(&Zone::UTC, "")),
            ),
        })
    }

    fn shows(&self, row: usize) -> bool {
        self.timeline.columns().places.file(row) == Some(self.file)
    }
}

pub(super) fn id(row: usize) -> EventId {
    EventId(u32::try_from(row).expect("rows are numbered with 32 bits"))
}
