//! Whether the views of a file can be used: their filters, against the events of the file itself.

use super::Filter;
use crate::diagnostic::{Diagnostic, FILTER_MISTAKE, UNKNOWN_WORD, nearest};
use crate::timeline::Timeline;
use crate::timeline::draft::{DraftView, Words};
use crate::timeline::term::GROUPINGS;

/// What is wrong with the views of a timeline.
pub fn check(timeline: &Timeline, views: &[DraftView]) -> Vec<Diagnostic> {
    let filters = views.iter().filter_map(|view| view.filter.as_ref());
    let groups = views.iter().filter_map(|view| view.group.as_ref());
    let mistakes = filters.flat_map(|filter| mistakes(timeline, filter));
    mistakes.chain(groups.filter_map(grouping)).collect()
}

/// Every mistake in a filter, under the very letters.
fn mistakes(timeline: &Timeline, filter: &Words) -> Vec<Diagnostic> {
    let Err(errors) = Filter::parse(timeline, &filter.value) else {
        return Vec::new();
    };
    let told = errors.into_iter().map(|error| {
        // A filter that is written with escapes is longer in the file than it is: then all of it is marked.
        let is_plain = filter.place.range().len() == filter.value.len();
        let place = if is_plain {
            filter.place.part(error.range)
        } else {
            filter.place
        };
        let finding = Diagnostic::new(&FILTER_MISTAKE, place, error.message).label(
            match error.expected.as_str() {
                "" => String::new(),
                expected => format!("expected {expected}"),
            },
        );
        match error.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    });
    told.collect()
}

fn grouping(group: &Words) -> Option<Diagnostic> {
    let word = group.value.as_str();
    if GROUPINGS.contains(&word) {
        return None;
    }
    let known = GROUPINGS
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let finding = Diagnostic::new(
        &UNKNOWN_WORD,
        group.place,
        format!("lanes cannot stand for `{word}`"),
    )
    .label(format!("expected one of {known}"));
    Some(finding.did_you_mean(nearest(word, GROUPINGS.iter().copied())))
}
