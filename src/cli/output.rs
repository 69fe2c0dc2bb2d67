//! Standard output and standard error: in ASCII only on a terminal without UTF-8.
//!
//! Such a terminal takes each byte of a character for a character, and may obey some: 0x9B alone, the second byte of
//! `ě`, begins a control sequence (ECMA-48, 8.3.16). Files and pipes get UTF-8 whatever the locale: the same input
//! gives the same bytes.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use super::capabilities::TerminalCapabilities;
use crate::terminal::pause_line;
use crate::ui::glyphs::ascii;

pub(super) fn output() -> OutputStream<Stdout> {
    // Not locked: a thread of the viewer that panics has to write to it, to restore the terminal.
    OutputStream::to(io::stdout())
}

pub(super) fn errors() -> OutputStream<Stderr> {
    OutputStream::to(io::stderr())
}

/// An output stream that replaces characters by ASCII if its terminal needs that.
pub(super) struct OutputStream<W> {
    stream: W,
    is_ascii: bool,
    /// The first bytes of a character that is not complete yet.
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
        // Also before output that goes elsewhere: a pager may show it on the same terminal.
        pause_line();
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
    fn characters_are_replaced_however_their_bytes_are_split() {
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
