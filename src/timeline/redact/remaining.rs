//! The remaining events, claims and parties, and what they name: the basis of all other decisions.

use std::collections::BTreeSet;

use super::super::data::Timeline;
use super::super::entity::EntityId;
use super::super::event::Event;
use super::super::link::EventId;
use super::super::source::{Claim, ClaimId, ClaimValue, SourceId};
use super::super::term::Aspect;

/// The remaining events, claims and parties.
pub(super) struct RemainingRows {
    /// One for each event.
    pub events: Vec<bool>,
    /// One for each claim.
    pub claims: Vec<bool>,
    /// Parties that are removed from remaining events.
    pub lost: BTreeSet<(EventId, Aspect, EntityId)>,
    /// The remaining events in order, if it differs from the whole.
    pub order: Option<Vec<EventId>>,
    /// Pairs of a later and an earlier event.
    pub after: Vec<(EventId, EventId)>,
}

/// What remaining records name, and what redacted ones name.
pub(super) struct NamedBy {
    pub by_shown: Vec<bool>,
    pub by_redacted: Vec<bool>,
}

impl NamedBy {
    fn nothing(count: usize) -> Self {
        Self {
            by_shown: vec![false; count],
            by_redacted: vec![false; count],
        }
    }

    fn name(&mut self, number: u32, is_shown: bool) {
        let names = if is_shown {
            &mut self.by_shown
        } else {
            &mut self.by_redacted
        };
        names[number as usize] = true;
    }
}

impl RemainingRows {
    pub fn has_event(&self, id: EventId) -> bool {
        self.events[id.0 as usize]
    }

    /// The remaining events, in order.
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
    pub fn entities(&self, timeline: &Timeline) -> NamedBy {
        let mut named = NamedBy::nothing(timeline.entities.len());
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

    /// Which of the allowed sources are left, and what names them.
    ///
    /// A source that only redacted items name is removed; a source that nothing names stays.
    pub fn sources(&self, timeline: &Timeline, allowed: &[bool]) -> (Vec<bool>, NamedBy) {
        let mut named = NamedBy::nothing(timeline.sources.len());
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
        let mut reached = named.by_redacted.clone();
        for (_, source) in timeline.sources().filter(|(id, _)| !allowed[id.0 as usize]) {
            origins_reached(&source.derives_from, &mut reached);
        }
        follow(timeline, &mut reached, |_| true);
        let mut left: Vec<bool> = (0..allowed.len())
            .map(|at| allowed[at] && (named.by_shown[at] || !reached[at]))
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

/// The speaker, and the entity that the claim names.
fn entities_of(claim: &Claim) -> impl Iterator<Item = EntityId> {
    let value = match &claim.value {
        Some(ClaimValue::Entity(id)) => Some(*id),
        _ => None,
    };
    claim.by.into_iter().chain(value)
}

fn origins_reached(origins: &[SourceId], reached: &mut [bool]) {
    for origin in origins {
        reached[origin.0 as usize] = true;
    }
}

/// Adds the origins of reached sources, through every source that passes.
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
