//! A sheet as a table of text: its rows with values, each with its number in the sheet.
//!
//! The values are separated by tabs, so that the reader of logs takes a sheet for a log. Empty rows are left out, however
//! many a file claims to have.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::fault::WorkbookFault;
use crate::diagnostic::SheetLine;
use crate::formats::unpack;

/// The columns of the widest sheet that any program makes, and its rows.
pub(super) const MOST_COLUMNS: usize = 16_384;
pub(super) const MOST_ROWS: u32 = 1_048_576;

/// A sheet with values.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// The rows, with tabs between their values.
    pub text: String,
    /// The rows of the sheet that its lines are. Lines count from 1.
    pub lines: Vec<SheetLine>,
    pub rows: Vec<TextRow>,
    /// A filter hides rows.
    pub is_filtered: bool,
    pub hidden_rows: CellCount,
    /// Cells whose formula has no stored value.
    pub without_value: CellCount,
    /// Cells with an error such as `#N/A`.
    pub errors: CellCount,
    /// Cells merged over several rows: only the first row has their value.
    pub merged_rows: CellCount,
    /// The first error, as the cell shows it.
    pub first_error: String,
}

/// A row in the text of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextRow {
    pub start: u32,
    /// How many values it has.
    pub width: u32,
}

/// A value of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SheetCell {
    /// Its bytes in the text of the sheet, with its quotation marks.
    pub range: Range<usize>,
    /// Without them.
    pub text: String,
}

/// How many rows or cells have something, and the row of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellCount {
    pub count: usize,
    pub first_row: u32,
}

impl CellCount {
    fn add(&mut self, row: u32) {
        if self.count == 0 {
            self.first_row = row;
        }
        self.count += 1;
    }
}

/// The bytes of text that the sheets of a workbook may still have.
#[derive(Debug)]
pub(super) struct TextBudget(u64);

impl TextBudget {
    /// The limit for a workbook of a size in bytes.
    pub fn new(packed: usize) -> Self {
        Self(unpack::limit_of(packed as u64))
    }

    fn take(&mut self, bytes: usize) -> Result<(), WorkbookFault> {
        let left = self.0.checked_sub(bytes as u64);
        self.0 = left.ok_or(WorkbookFault::TooLarge)?;
        Ok(())
    }
}

/// The value of a cell.
pub(super) enum CellValue<'v> {
    Text(Cow<'v, str>),
    /// An error, as the cell shows it.
    Error(Cow<'v, str>),
    /// A formula whose value was never computed.
    NotComputed,
}

/// Writes a sheet row by row, each cell behind the one before.
pub(super) struct SheetBuilder<'w> {
    sheet: Sheet,
    budget: &'w mut TextBudget,
    /// The values of the current row.
    values: Vec<String>,
    /// How many of them there are.
    width: usize,
    row: u32,
    is_row_hidden: bool,
    /// The lines of the text so far.
    line: u32,
}

impl<'w> SheetBuilder<'w> {
    pub fn new(name: &str, is_hidden: bool, budget: &'w mut TextBudget) -> Self {
        Self {
            sheet: Sheet {
                name: name.to_owned(),
                is_hidden,
                ..Sheet::default()
            },
            budget,
            values: Vec::new(),
            width: 0,
            row: 0,
            is_row_hidden: false,
            line: 0,
        }
    }

    /// Begins a row. A number that does not follow counts as the next.
    pub fn row(&mut self, number: Option<u32>, is_hidden: bool) -> Result<(), WorkbookFault> {
        self.end_row()?;
        let next = self.row.saturating_add(1);
        let number = number.filter(|&it| it >= next);
        self.row = number.unwrap_or(next).min(MOST_ROWS);
        self.is_row_hidden = is_hidden;
        Ok(())
    }

    /// The number of the current row, from 1.
    pub const fn row_number(&self) -> u32 {
        self.row
    }

    /// Sets the value of a column, which counts from 0.
    pub fn cell(&mut self, column: usize, value: CellValue<'_>) {
        match value {
            CellValue::Text(text) => self.put(column, &text),
            CellValue::Error(shown) => {
                if self.sheet.errors.count == 0 {
                    self.sheet.first_error = shown.into_owned();
                }
                self.sheet.errors.add(self.row);
            }
            CellValue::NotComputed => self.sheet.without_value.add(self.row),
        }
    }

    fn put(&mut self, column: usize, text: &str) {
        // A byte order mark at the head of a text would be taken for that of a file.
        let text = text.trim_start_matches('\u{feff}');
        if column >= MOST_COLUMNS || text.trim().is_empty() {
            return;
        }
        while self.values.len() <= column {
            self.values.push(String::new());
        }
        self.width = self.width.max(column + 1);
        if let Some(value) = self.values.get_mut(column) {
            value.clear();
            value.push_str(text);
        }
    }

    pub fn merge_rows(&mut self, first_row: u32) {
        self.sheet.merged_rows.add(first_row);
    }

    pub const fn filter(&mut self) {
        self.sheet.is_filtered = true;
    }

    /// Writes the current row as often as it is repeated, and begins none.
    pub fn repeat(&mut self, times: u32) -> Result<(), WorkbookFault> {
        if self.width == 0 {
            let last = self.row.saturating_add(times.saturating_sub(1));
            self.row = last.min(MOST_ROWS);
            return self.end_row();
        }
        for time in 1..=times.min(MOST_ROWS) {
            self.write()?;
            if time < times {
                self.row = (self.row + 1).min(MOST_ROWS);
            }
        }
        self.clear();
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), WorkbookFault> {
        if self.width > 0 {
            self.write()?;
        }
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        for value in self.values.iter_mut().take(self.width) {
            value.clear();
        }
        self.width = 0;
    }

    fn write(&mut self) -> Result<(), WorkbookFault> {
        let text = &mut self.sheet.text;
        let start = text.len();
        let values = self.values.iter().take(self.width);
        for (column, value) in values.enumerate() {
            if column > 0 {
                text.push('\t');
            }
            push_quoted(text, value);
        }
        text.push('\n');
        let written = text.get(start..).unwrap_or_default();
        self.budget.take(written.len())?;
        let breaks = memchr_iter(b'\n', written.as_bytes()).count();
        self.sheet.rows.push(TextRow {
            start: short(start),
            width: short(self.width),
        });
        if self.is_row_hidden {
            self.sheet.hidden_rows.add(self.row);
        }
        for _ in 0..breaks {
            self.line += 1;
            self.add_line();
        }
        Ok(())
    }

    /// Says which row the current line is, unless that follows from the line before.
    fn add_line(&mut self) {
        let last = self.sheet.lines.last();
        let is_next =
            last.is_some_and(|last| last.row.saturating_add(self.line - last.line) == self.row);
        if !is_next {
            self.sheet.lines.push(SheetLine {
                line: self.line,
                row: self.row,
                sheet: 0,
            });
        }
    }

    pub fn end(mut self) -> Result<Sheet, WorkbookFault> {
        self.end_row()?;
        Ok(self.sheet)
    }
}

/// A value in quotation marks (RFC 4180) if a character in it separates values or rows. Line breaks are those of Unix.
pub(super) fn push_quoted(out: &mut String, value: &str) {
    let bytes = value.as_bytes();
    if memchr3(b'\t', b'\n', b'\r', bytes).is_none() && memchr(b'"', bytes).is_none() {
        out.push_str(value);
        return;
    }
    out.push('"');
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => out.push_str("\"\""),
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push('\n');
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

impl Sheet {
    /// The values of a row in the text.
    pub fn values(&self, row: TextRow) -> Vec<String> {
        let cells = self.cells(row).into_iter();
        cells.map(|cell| cell.text).collect()
    }

    /// The cells of a row in the text, with the empty ones between them.
    pub fn cells(&self, row: TextRow) -> Vec<SheetCell> {
        let mut at = row.start as usize;
        let mut cells = Vec::with_capacity(row.width as usize);
        loop {
            let start = at;
            let mut text = String::new();
            if self.text.as_bytes().get(at) == Some(&b'"') {
                at = self.push_inner(at + 1, &mut text);
            }
            let rest = self.text.get(at..).unwrap_or_default();
            let end = memchr2(b'\t', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            text.push_str(rest.get(..end).unwrap_or_default());
            at += end;
            cells.push(SheetCell {
                range: start..at,
                text,
            });
            if self.text.as_bytes().get(at) != Some(&b'\t') {
                return cells;
            }
            at += 1;
        }
    }

    /// Adds what is inside quotation marks, from a byte on. Returns the byte behind them.
    fn push_inner(&self, mut at: usize, text: &mut String) -> usize {
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let end = memchr(b'"', rest.as_bytes()).unwrap_or(rest.len());
            text.push_str(rest.get(..end).unwrap_or_default());
            at += end + 1;
            if self.text.as_bytes().get(at) != Some(&b'"') {
                return at.min(self.text.len());
            }
            text.push('"');
            at += 1;
        }
    }

    /// The rows behind one of them, each with its bytes in the text.
    pub fn rows_below(&self, header: usize) -> impl Iterator<Item = (TextRow, Range<usize>)> {
        let rows = self.rows.get(header + 1..).unwrap_or_default();
        let ends = rows.iter().skip(1).map(|next| next.start as usize);
        let ends = ends.chain([self.text.len()]);
        let range = |row: &TextRow, end: usize| row.start as usize..end.saturating_sub(1);
        rows.iter()
            .zip(ends)
            .map(move |(row, end)| (*row, range(row, end)))
    }

    /// The rows from one of them on, which is the header: each has a value for each of its columns, and each column has a
    /// name.
    pub fn table(&self, header: usize) -> String {
        let rows = self.rows.get(header..).unwrap_or_default();
        let Some(first) = rows.first() else {
            return String::new();
        };
        let mut out = String::with_capacity(self.text.len());
        let ends = rows.iter().skip(1).map(|next| next.start as usize);
        for (row, end) in rows.iter().zip(ends.chain([self.text.len()])) {
            let text = self.text.get(row.start as usize..end).unwrap_or_default();
            let text = text.strip_suffix('\n').unwrap_or(text);
            if out.is_empty() {
                let names = text.split('\t').enumerate();
                for (column, name) in names {
                    if column > 0 {
                        out.push('\t');
                    }
                    if name.is_empty() {
                        out.push_str("column ");
                        out.push_str(&letters_of(column));
                    } else {
                        out.push_str(name);
                    }
                }
            } else {
                out.push_str(text);
            }
            let missing = first.width.saturating_sub(row.width);
            out.extend(std::iter::repeat_n('\t', missing as usize));
            out.push('\n');
        }
        out
    }
}

/// The letters by which a spreadsheet names a column, which counts from 0.
pub(super) fn letters_of(column: usize) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters
}

/// A budget of text is less than 4 GiB.
pub(super) fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> CellValue<'_> {
        CellValue::Text(value.into())
    }

    #[test]
    fn each_line_knows_its_row() {
        let mut budget = TextBudget::new(0);
        let mut builder = SheetBuilder::new("A", false, &mut budget);
        builder.row(Some(3), false).expect("there is room");
        builder.cell(0, text("when"));
        builder.cell(2, text("title"));
        builder.row(Some(4), false).expect("there is room");
        builder.cell(2, text("a\r\nb \"c\""));
        builder.row(Some(9), true).expect("there is room");
        builder.cell(0, text("2021"));
        builder.row(Some(1_048_576), false).expect("there is room");
        builder.cell(7, text(" "));
        let sheet = builder.end().expect("there is room");
        assert_eq!(sheet.text, "when\t\ttitle\n\t\t\"a\nb \"\"c\"\"\"\n2021\n");
        let lines: Vec<_> = sheet.lines.iter().map(|it| (it.line, it.row)).collect();
        assert_eq!(lines, [(1, 3), (3, 4), (4, 9)]);
        assert_eq!(
            sheet.hidden_rows,
            CellCount {
                count: 1,
                first_row: 9
            }
        );
        let rows: Vec<_> = sheet.rows.iter().map(|it| (it.start, it.width)).collect();
        assert_eq!(rows, [(0, 3), (12, 3), (26, 1)]);
        assert_eq!(sheet.values(sheet.rows[1]), ["", "", "a\nb \"c\""]);
    }

    #[test]
    fn each_row_of_a_table_has_a_value_for_each_column() {
        let mut budget = TextBudget::new(0);
        let mut builder = SheetBuilder::new("A", false, &mut budget);
        for (row, columns) in [(1, &[0_usize][..]), (2, &[0, 27]), (3, &[1]), (4, &[0, 28])] {
            builder.row(Some(row), false).expect("there is room");
            for &column in columns {
                builder.cell(column, text("x"));
            }
        }
        let table = builder.end().expect("there is room").table(1);
        let rows: Vec<Vec<_>> = table
            .lines()
            .map(|line| line.split('\t').collect())
            .collect();
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [28, 28, 29]);
        assert_eq!(
            (rows[0][0], rows[0][1], rows[0][26]),
            ("x", "column B", "column AA")
        );
    }

    #[test]
    fn a_row_that_is_repeated_without_end_is_bounded() {
        let mut budget = TextBudget(1 << 20);
        let mut builder = SheetBuilder::new("A", false, &mut budget);
        builder.row(None, false).expect("there is room");
        builder
            .repeat(u32::MAX)
            .expect("an empty row takes no room");
        builder.row(None, false).expect("there is room");
        builder.cell(0, text("x"));
        assert_eq!(builder.repeat(u32::MAX), Err(WorkbookFault::TooLarge));
    }
}
