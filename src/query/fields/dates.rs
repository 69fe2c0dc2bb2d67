//! Fields of dates.

use super::super::columns::if_dated;
use super::super::date_answers;
use super::super::date_question::{DateAsk, DateQuestion, question};
use super::super::field::TermBinder;
use super::super::matches::Matches;
use super::super::predicate::Predicate;
use crate::date::EventDate;
use crate::timeline::{EventColumns, SparseColumn, Timeline};

/// A question about when events happened.
pub(super) fn happened(term: &mut TermBinder<'_>, asks: DateAsk) -> Predicate {
    asking(term, asks, date_answers::happened)
}

/// A question about a date that an event need not have.
pub(super) fn stated(
    term: &mut TermBinder<'_>,
    dates: fn(&EventColumns) -> &SparseColumn<EventDate>,
) -> Predicate {
    compared(term, move |timeline, question| {
        if_dated(timeline.len(), dates(timeline.columns()), question)
    })
}

/// A question with the operator of a term.
pub(super) fn compared(
    term: &mut TermBinder<'_>,
    answer: impl Fn(&Timeline, &DateQuestion) -> Matches + Copy + Send + Sync + 'static,
) -> Predicate {
    asking(term, DateAsk::of(term.operator), answer)
}

fn asking(
    term: &mut TermBinder<'_>,
    asks: DateAsk,
    answer: impl Fn(&Timeline, &DateQuestion) -> Matches + Copy + Send + Sync + 'static,
) -> Predicate {
    let (timeline, field) = (term.timeline, term.field);
    term.each(|value| {
        let asked = question(timeline, field.name, asks, value)?;
        Ok(Predicate::ask(move |timeline| answer(timeline, &asked)))
    })
}
