//! A log in pieces that end where rows seem to end, as it comes from its file.

use std::io::{self, Read};

use memchr::{memchr_iter, memmem, memrchr, memrchr2_iter};

use super::super::unpack::{LARGEST, TooLarge};
use crate::formats::progress::Progress;

/// How much of a text is read at once, in bytes: enough to be worth a thread, little enough to be let go of soon.
pub(super) const PIECE: usize = 1 << 22;

/// By how much the room for a piece grows as it is read, in bytes: a short text takes no room for a whole piece. Where
/// a large block was once given back, glibc keeps all later ones up to its size (`M_MMAP_THRESHOLD` in mallopt(3)).
const STEP: usize = 1 << 16;

/// How many pieces a row may seem to fill before a quotation mark is taken to have lost its partner.
const MOST: usize = 4;

/// Some rows. The last ends with the piece, unless quotation marks made it seem so.
pub(super) struct Piece {
    pub bytes: Vec<u8>,
    /// Whether the text ends with it.
    pub is_last: bool,
}

/// Where a text may be cut.
pub(super) enum Cut {
    /// Behind any line break.
    Lines,
    /// Behind a line break before which quotation marks come in pairs.
    Quoted,
    /// Behind the first byte of this, which stands between two rows.
    Between(Vec<u8>),
}

/// Cuts what it reads.
pub(super) struct Cutter<'r, R> {
    source: R,
    pub cut: Cut,
    progress: &'r Progress,
    /// What was read behind the last piece.
    rest: Vec<u8>,
    /// How many bytes were read, and how many may be.
    read: u64,
    most: u64,
    is_over: bool,
}

impl<'r, R: Read> Cutter<'r, R> {
    pub fn new(source: R, cut: Cut, progress: &'r Progress) -> Self {
        Self {
            source,
            cut,
            progress,
            rest: Vec::new(),
            read: 0,
            most: LARGEST,
            is_over: false,
        }
    }

    /// The next piece; none at the end of the text, or once reading is to stop. It is put into a buffer that is
    /// needed no more: memory that is given back again and again is not given back to the system.
    ///
    /// # Errors
    /// Those of the source; and a text of more bytes than places can number.
    pub fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Option<Piece>> {
        if self.is_over || self.progress.is_stopped() {
            return Ok(None);
        }
        // Bytes that the buffer has from before are written over: to fill it with zeros first takes longer.
        let mut filled = self.rest.len();
        bytes.resize(bytes.len().max(filled), 0);
        if let Some(head) = bytes.get_mut(..filled) {
            head.copy_from_slice(&self.rest);
        }
        self.rest.clear();
        // How many bytes are known to have no line break: a line of a gigabyte is not searched again for each piece.
        let mut searched = 0;
        for pieces in 1.. {
            let wanted = pieces * PIECE;
            self.fill(&mut bytes, &mut filled, wanted)?;
            if self.is_over {
                break;
            }
            if filled < wanted {
                return Ok(None);
            }
            let read = bytes.get(..filled).unwrap_or_default();
            let end = if pieces < MOST {
                self.end_of_rows(read)
            } else {
                let from = std::mem::replace(&mut searched, filled);
                let end = read.get(from..).and_then(end_of_lines);
                end.map(|end| from + end)
            };
            if let Some(end) = end {
                let rest = read.get(end..).unwrap_or_default();
                self.rest.extend_from_slice(rest);
                filled = end;
                break;
            }
        }
        bytes.truncate(filled);
        Ok(Some(Piece {
            bytes,
            is_last: self.is_over,
        }))
    }

    /// Reads until so many bytes of the buffer are filled, the text ends or reading is to stop.
    fn fill(&mut self, bytes: &mut Vec<u8>, filled: &mut usize, wanted: usize) -> io::Result<()> {
        while *filled < wanted && !self.is_over && !self.progress.is_stopped() {
            let end = wanted.min(*filled + STEP);
            bytes.resize(bytes.len().max(end), 0);
            let read = self
                .source
                .read(bytes.get_mut(*filled..end).unwrap_or_default());
            *filled += read.as_ref().map_or(0, |read| *read);
            match read {
                Ok(0) => self.is_over = true,
                Ok(read) => self.read += read as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if self.read > self.most {
            return Err(io::Error::other(TooLarge::File(self.read)));
        }
        Ok(())
    }

    /// Behind the last row that seems to end.
    fn end_of_rows(&self, bytes: &[u8]) -> Option<usize> {
        match &self.cut {
            Cut::Lines => return end_of_lines(bytes),
            Cut::Between(between) => return memmem::rfind(bytes, between).map(|at| at + 1),
            Cut::Quoted => {}
        }
        let mut is_within = memchr_iter(b'"', bytes).count() % 2 == 1;
        for at in memrchr2_iter(b'"', b'\n', bytes) {
            if bytes.get(at) == Some(&b'"') {
                is_within = !is_within;
            } else if !is_within {
                return Some(at + 1);
            }
        }
        None
    }
}

fn end_of_lines(bytes: &[u8]) -> Option<usize> {
    memrchr(b'\n', bytes).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &[u8], cut: Cut) -> Vec<Piece> {
        let progress = Progress::default();
        let mut cutter = Cutter::new(text, cut, &progress);
        let next = || cutter.next(Vec::new()).expect("bytes in memory");
        std::iter::from_fn(next).collect()
    }

    fn joined(pieces: &[Piece]) -> Vec<u8> {
        let parts: Vec<_> = pieces.iter().map(|it| it.bytes.as_slice()).collect();
        parts.concat()
    }

    #[test]
    fn a_text_is_cut_where_rows_end_and_nothing_is_lost() {
        let row = b"a,\"b\nc\"\"\nd\",e\n";
        let text = row.repeat(PIECE / 5);
        let pieces = pieces(&text, Cut::Quoted);
        assert!(pieces.len() > 2);
        assert!(joined(&pieces) == text);
        let (last, others) = pieces.split_last().expect("there are some");
        assert!(last.is_last && others.iter().all(|it| !it.is_last));
        for piece in others {
            assert!(piece.bytes.starts_with(row) && piece.bytes.ends_with(row));
            assert!(piece.bytes.len() <= PIECE);
        }
    }

    #[test]
    fn a_mark_without_a_partner_does_not_make_one_piece_of_all() {
        let text = [b"a,\"b\n".to_vec(), b"c,d\n".repeat(2 * PIECE)].concat();
        let pieces = pieces(&text, Cut::Quoted);
        assert!(joined(&pieces) == text);
        assert_eq!(pieces[0].bytes.len() / PIECE, MOST - 1);
        assert!(pieces[1].bytes.len() <= PIECE, "marks are counted anew");
    }

    #[test]
    fn a_line_may_be_longer_than_a_piece() {
        let text = [b"{".repeat(2 * PIECE), b"\n{}\n".to_vec()].concat();
        assert!(joined(&pieces(&text, Cut::Lines)) == text);
        assert_eq!(
            pieces(b"", Cut::Lines).len(),
            1,
            "nothing is one empty piece"
        );
    }

    #[test]
    fn a_short_text_takes_no_room_for_a_whole_piece() {
        let pieces = pieces(b"a,b\nc,d\n", Cut::Quoted);
        let [only] = &pieces[..] else {
            panic!("it is one piece");
        };
        assert!(only.bytes.capacity() <= 2 * STEP);
    }

    #[test]
    fn objects_are_cut_where_they_end() {
        let text = [
            b"[".to_vec(),
            b"{\"a\":{\"b\":[1]}},".repeat(PIECE / 8),
            b"{}]".to_vec(),
        ]
        .concat();
        let pieces = pieces(&text, Cut::Between(b"},{".to_vec()));
        assert!(joined(&pieces) == text && pieces.len() > 1);
        for piece in &pieces[1..] {
            assert!(piece.bytes.starts_with(b",{\"a\""));
        }
    }

    #[test]
    fn a_text_of_more_bytes_than_places_can_number_is_refused() {
        let progress = Progress::default();
        let text = b"{}\n".repeat(PIECE);
        let mut cutter = Cutter::new(text.as_slice(), Cut::Lines, &progress);
        cutter.most = 2 << 20 | PIECE as u64;
        assert!(cutter.next(Vec::new()).expect("it fits").is_some());
        let error = cutter.next(Vec::new()).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("it has 7 MiB")));
    }

    #[test]
    fn nothing_is_read_once_reading_is_to_stop() {
        let progress = Progress::default();
        let text = b"{}\n".repeat(PIECE);
        let mut cutter = Cutter::new(text.as_slice(), Cut::Lines, &progress);
        let mut next = || cutter.next(Vec::new()).expect("bytes in memory");
        assert!(next().is_some());
        progress.stop();
        assert!(next().is_none());
    }
}
