//! Positions of the protocol: lines, and characters in the units of the client. Both are counted from 0.

/// The unit in which the client counts characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PositionEncoding {
    Utf8,
    /// The default of the protocol.
    #[default]
    Utf16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinePosition {
    pub line: usize,
    pub character: usize,
}

/// Where the lines of a text begin. A line ends with LF, CR LF, or CR alone (LSP 3.17, "Text Documents").
#[derive(Debug)]
pub(super) struct LineIndex {
    starts: Vec<usize>,
    encoding: PositionEncoding,
    /// The units of a byte order mark before the text, which counts for the client.
    lead: usize,
}

impl PositionEncoding {
    /// The name in the protocol.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    fn units(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

impl LineIndex {
    pub fn new(text: &str, encoding: PositionEncoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_two = bytes.get(at..at + 2) == Some(b"\r\n");
            if !is_first_of_two {
                starts.push(at + 1);
            }
        }
        Self {
            starts,
            encoding,
            lead: 0,
        }
    }

    /// The same lines behind a byte order mark, which the text itself lacks.
    pub fn behind_mark(self) -> Self {
        let lead = self.encoding.units("\u{feff}");
        Self { lead, ..self }
    }

    fn lead(&self, line: usize) -> usize {
        if line == 0 { self.lead } else { 0 }
    }

    /// The number of the line of a byte.
    pub fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The first byte of a line; the end of the text for a line beyond it.
    fn start(&self, text: &str, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(text.len())
    }

    /// A line without its end.
    pub fn text_of<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let range = self.start(text, line)..self.start(text, line + 1);
        let line = text.get(range).unwrap_or_default();
        line.trim_end_matches(['\n', '\r'])
    }

    /// The part of a line before a byte.
    pub fn before<'t>(&self, text: &'t str, line: usize, byte: usize) -> &'t str {
        text.get(self.start(text, line)..byte).unwrap_or_default()
    }

    /// The position of a byte. A byte inside a character has the position of the character.
    pub fn position(&self, text: &str, byte: usize) -> LinePosition {
        let byte = text.floor_char_boundary(byte);
        let line = self.line(byte);
        let before = text.get(self.start(text, line)..byte).unwrap_or_default();
        LinePosition {
            line,
            character: self.lead(line) + self.encoding.units(before),
        }
    }

    /// The byte at a position. A position behind the end of its line is the end, and a position inside a character is
    /// its first byte.
    pub fn byte(&self, text: &str, position: LinePosition) -> usize {
        let start = self.start(text, position.line);
        let line = self.text_of(text, position.line);
        let mut units = self.lead(position.line);
        for (at, character) in line.char_indices() {
            units += match self.encoding {
                PositionEncoding::Utf8 => character.len_utf8(),
                PositionEncoding::Utf16 => character.len_utf16(),
            };
            if units > position.character {
                return start + at;
            }
        }
        start + line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter beyond the first plane (two units of UTF-16) and a combining mark before the caret.
    const TEXT: &str = "a = 1\r\nb = \"\u{1d504}e\u{301}x\"\rc\n";

    fn position(encoding: PositionEncoding, byte: usize) -> (usize, usize) {
        let lines = LineIndex::new(TEXT, encoding);
        let found = lines.position(TEXT, byte);
        assert_eq!(lines.byte(TEXT, found), byte);
        (found.line, found.character)
    }

    #[test]
    fn characters_are_counted_in_the_units_of_the_client() {
        let x = TEXT.find('x').expect("it is there");
        assert_eq!(position(PositionEncoding::Utf16, x), (1, 9));
        assert_eq!(position(PositionEncoding::Utf8, x), (1, 12));
        let last = TEXT.find('c').expect("it is there");
        assert_eq!(position(PositionEncoding::Utf16, last), (2, 0));
        assert_eq!(position(PositionEncoding::Utf8, TEXT.len()), (3, 0));
    }

    #[test]
    fn a_position_that_is_not_in_the_text_is_the_nearest_before_it() {
        let lines = LineIndex::new(TEXT, PositionEncoding::Utf16);
        let byte = |line, character| lines.byte(TEXT, LinePosition { line, character });
        assert_eq!(byte(0, 99), 5);
        assert_eq!(byte(99, 0), TEXT.len());
        let letter = TEXT.find('\u{1d504}').expect("it is there");
        assert_eq!(byte(1, 6), letter, "inside of a surrogate pair");
        let inside = lines.position(TEXT, letter + 1);
        assert_eq!((inside.line, inside.character), (1, 5));
    }

    #[test]
    fn a_byte_order_mark_counts_in_the_first_line() {
        for (encoding, lead) in [(PositionEncoding::Utf16, 1), (PositionEncoding::Utf8, 3)] {
            let lines = LineIndex::new(TEXT, encoding).behind_mark();
            let found = lines.position(TEXT, 4);
            assert_eq!((found.line, found.character), (0, 4 + lead));
            assert_eq!(lines.byte(TEXT, found), 4);
            assert_eq!(lines.position(TEXT, 7).character, 0);
        }
    }
}
