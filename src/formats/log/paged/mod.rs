//! Logs whose rows stay in their file, or packed in memory: an index of short pages, whose rows are read again when they are
//! asked for.
//!
//! A page is read again from the same bytes in the same way. A hash of its text shows whether they are the same: rows of
//! another version of the file are never shown.

mod few_values;
mod page_cutter;
mod page_source;
mod raw_places;

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

pub(super) use few_values::FewValues;
pub(super) use page_cutter::{ChunkPage, cut};
use page_source::PageBuffer;
pub(super) use page_source::PageSource;
pub(super) use raw_places::{RawPlaces, repairs};

use super::chunk_text::{ChunkText, KeptTexts, breaks, text_of};
use super::parallel::threads;
use super::row_format::RowFormat;
use crate::date::Zone;
use crate::diagnostic::FileId;
use crate::timeline::log::UNTITLED;
use crate::timeline::{
    PageTexts, PageVisitor, PagedRows, RawTest, RowsFound, TextTest, VisitControl,
};

/// The title of rows that are no longer in their file.
const CHANGED: &str = "(the file has changed; reload it)";

/// How many pages are read at once when all are searched.
const BATCH: usize = 64;

/// Where a page is in the file.
#[derive(Clone, Copy, Debug)]
struct Page {
    /// In the bytes of the file.
    raw: u64,
    /// In the text of the file, where `�` has taken the place of bytes that are not UTF-8.
    start: usize,
    /// In bytes of the file.
    len: u32,
    /// Whether its last row may continue behind it.
    goes_on: bool,
    hash: u64,
}

/// The pages of a log, in order.
#[derive(Debug)]
pub(super) struct PageIndex {
    pages: Vec<Page>,
    /// The number of the first row of each page, and of all rows.
    first_rows: Vec<u32>,
}

impl PageIndex {
    pub fn new() -> Self {
        Self {
            pages: Vec::new(),
            first_rows: vec![0],
        }
    }

    /// Adds the pages of a text that begins at `start`. `raw` says where its bytes are.
    pub fn add(&mut self, pages: &[ChunkPage], start: usize, raw: &RawPlaces) {
        let mut rows = self.first_rows.last().copied().unwrap_or_default();
        for page in pages {
            let [from, to] = [page.text.start, page.text.end].map(|at| raw.of(at));
            self.pages.push(Page {
                raw: from,
                start: start + page.text.start,
                len: u32::try_from(to - from).expect("a chunk is shorter"),
                goes_on: page.goes_on,
                hash: page.hash,
            });
            rows = rows
                .checked_add(page.rows)
                .expect("32 bits number all rows");
            self.first_rows.push(rows);
        }
    }
}

/// A log in its file, or packed in memory.
pub(super) struct LogPages<F> {
    source: PageSource,
    form: F,
    zone: Option<Zone>,
    index: PageIndex,
}

impl<F> fmt::Debug for LogPages<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LogPages({})", self.index.pages.len())
    }
}

impl<F: RowFormat> LogPages<F> {
    pub fn new(source: PageSource, form: F, zone: Option<Zone>, mut index: PageIndex) -> Self {
        index.pages.shrink_to_fit();
        index.first_rows.shrink_to_fit();
        Self {
            source,
            form,
            zone,
            index,
        }
    }

    /// The texts of a page with this text.
    fn read_text(&self, number: usize, text: &str) -> Option<PageTexts> {
        let page = self.index.pages.get(number)?;
        let read = self.form.read(&ChunkText {
            file: FileId::default(),
            text,
            from: 0,
            goes_on: page.goes_on,
            breaks: &breaks(text),
            zone: self.zone.as_ref(),
            texts: KeptTexts::All,
        });
        let texts = read.rows.into_texts(page.start);
        (texts.len() == self.rows(number)).then_some(texts)
    }

    fn rows(&self, page: usize) -> usize {
        let rows = self.index.first_rows.get(page..).unwrap_or_default();
        match rows {
            [first, next, ..] => (next - first) as usize,
            _ => 0,
        }
    }

    /// The text of a page with these bytes; `None` if they are not those that were indexed.
    fn text(&self, number: usize, bytes: Vec<u8>) -> Option<String> {
        let page = self.index.pages.get(number)?;
        let (text, _) = text_of(bytes);
        (page_cutter::hash(&text) == page.hash).then_some(text)
    }

    /// Calls a function with each page whose bytes pass a test, from several threads.
    fn search(
        &self,
        may_have: &RawTest<'_>,
        visit: &(dyn Fn(usize, Vec<u8>) + Sync),
        control: &VisitControl,
    ) {
        let next = AtomicUsize::new(0);
        let pages = self.index.pages.len();
        let work = || {
            let mut buffer = PageBuffer::default();
            loop {
                let first = next.fetch_add(BATCH, Relaxed);
                if first >= pages || control.is_stopped() {
                    return;
                }
                let numbers = first..pages.min(first + BATCH);
                let count = numbers.len();
                self.search_batch(numbers, &mut buffer, may_have, visit);
                control.advance(count);
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads().min(pages.div_ceil(BATCH)) {
                // If the system has no room for another thread, there are fewer.
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            work();
        });
    }

    fn search_batch(
        &self,
        numbers: Range<usize>,
        buffer: &mut PageBuffer,
        may_have: &RawTest<'_>,
        visit: &(dyn Fn(usize, Vec<u8>) + Sync),
    ) {
        let pages = self.index.pages.get(numbers.clone()).unwrap_or_default();
        let Some(first) = pages.first() else { return };
        let end = |page: &Page| page.raw + u64::from(page.len);
        let end = pages.iter().map(end).max().unwrap_or(first.raw);
        let len = usize::try_from(end - first.raw).unwrap_or_default();
        let read = self.source.read(buffer, first.raw, len);
        let Some(read) = read.filter(|read| may_have(read)) else {
            return;
        };
        for (number, page) in numbers.zip(pages) {
            let from = usize::try_from(page.raw - first.raw).unwrap_or_default();
            let bytes = read.get(from..from + page.len as usize);
            if let Some(bytes) = bytes.filter(|bytes| may_have(bytes)) {
                visit(number, bytes.to_vec());
            }
        }
    }

    /// Whether each row of a page passes a test.
    fn found(
        &self,
        number: usize,
        text: &str,
        raw: &RawTest<'_>,
        says: &TextTest<'_>,
    ) -> Option<Vec<bool>> {
        let rows = self.rows(number);
        // The title of a row without one is not in the file.
        if self.form.is_verbatim()
            && !says(UNTITLED)
            && let Some(found) = self.form.saying(text, raw, &|text| says(text))
            && found.len() == rows
        {
            return Some(found);
        }
        let texts = self.read_text(number, text)?;
        let is_found = |row: usize| {
            says(texts.titles.get(row))
                || says(texts.summaries.get(row))
                || texts.attributes(row).any(|(_, value)| says(value))
        };
        Some((0..rows).map(is_found).collect())
    }
}

impl<F: RowFormat + Send> PagedRows for LogPages<F> {
    fn first_rows(&self) -> &[u32] {
        &self.index.first_rows
    }

    fn read(&self, number: usize) -> PageTexts {
        let page = self.index.pages.get(number);
        let bytes = page.and_then(|page| {
            let mut buffer = PageBuffer::default();
            let read = self.source.read(&mut buffer, page.raw, page.len as usize)?;
            Some(read.to_vec())
        });
        let text = bytes.and_then(|bytes| self.text(number, bytes));
        let texts = text.and_then(|text| self.read_text(number, &text));
        texts.unwrap_or_else(|| PageTexts::unreadable(self.rows(number), CHANGED))
    }

    fn visit(&self, raw: Option<&RawTest<'_>>, visitor: &PageVisitor<'_>, control: &VisitControl) {
        let raw = raw.filter(|_| self.form.is_verbatim());
        let may_have = |bytes: &[u8]| raw.is_none_or(|raw| raw(bytes) || F::may_differ(bytes));
        let visit = |number, bytes| {
            let text = self.text(number, bytes);
            let texts = text.and_then(|text| self.read_text(number, &text));
            if let (Some(texts), Some(&row)) = (texts, self.index.first_rows.get(number)) {
                visitor(row, &texts);
            }
        };
        self.search(&may_have, &visit, control);
    }

    fn find(
        &self,
        raw: &RawTest<'_>,
        says: &TextTest<'_>,
        found: &RowsFound<'_>,
        control: &VisitControl,
    ) {
        let is_verbatim = self.form.is_verbatim();
        let may_have = |bytes: &[u8]| !is_verbatim || raw(bytes) || F::may_differ(bytes);
        let visit = |number, bytes| {
            let text = self.text(number, bytes);
            let rows = text.and_then(|text| self.found(number, &text, raw, says));
            if let (Some(rows), Some(&row)) = (rows, self.index.first_rows.get(number)) {
                found(row, &rows);
            }
        };
        self.search(&may_have, &visit, control);
    }
}
