//! Fields of text: words anywhere in it.

use super::super::columns::{claimed, paged_saying, saying};
use super::super::error::QueryError;
use super::super::field::TermBinder;
use super::super::phrases::{Phrases, phrase};
use super::super::predicate::Predicate;
use super::super::search;
use super::super::value::{FilterValue, ValueForm};
use crate::date::Truth;
use crate::timeline::{EventColumns, PageTexts, TextColumn, Timeline};

/// Words in any text or name of an event.
pub(in crate::query) fn anywhere(
    timeline: &Timeline,
    values: &[FilterValue],
    errors: &mut Vec<QueryError>,
) -> Predicate {
    phrases(values, errors).map_or_else(Predicate::nothing, |phrases| {
        search::anywhere(timeline, &phrases)
    })
}

/// Words in one text of an event.
pub(super) fn says(
    term: &mut TermBinder<'_>,
    text: fn(&EventColumns) -> &TextColumn,
    paged: fn(&PageTexts) -> &TextColumn,
) -> Predicate {
    let Some(phrases) = phrases(term.values, term.errors) else {
        return Predicate::nothing();
    };
    let mut parts = Vec::new();
    if !term.timeline.columns().paged.is_empty() {
        let phrases = phrases.clone();
        parts.push(Predicate::known_in_files(move |timeline, control| {
            paged_saying(timeline, &phrases, paged, control)
        }));
    }
    parts.push(Predicate::known(move |timeline| {
        saying(text(timeline.columns()), &phrases)
    }));
    Predicate::any(parts)
}

/// Words in a speaker's exact words.
pub(super) fn exact_words(term: &mut TermBinder<'_>) -> Predicate {
    phrases(term.values, term.errors).map_or_else(Predicate::nothing, |phrases| {
        Predicate::ask(move |timeline| {
            claimed(timeline, |_, claim| {
                let words = claim.words.as_deref();
                Truth::from(words.is_some_and(|words| phrases.are_in(words)))
            })
        })
    })
}

/// Any of several words or phrases, in any letter case and with any white space between words.
pub(super) fn phrases(values: &[FilterValue], errors: &mut Vec<QueryError>) -> Option<Phrases> {
    let is_blank =
        |value: &&FilterValue| value.form != ValueForm::Any && value.text.trim().is_empty();
    if let Some(value) = values.iter().find(is_blank) {
        errors.push(QueryError::blank(value.range.clone()));
        return None;
    }
    let pattern = |value: &FilterValue| {
        if value.form == ValueForm::Any {
            "(?s:.)".to_owned()
        } else {
            phrase(&value.text)
        }
    };
    let built = Phrases::of(values.iter().map(pattern).collect());
    if built.is_none() {
        let range = values.first()?.range.start..values.last()?.range.end;
        errors.push(QueryError::new(range, "this text is too long to look for"));
    }
    built
}
