//! The blocks of a document.

use super::role::Role;
use super::table::Table;
use super::text_run::TextRun;
use super::time_strip::TimeStrip;
use super::verdict::VerdictBlock;
use crate::timeline::term::Aspect;

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentBlock {
    /// The title of the document.
    Title(Vec<TextRun>),
    /// The head of a section.
    Heading(Vec<TextRun>),
    /// A labelled value. The labels of neighbouring facts are aligned.
    Fact {
        /// The label.
        label: &'static str,
        /// The value.
        value: Vec<TextRun>,
    },
    /// Running text.
    Paragraph(Vec<TextRun>),
    /// One item of a list: its mark has a column of its own.
    Item {
        /// The mark, such as a date.
        mark: Vec<TextRun>,
        /// The text.
        body: Vec<TextRun>,
        /// Further lines, indented under the body.
        notes: Vec<Vec<TextRun>>,
    },
    /// Lines that are kept as they are written, such as an example.
    Verbatim(Vec<TextRun>),
    /// Rows of cells under labels.
    Table(Table),
    /// What claims say about one aspect. The labels of neighbours are aligned.
    Verdict(VerdictBlock),
    /// Events on one line of time.
    Strip(TimeStrip),
    /// An empty line.
    Gap,
}

/// Everything that the timeline says about one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<DocumentBlock>,
    /// What is below them, aspect by aspect. A screen shows one aspect at a time, an output all of them.
    pub details: Vec<AspectDetails>,
    /// The aspect that a screen shows at first.
    pub opens_on: Option<Aspect>,
}

/// What a document says about one aspect below everything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AspectDetails {
    /// The aspect.
    pub aspect: Aspect,
    /// From top to bottom.
    pub blocks: Vec<DocumentBlock>,
}

impl From<Vec<DocumentBlock>> for Document {
    fn from(blocks: Vec<DocumentBlock>) -> Self {
        Self {
            blocks,
            ..Self::default()
        }
    }
}

impl Document {
    /// The page of an event that may precede the event above it in a list: it says so below the date.
    #[must_use]
    pub fn with_open_order(mut self) -> Self {
        let is_date =
            |block: &DocumentBlock| matches!(block, DocumentBlock::Fact { label: "when", .. });
        let is_fact = |block: &DocumentBlock| matches!(block, DocumentBlock::Fact { .. });
        let below = self.blocks.iter().position(is_date).map(|at| at + 1);
        let first = self.blocks.iter().position(is_fact);
        let at = below.or(first).unwrap_or(self.blocks.len());
        let value = vec![TextRun {
            text: "uncertain: may precede the event above".to_owned(),
            role: Role::Imprecise,
            link: None,
        }];
        let label = "order";
        self.blocks.insert(at, DocumentBlock::Fact { label, value });
        self
    }

    /// Every block, with those of each aspect.
    pub fn every_block(&self) -> impl Iterator<Item = &DocumentBlock> {
        let details = self.details.iter().flat_map(|details| &details.blocks);
        self.blocks.iter().chain(details)
    }

    /// The blocks that a screen shows with one aspect chosen.
    pub fn blocks_on(&self, aspect: Option<Aspect>) -> impl Iterator<Item = &DocumentBlock> {
        let chosen = move |details: &&AspectDetails| Some(details.aspect) == aspect;
        let details = self.details.iter().filter(chosen);
        self.blocks
            .iter()
            .chain(details.flat_map(|details| &details.blocks))
    }

    /// The verdict on each aspect.
    pub fn verdicts(&self) -> impl Iterator<Item = &VerdictBlock> {
        self.blocks.iter().filter_map(|block| match block {
            DocumentBlock::Verdict(verdict) => Some(verdict),
            _ => None,
        })
    }

    /// The blocks before the one at an index.
    #[must_use]
    pub fn before(&self, block: usize) -> Self {
        let blocks = self.blocks.get(..block).unwrap_or(&self.blocks);
        blocks.to_vec().into()
    }
}
