//! One row of values after the other, quoted as RFC 4180 says.
//!
//! A row without a quotation mark is its values with delimiters between them. Only the others are worth the reader of
//! the `csv-core` crate, which looks at each byte.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr3};

/// The most bytes that a row may have: quotation marks may make more of a text seem one row, but then one of them has
/// no partner.
pub(super) const LONGEST: usize = 1 << 26;

/// How many times the bytes of a text may be looked at in search of partners for quotation marks.
const TIMES: usize = 8;

/// The rows of a text.
pub(super) struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    /// Whether the text goes on behind what is here.
    goes_on: bool,
    at: usize,
    row: Range<usize>,
    is_quoted: bool,
    quoted: Quoted,
    /// Where each value ends: in the row, or if it is quoted, among the values.
    ends: Vec<usize>,
    /// How many bytes were looked at in vain.
    searched: usize,
}

/// What a row turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// All of it is here; its line break is none of it.
    Whole(Range<usize>),
    /// A quotation mark in it seems to have no partner, or one that swallows other rows.
    Broken(Range<usize>),
    /// It begins here, and goes on behind the text.
    Open(usize),
}

impl<'t> Rows<'t> {
    /// The rows from a byte on, at which one begins.
    pub fn new(text: &'t str, from: usize, goes_on: bool, delimiter: u8) -> Self {
        Self {
            text,
            delimiter,
            goes_on,
            at: from,
            row: from..from,
            is_quoted: false,
            quoted: Quoted::new(delimiter),
            ends: Vec::new(),
            searched: 0,
        }
    }

    /// Where the next row begins: line breaks before it are no rows.
    pub fn at(&self) -> usize {
        let breaks = bytes_from(self.text, self.at).iter();
        let breaks = breaks.take_while(|it| matches!(it, b'\r' | b'\n'));
        self.at + breaks.count()
    }

    /// The next row, whose values are [`Self::values`].
    pub fn next(&mut self) -> Option<Row> {
        let start = self.at();
        let rest = bytes_from(self.text, start);
        if rest.is_empty() {
            return None;
        }
        let end = memchr3(b'"', b'\n', b'\r', rest);
        if end.is_some_and(|end| rest.get(end) == Some(&b'"')) {
            return Some(self.quoted(start));
        }
        if end.is_none() && self.goes_on {
            return Some(Row::Open(start));
        }
        self.row = start..end.map_or(self.text.len(), |end| start + end);
        self.at = self.row.end;
        self.is_quoted = false;
        let row = self
            .text
            .as_bytes()
            .get(self.row.clone())
            .unwrap_or_default();
        self.ends.clear();
        self.ends.extend(memchr_iter(self.delimiter, row));
        self.ends.push(row.len());
        Some(Row::Whole(self.row.clone()))
    }

    fn quoted(&mut self, start: usize) -> Row {
        let rest = bytes_from(self.text, start);
        let may_search = self.searched <= self.text.len().saturating_mul(TIMES);
        let window = if may_search { rest } else { line_of(rest) };
        self.is_quoted = true;
        let (read, is_over) = self.quoted.read(window, &mut self.ends);
        if !is_over && self.goes_on && may_search && rest.len() <= LONGEST {
            return Row::Open(start);
        }
        self.at = start + read;
        let written = self.text.get(start..self.at).unwrap_or_default();
        let written = written.trim_end_matches(['\r', '\n']);
        self.row = start..start + written.len();
        if is_whole(written, self.delimiter) {
            Row::Whole(self.row.clone())
        } else {
            Row::Broken(self.row.clone())
        }
    }

    /// How many values the row has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The values of the row.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let (text, between) = if self.is_quoted {
            (self.quoted.text(), 0)
        } else {
            (self.text.get(self.row.clone()).unwrap_or_default(), 1)
        };
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let value = text.get(start..end).unwrap_or_default();
            start = end + between;
            value
        })
    }

    /// Reads on behind the line on which the row begins.
    pub fn go_on_behind_the_line(&mut self) {
        let next = self.row.start + line_of(bytes_from(self.text, self.row.start)).len();
        if next < self.at {
            self.searched += self.at - next;
            self.at = next;
        }
    }
}

fn bytes_from(text: &str, at: usize) -> &[u8] {
    text.as_bytes().get(at..).unwrap_or_default()
}

/// The first line, with its line break.
fn line_of(bytes: &[u8]) -> &[u8] {
    let end = memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
    bytes.get(..end).unwrap_or_default()
}

/// Reads rows in which there are quotation marks.
struct Quoted {
    reader: Reader,
    values: Vec<u8>,
    /// How much of the values is those of the row.
    len: usize,
    ends: Vec<usize>,
}

impl Quoted {
    fn new(delimiter: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            values: vec![0; 1 << 10],
            len: 0,
            ends: vec![0; 1 << 5],
        }
    }

    /// Reads one row: how many bytes it has with its line break, and whether it is over before the bytes are.
    fn read(&mut self, bytes: &[u8], ends: &mut Vec<usize>) -> (usize, bool) {
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
                // Reading goes on with no bytes, which tells the reader that there are no more.
                ReadRecordResult::InputEmpty => is_over = false,
                ReadRecordResult::OutputFull => self.values.resize(2 * self.values.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        ends.clear();
        ends.extend(self.ends.iter().take(end));
        (read, is_over)
    }

    /// The values, one behind the other. What is left of a text without its quotation marks is one.
    fn text(&self) -> &str {
        let values = self.values.get(..self.len).unwrap_or_default();
        std::str::from_utf8(values).unwrap_or_default()
    }
}

/// Whether every quotation mark of a row has its partner. A row of one line is taken as it is: nothing else is lost
/// by that. One of several lines may have swallowed rows because a mark was never closed.
fn is_whole(row: &str, delimiter: u8) -> bool {
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

/// Behind the quotation mark that closes a value; two in a row are one of the value.
fn closed(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(b'"', bytes.get(at..)?)? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_several_lines_is_whole_if_every_mark_has_its_partner() {
        let whole = [
            "a,b",
            "\"a",
            "\"a\nb\",c",
            "a,\"b \"\"c\"\"\nd\"",
            "a,\"b\n\",\"\"",
        ];
        for row in whole {
            assert!(is_whole(row, b','), "{row}");
        }
        for row in ["\"a\nb", "a,\"b\nc\"d", "a,\"b\nc,\"d"] {
            assert!(!is_whole(row, b','), "{row}");
        }
    }

    /// The values of each row that is whole; the others by what they are.
    fn rows(text: &str, goes_on: bool) -> Vec<String> {
        let mut rows = Rows::new(text, 0, goes_on, b',');
        let mut told = Vec::new();
        while let Some(row) = rows.next() {
            match row {
                Row::Whole(_) => told.push(rows.values().collect::<Vec<_>>().join("|")),
                Row::Broken(range) => {
                    told.push(format!("broken at {}", range.start));
                    rows.go_on_behind_the_line();
                }
                Row::Open(at) => {
                    told.push(format!("open at {at}"));
                    return told;
                }
            }
        }
        told
    }

    #[test]
    fn a_row_with_marks_is_read_as_one_without() {
        let text = "a,b,\r\n\r\n\"a\",b,\"\"\n,,\rspä,\"日,\"\"本\"\"\nx\",5\" disk\nlast";
        let expected = ["a|b|", "a|b|", "||", "spä|日,\"本\"\nx|5\" disk", "last"];
        assert_eq!(rows(text, false), expected);
        let long = format!("\"{}\",{}\n", "y".repeat(5000), "z,".repeat(100));
        assert_eq!(rows(&long, true)[0].len(), 5000 + 1 + 2 * 100);
    }

    #[test]
    fn what_the_rest_may_close_is_left_to_it() {
        assert_eq!(rows("a,b\nc,\"d\ne\n", true), ["a|b", "open at 4"]);
        assert_eq!(rows("a,b\nc,\"d\ne\n", false), ["a|b", "broken at 4", "e"]);
        assert_eq!(rows("a,b\nc,\"d\"", true), ["a|b", "open at 4"]);
        assert_eq!(rows("a,b\nc", true), ["a|b", "open at 4"]);
        assert_eq!(rows("a,b\nc,\"d\"\n", true), ["a|b", "c|d"]);
    }

    /// Each line opens a value, and none closes one: looking for its end from each would take for ever.
    #[test]
    fn marks_without_partners_cost_little() {
        let text = "x\"y\",\"b\n".repeat(100_000);
        let mut rows = Rows::new(&text, 0, false, b',');
        let mut count = 0;
        while rows.next().is_some() {
            rows.go_on_behind_the_line();
            count += 1;
        }
        assert_eq!(count, 100_000);
        assert!(rows.searched <= (TIMES + 2) * text.len());
    }
}
