//! A text that was read, with its lines and columns.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use super::sheet_rows::SheetRows;
use super::utf16::{ByteOrder, text_of_utf16};
use crate::packed::Offsets;

/// Line and column as people count them: from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPosition {
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A text and its name for people; or of a text that is not kept, the beginnings of its lines and the lines that
/// findings quote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    kept: KeptText,
    /// Where each line but the first begins.
    breaks: Offsets,
    damage: Vec<Range<usize>>,
    utf16: bool,
    /// Of a workbook.
    rows: Option<Box<SheetRows>>,
}

/// What is kept of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum KeptText {
    Whole(String),
    /// Some stretches in order, each with its first byte, and how many bytes the whole text had.
    Quoted(Vec<(usize, Box<str>)>, usize),
}

impl Default for KeptText {
    fn default() -> Self {
        Self::Whole(String::new())
    }
}

impl SourceText {
    /// A text under a name, such as a path. A byte order mark at its head is left out.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            name: name.into(),
            breaks: line_breaks(&text).collect(),
            kept: KeptText::Whole(text),
            damage: Vec::new(),
            utf16: false,
            rows: None,
        }
    }

    /// A text of `len` bytes that is not kept: the first byte of each line but the first, and some stretches in order,
    /// each with its first byte.
    pub fn quoted(
        name: impl Into<String>,
        len: usize,
        breaks: Offsets,
        stretches: Vec<(usize, Box<str>)>,
    ) -> Self {
        Self {
            name: name.into(),
            kept: KeptText::Quoted(stretches, len),
            breaks,
            damage: Vec::new(),
            utf16: false,
            rows: None,
        }
    }

    /// The same text with only the lines that have a byte of some stretches.
    #[must_use]
    pub fn quoting(self, stretches: impl IntoIterator<Item = Range<usize>>) -> Self {
        let lines = stretches.into_iter().map(|it| {
            let first = self.line_range(self.line_of(it.start)).start;
            first..self.line_range(self.line_of(it.end.max(it.start))).end
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort_unstable_by_key(|line| (line.start, line.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for line in lines {
            match joined.last_mut() {
                Some(last) if line.start <= last.end => last.end = last.end.max(line.end),
                _ => joined.push(line),
            }
        }
        let kept = joined
            .into_iter()
            .map(|it| (it.start, self.slice(it).into()));
        let kept = KeptText::Quoted(kept.collect(), self.len());
        Self { kept, ..self }
    }

    /// Reads bytes that should be UTF-8. What is not becomes `�`, and [`Self::damage`] says where.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        if let Some(order) = ByteOrder::of(&bytes) {
            let (units, _) = order.units(ByteOrder::without_mark(&bytes));
            return Self {
                utf16: true,
                ..Self::new(name, text_of_utf16(units))
            };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(name, text),
            Err(error) => Self::repaired(name, error.as_bytes()),
        }
    }

    fn repaired(name: impl Into<String>, bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut text = String::with_capacity(bytes.len());
        let mut damage = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                let start = text.len();
                text.push(char::REPLACEMENT_CHARACTER);
                damage.push(start..text.len());
            }
        }
        Self {
            damage,
            ..Self::new(name, text)
        }
    }

    /// The same text, whose lines are rows of sheets.
    #[must_use]
    pub fn in_sheets(self, rows: SheetRows) -> Self {
        let rows = Some(Box::new(rows));
        Self { rows, ..self }
    }

    /// Whether its lines are rows of sheets.
    pub fn is_of_sheets(&self) -> bool {
        self.rows.is_some()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn sheet_rows(&self) -> Option<&SheetRows> {
        self.rows.as_deref()
    }

    /// The whole text; empty if only some lines of it were kept, which no reader is given.
    pub fn text(&self) -> &str {
        match &self.kept {
            KeptText::Whole(text) => text,
            KeptText::Quoted(..) => "",
        }
    }

    /// The name of the text, with that of the sheet if a line is a row of one; and the number of the line or row.
    pub fn name_and_line(&self, line: usize) -> (Cow<'_, str>, usize) {
        match self.sheet_rows().and_then(|rows| rows.of_line(line)) {
            Some((sheet, row)) => (format!("{}, sheet {sheet}", self.name()).into(), row),
            None => (self.name().into(), line),
        }
    }

    /// The place of a byte for people: `case.toml:7:12`, or `case.xlsx, sheet Timeline, row 7`.
    pub fn place_name(&self, byte: usize) -> String {
        let position = self.position(byte);
        let (name, line) = self.name_and_line(position.line);
        if self.sheet_rows().is_some() {
            format!("{name}, row {line}")
        } else {
            format!("{name}:{line}:{}", position.column)
        }
    }

    /// How many bytes the text has, or had.
    pub fn len(&self) -> usize {
        match &self.kept {
            KeptText::Whole(text) => text.len(),
            KeptText::Quoted(_, len) => *len,
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places whose bytes were not UTF-8, in order.
    pub fn damage(&self) -> &[Range<usize>] {
        &self.damage
    }

    /// Whether the bytes were UTF-16, as some editors and shells write it.
    pub const fn is_utf16(&self) -> bool {
        self.utf16
    }

    /// The part of the text at a range; empty if the range does not lie on character boundaries, or was not kept.
    pub fn slice(&self, range: Range<usize>) -> &str {
        let (first, text) = self.stretch(range.start);
        let part = range.start.wrapping_sub(first)..range.end.wrapping_sub(first);
        text.get(part).unwrap_or_default()
    }

    /// What is kept around a byte, with its first byte: the last stretch that begins at the byte or before.
    fn stretch(&self, byte: usize) -> (usize, &str) {
        match &self.kept {
            KeptText::Whole(text) => (0, text),
            KeptText::Quoted(stretches, _) => {
                let next = stretches.partition_point(|(first, _)| *first <= byte);
                let last = next.checked_sub(1).and_then(|at| stretches.get(at));
                last.map_or((0, ""), |(first, text)| (*first, text))
            }
        }
    }

    /// The character boundary at or before a byte, as far as the text around it was kept; the end of the text for a
    /// byte beyond it.
    pub fn boundary(&self, byte: usize) -> usize {
        let byte = byte.min(self.len());
        // Nearly every byte that is asked for is one.
        if let KeptText::Whole(text) = &self.kept
            && text.is_char_boundary(byte)
        {
            return byte;
        }
        let (first, text) = self.stretch(byte);
        let is_kept = |byte: usize| byte.wrapping_sub(first) < text.len();
        let mut boundary = byte;
        while is_kept(boundary) && !text.is_char_boundary(boundary - first) {
            boundary -= 1;
        }
        boundary
    }

    /// The line and column of a byte, or of the end of the text for a byte beyond it. Without the line, columns are bytes.
    pub fn position(&self, byte: usize) -> TextPosition {
        let line = self.line_of(byte);
        let start = self.line_range(line).start;
        let byte = self.boundary(byte).max(start);
        let before = self.slice(start..byte);
        let column = if before.is_empty() {
            byte - start
        } else {
            before.chars().count()
        };
        TextPosition {
            line,
            column: column + 1,
        }
    }

    /// The line of a byte, counted from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.breaks.count_up_to(byte) + 1
    }

    /// The bytes of a line, counted from 1, without its line break; empty beyond the last line.
    ///
    /// If the line was not kept, its range includes a carriage return before the line feed.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let begin = |line: usize| match line {
            0 | 1 => 0,
            _ => self.breaks.get(line - 2).unwrap_or(self.len()),
        };
        let (start, next) = (begin(line), begin(line.max(1) + 1));
        let has_break = line.max(1) <= self.breaks.len();
        let mut end = next - usize::from(has_break);
        let (first, text) = self.stretch(start);
        // Lines are kept without their line breaks, so a stretch ends before the carriage return of its last line.
        if (first..=first + text.len()).contains(&start) {
            end = end.min(first + text.len());
        }
        let shown = self.slice(start..end);
        start..end - usize::from(has_break && shown.ends_with('\r'))
    }

    /// A line, counted from 1, without its line break; empty beyond the last line.
    pub fn line(&self, line: usize) -> &str {
        self.slice(self.line_range(line))
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.breaks.len() + 1
    }
}

/// Where each line of a text but the first begins.
fn line_breaks(text: &str) -> impl Iterator<Item = usize> {
    memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SheetLine;

    #[test]
    fn a_column_counts_characters_from_one() {
        let source = SourceText::new("a", "späte\r\n日本 x\n");
        let position = |byte| {
            let found = source.position(byte);
            (found.line, found.column)
        };
        assert_eq!(position(0), (1, 1));
        assert_eq!(position(4), (1, 4));
        assert_eq!(position(8), (2, 1));
        assert_eq!(position(15), (2, 4));
        assert_eq!(position(17), (3, 1));
        assert_eq!(position(999), (3, 1));
        assert_eq!(source.line(1), "späte");
        assert_eq!(source.line(2), "日本 x");
        assert_eq!(source.line(3), "");
        assert_eq!(source.line(9), "");
    }

    #[test]
    fn kept_lines_have_the_places_that_they_had() {
        let whole = SourceText::new("a", "späte\r\n日本 x\nz\n\nlast");
        let kept = whole.clone().quoting([9..10, 18..18, 999..999]);
        assert_eq!(
            (kept.line(1), kept.line(2), kept.line(5)),
            ("", "日本 x", "last")
        );
        assert_eq!((kept.len(), kept.line_count()), (whole.len(), 5));
        assert_eq!(kept.text(), "");
        for byte in 0..=whole.len() + 2 {
            assert_eq!(kept.line_of(byte), whole.line_of(byte), "{byte}");
            let (line, is_kept) = (whole.line_of(byte), [2, 5].contains(&whole.line_of(byte)));
            if is_kept {
                assert_eq!(kept.position(byte), whole.position(byte), "{byte}");
                assert_eq!(kept.boundary(byte), whole.boundary(byte), "{byte}");
                assert_eq!(kept.line_range(line), whole.line_range(line), "{byte}");
            }
        }
        assert_eq!(kept.position(3).column, 4);
        let stretches = vec![(8, "日本 x".into())];
        let breaks = [8, 17, 19, 20].into_iter().collect();
        let again = SourceText::quoted("a", 22, breaks, stretches);
        assert_eq!((again.line(2), again.line(1)), ("日本 x", ""));
        assert_eq!(again.position(14), whole.position(14));
    }

    #[test]
    fn a_kept_line_is_the_same_whatever_ends_it() {
        let whole = SourceText::new("a", "\r\none\r\n\r\ntwo\nthree\r\nfour\r");
        for line in 1..=whole.line_count() {
            let kept = whole.clone().quoting([whole.line_range(line)]);
            assert_eq!(kept.line(line), whole.line(line), "line {line}");
            assert_eq!(kept.line_range(line), whole.line_range(line), "line {line}");
        }
        assert_eq!(
            whole.line(6),
            "four\r",
            "a lone carriage return ends no line"
        );
        let all = whole.clone().quoting(std::iter::once(0..whole.len()));
        for line in 1..=whole.line_count() {
            assert_eq!(all.line_range(line), whole.line_range(line), "line {line}");
        }
    }

    #[test]
    fn bytes_other_than_utf_8_leave_the_rest_readable() {
        let source = SourceText::from_bytes("a", b"\xEF\xBB\xBFab\xFFcd".to_vec());
        assert_eq!(source.text(), "ab\u{fffd}cd");
        assert_eq!(source.damage().first(), Some(&(2..5)));
    }

    #[test]
    fn utf_16_is_read_and_known_as_such() {
        let source = SourceText::from_bytes("a", b"\xFF\xFEa\0b\0".to_vec());
        assert_eq!(source.text(), "ab");
        assert!(source.is_utf16());
    }

    #[test]
    fn a_place_in_a_workbook_is_a_row_of_a_sheet() {
        let line = |line, row, sheet| SheetLine { line, row, sheet };
        let rows = SheetRows {
            sheets: vec!["Timeline".to_owned(), "Hosts".to_owned()],
            lines: vec![line(1, 3, 0), line(3, 4, 0), line(4, 2, 1)],
        };
        let text = SourceText::new("a.xlsx", "h\nx\ny\nz\nlast").in_sheets(rows);
        let place = |byte| text.place_name(byte);
        assert_eq!(place(0), "a.xlsx, sheet Timeline, row 3");
        assert_eq!(place(2), "a.xlsx, sheet Timeline, row 4");
        assert_eq!(place(4), "a.xlsx, sheet Timeline, row 4");
        assert_eq!(place(8), "a.xlsx, sheet Hosts, row 3");
        let plain = SourceText::new("a.toml", "h\nx");
        assert_eq!(plain.place_name(2), "a.toml:2:1");
    }
}
