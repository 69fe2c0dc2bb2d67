//! What is printed: in ASCII on a terminal that has nothing else.
//!
//! To a terminal without UTF-8 the bytes of a character are several characters, and it may obey some: 0x9B alone, the
//! second byte of `ě`, begins a control sequence (ECMA-48, 8.3.16). So nothing but ASCII goes to one. What goes to a file
//! or a pipe is UTF-8 whatever the locale: the same input gives the same bytes.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use super::capabilities::TerminalCapabilities;
use crate::ui::glyphs::ascii;

/// Standard output.
pub(super) fn output() -> OutputStream<Stdout> {
    // Not locked: a thread of the viewer that panics has to give the terminal back.
    OutputStream::to(io::stdout())
}

/// Standard error.
pub(super) fn errors() -> OutputStream<Stderr> {
    OutputStream::to(io::stderr())
}

/// A stream, and what has been said to it.
pub(super) struct OutputStream<W> {
    stream: W,
    /// Whether characters are replaced by ASCII.
    is_ascii: bool,
    /// The first bytes of a character whose last bytes are still to come.
    begun: Vec<u8>,
}

impl<W: Write + IsTerminal> OutputStream<W> {
    fn to(stream: W) -> Self {
        let is_ascii = stream.is_terminal() && TerminalCapabilities::here().ascii.value;
        Self {
            stream,
            is_ascii,
            begun: Vec::new(),
        }
    }
}

impl<W: Write> Write for OutputStream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_ascii {
            return self.stream.write(bytes);
        }
        self.begun.extend_from_slice(bytes);
        let end = match str::from_utf8(&self.begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.begun.len(),
        };
        let whole: Vec<u8> = self.begun.drain(..end).collect();
        let text = String::from_utf8_lossy(&whole);
        self.stream.write_all(ascii(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_characters_however_they_are_cut() {
        let text = "dateline – “Vinařská” ✓\n日本\n\u{1b}[1mx\u{1b}[0m";
        for size in 1..=text.len() {
            let mut out = OutputStream {
                stream: Vec::new(),
                is_ascii: true,
                begun: Vec::new(),
            };
            for part in text.as_bytes().chunks(size) {
                out.write_all(part).expect("a vector takes all");
            }
            let written = String::from_utf8(out.stream).expect("it is ASCII");
            assert_eq!(
                written,
                "dateline - \"Vina?sk?\" +\n????\n\u{1b}[1mx\u{1b}[0m"
            );
        }
    }
}
