//! The rows of sheets that the lines of a text are, for places in a workbook.

/// A line of a text that is a row of a sheet. The lines behind it are the rows behind it, up to the next of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// From 1.
    pub line: u32,
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// The number of the sheet among [`SheetRows::sheets`].
    pub sheet: u16,
}

/// The sheets behind a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRows {
    /// Their names.
    pub sheets: Vec<String>,
    /// In the order of their lines.
    pub lines: Vec<SheetLine>,
}

impl SheetRows {
    /// The name of the sheet and the row of a line.
    pub fn of_line(&self, line: usize) -> Option<(&str, usize)> {
        let next = (self.lines).partition_point(|it| it.line as usize <= line);
        let known = self.lines.get(next.checked_sub(1)?)?;
        let sheet = self.sheets.get(usize::from(known.sheet))?;
        Some((sheet, known.row as usize + (line - known.line as usize)))
    }
}
