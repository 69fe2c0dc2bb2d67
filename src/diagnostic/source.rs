//! A text that was read, and where in it a byte stands for people.

use std::ops::Range;

/// Line and column as people count them: from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A text and the name under which people know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    text: String,
    /// Where each line but the first begins.
    breaks: Vec<usize>,
    damage: Vec<Range<usize>>,
    utf16: bool,
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
            breaks: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
            text,
            damage: Vec::new(),
            utf16: false,
        }
    }

    /// Reads bytes that should be UTF-8. What is not becomes `�`, and [`Self::damage`] says where.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        if let Some(text) = utf16(&bytes) {
            return Self {
                utf16: true,
                ..Self::new(name, text)
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

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The places whose bytes were no UTF-8, in order.
    pub fn damage(&self) -> &[Range<usize>] {
        &self.damage
    }

    /// Whether the bytes were UTF-16, as some editors and shells write it.
    pub const fn is_utf16(&self) -> bool {
        self.utf16
    }

    /// The part of the text at a range; empty if the range does not lie on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The character boundary at or before a byte; the end of the text for a byte beyond it.
    pub fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    /// Where a byte stands; beyond the text, where the text ends.
    pub fn position(&self, byte: usize) -> Position {
        let line = self.line_of(byte);
        let start = self.line_range(line).start;
        let byte = self.boundary(byte).max(start);
        Position {
            line,
            column: self.slice(start..byte).chars().count() + 1,
        }
    }

    /// The line in which a byte stands, counted from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.breaks.partition_point(|&start| start <= byte) + 1
    }

    /// The bytes of a line, counted from 1, without its line break; empty beyond the last line.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = match line {
            0 | 1 => 0,
            _ => (self.breaks.get(line - 2).copied()).unwrap_or(self.text.len()),
        };
        let end = (self.breaks.get(line.saturating_sub(1)).copied()).unwrap_or(self.text.len());
        let written = self.slice(start..end);
        let shown = written.strip_suffix('\n').unwrap_or(written);
        start..start + shown.strip_suffix('\r').unwrap_or(shown).len()
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

/// The text of bytes that begin with a UTF-16 byte order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (order, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    Some(
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn bytes_that_are_no_utf_8_leave_the_rest_readable() {
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
}
