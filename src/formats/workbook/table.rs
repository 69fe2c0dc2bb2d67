//! Which row of a sheet is the header of a timeline.

use super::sheet::Sheet;
use crate::diagnostic::SourceText;
use crate::formats::log::LogFormat;
use crate::formats::readers::format_reader::HEAD_BYTES;

/// How many rows may be above the header.
const MOST_ABOVE: usize = 40;

/// The table in a sheet that is a timeline.
pub(super) struct SheetTable {
    pub format: LogFormat,
    /// The number of its header among the rows of the sheet that have values, from 0.
    pub header: usize,
}

impl SheetTable {
    /// The table of a sheet, whose header may have rows with a title above it. `None` if no header is known.
    pub fn of(sheet: &Sheet) -> Option<Self> {
        let rows = sheet.rows.iter().take(MOST_ABOVE).enumerate();
        let mut rows = rows.filter(|(_, row)| row.width > 1);
        rows.find_map(|(header, row)| {
            let text = sheet.text.get(row.start as usize..)?;
            let mut end = text.len().min(HEAD_BYTES);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let head = SourceText::new(sheet.name.as_str(), text.get(..end)?);
            let format = LogFormat::recognise(&head)?;
            // A cell may hold JSON. That makes the sheet no log of JSON.
            matches!(format, LogFormat::Delimited(..)).then_some(Self { format, header })
        })
    }
}
