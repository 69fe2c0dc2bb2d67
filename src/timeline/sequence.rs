//! The order of events that dates leave open and `after` settles.
//!
//! Events are sorted by date. An event that came after another moves down as far as it must, but never past an event
//! that surely began later: if `after` and the dates contradict each other, the dates decide, and the order stays
//! total. `after` is ignored if it refers to the event itself or contradicts the dates.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::column::SparseColumn;
use super::dates::place_in_time;
use crate::date::{Bounds, Instant};

/// The events before and after one, according to `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventNeighbours<T> {
    pub after: Vec<T>,
    pub before: Vec<T>,
}

/// The neighbours of all events that have any, from pairs of a later and an earlier event.
pub(super) fn neighbours<T: Copy + Default + Ord>(
    edges: impl Iterator<Item = (T, T)>,
    row: impl Fn(T) -> u32,
) -> SparseColumn<EventNeighbours<T>> {
    let mut edges: Vec<(T, T)> = edges.collect();
    // The successors of an event are in order; its predecessors keep the order of the file.
    edges.sort_by_key(|&(event, _)| event);
    let mut of_each: BTreeMap<T, EventNeighbours<T>> = BTreeMap::new();
    for (event, earlier) in edges {
        of_each.entry(event).or_default().after.push(earlier);
        of_each.entry(earlier).or_default().before.push(event);
    }
    let mut column = SparseColumn::default();
    for (event, neighbours) in of_each {
        column.push(row(event), neighbours);
    }
    column
}

/// Which events came after which, by number.
#[derive(Debug, Default)]
pub(super) struct EventSequence {
    /// The predecessors of each event, in the order of the file.
    after: BTreeMap<usize, Vec<usize>>,
    /// The predecessors of each event; for a dated event, those of its undated predecessors in their place.
    waits_for: HashMap<usize, Vec<usize>>,
    /// The possible beginnings of dated events, by their dates and those of their predecessors.
    begins: HashMap<usize, Instant>,
}

impl EventSequence {
    /// From the events whose `after` says more than their dates.
    pub fn new(
        mut after: BTreeMap<usize, Vec<usize>>,
        date: impl Fn(usize) -> Option<Bounds>,
    ) -> Self {
        for (&event, earlier) in &mut after {
            earlier.retain(|&other| other != event && !contradicts(date(event), date(other)));
        }
        let sorted = without_circles(&mut after);
        after.retain(|_, earlier| !earlier.is_empty());
        let mut sequence = Self {
            after,
            ..Self::default()
        };
        for &event in &sorted {
            let mut waits_for = Vec::new();
            for &earlier in sequence.after(event) {
                if date(event).is_some() && date(earlier).is_none() {
                    let before_it = sequence.waits_for.get(&earlier).into_iter().flatten();
                    waits_for.extend(before_it.filter(|&&it| date(it).is_some()));
                } else {
                    waits_for.push(earlier);
                }
            }
            sequence.waits_for.insert(event, waits_for);
        }
        sequence.find_begins(&sorted, date);
        sequence
    }

    fn find_begins(&mut self, sorted: &[usize], date: impl Fn(usize) -> Option<Bounds>) {
        // An event began no later than its successors.
        let mut latest: HashMap<usize, Instant> = HashMap::new();
        for &event in sorted.iter().rev() {
            let known = latest.get(&event).copied().unwrap_or(Instant::FUTURE);
            let own = firm(date(event)).map_or(Instant::FUTURE, |it| it.start.latest);
            let known = known.min(own);
            latest.insert(event, known);
            for &earlier in self.after(event) {
                let of_earlier = latest.entry(earlier).or_insert(Instant::FUTURE);
                *of_earlier = known.min(*of_earlier);
            }
        }
        for &event in sorted {
            let Some(own) = date(event) else { continue };
            let [first, ..] = own.order_key();
            // An uncertain date gives way to the order that is stated.
            let is_known = own.start.earliest.is_bounded() && !own.uncertain;
            let own_first = if is_known {
                first
            } else {
                first.min(latest[&event])
            };
            let waits_for = self.waits_for.get(&event).into_iter().flatten();
            let earlier = waits_for
                .filter_map(|it| self.begins.get(it).copied())
                .max();
            let limit = firm(date(event)).map_or(Instant::FUTURE, |it| it.start.latest);
            let begins = earlier.map_or(own_first, |earlier| own_first.max(earlier.min(limit)));
            self.begins.insert(event, begins);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.after.is_empty()
    }

    /// Pairs of a later and an earlier event, numbered by an order of all events.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize)> {
        let each = self.after.iter();
        each.flat_map(|(&event, earlier)| earlier.iter().map(move |&earlier| (event, earlier)))
    }

    fn after(&self, event: usize) -> &[usize] {
        self.after.get(&event).map_or(&[], Vec::as_slice)
    }

    /// The sort key of an event with a date.
    pub fn place(&self, event: usize, date: Option<Bounds>) -> (bool, [Instant; 4]) {
        let (is_undated, mut key) = place_in_time(date);
        if let Some(&begins) = self.begins.get(&event) {
            key[0] = begins;
        }
        (is_undated, key)
    }

    /// Puts each event behind its predecessors, among events that can have begun at the same time. `sorted` is sorted
    /// by [`Self::place`].
    pub fn settle(&self, sorted: &mut Vec<usize>) {
        let mut settled = Vec::with_capacity(sorted.len());
        let mut done: HashSet<usize> = HashSet::new();
        let mut waiting: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut next = Vec::new();
        for &event in sorted.iter() {
            next.push(event);
            while let Some(event) = next.pop() {
                let waits_for = self.waits_for.get(&event);
                let is_ahead = |it: &&usize| {
                    !done.contains(it) && self.begins.get(it) == self.begins.get(&event)
                };
                if let Some(ahead) = waits_for.into_iter().flatten().find(is_ahead) {
                    waiting.entry(*ahead).or_default().push(event);
                    continue;
                }
                settled.push(event);
                if waits_for.is_some() {
                    done.insert(event);
                    let freed = waiting.remove(&event).unwrap_or_default();
                    next.extend(freed.into_iter().rev());
                }
            }
        }
        *sorted = settled;
    }

    /// Renumbered by an order of all events.
    pub fn renumbered(self, order: &[usize]) -> Self {
        let mut places = vec![0; order.len()];
        for (place, &event) in order.iter().enumerate() {
            places[event] = place;
        }
        let all = |events: Vec<usize>| events.into_iter().map(|it| places[it]).collect();
        let after = self.after.into_iter();
        let waits_for = self.waits_for.into_iter();
        let begins = self.begins.into_iter();
        Self {
            after: after
                .map(|(it, events)| (places[it], all(events)))
                .collect(),
            waits_for: waits_for
                .map(|(it, events)| (places[it], all(events)))
                .collect(),
            begins: begins.map(|(it, begins)| (places[it], begins)).collect(),
        }
    }
}

/// Bounds of a date that its source is sure of.
fn firm(date: Option<Bounds>) -> Option<Bounds> {
    date.filter(|date| !date.uncertain)
}

/// Whether an event surely began before its predecessor.
pub(super) fn contradicts(event: Option<Bounds>, earlier: Option<Bounds>) -> bool {
    let dates = firm(event).zip(firm(earlier));
    dates.is_some_and(|(event, earlier)| event.start.latest < earlier.start.earliest)
}

/// Sorts events behind their predecessors, and drops what closes a circle.
///
/// Depth first, without recursion: a file may be long.
fn without_circles(after: &mut BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let (mut sorted, mut is_done) = (Vec::new(), HashMap::new());
    let starts: Vec<usize> = after.keys().copied().collect();
    for start in starts {
        if is_done.contains_key(&start) {
            continue;
        }
        is_done.insert(start, false);
        let mut path = vec![(start, 0)];
        while let Some((event, next)) = path.last_mut() {
            let earlier = after.get_mut(event);
            let Some((earlier, other)) =
                earlier.and_then(|it| it.get(*next).copied().map(|other| (it, other)))
            else {
                is_done.insert(*event, true);
                sorted.push(*event);
                path.pop();
                continue;
            };
            match is_done.get(&other) {
                Some(false) => {
                    earlier.remove(*next);
                }
                Some(true) => *next += 1,
                None => {
                    *next += 1;
                    is_done.insert(other, false);
                    path.push((other, 0));
                }
            }
        }
    }
    sorted
}
