//! What all rows answer to a question about when they happened.

use super::bitmap::Bitmap;
use super::clock::{Question, Relation};
use super::evaluate::Matches;
use crate::date::{Bounds, Truth, Zone};
use crate::diagnostic::FileId;
use crate::timeline::{DateColumn, EventId, Nature, Timeline};

/// A question about when events happened, from the four bounds alone wherever they say it all.
pub(super) fn happened(timeline: &Timeline, question: &Question) -> Matches {
    let dates = &timeline.columns().when;
    let bounds = dates.bounds();
    let [start_earliest, start_latest] = [bounds.start_earliest(), bounds.start_latest()];
    let [end_earliest, end_latest] = [bounds.end_earliest(), bounds.end_latest()];
    match *question {
        Question::Stated => {
            let nature = bounds.nature();
            Bitmap::of(nature.len(), |row| nature[row] != Nature::Undated).into()
        }
        Question::Beside(relation, other, _) => {
            let clock = other.and_then(|other| ClockOf::of(timeline, relation, other));
            beside(dates, question, clock.as_ref())
        }
        Question::GoingOn(window) => {
            let (from, to) = (window.earliest.micros(), window.latest.micros());
            bounded(dates, question, |row| {
                let surely = start_latest[row] <= to && end_earliest[row] >= from;
                let possibly = start_earliest[row] <= to && end_latest[row] >= from;
                (surely, possibly)
            })
        }
        Question::Within(window) => {
            let (from, to) = (window.earliest.micros(), window.latest.micros());
            bounded(dates, question, |row| {
                let surely = start_earliest[row] >= from && end_latest[row] <= to;
                let possibly = start_latest[row] >= from && end_earliest[row] <= to;
                (surely, possibly)
            })
        }
        Question::Before(instant) => {
            let instant = instant.micros();
            bounded(dates, question, |row| {
                (end_latest[row] < instant, end_earliest[row] < instant)
            })
        }
        Question::After(instant) => {
            let instant = instant.micros();
            bounded(dates, question, |row| {
                (start_earliest[row] > instant, start_latest[row] > instant)
            })
        }
    }
}

/// The answers that the bounds give, corrected where a date is uncertain, missing, or one of several.
fn bounded(
    dates: &DateColumn,
    question: &Question,
    answer: impl Fn(usize) -> (bool, bool),
) -> Matches {
    let nature = dates.bounds().nature();
    Matches::of(nature.len(), |row| {
        let (surely, possibly) = answer(row);
        match nature[row] {
            Nature::Plain | Nature::ClockTime if surely => Truth::Yes,
            Nature::Plain | Nature::ClockTime | Nature::Uncertain => Truth::from(possibly)
                .doubted()
                .max(Truth::from(surely).doubted()),
            Nature::Undated => Truth::Maybe,
            Nature::Several => question.ask(dates.several(row), id(row)),
        }
    })
}

/// How dates lie to that of another event.
fn beside(dates: &DateColumn, question: &Question, clock: Option<&ClockOf<'_>>) -> Matches {
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
    question: Question,
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
            question: Question::Beside(relation, Some(event), Some(shown.in_zone(&Zone::UTC, ""))),
        })
    }

    fn shows(&self, row: usize) -> bool {
        self.timeline.columns().places.file(row) == Some(self.file)
    }
}

pub(super) fn id(row: usize) -> EventId {
    EventId(u32::try_from(row).expect("rows are numbered with 32 bits"))
}
