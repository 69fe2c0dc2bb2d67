//! Logs in tables: values with a comma, a semicolon or a tab between them.

use std::io;
use std::ops::Range;

use super::chunk_merger::{self, MergedRows, RowFormat};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::delimited_rows::{DelimitedRow, DelimitedRows, RowQuoting};
use super::dialect::LogDialect;
use super::log_stream::LogStream;
use super::row_builder::{ChunkRows, RowBuilder};
use super::value_locator::RowNotation;
use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS};
use crate::formats::guard::unguarded;
use crate::formats::progress::Progress;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The dialect and the delimiter of a table with this head, if its header is that of a known log.
pub(super) fn recognise(head: &str) -> Option<(&'static LogDialect, u8)> {
    let header = head.get(header_at(head)..).unwrap_or_default();
    let line = header.lines().next().unwrap_or_default();
    // In TOML a line with both has `=` before the first comma.
    let first = line.split([',', ';', '\t']).next().unwrap_or_default();
    if line.starts_with(['[', '#']) || first.contains('=') {
        return None;
    }
    DELIMITERS.iter().find_map(|&delimiter| {
        let dialect = LogDialect::of_table(&names(line, delimiter).0)?;
        Some((dialect, delimiter))
    })
}

/// Whether the header of a table is cut off.
pub(super) fn is_open(head: &str) -> bool {
    let header = head.get(header_at(head)..).unwrap_or_default();
    !header.contains(['\n', '\r']) && header.contains(DELIMITERS.map(char::from))
}

/// The first byte of the header: behind empty lines, and behind a line such as `sep=;`, which names the delimiter for
/// Excel.
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

/// The names in the first row of a text, and the first byte of the next row.
fn names(text: &str, delimiter: u8) -> (Vec<String>, usize) {
    let first = header_at(text);
    let mut rows = DelimitedRows::new(text, first, false, RowQuoting::quoted(delimiter));
    if rows.next().is_none() {
        return (Vec::new(), first);
    }
    let names = rows.values().map(|name| name.trim().to_owned());
    (names.collect(), rows.at())
}

pub(super) fn read(
    stream: LogStream<'_>,
    file: FileId,
    (dialect, delimiter): (&'static LogDialect, u8),
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |head| {
        let (mut names, from) = names(head, delimiter);
        let is_guarded = dialect.is_for_spreadsheets(&names);
        if is_guarded {
            for name in &mut names {
                *name = unguarded(name).into_owned();
            }
        }
        // A program that writes quotation marks as characters writes none into a header.
        let header = head.get(..from).unwrap_or_default();
        let is_verbatim = dialect.is_verbatim && !header.contains('"');
        let form = RowQuoting {
            delimiter,
            verbatim: is_verbatim.then_some(names.len()),
        };
        let layout = TableLayout {
            dialect,
            form,
            names,
            is_guarded,
        };
        (layout, from)
    })
}

/// The header of a table, and how its rows are quoted.
pub(super) struct TableLayout {
    pub dialect: &'static LogDialect,
    form: RowQuoting,
    pub names: Vec<String>,
    /// Whether the values are guarded against being computed by a spreadsheet.
    pub is_guarded: bool,
}

impl RowFormat for TableLayout {
    const FIRST: ChunkEnd = ChunkEnd::Quoted;

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let notation = RowNotation::Quoted(self.form.delimiter);
        let mut builder = RowBuilder::new(part, self.dialect, notation);
        let columns = builder.columns(&self.names);
        // Only the first chunk has the header before its first row.
        let header = part.text.get(..part.from).unwrap_or_default();
        if !header.is_empty() {
            builder.report_doubles(&columns, |column| self.name_at(header, column));
            builder.report_invisible(&(0..part.from), header);
        }
        let mut rows = DelimitedRows::new(part.text, part.from, part.goes_on, self.form);
        while let Some(row) = rows.next() {
            match row {
                DelimitedRow::Whole(row) if rows.len() == columns.len() => {
                    builder.notation = rows.notation();
                    if self.is_guarded {
                        let values: Vec<_> = rows.values().map(unguarded).collect();
                        let values = values.iter().map(AsRef::as_ref);
                        builder.add(row, columns.iter().copied().zip(values));
                    } else {
                        builder.add(row, columns.iter().copied().zip(rows.values()));
                    }
                }
                DelimitedRow::Whole(row) => self.irregular(&mut builder, &mut rows, &row, false),
                // An unpaired quotation mark must not swallow the rest of the file.
                DelimitedRow::Broken(row) => self.irregular(&mut builder, &mut rows, &row, true),
                DelimitedRow::Open(at) => return builder.end(Some(at)),
            }
        }
        let is_whole_text = !header.is_empty() && !part.goes_on;
        if is_whole_text && rows.at() == part.from {
            builder.report(without_rows(&builder, header));
        }
        builder.end(None)
    }
}

/// The finding for a log that has a header and no rows, such as an export of no events.
fn without_rows(builder: &RowBuilder<'_>, header: &str) -> Diagnostic {
    let place = builder.place(header_at(header)..header.trim_end().len());
    Diagnostic::new(&NO_EVENTS, place, "the log has a header and no rows")
        .label("expected a row below the header")
        .help("check that the program that wrote the log found anything to export")
}

impl TableLayout {
    /// The bytes of the name of a column. The whole header if a quoted name has the delimiter in it.
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
