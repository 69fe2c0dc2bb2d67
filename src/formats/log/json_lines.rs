//! Logs with a JSON object on each line.

use std::io;

use super::chunk_merger::{self, MergedRows, RowFormat};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::dialect::LogDialect;
use super::json_entries::ObjectNames;
use super::json_rows::ObjectReader;
use super::log_stream::LogStream;
use super::row_builder::{ChunkRows, RowBuilder};
use super::value_locator::RowNotation;
use crate::diagnostic::FileId;
use crate::formats::progress::Progress;

/// How many lines are tried to recognise the dialect.
const TRIED: usize = 20;

/// The dialect of the first line that can be read.
pub(super) fn recognise(head: &str) -> Option<&'static LogDialect> {
    let objects = head
        .lines()
        .take(TRIED)
        .filter_map(|line| serde_json::from_str::<ObjectNames<'_>>(line).ok());
    let mut dialects = objects.filter_map(|names| LogDialect::of_objects(&names.0));
    dialects.next()
}

pub(super) fn read(
    stream: LogStream<'_>,
    file: FileId,
    dialect: &'static LogDialect,
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |_| (JsonLines(dialect), 0))
}

struct JsonLines(&'static LogDialect);

impl RowFormat for JsonLines {
    const FIRST: ChunkEnd = ChunkEnd::Lines;

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let mut reader = ObjectReader::new(RowBuilder::new(part, self.0, RowNotation::Object));
        let ends = part.breaks.iter().map(|&at| at as usize);
        let mut start = part.from;
        for end in ends.chain([part.text.len()]) {
            let whole = part.text.get(start..end).unwrap_or_default();
            let written = whole.trim_end();
            if !written.is_empty() {
                reader.row(start..start + written.len(), written);
            }
            start = end;
        }
        reader.end(None)
    }
}
