//! The events that people wrote, in order of time.

use super::super::dates::place_in_time;
use super::super::draft::DraftEvent;
use crate::date::Instant;

/// Undated events come last; among equals the order of the file holds, since the sort is stable.
pub(super) fn in_order(mut events: Vec<DraftEvent>) -> Vec<DraftEvent> {
    // Most are in order already, and then none of them is moved.
    if !events.is_sorted_by_key(place) {
        events.sort_by_cached_key(place);
    }
    events
}

/// Where an event stands in time.
pub(super) fn place(event: &DraftEvent) -> (bool, [Instant; 4]) {
    let when = event.when.as_ref();
    place_in_time(when.map(|when| when.value.bounds()))
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
