//! What the reader of a log knows of its notation: where rows end, and how they are read.

use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::row_builder::ChunkRows;
use super::row_saying::TextTest;
use crate::diagnostic::{Diagnostic, FileId};
use crate::timeline::RawTest;

pub(super) trait RowFormat: Sync {
    /// Where the first chunk may end.
    const FIRST: ChunkEnd;

    /// Whether a row is read alike from any text that begins with it. Then rows can stay in their file.
    const IS_PAGED: bool = false;

    /// Where any other chunk may end.
    fn cut(&self) -> ChunkEnd {
        Self::FIRST
    }

    /// Whether rows are numbered by their lines. Otherwise they are numbered one after the other, since a line has
    /// many.
    fn has_lines(&self) -> bool {
        true
    }

    /// Reads the rows of a chunk from its first row on. A last row that may continue behind the chunk is left open, if
    /// there is more.
    fn read(&self, part: &ChunkText<'_>) -> ChunkRows;

    /// What the rest of a document says about its rows. `behind`: the text behind the last row, `None` if the text ends
    /// with the rows. `seen`: how many rows were read.
    fn gaps(&self, _behind: Option<&str>, _seen: usize, _file: FileId) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Whether the letters, digits and plain signs of titles, summaries and attributes are written in the rows as they are
    /// read, unless [`Self::may_differ`] says otherwise of these bytes. A delimiter, a quotation mark and a sign that is
    /// escaped are not plain.
    fn is_verbatim(&self) -> bool {
        false
    }

    /// For each row, whether a title, a summary or an attribute passes a test; `None` if only reading the rows shows that.
    /// Whatever passes it passes `raw` too.
    fn saying(&self, _text: &str, _raw: &RawTest<'_>, _says: &TextTest<'_>) -> Option<Vec<bool>> {
        None
    }

    /// Whether plain characters of some bytes may be written in another way.
    fn may_differ(_: &[u8]) -> bool {
        false
    }
}
