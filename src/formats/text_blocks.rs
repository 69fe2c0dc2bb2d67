//! A text in memory, packed in blocks: that of a pipe or a packed file, which cannot be read again at any place.

use lz4_flex::block::{
    CompressTable, compress_into_with_table, decompress_into, get_maximum_output_size,
};

/// The bytes of a block before it is packed. LZ4 finds repetitions within 64 KiB: of larger blocks, those of a log are hardly
/// smaller in sum, and a page takes longer to read.
const BLOCK_SIZE: usize = 1 << 16;

/// A part of a text, packed.
#[derive(Clone, Debug)]
pub(super) struct PackedBlock {
    packed: Box<[u8]>,
    /// In bytes, unpacked.
    len: usize,
}

/// Packs neighbouring bytes in blocks.
pub(super) fn pack(bytes: &[u8]) -> Vec<PackedBlock> {
    let mut table = CompressTable::large();
    let mut buffer = vec![0; get_maximum_output_size(bytes.len().min(BLOCK_SIZE))];
    let blocks = bytes.chunks(BLOCK_SIZE).map(|block| {
        let packed = compress_into_with_table(block, &mut buffer, &mut table)
            .expect("the buffer has room for bytes without repetitions");
        PackedBlock {
            packed: buffer.get(..packed).unwrap_or_default().into(),
            len: block.len(),
        }
    });
    blocks.collect()
}

impl PackedBlock {
    /// Fills a buffer with the bytes from `from` on; `None` if there are fewer. For a part of the block, `whole` is where the
    /// block is unpacked.
    fn read(&self, into: &mut [u8], from: usize, whole: &mut Vec<u8>) -> Option<()> {
        if into.len() == self.len {
            return self.unpack(into);
        }
        if whole.len() < self.len {
            *whole = vec![0; self.len];
        }
        let whole = whole.get_mut(..self.len)?;
        self.unpack(whole)?;
        into.copy_from_slice(whole.get(from..from + into.len())?);
        Some(())
    }

    fn unpack(&self, into: &mut [u8]) -> Option<()> {
        let len = decompress_into(&self.packed, into).ok()?;
        (len == self.len).then_some(())
    }
}

/// A text, packed.
#[derive(Clone, Debug, Default)]
pub(super) struct TextBlocks {
    blocks: Vec<PackedBlock>,
    /// The first byte of each block.
    starts: Vec<u64>,
    len: u64,
}

impl TextBlocks {
    /// Adds what follows the text so far.
    pub fn append(&mut self, blocks: Vec<PackedBlock>) {
        for block in blocks {
            self.starts.push(self.len);
            self.len += block.len as u64;
            self.blocks.push(block);
        }
    }

    /// Fills a buffer with the text from an offset on; `None` if there is less. `block` is a buffer for single blocks.
    pub fn read(&self, mut into: &mut [u8], offset: u64, block: &mut Vec<u8>) -> Option<()> {
        let behind = self.starts.partition_point(|&start| start <= offset);
        let first = behind.checked_sub(1)?;
        let mut from = usize::try_from(offset - self.starts.get(first)?).ok()?;
        let mut blocks = self.blocks.get(first..)?.iter();
        while !into.is_empty() {
            let next = blocks.next()?;
            let len = next.len.checked_sub(from)?.min(into.len());
            let (part, rest) = into.split_at_mut(len);
            next.read(part, from, block)?;
            (into, from) = (rest, 0);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a log, and bytes in which nothing is repeated.
    fn text() -> Vec<u8> {
        let rows: Vec<String> = (0..9_000)
            .map(|row| format!("2021-08-14T10:00:00Z,host-{},logon\n", row * row % 97))
            .collect();
        let mut state = 7_u32;
        let mut unlike = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let mut text = rows.concat().into_bytes();
        text.extend(std::iter::repeat_with(&mut unlike).take(3 * BLOCK_SIZE));
        text
    }

    /// Each part is packed alone, as chunks are.
    fn packed(parts: &[&[u8]]) -> TextBlocks {
        let mut blocks = TextBlocks::default();
        for part in parts {
            blocks.append(pack(part));
        }
        blocks
    }

    #[test]
    fn a_text_is_read_at_any_place_and_never_beyond_its_end() {
        let text = text();
        let (first, rest) = text.split_at(100_001);
        let (second, third) = rest.split_at(1);
        let blocks = packed(&[first, b"", second, third]);
        let around = |at: usize| at.saturating_sub(2)..(at + 3).min(text.len());
        let mut block = Vec::new();
        let edges = [0, BLOCK_SIZE, 100_001, 100_001 + BLOCK_SIZE, text.len()];
        for start in edges.into_iter().flat_map(around) {
            for end in edges.into_iter().flat_map(around) {
                let Some(expected) = text.get(start..end) else {
                    continue;
                };
                let mut read = vec![0; expected.len()];
                let found = blocks.read(&mut read, start as u64, &mut block);
                assert!(found.is_some() && read == expected, "{start}..{end}");
            }
        }
        let end = text.len() as u64;
        assert_eq!(blocks.read(&mut [0; 2], end - 1, &mut block), None);
        assert_eq!(blocks.read(&mut [0], end + 9, &mut block), None);
        assert_eq!(TextBlocks::default().read(&mut [0], 0, &mut block), None);
    }

    #[test]
    fn rows_are_packed_to_less_than_half_and_other_bytes_hardly_grow() {
        let text = text();
        let (rows, unlike) = text.split_at(text.len() - 3 * BLOCK_SIZE);
        let size = |text: &[u8]| {
            let blocks = pack(text);
            blocks.iter().map(|it| it.packed.len()).sum::<usize>()
        };
        assert!(2 * size(rows) < rows.len());
        assert!(100 * size(unlike) < 101 * unlike.len());
    }
}
