//! Cuts a chunk into pages.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::quality::FixedState;

use super::super::row_builder::ChunkRows;

/// The bytes of a page: it is read faster than a key is pressed, even if each row on the screen is on another page.
const PAGE_SIZE: usize = 1 << 14;

/// Some rows of a chunk.
pub(in super::super) struct ChunkPage {
    /// Its bytes in the text of the chunk.
    pub text: Range<usize>,
    pub rows: u32,
    /// Whether its last row may continue behind it.
    pub goes_on: bool,
    pub hash: u64,
}

/// The pages of a chunk. A chunk with a row that is read by what is around it is one page.
pub(in super::super) fn cut(
    text: &str,
    from: usize,
    goes_on: bool,
    read: &ChunkRows,
) -> Vec<ChunkPage> {
    let rows = &read.rows.bytes;
    if read.is_irregular {
        return vec![page(text, from..text.len(), rows.len(), goes_on)];
    }
    let mut pages = Vec::with_capacity(text.len() / PAGE_SIZE + 1);
    let starts = || rows.iter().map(|&(start, _)| start as usize);
    let end = read.open.unwrap_or(text.len());
    let (mut start, mut count, mut last) = (starts().next().unwrap_or(end), 0, 0);
    for row in starts() {
        // A row that makes several events is on one page.
        if row >= start + PAGE_SIZE && row != last {
            pages.push(page(text, start..row, count, false));
            (start, count) = (row, 0);
        }
        count += 1;
        last = row;
    }
    if count > 0 {
        pages.push(page(text, start..end, count, false));
    }
    pages
}

fn page(text: &str, range: Range<usize>, rows: usize, goes_on: bool) -> ChunkPage {
    ChunkPage {
        hash: hash(text.get(range.clone()).unwrap_or_default()),
        text: range,
        rows: u32::try_from(rows).expect("a chunk has fewer than 2^32 rows"),
        goes_on,
    }
}

/// A hash of a text, the same in each run.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}
