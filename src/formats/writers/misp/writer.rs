//! What every part of an event of MISP needs: the timeline, the exported events, and when the export was made.

use std::collections::BTreeSet;

use crate::date::Instant;
use crate::formats::name_uuid::name_uuid;
use crate::timeline::term::Aspect;
use crate::timeline::{EntityId, Event, EventId, SourceId, Timeline};

/// Only the organisation that imports the event sees it, until it decides otherwise.
pub(super) const OWN_ORGANISATION: &str = "0";

pub(super) struct MispWriter<'t> {
    pub timeline: &'t Timeline,
    /// In the order of the timeline.
    pub events: &'t [EventId],
    exported: BTreeSet<EventId>,
    /// The entities that are targets, and nothing else.
    pub only_targets: BTreeSet<EntityId>,
    /// The day of the export.
    pub day: String,
    /// The instant of the export, as analyst data have it: in UTC, without a zone.
    pub created: String,
    /// The same in seconds since 1970, as a text.
    pub timestamp: String,
}

impl<'t> MispWriter<'t> {
    pub fn new(timeline: &'t Timeline, events: &'t [EventId], made: Instant) -> Self {
        let civil = made.civil();
        Self {
            timeline,
            events,
            exported: events.iter().copied().collect(),
            only_targets: only_targets(timeline, events),
            day: civil.format("%Y-%m-%d").to_string(),
            created: civil.format("%Y-%m-%d %H:%M:%S").to_string(),
            timestamp: made.micros().div_euclid(1_000_000).to_string(),
        }
    }

    pub fn has(&self, event: EventId) -> bool {
        self.exported.contains(&event)
    }

    /// The UUID of something of the timeline, by its type in MISP and its key.
    pub fn uuid(&self, kind: &str, key: &str) -> String {
        name_uuid(&["misp", kind, &self.timeline.head().title, key])
    }

    pub fn event_uuid(&self, event: EventId) -> String {
        self.uuid(
            super::templates::EVENT.name,
            &self.timeline.event(event).key(),
        )
    }

    pub fn source_uuid(&self, source: SourceId) -> String {
        let key = &self.timeline.source(source).key;
        self.uuid(super::templates::REPORT.name, key)
    }

    /// The documents of the exported events, and those that they repeat; all if every event is exported.
    pub fn sources(&self) -> BTreeSet<SourceId> {
        if self.events.len() == self.timeline.len() {
            return self.timeline.sources().map(|(id, _)| id).collect();
        }
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let mut left: Vec<SourceId> = events.flat_map(Event::sources).copied().collect();
        let mut found = BTreeSet::new();
        while let Some(id) = left.pop() {
            if found.insert(id) {
                left.extend(&self.timeline.source(id).derives_from);
            }
        }
        found
    }
}

fn only_targets(timeline: &Timeline, events: &[EventId]) -> BTreeSet<EntityId> {
    let (mut targets, mut others) = (BTreeSet::new(), BTreeSet::new());
    for event in events.iter().map(|&id| timeline.event(id)) {
        for (part, id) in event.all_parties() {
            let list = if part == Aspect::Target {
                &mut targets
            } else {
                &mut others
            };
            list.insert(id);
        }
        others.extend(event.claims().filter_map(|(_, claim)| claim.by));
    }
    targets.retain(|id| !others.contains(id));
    targets
}
