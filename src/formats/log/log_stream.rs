//! A log as it comes from its file, and where the texts of its rows stay.

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
    pub texts: TextStore,
    /// The prints of rows to keep, if there are marks.
    pub prints: Option<&'r WantedPrints>,
    /// The bytes of a chunk, if not the usual number.
    pub chunk_size: Option<usize>,
}

/// Where the texts of rows are while a log is open: its titles, summaries and attributes.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) enum TextStore {
    /// In memory, in columns.
    #[default]
    Columns,
    /// In memory, as the bytes of the log in packed blocks.
    Blocks,
    /// In the file.
    File(PlainFile),
}

impl TextStore {
    /// Whether rows are read again when their texts are asked for.
    pub fn is_paged(&self) -> bool {
        !matches!(self, Self::Columns)
    }

    /// The same for a text that is made of that of the file: its places are not those of the file.
    pub fn of_made_text(self) -> Self {
        match self {
            Self::File(_) => Self::Blocks,
            other => other,
        }
    }
}
