//! How much of a file is read before its format is known.

/// In bytes. More is read if the first row or object is longer.
pub const HEAD_BYTES: usize = 1 << 16;
