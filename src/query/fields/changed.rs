//! What differs from the version that a timeline is compared with. The comparison is made elsewhere: the timeline carries
//! what came of it.

use super::super::bitmap::Bitmap;
use super::super::error::QueryError;
use super::super::field::{FilterField, TermBinder};
use super::super::predicate::Predicate;
use super::super::value::{FilterValue, ValueForm};
use super::super::value_counts::{ValueCounter, ValueTally};
use crate::diagnostic::nearest;
use crate::timeline::{Timeline, TimelineChanges};

/// A timeline that is compared with nothing has no answer, not even `no`.
pub(super) fn bind(term: &mut TermBinder<'_>) -> Predicate {
    let (field, changes) = (term.field, term.timeline.changes());
    term.each(|value| {
        let changes = changes.ok_or_else(|| not_compared(value))?;
        let word = if value.form == ValueForm::Any {
            TimelineChanges::ANY
        } else {
            known(field, changes, value)?
        };
        Ok(Predicate::known(move |timeline| having(timeline, word)))
    })
}

fn not_compared(value: &FilterValue) -> QueryError {
    let message = "this timeline is not compared with an earlier version";
    let help = "`--since HEAD` compares it with the last commit, and `baseline` does in the viewer";
    QueryError::new(value.range.clone(), message).help(help)
}

fn known(
    field: &FilterField,
    changes: &TimelineChanges,
    value: &FilterValue,
) -> Result<&'static str, QueryError> {
    let words = changes.vocabulary().iter().copied();
    // The guide writes a space where a filter has a hyphen.
    let written = value.text.replace(' ', "-");
    let mut found = words.clone();
    let found = found.find(|word| word.eq_ignore_ascii_case(&written));
    found.ok_or_else(|| {
        let message = format!("`{}` is not a value of `{}`", value.text, field.name);
        let error = QueryError::new(value.range.clone(), message).expected(field.wants());
        error.did_you_mean(nearest(&value.text, words))
    })
}

fn having(timeline: &Timeline, word: &str) -> Bitmap {
    let mut rows = Bitmap::none(timeline.len());
    let changed = timeline.changes().into_iter();
    for (event, item) in changed.flat_map(TimelineChanges::events) {
        if word == TimelineChanges::NONE || item.words.contains(&word) {
            rows.insert(event.0 as usize);
        }
    }
    if word == TimelineChanges::NONE {
        rows.complement()
    } else {
        rows
    }
}

/// The values: none where nothing is compared.
pub(super) fn words<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    let words = timeline
        .changes()
        .map_or(&[][..], TimelineChanges::vocabulary);
    words.iter().map(|word| ValueTally::word(word)).collect()
}

pub(super) fn count(timeline: &Timeline, count: &mut ValueCounter<'_>) {
    let Some(changes) = timeline.changes() else {
        return;
    };
    let number = |word: &&str| changes.vocabulary().iter().position(|known| known == word);
    let among = count.among();
    let (mut shown, mut surely) = (0, 0);
    for (event, item) in changes.events() {
        let row = event.0 as usize;
        if !among.possibly().contains(row) {
            continue;
        }
        let is_sure = usize::from(among.surely().contains(row));
        (shown, surely) = (shown + 1, surely + is_sure);
        for value in item.words.iter().filter_map(number) {
            count.add(value, 1, is_sure);
        }
    }
    let all = among.counts();
    if let Some(none) = number(&TimelineChanges::NONE) {
        let rest = all.surely + all.possibly - shown;
        count.add(none, rest, all.surely - surely);
    }
}
