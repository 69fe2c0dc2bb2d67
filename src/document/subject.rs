//! What a document is about, and what a link leads to.

use crate::timeline::term::Aspect;
use crate::timeline::{ClaimId, EntityId, EventId, SourceId, TermId, Timeline};

/// What a document is about, and what a link in it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An event.
    Event(EventId),
    /// A person, organisation, group or system.
    Entity(EntityId),
    /// A source.
    Source(SourceId),
    /// An ATT&CK technique.
    Technique(TermId),
    /// The timeline as a whole.
    Timeline,
    /// All entities.
    Entities,
    /// All sources.
    Sources,
    /// What a filter can ask for.
    Fields,
    /// What is not known.
    Questions,
    /// Who says so.
    Evidence(Evidence),
}

impl Subject {
    /// What sort of thing it is, in one word.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Entity(_) => "entity",
            Self::Source(_) => "source",
            Self::Technique(_) => "technique",
            Self::Timeline => "timeline",
            Self::Entities => "entities",
            Self::Sources => "sources",
            Self::Fields => "filter language",
            Self::Questions => "questions",
            Self::Evidence(_) => "evidence",
        }
    }

    /// What people call it.
    pub fn name(self, timeline: &Timeline) -> &str {
        match self {
            Self::Event(id) => timeline.event(id).title(),
            Self::Entity(id) => &timeline.entity(id).name,
            Self::Source(id) => &timeline.source(id).title,
            Self::Technique(id) => timeline.techniques().word(id),
            Self::Timeline => &timeline.head().title,
            Self::Entities => "all entities",
            Self::Sources => "all sources",
            Self::Fields => "what a filter can ask for",
            Self::Questions => "questions",
            Self::Evidence(_) => "who says so?",
        }
    }
}

/// What a reader asks the evidence for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// That an event happened as it is told.
    Event(EventId),
    /// One aspect of it.
    Aspect(EventId, Aspect),
    /// When it was noticed.
    Discovered(EventId),
    /// When the public was told.
    Disclosed(EventId),
    /// That an entity takes this part in it.
    Party(EventId, Aspect, EntityId),
    /// One claim.
    Claim(ClaimId),
    /// All that claims make of somebody.
    Entity(EntityId),
}

impl Evidence {
    /// The event that it is about; none if it is about somebody in all events.
    pub fn event(self, timeline: &Timeline) -> Option<EventId> {
        match self {
            Self::Event(id)
            | Self::Aspect(id, _)
            | Self::Discovered(id)
            | Self::Disclosed(id)
            | Self::Party(id, ..) => Some(id),
            Self::Claim(id) => Some(timeline.claim(id).event),
            Self::Entity(_) => None,
        }
    }
}

impl From<Evidence> for Subject {
    fn from(evidence: Evidence) -> Self {
        Self::Evidence(evidence)
    }
}
