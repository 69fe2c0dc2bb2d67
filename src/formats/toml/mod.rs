//! Format 1: a timeline as people write it, in TOML.
//!
//! Reading never stops at a mistake. A text is cut into pieces of some events. A piece that is not TOML is cut into
//! statements, and only the broken statements are left out. The rest is read by the table of keys. A long text with
//! nothing but plain events is read into columns.

pub(super) mod characters;
pub(super) mod closed_words;
mod combine;
pub(super) mod date_errors;
mod event_pieces;
mod fail_closed;
mod fixes;
pub(super) mod json;
pub(super) mod key_names;
pub mod keys;
mod later_marking;
mod lost_statements;
pub(super) mod marking;
mod marks;
pub mod outline;
mod plain_rows;
mod quick_parse;
mod reader;
mod repair;
mod shares;
mod statements;
mod syntax_errors;
mod syntax_fixes;
pub(super) mod trees;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, FileId, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::WrittenRows;
use event_pieces::pieces;
pub(super) use event_pieces::{begins_with_heading, has_heading, is_likely, last_event};
use fail_closed::hold_back;
pub use fixes::write_fixes;
pub(super) use fixes::{NewTables, with_tables};
pub(super) use later_marking::may_mark_all;
pub(super) use marks::read as read_marks;
use reader::TomlReader;
pub use reader::TomlReading;
use shares::{PIECES_AT_LEAST, in_shares};
pub(super) use statements::heading as heading_of;
use statements::{TextStatements, TextTrust};

/// How many events are parsed together: enough to be quick, few enough to need little memory.
const EVENTS_AT_ONCE: usize = 512;

/// The statements of a text that is TOML, one after the other, without gaps.
pub(super) fn statements_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    TextStatements::new(text, TextTrust::Full)
}

/// Reads those texts of one timeline that are TOML, each with its number.
pub fn read<'t>(
    texts: impl Iterator<Item = (FileId, &'t SourceText)>,
    progress: &Progress,
) -> TomlReading {
    let mut reading = TomlReading::default();
    for (file, source) in texts {
        add(&mut reading, source, file, progress, None);
    }
    reading.report_repeated_heads();
    reading
}

/// Reads the only text of a timeline. If it is long and its events are plain, they are in the columns and not in the draft,
/// and the timeline as a whole has no other findings.
pub(super) fn read_alone(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
) -> (TomlReading, Vec<WrittenRows>) {
    let (mut reading, mut rows) = (TomlReading::default(), Vec::new());
    add(&mut reading, source, file, progress, Some(&mut rows));
    reading.report_repeated_heads();
    (reading, rows)
}

/// Adds the reading of one text to that of all.
fn add(
    reading: &mut TomlReading,
    source: &SourceText,
    file: FileId,
    progress: &Progress,
    rows: Option<&mut Vec<WrittenRows>>,
) {
    let mut whole = TomlReading::default();
    let reader = TomlReader::new(source, file, progress, &mut whole);
    for share in reader.read(rows) {
        whole.append(share);
    }
    finish(reading, whole, file);
}

/// What is reported about the characters of a text in any format.
pub(super) fn findings_of_text(source: &SourceText, file: FileId) -> Vec<Diagnostic> {
    let (progress, mut reading) = (Progress::default(), TomlReading::default());
    let mut reader = TomlReader::new(source, file, &progress, &mut reading);
    reader.report_encoding();
    reader.report_characters();
    reading.findings
}

/// Adds the reading of one text to that of all.
fn finish(reading: &mut TomlReading, mut whole: TomlReading, file: FileId) {
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

impl TomlReader<'_> {
    /// Reads the text, a long one in several threads. Returns their readings in the order of the text. The number of
    /// threads changes nothing. If reading is stopped, everything behind the first stop is left out.
    ///
    /// `rows` are empty, and get the events of a long text if all of them are plain.
    fn read(mut self, rows: Option<&mut Vec<WrittenRows>>) -> Vec<TomlReading> {
        self.report_encoding();
        self.report_characters();
        let (source, file, progress) = (self.source, self.file, self.progress);
        let is_clean = self.reading.findings.is_empty();
        // A control character has a finding, so a text without findings has none.
        let text: Cow<'_, str> = if is_clean {
            Cow::Borrowed(source.text())
        } else {
            characters::without_controls(source.text())
        };
        let text: &str = &text;
        let pieces = pieces(text, TextTrust::Full, EVENTS_AT_ONCE);
        if let Some(rows) = rows.filter(|_| is_clean && pieces.len() > PIECES_AT_LEAST)
            && let Some(plain) = plain_rows::read(source, file, progress, &pieces)
        {
            *rows = plain.rows;
            return vec![plain.rest];
        }
        let shares = in_shares(&pieces, |share| {
            let mut reading = TomlReading::default();
            let mut reader = TomlReader::new(source, file, progress, &mut reading);
            let is_whole = reader.read_pieces(text, share);
            (reading, is_whole)
        });
        let mut goes_on = true;
        let readings = shares.into_iter().map_while(|(reading, is_whole)| {
            let is_read = goes_on;
            goes_on &= is_whole;
            is_read.then_some(reading)
        });
        readings.collect()
    }

    /// Reads pieces. Returns whether it came to their end.
    fn read_pieces(&mut self, text: &str, pieces: &[Range<usize>]) -> bool {
        for range in pieces {
            if self.progress.is_stopped() {
                let at = self.source.boundary(range.start);
                self.reading.findings.push(stopped(self.file, at));
                return false;
            }
            let piece = text.get(range.clone()).unwrap_or_default();
            let before = self.reading.draft.events.len();
            let (tree, errors) = quick_parse::parse_recoverable(piece);
            if errors.is_empty() {
                self.base = range.start;
                self.reported.clear();
                self.read_root(tree);
            } else {
                self.read_broken(piece, range.start);
            }
            self.progress.advance(piece.len() as u64);
            let events = self.reading.draft.events.len() - before;
            self.progress.add_events(events);
        }
        true
    }

    /// Reads a piece that is not TOML, event by event.
    fn read_broken(&mut self, broken: &str, base: usize) {
        for range in pieces(broken, TextTrust::Careful, 1) {
            let piece = broken.get(range.clone()).unwrap_or_default();
            self.base = base + range.start;
            self.reported.clear();
            let piece: Cow<'_, str> = self.repaired(piece);
            let (tree, errors) = quick_parse::parse_recoverable(&piece);
            self.report_the_rest(&piece, errors);
            self.read_root(tree);
        }
    }
}
