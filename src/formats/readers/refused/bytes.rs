//! Tests of the first bytes of a file.

use crate::diagnostic::SourceText;

/// How many bytes are tested.
const ENOUGH: usize = 1 << 10;

/// Whether the first kilobyte is not text: it has a NUL, or more control characters than any text.
///
/// Text in a single-byte encoding, such as Windows-1251, has many bytes that are not UTF-8, but few control characters.
pub(super) fn is_binary(head: &SourceText) -> bool {
    let first = head.slice(0..head.boundary(ENOUGH));
    let is_odd = |it: &char| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{1b}');
    let is_damaged = |it: &char| *it == char::REPLACEMENT_CHARACTER;
    let share = |of: usize| of * 100 / first.chars().count().max(1);
    let odd = share(first.chars().filter(is_odd).count());
    let damaged = share(first.chars().filter(is_damaged).count());
    has_nul(first.as_bytes()) || odd > 10 || (odd > 5 && damaged > 10)
}

pub(super) fn has_nul(head: &[u8]) -> bool {
    head.iter().take(ENOUGH).any(|&byte| byte == 0)
}

pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}
