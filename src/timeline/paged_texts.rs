//! Rows of logs whose texts stay in their files. In memory are their dates, names and words, and the texts of the rows that
//! were shown.
//!
//! The domain reads no files: a [`PagedRows`] of the reader does.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::column::{AttributeColumn, TermId, TextColumn, Vocabulary};
use super::link::EventId;
use super::visit_control::VisitControl;

/// The texts of some neighbouring rows of a log.
#[derive(Clone, Debug, Default)]
pub struct PageTexts {
    pub titles: TextColumn,
    pub summaries: TextColumn,
    /// The dates as written; empty for undated rows.
    pub dates: TextColumn,
    pub attributes: AttributeColumn,
    /// The words behind the names of attributes.
    pub names: Vocabulary,
    /// Where the page begins in its file.
    pub start: usize,
    /// The byte range of each row in the page.
    pub bytes: Vec<(u32, u32)>,
}

impl PageTexts {
    /// Rows whose texts cannot be read any more, each with a title that says why.
    pub fn unreadable(rows: usize, why: &str) -> Self {
        let mut texts = Self::default();
        for _ in 0..rows {
            texts.titles.push(why);
            texts.attributes.end_row();
        }
        texts.summaries.push_blank(rows);
        texts.dates.push_blank(rows);
        texts.bytes.resize(rows, (0, 0));
        texts
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The byte range of a row in its file.
    pub fn place(&self, row: usize) -> Range<usize> {
        let (start, end) = self.bytes.get(row).copied().unwrap_or_default();
        self.start + start as usize..self.start + end as usize
    }

    /// The names and values of a row.
    pub fn attributes(&self, row: usize) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let all = self.attributes.get(row);
        all.map(|(name, value)| (self.names.word(name), value))
    }
}

/// Whether the raw bytes of some rows may have what is looked for.
pub type RawTest<'t> = dyn Fn(&[u8]) -> bool + Sync + 't;

/// Gets the number of the first row of a page, and its texts.
pub type PageVisitor<'t> = dyn Fn(u32, &PageTexts) + Sync + 't;

/// The rows of a log in its file, in pages of a few rows.
pub trait PagedRows: fmt::Debug + Send + Sync {
    /// The number of the first row of each page, and behind them the number of all rows.
    fn first_rows(&self) -> &[u32];

    /// The texts of a page.
    fn read(&self, page: usize) -> PageTexts;

    /// Visits all pages, in any order and from several threads, until it is stopped. Leaves out pages whose bytes fail the
    /// test, unless the texts of the log are not as they are in its bytes.
    fn visit(&self, test: Option<&RawTest<'_>>, visitor: &PageVisitor<'_>, control: &VisitControl);

    /// Finds the rows whose title, summary or attributes pass a test: gives `found` the number of the first row of a page, and
    /// for each of its rows whether it does. `raw` is as for [`Self::visit`], and passes whatever passes the test.
    fn find(
        &self,
        raw: &RawTest<'_>,
        says: &TextTest<'_>,
        found: &RowsFound<'_>,
        control: &VisitControl,
    );
}

/// Whether a text has what is looked for.
pub type TextTest<'t> = dyn Fn(&str) -> bool + Sync + 't;

/// Gets the number of the first row of a page, and whether each row has what is looked for.
pub type RowsFound<'t> = dyn Fn(u32, &[bool]) + Sync + 't;

/// The rows of a log that stay in its file.
#[derive(Clone, Debug)]
pub struct PagedLog(pub Arc<dyn PagedRows>);

impl PartialEq for PagedLog {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for PagedLog {}

/// The events whose texts stay in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PagedTexts {
    logs: Vec<CachedLog>,
    /// Neighbouring events that are neighbouring rows, in the order of events.
    runs: Vec<PagedRun>,
    /// The indices of runs in the order of rows, if that differs.
    by_row: Vec<u32>,
    /// How many rows all logs have.
    rows: u32,
    many: BTreeSet<TermId>,
}

/// The events of a page.
pub(crate) struct PageEvents<'t> {
    paged: &'t PagedTexts,
    first_row: u32,
}

impl PageEvents<'_> {
    /// The event of a row of the page.
    pub fn get(&self, row: usize) -> Option<EventId> {
        let row = u32::try_from(row).ok()?;
        self.paged.event(self.first_row + row)
    }
}

/// Rows are numbered through all logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PagedRun {
    event: u32,
    row: u32,
    len: u32,
}

impl PagedRun {
    const fn events(self) -> Range<u32> {
        self.event..self.event + self.len
    }
}

#[derive(Debug)]
struct CachedLog {
    log: PagedLog,
    first_row: u32,
    /// The pages that were read.
    pages: Vec<OnceLock<Box<PageTexts>>>,
    read: Mutex<Vec<usize>>,
}

impl Clone for CachedLog {
    fn clone(&self) -> Self {
        Self::new(self.log.clone(), self.first_row)
    }
}

impl PartialEq for CachedLog {
    fn eq(&self, other: &Self) -> bool {
        self.log == other.log && self.first_row == other.first_row
    }
}

impl Eq for CachedLog {}

impl CachedLog {
    fn new(log: PagedLog, first_row: u32) -> Self {
        let pages = log.0.first_rows().len().saturating_sub(1);
        Self {
            log,
            first_row,
            pages: std::iter::repeat_with(OnceLock::new).take(pages).collect(),
            read: Mutex::default(),
        }
    }

    fn texts(&self, row: u32) -> Option<(&PageTexts, usize)> {
        let firsts = self.log.0.first_rows();
        let page = firsts
            .partition_point(|&first| first <= row)
            .checked_sub(1)?;
        let texts = self.pages.get(page)?.get_or_init(|| {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.push(page);
            Box::new(self.log.0.read(page))
        });
        Some((texts, (row - firsts.get(page)?) as usize))
    }

    fn forget(&mut self) {
        let read = self.read.get_mut().unwrap_or_else(PoisonError::into_inner);
        for page in std::mem::take(read) {
            self.pages[page].take();
        }
    }

    fn pages_in_memory(&self) -> usize {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.len()
    }
}

impl PagedTexts {
    /// Whether the texts of all events are in memory.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Adds a log. Returns the number of its first row.
    pub fn add_log(&mut self, log: PagedLog) -> u32 {
        let first_row = self.rows;
        let rows = log.0.first_rows().last().copied().unwrap_or_default();
        self.rows = first_row
            .checked_add(rows)
            .expect("32 bits number all events");
        self.logs.push(CachedLog::new(log, first_row));
        first_row
    }

    /// Adds neighbouring rows as the next events.
    pub fn add(&mut self, event: EventId, row: u32, len: u32) {
        if let Some(last) = self.runs.last_mut()
            && last.events().end == event.0
            && last.row + last.len == row
        {
            last.len += len;
            return;
        }
        let event = event.0;
        self.runs.push(PagedRun { event, row, len });
    }

    /// Releases unused capacity, and prepares looking up events by their rows.
    pub fn finish(&mut self) {
        self.runs.shrink_to_fit();
        if !self.runs.is_sorted_by_key(|run| run.row) {
            let count = u32::try_from(self.runs.len()).expect("32 bits number all events");
            self.by_row = (0..count).collect();
            self.by_row
                .sort_unstable_by_key(|&run| self.runs[run as usize].row);
        }
    }

    /// Whether the texts of an event stay in a file.
    pub fn has(&self, event: EventId) -> bool {
        self.row(event).is_some()
    }

    /// The texts of the page with an event, and its row there; `None` if its texts are in memory.
    pub fn texts(&self, event: EventId) -> Option<(&PageTexts, usize)> {
        let row = self.row(event)?;
        let at = self.logs.partition_point(|log| log.first_row <= row);
        let log = self.logs.get(at.checked_sub(1)?)?;
        log.texts(row - log.first_row)
    }

    fn row(&self, event: EventId) -> Option<u32> {
        let at = self.runs.partition_point(|run| run.event <= event.0);
        let run = self.runs.get(at.checked_sub(1)?)?;
        let row = event.0 - run.event;
        (row < run.len).then_some(run.row + row)
    }

    /// The event of a row.
    fn event(&self, row: u32) -> Option<EventId> {
        let run = if self.by_row.is_empty() {
            let at = self.runs.partition_point(|run| run.row <= row);
            self.runs.get(at.checked_sub(1)?)?
        } else {
            let first = |run: &u32| self.runs[*run as usize].row;
            let at = self.by_row.partition_point(|run| first(run) <= row);
            &self.runs[*self.by_row.get(at.checked_sub(1)?)? as usize]
        };
        let at = row - run.row;
        (at < run.len).then_some(EventId(run.event + at))
    }

    /// Calls a function with the texts of each page, in any order and from several threads. `test` leaves out pages that
    /// cannot have what is looked for. Nothing is kept in memory.
    pub fn visit(
        &self,
        test: Option<&RawTest<'_>>,
        visitor: &(dyn Fn(&PageEvents<'_>, &PageTexts) + Sync),
        control: &VisitControl,
    ) {
        for log in &self.logs {
            let visitor = |first, texts: &PageTexts| {
                let first_row = log.first_row + first;
                let events = PageEvents {
                    paged: self,
                    first_row,
                };
                visitor(&events, texts);
            };
            log.log.0.visit(test, &visitor, control);
        }
    }

    /// Calls a function with the events whose title, summary or attributes pass a test, from several threads. `raw`: see
    /// [`PagedRows::find`].
    pub fn find(
        &self,
        raw: &RawTest<'_>,
        says: &TextTest<'_>,
        found: &(dyn Fn(&mut dyn Iterator<Item = EventId>) + Sync),
        control: &VisitControl,
    ) {
        for log in &self.logs {
            let found = |first, rows: &[bool]| {
                let numbers = (log.first_row + first..).zip(rows);
                let mut events = numbers
                    .filter_map(|(row, is_found)| is_found.then(|| self.event(row)).flatten());
                found(&mut events);
            };
            log.log.0.find(raw, says, &found, control);
        }
    }

    /// How many pages all logs have.
    pub fn pages(&self) -> usize {
        self.logs.iter().map(|log| log.pages.len()).sum()
    }

    /// Whether a name has many values in a log: they are not among the attributes in memory.
    pub fn has_many(&self, name: TermId) -> bool {
        self.many.contains(&name)
    }

    /// The names with many values in a log.
    pub fn many_mut(&mut self) -> &mut BTreeSet<TermId> {
        &mut self.many
    }

    /// How many pages are in memory.
    pub fn pages_in_memory(&self) -> usize {
        self.logs.iter().map(CachedLog::pages_in_memory).sum()
    }

    /// Frees the pages in memory. They are read again when they are shown again.
    pub fn forget_pages(&mut self) {
        self.logs.iter_mut().for_each(CachedLog::forget);
    }
}
