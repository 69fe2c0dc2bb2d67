//! A timeline in the making: the records so far, and their names.

use super::super::column::unique;
use super::super::data::Timeline;
use super::super::draft::LocatedText;
use super::super::entity::{Entity, EntityId};
use super::super::keys::KeyRegistry;
use super::super::link::EventId;
use super::super::source::{ClaimId, Source, SourceId};
use crate::diagnostic::TextPlace;

/// Ids by name.
type NameMap<T> = hashbrown::HashMap<String, T>;

#[derive(Default)]
pub(super) struct TimelineBuilder {
    pub timeline: Timeline,
    pub entities: NameMap<EntityId>,
    pub sources: NameMap<SourceId>,
    pub claims: NameMap<(TextPlace, ClaimId)>,
    pub keys: KeyRegistry,
    /// Whether any event may have values under the names of a log.
    pub has_attributes: bool,
}

impl TimelineBuilder {
    pub fn next_row(&self) -> EventId {
        let row = self.timeline.events.len();
        EventId(u32::try_from(row).expect("a timeline has fewer than 2^32 events"))
    }

    pub fn entities_of(&mut self, names: &[LocatedText]) -> Vec<EntityId> {
        unique(names.iter().map(|name| self.entity(&name.value)))
    }

    pub fn sources_of(&self, claims: &[ClaimId], listed: &[SourceId]) -> Vec<SourceId> {
        let claimed = claims
            .iter()
            .filter_map(|claim| self.timeline.claims[claim.0 as usize].carried_in());
        unique(claimed.chain(listed.iter().copied()))
    }

    /// The entity with a key; creates an undeclared one if needed.
    pub fn entity(&mut self, key: &str) -> EntityId {
        if let Some(&id) = self.entities.get(key) {
            return id;
        }
        let id = EntityId(
            u32::try_from(self.entities.len()).expect("a timeline has fewer than 2^32 entities"),
        );
        self.timeline.entities.push(Entity {
            key: key.to_owned(),
            name: key.to_owned(),
            ..Entity::default()
        });
        self.entities.insert(key.to_owned(), id);
        id
    }

    /// The source with a key; creates an undeclared one if needed.
    pub fn source(&mut self, key: &str) -> SourceId {
        if let Some(&id) = self.sources.get(key) {
            return id;
        }
        let id = SourceId(
            u32::try_from(self.sources.len()).expect("a timeline has fewer than 2^32 sources"),
        );
        self.timeline.sources.push(Source {
            key: key.to_owned(),
            title: key.to_owned(),
            ..Source::default()
        });
        self.sources.insert(key.to_owned(), id);
        id
    }

    /// The event with an author's id.
    pub fn find(&self, key: &str) -> Option<EventId> {
        self.keys.find(key, &self.timeline.events.keys)
    }
}
