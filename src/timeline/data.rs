//! What a timeline holds: its head, and a table for each sort of thing.

use super::claim_columns::ClaimColumns;
use super::column::Vocabulary;
use super::entity::{Entity, EntityId};
use super::event_columns::EventColumns;
use super::facts::Vocabularies;
use super::likelihood::Yardstick;
use super::redactions::Withheld;
use super::source::{Claim, ClaimId, Source, SourceId};
use super::story::{Question, Scene, View};
use super::term::Tlp;
use crate::date::Zone;

/// What the whole is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title; empty if the author gave none.
    pub title: String,
    /// A summary; empty if the author gave none.
    pub summary: String,
    /// The marking of whatever has none of its own; `RED` where one stands there and cannot be read.
    pub tlp: Option<Tlp>,
    /// Whether a marking stands there and cannot be read: then nobody knows how the rest is marked.
    pub tlp_unread: bool,
    /// A classification line of the author's own.
    pub banner: Option<String>,
    /// Whose words of likelihood claims use unless they say otherwise.
    pub yardstick: Yardstick,
    /// The zone of times that name none, where the file or the reader states one.
    pub zone: Option<Zone>,
}

/// A timeline: events in order, and all that they refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    pub(super) head: Head,
    pub(super) sources: Vec<Source>,
    pub(super) entities: Vec<Entity>,
    pub(super) claims: Vec<Claim>,
    pub(super) claim_columns: ClaimColumns,
    pub(super) views: Vec<View>,
    pub(super) scenes: Vec<Scene>,
    pub(super) questions: Vec<Question>,
    pub(super) events: EventColumns,
    pub(super) vocabularies: Vocabularies,
    pub(super) attribute_names: Vocabulary,
    /// Whether names that nothing declares are shown as they are: the files declare no entity, and all of their text
    /// was understood.
    pub(super) has_open_names: bool,
    pub(super) withheld: Withheld,
    /// The strictest marking of all that is in it.
    pub(super) effective_marking: Option<Tlp>,
}

impl Timeline {
    /// What the whole is about.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every event's values, one column each.
    pub(crate) fn columns(&self) -> &EventColumns {
        &self.events
    }

    /// What every claim says, one column each.
    pub(crate) fn claim_columns(&self) -> &ClaimColumns {
        &self.claim_columns
    }

    /// Every entity, in the order of the file, then those that are only named.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        (0u32..).map(EntityId).zip(&self.entities)
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Every source, in the order of the file, then those that are only named.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0u32..).map(SourceId).zip(&self.sources)
    }

    /// One source.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// Every claim, event by event.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        (0u32..).map(ClaimId).zip(&self.claims)
    }

    /// One claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.0 as usize]
    }

    /// Named filters, in the order of the file.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// The steps of the briefing, in order.
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }

    /// What is not known.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The phases in use.
    pub fn phases(&self) -> &Vocabulary {
        &self.vocabularies.phases
    }

    /// The lanes in use, in the order in which the file first names them.
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

    /// The names that logs give to what else they say of an event.
    pub fn attribute_names(&self) -> &Vocabulary {
        &self.attribute_names
    }

    /// What is left out of this timeline, and why.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }
}
