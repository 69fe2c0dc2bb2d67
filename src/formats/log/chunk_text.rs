//! A part of the text of a log that begins with a row, and places in it.

use std::ops::Range;

use crate::date::Zone;
use crate::diagnostic::FileId;

/// A part of the text of a log that begins with a row.
pub(super) struct ChunkText<'t> {
    pub file: FileId,
    pub text: &'t str,
    /// Where its first row begins.
    pub from: usize,
    /// Whether the text continues behind it.
    pub goes_on: bool,
    /// The first byte of each line but the first.
    pub breaks: &'t [u32],
    /// The zone of times that name none, if the user states one.
    pub zone: Option<&'t Zone>,
}

/// A byte as a place in a text. No longer text is read than 32 bits can number.
pub(super) fn short(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// The bytes of the line around a byte, without its line break.
pub(super) fn line_at(text: &str, byte: usize) -> Range<usize> {
    let (before, behind) = text.as_bytes().split_at(byte.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', behind).map_or(text.len(), |at| before.len() + at);
    let line = text.get(start..end).unwrap_or_default();
    start..start + line.strip_suffix('\r').unwrap_or(line).len()
}
