//! Logs in tables: values with a delimiter between them.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use super::chunk_merger::{self, MergedRows};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::column_role::ColumnRole;
use super::delimited_rows::{DelimitedRow, DelimitedRows, RowQuoting};
use super::escaped_rows::{are_escaped, unescaped};
use super::log_stream::LogStream;
use super::mapping::{TableLayoutKeys, TableMapping};
use super::opened_values::OpenedValues;
use super::row_builder::{ChunkRows, RowBuilder};
use super::row_fields::FieldValue;
use super::row_format::RowFormat;
use super::row_saying::{TextTest, is_said};
use super::table_sample::TableSample;
use super::value_locator::RowNotation;
use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS};
use crate::formats::guard::unguarded;
use crate::formats::head::HEAD_BYTES;
use crate::formats::progress::Progress;
use crate::timeline::RawTest;

/// The delimiters that a header may have.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table whose mapping is not known yet.
pub(super) struct DelimitedHead {
    pub delimiter: u8,
    pub sample: TableSample,
}

/// The table that a head is, by each delimiter that its header has.
pub(super) fn heads(head: &str) -> Vec<DelimitedHead> {
    let header = head.get(header_at(head)..).unwrap_or_default();
    let line = header.lines().next().unwrap_or_default();
    // In TOML a line with both has `=` before the first delimiter.
    let first = line.split(DELIMITERS.map(char::from)).next();
    if line.starts_with(['[', '#', '{']) || first.unwrap_or_default().contains('=') {
        return Vec::new();
    }
    let has = |delimiter: &u8| line.as_bytes().contains(delimiter);
    let of = |delimiter| DelimitedHead {
        delimiter,
        sample: sample(head, &TableLayoutKeys::default(), delimiter),
    };
    DELIMITERS.into_iter().filter(has).map(of).collect()
}

/// Whether a table has tabs, and values as databases escape them.
pub(super) fn is_escaped(head: &str, delimiter: u8) -> bool {
    let rows = head.split_once('\n').map_or("", |(_, rows)| rows);
    delimiter == b'\t' && are_escaped(rows)
}

/// The first rows of a table in a layout.
pub(super) fn sample(head: &str, layout: &TableLayoutKeys, delimiter: u8) -> TableSample {
    let (names, from) = names(head, layout, delimiter);
    let quoting = RowQuoting {
        delimiter,
        verbatim: layout.is_verbatim().then_some(names.len()),
        is_escaped: layout.is_escaped(),
        bare: layout.is_bare().then_some(names.len()),
    };
    // A head of a longer file may end inside a row.
    let goes_on = head.len() >= HEAD_BYTES;
    let mut rows = DelimitedRows::new(head, from, goes_on, quoting);
    let mut sample = TableSample {
        names,
        rows: Vec::new(),
    };
    while let Some(row) = rows.next() {
        match row {
            DelimitedRow::Open(_) => break,
            DelimitedRow::Broken(row) => rows.go_on_behind(&row),
            DelimitedRow::Whole(row) if is_comment(head, &row, layout) => {}
            DelimitedRow::Whole(_) => {
                sample.rows.push(rows.values().map(str::to_owned).collect());
            }
        }
    }
    sample
}

/// Whether a line is not a row but a comment.
fn is_comment(text: &str, row: &Range<usize>, layout: &TableLayoutKeys) -> bool {
    layout.comment.is_some() && text.as_bytes().get(row.start).copied() == layout.comment
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

/// The names of the columns, and the first byte of the first row.
fn names(text: &str, layout: &TableLayoutKeys, delimiter: u8) -> (Vec<String>, usize) {
    if !layout.header.is_empty() {
        return (layout.header.clone(), 0);
    }
    let first = match &layout.header_line {
        Some(word) => text
            .match_indices(word.as_str())
            .map(|(at, _)| at)
            .find(|&at| at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n'))
            .unwrap_or_default(),
        None => header_at(text),
    };
    let mut rows = DelimitedRows::new(text, first, false, RowQuoting::quoted(delimiter));
    if rows.next().is_none() {
        return (Vec::new(), first);
    }
    let names = rows.values().map(|name| name.trim().to_owned());
    let skipped = usize::from(layout.header_line.is_some());
    (names.skip(skipped).collect(), rows.at())
}

pub(super) fn read(
    stream: LogStream<'_>,
    file: FileId,
    (mapping, delimiter): (&Arc<TableMapping>, u8),
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |head| {
        let (mut names, from) = names(head, &mapping.layout, delimiter);
        if mapping.layout.is_guarded() {
            for name in &mut names {
                *name = unguarded(name).into_owned();
            }
        }
        // A program that writes quotation marks as characters writes none into a header.
        let header = head.get(..from).unwrap_or_default();
        let is_verbatim = mapping.layout.is_verbatim() && !header.contains('"');
        let form = RowQuoting {
            delimiter,
            verbatim: is_verbatim.then_some(names.len()),
            is_escaped: mapping.layout.is_escaped(),
            bare: mapping.layout.is_bare().then_some(names.len()),
        };
        let layout = TableLayout {
            mapping: Arc::clone(mapping),
            form,
            names,
        };
        (layout, from)
    })
}

/// The header of a table, and how its rows are quoted.
pub(super) struct TableLayout {
    pub mapping: Arc<TableMapping>,
    form: RowQuoting,
    pub names: Vec<String>,
}

impl RowFormat for TableLayout {
    const FIRST: ChunkEnd = ChunkEnd::Quoted;
    const IS_PAGED: bool = true;

    fn is_verbatim(&self) -> bool {
        self.mapping.is_plain() && self.is_simple()
    }

    /// A quotation mark that closes a value and is not the last of it is dropped, so what is around it meets: `"ab"c`.
    /// Beyond ASCII, `ſ` and the sign for kelvin are letters `s` and `k` in another case.
    fn may_differ(bytes: &[u8]) -> bool {
        let is_plain = |at: Option<usize>| {
            let byte = at.and_then(|at| bytes.get(at));
            byte.is_some_and(|it| {
                let is_visible = it.is_ascii_graphic() || !it.is_ascii();
                is_visible && *it != b'"' && !DELIMITERS.contains(it)
            })
        };
        let mut marks = memchr_iter(b'"', bytes);
        marks.any(|at| is_plain(at.checked_sub(1)) && is_plain(at.checked_add(1)))
    }

    fn saying(&self, text: &str, raw: &RawTest<'_>, says: &TextTest<'_>) -> Option<Vec<bool>> {
        let roles = self.names.iter().map(|name| self.mapping.known(name).0);
        let roles: Vec<ColumnRole> = roles.collect();
        let mut rows = DelimitedRows::new(text, 0, false, self.form);
        let mut said = Vec::new();
        while let Some(row) = rows.next() {
            let DelimitedRow::Whole(row) = row else {
                return None;
            };
            if is_comment(text, &row, &self.mapping.layout) {
                continue;
            }
            if rows.len() != roles.len() {
                return None;
            }
            let written = text.as_bytes().get(row).unwrap_or_default();
            let may_say = raw(written) || Self::may_differ(written);
            let values = roles.iter().copied().zip(rows.values());
            said.push(may_say && is_said(values, says)?);
        }
        Some(said)
    }

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let notation = RowNotation::Quoted(self.form.delimiter);
        let mut builder = RowBuilder::new(part, &self.mapping, notation);
        let columns = builder.columns(&self.names);
        // Only the first chunk has the header before its first row.
        let header = part.text.get(..part.from).unwrap_or_default();
        if !header.is_empty() {
            builder.report_doubles(&columns, |column| self.name_at(header, column));
            builder.report_invisible(&(0..part.from), header);
        }
        let layout = &self.mapping.layout;
        let is_simple = self.is_simple();
        let mut rows = DelimitedRows::new(part.text, part.from, part.goes_on, self.form);
        while let Some(row) = rows.next() {
            match row {
                DelimitedRow::Whole(row) if is_comment(part.text, &row, layout) => {}
                DelimitedRow::Whole(row) if rows.len() == columns.len() => {
                    builder.notation = rows.notation();
                    let values = columns.iter().copied().zip(rows.values()).enumerate();
                    let values = values.map(FieldValue::numbered);
                    if is_simple {
                        builder.add(row, values);
                    } else {
                        let values: Vec<FieldValue<'_>> = values.collect();
                        self.add_opened(&mut builder, row, &values);
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

impl TableLayout {
    /// Whether values are as they are written.
    fn is_simple(&self) -> bool {
        let layout = &self.mapping.layout;
        let is_plain = !layout.is_guarded() && !layout.is_escaped();
        is_plain && !self.mapping.has_objects()
    }

    /// Adds a row whose values are guarded, escaped, or objects of JSON.
    fn add_opened(
        &self,
        builder: &mut RowBuilder<'_>,
        row: Range<usize>,
        values: &[FieldValue<'_>],
    ) {
        let layout = &self.mapping.layout;
        if layout.is_guarded() || layout.is_escaped() {
            let read = if layout.is_guarded() {
                unguarded
            } else {
                unescaped
            };
            let texts: Vec<_> = values.iter().map(|value| read(value.text)).collect();
            let values = values.iter().zip(&texts);
            builder.add(
                row,
                values.map(|(value, text)| FieldValue { text, ..*value }),
            );
            return;
        }
        let opened = OpenedValues::of(builder, values);
        builder.add(row, opened.values());
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
