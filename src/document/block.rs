//! The blocks of a document.

use super::table::Table;
use super::text_run::TextRun;
use super::time_strip::TimeStrip;

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
}

impl Document {
    /// The blocks before the one at an index.
    #[must_use]
    pub fn before(&self, block: usize) -> Self {
        let blocks = self.blocks.get(..block).unwrap_or(&self.blocks);
        Self {
            blocks: blocks.to_vec(),
        }
    }
}
