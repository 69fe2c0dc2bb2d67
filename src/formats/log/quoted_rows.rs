//! Rows with quotation marks, by RFC 4180.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::value_locator::closed;

/// Reads rows that have quotation marks.
pub(super) struct QuotedRowReader {
    reader: Reader,
    values: Vec<u8>,
    /// The bytes of the values that belong to the row.
    len: usize,
    ends: Vec<usize>,
}

impl QuotedRowReader {
    pub fn new(delimiter: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            values: vec![0; 1 << 10],
            len: 0,
            ends: vec![0; 1 << 5],
        }
    }

    /// Reads one row. Returns its length with its line break, and whether it ends before the bytes do.
    pub fn read(&mut self, bytes: &[u8], values: &mut Vec<Range<usize>>) -> (usize, bool) {
        self.reader.reset();
        let (mut read, mut end, mut is_over) = (0, 0, true);
        self.len = 0;
        loop {
            let rest = bytes.get(read..).unwrap_or_default();
            let room = self.values.get_mut(self.len..).unwrap_or_default();
            let ends = self.ends.get_mut(end..).unwrap_or_default();
            let (result, took, put, ended) = self.reader.read_record(rest, room, ends);
            read += took;
            self.len += put;
            end += ended;
            match result {
                // The next call has no bytes left, which means to `csv-core` that the text is over.
                ReadRecordResult::InputEmpty => is_over = false,
                ReadRecordResult::OutputFull => self.values.resize(2 * self.values.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        values.clear();
        let mut start = 0;
        values.extend(self.ends.iter().take(end).map(|&end| {
            let value = start..end;
            start = end;
            value
        }));
        (read, is_over)
    }

    /// The values, one behind the other. Without its quotation marks the text is still UTF-8.
    pub fn text(&self) -> &str {
        let values = self.values.get(..self.len).unwrap_or_default();
        std::str::from_utf8(values).unwrap_or_default()
    }
}

/// Whether a program that quotes has written the row: every value is in quotation marks, or every value that has
/// quotation marks inside, which are doubled. Nothing else needs them in a row with enough delimiters.
pub(super) fn is_quoted_since(row: &str, delimiter: u8) -> bool {
    let (mut all, mut any, mut each) = (true, false, true);
    for value in row.split(char::from(delimiter)) {
        let inner = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        all &= inner.is_some();
        if value.contains('"') {
            let is_doubled = |it: &str| it.contains('"') && !it.replace("\"\"", "").contains('"');
            each &= inner.is_some_and(is_doubled);
            any = true;
        }
    }
    all || any && each
}

/// Whether every quotation mark of a row has its partner. A row of one line is always accepted: it loses nothing else.
/// A row of several lines may have swallowed others because of an unpaired mark.
pub(super) fn is_whole(row: &str, delimiter: u8) -> bool {
    if !row.contains('\n') {
        return true;
    }
    let bytes = row.as_bytes();
    let ends_value = |at: usize| {
        let next = bytes.get(at).copied();
        next.is_none_or(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'))
    };
    let (mut at, mut begins_value) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' && begins_value {
            let Some(end) = closed(bytes, at + 1).filter(|&end| ends_value(end)) else {
                return false;
            };
            at = end;
        } else {
            at += 1;
        }
        begins_value = byte == delimiter;
    }
    true
}
