//! Format 1: a timeline as people write it, in TOML.
//!
//! Reading never stops at a mistake. A text is cut into pieces, an event a piece; a piece that is no
//! TOML is cut into statements, and only the broken ones are left out. What is left is walked with a
//! list of the keys that each table knows.

mod characters;
pub(super) mod date;
mod event;
mod fields;
mod repair;
mod root;
mod statement;
mod syntax;
mod unread;
pub(super) mod value;
mod vocabulary;

use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use ::toml::de::{DeTable, DeValue};
use memchr::memchr_iter;

use crate::date::Zone;
use crate::diagnostic::{DUPLICATE_KEY, Diagnostic, FileId, Place, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::draft::Draft;
use statement::{Statements, Trust, heading, is_assignment};
use unread::{LostKey, Sections, hold_back, is_near_table};

/// How many events are parsed together: enough to be quick, few enough to need little memory.
const EVENTS_AT_ONCE: usize = 512;

/// How many such pieces are worth a thread of their own.
const PIECES_AT_LEAST: usize = 4;

/// What reading some texts gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// All that could be read.
    pub draft: Draft,
    /// What is wrong with the texts themselves: their letters, their TOML, their keys and values.
    pub findings: Vec<Diagnostic>,
    /// What could not be read at all.
    pub unread: Vec<Place>,
    /// The texts that say how they are marked.
    pub marked: Vec<FileId>,
    /// The zones that texts state for their times.
    pub zones: Vec<(FileId, Zone)>,
    /// Where `[timeline]` stands.
    heads: Vec<Place>,
    /// Keys that may keep something from a reader, in statements that were left out.
    lost: Vec<LostKey>,
}

/// Reads those texts of one timeline that are TOML, each with its number.
pub fn read<'t>(
    texts: impl Iterator<Item = (FileId, &'t SourceText)>,
    progress: &Progress,
) -> Reading {
    let mut reading = Reading::default();
    for (file, source) in texts {
        let mut first = Reading::default();
        let reader = Reader::new(source, file, progress, &mut first);
        let rest = reader.read();
        let mut whole = Reading::default();
        for part in [first].into_iter().chain(rest) {
            whole.append(part);
        }
        hold_back(
            &mut whole.draft,
            std::mem::take(&mut whole.lost),
            &whole.heads,
        );
        let head = &whole.draft.head;
        if head.tlp.is_some() && !head.tlp_unread {
            reading.marked.push(file);
        }
        reading
            .zones
            .extend(head.zone.clone().map(|zone| (file, zone)));
        reading.append(whole);
    }
    reading.tell_of_heads();
    reading
}

impl Reading {
    /// Whether there is a `[timeline]`.
    pub fn has_head(&self) -> bool {
        !self.heads.is_empty()
    }

    /// Adds what was read after it.
    fn append(&mut self, later: Self) {
        let (draft, more) = (&mut self.draft, later.draft);
        root::join_heads(&mut draft.head, more.head);
        join(&mut draft.sources, more.sources);
        join(&mut draft.entities, more.entities);
        join(&mut draft.events, more.events);
        join(&mut draft.views, more.views);
        join(&mut draft.scenes, more.scenes);
        join(&mut draft.questions, more.questions);
        join(&mut self.findings, later.findings);
        join(&mut self.unread, later.unread);
        join(&mut self.heads, later.heads);
        join(&mut self.lost, later.lost);
    }

    /// Tells of every `[timeline]` that is not the first of its text.
    fn tell_of_heads(&mut self) {
        for heads in self.heads.chunk_by(|a, b| a.file == b.file) {
            for &again in heads.iter().skip(1) {
                let finding = Diagnostic::new(&DUPLICATE_KEY, again, "`timeline` is given twice")
                    .label("what stood before stays")
                    .help("join the two")
                    .related(heads[0], "first given here");
                self.findings.push(finding);
            }
        }
    }
}

/// Adds more to a list: to an empty one without moving any of it, since a million events are much to have twice.
fn join<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// Reads one text into a reading.
struct Reader<'t> {
    source: &'t SourceText,
    file: FileId,
    progress: &'t Progress,
    /// Where the piece stands that is being read.
    base: usize,
    reading: &'t mut Reading,
    /// Statements of this piece about which something was said already.
    told: Vec<Place>,
    /// Where headings with an id stand, such as `[sources.fcdo]`, by their keys.
    headings: HashMap<String, Place>,
    /// The headings of this piece, if something in it could not be read.
    sections: Sections,
}

impl<'t> Reader<'t> {
    fn new(
        source: &'t SourceText,
        file: FileId,
        progress: &'t Progress,
        reading: &'t mut Reading,
    ) -> Self {
        Self {
            source,
            file,
            progress,
            base: 0,
            reading,
            told: Vec::new(),
            headings: HashMap::new(),
            sections: Sections::default(),
        }
    }

    /// Reads the text. A long one is read by several threads at once, and what all but the first
    /// have read is returned, in the order of the text: their number changes nothing. If reading is stopped, what is
    /// behind the place where the first of them stopped is left out.
    fn read(mut self) -> Vec<Reading> {
        self.tell_of_encoding();
        self.tell_of_characters();
        let (source, file, progress) = (self.source, self.file, self.progress);
        let text: &str = &characters::without_controls(source.text());
        let pieces = pieces(text, Trust::Full, EVENTS_AT_ONCE);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let mut shares = pieces.chunks(pieces.len().div_ceil(threads).max(PIECES_AT_LEAST));
        let own = shares.next().unwrap_or_default();
        let read_share = |share| {
            let mut reading = Reading::default();
            let mut reader = Reader::new(source, file, progress, &mut reading);
            let is_whole = reader.read_pieces(text, share);
            (reading, is_whole)
        };
        let read_share = &read_share;
        thread::scope(|scope| {
            let others: Vec<_> = shares
                .map(|share| {
                    let thread = thread::Builder::new();
                    let begun = thread.spawn_scoped(scope, move || read_share(share));
                    begun.map_err(|_| share)
                })
                .collect();
            let mut goes_on = self.read_pieces(text, own);
            let mut readings = Vec::new();
            for other in others {
                let (reading, is_whole) = match other {
                    Ok(thread) => thread.join().expect("reading a text never panics"),
                    // The system has no room for another thread.
                    Err(share) => read_share(share),
                };
                if goes_on {
                    readings.push(reading);
                }
                goes_on &= is_whole;
            }
            readings
        })
    }

    /// Reads pieces, and tells whether it came to the end of them.
    fn read_pieces(&mut self, text: &str, pieces: &[Range<usize>]) -> bool {
        for range in pieces {
            if self.progress.is_stopped() {
                let at = self.source.boundary(range.start);
                self.reading.findings.push(stopped(self.file, at));
                return false;
            }
            let piece = text.get(range.clone()).unwrap_or_default();
            let (tree, errors) = DeTable::parse_recoverable(piece);
            if errors.is_empty() {
                self.base = range.start;
                self.told.clear();
                self.walk(tree.into_inner());
            } else {
                self.read_broken(piece, range.start);
            }
            self.progress.advance(piece.len() as u64);
        }
        true
    }

    /// Reads a piece that is no TOML, event by event.
    fn read_broken(&mut self, broken: &str, base: usize) {
        for range in pieces(broken, Trust::Careful, 1) {
            let piece = broken.get(range.clone()).unwrap_or_default();
            self.base = base + range.start;
            self.told.clear();
            let piece: Cow<'_, str> = self.repaired(piece);
            let (tree, errors) = DeTable::parse_recoverable(&piece);
            self.tell_of_the_rest(&piece, errors);
            self.walk(tree.into_inner());
        }
    }

    /// A range of the piece as a place in the text.
    fn place(&self, range: Range<usize>) -> Place {
        let start = self.source.boundary(self.base + range.start);
        let end = self.source.boundary(self.base + range.end).max(start);
        Place::new(self.file, start..end)
    }

    /// Remembers that a key is not read; and if it is in a heading, neither is what stands below.
    fn leave_unread(&mut self, key: usize) {
        let start = self.base + key;
        let line = self.source.line_range(self.source.line_of(start));
        if heading(self.source.slice(line.clone())).is_empty() {
            return;
        }
        let text = self.source.slice(line.start..self.source.text().len());
        let below = Statements::new(text, Trust::Careful);
        let next = below
            .skip(1)
            .find(|it| !heading(text.get(it.clone()).unwrap_or_default()).is_empty());
        let end = next.map_or(text.len(), |it| it.start);
        let place = Place::new(self.file, line.start..line.start + end);
        self.reading.unread.push(place);
    }

    /// The text at a place, as it is written.
    fn raw(&self, place: Place) -> &'t str {
        self.source.slice(place.range())
    }

    /// Tells of something, unless something was said about the same statement already.
    fn tell(&mut self, finding: Diagnostic) {
        if !self.was_told(finding.place) {
            self.reading.findings.push(finding);
        }
    }

    /// Whether something was said about a statement already.
    fn was_told(&self, place: Place) -> bool {
        // Statements do not overlap, and something is said about them in their order.
        let next = (self.told).partition_point(|told| told.end() <= place.start());
        (self.told.get(next)).is_some_and(|told| told.start() <= place.end())
    }

    /// Tells of something wrong with a statement, and keeps quiet about the statement from then on.
    fn tell_at(&mut self, statement: Range<usize>, finding: Diagnostic) {
        self.reading.findings.push(finding);
        let place = self.place(statement);
        self.told.push(place);
    }
}

/// Cuts a text before its events. Every piece but the first begins with `[[events]]` and has at most
/// so many of them; tables that stand between or behind events go with the event before them.
fn pieces(text: &str, trust: Trust, events_at_once: usize) -> Vec<Range<usize>> {
    let is_event = |&start: &usize| heading(text.get(start..).unwrap_or_default()) == ["events"];
    let statements = Statements::new(text, trust).map(|range| range.start);
    // Where no text has several lines, every line that looks like a heading is one.
    let lines = || {
        [0].into_iter()
            .chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
    };
    let headings = lines().filter(|&at| may_be_heading(text.as_bytes(), at));
    let events: Box<dyn Iterator<Item = usize>> = if characters::has_long_quotes(text) {
        Box::new(statements.filter(is_event))
    } else {
        Box::new(headings.filter(is_event))
    };
    let mut starts: Vec<usize> = events
        .enumerate()
        .filter(|(number, _)| number % events_at_once == 0)
        .map(|(_, start)| start)
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

/// Whether a line of a text looks like the heading of a table of a timeline, even with a slip in its name.
pub(super) fn has_heading(text: &str) -> bool {
    text.lines().any(is_near_heading)
}

/// How many lines of a text that is not TOML are each reported, and one in how many lines a text that is TOML has a
/// key with a value at least.
const FEW_LINES: usize = 10;

/// Whether a text is meant to be TOML: it is short, has a heading of a timeline, or keys with values.
pub(super) fn is_likely(text: &str) -> bool {
    let (mut lines, mut assignments) = (0, 0);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if is_near_heading(line) {
            return true;
        }
        lines += 1;
        assignments += usize::from(is_assignment(line));
    }
    lines <= FEW_LINES || assignments * FEW_LINES >= lines
}

fn is_near_heading(line: &str) -> bool {
    // Lines of many logs begin with a stamp in brackets; no name of a table is that long.
    let is_short = |first: &str| (4..=12).contains(&first.len()) && first.is_ascii();
    line.trim_start().starts_with('[')
        && heading(line)
            .first()
            .is_some_and(|first| is_short(first) && is_near_table(first))
}

/// Where the last `[[events]]` of a text stands; none if it has fewer than two.
pub(super) fn last_event(text: &str) -> Option<usize> {
    let last = pieces(text, Trust::Full, 1).last()?.start;
    (last > 0).then_some(last)
}

/// Whether a line begins with a bracket, or with what may be white space before one.
fn may_be_heading(text: &[u8], line: usize) -> bool {
    let first = text.get(line).copied().unwrap_or_default();
    first == b'[' || first.is_ascii_whitespace() || !first.is_ascii_graphic()
}

/// The type of a value, as people call it.
const fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text before each event, by its lines if that is quicker, and by its statements.
    #[track_caller]
    fn check(text: &str, expected: usize) {
        for trust in [Trust::Full, Trust::Careful] {
            let statements = Statements::new(text, trust).map(|range| range.start);
            let is_event = |at: &usize| heading(text.get(*at..).unwrap_or_default()) == ["events"];
            let mut starts: Vec<usize> = statements.filter(is_event).collect();
            assert_eq!(starts.len(), expected, "{text}");
            if starts.first() != Some(&0) {
                starts.insert(0, 0);
            }
            let pieces = pieces(text, trust, 1);
            let found: Vec<usize> = pieces.iter().map(|piece| piece.start).collect();
            assert_eq!(found, starts, "{text}");
        }
    }

    #[test]
    fn a_text_is_cut_where_its_events_begin_however_it_is_written() {
        check("", 0);
        check("[[events]]\na = 1\n[[events]] # two\n", 2);
        check(
            "format = 1\n\n \t[[ events ]]\r\n[events]\n[[events.claims]]\n",
            2,
        );
        check("\u{a0}[[events]]\n# [[events]]\na = \"[[events]]\"\n", 1);
        check("a = [\n[[events]]\nb = { x = 1,\n[[events]]\n", 2);
        check("a = 'it\n[[events]]\nb = \"x\\\n[[events]]\n", 2);
    }
}
