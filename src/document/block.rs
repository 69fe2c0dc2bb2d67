//! The blocks of a document.

use super::run::Run;
use super::strip::Strip;
use super::table::Table;

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
    /// The blocks before one of them.
    #[must_use]
    pub fn before(&self, block: usize) -> Self {
        let blocks = self.blocks.get(..block).unwrap_or(&self.blocks);
        Self {
            blocks: blocks.to_vec(),
        }
    }
}
