//! Texts that are equal to a reader, however Unicode spells them: `é` is one code point or two.

use std::borrow::Cow;
use std::iter::once;
use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// The canonical form (NFC: Unicode Standard Annex 15): texts that look the same are equal in it.
pub fn canonical(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The usual spellings of one character: composed, decomposed, and with only its first marks composed.
pub fn spellings(character: &str) -> Vec<String> {
    let parts: Vec<char> = character.nfd().collect();
    let composed_up_to = |end: usize| -> String {
        let (first, rest) = parts.split_at(end);
        first
            .iter()
            .copied()
            .nfc()
            .chain(rest.iter().copied())
            .collect()
    };
    let mut all: Vec<String> = (1..=parts.len()).rev().map(composed_up_to).collect();
    all.push(character.to_owned());
    all.sort();
    all.dedup();
    all
}

/// Whether a part of a text ends inside a character: the code points behind it change its last character.
pub fn is_cut(text: &str, part: Range<usize>) -> bool {
    let behind = text.get(part.end..).unwrap_or_default();
    // Nearly every part ends here.
    if behind.bytes().next().is_none_or(|byte| byte.is_ascii()) {
        return false;
    }
    let may_change = |it: &char| {
        canonical_combining_class(*it) != 0 || is_nfc_quick(once(*it)) != IsNormalized::Yes
    };
    let marks = behind.chars().take_while(may_change);
    let end = part.end + marks.map(char::len_utf8).sum::<usize>();
    let mut characters = text.get(part.clone()).unwrap_or_default().char_indices();
    let last = characters.rfind(|(_, it)| !may_change(it));
    let start = part.start + last.map_or(0, |(at, _)| at);
    let [last, whole] = [start..part.end, start..end].map(|it| text.get(it).unwrap_or_default());
    !canonical(whole).starts_with(&*canonical(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_read_alike_are_equal() {
        for (one, other) in [
            ("caf\u{e9}", "cafe\u{301}"),
            ("\u{212b}", "A\u{30a}"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
        ] {
            assert_eq!(canonical(one), canonical(other));
        }
        assert!(matches!(canonical("plain"), Cow::Borrowed(_)));
        assert!(matches!(canonical("caf\u{e9}"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_character_with_two_marks_has_three_spellings() {
        assert_eq!(
            spellings("\u{1ebf}"),
            ["e\u{302}\u{301}", "\u{ea}\u{301}", "\u{1ebf}"]
        );
        assert_eq!(spellings("日"), ["日"]);
    }
}
