//! The facts: events, entities, sources and claims, read once and never changed.
//!
//! A [`Timeline`] is made from a [`draft::Draft`] by [`build()`], is sorted, and has no method that
//! changes it: whoever needs it shares it. It knows nothing of files, filters or screens.

pub mod assessment;
mod build;
pub mod check;
pub mod clock;
mod column;
mod contest;
mod dates;
pub mod draft;
mod entity;
mod event;
mod event_columns;
pub mod facts;
mod keys;
pub mod likelihood;
mod link;
pub mod log;
mod roots;
mod same;
mod sequence;
mod source;
mod spelling;
mod spoken;
mod story;
mod strictest;
pub mod term;
mod withhold;

pub use assessment::{Assessments, Level};
pub use build::build;
pub use clock::{ByClock, Clock};
pub use column::{AttributeColumn, ListColumn, TermId, TextColumn, ValueColumn, Vocabulary};
pub(crate) use column::{SparseColumn, unique};
pub use contest::Differences;
pub use dates::{BoundsColumn, DateColumn, Nature};
pub use entity::{Entity, EntityId};
pub use event::Event;
pub(crate) use event_columns::EventColumns;
pub(crate) use keys::slug;
pub use link::{EventId, Link};
pub use source::{Claim, ClaimId, ClaimValue, Independence, Source, SourceId};
pub use story::{Question, Scene, View};
pub use term::AspectSet;
pub use withhold::{Counts, DateKnown, Gap, OpenEnded, Unmarked, Withheld};

use crate::date::Zone;
use facts::Vocabularies;
use likelihood::Yardstick;
use spoken::ClaimColumns;
use term::Tlp;

use crate::text::canonical;

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
    head: Head,
    sources: Vec<Source>,
    entities: Vec<Entity>,
    claims: Vec<Claim>,
    spoken: ClaimColumns,
    views: Vec<View>,
    scenes: Vec<Scene>,
    questions: Vec<Question>,
    events: EventColumns,
    vocabularies: Vocabularies,
    attribute_names: Vocabulary,
    /// Whether names that nothing declares are shown as they are: the files declare no entity, and all of their text
    /// was understood.
    has_open_names: bool,
    withheld: Withheld,
    /// The strictest marking of all that is in it.
    strictest: Option<term::Tlp>,
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

    /// The events in order: by earliest start, latest start, earliest end, latest end, then as in
    /// the file; undated events last. Where dates leave the order open, `after` moves an event behind those that it
    /// came after.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = Event<'_>> + ExactSizeIterator {
        (0..self.events.rows()).map(|row| Event::new(self, EventId(row)))
    }

    /// Every event's values, one column each.
    pub(crate) fn columns(&self) -> &EventColumns {
        &self.events
    }

    /// What every claim says, one column each.
    pub(crate) fn spoken(&self) -> &ClaimColumns {
        &self.spoken
    }

    /// One event.
    pub fn event(&self, id: EventId) -> Event<'_> {
        Event::new(self, id)
    }

    /// The event that a file calls `id`.
    pub fn find_event(&self, id: &str) -> Option<Event<'_>> {
        let row = self.events.keys.find(&canonical(id))?;
        let row = u32::try_from(row).expect("the builder numbers events with 32 bits");
        Some(self.event(EventId(row)))
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
}
