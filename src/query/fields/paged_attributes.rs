//! Attributes that stay in the files of logs: names with many values, whose pages are read when a filter asks for them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::bitmap::Bitmap;
use super::super::columns::paged;
use super::super::matches::Matches;
use super::super::phrases::PlainRuns;
use super::super::value_counts::ValueCounter;
use crate::timeline::paged_texts::PageEvents;
use crate::timeline::{EventId, PageTexts, RawTest, TermId, Timeline, VisitControl};

/// Whether attributes under some names stay in files.
pub(super) fn has_any(timeline: &Timeline, fits: impl Fn(&str) -> bool) -> bool {
    let paged = &timeline.columns().paged;
    let mut names = timeline.attribute_names().iter();
    !paged.is_empty() && names.any(|(id, name)| paged.has_many(id) && fits(name))
}

/// The events with an attribute in a file that passes a test. Its value has one of the runs, if they are known.
pub(super) fn having(
    timeline: &Timeline,
    runs: Option<&PlainRuns>,
    control: &VisitControl,
    test: impl Fn(&str, &str) -> bool + Sync,
) -> Bitmap {
    let raw = |bytes: &[u8]| runs.is_none_or(|runs| runs.may_be_in(bytes));
    let raw = runs.is_some().then_some(&raw as &RawTest<'_>);
    paged(timeline, raw, control, |page| {
        let fits = passing(page, &test);
        let mut rows = page.attributes.rows();
        Bitmap::of(page.len(), |_| {
            let row = rows.next();
            row.is_some_and(|row| row.iter().any(|value| fits[value]))
        })
    })
}

/// Whether each value of a page passes a test.
fn passing(page: &PageTexts, test: &(impl Fn(&str, &str) -> bool + Sync)) -> Vec<bool> {
    let kept = page.attributes.kept();
    kept.map(|(name, value)| test(page.names.word(name), value))
        .collect()
}

/// The values of some names in files that pass a test, in the order of the first events that have them.
pub(super) fn values(
    timeline: &Timeline,
    test: impl Fn(&str, &str) -> bool + Sync,
) -> Vec<(TermId, String)> {
    let found: Mutex<HashMap<(TermId, String), EventId>> = Mutex::default();
    let columns = timeline.columns();
    let visit = |events: &PageEvents<'_>, page: &PageTexts| {
        let fits = passing(page, &test);
        if !fits.contains(&true) {
            return;
        }
        let kept: Vec<_> = page.attributes.kept().collect();
        let mut found = lock(&found);
        for (at, row) in page.attributes.rows().enumerate() {
            let Some(event) = events.get(at) else {
                continue;
            };
            for value in row.iter().filter(|&value| fits[value]) {
                let (name, value) = kept[value];
                let name = timeline.attribute_names().find(page.names.word(name));
                if let Some(name) = name.filter(|&name| columns.paged.has_many(name)) {
                    let first = found.entry((name, value.to_owned())).or_insert(event);
                    *first = event.min(*first);
                }
            }
        }
    };
    columns.paged.visit(None, &visit, &VisitControl::default());
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable_by(|(one, first), (other, second)| (first, one).cmp(&(second, other)));
    found.into_iter().map(|(value, _)| value).collect()
}

/// Counts the values in files by number: each once for an event, and not if it is counted in memory. A name may have few
/// values in one log and many in another.
pub(super) fn count(
    timeline: &Timeline,
    counter: &mut ValueCounter<'_>,
    number: impl Fn(&str, &str) -> Option<u32> + Sync,
    is_in_memory: impl Fn(usize, u32) -> bool + Sync,
) {
    let among: &Matches = counter.among();
    let counts: Mutex<BTreeMap<u32, (usize, usize)>> = Mutex::default();
    let visit = |events: &PageEvents<'_>, page: &PageTexts| {
        let kept = page.attributes.kept();
        let numbers: Vec<Option<u32>> = kept
            .map(|(name, value)| number(page.names.word(name), value))
            .collect();
        let mut of_page: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (at, row) in page.attributes.rows().enumerate() {
            let event = events.get(at).map(|event| event.0 as usize);
            let Some(event) = event.filter(|&it| among.possibly().contains(it)) else {
                continue;
            };
            let mut of_row: Vec<u32> = row.iter().filter_map(|it| numbers[it]).collect();
            of_row.sort_unstable();
            of_row.dedup();
            of_row.retain(|&value| !is_in_memory(event, value));
            for value in of_row {
                let (shown, surely) = of_page.entry(value).or_default();
                *shown += 1;
                *surely += usize::from(among.surely().contains(event));
            }
        }
        let mut counts = lock(&counts);
        for (value, (shown, surely)) in of_page {
            let all = counts.entry(value).or_default();
            *all = (all.0 + shown, all.1 + surely);
        }
    };
    let paged = &timeline.columns().paged;
    paged.visit(None, &visit, &VisitControl::default());
    let counts = counts.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (value, (shown, surely)) in counts {
        counter.add(value as usize, shown, surely);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
