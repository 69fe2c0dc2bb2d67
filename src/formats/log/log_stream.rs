//! A log as it comes from its file.

use std::ops::Range;

use super::log_options::TableOptions;
use crate::formats::marks::WantedPrints;
use crate::formats::plain_file::PlainFile;
use crate::formats::row_selection::RowSelection;
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
    /// What the user states about tables.
    pub options: TableOptions,
    /// Which rows are kept; `None` for all.
    pub selection: Option<&'r RowSelection>,
    /// The file, if the texts of its rows stay there.
    pub pages: Option<PlainFile>,
    /// The prints of rows to keep, if there are marks.
    pub prints: Option<&'r WantedPrints>,
    /// The bytes of a chunk, if not the usual number.
    pub chunk_size: Option<usize>,
}
