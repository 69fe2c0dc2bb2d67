//! Splits a log into chunks that end where rows seem to end.

use std::io::{self, Read};

use memchr::{memchr_iter, memmem, memrchr, memrchr2, memrchr2_iter};

use super::super::unpack::{LARGEST, TooLarge};
use super::engine_answer::LONGEST_ERROR;
use crate::formats::progress::Progress;

/// The bytes of a chunk: enough to be worth a thread, few enough to be freed soon.
pub(super) const CHUNK_SIZE: usize = 1 << 22;

/// The same where little of a chunk is kept: those that are read at once count then.
pub(super) const SMALL_CHUNK_SIZE: usize = 1 << 20;

/// The bytes by which the buffer of a chunk grows while it is filled, so that a short text takes no whole chunk. Once a
/// large block was freed, glibc keeps all later ones up to its size (`M_MMAP_THRESHOLD` in mallopt(3)).
const STEP: usize = 1 << 16;

/// Zeros to grow it by: without optimisation, [`Vec::resize`] takes a step for each byte.
static ZEROS: [u8; STEP] = [0; STEP];

/// The most chunks that a row may seem to fill. Beyond, a quotation mark is taken to have lost its partner.
const MOST: usize = 4;

/// Some rows. The last one ends with the chunk, unless quotation marks are unpaired.
pub(super) struct LogChunk {
    pub bytes: Vec<u8>,
    /// Whether the text ends with it.
    pub is_last: bool,
}

/// Where a chunk may end.
pub(super) enum ChunkEnd {
    /// Behind any line break.
    Lines,
    /// Behind any bracket or brace that closes.
    Closed,
    /// Behind a line break before which quotation marks come in pairs.
    Quoted,
    /// Behind the first byte of this separator between two rows.
    Between(Vec<u8>),
}

/// Reads a log chunk by chunk.
pub(super) struct ChunkReader<'r, R> {
    source: R,
    pub cut: ChunkEnd,
    progress: &'r Progress,
    /// The bytes behind the last chunk that are read already.
    rest: Vec<u8>,
    /// The bytes read so far, and the most that may be read.
    read: u64,
    pub most: u64,
    /// About how many bytes a chunk has.
    pub size: usize,
    is_over: bool,
}

impl<'r, R: Read> ChunkReader<'r, R> {
    pub fn new(source: R, cut: ChunkEnd, progress: &'r Progress) -> Self {
        Self {
            source,
            cut,
            progress,
            rest: Vec::new(),
            read: 0,
            most: LARGEST,
            size: CHUNK_SIZE,
            is_over: false,
        }
    }

    /// The next chunk, or none at the end of the text or once reading is stopped. Reuses a buffer: memory that is freed
    /// again and again is not returned to the system.
    ///
    /// # Errors
    /// Those of the source, and a text of more bytes than a place can number.
    pub fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Option<LogChunk>> {
        if self.is_over || self.progress.is_stopped() {
            return Ok(None);
        }
        // The old bytes of the buffer are overwritten, since filling it with zeros first takes longer.
        let mut filled = self.rest.len();
        bytes.resize(bytes.len().max(filled), 0);
        if let Some(head) = bytes.get_mut(..filled) {
            head.copy_from_slice(&self.rest);
        }
        self.rest.clear();
        // The bytes known to have no line break: a line of a gigabyte is not searched again for each chunk.
        let mut searched = 0;
        // An error at the end of the text is in one chunk.
        let kept = LONGEST_ERROR.min(self.size / 4);
        for chunks in 1.. {
            let wanted = chunks * self.size + kept;
            self.fill(&mut bytes, &mut filled, wanted)?;
            if self.is_over {
                break;
            }
            if filled < wanted {
                return Ok(None);
            }
            let read = bytes.get(..filled - kept).unwrap_or_default();
            let end = if chunks < MOST {
                self.end_of_rows(read)
            } else {
                let from = std::mem::replace(&mut searched, read.len());
                let end = read.get(from..).and_then(end_of_lines);
                end.map(|end| from + end)
            };
            if let Some(end) = end {
                let rest = bytes.get(end..filled).unwrap_or_default();
                self.rest.extend_from_slice(rest);
                filled = end;
                break;
            }
        }
        bytes.truncate(filled);
        Ok(Some(LogChunk {
            bytes,
            is_last: self.is_over,
        }))
    }

    /// Reads until this number of bytes is in the buffer, the text ends or reading is stopped.
    fn fill(&mut self, bytes: &mut Vec<u8>, filled: &mut usize, wanted: usize) -> io::Result<()> {
        while *filled < wanted && !self.is_over && !self.progress.is_stopped() {
            let end = wanted.min(*filled + STEP);
            let missing = end.saturating_sub(bytes.len());
            bytes.extend_from_slice(ZEROS.get(..missing).unwrap_or_default());
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

    /// The end of the last row that seems to be complete.
    fn end_of_rows(&self, bytes: &[u8]) -> Option<usize> {
        match &self.cut {
            ChunkEnd::Lines => return end_of_lines(bytes),
            ChunkEnd::Closed => return memrchr2(b'}', b']', bytes).map(|at| at + 1),
            ChunkEnd::Between(between) => return memmem::rfind(bytes, between).map(|at| at + 1),
            ChunkEnd::Quoted => {}
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

    fn chunks(text: &[u8], cut: ChunkEnd) -> Vec<LogChunk> {
        let progress = Progress::default();
        let mut cutter = ChunkReader::new(text, cut, &progress);
        let next = || cutter.next(Vec::new()).expect("bytes in memory");
        std::iter::from_fn(next).collect()
    }

    fn joined(chunks: &[LogChunk]) -> Vec<u8> {
        let parts: Vec<_> = chunks.iter().map(|it| it.bytes.as_slice()).collect();
        parts.concat()
    }

    #[test]
    fn a_text_is_cut_where_rows_end_and_nothing_is_lost() {
        let row = b"a,\"b\nc\"\"\nd\",e\n";
        let text = row.repeat(CHUNK_SIZE / 5);
        let chunks = chunks(&text, ChunkEnd::Quoted);
        assert!(chunks.len() > 2);
        assert!(joined(&chunks) == text);
        let (last, others) = chunks.split_last().expect("there are some");
        assert!(last.is_last && others.iter().all(|it| !it.is_last));
        for chunk in others {
            assert!(chunk.bytes.starts_with(row) && chunk.bytes.ends_with(row));
            assert!(chunk.bytes.len() <= CHUNK_SIZE);
        }
    }

    #[test]
    fn a_mark_without_a_partner_does_not_make_one_piece_of_all() {
        let text = [b"a,\"b\n".to_vec(), b"c,d\n".repeat(2 * CHUNK_SIZE)].concat();
        let chunks = chunks(&text, ChunkEnd::Quoted);
        assert!(joined(&chunks) == text);
        assert_eq!(chunks[0].bytes.len() / CHUNK_SIZE, MOST - 1);
        assert!(
            chunks[1].bytes.len() <= CHUNK_SIZE,
            "marks are counted anew"
        );
    }

    #[test]
    fn a_line_may_be_longer_than_a_piece() {
        let text = [b"{".repeat(2 * CHUNK_SIZE), b"\n{}\n".to_vec()].concat();
        assert!(joined(&chunks(&text, ChunkEnd::Lines)) == text);
        assert_eq!(
            chunks(b"", ChunkEnd::Lines).len(),
            1,
            "nothing is one empty chunk"
        );
    }

    #[test]
    fn a_short_text_takes_no_room_for_a_whole_piece() {
        let chunks = chunks(b"a,b\nc,d\n", ChunkEnd::Quoted);
        let [only] = &chunks[..] else {
            panic!("it is one chunk");
        };
        assert!(only.bytes.capacity() <= 2 * STEP);
    }

    #[test]
    fn objects_are_cut_where_they_end() {
        let text = [
            b"[".to_vec(),
            b"{\"a\":{\"b\":[1]}},".repeat(CHUNK_SIZE / 8),
            b"{}]".to_vec(),
        ]
        .concat();
        let chunks = chunks(&text, ChunkEnd::Between(b"},{".to_vec()));
        assert!(joined(&chunks) == text && chunks.len() > 1);
        for chunk in &chunks[1..] {
            assert!(chunk.bytes.starts_with(b",{\"a\""));
        }
    }

    #[test]
    fn a_text_of_more_bytes_than_places_can_number_is_refused() {
        let progress = Progress::default();
        let text = b"{}\n".repeat(CHUNK_SIZE);
        let mut cutter = ChunkReader::new(text.as_slice(), ChunkEnd::Lines, &progress);
        cutter.most = 2 << 20 | CHUNK_SIZE as u64;
        assert!(cutter.next(Vec::new()).expect("it fits").is_some());
        let error = cutter.next(Vec::new()).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("it has 8 MiB")));
    }

    #[test]
    fn nothing_is_read_once_reading_is_to_stop() {
        let progress = Progress::default();
        let text = b"{}\n".repeat(CHUNK_SIZE);
        let mut cutter = ChunkReader::new(text.as_slice(), ChunkEnd::Lines, &progress);
        let mut next = || cutter.next(Vec::new()).expect("bytes in memory");
        assert!(next().is_some());
        progress.stop();
        assert!(next().is_none());
    }
}
