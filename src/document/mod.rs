//! What there is to say about an event, an entity, a source or a technique, as blocks of text.
//!
//! A document knows what it says and what each piece of it means, not how wide a screen is or what
//! colour a meaning has. Screens typeset it; exports can print it.

mod address;
mod appearances;
pub mod briefing;
pub(crate) mod claims;
mod entity;
pub(crate) mod event;
mod evidence;
mod fields;
mod index;
mod parties;
pub(crate) mod questions;
mod role;
mod signs;
pub(crate) mod source;
mod statements;
mod strip;
mod table;
mod technique;
mod timeline;
mod withheld;
mod words;
pub(crate) mod writer;

pub use address::is_web_address;
pub use evidence::{Evidence, evidence_of};
pub use parties::{Parties, parties_of};
pub use role::{Family, Role};
pub use statements::{statements, with_statements};
pub use strip::{Band, Strip};
pub use table::{Column, Fold, Folded, Row, Table};
pub use withheld::{counted, date_said_later, withheld};
pub use words::count;
pub use writer::date_role;

use crate::timeline::{EntityId, EventId, SourceId, TermId, Timeline};
use writer::Writer;

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

/// Some words that mean one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words, free of control characters.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// Where they lead.
    pub link: Option<Subject>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The name of the subject.
    Title(Vec<Run>),
    /// The head of a section.
    Heading(Vec<Run>),
    /// A labelled value. The labels of neighbours stand in one column.
    Fact {
        /// What the value is.
        label: &'static str,
        /// The value.
        value: Vec<Run>,
    },
    /// Running text.
    Paragraph(Vec<Run>),
    /// One of several: what it is known by stands in a column of its own before the rest.
    Item {
        /// What it is known by, such as a date.
        mark: Vec<Run>,
        /// What is said.
        body: Vec<Run>,
        /// Further lines, set apart under the body.
        notes: Vec<Vec<Run>>,
    },
    /// Rows of cells under labels.
    Table(Table),
    /// Events on one line of time.
    Strip(Strip),
    /// An empty line.
    Gap,
}

/// Everything that the timeline says about one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Everything that the timeline says about a subject.
    pub fn about(timeline: &Timeline, subject: Subject) -> Self {
        let mut writer = Writer::new(timeline);
        match subject {
            Subject::Event(id) => event::write(&mut writer, id),
            Subject::Entity(id) => entity::write(&mut writer, id),
            Subject::Source(id) => source::write(&mut writer, id),
            Subject::Technique(id) => technique::write(&mut writer, id),
            Subject::Timeline => timeline::write(&mut writer),
            Subject::Entities => index::write_entities(&mut writer),
            Subject::Sources => index::write_sources(&mut writer),
            Subject::Fields => fields::write(&mut writer),
            Subject::Questions => questions::write(&mut writer),
            Subject::Evidence(evidence) => evidence::write(&mut writer, evidence),
        }
        writer.finish()
    }

    /// The blocks before one of them.
    #[must_use]
    pub fn before(&self, block: usize) -> Self {
        let blocks = self.blocks.get(..block).unwrap_or(&self.blocks);
        Self {
            blocks: blocks.to_vec(),
        }
    }

    /// The facts of an event, each a [`Block::Fact`], then what its log says, each an [`Block::Item`]: the one list
    /// that every output says.
    pub fn facts(timeline: &Timeline, event: EventId) -> Self {
        let mut writer = Writer::new(timeline);
        event::write_facts(&mut writer, event);
        writer.finish()
    }

    /// Some layers of an event, one under the other: see [`crate::timeline::term::LAYERS`].
    pub fn layers(timeline: &Timeline, event: EventId, layers: &[String]) -> Self {
        let mut writer = Writer::new(timeline);
        for layer in layers {
            event::write_layer(&mut writer, event, layer);
        }
        writer.finish()
    }
}
