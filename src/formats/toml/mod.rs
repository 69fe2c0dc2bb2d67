//! Format 1: a timeline as people write it, in TOML.
//!
//! Reading never stops at a mistake. A text is cut into pieces, an event a piece. A piece that is not TOML is cut into
//! statements, and only the broken statements are left out. The rest is read by the table of keys.

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
mod lost_statements;
pub(super) mod marking;
pub mod outline;
mod quick_parse;
mod reader;
mod repair;
mod statements;
mod syntax_errors;
mod syntax_fixes;
pub(super) mod trees;
mod value;

use std::borrow::Cow;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use crate::diagnostic::{Diagnostic, FileId, SourceText};
use crate::formats::progress::{Progress, stopped};
use event_pieces::pieces;
pub(super) use event_pieces::{begins_with_heading, has_heading, is_likely, last_event};
use fail_closed::hold_back;
pub use fixes::write_fixes;
pub(super) use fixes::{NewTables, with_tables};
use reader::TomlReader;
pub use reader::TomlReading;
use statements::TextTrust;

/// How many events are parsed together: enough to be quick, few enough to need little memory.
const EVENTS_AT_ONCE: usize = 512;

/// How many such pieces are worth a thread of their own.
const PIECES_AT_LEAST: usize = 4;

/// Reads those texts of one timeline that are TOML, each with its number.
pub fn read<'t>(
    texts: impl Iterator<Item = (FileId, &'t SourceText)>,
    progress: &Progress,
) -> TomlReading {
    let mut reading = TomlReading::default();
    for (file, source) in texts {
        let mut first = TomlReading::default();
        let reader = TomlReader::new(source, file, progress, &mut first);
        let rest = reader.read();
        let mut whole = TomlReading::default();
        for part in [first].into_iter().chain(rest) {
            whole.append(part);
        }
        finish(&mut reading, whole, file);
    }
    reading.report_repeated_heads();
    reading
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
    /// Reads the text, a long one in several threads. Returns the readings of all threads but the first, in the order
    /// of the text. The number of threads changes nothing. If reading is stopped, everything behind the first stop is
    /// left out.
    fn read(mut self) -> Vec<TomlReading> {
        self.report_encoding();
        self.report_characters();
        let (source, file, progress) = (self.source, self.file, self.progress);
        let text: &str = &characters::without_controls(source.text());
        let pieces = pieces(text, TextTrust::Full, EVENTS_AT_ONCE);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let mut shares = pieces.chunks(pieces.len().div_ceil(threads).max(PIECES_AT_LEAST));
        let own = shares.next().unwrap_or_default();
        let read_share = |share| {
            let mut reading = TomlReading::default();
            let mut reader = TomlReader::new(source, file, progress, &mut reading);
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
