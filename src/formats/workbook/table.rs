//! Which row of a sheet is the header of a timeline.

use super::sheet::{Sheet, TextRow};
use crate::diagnostic::SourceText;
use crate::formats::head::HEAD_BYTES;
use crate::formats::log::{LogFormat, LogNotation, TableOptions};

/// How many rows may be above the header.
const MOST_ABOVE: usize = 40;

/// The table in a sheet that is a timeline.
pub(super) struct SheetTable {
    pub format: LogFormat,
    /// The number of its header among the rows of the sheet that have values, from 0.
    pub header: usize,
}

impl SheetTable {
    /// The table of a sheet, whose header may have rows with a title above it. `None` if no header shows when and what.
    ///
    /// A header that a program is known to write, or that the user maps, comes before a guess. A guess needs a header as
    /// wide as the rows: a title above the table is narrower.
    pub fn of(sheet: &Sheet, options: &TableOptions) -> Option<Self> {
        let first = sheet.rows.iter().take(MOST_ABOVE);
        let widest = first.clone().map(|row| row.width).max().unwrap_or_default();
        let rows = first.enumerate().filter(|(_, row)| row.width > 1);
        let mut guess = None;
        for (header, row) in rows {
            let Some(format) = LogFormat::recognise(&head(sheet, *row)?, options) else {
                continue;
            };
            // A cell may hold JSON, or the sign of another table. That makes the sheet no log of that kind.
            if format.notation != LogNotation::Delimited(b'\t') {
                continue;
            }
            let table = Self { format, header };
            if table.format.guess.is_none() {
                return Some(table);
            }
            if row.width == widest {
                guess = guess.or(Some(table));
            }
        }
        guess
    }
}

/// The first bytes of a sheet from a row on.
pub(super) fn head(sheet: &Sheet, row: TextRow) -> Option<SourceText> {
    let text = sheet.text.get(row.start as usize..)?;
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(SourceText::new(sheet.name.as_str(), text.get(..end)?))
}
