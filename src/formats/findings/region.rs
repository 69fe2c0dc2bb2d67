//! Places as programs read them: a file, and lines and columns from 1.

use crate::diagnostic::{SourceText, TextPlace};

/// A stretch of a text. Columns count characters (code points); the end is the column behind the last.
pub(super) struct TextRegion<'t> {
    /// The name of the file as it was given.
    pub(super) file: &'t str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'t> TextRegion<'t> {
    /// A place in the text that it belongs to. In a workbook, a line is a row of its sheet.
    pub(super) fn new(place: TextPlace, texts: &'t [SourceText]) -> Option<Self> {
        let text = texts.get(usize::from(place.file.0))?;
        let start = text.position(place.start());
        let end = text.position(place.end().max(place.start()));
        Some(Self {
            file: text.name(),
            line: text.name_and_line(start.line).1,
            column: start.column,
            end_line: text.name_and_line(end.line).1,
            end_column: end.column,
        })
    }
}
