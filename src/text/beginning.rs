//! The beginning of a text that is too long.

use std::borrow::Cow;

use unicode_segmentation::GraphemeCursor;

/// The beginning of a text, of at most `most` code points. It ends between two characters as a reader sees them: an accent
/// stays with its letter, and a flag is whole. Only if the first character is longer, a part of it is left.
pub fn beginning(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    let end = match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten(),
        Ok(true) | Err(_) => Some(end),
    }
    .filter(|&end| end > 0)
    .unwrap_or(end);
    text.get(..end).unwrap_or(text)
}

/// The [`beginning`] of a text, with `…` behind it if it is cut.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    let start = beginning(text, most);
    if start.len() == text.len() {
        text.into()
    } else {
        format!("{start}…").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        for (text, most, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "abc"),
            ("abcd", 0, ""),
            ("abe\u{301}", 3, "ab"),
            ("abe\u{301}", 4, "abe\u{301}"),
            ("abe\u{301}d", 4, "abe\u{301}"),
            ("abe\u{323}\u{302}", 4, "ab"),
            (
                "a\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7}",
                4,
                "a\u{1f1e9}\u{1f1ea}",
            ),
            ("a\u{1f469}\u{200d}\u{1f4bb}b", 3, "a"),
            ("a\u{1f44b}\u{1f3fd}", 2, "a"),
            ("a\u{1112}\u{1161}\u{11ab}", 3, "a"),
            ("a\u{915}\u{94d}\u{937}", 3, "a"),
            ("a\r\nb", 2, "a"),
            ("e\u{301}\u{302}", 2, "e\u{301}"),
        ] {
            assert_eq!(beginning(text, most), expected, "{text:?} {most}");
            let sign = if expected.len() < text.len() {
                "…"
            } else {
                ""
            };
            assert_eq!(shortened(text, most), format!("{expected}{sign}"));
        }
    }
}
