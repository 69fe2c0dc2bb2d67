//! A log as it comes from its file.

use std::ops::Range;

use crate::date::Zone;
use crate::formats::source::ByteSource;

/// The bytes of a log as UTF-8, without a byte order mark.
pub(in crate::formats) struct LogStream<'r> {
    /// The name of the file.
    pub name: &'r str,
    pub bytes: ByteSource<'r>,
    /// Whether it was UTF-16.
    pub is_utf16: bool,
    /// Where it was not UTF-8 before it was repaired, in order.
    pub damage: &'r [Range<usize>],
    /// The zone of times that name none, if the user states one.
    pub zone: Option<Zone>,
}
