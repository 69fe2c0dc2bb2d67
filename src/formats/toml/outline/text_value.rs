//! A text as it is written, and what it says: with escapes, the two differ in length.

use std::ops::Range;

/// A text in quotation marks, or a date, number or word without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineText {
    /// With the quotation marks.
    pub place: Range<usize>,
    /// Without the quotation marks.
    pub inside: Range<usize>,
    pub value: String,
    /// Where each byte of the value is written, and its end; `None` if it is as it is written.
    offsets: Option<Vec<usize>>,
}

impl OutlineText {
    pub(super) fn bare(word: &str, start: usize) -> Self {
        let place = start..start + word.len();
        Self {
            inside: place.clone(),
            place,
            value: word.to_owned(),
            offsets: None,
        }
    }

    pub(super) fn quoted(text: &str, place: Range<usize>, inside: Range<usize>) -> Self {
        let raw = text.get(inside.clone()).unwrap_or_default();
        let is_basic = text.as_bytes().get(place.start) == Some(&b'"');
        let (value, offsets) = if is_basic && raw.contains('\\') {
            let (value, offsets) = unescaped(raw, inside.start);
            (value, Some(offsets))
        } else {
            (raw.to_owned(), None)
        };
        Self {
            place,
            inside,
            value,
            offsets,
        }
    }

    /// A text in quotation marks in a line that begins at a byte of the text.
    pub(super) fn in_line(
        line: &str,
        start: usize,
        place: Range<usize>,
        inside: Range<usize>,
    ) -> Self {
        let part = |range: &Range<usize>| range.start - start..range.end - start;
        let mut found = Self::quoted(line, part(&place), part(&inside));
        for offset in found.offsets.iter_mut().flatten() {
            *offset += start;
        }
        Self {
            place,
            inside,
            ..found
        }
    }

    pub fn is_quoted(&self) -> bool {
        self.place != self.inside
    }

    /// Where a byte of the value is written.
    pub fn written_at(&self, byte: usize) -> usize {
        match &self.offsets {
            None => (self.inside.start + byte).min(self.inside.end),
            Some(offsets) => offsets.get(byte).copied().unwrap_or(self.inside.end),
        }
    }

    /// The byte of the value that is written at a byte of the text, or the next one.
    pub fn value_byte(&self, written: usize) -> usize {
        let byte = match &self.offsets {
            None => written.saturating_sub(self.inside.start),
            Some(offsets) => offsets.partition_point(|&at| at < written),
        };
        byte.min(self.value.len())
    }

    /// Whether the text has a byte, or the caret is at one of its ends inside the quotation marks.
    pub fn has(&self, byte: usize) -> bool {
        self.inside.start <= byte && byte <= self.inside.end
    }
}

/// A basic string without its escapes, and where each byte of it is written. An unknown escape stays as it is.
fn unescaped(raw: &str, start: usize) -> (String, Vec<usize>) {
    let (mut value, mut offsets) = (String::new(), Vec::new());
    let mut rest = raw.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let written = if character == '\\' {
            let kind = rest.next().map_or('\\', |(_, kind)| kind);
            match kind {
                'b' => Some('\u{8}'),
                't' => Some('\t'),
                'n' => Some('\n'),
                'f' => Some('\u{c}'),
                'r' => Some('\r'),
                'e' => Some('\u{1b}'),
                'x' | 'u' | 'U' => {
                    let digits = match kind {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let hex: String = rest.by_ref().take(digits).map(|(_, it)| it).collect();
                    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)
                }
                // A backslash at the end of a line joins it with the next.
                kind if kind.is_whitespace() => {
                    while rest.next_if(|(_, it)| it.is_whitespace()).is_some() {}
                    None
                }
                other => Some(other),
            }
        } else {
            Some(character)
        };
        if let Some(character) = written {
            value.push(character);
            offsets.extend(std::iter::repeat_n(start + at, character.len_utf8()));
        }
    }
    offsets.push(start + raw.len());
    (value, offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_a_text_with_escapes_is_found_where_it_is_written() {
        let text = r#"x = "a\"é\u00e9b""#;
        let found = OutlineText::quoted(text, 4..text.len(), 5..text.len() - 1);
        assert_eq!(found.value, "a\"ééb");
        assert_eq!(found.written_at(0), 5);
        assert_eq!(found.written_at(1), 6);
        let last = found.value.len() - 1;
        assert_eq!(text.get(found.written_at(last)..), Some("b\""));
        assert_eq!(found.value_byte(found.written_at(last)), last);
        assert_eq!(found.written_at(99), text.len() - 1);
    }

    #[test]
    fn a_text_without_escapes_is_as_it_is_written() {
        let found = OutlineText::quoted("'a\\b'", 0..5, 1..4);
        assert_eq!((found.value.as_str(), found.written_at(2)), ("a\\b", 3));
        assert!(found.has(1) && found.has(4) && !found.has(5));
    }
}
