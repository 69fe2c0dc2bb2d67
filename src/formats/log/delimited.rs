//! Rows of values with a comma, a semicolon or a tab between them, quoted as RFC 4180 says.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::Log;
use super::dialect::{self, Dialect};
use super::parallel::{self, PIECE};
use super::rows::{Column, Filler, Spot};
use super::told::Told;
use crate::diagnostic::{Diagnostic, FileId, ROW_UNREADABLE, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::log::LogRows;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What sort of log has this line for its first; none if it is no row of names.
pub(super) fn recognise(line: &str) -> Option<Log> {
    if line.starts_with(['[', '#']) || line.contains('=') {
        return None;
    }
    let rows = DELIMITERS.map(|delimiter| (delimiter, names(line, delimiter)));
    let known = rows
        .iter()
        .find_map(|(delimiter, names)| Some(Log::Delimited(Dialect::of(names)?, *delimiter)));
    let looks_like_one = |(_, names): &(u8, Vec<String>)| {
        names.len() > 2 && names.iter().any(|name| dialect::is_known(name))
    };
    known.or_else(|| rows.iter().any(looks_like_one).then_some(Log::Unknown))
}

fn names(line: &str, delimiter: u8) -> Vec<String> {
    let mut record = StringRecord::new();
    let mut reader = reader(line, delimiter);
    let _ = reader.read_record(&mut record);
    record.iter().map(|name| name.trim().to_owned()).collect()
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Reads the rows of a text, in stretches.
pub(super) fn read(
    source: &SourceText,
    file: FileId,
    (dialect, delimiter): (&'static Dialect, u8),
    progress: &Progress,
) -> (Vec<LogRows>, Told) {
    let text = source.text();
    let first = text.len() - text.trim_start().len();
    let mut head = Rows::new(text, first..text.len(), delimiter);
    let names: Vec<String> = head.next().map_or_else(Vec::new, |_| {
        head.record
            .iter()
            .map(|name| name.trim().to_owned())
            .collect()
    });
    let layout = Layout {
        source,
        file,
        dialect,
        delimiter,
        names: &names,
    };
    let pieces = pieces(text, head.at());
    let read = parallel::map(&pieces, progress, |piece| {
        let stretch = layout.read(piece.clone());
        progress.advance(piece.len() as u64);
        stretch
    });
    layout.join(&pieces, read)
}

/// Cuts a text where rows seem to begin: behind a line break before which quotation marks come in pairs.
fn pieces(text: &str, from: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let (mut start, mut at, mut is_quoted) = (from, from, false);
    let marks = |range: Range<usize>| {
        let bytes = bytes.get(range).unwrap_or_default();
        bytes.iter().fold(false, |odd, &byte| odd ^ (byte == b'"'))
    };
    while start < bytes.len() {
        let least = (start + PIECE).min(bytes.len());
        is_quoted ^= marks(at..least);
        at = least;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            is_quoted ^= byte == b'"';
            if byte == b'\n' && !is_quoted {
                break;
            }
        }
        pieces.push(start..at);
        start = at;
    }
    pieces
}

/// How the rows of a text are to be read.
struct Layout<'s> {
    source: &'s SourceText,
    file: FileId,
    dialect: &'static Dialect,
    delimiter: u8,
    names: &'s [String],
}

/// What reading a stretch gave, and where its last row ends.
struct Stretch {
    rows: LogRows,
    told: Told,
    end: usize,
}

impl Layout<'_> {
    /// Puts stretches together. One that does not begin where the one before ends began inside a row: it is read again.
    fn join(&self, pieces: &[Range<usize>], read: Vec<Stretch>) -> (Vec<LogRows>, Told) {
        let mut told = Told::default();
        let mut parts = Vec::with_capacity(read.len());
        let mut at = pieces.first().map_or(0, |first| first.start);
        for (piece, stretch) in pieces.iter().zip(read) {
            let stretch = match at {
                _ if at == piece.start => stretch,
                _ if at >= piece.end => continue,
                _ => self.read(at..piece.end),
            };
            at = stretch.end;
            told.append(stretch.told);
            parts.push(stretch.rows);
        }
        if parts.len() < pieces.len() && at < self.source.text().len() {
            told.tell(stopped(self.file, at));
        }
        (parts, told)
    }

    /// Reads the rows that begin in a piece.
    fn read(&self, piece: Range<usize>) -> Stretch {
        let text = self.source.text();
        let mut filler = Filler::new(self.source, self.file, self.dialect);
        let columns: Vec<Column> = self.names.iter().map(|name| filler.column(name)).collect();
        let mut rows = Rows::new(text, piece.clone(), self.delimiter);
        while let Some(row) = rows.next() {
            let spot = Spot {
                start: row.start,
                end: row.end,
                line: self.source.line_of(row.start),
            };
            let written = self.source.slice(row.clone());
            if rows.record.len() == columns.len() && is_whole(written, self.delimiter) {
                filler.add(spot, columns.iter().copied().zip(&rows.record));
                continue;
            }
            let finding = self.finding(&filler, spot, rows.record.len());
            filler.told.tell(finding);
            // A quotation mark without a partner must not take the rest of the file with it.
            rows.go_on_behind_the_line(row.start);
        }
        Stretch {
            end: rows.at(),
            rows: filler.rows,
            told: filler.told,
        }
    }

    fn finding(&self, filler: &Filler<'_>, spot: Spot, values: usize) -> Diagnostic {
        let wanted = self.names.len();
        let line = self.source.line_range(spot.line);
        let end = spot.end.min(line.end).max(spot.start);
        let place = filler.place(Spot { end, ..spot });
        if spot.end > line.end {
            let message = "a quotation mark in the row has no partner";
            return Diagnostic::new(&ROW_UNREADABLE, place, message)
                .label("left out")
                .help("write a quotation mark inside a value twice, and put the value in quotation marks");
        }
        let said = crate::document::count(values, "value");
        let message = format!("the row has {said}, and there are {wanted} columns");
        Diagnostic::new(&ROW_UNREADABLE, place, message)
            .label(format!("expected {wanted} values; left out"))
            .help("put a value that has the delimiter in it in quotation marks")
    }
}

/// Whether every quotation mark of a row has its partner. A row of one line is taken as it is: nothing else is lost
/// by that. One of several lines may have swallowed rows because a mark was never closed.
fn is_whole(row: &str, delimiter: u8) -> bool {
    if !row.contains('\n') {
        return true;
    }
    let bytes = row.as_bytes();
    let ends_value = |at: usize| {
        let next = bytes.get(at).copied();
        next.is_none_or(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'))
    };
    let (mut at, mut begins_value) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' && begins_value {
            let Some(end) = closed(bytes, at + 1).filter(|&end| ends_value(end)) else {
                return false;
            };
            at = end;
        } else {
            at += 1;
        }
        begins_value = byte == delimiter;
    }
    true
}

/// Behind the quotation mark that closes a value; two in a row are one of the value.
fn closed(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// The rows that begin in a part of a text.
struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    /// Where the part ends: a row that begins before is read to its own end.
    limit: usize,
    /// Where the reader was put to work.
    base: usize,
    reader: csv::Reader<&'t [u8]>,
    record: StringRecord,
    /// How many bytes were read again, at the most so many times the text.
    again: usize,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, part: Range<usize>, delimiter: u8) -> Self {
        Self {
            text,
            delimiter,
            limit: part.end,
            base: part.start,
            reader: reader(text.get(part.start..).unwrap_or_default(), delimiter),
            record: StringRecord::new(),
            again: 0,
        }
    }

    /// Where the next row begins: line breaks before it are no rows.
    fn at(&self) -> usize {
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let at = self.base.saturating_add(read);
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count()
    }

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at();
        if start >= self.limit {
            return None;
        }
        // The text is UTF-8 and rows may have any length: nothing is left that could fail.
        self.reader
            .read_record(&mut self.record)
            .ok()
            .filter(|&is_row| is_row)?;
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let written = self
            .text
            .get(start..self.base.saturating_add(read))
            .unwrap_or_default();
        Some(start..start + written.trim_end_matches(['\r', '\n']).len())
    }

    /// Reads on behind the line on which a row begins, unless far too much was read again already.
    fn go_on_behind_the_line(&mut self, row: usize) {
        let rest = self.text.get(row..).unwrap_or_default();
        let next = rest.find('\n').map_or(self.text.len(), |at| row + at + 1);
        let at = self.at();
        if next >= at || self.again > self.text.len().saturating_mul(2) {
            return;
        }
        self.again += at - next;
        self.base = next;
        self.reader = reader(self.text.get(next..).unwrap_or_default(), self.delimiter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_several_lines_is_whole_if_every_mark_has_its_partner() {
        let whole = [
            "a,b",
            "\"a",
            "\"a\nb\",c",
            "a,\"b \"\"c\"\"\nd\"",
            "a,\"b\n\",\"\"",
        ];
        for row in whole {
            assert!(is_whole(row, b','), "{row}");
        }
        for row in ["\"a\nb", "a,\"b\nc\"d", "a,\"b\nc,\"d"] {
            assert!(!is_whole(row, b','), "{row}");
        }
    }
}
