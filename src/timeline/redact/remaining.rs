//! Which events, claims and parties are left, and whom and what they name: the ground of every decision on the rest.

use std::collections::BTreeSet;

use super::super::data::Timeline;
use super::super::entity::EntityId;
use super::super::event::Event;
use super::super::link::EventId;
use super::super::source::{Claim, ClaimId, ClaimValue, SourceId};
use super::super::term::Aspect;

/// What is left of the events and of what is claimed about them.
pub(super) struct Left {
    /// A row for each event.
    pub events: Vec<bool>,
    /// A row for each claim.
    pub claims: Vec<bool>,
    /// Parties that go from events that are left.
    pub lost: BTreeSet<(EventId, Aspect, EntityId)>,
    /// The events that are left in their order, where it is not that of the whole.
    pub order: Option<Vec<EventId>>,
    /// Which came after which, as far as the file says so.
    pub after: Vec<(EventId, EventId)>,
}

/// What is named by something left, and what by something withheld.
pub(super) struct Named {
    pub by_shown: Vec<bool>,
    pub by_withheld: Vec<bool>,
}

impl Named {
    fn nothing(count: usize) -> Self {
        Self {
            by_shown: vec![false; count],
            by_withheld: vec![false; count],
        }
    }

    fn name(&mut self, number: u32, is_shown: bool) {
        let names = if is_shown {
            &mut self.by_shown
        } else {
            &mut self.by_withheld
        };
        names[number as usize] = true;
    }
}

impl Left {
    pub fn has_event(&self, id: EventId) -> bool {
        self.events[id.0 as usize]
    }

    /// The events that are left, in their order.
    pub fn kept<'t>(&self, whole: &'t Timeline) -> impl Iterator<Item = Event<'t>> {
        let as_before = self.order.is_none().then(|| whole.events());
        let as_before = as_before.into_iter().flatten();
        let sorted = self.order.iter().flatten().map(|&id| whole.event(id));
        as_before
            .filter(|event| self.has_event(event.id()))
            .chain(sorted)
    }

    pub fn has_claim(&self, id: ClaimId) -> bool {
        self.claims[id.0 as usize]
    }

    /// The parties of an event that stay.
    pub fn parties(&self, event: Event<'_>, part: Aspect) -> impl Iterator<Item = EntityId> {
        let stays = move |id: &EntityId| !self.lost.contains(&(event.id(), part, *id));
        event.parties(part).iter().copied().filter(stays)
    }

    /// Which entities are named, and by what.
    pub fn entities(&self, timeline: &Timeline) -> Named {
        let mut named = Named::nothing(timeline.entities.len());
        for event in timeline.events() {
            let is_left = self.has_event(event.id());
            for (part, id) in event.all_parties() {
                let stays = is_left && !self.lost.contains(&(event.id(), part, id));
                named.name(id.0, stays);
            }
        }
        for (id, claim) in timeline.claims() {
            for entity in entities_of(claim) {
                named.name(entity.0, self.has_claim(id));
            }
        }
        named
    }

    /// Which sources are left of those that may be, and what names them.
    ///
    /// One that only withheld things name goes with them; one that nothing names stays.
    pub fn sources(&self, timeline: &Timeline, allowed: &[bool]) -> (Vec<bool>, Named) {
        let mut named = Named::nothing(timeline.sources.len());
        for event in timeline.events() {
            for id in event.listed() {
                named.name(id.0, self.has_event(event.id()));
            }
        }
        for (id, claim) in timeline.claims() {
            if let Some(source) = claim.source {
                named.name(source.0, self.has_claim(id));
            }
        }
        let mut withheld = named.by_withheld.clone();
        for (_, source) in timeline.sources().filter(|(id, _)| !allowed[id.0 as usize]) {
            withheld_origins(&source.derives_from, &mut withheld);
        }
        follow(timeline, &mut withheld, |_| true);
        let mut left: Vec<bool> = (0..allowed.len())
            .map(|at| allowed[at] && (named.by_shown[at] || !withheld[at]))
            .collect();
        follow(timeline, &mut left, |id| allowed[id.0 as usize]);
        left.iter_mut()
            .zip(allowed)
            .for_each(|(left, allowed)| *left &= allowed);
        for (id, source) in timeline.sources() {
            for origin in &source.derives_from {
                named.name(origin.0, left[id.0 as usize]);
            }
        }
        (left, named)
    }
}

/// Who speaks, and whom the claim names.
fn entities_of(claim: &Claim) -> impl Iterator<Item = EntityId> {
    let value = match &claim.value {
        Some(ClaimValue::Entity(id)) => Some(*id),
        _ => None,
    };
    claim.by.into_iter().chain(value)
}

fn withheld_origins(origins: &[SourceId], reached: &mut [bool]) {
    for origin in origins {
        reached[origin.0 as usize] = true;
    }
}

/// Adds what sources repeat to what is reached, through every source that may be passed.
fn follow(timeline: &Timeline, reached: &mut [bool], passes: impl Fn(SourceId) -> bool) {
    let mut waiting: Vec<SourceId> = timeline
        .sources()
        .map(|(id, _)| id)
        .filter(|id| reached[id.0 as usize] && passes(*id))
        .collect();
    while let Some(id) = waiting.pop() {
        for &origin in &timeline.source(id).derives_from {
            let is_new = !std::mem::replace(&mut reached[origin.0 as usize], true);
            if is_new && passes(origin) {
                waiting.push(origin);
            }
        }
    }
}
