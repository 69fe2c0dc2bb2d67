//! The text of a workbook: the rows that are read, one sheet behind the other, to which findings point.

use std::ops::Range;

use memchr::memchr_iter;

use super::sheet::{Sheet, short};
use crate::diagnostic::{Diagnostic, FileId, SheetLine, SheetRows, SourceText, TextPlace};

pub(super) struct WorkbookText {
    pub file: FileId,
    pub text: String,
    pub rows: SheetRows,
    /// The lines so far.
    lines: u32,
}

/// Where a sheet is in the text of the workbook.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedSheet {
    /// Its first byte.
    pub begin: usize,
    /// Where its lines begin in [`SheetRows::lines`].
    pub lines: usize,
}

impl WorkbookText {
    pub fn new(file: FileId) -> Self {
        Self {
            file,
            text: String::new(),
            rows: SheetRows::default(),
            lines: 0,
        }
    }

    /// Adds rows of a sheet to the text. `skipped`: how many of its lines are left out before them.
    pub fn place(&mut self, sheet: &Sheet, text: String, skipped: u32) -> PlacedSheet {
        let begin = self.text.len();
        let lines = self.rows.lines.len();
        let number = u16::try_from(self.rows.sheets.len()).unwrap_or(u16::MAX);
        self.rows.sheets.push(sheet.name.clone());
        let first = SheetLine {
            sheet: number,
            ..row_of(&sheet.lines, skipped + 1)
        };
        let later = sheet.lines.iter().filter(|it| it.line > skipped + 1);
        for known in std::iter::once(&first).chain(later) {
            self.rows.lines.push(SheetLine {
                line: (known.line - skipped).saturating_add(self.lines),
                sheet: number,
                row: known.row,
            });
        }
        self.lines += short(memchr_iter(b'\n', text.as_bytes()).count());
        if begin == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
        PlacedSheet { begin, lines }
    }

    /// Adds only the first line of a sheet.
    pub fn place_first_line(&mut self, sheet: &Sheet) -> TextPlace {
        let first = sheet.text.lines().next().unwrap_or_default();
        let len = first.len();
        let placed = self.place(sheet, format!("{first}\n"), 0);
        TextPlace::new(self.file, placed.begin..placed.begin + len)
    }

    /// The line of a row of a sheet. Its first line if the row is not in the text.
    pub fn place_of_row(&self, placed: PlacedSheet, row: u32) -> TextPlace {
        let lines = self.rows.lines.get(placed.lines..).unwrap_or_default();
        // A row of several lines begins with the first of them.
        let first = lines.iter().find(|it| it.row == row);
        let before = || lines.iter().take_while(|it| it.row <= row).last();
        let known = first.or_else(before).or(lines.first());
        let line = known.map_or(1, |it| it.line.saturating_add(row.saturating_sub(it.row)));
        let text = self.text.as_bytes();
        let mut start = 0;
        for _ in 1..line {
            let rest = text.get(start..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'\n', rest) else {
                break;
            };
            start += end + 1;
        }
        let rest = text.get(start..).unwrap_or_default();
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        TextPlace::new(self.file, start..start + len)
    }

    /// The text under the name of its file.
    pub fn whole(self, name: &str) -> SourceText {
        SourceText::new(name, self.text).in_sheets(self.rows)
    }

    /// The text under the name of its file, with only the lines that findings quote.
    pub fn quoted(self, name: &str, findings: &[Diagnostic]) -> SourceText {
        let places = findings.iter().flat_map(|finding| {
            let related = finding.related.iter().map(|(place, _)| place.range());
            related.chain([finding.place.range()])
        });
        let places: Vec<Range<usize>> = places.collect();
        self.whole(name).quoting(places)
    }
}

/// The row of a line among the lines of a sheet.
fn row_of(lines: &[SheetLine], line: u32) -> SheetLine {
    let known = lines.iter().take_while(|it| it.line <= line).last();
    let row = known.map_or(1, |known| known.row.saturating_add(line - known.line));
    SheetLine {
        line,
        row,
        sheet: 0,
    }
}
