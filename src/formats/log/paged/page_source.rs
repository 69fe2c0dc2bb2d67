//! Where the bytes of pages are.

use crate::formats::log::TextStore;
use crate::formats::plain_file::PlainFile;
use crate::formats::text_blocks::TextBlocks;

/// The bytes of a log, at any place.
pub(in super::super) enum PageSource {
    /// In its file, which may change meanwhile.
    File(PlainFile),
    Blocks(TextBlocks),
}

/// Memory for what is read. It is used again and never cut, since to grow it is to fill it with zeros.
#[derive(Default)]
pub(super) struct PageBuffer {
    bytes: Vec<u8>,
    /// For a block, if only a part is asked for.
    block: Vec<u8>,
}

impl PageSource {
    /// `None` if the texts of the log are in columns. `blocks`: what was packed of the log.
    pub fn new(texts: TextStore, blocks: TextBlocks) -> Option<Self> {
        match texts {
            TextStore::Columns => None,
            TextStore::Blocks => Some(Self::Blocks(blocks)),
            TextStore::File(file) => Some(Self::File(file)),
        }
    }

    /// The bytes from an offset on, in a buffer; `None` if there are fewer now.
    pub(super) fn read<'b>(
        &self,
        buffer: &'b mut PageBuffer,
        offset: u64,
        len: usize,
    ) -> Option<&'b [u8]> {
        // All bytes are overwritten, so the old ones are not copied into a larger buffer.
        if buffer.bytes.len() < len {
            buffer.bytes = vec![0; len];
        }
        let into = buffer.bytes.get_mut(..len)?;
        match self {
            Self::File(file) => file.read(into, offset)?,
            Self::Blocks(blocks) => blocks.read(into, offset, &mut buffer.block)?,
        }
        Some(into)
    }
}
