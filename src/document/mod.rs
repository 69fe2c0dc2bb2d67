//! What there is to say about an event, an entity, a source or a technique, as blocks of text.
//!
//! A document knows what it says and what each piece of it means, not how wide a screen is or what
//! colour a meaning has. Screens typeset it; exports can print it.

mod address;
mod appearances;
mod block;
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
pub(crate) mod run;
mod signs;
pub(crate) mod source;
mod statements;
mod strip;
mod subject;
mod table;
mod technique;
mod timeline;
mod withheld;
mod words;
pub(crate) mod writer;

pub use address::is_web_address;
pub use block::{Block, Document};
pub use evidence::evidence_of;
pub use parties::{Parties, parties_of};
pub use role::{Family, Role};
pub use run::{Run, date_role};
pub use statements::{statements, with_statements};
pub use strip::{Band, Strip};
pub use subject::{Evidence, Subject};
pub use table::{Column, Fold, Folded, Row, Table};
pub use withheld::{counted, date_said_later, withheld};
pub use words::count;

use crate::timeline::{EventId, Timeline};
use writer::Writer;

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
