//! Places in texts that were read together.

use std::ops::Range;

/// Which of the texts that were read together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

impl FileId {
    /// The user's settings, which are read together with no other text.
    pub const SETTINGS: Self = Self(u16::MAX);
}

/// Some bytes of one text. No text of more than 4 GiB is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPlace {
    pub file: FileId,
    start: u32,
    end: u32,
}

impl TextPlace {
    /// The place of a byte range in a text.
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start: short(range.start),
            end: short(range.end),
        }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The byte range.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The first byte, and the byte after the last.
    pub(crate) const fn bytes(self) -> (u32, u32) {
        (self.start, self.end)
    }

    /// The same place in a longer text, behind `bytes` others.
    #[must_use]
    pub const fn behind(self, bytes: usize) -> Self {
        Self::new(self.file, self.start() + bytes..self.end() + bytes)
    }

    /// The bytes `inner` of this place, such as a wrong part of a value.
    #[must_use]
    pub fn part(self, inner: Range<usize>) -> Self {
        let end = (self.start() + inner.end).min(self.end());
        let start = (self.start() + inner.start).min(end);
        Self::new(self.file, start..end)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is larger was dealt with"
)]
const fn short(byte: usize) -> u32 {
    if byte > u32::MAX as usize {
        return u32::MAX;
    }
    byte as u32
}
