//! Sends text to the clipboard of the terminal, which may be that of another machine. The terminal does not say whether
//! it takes the text (OSC 52, "Manipulate Selection Data", xterm control sequences).

use std::io;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// The longest escape sequence that terminals are known to take, in bytes: hterm and the terminals modelled on it
/// ignore a longer one as a whole (`osc52.sh` of hterm).
const LONGEST_SEQUENCE: usize = 100_000;

/// The bytes around the text: `ESC ] 5 2 ; c ;` and `ESC \`.
const AROUND: usize = 9;

/// The longest text, in bytes: base64 makes four bytes of three.
pub(super) const LONGEST: usize = (LONGEST_SEQUENCE - AROUND) / 4 * 3;

/// Sends a text, unless it is too long: nothing is ever cut. Returns whether it was sent.
pub(super) fn send(text: &str, mut terminal: impl io::Write) -> io::Result<bool> {
    let fits = text.len() <= LONGEST;
    if fits {
        execute!(terminal, CopyToClipboard::to_clipboard_from(text))?;
    }
    Ok(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_fits_the_longest_sequence_and_one_byte_more_is_not_sent() {
        let mut sent = Vec::new();
        assert!(send(&"x".repeat(LONGEST), &mut sent).expect("memory takes all"));
        assert!(sent.len() <= LONGEST_SEQUENCE && sent.len() + 4 > LONGEST_SEQUENCE);
        let before = sent.len();
        assert!(!send(&"x".repeat(LONGEST + 1), &mut sent).expect("memory takes all"));
        assert_eq!(sent.len(), before);
    }

    #[test]
    fn a_text_is_base64_in_one_sequence() {
        let mut sent = Vec::new();
        assert!(send("späte\n", &mut sent).expect("memory takes all"));
        assert_eq!(sent, b"\x1b]52;c;c3DDpHRlCg==\x1b\\");
    }
}
