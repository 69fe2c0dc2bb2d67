//! Places in texts that were read together.

use std::ops::Range;

/// Which of the texts that were read together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

impl FileId {
    /// The user's settings, which are read together with no other text.
    pub const SETTINGS: Self = Self(u16::MAX);
}

/// Some bytes of one text. A text that stays in its file may be long: the first byte has 48 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPlace {
    pub file: FileId,
    start_high: u16,
    start_low: u32,
    len: u32,
}

impl TextPlace {
    /// The place of a byte range in a text.
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start_high: high(range.start),
            start_low: low(range.start),
            len: short(range.end.saturating_sub(range.start)),
        }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        (self.start_high as usize) << 32 | self.start_low as usize
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.start() + self.len as usize
    }

    /// The byte range.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The first byte, and the byte after the last, in a text of less than 4 GiB.
    pub(crate) const fn bytes(self) -> (u32, u32) {
        (short(self.start()), short(self.end()))
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

const fn short(byte: usize) -> u32 {
    if byte > u32::MAX as usize {
        return u32::MAX;
    }
    low(byte)
}

#[expect(clippy::cast_possible_truncation, reason = "the rest is in `high`")]
const fn low(byte: usize) -> u32 {
    (byte & u32::MAX as usize) as u32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no file has more than 2^48 bytes"
)]
const fn high(byte: usize) -> u16 {
    ((byte as u64) >> 32) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_be_behind_4_gib() {
        let file = FileId(7);
        for start in [0, 5, u32::MAX as usize, 1 << 32, (1 << 45) + 3] {
            let place = TextPlace::new(file, start..start + 9);
            assert_eq!(place.range(), start..start + 9);
            assert_eq!(place.part(2..20).range(), start + 2..start + 9);
            assert_eq!(place.behind(1 << 33).start(), start + (1 << 33));
            assert!(place < TextPlace::new(file, start..start + 10));
            assert!(place < TextPlace::new(file, start + 1..start + 1));
        }
    }
}
