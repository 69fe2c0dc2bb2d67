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

impl PageSource {
    /// `None` if the texts of the log are in columns. `blocks`: what was packed of the log.
    pub fn new(texts: TextStore, blocks: TextBlocks) -> Option<Self> {
        match texts {
            TextStore::Columns => None,
            TextStore::Blocks => Some(Self::Blocks(blocks)),
            TextStore::File(file) => Some(Self::File(file)),
        }
    }

    /// Fills a buffer with the bytes from an offset on; `None` if there are fewer now.
    pub(super) fn read(&self, into: &mut [u8], offset: u64) -> Option<()> {
        match self {
            Self::File(file) => file.read(into, offset),
            Self::Blocks(blocks) => blocks.read(into, offset),
        }
    }
}
