//! The part of the axis that a question about a date is about, for a program that cannot ask the question itself.

use super::date_question::{DateAsk, DateQuestion, question};
use super::syntax::FilterTerm;
use super::value::FilterValue;
use crate::date::{Instant, Span};
use crate::timeline::Timeline;

/// The span that every date touches which possibly matches a value of a date field. A date that lies wholly inside, away
/// from its ends, surely matches. `None` if the answer depends on the date of an event, or is not about a time.
pub fn touched_span(term: &FilterTerm, value: &FilterValue) -> Option<Span> {
    let field = term.field?;
    let asks = match field.name {
        "within" => DateAsk::Within,
        "before" => DateAsk::Before,
        "after" => DateAsk::After,
        _ => DateAsk::of(term.operator),
    };
    match question(&Timeline::default(), field.name, asks, value).ok()? {
        DateQuestion::GoingOn(window) | DateQuestion::Within(window) => Some(window),
        DateQuestion::Before(instant) => Some(Span::new(Instant::PAST, instant)),
        DateQuestion::After(instant) => Some(Span::new(instant, Instant::FUTURE)),
        DateQuestion::Stated | DateQuestion::Beside(..) => None,
    }
}
