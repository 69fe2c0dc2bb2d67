//! Rows of a log, side by side: a super-timeline has a million of them, and each has little to say.
//!
//! A reader fills them; [`super::build()`] puts them in order among the events that people wrote. They know nothing of
//! the forms in which logs are written.

use super::column::{
    AttributeColumn, ListColumn, SparseColumn, TermId, TextColumn, ValueColumn, Vocabulary,
};
use super::dates::DateColumn;
use super::facts::{FactColumn, FactId, LIST_FACTS, SINGLE_FACTS};
use super::term::Tlp;
use crate::date::EventDate;
use crate::diagnostic::FileId;

/// Shown for an event whose title is missing.
pub(super) const UNTITLED: &str = "(untitled)";

/// One log: a file whose rows are events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLog {
    /// The file.
    pub file: FileId,
    /// The id of its source; its events have it and the number of their line for an id.
    pub id: String,
    /// What its source is called: the name of the file.
    pub title: String,
    /// What sort of log it is.
    pub form: &'static str,
    /// The lane of its events; none if it stands alone.
    pub lane: Option<String>,
    /// Its rows in the order of the file, in stretches that were read at once.
    pub parts: Vec<LogRows>,
}

impl DraftLog {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.parts.iter().map(LogRows::len).sum()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of its rows are called by a name of their own.
    pub(super) fn keys(&self) -> usize {
        self.parts.iter().map(|part| part.keys.len()).sum()
    }

    /// The marking of the rows that most people may see; none if a row has no marking, or there are no rows.
    pub fn widest(&self) -> Option<Tlp> {
        let parts = self.parts.iter().filter_map(|part| marks(part).min());
        parts.min().flatten()
    }
}

/// The different markings of rows, as far as that is known without a look at each.
fn marks(part: &LogRows) -> impl Iterator<Item = Option<Tlp>> {
    let is_unmarked = part.tlp.is_empty() && !part.is_empty();
    let alike = part.tlp.alike().or(is_unmarked.then_some(None));
    let each = if alike.is_some() { 0 } else { part.tlp.len() };
    alike.into_iter().chain(part.tlp.iter().take(each))
}

/// Some rows, each a number into every column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogRows {
    /// What happened.
    pub titles: TextColumn,
    /// When it happened.
    pub when: DateColumn,
    /// What else they state, by the numbers of [`SINGLE_FACTS`].
    pub(crate) singles: SingleColumns,
    /// The words that they list, by the numbers of [`LIST_FACTS`]: entities by their names, documents by their titles.
    /// Without rows if no row lists any, as in most logs; a row without a lane is on that of its log.
    pub lists: [ListColumn<TermId>; LIST_FACTS.len()],
    /// Rows of which something says when they became public and cannot be read.
    pub day_unread: Vec<u32>,
    /// The marking; `RED` where one stands there and cannot be read.
    pub tlp: ValueColumn<Option<Tlp>>,
    /// What rows are called, each with its number; the others are called by their lines.
    pub keys: Vec<(u32, Box<str>)>,
    /// Whatever else the row says, under the log's own names.
    pub attributes: AttributeColumn,
    /// The bytes of the row in its file.
    pub bytes: Vec<(u32, u32)>,
    /// The line on which the row begins, counted from 1.
    pub lines: Vec<u32>,
    /// The words behind the numbers.
    pub words: Vocabulary,
}

/// The values of a fact, one a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SingleColumn {
    Texts(TextColumn),
    Words(ValueColumn<Option<TermId>>),
    Dates(SparseColumn<EventDate>),
}

/// A column for each of [`SINGLE_FACTS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SingleColumns(pub [SingleColumn; SINGLE_FACTS.len()]);

impl Default for SingleColumns {
    fn default() -> Self {
        Self(SINGLE_FACTS.map(|fact| match fact.row().column {
            FactColumn::Date(..) => SingleColumn::Dates(SparseColumn::default()),
            FactColumn::Word(..) => SingleColumn::Words(ValueColumn::default()),
            FactColumn::Text(_)
            | FactColumn::When
            | FactColumn::Words(..)
            | FactColumn::Parties(_)
            | FactColumn::After
            | FactColumn::Before
            | FactColumn::Sources
            | FactColumn::Marking => SingleColumn::Texts(TextColumn::default()),
        }))
    }
}

impl LogRows {
    /// The words that rows list.
    pub(super) fn list(&self, fact: FactId) -> &ListColumn<TermId> {
        &self.lists[fact.slot()]
    }

    /// How many bytes the texts of a fact have together.
    pub(super) fn bytes_of(&self, slot: usize) -> usize {
        match &self.singles.0[slot] {
            SingleColumn::Texts(texts) => texts.arena().len(),
            SingleColumn::Words(_) | SingleColumn::Dates(_) => 0,
        }
    }

    /// Says what happened in the row that is being written; nothing is shown as `(untitled)`.
    pub fn add_title(&mut self, title: &str) {
        self.titles
            .push(if title.is_empty() { UNTITLED } else { title });
    }

    /// What a row is called; none if it is called by its line.
    pub(super) fn key(&self, row: usize) -> Option<&str> {
        let row = u32::try_from(row).ok()?;
        let found = self.keys.binary_search_by_key(&row, |(row, _)| *row);
        found.ok().map(|at| &*self.keys[at].1)
    }

    /// The lanes of its rows, those once that all rows have.
    pub(super) fn lanes_by_row(&self) -> impl Iterator<Item = (&Self, &[TermId])> {
        let lanes = self.list(FactId::LANES);
        let alike = lanes.alike().filter(|_| !self.is_empty());
        let each = (lanes.iter()).take(if alike.is_some() { 0 } else { self.len() });
        alike.into_iter().chain(each).map(move |list| (self, list))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.when.is_empty()
    }
}
