//! Rows of values with a comma, a semicolon or a tab between them.

use std::io;
use std::ops::Range;

use super::dialect::Dialect;
use super::joined::{self, Form, Part, line_at};
use super::pieces::Cut;
use super::row::{Row, Rows};
use super::rows::{Filler, Stretch};
use super::{Log, Stream};
use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS, ROW_UNREADABLE};
use crate::formats::guard::unguarded;
use crate::formats::progress::Progress;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The log that has this head; none if its header is not that of a known one.
pub(super) fn recognise(head: &str) -> Option<Log> {
    let header = head.get(header_at(head)..).unwrap_or_default();
    let line = header.lines().next().unwrap_or_default();
    // In TOML a line that has both has `=` before any comma.
    let first = line.split([',', ';', '\t']).next().unwrap_or_default();
    if line.starts_with(['[', '#']) || first.contains('=') {
        return None;
    }
    DELIMITERS.iter().find_map(|&delimiter| {
        let dialect = Dialect::of_table(&names(line, delimiter).0)?;
        Some(Log::Delimited(dialect, delimiter))
    })
}

/// Where the header of a text begins: behind empty lines, and behind a line such as `sep=;`, which tells Excel the
/// delimiter.
fn header_at(text: &str) -> usize {
    let behind_blanks = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        text.len() - rest.trim_start().len()
    };
    let at = behind_blanks(0);
    let first = text
        .get(at..)
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default();
    let delimiter = first.strip_prefix("sep=").map(str::as_bytes);
    match delimiter {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => behind_blanks(at + first.len()),
        _ => at,
    }
}

/// The names in the first row of a text, and where the next begins.
fn names(text: &str, delimiter: u8) -> (Vec<String>, usize) {
    let first = header_at(text);
    let mut rows = Rows::new(text, first, false, delimiter);
    if rows.next().is_none() {
        return (Vec::new(), first);
    }
    let names = rows.values().map(|name| name.trim().to_owned());
    (names.collect(), rows.at())
}

/// Reads the rows of a text, in stretches.
pub(super) fn read(
    stream: Stream<'_>,
    file: FileId,
    (dialect, delimiter): (&'static Dialect, u8),
    progress: &Progress,
) -> io::Result<joined::Rows> {
    joined::read(stream, file, progress, |head| {
        let (mut names, from) = names(head, delimiter);
        let is_guarded = dialect.is_for_spreadsheets(&names);
        if is_guarded {
            for name in &mut names {
                *name = unguarded(name).into_owned();
            }
        }
        let layout = Layout {
            dialect,
            delimiter,
            names,
            is_guarded,
        };
        (layout, from)
    })
}

/// How the rows of a text are to be read.
struct Layout {
    dialect: &'static Dialect,
    delimiter: u8,
    names: Vec<String>,
    /// Whether the texts have a guard where a spreadsheet would compute them.
    is_guarded: bool,
}

impl Form for Layout {
    const FIRST: Cut = Cut::Quoted;

    fn read(&self, part: &Part<'_>) -> Stretch {
        let mut filler = Filler::new(part, self.dialect);
        let columns = filler.columns(&self.names);
        // The header stands before the first row of a text, and before no other part of it.
        let header = part.text.get(..part.from).unwrap_or_default();
        if !header.is_empty() {
            filler.tell_of_doubles(&columns, |column| self.name_at(header, column));
            filler.tell_of_unseen(&(0..part.from), header);
        }
        let mut rows = Rows::new(part.text, part.from, part.goes_on, self.delimiter);
        while let Some(row) = rows.next() {
            let row = match row {
                Row::Whole(row) if rows.len() == columns.len() => {
                    if self.is_guarded {
                        let values: Vec<_> = rows.values().map(unguarded).collect();
                        let values = values.iter().map(AsRef::as_ref);
                        filler.add(row, columns.iter().copied().zip(values));
                    } else {
                        filler.add(row, columns.iter().copied().zip(rows.values()));
                    }
                    continue;
                }
                Row::Whole(row) | Row::Broken(row) => row,
                Row::Open(at) => return filler.end(Some(at)),
            };
            let finding = self.finding(&filler, part.text, row, rows.len());
            filler.tell(finding);
            // A quotation mark without a partner must not take the rest of the file with it.
            rows.go_on_behind_the_line();
        }
        let is_whole_text = !header.is_empty() && !part.goes_on;
        if is_whole_text && rows.at() == part.from {
            filler.tell(without_rows(&filler, header));
        }
        filler.end(None)
    }
}

/// What a log consists of that has a header and no rows, as an export of no events has.
fn without_rows(filler: &Filler<'_>, header: &str) -> Diagnostic {
    let place = filler.place(header_at(header)..header.trim_end().len());
    Diagnostic::new(&NO_EVENTS, place, "the log has a header and no rows")
        .label("expected a row below the header")
        .help("check that the program that wrote the log found anything to export")
}

impl Layout {
    /// Where the name of a column stands in a header; all of it if a name in quotation marks has the delimiter.
    fn name_at(&self, header: &str, column: usize) -> Range<usize> {
        let start = header_at(header);
        let header = header.get(start..).unwrap_or_default().trim_end();
        let mut names = header.split(char::from(self.delimiter));
        if names.clone().count() != self.names.len() {
            return start..start + header.len();
        }
        let before: usize = names.by_ref().take(column).map(|it| it.len() + 1).sum();
        let name = names.next().unwrap_or_default();
        let start = start + before + name.len() - name.trim_start().len();
        start..start + name.trim().len()
    }

    fn finding(
        &self,
        filler: &Filler<'_>,
        text: &str,
        row: Range<usize>,
        values: usize,
    ) -> Diagnostic {
        let wanted = self.names.len();
        let line = line_at(text, row.start);
        let place = filler.place(row.start..row.end.min(line.end).max(row.start));
        if row.end > line.end {
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
