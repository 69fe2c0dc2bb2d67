//! Reads a log in chunks and merges them. Places in a chunk count from its first byte, in the merged log from the first
//! byte of the text.

use std::collections::BTreeSet;
use std::io;
use std::mem;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memchr_iter;

use super::chunk_reader::{ChunkReader, LogChunk, SMALL_CHUNK_SIZE};
use super::chunk_text::{ChunkText, KeptTexts, breaks, line_at, short, text_of};
use super::engine_answer::AnswerStop;
use super::finding_limiter::FindingLimiter;
use super::log_stream::{LogStream, TextStore};
use super::many_names::ManyNames;
use super::paged::{
    ChunkPage, FewValues, LogPages, PageIndex, PageSource, RawPlaces, cut, repairs,
};
use super::parallel;
use super::row_builder::ChunkRows;
use super::row_format::RowFormat;
use crate::date::Zone;
use crate::diagnostic::{ANSWER_BROKEN, Diagnostic, FileId, NOT_UTF8, SourceText, TextPlace};
use crate::formats::marks::WantedPrints;
use crate::formats::progress::{Progress, stopped};
use crate::formats::row_selection::RowSelection;
use crate::formats::text_blocks::{PackedBlock, TextBlocks, pack};
use crate::packed::Offsets;
use crate::timeline::log::LogRows;
use crate::timeline::{LineColumn, PagedLog};

/// The most bytes behind the rows of a document that are looked at.
const MOST_BEHIND: usize = 1 << 24;

/// The rows of a whole text.
pub(super) struct MergedRows {
    pub parts: Vec<LogRows>,
    /// Set if the texts of rows are not in columns.
    pub pages: Option<PagedLog>,
    pub findings: FindingLimiter,
    /// The lines of the text to which findings point.
    pub text: SourceText,
}

/// Reads the rows of a text in several threads. `form` finds the format at the head of the first chunk, with the first
/// byte of its first row.
pub(super) fn read<F: RowFormat + Send + 'static>(
    stream: LogStream<'_>,
    file: FileId,
    progress: &Progress,
    form: impl FnOnce(&str) -> (F, usize),
) -> io::Result<MergedRows> {
    let zone = stream.options.zone.as_ref();
    let selection = stream.selection.filter(|it| it.has_begun());
    let mut chunks = ChunkReader::new(stream.bytes, F::FIRST, progress);
    let texts = if F::IS_PAGED && selection.is_none() {
        stream.texts
    } else {
        TextStore::Columns
    };
    if selection.is_some() || texts.is_paged() {
        chunks.most = u64::MAX;
    }
    if texts.is_paged() {
        chunks.size = SMALL_CHUNK_SIZE;
    }
    chunks.size = stream.chunk_size.unwrap_or(chunks.size);
    let mut first = chunks.next(Vec::new())?;
    let head = first.as_ref().map_or(&[][..], |first| &first.bytes);
    let (form, mut from) = form(&String::from_utf8_lossy(head));
    chunks.cut = form.cut();
    let is_all = first.as_ref().is_none_or(|first| first.is_last);
    let threads = if is_all { 1 } else { parallel::threads() };
    let spare = Mutex::new(Vec::new());
    let lock = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    let reading = ChunkReading {
        form: &form,
        file,
        zone,
        selection,
        progress,
        many: texts.is_paged().then(ManyNames::default),
        is_packing: matches!(texts, TextStore::Blocks),
        prints: stream.prints,
    };
    let mut joined = ChunkMerger::new(&reading, from);
    parallel::in_order::<_, _, io::Error>(
        threads,
        || {
            if let Some(first) = first.take() {
                return Ok(Some((first, mem::take(&mut from))));
            }
            let buffer = lock().pop().unwrap_or_default();
            Ok(chunks.next(buffer)?.map(|chunk| (chunk, 0)))
        },
        |(chunk, from)| ReadChunk::new(&reading, chunk, from),
        |read| lock().push(joined.put(read).into_bytes()),
    )?;
    let blocks = mem::take(&mut joined.blocks);
    let (mut rows, index) = joined.end(stream.name);
    if let Some(source) = PageSource::new(texts, blocks) {
        let pages = LogPages::new(source, form, zone.cloned(), index);
        rows.pages = Some(PagedLog(Arc::new(pages)));
    }
    Ok(rows)
}

/// How chunks of one log are read.
struct ChunkReading<'f, F> {
    form: &'f F,
    file: FileId,
    zone: Option<&'f Zone>,
    selection: Option<&'f RowSelection>,
    progress: &'f Progress,
    /// Set if the texts of rows are not in columns.
    many: Option<ManyNames>,
    /// Whether they stay in packed blocks.
    is_packing: bool,
    prints: Option<&'f WantedPrints>,
}

/// The kept rows of a chunk, and how many it has.
struct KeptRows {
    chunk_rows: ChunkRows,
    count: usize,
    pages: Vec<ChunkPage>,
    /// Whether the text ends with the error of an engine that could not send all rows.
    is_stopped: bool,
}

impl<F: RowFormat> ChunkReading<'_, F> {
    fn read(&self, text: &str, from: usize, goes_on: bool, breaks: &[u32]) -> KeptRows {
        // The rows end where the engine that wrote them gave up.
        let stop = (!goes_on).then(|| AnswerStop::find(text)).flatten();
        let end = stop.as_ref().map_or(text.len(), |stop| stop.at.max(from));
        let text = text.get(..end).unwrap_or(text);
        let mut chunk_rows = self.form.read(&ChunkText {
            file: self.file,
            text,
            from,
            goes_on,
            breaks,
            zone: self.zone,
            texts: self.many.as_ref().map_or(KeptTexts::All, KeptTexts::Few),
        });
        let count = chunk_rows.rows.lines.len();
        if !self.form.has_lines() {
            let mut numbers = LineColumn::default();
            (0..short(count)).for_each(|number| numbers.push(number));
            chunk_rows.rows.lines = numbers;
        }
        if let Some(prints) = self.prints {
            prints.keep(text, &mut chunk_rows.rows);
        }
        if let Some(selection) = self.selection {
            let rows = mem::take(&mut chunk_rows.rows);
            chunk_rows.rows = selection.choose(rows, self.file, self.zone);
        }
        let is_stopped = stop.is_some();
        if let Some(stop) = stop {
            chunk_rows.findings.add(self.stopped_by_engine(&stop));
        }
        let mut pages = Vec::new();
        if self.many.is_some() {
            pages = cut(text, from, goes_on, &chunk_rows);
            chunk_rows.rows.bytes = Vec::new();
        }
        KeptRows {
            chunk_rows,
            count,
            pages,
            is_stopped,
        }
    }

    fn stopped_by_engine(&self, stop: &AnswerStop) -> Diagnostic {
        let place = TextPlace::new(self.file, stop.place.clone());
        let message = format!("the engine stopped with an error: {}", stop.said);
        Diagnostic::new(&ANSWER_BROKEN, place, message)
            .label("rows behind this are missing")
            .help("correct the query or the limits of the engine, and ask again")
    }
}

/// The text of a chunk, and its rows, provided that it begins with a row.
struct ReadChunk {
    text: String,
    /// How many bytes of the file it is.
    raw_len: u64,
    /// See [`RawPlaces::new`].
    repairs: Vec<(usize, u64)>,
    damage: Vec<Range<usize>>,
    breaks: Vec<u32>,
    is_last: bool,
    rows: KeptRows,
    blocks: Vec<PackedBlock>,
}

impl ReadChunk {
    fn new(reading: &ChunkReading<'_, impl RowFormat>, chunk: LogChunk, from: usize) -> Self {
        let raw_len = chunk.bytes.len() as u64;
        let blocks = if reading.is_packing {
            pack(&chunk.bytes)
        } else {
            Vec::new()
        };
        let (repairs, (text, damage)) = match String::from_utf8(chunk.bytes) {
            Ok(text) => (Vec::new(), (text, Vec::new())),
            Err(error) => (repairs(error.as_bytes()), text_of(error.into_bytes())),
        };
        let breaks = breaks(&text);
        let rows = reading.read(&text, from, !chunk.is_last, &breaks);
        Self {
            text,
            raw_len,
            repairs,
            damage,
            breaks,
            is_last: chunk.is_last,
            rows,
            blocks,
        }
    }
}

/// Merges chunks in the order of the text.
struct ChunkMerger<'f, F> {
    reading: &'f ChunkReading<'f, F>,
    /// The first byte of the first row.
    from: usize,
    /// The bytes so far.
    len: usize,
    /// The last of them, which may be the beginning of a row.
    open: String,
    is_whole: bool,
    /// Whether an engine reported at the end that rows are missing.
    is_stopped: bool,
    /// The first byte of each line but the first. Only a log that is kept whole has findings with places.
    breaks: Offsets,
    /// The line on which the next row begins.
    line: usize,
    /// The text behind the last row of a document, up to [`MOST_BEHIND`].
    behind: Option<String>,
    /// The rows of the document that were read.
    seen: usize,
    /// The rows so far.
    count: usize,
    parts: Vec<LogRows>,
    /// The bytes of the file so far, and where the open row is in it.
    raw_len: u64,
    open_raw: RawPlaces,
    index: PageIndex,
    blocks: TextBlocks,
    few: FewValues,
    findings: FindingLimiter,
    quoted: Vec<(usize, Box<str>)>,
}

impl<'f, F: RowFormat> ChunkMerger<'f, F> {
    fn new(reading: &'f ChunkReading<'f, F>, from: usize) -> Self {
        Self {
            reading,
            from,
            len: 0,
            open: String::new(),
            is_whole: false,
            is_stopped: false,
            breaks: Offsets::default(),
            line: 1,
            behind: None,
            seen: 0,
            count: 0,
            parts: Vec::new(),
            raw_len: 0,
            open_raw: RawPlaces::default(),
            index: PageIndex::new(),
            blocks: TextBlocks::default(),
            few: FewValues::default(),
            findings: FindingLimiter::default(),
            quoted: Vec::new(),
        }
    }

    /// Adds the next chunk, and returns its text for reuse. If the chunk before ended inside a row, this one does not
    /// begin with a row and is read again.
    fn put(&mut self, mut read: ReadChunk) -> String {
        self.blocks.append(mem::take(&mut read.blocks));
        let begin = self.len;
        if begin == 0 {
            // Findings about the whole file point to its first line.
            self.quote(0, &read.text, 0);
        }
        self.report_damage(&read, begin);
        if self.reading.selection.is_none() {
            self.breaks
                .extend(read.breaks.iter().map(|&at| begin + at as usize));
        }
        self.len += read.text.len();
        self.is_whole = read.is_last;
        if let Some(behind) = &mut self.behind {
            if behind.len() < MOST_BEHIND {
                behind.push_str(&read.text);
            }
            return read.text;
        }
        let raw = RawPlaces::new(self.raw_len, &read.repairs);
        self.raw_len += read.raw_len;
        if self.open.is_empty() {
            let end = self.add((begin, &raw), &read.text, read.rows);
            self.leave_open(&read.text, end, &raw);
            return read.text;
        }
        let begin = begin - self.open.len();
        let mut joined = mem::take(&mut self.open_raw);
        let mut text = mem::take(&mut self.open);
        joined.append(text.len(), &raw);
        text.push_str(&read.text);
        let rows = (self.reading).read(&text, 0, !read.is_last, &breaks(&text));
        let end = self.add((begin, &joined), &text, rows);
        self.leave_open(&text, end, &joined);
        read.text
    }

    /// Keeps the open row at the end of a text.
    fn leave_open(&mut self, text: &str, end: usize, raw: &RawPlaces) {
        self.open.push_str(text.get(end..).unwrap_or_default());
        self.open_raw = raw.behind(end);
    }

    fn report_damage(&mut self, read: &ReadChunk, begin: usize) {
        let mut findings = FindingLimiter::default();
        for range in &read.damage {
            findings.add(damaged(self.reading.file, range.clone()));
        }
        self.report(begin, &read.text, findings);
    }

    /// Adds the rows of a text that begins at `begin`, where it is in the file too. Returns where an open row at its end
    /// begins.
    fn add(&mut self, (begin, raw): (usize, &RawPlaces), text: &str, rows: KeptRows) -> usize {
        let KeptRows {
            mut chunk_rows,
            count,
            pages,
            is_stopped,
        } = rows;
        self.is_stopped = is_stopped;
        self.index.add(&pages, begin, raw);
        self.reading.progress.add_events(count);
        let line = self.line;
        for (start, end) in &mut chunk_rows.rows.bytes {
            *start = short(begin + *start as usize);
            *end = short(begin + *end as usize);
        }
        let first = self.count + 1;
        self.count += count;
        self.seen += chunk_rows.seen;
        let before = if self.reading.form.has_lines() {
            line
        } else {
            first
        };
        self.keep(chunk_rows.rows, short(before));
        self.report(begin, text, chunk_rows.findings);
        if let Some(behind) = chunk_rows.behind {
            self.behind = text.get(behind..).map(str::to_owned);
            return text.len();
        }
        let end = chunk_rows.open.unwrap_or(text.len());
        let read = text.get(..end).unwrap_or(text);
        self.line += memchr_iter(b'\n', read.as_bytes()).count();
        end
    }

    /// Keeps rows, moved down by a number of lines. Rows whose texts stay in the file are added to those before: each
    /// chunk has few bytes of them.
    fn keep(&mut self, mut rows: LogRows, later: u32) {
        let Some(many) = &self.reading.many else {
            rows.lines = rows.lines.mapped(|line| line.saturating_add(later));
            self.parts.push(rows);
            return;
        };
        if self.parts.is_empty() {
            self.parts.push(LogRows::default());
        }
        let [all, ..] = &mut self.parts[..] else {
            return;
        };
        if self.few.add(&rows, many) {
            self.few.retain(all);
        }
        self.few.retain(&mut rows);
        all.append(&rows, later);
    }

    /// Adds the findings of a text that begins at `begin`, and keeps their lines.
    fn report(&mut self, begin: usize, text: &str, mut findings: FindingLimiter) {
        for finding in findings.kept_mut() {
            let place = &mut finding.place;
            self.quote(begin, text, place.start());
            *place = place.behind(begin);
        }
        self.findings.append(findings);
    }

    /// Keeps the line of a byte of a text that begins at `begin`.
    fn quote(&mut self, begin: usize, text: &str, byte: usize) {
        let line = line_at(text, byte);
        let start = begin + line.start;
        let line = text.get(line).unwrap_or_default();
        self.quoted.push((start, line.into()));
    }

    /// The line of a byte, counted from 1.
    fn line_of(&self, byte: usize) -> usize {
        self.breaks.count_up_to(byte) + 1
    }

    fn end(mut self, name: &str) -> (MergedRows, PageIndex) {
        let at = (self.len - self.open.len()).max(self.from);
        if !self.is_whole {
            self.findings.add(stopped(self.reading.file, at));
        } else if !self.is_stopped {
            // Otherwise the engine has said why rows are missing.
            let file = self.reading.file;
            let gaps = self
                .reading
                .form
                .gaps(self.behind.as_deref(), self.seen, file);
            for gap in gaps {
                self.findings.add(gap);
            }
        }
        // Of most findings only their number is kept.
        let kept = self.findings.kept();
        let mut lines: BTreeSet<usize> = kept
            .map(|finding| self.line_of(finding.place.start()))
            .collect();
        lines.insert(1);
        self.breaks.shrink();
        let mut quoted = mem::take(&mut self.quoted);
        quoted.retain(|(start, _)| lines.contains(&self.line_of(*start)));
        quoted.sort_unstable();
        quoted.dedup();
        let rows = MergedRows {
            parts: self.parts,
            pages: None,
            findings: self.findings,
            text: SourceText::quoted(name, self.len, self.breaks, quoted),
        };
        (rows, self.index)
    }
}

/// The finding about bytes that are not UTF-8.
pub(super) fn damaged(file: FileId, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &NOT_UTF8,
        TextPlace::new(file, range),
        "a byte here is not UTF-8",
    )
    .label("shown as `�`")
    .help("save the file as UTF-8; it may be Latin-1 or Windows-1252")
}
