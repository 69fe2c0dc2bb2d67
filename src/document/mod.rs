//! What a timeline says about an event, an entity, a source or a technique, as blocks of text.
//!
//! A document knows its text and the meaning of each part, but not the width of a screen or the colours of meanings.
//! Screens typeset it; exports print it.

mod account;
mod address;
mod block;
pub mod briefing;
mod changes;
pub(crate) mod claim_rows;
pub(crate) mod claims;
mod entity;
mod entity_appearances;
pub(crate) mod event;
mod evidence;
mod guide;
mod index;
mod legend;
mod marks;
mod opening;
mod pair;
mod parties;
pub(crate) mod questions;
mod redactions;
mod role;
pub(crate) mod source;
mod statements;
mod subject;
mod table;
mod technique;
pub(crate) mod text_run;
mod time_strip;
mod timeline;
mod verdict;
pub(crate) mod words;
pub(crate) mod writer;

pub use address::is_web_address;
pub use block::{Document, DocumentBlock};
pub use evidence::evidence_of;
pub use legend::count_sign;
pub use marks::{MARK, STAR, marks_in_words};
pub use opening::{OpeningForm, OpeningPanel, ShadeSign};
pub use parties::{PartyNames, parties_of};
pub use redactions::{counted, date_said_later, withheld};
pub use role::{PhaseFamily, Role};
pub use statements::{statements, with_statements};
pub use subject::{Evidence, PageSubject};
pub use table::{FoldPlace, FoldedRow, Table, TableColumn, TableRow};
pub use text_run::{TextRun, date_role};
pub use time_strip::{StripBand, TimeStrip};
pub use verdict::{
    CitedLine, CitedVerdict, VerdictBlock, VerdictForm, cited_verdicts, verdict_blocks,
};
pub use words::count;

use crate::guide::Topic;
use crate::timeline::{EventId, Timeline};
use writer::DocumentWriter;

impl Document {
    /// Everything that the timeline says about a subject.
    pub fn about(timeline: &Timeline, subject: PageSubject) -> Self {
        let mut writer = DocumentWriter::new(timeline);
        match subject {
            PageSubject::Event(id) => event::write(&mut writer, id),
            PageSubject::Entity(id) => entity::write(&mut writer, id),
            PageSubject::Source(id) => source::write(&mut writer, id),
            PageSubject::Technique(id) => technique::write(&mut writer, id),
            PageSubject::Timeline => timeline::write(&mut writer),
            PageSubject::Entities => index::write_entities(&mut writer),
            PageSubject::Sources => index::write_sources(&mut writer),
            PageSubject::Guide => return guide::contents(),
            PageSubject::Topic(topic) => return guide::topic(topic),
            PageSubject::Questions => questions::write(&mut writer),
            PageSubject::Changes => changes::write(&mut writer),
            PageSubject::Evidence(evidence) => evidence::write(&mut writer, evidence),
            PageSubject::Pair(one, other) => pair::write(&mut writer, one, other),
        }
        writer.finish()
    }

    /// [`Document::about`], with the marks of people on an event: for the user's own screen.
    pub fn with_marks(timeline: &Timeline, subject: PageSubject) -> Self {
        let PageSubject::Event(id) = subject else {
            return Self::about(timeline, subject);
        };
        let mut writer = DocumentWriter::new(timeline);
        event::write_with_marks(&mut writer, id);
        writer.finish()
    }

    /// The page of an event above its first section.
    pub fn above_sections(timeline: &Timeline, event: EventId) -> Self {
        let mut writer = DocumentWriter::new(timeline);
        event::write_above_sections(&mut writer, event);
        writer.finish()
    }

    /// The claims on an event side by side.
    pub fn claims(timeline: &Timeline, event: EventId) -> Self {
        let mut writer = DocumentWriter::new(timeline);
        event::write_claims(&mut writer, event);
        writer.finish()
    }

    /// The facts of an event, each a [`DocumentBlock::Fact`], then the attributes of its log, each a
    /// [`DocumentBlock::Item`]: the one list behind every output.
    pub fn facts(timeline: &Timeline, event: EventId) -> Self {
        let mut writer = DocumentWriter::new(timeline);
        event::write_facts(&mut writer, event);
        writer.finish()
    }

    /// A topic of the guide, whatever the timeline.
    pub fn topic(topic: Topic) -> Self {
        guide::topic(topic)
    }

    /// Some layers of an event, in order: see [`crate::timeline::term::LAYERS`]. With them, the number of blocks before
    /// the last layer.
    pub fn layers(timeline: &Timeline, event: EventId, layers: &[String]) -> (Self, usize) {
        let mut writer = DocumentWriter::new(timeline);
        let mut before = 0;
        for layer in layers {
            before = writer.blocks();
            event::write_layer(&mut writer, event, layer);
        }
        (writer.finish(), before)
    }
}
