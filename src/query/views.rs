//! Checks the views of a file: their filters, against the events of the file itself.

use super::filter::Filter;
use crate::diagnostic::{Diagnostic, FILTER_MISTAKE, Fix, UNKNOWN_WORD, nearest};
use crate::timeline::draft::{DraftView, LocatedText};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Timeline};

/// Problems in the views of a timeline.
pub fn check(timeline: &Timeline, views: &[DraftView]) -> Vec<Diagnostic> {
    let filters = views.iter().filter_map(|view| view.filter.as_ref());
    let groups = views.iter().filter_map(|view| view.group.as_ref());
    let sorts = views.iter().filter_map(|view| view.sort.as_ref());
    let mistakes = filters.flat_map(|filter| mistakes(timeline, filter));
    let groupings: Vec<&str> = Grouping::ALL.iter().map(|it| it.as_str()).collect();
    let groups = groups.filter_map(|word| one_of(word, "lanes cannot be grouped by", &groupings));
    let clocks: Vec<&str> = Clock::ALL.iter().map(|clock| clock.as_str()).collect();
    let sorts = sorts.filter_map(|word| one_of(word, "events cannot be sorted by", &clocks));
    mistakes.chain(groups).chain(sorts).collect()
}

/// Every mistake in a filter, at its exact place.
fn mistakes(timeline: &Timeline, filter: &LocatedText) -> Vec<Diagnostic> {
    let Err(errors) = Filter::parse(timeline, &filter.value) else {
        return Vec::new();
    };
    let findings = errors.into_iter().map(|error| {
        let place = filter.part(error.range);
        let finding = Diagnostic::new(&FILTER_MISTAKE, place, error.message).label(
            match error.expected.as_str() {
                "" => String::new(),
                expected => format!("expected {expected}"),
            },
        );
        let is_plain = |word: &String| word.chars().all(|it| it.is_alphanumeric() || it == '-');
        let fix = error
            .meant
            .filter(is_plain)
            .map(|word| Fix::value(place, word));
        let finding = fix.into_iter().fold(finding, Diagnostic::fix);
        match error.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    });
    findings.collect()
}

/// The problem with a word outside a closed list.
fn one_of(word: &LocatedText, refused: &str, known: &[&str]) -> Option<Diagnostic> {
    let written = word.value.as_str();
    if known.contains(&written) {
        return None;
    }
    let quoted: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let finding = Diagnostic::new(&UNKNOWN_WORD, word.place, format!("{refused} `{written}`"))
        .label(format!("expected one of {}", quoted.join(", ")));
    Some(finding.did_you_mean_value(nearest(written, known.iter().copied())))
}
