//! One row of values after the other, quoted as RFC 4180 says, or with quotation marks that are characters.
//!
//! A row without a quotation mark is its values with delimiters between them, and most others are the same with a
//! quotation mark on each side of some values. Only the rest is worth the reader of the `csv-core` crate, which looks at
//! each byte.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::places::{Notation, closed};

/// The most bytes that a row may have: quotation marks may make more of a text seem one row, but then one of them has
/// no partner.
pub(super) const LONGEST: usize = 1 << 26;

/// How many times the bytes of a text may be looked at in search of partners for quotation marks.
const TIMES: usize = 8;

/// The rows of a text.
pub(super) struct Rows<'t> {
    text: &'t str,
    form: RowForm,
    /// Whether the text goes on behind what is here.
    goes_on: bool,
    at: usize,
    row: Range<usize>,
    /// Whether quotation marks around values of the row are not part of them.
    is_quoted: bool,
    /// Whether the values of the row were put together without their quotation marks.
    is_joined: bool,
    quoted: Quoted,
    /// The bytes of each value: in the text, or if they were put together, there.
    values: Vec<Range<usize>>,
    /// How many bytes were looked at in vain.
    searched: usize,
}

/// How the rows of a text are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowForm {
    pub delimiter: u8,
    /// How many values a row has if its program wrote values as they are, quotation marks and all. A row that
    /// another program, such as a spreadsheet, quoted since as RFC 4180 says is read as that.
    pub verbatim: Option<usize>,
}

impl RowForm {
    /// Rows quoted as RFC 4180 says.
    pub const fn quoted(delimiter: u8) -> Self {
        Self {
            delimiter,
            verbatim: None,
        }
    }
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
    pub fn new(text: &'t str, from: usize, goes_on: bool, form: RowForm) -> Self {
        Self {
            text,
            form,
            goes_on,
            at: from,
            row: from..from,
            is_quoted: false,
            is_joined: false,
            quoted: Quoted::new(form.delimiter),
            values: Vec::new(),
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
        if let Some(wanted) = self.form.verbatim {
            return Some(self.verbatim(start, wanted));
        }
        let end = memchr3(b'"', b'\n', b'\r', rest);
        if end.is_some_and(|end| rest.get(end) == Some(&b'"')) {
            return Some(self.quoted(start));
        }
        Some(self.line(start, end))
    }

    /// The row that ends with its line, so many bytes behind its beginning.
    fn line(&mut self, start: usize, end: Option<usize>) -> Row {
        if end.is_none() && self.goes_on {
            return Row::Open(start);
        }
        self.row = start..end.map_or(self.text.len(), |end| start + end);
        self.at = self.row.end;
        self.split();
        Row::Whole(self.row.clone())
    }

    /// Splits the row at each delimiter.
    fn split(&mut self) {
        let row = self.text.as_bytes().get(self.row.clone());
        let row = row.unwrap_or_default();
        (self.is_quoted, self.is_joined) = (false, false);
        let mut start = self.row.start;
        let ends = memchr_iter(self.form.delimiter, row).map(|end| self.row.start + end);
        self.values.clear();
        self.values.extend(ends.map(|end| {
            let value = start..end;
            start = end + 1;
            value
        }));
        self.values.push(start..self.row.end);
    }

    /// The row of a program that writes quotation marks as characters, unless another one quoted it since.
    fn verbatim(&mut self, start: usize, wanted: usize) -> Row {
        let end = memchr2(b'\n', b'\r', bytes_from(self.text, start));
        let row = self.line(start, end);
        let Row::Whole(line) = &row else {
            return row;
        };
        let line = line.clone();
        let text = self.text.get(line.clone()).unwrap_or_default();
        let is_as_expected = self.values.len() == wanted;
        if memchr(b'"', text.as_bytes()).is_none()
            || is_as_expected && !is_quoted_since(text, self.form.delimiter)
        {
            return row;
        }
        match self.quoted(start) {
            Row::Open(at) if !is_as_expected => return Row::Open(at),
            Row::Whole(row) if self.values.len() == wanted => return Row::Whole(row),
            _ => self.searched += self.at - start,
        }
        self.row = line.clone();
        self.at = line.end;
        self.split();
        Row::Whole(line)
    }

    /// Takes the row for its first line, with quotation marks that are characters.
    pub fn split_first_line(&mut self) -> Range<usize> {
        let line = line_of(bytes_from(self.text, self.row.start));
        let line = line.trim_ascii_end().len();
        self.row.end = self.row.end.min(self.row.start + line);
        self.split();
        self.row.clone()
    }

    /// How the values of the row are written.
    pub fn notation(&self) -> Notation {
        if self.is_quoted {
            Notation::Quoted(self.form.delimiter)
        } else {
            Notation::Verbatim(self.form.delimiter)
        }
    }

    fn quoted(&mut self, start: usize) -> Row {
        let rest = bytes_from(self.text, start);
        let may_search = self.searched <= self.text.len().saturating_mul(TIMES);
        self.is_quoted = true;
        if may_search && let Some(end) = self.plainly_quoted(start) {
            self.row = start..end;
            self.at = end;
            return Row::Whole(self.row.clone());
        }
        let window = if may_search { rest } else { line_of(rest) };
        self.is_joined = true;
        let (read, is_over) = self.quoted.read(window, &mut self.values);
        if !is_over && self.goes_on && may_search && rest.len() <= LONGEST {
            return Row::Open(start);
        }
        self.at = start + read;
        let written = self.text.get(start..self.at).unwrap_or_default();
        let written = written.trim_end_matches(['\r', '\n']);
        self.row = start..start + written.len();
        if is_whole(written, self.form.delimiter) {
            Row::Whole(self.row.clone())
        } else {
            Row::Broken(self.row.clone())
        }
    }

    /// Reads a row that ends with a line break, with values that have no quotation mark in quotation marks, and returns
    /// its end. `None` if it is anything else, which the reader of `csv-core` reads.
    fn plainly_quoted(&mut self, start: usize) -> Option<usize> {
        self.is_joined = false;
        self.values.clear();
        let bytes = self.text.as_bytes();
        // The reader of `csv-core` leaves out a byte order mark.
        if bytes_from(self.text, start).starts_with("\u{feff}".as_bytes()) {
            return None;
        }
        let mut at = start;
        loop {
            let rest = bytes.get(at..)?;
            let end = if rest.first() == Some(&b'"') {
                let close = at + 1 + memchr(b'"', rest.get(1..)?)?;
                self.values.push(at + 1..close);
                close + 1
            } else {
                let end = at + memchr3(self.form.delimiter, b'\n', b'\r', rest)?;
                self.values.push(at..end);
                end
            };
            match *bytes.get(end)? {
                b'\n' | b'\r' => return Some(end),
                byte if byte == self.form.delimiter => at = end + 1,
                _ => return None,
            }
        }
    }

    /// How many values the row has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The values of the row.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let text = if self.is_joined {
            self.quoted.text()
        } else {
            self.text
        };
        let values = self.values.iter();
        values.map(move |value| text.get(value.clone()).unwrap_or_default())
    }

    /// Reads on behind the first line of a row.
    pub fn go_on_behind(&mut self, row: &Range<usize>) {
        let next = row.start + line_of(bytes_from(self.text, row.start)).len();
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
    fn read(&mut self, bytes: &[u8], values: &mut Vec<Range<usize>>) -> (usize, bool) {
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
        values.clear();
        let mut start = 0;
        values.extend(self.ends.iter().take(end).map(|&end| {
            let value = start..end;
            start = end;
            value
        }));
        (read, is_over)
    }

    /// The values, one behind the other. What is left of a text without its quotation marks is one.
    fn text(&self) -> &str {
        let values = self.values.get(..self.len).unwrap_or_default();
        std::str::from_utf8(values).unwrap_or_default()
    }
}

/// Whether a row is as a program writes it that quotes: every value in quotation marks, or each value with quotation
/// marks in it, which are doubled there. Nothing else needs quotation marks in a row with delimiters enough.
fn is_quoted_since(row: &str, delimiter: u8) -> bool {
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
        let mut rows = Rows::new(text, 0, goes_on, RowForm::quoted(b','));
        let mut told = Vec::new();
        while let Some(row) = rows.next() {
            match row {
                Row::Whole(_) => told.push(rows.values().collect::<Vec<_>>().join("|")),
                Row::Broken(range) => {
                    told.push(format!("broken at {}", range.start));
                    rows.go_on_behind(&range);
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

    /// Every row of a few signs that is divided without `csv-core` is divided as that divides it.
    #[test]
    fn no_row_of_a_few_signs_is_divided_otherwise() {
        const SIGNS: [&str; 6] = ["\"", ",", "a", "\n", "\r", "ä"];
        let (mut quoted, mut ends, mut seen) = (Quoted::new(b','), Vec::new(), 0);
        for number in 0..SIGNS.len().pow(5) {
            let digits = (0..5).map(|place| number / SIGNS.len().pow(place) % SIGNS.len());
            let text: String = digits.map(|digit| SIGNS[digit]).collect::<String>() + "\n";
            let start = text.len() - text.trim_start_matches(['\n', '\r']).len();
            let mut rows = Rows::new(&text, start, false, RowForm::quoted(b','));
            let Some(end) = rows.plainly_quoted(start) else {
                continue;
            };
            let values: Vec<_> = rows.values().map(str::to_owned).collect();
            let (read, is_over) = quoted.read(&text.as_bytes()[start..], &mut ends);
            let expected = ends.iter().filter_map(|it| quoted.text().get(it.clone()));
            assert_eq!(values, expected.collect::<Vec<_>>(), "{text:?}");
            let row = text.get(start..start + read).unwrap_or_default();
            let row = row.trim_end_matches(['\n', '\r']);
            assert_eq!((row.len(), is_over), (end - start, true), "{text:?}");
            assert!(is_whole(row, b','), "{text:?}");
            seen += 1;
        }
        assert!(seen > 500, "{seen}");
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
        let mut rows = Rows::new(&text, 0, false, RowForm::quoted(b','));
        let mut count = 0;
        while let Some(Row::Whole(row) | Row::Broken(row)) = rows.next() {
            rows.go_on_behind(&row);
            count += 1;
        }
        assert_eq!(count, 100_000);
        assert!(rows.searched <= (TIMES + 2) * text.len());
    }

    #[test]
    fn a_row_of_plaso_is_divided_at_each_delimiter_unless_it_was_quoted_since() {
        let form = RowForm {
            delimiter: b',',
            verbatim: Some(3),
        };
        let cases = [
            ("a,\"b c\" d,e", vec!["a", "\"b c\" d", "e"]),
            ("a,\"b,c", vec!["a", "\"b", "c"]),
            ("a,\"b\",c", vec!["a", "\"b\"", "c"]),
            ("\"a\",\"b\",\"c\"", vec!["a", "b", "c"]),
            ("a,\"b, c\",d", vec!["a", "b, c", "d"]),
            ("a,\"b \"\"c\"\"\nd\",e", vec!["a", "b \"c\"\nd", "e"]),
            ("a,\"\"\"b\"\" c\",d", vec!["a", "\"b\" c", "d"]),
            ("a,\"b", vec!["a", "\"b"]),
            ("\"a,b,c,d", vec!["\"a", "b", "c", "d"]),
        ];
        for (text, expected) in cases {
            let text = format!("{text}\nx,y,z\n");
            let mut rows = Rows::new(&text, 0, false, form);
            assert!(matches!(rows.next(), Some(Row::Whole(_))), "{text}");
            assert_eq!(rows.values().collect::<Vec<_>>(), expected, "{text}");
            assert!(matches!(rows.next(), Some(Row::Whole(_))), "{text}");
            assert_eq!(rows.values().collect::<Vec<_>>(), ["x", "y", "z"], "{text}");
        }
    }
}
