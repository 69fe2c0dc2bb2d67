//! What is wrong in a user's text, where, and what to do about it.
//!
//! A diagnostic is a value: it is collected, sorted and shown by whoever has a reader to show it to.
//! It knows nothing of timelines, terminals or colours.

use std::ops::Range;

/// Which of the texts that were read together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// Some bytes of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The text.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Place {
    /// The place of a byte range in a text.
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start: range.start,
            end: range.end,
        }
    }

    /// The byte range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Bytes `inner` of what stands here, such as a part of a value that was found wrong.
    pub fn part(self, inner: Range<usize>) -> Self {
        let end = (self.start + inner.end).min(self.end);
        Self {
            file: self.file,
            start: (self.start + inner.start).min(end),
            end,
        }
    }
}
