//! The beginning of a source of unknown length, to know whether it is long before it is read.

use std::collections::VecDeque;
use std::io::{self, Cursor, Read};

/// The bytes of a piece. Each piece is freed when it was read. Once a larger block was freed, glibc keeps all later ones up to
/// its size (`M_MMAP_THRESHOLD` in mallopt(3)).
const PIECE_SIZE: usize = 1 << 16;

/// The first bytes of a source, to be read again.
#[derive(Debug, Default)]
pub(super) struct ReadAhead {
    pieces: VecDeque<Cursor<Vec<u8>>>,
    len: u64,
}

impl ReadAhead {
    /// Reads up to `most` bytes. Returns whether the source may have more.
    ///
    /// # Errors
    /// Those of the source.
    pub fn fill(&mut self, source: &mut impl Read, most: u64) -> io::Result<bool> {
        while self.len < most {
            let mut piece = Vec::with_capacity(PIECE_SIZE);
            let wanted = (most - self.len).min(PIECE_SIZE as u64);
            let read = source.take(wanted).read_to_end(&mut piece)? as u64;
            self.len += read;
            self.pieces.push_back(Cursor::new(piece));
            if read < wanted {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Read for ReadAhead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.pieces.front_mut() {
            let read = piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            self.pieces.pop_front();
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_are_read_again_and_the_others_left() {
        let text: Vec<u8> = b"0123456789".repeat(250_000);
        let len = text.len() as u64;
        for most in [0, 5, PIECE_SIZE as u64, len - 1, len, len + 1] {
            let mut source = text.as_slice();
            let mut ahead = ReadAhead::default();
            let has_more = ahead.fill(&mut source, most).expect("it is in memory");
            assert_eq!(has_more, most <= len, "{most}");
            assert_eq!(source.len() as u64, len.saturating_sub(most));
            let mut read = Vec::new();
            ahead
                .chain(source)
                .read_to_end(&mut read)
                .expect("it is in memory");
            assert!(read == text, "{most}");
        }
    }
}
