//! The data of a timeline: its head, and one table for each kind of record.

use std::sync::Arc;

use super::changes::TimelineChanges;
use super::claim_columns::ClaimColumns;
use super::column::Vocabulary;
use super::entity::{Entity, EntityId};
use super::event_columns::EventColumns;
use super::facts::EventVocabularies;
use super::likelihood::Yardstick;
use super::link::EventId;
use super::marks::TimelineMarks;
use super::redactions::Redactions;
use super::shared_table::SharedTable;
use super::source::{Claim, ClaimId, Source, SourceId};
use super::story::{Question, Scene, View};
use super::term::Tlp;
use crate::date::Zone;

/// The timeline itself: title, marking, defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineHead {
    /// The title; empty if the author gave none.
    pub title: String,
    /// A summary; empty if the author gave none.
    pub summary: String,
    /// The default marking; `RED` if it cannot be read.
    pub tlp: Option<Tlp>,
    /// Whether the file has a marking that cannot be read: unmarked items then have no known marking.
    pub tlp_unread: bool,
    /// The author's own classification line.
    pub banner: Option<String>,
    /// The default yardstick of claims.
    pub yardstick: Yardstick,
    /// The zone of times without one, if the file or the user states it.
    pub zone: Option<Zone>,
    /// The event that is selected first, if the author names one.
    pub start: Option<EventId>,
}

/// A timeline: sorted events, and everything they refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    pub(super) head: TimelineHead,
    pub(super) sources: SharedTable<Vec<Source>>,
    pub(super) entities: SharedTable<Vec<Entity>>,
    pub(super) claims: SharedTable<Vec<Claim>>,
    pub(super) claim_columns: SharedTable<ClaimColumns>,
    pub(super) views: Vec<View>,
    pub(super) scenes: Vec<Scene>,
    pub(super) questions: Vec<Question>,
    pub(super) events: SharedTable<EventColumns>,
    pub(super) vocabularies: SharedTable<EventVocabularies>,
    pub(super) attribute_names: Vocabulary,
    /// Whether undeclared names are shown as they are: the files declare no entity, and everything in them was
    /// readable.
    pub(super) has_open_names: bool,
    pub(super) redactions: Redactions,
    /// The strictest marking in the timeline.
    pub(super) effective_marking: Option<Tlp>,
    /// What differs from an earlier version, if it is compared with one.
    pub(super) changes: Option<Arc<TimelineChanges>>,
    /// The marks of people on its events.
    pub(super) marks: Arc<TimelineMarks>,
}

impl Timeline {
    /// The title, marking and defaults of the timeline.
    pub fn head(&self) -> &TimelineHead {
        &self.head
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether the number of events is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many pages of texts that stay in files were read and are in memory.
    pub fn pages_in_memory(&self) -> usize {
        self.events.paged.pages_in_memory()
    }

    /// Frees the texts that stay in files, unless another timeline has them too. They are read again when they are asked
    /// for.
    pub fn forget_pages(&mut self) {
        if let Some(events) = self.events.unshared() {
            events.paged.forget_pages();
        }
    }

    /// Whether both have the same tables. Only what is said about their events by others may differ: marks, and changes
    /// since another version.
    pub fn has_tables_of(&self, other: &Self) -> bool {
        self.events.is_shared_with(&other.events)
            && self.claims.is_shared_with(&other.claims)
            && self.claim_columns.is_shared_with(&other.claim_columns)
            && self.sources.is_shared_with(&other.sources)
            && self.entities.is_shared_with(&other.entities)
            && self.vocabularies.is_shared_with(&other.vocabularies)
    }

    /// The values of all events, in columns.
    pub(crate) fn columns(&self) -> &EventColumns {
        &self.events
    }

    pub(crate) fn claim_columns(&self) -> &ClaimColumns {
        &self.claim_columns
    }

    /// Declared entities in the order of the file, then those that are only named.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0u32..).map(EntityId).zip(self.entities.iter())
    }

    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Declared sources in the order of the file, then those that are only named.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(self.sources.iter())
    }

    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// All claims, grouped by event.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        (0u32..).map(ClaimId).zip(self.claims.iter())
    }

    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.0 as usize]
    }

    /// Named filters, in the order of the file.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// The view that a scene names; `None` if the scene or the file has no such view.
    pub fn view_of(&self, scene: &Scene) -> Option<&View> {
        let key = scene.view.as_ref()?;
        self.views.iter().find(|view| view.key == *key)
    }

    /// The steps of the briefing, in order.
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }

    /// The open questions.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The phases in use.
    pub fn phases(&self) -> &Vocabulary {
        &self.vocabularies.phases
    }

    /// The lanes in use, in the order of their first mention in the file.
    pub fn lanes(&self) -> &Vocabulary {
        &self.vocabularies.lanes
    }

    /// The ATT&CK techniques in use.
    pub fn techniques(&self) -> &Vocabulary {
        &self.vocabularies.techniques
    }

    /// The tags in use.
    pub fn tags(&self) -> &Vocabulary {
        &self.vocabularies.tags
    }

    /// The names of attributes in logs.
    pub fn attribute_names(&self) -> &Vocabulary {
        &self.attribute_names
    }

    /// What is left out of this timeline, and why.
    pub fn redactions(&self) -> &Redactions {
        &self.redactions
    }
}
