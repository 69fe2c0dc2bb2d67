//! Printable ASCII, the bytes of most texts.

/// How many bytes are tested at once. To test all of them is faster than to stop at the first that decides.
const AT_ONCE: usize = 64;

/// Whether a text consists of printable ASCII, line feeds and tabs.
pub fn is_plain(text: &str) -> bool {
    let mut blocks = text.as_bytes().chunks(AT_ONCE);
    blocks.all(all_are_plain::<true>)
}

/// The number of printable ASCII characters before the first byte that is none. With `BREAKS`, line feeds and tabs count
/// as printable.
pub(super) fn plain_length<const BREAKS: bool>(bytes: &[u8]) -> usize {
    let mut blocks = bytes.chunks(AT_ONCE);
    let plain = blocks
        .by_ref()
        .take_while(|block| all_are_plain::<BREAKS>(block));
    let plain = AT_ONCE * plain.count();
    let mut at = plain.min(bytes.len());
    while at < bytes.len() && is_plain_byte::<BREAKS>(bytes[at]) {
        at += 1;
    }
    at
}

/// The control character of ASCII behind the printable ones.
const DELETE: u8 = 0x7f;

// The loops below are not a `fold` and call nothing: without optimisation, each call takes longer than the test of a byte,
// and the tests spent a seventh of their time in it. Neither ends early: the compiler then compares many bytes at once.

fn all_are_plain<const BREAKS: bool>(bytes: &[u8]) -> bool {
    let (mut all, mut at) = (true, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        all &= matches!(byte, b' '..=b'~') || (BREAKS && matches!(byte, b'\n' | b'\t'));
        at += 1;
    }
    all
}

/// Whether some bytes have a control character of ASCII that is not a tab, nor with `LINE_FEEDS` a line feed.
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
