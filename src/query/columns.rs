//! Questions about one column: each function asks all rows of it at once.

use std::sync::{Mutex, PoisonError};

use super::bitmap::Bitmap;
use super::date_question::DateQuestion;
use super::matches::Matches;
use super::number_set::NumberSet;
use super::phrases::Phrases;
use crate::date::{EventDate, Truth};
use crate::text::is_cut;
use crate::timeline::paged_texts::PageEvents;
use crate::timeline::term::{Aspect, Tlp};
use crate::timeline::{
    Claim, DateNature, EntityId, EventId, ListColumn, PageTexts, RawTest, SparseColumn, TextColumn,
    Timeline, ValueColumn, VisitControl,
};

/// The rows with one of these markings; unmarked rows have the file's.
pub(super) fn marked(timeline: &Timeline, wanted: &[Tlp]) -> Bitmap {
    let of_file = timeline.head().tlp;
    values(&timeline.columns().tlp, |own| {
        own.or(of_file).is_some_and(|tlp| wanted.contains(&tlp))
    })
}

/// The rows with a value that passes a test.
pub(super) fn having_value<T>(
    rows: usize,
    column: &SparseColumn<T>,
    test: impl Fn(&T) -> bool,
) -> Bitmap {
    let mut found = Bitmap::none(rows);
    let passing = column.iter().filter(|(_, value)| test(value));
    passing.for_each(|(row, _)| found.insert(row as usize));
    found
}

/// The rows whose value passes a test.
pub(super) fn values<T: Copy + PartialEq>(
    column: &ValueColumn<T>,
    test: impl Fn(T) -> bool,
) -> Bitmap {
    if let Some(value) = column.alike() {
        return constant(column.len(), test(value));
    }
    let mut all = column.iter();
    Bitmap::of(all.len(), |_| all.next().is_some_and(&test))
}

fn constant(rows: usize, is_so: bool) -> Bitmap {
    if is_so {
        Bitmap::all(rows)
    } else {
        Bitmap::none(rows)
    }
}

pub(super) fn is_filled<T>(list: &[T]) -> bool {
    !list.is_empty()
}

/// The rows whose list passes a test.
pub(super) fn lists<T>(column: &ListColumn<T>, mut test: impl FnMut(&[T]) -> bool) -> Bitmap {
    if let Some(list) = column.alike() {
        return constant(column.len(), test(list));
    }
    let mut all = column.iter();
    Bitmap::of(all.len(), |_| all.next().is_some_and(&mut test))
}

pub(super) fn any_listed<T>(
    column: &ListColumn<T>,
    wanted: &NumberSet,
    number: impl Fn(&T) -> u32,
) -> Bitmap {
    lists(column, |list| {
        list.iter().any(|value| wanted.has(number(value)))
    })
}

/// The rows whose text contains a phrase. The whole arena is searched at once. A match across the end of a row is in
/// neither, so that row is searched again alone.
pub(super) fn saying(column: &TextColumn, phrases: &Phrases) -> Bitmap {
    let (arena, mut ends) = (column.arena(), (0..).zip(column.ends()));
    let mut found = Bitmap::none(column.len());
    let mut at = 0;
    while let Some(hit) = phrases.next_at(arena, at) {
        let Some((row, end)) = ends.find(|&(_, end)| end > hit.start()) else {
            break;
        };
        let is_whole = |text| hit.end() <= end && !is_cut(text, hit.range());
        if arena.get(..end).is_some_and(is_whole) || phrases.are_in(column.get(row)) {
            found.insert(row);
        }
        at = end;
    }
    found
}

/// The rows whose texts stay in files, with a phrase in one of them.
pub(super) fn paged_saying(
    timeline: &Timeline,
    phrases: &Phrases,
    texts: fn(&PageTexts) -> &TextColumn,
    control: &VisitControl,
) -> Bitmap {
    let raw = |bytes: &[u8]| phrases.may_be_in(bytes);
    let raw = phrases.is_tested_raw().then_some(&raw as &RawTest<'_>);
    paged(timeline, raw, control, |page| saying(texts(page), phrases))
}

/// The rows whose texts stay in files, with a phrase in the title, the summary or an attribute.
pub(super) fn paged_saying_anywhere(
    timeline: &Timeline,
    phrases: &Phrases,
    control: &VisitControl,
) -> Bitmap {
    let all = Mutex::new(Bitmap::none(timeline.len()));
    let raw = |bytes: &[u8]| phrases.may_be_in(bytes);
    let test = |text: &str| phrases.are_in(text);
    let found = |events: &mut dyn Iterator<Item = EventId>| {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        for event in events {
            all.insert(event.0 as usize);
        }
    };
    (timeline.columns().paged).find(&raw, &test, &found, control);
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The rows whose texts stay in files, and that are found in their pages.
pub(super) fn paged(
    timeline: &Timeline,
    raw: Option<&RawTest<'_>>,
    control: &VisitControl,
    find: impl Fn(&PageTexts) -> Bitmap + Sync,
) -> Bitmap {
    let all = Mutex::new(Bitmap::none(timeline.len()));
    let visit = |events: &PageEvents<'_>, page: &PageTexts| {
        let found = find(page);
        let found: Vec<EventId> = found.iter().filter_map(|row| events.get(row)).collect();
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        for event in found {
            all.insert(event.0 as usize);
        }
    };
    timeline.columns().paged.visit(raw, &visit, control);
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The rows whose log attributes contain a phrase.
pub(super) fn noting(timeline: &Timeline, phrases: &Phrases) -> Bitmap {
    let attributes = &timeline.columns().attributes;
    let found = saying(attributes.values(), phrases);
    if found.is_empty() {
        return Bitmap::none(timeline.len());
    }
    noted(timeline, |value| found.contains(value as usize))
}

/// The rows with one of these attribute values, by number.
pub(super) fn noted(timeline: &Timeline, is_wanted: impl Fn(u32) -> bool) -> Bitmap {
    let mut rows = timeline.columns().attributes.rows();
    Bitmap::of(timeline.len(), |_| {
        rows.next().is_some_and(|row| {
            row.iter()
                .any(|value| u32::try_from(value).is_ok_and(&is_wanted))
        })
    })
}

/// The best answer among the claims of each event.
pub(super) fn claimed(timeline: &Timeline, ask: impl Fn(usize, &Claim) -> Truth) -> Matches {
    let rows = timeline.len();
    let mut matches = Matches::nothing(rows);
    for (at, (_, claim)) in timeline.claims().enumerate() {
        matches.insert(claim.event.0 as usize, ask(at, claim));
    }
    matches
}

/// The rows with one of these entities in a party aspect.
pub(super) fn naming(timeline: &Timeline, part: Aspect, wanted: &NumberSet) -> Bitmap {
    in_part(timeline, part, |column| {
        any_listed(column, wanted, |entity| entity.0)
    })
}

/// The rows with any entity in a party aspect.
pub(super) fn naming_any(timeline: &Timeline, part: Aspect) -> Bitmap {
    in_part(timeline, part, |column| lists(column, is_filled))
}

fn in_part(
    timeline: &Timeline,
    part: Aspect,
    ask: impl Fn(&ListColumn<EntityId>) -> Bitmap,
) -> Bitmap {
    let column = timeline.columns().parties(part);
    column.map_or_else(|| Bitmap::none(timeline.len()), ask)
}

/// The dated rows.
pub(super) fn is_dated(timeline: &Timeline) -> Bitmap {
    let nature = timeline.columns().when.bounds().nature();
    Bitmap::of(timeline.len(), |row| {
        nature.get(row) != Some(DateNature::Undated)
    })
}

/// The rows with a text.
pub(super) fn worded(texts: &TextColumn) -> Bitmap {
    let (mut start, mut ends) = (0, texts.ends());
    Bitmap::of(texts.len(), |_| {
        let end = ends.next().unwrap_or(start);
        std::mem::replace(&mut start, end) < end
    })
}

/// Answers for dates that events need not have: undated events do not match.
pub(super) fn if_dated(
    rows: usize,
    dates: &SparseColumn<EventDate>,
    question: &DateQuestion,
) -> Matches {
    let mut matches = Matches::nothing(rows);
    for (row, date) in dates.iter() {
        let truth = question.ask(Some(date), EventId(row));
        matches.insert(row as usize, truth);
    }
    matches
}
