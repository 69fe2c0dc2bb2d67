//! From pieces to a log: each is read by itself, with places counted from its own first byte, and joined to those
//! before it, with places counted from the first byte of the text.

use std::collections::BTreeSet;
use std::io;
use std::mem;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use memchr::memchr_iter;

use super::pieces::{Cut, Cutter, Piece};
use super::rows::Stretch;
use super::told::Told;
use super::{Stream, parallel};
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, NOT_UTF8, Place, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::log::LogRows;

/// A form of rows.
pub(super) trait Form: Sized + Sync {
    /// Where the first piece of a text may be cut.
    const FIRST: Cut;

    /// Where any other may be cut.
    fn cut(&self) -> Cut {
        Self::FIRST
    }

    /// Whether rows are numbered by the lines on which they begin, or one after the other, where lines have many.
    fn has_lines(&self) -> bool {
        true
    }

    /// Reads the rows of a part of a text from a byte on. A last row that may go on behind the part is left to whoever
    /// has the rest, if there is more.
    fn read(&self, part: &Part<'_>) -> Stretch;
}

/// A part of a text that begins with a row.
pub(super) struct Part<'t> {
    pub file: FileId,
    pub text: &'t str,
    /// Where its first row begins.
    pub from: usize,
    /// Whether the text goes on behind it.
    pub goes_on: bool,
    /// Where each line but the first begins.
    pub breaks: &'t [u32],
    /// The zone of times that name none, if the reader states one.
    pub zone: Option<&'t Zone>,
}

/// What reading all rows of a text gave.
pub(super) struct Rows {
    pub parts: Vec<LogRows>,
    pub told: Told,
    /// The lines of the text that findings point at.
    pub text: SourceText,
}

/// Reads the rows of a text in pieces, several at a time. What form they have shows at the head of the first piece,
/// with where the first row begins.
pub(super) fn read<F: Form>(
    stream: Stream<'_>,
    file: FileId,
    progress: &Progress,
    form: impl FnOnce(&str) -> (F, usize),
) -> io::Result<Rows> {
    let zone = stream.zone.as_ref();
    let mut cutter = Cutter::new(stream.bytes, F::FIRST, progress);
    let mut first = cutter.next(Vec::new())?;
    let head = first.as_ref().map_or(&[][..], |first| &first.bytes);
    let (form, mut from) = form(&String::from_utf8_lossy(head));
    cutter.cut = form.cut();
    let is_all = first.as_ref().is_none_or(|first| first.is_last);
    let threads = if is_all { 1 } else { parallel::threads() };
    let spare = Mutex::new(Vec::new());
    let lock = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    let mut joined = Joined::new(&form, file, zone, from);
    parallel::in_order::<_, _, io::Error>(
        threads,
        || {
            if let Some(first) = first.take() {
                return Ok(Some((first, mem::take(&mut from))));
            }
            let buffer = lock().pop().unwrap_or_default();
            Ok(cutter.next(buffer)?.map(|piece| (piece, 0)))
        },
        |(piece, from)| Read::new(&form, file, zone, piece, from),
        |read| lock().push(joined.put(read).into_bytes()),
    )?;
    Ok(joined.end(stream.name))
}

/// A piece as text, and its rows as they are if it begins with a row.
struct Read {
    text: String,
    damage: Vec<Range<usize>>,
    breaks: Vec<u32>,
    is_last: bool,
    stretch: Stretch,
}

impl Read {
    fn new(form: &impl Form, file: FileId, zone: Option<&Zone>, piece: Piece, from: usize) -> Self {
        let (text, damage) = text_of(piece.bytes);
        let breaks = breaks(&text);
        let stretch = form.read(&Part {
            file,
            text: &text,
            from,
            goes_on: !piece.is_last,
            breaks: &breaks,
            zone,
        });
        Self {
            text,
            damage,
            breaks,
            is_last: piece.is_last,
            stretch,
        }
    }
}

/// Bytes as text: what is no UTF-8 becomes `�`, at these places. A line break is never part of a damaged character, so
/// that pieces are repaired as the whole would be.
fn text_of(bytes: Vec<u8>) -> (String, Vec<Range<usize>>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let repaired = SourceText::from_bytes("", error.into_bytes());
            (repaired.text().to_owned(), repaired.damage().to_vec())
        }
    }
}

/// Where each line but the first begins.
fn breaks(text: &str) -> Vec<u32> {
    let mut breaks = Vec::with_capacity(text.len() / 256);
    breaks.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| short(at + 1)));
    breaks
}

/// A place in a text: none is read that has more bytes than this can number.
pub(super) fn short(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// All pieces so far.
struct Joined<'f, F> {
    form: &'f F,
    file: FileId,
    zone: Option<&'f Zone>,
    /// Where the rows begin.
    from: usize,
    /// How many bytes there were.
    len: usize,
    /// The last of them, which may be the beginning of a row.
    open: String,
    is_whole: bool,
    breaks: Vec<u32>,
    /// How many rows there were.
    count: usize,
    parts: Vec<LogRows>,
    told: Told,
    quoted: Vec<(usize, Box<str>)>,
}

impl<'f, F: Form> Joined<'f, F> {
    fn new(form: &'f F, file: FileId, zone: Option<&'f Zone>, from: usize) -> Self {
        Self {
            form,
            file,
            zone,
            from,
            len: 0,
            open: String::new(),
            is_whole: false,
            breaks: Vec::new(),
            count: 0,
            parts: Vec::new(),
            told: Told::default(),
            quoted: Vec::new(),
        }
    }

    /// Adds the next piece, and returns its text, which is needed no more. If the one before ended inside a row, this
    /// one does not begin with a row: it is read again.
    fn put(&mut self, read: Read) -> String {
        let begin = self.len;
        if begin == 0 {
            // Findings about all of the file point at its first line.
            self.quote(0, &read.text, 0);
        }
        self.tell_of_damage(&read, begin);
        self.breaks
            .extend(read.breaks.iter().map(|&at| short(begin + at as usize)));
        self.len += read.text.len();
        self.is_whole = read.is_last;
        if self.open.is_empty() {
            let open = self.add(begin, &read.text, read.stretch);
            self.open.push_str(open);
            return read.text;
        }
        let begin = begin - self.open.len();
        let mut text = mem::take(&mut self.open);
        text.push_str(&read.text);
        let stretch = self.form.read(&Part {
            file: self.file,
            text: &text,
            from: 0,
            goes_on: !read.is_last,
            breaks: &breaks(&text),
            zone: self.zone,
        });
        let open = self.add(begin, &text, stretch);
        self.open.push_str(open);
        read.text
    }

    fn tell_of_damage(&mut self, read: &Read, begin: usize) {
        let mut told = Told::default();
        for range in &read.damage {
            told.tell(damaged(self.file, range.clone()));
        }
        self.tell(begin, &read.text, told);
    }

    /// Adds the rows of a text that begins there, and returns what of it is the beginning of a row.
    fn add<'t>(&mut self, begin: usize, text: &'t str, mut stretch: Stretch) -> &'t str {
        let line = self.line_of(begin);
        for (start, end) in &mut stretch.rows.bytes {
            *start = short(begin + *start as usize);
            *end = short(begin + *end as usize);
        }
        let first = self.count + 1;
        self.count += stretch.rows.lines.len();
        for (at, before) in stretch.rows.lines.iter_mut().enumerate() {
            *before = short(if self.form.has_lines() {
                line + *before as usize
            } else {
                first + at
            });
        }
        self.parts.push(stretch.rows);
        self.tell(begin, text, stretch.told);
        let open = stretch.open.and_then(|open| text.get(open..));
        open.unwrap_or_default()
    }

    /// Tells of places in a text that begins there, and keeps their lines.
    fn tell(&mut self, begin: usize, text: &str, mut told: Told) {
        for finding in told.in_full_mut() {
            let place = &mut finding.place;
            self.quote(begin, text, place.start());
            *place = place.behind(begin);
        }
        self.told.append(told);
    }

    /// Keeps the line of a byte of a text that begins there.
    fn quote(&mut self, begin: usize, text: &str, byte: usize) {
        let line = line_at(text, byte);
        let start = begin + line.start;
        let line = text.get(line).unwrap_or_default();
        self.quoted.push((start, line.into()));
    }

    /// The line in which a byte stands, counted from 1.
    fn line_of(&self, byte: usize) -> usize {
        (self.breaks).partition_point(|&start| start as usize <= byte) + 1
    }

    fn end(mut self, name: &str) -> Rows {
        let at = (self.len - self.open.len()).max(self.from);
        if !self.is_whole {
            self.told.tell(stopped(self.file, at));
        }
        // Of most findings only their number is left.
        let told = self.told.in_full();
        let mut lines: BTreeSet<usize> = told
            .map(|finding| self.line_of(finding.place.start()))
            .collect();
        lines.insert(1);
        let mut quoted = mem::take(&mut self.quoted);
        quoted.retain(|(start, _)| lines.contains(&self.line_of(*start)));
        quoted.sort_unstable();
        quoted.dedup();
        Rows {
            parts: self.parts,
            told: self.told,
            text: SourceText::quoted(name, self.len, self.breaks, quoted),
        }
    }
}

/// The line of a byte, without its line break.
pub(super) fn line_at(text: &str, byte: usize) -> Range<usize> {
    let (before, behind) = text.as_bytes().split_at(byte.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', behind).map_or(text.len(), |at| before.len() + at);
    let line = text.get(start..end).unwrap_or_default();
    start..start + line.strip_suffix('\r').unwrap_or(line).len()
}

/// Tells of bytes that are no UTF-8.
pub(super) fn damaged(file: FileId, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        &NOT_UTF8,
        Place::new(file, range),
        "a byte here is not UTF-8",
    )
    .label("shown as `�`")
    .help("save the file as UTF-8; it may be Latin-1 or Windows-1252")
}
