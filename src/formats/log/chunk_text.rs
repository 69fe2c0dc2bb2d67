//! A part of the text of a log that begins with a row, and places in it.

use std::ops::Range;

use memchr::memchr_iter;

use super::many_names::ManyNames;
use crate::date::Zone;
use crate::diagnostic::{FileId, SourceText};

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
    pub texts: KeptTexts<'t>,
}

/// Which texts of rows are kept.
#[derive(Clone, Copy)]
pub(super) enum KeptTexts<'t> {
    All,
    /// Only values of names that are not among these, and have few so far: the others are read again when they are asked for.
    Few(&'t ManyNames),
}

/// Bytes as text, and the places where `�` replaces bytes that are not UTF-8. A line break is never part of a damaged
/// character, so that chunks are repaired as the whole would be.
pub(super) fn text_of(bytes: Vec<u8>) -> (String, Vec<Range<usize>>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let repaired = SourceText::from_bytes("", error.into_bytes());
            (repaired.text().to_owned(), repaired.damage().to_vec())
        }
    }
}

/// The first byte of each line but the first.
pub(super) fn breaks(text: &str) -> Vec<u32> {
    let mut breaks = Vec::with_capacity(text.len() / 256);
    breaks.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| short(at + 1)));
    breaks
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
