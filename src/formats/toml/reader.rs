//! What the reader of a text knows wherever it is: the text, the piece of it that is being read, and the draft and the
//! findings so far.

use std::collections::HashMap;
use std::ops::Range;

use super::fail_closed::{LostKey, PieceSections};
use super::statements::{TextStatements, TextTrust, heading};
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};
use crate::formats::progress::Progress;
use crate::timeline::draft::DraftTimeline;

/// The result of reading some texts.
#[derive(Debug, Default)]
pub struct TomlReading {
    /// Everything that could be read.
    pub draft: DraftTimeline,
    /// Problems in the texts themselves: their characters, their TOML, their keys and values.
    pub findings: Vec<Diagnostic>,
    /// What could not be read at all.
    pub unread: Vec<TextPlace>,
    /// The texts that state their marking.
    pub marked: Vec<FileId>,
    /// The zones that texts state for their times.
    pub zones: Vec<(FileId, Zone)>,
    /// Where each `[timeline]` is.
    pub(super) heads: Vec<TextPlace>,
    /// Keys in statements that were left out, as far as they may keep something from a reader.
    pub(super) lost: Vec<LostKey>,
}

/// Reads one text into a reading.
pub(super) struct TomlReader<'t> {
    pub(super) source: &'t SourceText,
    pub(super) file: FileId,
    pub(super) progress: &'t Progress,
    /// The first byte of the piece that is being read.
    pub(super) base: usize,
    pub(super) reading: &'t mut TomlReading,
    /// Statements of this piece that have a finding already, in the order of the text.
    pub(super) reported: Vec<TextPlace>,
    /// The places of headings with an id, such as `[sources.fcdo]`, by their keys.
    pub(super) headings: HashMap<String, TextPlace>,
    /// The headings of this piece, if something in it could not be read.
    pub(super) sections: PieceSections,
    /// Whether the text is in another notation, such as JSON, so that nothing in it is one of TOML.
    pub(super) is_foreign: bool,
}

impl<'t> TomlReader<'t> {
    pub(super) fn new(
        source: &'t SourceText,
        file: FileId,
        progress: &'t Progress,
        reading: &'t mut TomlReading,
    ) -> Self {
        Self {
            source,
            file,
            progress,
            base: 0,
            reading,
            reported: Vec::new(),
            headings: HashMap::new(),
            sections: PieceSections::default(),
            is_foreign: false,
        }
    }

    /// The places of findings are in a text of another notation.
    pub(super) fn of_foreign(self) -> Self {
        Self {
            is_foreign: true,
            ..self
        }
    }

    /// A range of the piece as a place in the text.
    pub(super) fn place(&self, range: Range<usize>) -> TextPlace {
        let start = self.source.boundary(self.base + range.start);
        let end = self.source.boundary(self.base + range.end).max(start);
        TextPlace::new(self.file, start..end)
    }

    /// The text at a place, as it is written.
    pub(super) fn raw(&self, place: TextPlace) -> &'t str {
        self.source.slice(place.range())
    }

    /// The place of a string without its quotation marks.
    pub(super) fn inside(&self, place: TextPlace) -> TextPlace {
        let raw = self.raw(place);
        let raw = raw.as_bytes();
        let (marks, first_break) = match raw {
            [b'"', b'"', b'"', inner @ ..] | [b'\'', b'\'', b'\'', inner @ ..]
                if raw.len() >= 6 =>
            {
                match inner {
                    [b'\n', ..] => (3, 1),
                    [b'\r', b'\n', ..] => (3, 2),
                    _ => (3, 0),
                }
            }
            [b'"' | b'\'', ..] => (1, 0),
            _ => return place,
        };
        let closed = raw.len() > marks && raw.last() == raw.first();
        let end = if closed { raw.len() - marks } else { raw.len() };
        place.part((marks + first_break).min(end)..end)
    }

    /// Leaves a key out, and if it is in a heading, everything below the heading.
    pub(super) fn leave_unread(&mut self, key: usize) {
        if self.is_foreign {
            return;
        }
        let start = self.base + key;
        let line = self.source.line_range(self.source.line_of(start));
        if heading(self.source.slice(line.clone())).is_empty() {
            return;
        }
        let text = self.source.slice(line.start..self.source.text().len());
        let below = TextStatements::new(text, TextTrust::Careful);
        let next = below
            .skip(1)
            .find(|it| !heading(text.get(it.clone()).unwrap_or_default()).is_empty());
        let end = next.map_or(text.len(), |it| it.start);
        let place = TextPlace::new(self.file, line.start..line.start + end);
        self.reading.unread.push(place);
    }

    /// Adds a finding, unless its statement has one already.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        if !self.is_reported(finding.place) {
            self.reading.findings.push(finding);
        }
    }

    /// Whether the statement at a place has a finding already.
    pub(super) fn is_reported(&self, place: TextPlace) -> bool {
        // TextStatements do not overlap, and are reported in their order.
        let next = self
            .reported
            .partition_point(|reported| reported.end() <= place.start());
        let reported = self.reported.get(next);
        reported.is_some_and(|reported| reported.start() <= place.end())
    }

    /// Adds a finding about a statement. Later findings about the same statement are dropped.
    pub(super) fn report_once(&mut self, statement: Range<usize>, finding: Diagnostic) {
        self.reading.findings.push(finding);
        let place = self.place(statement);
        self.reported.push(place);
    }
}
