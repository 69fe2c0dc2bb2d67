//! Rows of values with a comma, a semicolon or a tab between them.

use std::io;
use std::ops::Range;

use super::dialect::Dialect;
use super::joined::{self, Form, Part};
use super::pieces::Cut;
use super::places::Notation;
use super::row::{Row, RowForm, Rows};
use super::rows::{Filler, Stretch};
use super::{Log, Stream};
use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS};
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

/// Whether the header of a table is cut off.
pub(super) fn is_open(head: &str) -> bool {
    let header = head.get(header_at(head)..).unwrap_or_default();
    !header.contains(['\n', '\r']) && header.contains(DELIMITERS.map(char::from))
}

/// Where the header of a text begins: behind empty lines, and behind a line such as `sep=;`, which names the
/// delimiter for Excel.
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
    let mut rows = Rows::new(text, first, false, RowForm::quoted(delimiter));
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
        // What writes quotation marks as characters writes none into a header.
        let header = head.get(..from).unwrap_or_default();
        let is_verbatim = dialect.is_verbatim && !header.contains('"');
        let form = RowForm {
            delimiter,
            verbatim: is_verbatim.then_some(names.len()),
        };
        let layout = Layout {
            dialect,
            form,
            names,
            is_guarded,
        };
        (layout, from)
    })
}

/// How the rows of a text are to be read.
pub(super) struct Layout {
    pub dialect: &'static Dialect,
    form: RowForm,
    pub names: Vec<String>,
    /// Whether the texts have a guard where a spreadsheet would compute them.
    pub is_guarded: bool,
}

impl Form for Layout {
    const FIRST: Cut = Cut::Quoted;

    fn read(&self, part: &Part<'_>) -> Stretch {
        let notation = Notation::Quoted(self.form.delimiter);
        let mut filler = Filler::new(part, self.dialect, notation);
        let columns = filler.columns(&self.names);
        // The header stands before the first row of a text, and before no other part of it.
        let header = part.text.get(..part.from).unwrap_or_default();
        if !header.is_empty() {
            filler.tell_of_doubles(&columns, |column| self.name_at(header, column));
            filler.tell_of_unseen(&(0..part.from), header);
        }
        let mut rows = Rows::new(part.text, part.from, part.goes_on, self.form);
        while let Some(row) = rows.next() {
            match row {
                Row::Whole(row) if rows.len() == columns.len() => {
                    filler.notation = rows.notation();
                    if self.is_guarded {
                        let values: Vec<_> = rows.values().map(unguarded).collect();
                        let values = values.iter().map(AsRef::as_ref);
                        filler.add(row, columns.iter().copied().zip(values));
                    } else {
                        filler.add(row, columns.iter().copied().zip(rows.values()));
                    }
                }
                Row::Whole(row) => self.irregular(&mut filler, &mut rows, &row, false),
                // A quotation mark without a partner must not take the rest of the file with it.
                Row::Broken(row) => self.irregular(&mut filler, &mut rows, &row, true),
                Row::Open(at) => return filler.end(Some(at)),
            }
        }
        let is_whole_text = !header.is_empty() && !part.goes_on;
        if is_whole_text && rows.at() == part.from {
            filler.tell(without_rows(&filler, header));
        }
        filler.end(None)
    }
}

/// The finding for a log that has a header and no rows, such as an export of no events.
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
        let mut names = header.split(char::from(self.form.delimiter));
        if names.clone().count() != self.names.len() {
            return start..start + header.len();
        }
        let before: usize = names.by_ref().take(column).map(|it| it.len() + 1).sum();
        let name = names.next().unwrap_or_default();
        let start = start + before + name.len() - name.trim_start().len();
        start..start + name.trim().len()
    }
}
