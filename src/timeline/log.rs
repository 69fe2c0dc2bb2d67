//! Rows of a log, in columns: a super-timeline has a million, and each says little.
//!
//! A reader fills them, and [`super::build()`] sorts them among the written events. They know nothing of log formats.

use std::borrow::Cow;

use super::column::{
    AttributeColumn, LineColumn, ListColumn, SparseColumn, TermId, TextColumn, ValueColumn,
    Vocabulary,
};
use super::dates::DateColumn;
use super::facts::{FactColumn, FactId, LIST_FACTS, SINGLE_FACTS};
use super::marks::RowPrint;
use super::paged_texts::{PageTexts, PagedLog};
use super::term::Tlp;
use crate::date::EventDate;
use crate::diagnostic::FileId;

/// The title of an event without one.
pub(crate) const UNTITLED: &str = "(untitled)";

/// One log: a file whose rows are events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLog {
    pub file: FileId,
    /// The id of its source. Its events have this id and their line number for a key.
    pub id: String,
    /// The title of its source: the name of the file.
    pub title: String,
    /// The kind of log.
    pub form: Cow<'static, str>,
    /// The lane of its events; `None` if it is the only file.
    pub lane: Option<String>,
    /// Its rows in the order of the file, in the chunks in which they were read.
    pub parts: Vec<LogRows>,
    /// Its rows in its file, if their texts are not in memory.
    pub pages: Option<PagedLog>,
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

    /// How many of its rows have a key of their own.
    pub(super) fn keys(&self) -> usize {
        self.parts.iter().map(|part| part.keys.len()).sum()
    }

    /// The widest marking of its rows; `None` if a row is unmarked or the log is empty.
    pub fn widest(&self) -> Option<Tlp> {
        let parts = self.parts.iter().filter_map(|part| marks(part).min());
        parts.min().flatten()
    }
}

/// The distinct markings of rows, without visiting each row if they are all alike.
fn marks(part: &LogRows) -> impl Iterator<Item = Option<Tlp>> {
    let is_unmarked = part.tlp.is_empty() && !part.is_empty();
    let alike = part.tlp.alike().or(is_unmarked.then_some(None));
    let each = if alike.is_some() { 0 } else { part.tlp.len() };
    alike.into_iter().chain(part.tlp.iter().take(each))
}

/// Some rows, in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogRows {
    /// What happened.
    pub titles: TextColumn,
    /// When it happened.
    pub when: DateColumn,
    /// Facts with one value, by their slot in [`SINGLE_FACTS`].
    pub(crate) singles: SingleColumns,
    /// Facts with a list of words, by their slot in [`LIST_FACTS`]: entities by name, documents by title. A list that
    /// all rows lack has no rows; rows without a lane are on the lane of the log.
    pub lists: [ListColumn<TermId>; LIST_FACTS.len()],
    /// Rows whose day of disclosure cannot be read.
    pub day_unread: Vec<u32>,
    /// The marking; `RED` if the value cannot be read.
    pub tlp: ValueColumn<Option<Tlp>>,
    /// Keys of rows that have their own; the others are named by their line.
    pub keys: Vec<(u32, Box<str>)>,
    /// The other columns, under the log's own names.
    pub attributes: AttributeColumn,
    /// The names under which rows have attributes that stay in the file.
    pub paged_names: Vec<TermId>,
    /// The byte range of each row in its file.
    pub bytes: Vec<(u32, u32)>,
    /// The line on which each row begins, counted from 1.
    pub lines: LineColumn,
    /// The prints of the rows that marks may be on, by row.
    pub prints: Vec<(u32, RowPrint)>,
    /// The words behind the numbers.
    pub words: Vocabulary,
}

/// The values of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SingleColumn {
    Texts(TextColumn),
    Words(ValueColumn<Option<TermId>>),
    Dates(SparseColumn<EventDate>),
}

/// One column for each of [`SINGLE_FACTS`].
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
    /// The words that rows list for a fact.
    pub(super) fn list(&self, fact: FactId) -> &ListColumn<TermId> {
        &self.lists[fact.slot()]
    }

    /// The total length of the texts of a fact, in bytes.
    pub(super) fn bytes_of(&self, slot: usize) -> usize {
        match &self.singles.0[slot] {
            SingleColumn::Texts(texts) => texts.arena().len(),
            SingleColumn::Words(_) | SingleColumn::Dates(_) => 0,
        }
    }

    /// Only the texts of rows, whose places count from `start`.
    pub fn into_texts(mut self, start: usize) -> PageTexts {
        let summaries = match &mut self.singles.0[FactId::SUMMARY.slot()] {
            SingleColumn::Texts(texts) => std::mem::take(texts),
            SingleColumn::Words(_) | SingleColumn::Dates(_) => TextColumn::default(),
        };
        self.attributes.shrink();
        PageTexts {
            titles: self.titles,
            summaries,
            dates: self.when.into_written(),
            attributes: self.attributes,
            names: self.words,
            start,
            bytes: self.bytes,
        }
    }

    /// Sets the title of the current row; an empty one is shown as `(untitled)`.
    pub fn add_title(&mut self, title: &str) {
        self.titles
            .push(if title.is_empty() { UNTITLED } else { title });
    }

    /// Whether a row has a title of its own.
    pub fn has_title(&self, row: usize) -> bool {
        row < self.titles.len() && self.titles.get(row) != UNTITLED
    }

    /// The row's own key; `None` if the row is named by its line.
    pub(super) fn key(&self, row: usize) -> Option<&str> {
        let row = u32::try_from(row).ok()?;
        let found = self.keys.binary_search_by_key(&row, |(row, _)| *row);
        found.ok().map(|at| &*self.keys[at].1)
    }

    /// The lanes of its rows; if all rows share them, only once.
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
