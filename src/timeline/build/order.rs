//! The events that people wrote, in order of time.

use std::collections::BTreeMap;

use super::super::dates::place_in_time;
use super::super::draft::DraftEvent;
use super::super::sequence::Sequence;
use crate::date::{Bounds, Instant};

/// The rows of the events that each came after, in the order of the file, for those that came after any.
pub(super) type After = BTreeMap<usize, Vec<usize>>;

/// Undated events come last; among equals the order of the file holds, since the sort is stable. Returned with them is
/// what `after` settles, in their new numbers.
pub(super) fn in_order(mut events: Vec<DraftEvent>, after: After) -> (Vec<DraftEvent>, Sequence) {
    let sequence = Sequence::new(after, |row| date(&events[row]));
    if !sequence.is_empty() {
        let order = rows_by(&events, &sequence);
        let mut moved: Vec<Option<DraftEvent>> = events.into_iter().map(Some).collect();
        let events = order.iter().filter_map(|&row| moved[row].take()).collect();
        return (events, sequence.renumbered(&order));
    }
    // Most are in order already, and then none of them is moved.
    if !events.is_sorted_by_key(place) {
        events.sort_by_cached_key(place);
    }
    (events, sequence)
}

/// The rows of events in order.
pub(super) fn rows_in_order(events: &[DraftEvent], after: After) -> Vec<usize> {
    rows_by(events, &Sequence::new(after, |row| date(&events[row])))
}

fn rows_by(events: &[DraftEvent], sequence: &Sequence) -> Vec<usize> {
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

/// Where an event is in time.
fn place(event: &DraftEvent) -> (bool, [Instant; 4]) {
    place_in_time(date(event))
}

/// So many events are let go of together.
const PORTION: usize = 1 << 17;

/// The events one by one. The memory of each portion is given back when the next begins.
pub(super) fn in_portions(mut events: Vec<DraftEvent>) -> impl Iterator<Item = DraftEvent> {
    let mut portions = Vec::new();
    while events.len() > PORTION {
        portions.push(events.split_off(events.len() - PORTION));
        events.shrink_to_fit();
    }
    portions.push(events);
    portions.into_iter().rev().flatten()
}
