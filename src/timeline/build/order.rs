//! Written events in order of time.

use std::collections::BTreeMap;

use super::super::dates::place_in_time;
use super::super::draft::DraftEvent;
use super::super::sequence::EventSequence;
use crate::date::{Bounds, Instant};

/// The rows of the predecessors of each event that has any, in the order of the file.
pub(super) type AfterRows = BTreeMap<usize, Vec<usize>>;

/// Sorts events: undated ones last, equal ones in the order of the file, since the sort is stable. Also returns what
/// `after` settles, renumbered.
pub(super) fn in_order(
    mut events: Vec<DraftEvent>,
    after: AfterRows,
) -> (Vec<DraftEvent>, EventSequence) {
    let sequence = EventSequence::new(after, |row| date(&events[row]));
    if !sequence.is_empty() {
        let order = rows_by(&events, &sequence);
        let mut moved: Vec<Option<DraftEvent>> = events.into_iter().map(Some).collect();
        let events = order.iter().filter_map(|&row| moved[row].take()).collect();
        return (events, sequence.renumbered(&order));
    }
    // Most files are sorted already; then nothing is moved.
    if !events.is_sorted_by_key(place) {
        events.sort_by_cached_key(place);
    }
    (events, sequence)
}

/// The rows of events in order.
pub(super) fn rows_in_order(events: &[DraftEvent], after: AfterRows) -> Vec<usize> {
    rows_by(events, &EventSequence::new(after, |row| date(&events[row])))
}

fn rows_by(events: &[DraftEvent], sequence: &EventSequence) -> Vec<usize> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_cached_key(|&row| sequence.place(row, date(&events[row])));
    if !sequence.is_empty() {
        sequence.settle(&mut order);
    }
    order
}

fn date(event: &DraftEvent) -> Option<Bounds> {
    event.when.as_ref().map(|when| when.value.bounds())
}

/// The sort key of an event by time.
fn place(event: &DraftEvent) -> (bool, [Instant; 4]) {
    place_in_time(date(event))
}

/// How many events are freed together.
const PORTION: usize = 1 << 17;

/// The events one by one. The memory of each portion is freed when the next begins.
pub(super) fn in_portions(mut events: Vec<DraftEvent>) -> impl Iterator<Item = DraftEvent> {
    let mut portions = Vec::new();
    while events.len() > PORTION {
        portions.push(events.split_off(events.len() - PORTION));
        events.shrink_to_fit();
    }
    portions.push(events);
    portions.into_iter().rev().flatten()
}
