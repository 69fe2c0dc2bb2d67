//! Printable ASCII, the bytes of most texts.

/// How many bytes are tested at once. Testing all of them is faster than stopping at the first that decides.
const AT_ONCE: usize = 64;

/// Whether a text consists of printable ASCII, line feeds and tabs.
pub fn is_plain(text: &str) -> bool {
    let mut blocks = text.as_bytes().chunks(AT_ONCE);
    blocks.all(all_are_plain::<true>)
}

/// The number of printable ASCII characters before the first other byte. With `BREAKS`, line feeds and tabs count as
/// printable.
pub(super) fn plain_length<const BREAKS: bool>(bytes: &[u8]) -> usize {
    // In a text of another script, nearly every call ends here.
    if !bytes
        .first()
        .is_some_and(|&byte| is_plain_byte::<BREAKS>(byte))
    {
        return 0;
    }
    let mut plain = 0;
    for block in bytes.chunks(AT_ONCE) {
        if !all_are_plain::<BREAKS>(block) {
            break;
        }
        plain += block.len();
    }
    while plain < bytes.len() && is_plain_byte::<BREAKS>(bytes[plain]) {
        plain += 1;
    }
    plain
}

/// The number of printable ASCII characters at the beginning of a text that are surely grapheme clusters: the last one
/// before another character may be the base of a mark.
pub fn plain_clusters(text: &str) -> usize {
    let plain = plain_length::<false>(text.as_bytes());
    if plain == text.len() {
        plain
    } else {
        plain.saturating_sub(1)
    }
}

/// Whether a text consists of printable ASCII and no two spaces follow one another.
pub fn is_single_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut before, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
        at += 1;
    }
    true
}

/// The control character of ASCII behind the printable ones.
const DELETE: u8 = 0x7f;

// The loops below are not a `fold`, and call nothing: without optimisation, a `fold` makes three calls a byte, and the
// tests spent a seventh of their time in it. Neither ends early: the compiler then compares many bytes at once.

fn all_are_plain<const BREAKS: bool>(bytes: &[u8]) -> bool {
    let (mut all, mut at) = (true, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        all &= matches!(byte, b' '..=b'~') || (BREAKS && matches!(byte, b'\n' | b'\t'));
        at += 1;
    }
    all
}

/// Whether some bytes have an ASCII control character other than a tab or, with `LINE_FEEDS`, a line feed.
pub fn has_controls<const LINE_FEEDS: bool>(bytes: &[u8]) -> bool {
    let (mut any, mut at) = (false, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        let is_control = byte < b' ' || byte == DELETE;
        any |= is_control && byte != b'\t' && !(LINE_FEEDS && byte == b'\n');
        at += 1;
    }
    any
}

const fn is_plain_byte<const BREAKS: bool>(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') || (BREAKS && matches!(byte, b'\n' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_bytes_are_counted_to_the_first_that_is_not() {
        for length in [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7] {
            let text = "~".repeat(length);
            assert_eq!(plain_length::<false>(text.as_bytes()), length);
            for odd in [0x00, b'\n', b'\t', 0x1b, 0x7f, 0x80, 0xff] {
                let bytes = [text.as_bytes(), &[odd, b' ']].concat();
                assert_eq!(plain_length::<false>(&bytes), length, "{odd}");
                let is_break = matches!(odd, b'\n' | b'\t');
                let expected = if is_break { length + 2 } else { length };
                assert_eq!(plain_length::<true>(&bytes), expected, "{odd}");
            }
        }
    }

    #[test]
    fn a_space_is_single_between_other_characters_and_at_both_ends() {
        for text in ["", " ", "a", "a b", " a b ", "~!"] {
            assert!(is_single_spaced(text), "{text:?}");
        }
        for text in [
            "  ", "a  b", "a  ", "a\tb", "a\nb", "a\u{a0}b", "é", "\u{7f}",
        ] {
            assert!(!is_single_spaced(text), "{text:?}");
        }
    }

    #[test]
    fn controls_are_those_of_ascii_but_tabs_and_perhaps_line_feeds() {
        for byte in 0..=u8::MAX {
            let bytes = [b"x\ty", [byte].as_slice(), &[0xc3, 0xa9]].concat();
            let is_control = byte.is_ascii_control() && byte != b'\t';
            assert_eq!(has_controls::<false>(&bytes), is_control, "{byte}");
            let is_control = is_control && byte != b'\n';
            assert_eq!(has_controls::<true>(&bytes), is_control, "{byte}");
        }
    }

    #[test]
    fn a_single_character_makes_a_text_not_plain() {
        for before in [0, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 7] {
            let text = "x".repeat(before);
            assert!(is_plain(&format!("{text}\n\t~ ")), "{before}");
            assert!(!is_plain(&format!("{text}\u{1b}x")), "{before}");
            assert!(!is_plain(&format!("{text}é")), "{before}");
        }
    }
}
