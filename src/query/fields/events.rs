//! Fields of the event itself: its id, links, marking, and whether it has a date.

use super::super::bitmap::Bitmap;
use super::super::columns::{is_dated, is_filled, lists, marked};
use super::super::error::QueryError;
use super::super::field::TermBinder;
use super::super::predicate::Predicate;
use super::super::value::{FilterValue, ValueForm};
use super::super::value_counts::ValueCounter;
use super::super::value_pattern::ValuePattern;
use super::fixed;
use crate::timeline::Timeline;
use crate::timeline::term::{LinkKind, Tlp};

pub(super) fn id(term: &mut TermBinder<'_>) -> Predicate {
    let timeline = term.timeline;
    term.each(|value| {
        let rows = rows_of(timeline, value)?;
        Ok(Predicate::known(move |_| rows.clone()))
    })
}

/// The kind of link, or the linked event.
pub(super) fn link(term: &mut TermBinder<'_>) -> Predicate {
    let timeline = term.timeline;
    term.each(|value| {
        if value.form == ValueForm::Any {
            return Ok(Predicate::known(|timeline| {
                lists(&timeline.columns().links, is_filled)
            }));
        }
        let kind = LinkKind::parse(&value.text).filter(|_| value.form != ValueForm::Quoted);
        if let Some(kind) = kind {
            return Ok(Predicate::known(move |timeline| {
                lists(&timeline.columns().links, |links| {
                    links.iter().any(|link| link.kind == kind)
                })
            }));
        }
        let rows = rows_of(timeline, value)?;
        Ok(Predicate::known(move |timeline| {
            lists(&timeline.columns().links, |links| {
                links.iter().any(|link| rows.contains(link.to.0 as usize))
            })
        }))
    })
}

pub(super) fn dated(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let dated = Predicate::known(is_dated);
        if chosen == ["no"] {
            Predicate::Not(Box::new(dated))
        } else {
            dated
        }
    })
}

/// The marking; unmarked events have the file's.
pub(super) fn tlp(term: &mut TermBinder<'_>) -> Predicate {
    fixed::choice(term, |chosen| {
        let wanted: Vec<Tlp> = fixed::parsed(chosen, Tlp::parse);
        Predicate::known(move |timeline| marked(timeline, &wanted))
    })
}

pub(super) fn count_markings(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let (markings, of_file) = (&timeline.columns().tlp, timeline.head().tlp);
    count.rows(|row, add| {
        let marking = markings.get(row).flatten().or(of_file);
        add.extend(marking.map(|tlp| tlp as u32));
    });
}

/// The events whose id matches a value.
fn rows_of(timeline: &Timeline, value: &FilterValue) -> Result<Bitmap, QueryError> {
    let pattern = ValuePattern::new(value);
    let mut rows = Bitmap::none(timeline.len());
    let mut key = String::new();
    for event in timeline.events() {
        if pattern.matches(event.key_in(&mut key)) {
            rows.insert(event.id().0 as usize);
        }
    }
    if rows.is_empty() && value.form != ValueForm::Any {
        return Err(QueryError::unknown_event(timeline, value));
    }
    Ok(rows)
}
