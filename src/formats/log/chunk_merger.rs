//! Reads a log in chunks and merges them. Places in a chunk count from its first byte, in the merged log from the first
//! byte of the text.

use std::collections::BTreeSet;
use std::io;
use std::mem;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use memchr::memchr_iter;

use super::chunk_reader::{ChunkEnd, ChunkReader, LogChunk};
use super::chunk_text::{ChunkText, line_at, short};
use super::finding_limiter::FindingLimiter;
use super::log_stream::LogStream;
use super::parallel;
use super::row_builder::ChunkRows;
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, NOT_UTF8, SourceText, TextPlace};
use crate::formats::progress::{Progress, stopped};
use crate::formats::row_selection::RowSelection;
use crate::timeline::log::LogRows;

pub(super) trait RowFormat: Sized + Sync {
    /// Where the first chunk may end.
    const FIRST: ChunkEnd;

    /// Where any other chunk may end.
    fn cut(&self) -> ChunkEnd {
        Self::FIRST
    }

    /// Whether rows are numbered by their lines. Otherwise they are numbered one after the other, since a line has
    /// many.
    fn has_lines(&self) -> bool {
        true
    }

    /// Reads the rows of a chunk from its first row on. A last row that may continue behind the chunk is left open, if
    /// there is more.
    fn read(&self, part: &ChunkText<'_>) -> ChunkRows;

    /// What the rest of a document says about its rows. `behind`: the text behind the last row, `None` if the text ends
    /// with the rows. `seen`: how many rows were read.
    fn gaps(&self, _behind: Option<&str>, _seen: usize, _file: FileId) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// The most bytes behind the rows of a document that are looked at.
const MOST_BEHIND: usize = 1 << 24;

/// The rows of a whole text.
pub(super) struct MergedRows {
    pub parts: Vec<LogRows>,
    pub findings: FindingLimiter,
    /// The lines of the text to which findings point.
    pub text: SourceText,
}

/// Reads the rows of a text in several threads. `form` finds the format at the head of the first chunk, with the first
/// byte of its first row.
pub(super) fn read<F: RowFormat>(
    stream: LogStream<'_>,
    file: FileId,
    progress: &Progress,
    form: impl FnOnce(&str) -> (F, usize),
) -> io::Result<MergedRows> {
    let zone = stream.options.zone.as_ref();
    let selection = stream.selection.filter(|it| it.has_begun());
    let mut chunks = ChunkReader::new(stream.bytes, F::FIRST, progress);
    if selection.is_some() {
        chunks.most = u64::MAX;
    }
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
    Ok(joined.end(stream.name))
}

/// How chunks of one log are read.
struct ChunkReading<'f, F> {
    form: &'f F,
    file: FileId,
    zone: Option<&'f Zone>,
    selection: Option<&'f RowSelection>,
    progress: &'f Progress,
}

/// The kept rows of a chunk, and how many it has.
struct KeptRows {
    chunk_rows: ChunkRows,
    count: usize,
}

impl<F: RowFormat> ChunkReading<'_, F> {
    fn read(&self, text: &str, from: usize, goes_on: bool, breaks: &[u32]) -> KeptRows {
        let mut chunk_rows = self.form.read(&ChunkText {
            file: self.file,
            text,
            from,
            goes_on,
            breaks,
            zone: self.zone,
        });
        let count = chunk_rows.rows.lines.len();
        if !self.form.has_lines() {
            for (at, number) in chunk_rows.rows.lines.iter_mut().enumerate() {
                *number = short(at);
            }
        }
        if let Some(selection) = self.selection {
            let rows = mem::take(&mut chunk_rows.rows);
            chunk_rows.rows = selection.choose(rows, self.file, self.zone);
        }
        KeptRows { chunk_rows, count }
    }
}

/// The text of a chunk, and its rows, provided that it begins with a row.
struct ReadChunk {
    text: String,
    damage: Vec<Range<usize>>,
    breaks: Vec<u32>,
    is_last: bool,
    rows: KeptRows,
}

impl ReadChunk {
    fn new(reading: &ChunkReading<'_, impl RowFormat>, chunk: LogChunk, from: usize) -> Self {
        let (text, damage) = text_of(chunk.bytes);
        let breaks = breaks(&text);
        let rows = reading.read(&text, from, !chunk.is_last, &breaks);
        Self {
            text,
            damage,
            breaks,
            is_last: chunk.is_last,
            rows,
        }
    }
}

/// Bytes as text, and the places where `�` replaces bytes that are not UTF-8. A line break is never part of a damaged
/// character, so that chunks are repaired as the whole would be.
fn text_of(bytes: Vec<u8>) -> (String, Vec<Range<usize>>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let repaired = SourceText::from_bytes("", error.into_bytes());
            (repaired.text().to_owned(), repaired.damage().to_vec())
        }
    }
}

/// The first byte of each line but the first.
fn breaks(text: &str) -> Vec<u32> {
    let mut breaks = Vec::with_capacity(text.len() / 256);
    breaks.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| short(at + 1)));
    breaks
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
    /// The first byte of each line but the first. Only a log that is kept whole has findings with places.
    breaks: Vec<u32>,
    /// The line on which the next row begins.
    line: usize,
    /// The text behind the last row of a document, up to [`MOST_BEHIND`].
    behind: Option<String>,
    /// The rows of the document that were read.
    seen: usize,
    /// The rows so far.
    count: usize,
    parts: Vec<LogRows>,
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
            breaks: Vec::new(),
            line: 1,
            behind: None,
            seen: 0,
            count: 0,
            parts: Vec::new(),
            findings: FindingLimiter::default(),
            quoted: Vec::new(),
        }
    }

    /// Adds the next chunk, and returns its text for reuse. If the chunk before ended inside a row, this one does not
    /// begin with a row and is read again.
    fn put(&mut self, read: ReadChunk) -> String {
        let begin = self.len;
        if begin == 0 {
            // Findings about the whole file point to its first line.
            self.quote(0, &read.text, 0);
        }
        self.report_damage(&read, begin);
        if self.reading.selection.is_none() {
            self.breaks
                .extend(read.breaks.iter().map(|&at| short(begin + at as usize)));
        }
        self.len += read.text.len();
        self.is_whole = read.is_last;
        if let Some(behind) = &mut self.behind {
            if behind.len() < MOST_BEHIND {
                behind.push_str(&read.text);
            }
            return read.text;
        }
        if self.open.is_empty() {
            let open = self.add(begin, &read.text, read.rows);
            self.open.push_str(open);
            return read.text;
        }
        let begin = begin - self.open.len();
        let mut text = mem::take(&mut self.open);
        text.push_str(&read.text);
        let rows = (self.reading).read(&text, 0, !read.is_last, &breaks(&text));
        let open = self.add(begin, &text, rows);
        self.open.push_str(open);
        read.text
    }

    fn report_damage(&mut self, read: &ReadChunk, begin: usize) {
        let mut findings = FindingLimiter::default();
        for range in &read.damage {
            findings.add(damaged(self.reading.file, range.clone()));
        }
        self.report(begin, &read.text, findings);
    }

    /// Adds the rows of a text that begins at `begin`. Returns the open row at its end.
    fn add<'t>(&mut self, begin: usize, text: &'t str, rows: KeptRows) -> &'t str {
        let KeptRows {
            mut chunk_rows,
            count,
        } = rows;
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
        for number in &mut chunk_rows.rows.lines {
            *number = short(before + *number as usize);
        }
        self.parts.push(chunk_rows.rows);
        self.report(begin, text, chunk_rows.findings);
        if let Some(behind) = chunk_rows.behind {
            self.behind = text.get(behind..).map(str::to_owned);
            return "";
        }
        let end = chunk_rows.open.unwrap_or(text.len());
        let (read, open) = text.split_at_checked(end).unwrap_or((text, ""));
        self.line += memchr_iter(b'\n', read.as_bytes()).count();
        open
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
        (self.breaks).partition_point(|&start| start as usize <= byte) + 1
    }

    fn end(mut self, name: &str) -> MergedRows {
        let at = (self.len - self.open.len()).max(self.from);
        if self.is_whole {
            let file = self.reading.file;
            let gaps = self
                .reading
                .form
                .gaps(self.behind.as_deref(), self.seen, file);
            for gap in gaps {
                self.findings.add(gap);
            }
        } else {
            self.findings.add(stopped(self.reading.file, at));
        }
        // Of most findings only their number is kept.
        let kept = self.findings.kept();
        let mut lines: BTreeSet<usize> = kept
            .map(|finding| self.line_of(finding.place.start()))
            .collect();
        lines.insert(1);
        let mut quoted = mem::take(&mut self.quoted);
        quoted.retain(|(start, _)| lines.contains(&self.line_of(*start)));
        quoted.sort_unstable();
        quoted.dedup();
        MergedRows {
            parts: self.parts,
            findings: self.findings,
            text: SourceText::quoted(name, self.len, self.breaks, quoted),
        }
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
