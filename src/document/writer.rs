//! Builds a document block by block.

use super::block::{Block, Document};
use super::role::Role;
use super::run::{Run, address, join, plain, quiet, run, when};
use super::subject::Subject;
use crate::timeline::{EntityId, EventId, SourceId, TermId, Timeline};

/// A document in the making.
pub(crate) struct Writer<'t> {
    pub timeline: &'t Timeline,
    blocks: Vec<Block>,
}

impl<'t> Writer<'t> {
    pub fn new(timeline: &'t Timeline) -> Self {
        Self {
            timeline,
            blocks: Vec::new(),
        }
    }

    pub fn finish(self) -> Document {
        Document {
            blocks: self.blocks,
        }
    }

    pub fn block(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub fn title(&mut self, text: &str) {
        self.block(Block::Title(vec![run(Role::Title, text)]));
    }

    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(Block::Gap)) {
            self.block(Block::Gap);
        }
    }

    /// The head of a section, with a remark beside it.
    pub fn heading(&mut self, text: &str, remark: Vec<Run>) {
        self.gap();
        let mut runs = vec![run(Role::Heading, text)];
        if !remark.is_empty() {
            runs.push(plain(" "));
            runs.extend(remark);
        }
        self.block(Block::Heading(runs));
    }

    /// A labelled value; nothing if there is none.
    pub fn fact(&mut self, label: &'static str, value: Vec<Run>) {
        if !value.is_empty() {
            self.block(Block::Fact { label, value });
        }
    }

    /// A labelled value that is plain text; nothing if there is none.
    pub fn text_fact(&mut self, label: &'static str, value: Option<&str>) {
        self.fact(label, value.map(plain).into_iter().collect());
    }

    /// Where something can be read on the web; nothing if that is not known.
    pub fn address_fact(&mut self, url: Option<&str>) {
        self.fact("address", url.map(address).into_iter().collect());
    }

    /// The lines of a text as they are written; blank lines set paragraphs apart.
    pub fn paragraphs(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.gap();
        }
        for line in text.trim().lines().map(str::trim) {
            if line.is_empty() {
                self.gap();
            } else {
                self.block(Block::Paragraph(vec![plain(line)]));
            }
        }
    }

    /// A value with the name that it is known by, in as many lines as it has.
    pub fn named(&mut self, name: &str, value: &str) {
        let mut lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
        let body = lines.next().map(plain);
        self.block(Block::Item {
            mark: vec![quiet(name)],
            body: body.into_iter().collect(),
            notes: lines.map(|line| vec![plain(line)]).collect(),
        });
    }

    pub fn entity(&self, id: EntityId, role: Role) -> Run {
        Run {
            link: Some(Subject::Entity(id)),
            ..run(role, &self.timeline.entity(id).name)
        }
    }

    pub fn entities(&self, ids: &[EntityId], role: Role) -> Vec<Run> {
        join(
            ids.iter().map(|&id| vec![self.entity(id, role)]).collect(),
            ", ",
        )
    }

    pub fn source(&self, id: SourceId) -> Run {
        Run {
            link: Some(Subject::Source(id)),
            ..run(Role::Source, &self.timeline.source(id).title)
        }
    }

    pub fn technique(&self, id: TermId) -> Run {
        let word = self.timeline.techniques().word(id);
        Run {
            link: Some(Subject::Technique(id)),
            ..run(Role::Technique, word)
        }
    }

    pub fn event(&self, id: EventId) -> Run {
        Run {
            link: Some(Subject::Event(id)),
            ..run(Role::Event, self.timeline.event(id).title())
        }
    }

    /// Events, one an item, each with its date in front.
    pub fn events(&mut self, heading: &str, ids: &[EventId]) {
        if ids.is_empty() {
            return;
        }
        self.heading(heading, vec![quiet(&ids.len().to_string())]);
        for &id in ids {
            let event = self.timeline.event(id);
            let body = self.event(id);
            self.block(Block::Item {
                mark: vec![when(event)],
                body: vec![body],
                notes: Vec::new(),
            });
        }
    }
}
