//! Builds a document block by block.

use super::block::{AspectDetails, Document, DocumentBlock};
use super::role::Role;
use super::subject::PageSubject;
use super::text_run::{TextRun, address, join, plain, quiet, run, when};
use super::verdict::{VerdictBlock, VerdictForm, verdict_blocks};
use crate::timeline::term::Aspect;
use crate::timeline::{EntityId, EventId, SourceId, TermId, Timeline};

/// A document under construction.
pub(crate) struct DocumentWriter<'t> {
    pub timeline: &'t Timeline,
    blocks: Vec<DocumentBlock>,
    details: Vec<AspectDetails>,
    /// The aspect whose details a screen shows at first.
    pub opens_on: Option<Aspect>,
}

impl<'t> DocumentWriter<'t> {
    pub fn new(timeline: &'t Timeline) -> Self {
        Self {
            timeline,
            blocks: Vec::new(),
            details: Vec::new(),
            opens_on: None,
        }
    }

    /// The number of blocks so far.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    pub fn finish(self) -> Document {
        Document {
            blocks: self.blocks,
            details: self.details,
            opens_on: self.opens_on,
        }
    }

    /// Adds what a screen shows below everything else while an aspect is chosen.
    pub fn details(&mut self, aspect: Aspect, write: impl FnOnce(&mut Self)) {
        let mut writer = Self::new(self.timeline);
        // A gap is only left out at the top of a page, and details never are there.
        writer.block(DocumentBlock::Gap);
        write(&mut writer);
        let blocks = writer.blocks;
        self.details.push(AspectDetails { aspect, blocks });
    }

    /// Whether one of the blocks so far is wanted.
    pub fn has(&self, is_wanted: impl Fn(&DocumentBlock) -> bool) -> bool {
        self.blocks.iter().any(is_wanted)
    }

    pub fn block(&mut self, block: DocumentBlock) {
        self.blocks.push(block);
    }

    /// What the claims about an event say, as far as it is wanted; nothing if there are none.
    pub fn verdict(
        &mut self,
        event: EventId,
        form: VerdictForm,
        is_wanted: impl Fn(&VerdictBlock) -> bool,
    ) {
        let blocks = verdict_blocks(self.timeline, event, form).into_iter();
        let wanted = blocks.filter(is_wanted);
        self.blocks.extend(wanted.map(DocumentBlock::Verdict));
    }

    pub fn title(&mut self, text: &str) {
        self.block(DocumentBlock::Title(vec![run(Role::Title, text)]));
    }

    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(DocumentBlock::Gap)) {
            self.block(DocumentBlock::Gap);
        }
    }

    /// The heading of a section, with a remark next to it.
    pub fn heading(&mut self, text: &str, remark: Vec<TextRun>) {
        self.gap();
        let mut runs = vec![run(Role::Heading, text)];
        if !remark.is_empty() {
            runs.push(plain(" "));
            runs.extend(remark);
        }
        self.block(DocumentBlock::Heading(runs));
    }

    /// A labelled value, if any.
    pub fn fact(&mut self, label: &'static str, value: Vec<TextRun>) {
        if !value.is_empty() {
            self.block(DocumentBlock::Fact { label, value });
        }
    }

    /// A labelled value of plain text, if any.
    pub fn text_fact(&mut self, label: &'static str, value: Option<&str>) {
        self.fact(label, value.map(plain).into_iter().collect());
    }

    /// The web address, if any.
    pub fn address_fact(&mut self, url: Option<&str>) {
        self.fact("address", url.map(address).into_iter().collect());
    }

    /// The lines of a text as written; blank lines separate paragraphs.
    pub fn paragraphs(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.gap();
        }
        for line in text.trim().lines().map(str::trim) {
            if line.is_empty() {
                self.gap();
            } else {
                self.block(DocumentBlock::Paragraph(vec![plain(line)]));
            }
        }
    }

    /// A value with its name, line by line.
    pub fn named(&mut self, name: &str, value: &str) {
        let mut lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
        let body = lines.next().map(plain);
        self.block(DocumentBlock::Item {
            mark: vec![quiet(name)],
            body: body.into_iter().collect(),
            notes: lines.map(|line| vec![plain(line)]).collect(),
        });
    }

    pub fn entity(&self, id: EntityId, role: Role) -> TextRun {
        TextRun {
            link: Some(PageSubject::Entity(id)),
            ..run(role, &self.timeline.entity(id).name)
        }
    }

    pub fn entities(&self, ids: &[EntityId], role: Role) -> Vec<TextRun> {
        join(
            ids.iter().map(|&id| vec![self.entity(id, role)]).collect(),
            ", ",
        )
    }

    pub fn source(&self, id: SourceId) -> TextRun {
        TextRun {
            link: Some(PageSubject::Source(id)),
            ..run(Role::Source, &self.timeline.source(id).title)
        }
    }

    pub fn technique(&self, id: TermId) -> TextRun {
        let word = self.timeline.techniques().word(id);
        TextRun {
            link: Some(PageSubject::Technique(id)),
            ..run(Role::Technique, word)
        }
    }

    pub fn event(&self, id: EventId) -> TextRun {
        TextRun {
            link: Some(PageSubject::Event(id)),
            ..run(Role::Event, self.timeline.event(id).title())
        }
    }

    /// Events as items, each marked with its date.
    pub fn events(&mut self, heading: &str, ids: &[EventId]) {
        if ids.is_empty() {
            return;
        }
        self.heading(heading, vec![quiet(&ids.len().to_string())]);
        for &id in ids {
            let event = self.timeline.event(id);
            let body = self.event(id);
            self.block(DocumentBlock::Item {
                mark: vec![when(event)],
                body: vec![body],
                notes: Vec::new(),
            });
        }
    }
}
