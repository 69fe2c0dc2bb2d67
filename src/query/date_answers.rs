//! The answers of all rows to a question about when they happened.

use std::collections::BTreeSet;

use super::bitmap::{Bitmap, ones};
use super::date_question::{DateQuestion, DateRelation};
use super::matches::Matches;
use crate::date::{Bounds, Span, Truth, Zone};
use crate::diagnostic::FileId;
use crate::timeline::{DateColumn, DateNature, EventId, Timeline};

/// Answers a question about when events happened, from the four bounds alone where they suffice.
pub(super) fn happened(timeline: &Timeline, question: &DateQuestion) -> Matches {
    let dates = &timeline.columns().when;
    let nature = dates.bounds().nature();
    match question {
        DateQuestion::Stated => Bitmap::of(nature.len(), |row| {
            nature.get(row) != Some(DateNature::Undated)
        })
        .into(),
        DateQuestion::GoingOn(window) => {
            compared(dates, question, DateRelation::During, window.into())
        }
        DateQuestion::Within(window) => {
            compared(dates, question, DateRelation::Within, window.into())
        }
        DateQuestion::Before(instant) => {
            let limits = DateLimits::from(&Span::new(*instant, *instant));
            compared(dates, question, DateRelation::Before, limits)
        }
        DateQuestion::After(instant) => {
            let limits = DateLimits::from(&Span::new(*instant, *instant));
            compared(dates, question, DateRelation::After, limits)
        }
        DateQuestion::Beside(relation, other, date) => {
            let clock = other.and_then(|other| ClockOf::of(timeline, *relation, other));
            let date = date.as_ref().filter(|date| !date.is_several());
            let mut matches = match (date, clock) {
                (Some(date), None) => {
                    let limits = DateLimits::of(*relation, date.bounds());
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

/// Applies `after` of the file: an event surely came after another if the file says so, directly or through others, and
/// its date allows it; an event that came before the other surely did not. Likewise in the other direction.
fn settle(timeline: &Timeline, relation: DateRelation, other: EventId, matches: &mut Matches) {
    let is_later = match relation {
        DateRelation::After => true,
        DateRelation::Before => false,
        DateRelation::During | DateRelation::Within => return,
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
            if id != other && matches.truth(id) == Truth::Possibly {
                matches.set(id, truth);
            }
        }
    }
}

/// The successors or predecessors of some events, in any number of steps.
fn reached(timeline: &Timeline, mut waiting: Vec<EventId>, later: bool) -> BTreeSet<EventId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let event = timeline.event(id);
        let next = if later { event.before() } else { event.after() };
        waiting.extend(next.iter().filter(|&&id| reached.insert(id)));
    }
    reached
}

/// The spans that the bounds of each date are compared with.
#[derive(Clone, Copy)]
struct DateLimits {
    /// A date with this relation to the span surely has it to the other date; `None` if none surely has.
    surely: Option<Span>,
    possibly: Span,
}

impl From<&Span> for DateLimits {
    fn from(window: &Span) -> Self {
        Self {
            surely: Some(*window),
            possibly: *window,
        }
    }
}

impl DateLimits {
    /// The limits for another date that is not one of several.
    fn of(relation: DateRelation, other: Bounds) -> Self {
        let [start, end] = [other.start, other.end];
        let (surely, possibly) = match relation {
            // The time that the other event surely took, if any, and all the time that it may have taken.
            DateRelation::During | DateRelation::Within => {
                let surely = Span::new(start.latest, end.earliest);
                let is_empty = surely.earliest > surely.latest;
                (Some(surely).filter(|_| !is_empty), other.whole())
            }
            DateRelation::Before => (Some(start), Span::new(start.latest, start.latest)),
            DateRelation::After => (Some(end), Span::new(end.earliest, end.earliest)),
        };
        Self {
            surely: surely.filter(|_| !other.uncertain),
            possibly,
        }
    }
}

/// Compares the bounds of all dates with limits.
fn compared(
    dates: &DateColumn,
    question: &DateQuestion,
    relation: DateRelation,
    limits: DateLimits,
) -> Matches {
    let bounds = dates.bounds();
    let [start_earliest, start_latest] = [bounds.start_earliest(), bounds.start_latest()];
    let [end_earliest, end_latest] = [bounds.end_earliest(), bounds.end_latest()];
    let micros = |span: Span| (span.earliest.micros(), span.latest.micros());
    let (from, to) = micros(limits.possibly);
    let is_sure = limits.surely.is_some();
    let (sure_from, sure_to) = micros(limits.surely.unwrap_or(limits.possibly));
    match relation {
        DateRelation::During => bounded(dates, question, |row| {
            let surely = start_latest.of(row) <= sure_to && end_earliest.of(row) >= sure_from;
            let possibly = start_earliest.of(row) <= to && end_latest.of(row) >= from;
            (is_sure && surely, possibly)
        }),
        DateRelation::Within => bounded(dates, question, |row| {
            let surely = start_earliest.of(row) >= sure_from && end_latest.of(row) <= sure_to;
            let possibly = start_latest.of(row) >= from && end_earliest.of(row) <= to;
            (is_sure && surely, possibly)
        }),
        DateRelation::Before => bounded(dates, question, |row| {
            let surely = end_latest.of(row) < sure_from;
            (is_sure && surely, end_earliest.of(row) < from)
        }),
        DateRelation::After => bounded(dates, question, |row| {
            let surely = start_earliest.of(row) > sure_to;
            (is_sure && surely, start_latest.of(row) > to)
        }),
    }
}

/// Answers from the bounds, corrected for dates that are uncertain, missing, or one of several.
fn bounded(
    dates: &DateColumn,
    question: &DateQuestion,
    answer: impl Fn(usize) -> (bool, bool),
) -> Matches {
    let nature = dates.bounds().nature();
    let says_it_all = |it| matches!(it, DateNature::Plain | DateNature::ClockTime);
    Matches::of_words(nature.len(), |first, count| {
        let (mut sure, mut possible) = (0, 0);
        for bit in 0..count {
            let (is_sure, is_possible) = answer(first + bit);
            sure |= u64::from(is_sure) << bit;
            possible |= u64::from(is_sure | is_possible) << bit;
        }
        // Nearly every word needs no correction.
        let natures = || (first..first + count).filter_map(|row| nature.get(row));
        let is_plain = match nature.alike() {
            Some(nature) => says_it_all(nature),
            None => natures().all(says_it_all),
        };
        if is_plain {
            return (sure, possible);
        }
        let rows_of = |wanted: DateNature| {
            let bits = natures().enumerate();
            bits.fold(0, |word, (bit, it)| word | u64::from(it == wanted) << bit)
        };
        let undated = rows_of(DateNature::Undated);
        sure &= !(undated | rows_of(DateNature::Uncertain));
        possible |= undated;
        for bit in ones(rows_of(DateNature::Several)) {
            let row = first + bit;
            let truth = question.ask(dates.several(row), id(row));
            sure = sure & !(1 << bit) | u64::from(truth.is_sure()) << bit;
            possible = possible & !(1 << bit) | u64::from(truth.is_possible()) << bit;
        }
        (sure, possible)
    })
}

/// Compares each date with a date that is one of several, or a time that the clock of a log showed.
fn asked(dates: &DateColumn, question: &DateQuestion, clock: Option<&ClockOf<'_>>) -> Matches {
    let bounds = dates.bounds();
    let nature = bounds.nature();
    Matches::of(nature.len(), |row| match (nature.get(row), clock) {
        (Some(DateNature::Several), _) => question.ask(dates.several(row), id(row)),
        (Some(DateNature::ClockTime), Some(clock)) if clock.shows(row) => {
            let shown = bounds.get(row).map(Bounds::as_shown);
            clock.question.ask_bounds(shown, id(row))
        }
        _ => question.ask_bounds(bounds.get(row), id(row)),
    })
}

/// The clock of a log of unknown zone, which showed the time of an event. Other times of that clock are compared as if
/// the zone were known.
struct ClockOf<'t> {
    timeline: &'t Timeline,
    file: FileId,
    question: DateQuestion,
}

impl<'t> ClockOf<'t> {
    /// The clock of an event and a question about it; `None` if its zone is known.
    fn of(timeline: &'t Timeline, relation: DateRelation, event: EventId) -> Option<Self> {
        let row = event.0 as usize;
        let nature = timeline.columns().when.bounds().nature();
        let when = timeline.event(event).when();
        let shown = when.filter(|_| nature.get(row) == Some(DateNature::ClockTime))?;
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
