//! Subjects of documents, which are also the targets of links.

use crate::guide::Topic;
use crate::timeline::term::Aspect;
use crate::timeline::{ClaimId, EntityId, EventId, SourceId, TermId, Timeline};

/// The subject of a document, and the target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageSubject {
    Event(EventId),
    /// A person, organisation, group or system.
    Entity(EntityId),
    Source(SourceId),
    /// An ATT&CK technique.
    Technique(TermId),
    /// The timeline as a whole.
    Timeline,
    Entities,
    Sources,
    /// The topics of the guide.
    Guide,
    /// A topic of the guide.
    Topic(Topic),
    /// The open questions.
    Questions,
    /// What differs from an earlier version.
    Changes,
    /// The evidence for a statement.
    Evidence(Evidence),
    /// Two events side by side.
    Pair(EventId, EventId),
}

impl PageSubject {
    /// The kind of subject, in one word.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Entity(_) => "entity",
            Self::Source(_) => "source",
            Self::Technique(_) => "technique",
            Self::Timeline => "timeline",
            Self::Entities => "entities",
            Self::Sources => "sources",
            Self::Guide | Self::Topic(_) => "guide",
            Self::Questions => "questions",
            Self::Changes => "changes",
            Self::Evidence(_) => "evidence",
            Self::Pair(..) => "pair",
        }
    }

    /// Whether a wide screen shows its page in two columns. Claims, and verdicts above them, need the width themselves.
    pub const fn has_columns(self) -> bool {
        !matches!(self, Self::Event(_) | Self::Evidence(_) | Self::Pair(..))
    }

    /// The display name.
    pub fn name(self, timeline: &Timeline) -> &str {
        match self {
            Self::Event(id) => timeline.event(id).title(),
            Self::Entity(id) => &timeline.entity(id).name,
            Self::Source(id) => &timeline.source(id).title,
            Self::Technique(id) => timeline.techniques().word(id),
            Self::Timeline => &timeline.head().title,
            Self::Entities => "all entities",
            Self::Sources => "all sources",
            Self::Guide => "guide",
            Self::Topic(topic) => topic.title(),
            Self::Questions => "questions",
            Self::Changes => "what changed",
            Self::Evidence(_) => "who says so?",
            Self::Pair(..) => "side by side",
        }
    }
}

/// A statement whose evidence a reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// That an event happened as described.
    Event(EventId),
    Aspect(EventId, Aspect),
    /// The day of discovery.
    Discovered(EventId),
    /// The day of disclosure.
    Disclosed(EventId),
    /// That an entity is a party in this aspect.
    Party(EventId, Aspect, EntityId),
    Claim(ClaimId),
    /// All claims about an entity.
    Entity(EntityId),
}

impl Evidence {
    /// The event of the statement; `None` for an entity.
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

impl From<Evidence> for PageSubject {
    fn from(evidence: Evidence) -> Self {
        Self::Evidence(evidence)
    }
}
