//! Logs with a JSON object on each line.

use std::io;
use std::sync::Arc;

use memchr::memmem;
use serde::de::IgnoredAny;

use super::chunk_merger::{self, MergedRows};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::{ChunkText, KeptTexts};
use super::json_rows::ObjectReader;
use super::log_stream::LogStream;
use super::mapping::TableMapping;
use super::row_builder::{ChunkRows, RowBuilder};
use super::row_format::RowFormat;
use super::row_saying::TextTest;
use super::value_locator::RowNotation;
use crate::diagnostic::FileId;
use crate::formats::progress::Progress;
use crate::timeline::RawTest;

/// The objects of the first lines that can be read.
pub(super) fn objects(head: &str) -> impl Iterator<Item = &str> {
    head.lines()
        .map(str::trim)
        .filter(|line| line.starts_with('{'))
}

/// How many lines are tried to find an object.
const TRIED: usize = 20;

/// Whether each line is an object: the first that can be read is one, and it does not continue on the next line.
pub(super) fn are_lines(head: &str) -> bool {
    for line in objects(head).take(TRIED) {
        match serde_json::from_str::<IgnoredAny>(line) {
            Ok(_) => return true,
            Err(error) if error.is_eof() => return false,
            Err(_) => {}
        }
    }
    false
}

pub(super) fn read(
    stream: LogStream<'_>,
    file: FileId,
    mapping: &Arc<TableMapping>,
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |_| {
        (JsonLines(Arc::clone(mapping)), 0)
    })
}

struct JsonLines(Arc<TableMapping>);

impl RowFormat for JsonLines {
    const FIRST: ChunkEnd = ChunkEnd::Lines;
    const IS_PAGED: bool = true;

    fn is_verbatim(&self) -> bool {
        self.0.is_plain() && !self.0.may_open() && self.0.layout.bytes.is_empty()
    }

    /// Any character may be written as an escape, such as `\u0041`. `\u017f` and `\u212a` are letters `s` and `k` in another
    /// case.
    fn may_differ(bytes: &[u8]) -> bool {
        let mut escapes = memmem::find_iter(bytes, b"\\u");
        escapes.any(|at| {
            let digits = bytes.get(at + 2..).unwrap_or_default();
            [b"00", b"01", b"21"]
                .iter()
                .any(|it| digits.starts_with(*it))
        })
    }

    fn saying(&self, text: &str, raw: &RawTest<'_>, says: &TextTest<'_>) -> Option<Vec<bool>> {
        let part = ChunkText {
            file: FileId::default(),
            text,
            from: 0,
            goes_on: false,
            breaks: &[],
            zone: None,
            texts: KeptTexts::All,
        };
        let mut reader = ObjectReader::new(RowBuilder::new(&part, &self.0, RowNotation::Object));
        let lines = text.split('\n').map(str::trim_end);
        let mut said = Vec::new();
        for line in lines.filter(|line| !line.is_empty()) {
            let may_say = raw(line.as_bytes()) || Self::may_differ(line.as_bytes());
            said.push(may_say && reader.is_said(line, says)?);
        }
        Some(said)
    }

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let mut reader = ObjectReader::new(RowBuilder::new(part, &self.0, RowNotation::Object));
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
