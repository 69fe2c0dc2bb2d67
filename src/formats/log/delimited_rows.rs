//! Splits a text into rows and values, quoted by RFC 4180 or with quotation marks that are characters.
//!
//! A row without a quotation mark is split at its delimiters. Most other rows are the same with a quotation mark on
//! each side of some values. Only the rest needs the reader of the `csv-core` crate, which looks at each byte.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::quoted_rows::{QuotedRowReader, is_quoted_since, is_whole};
use super::value_locator::RowNotation;

/// The most bytes of a row. Quotation marks may make more of a text seem one row, but then one of them is unpaired.
pub(super) const LONGEST: usize = 1 << 26;

/// How many times the bytes of a text may be searched for the partners of quotation marks.
const TIMES: usize = 8;

/// The rows of a text.
pub(super) struct DelimitedRows<'t> {
    text: &'t str,
    form: RowQuoting,
    /// Whether the text continues behind its end.
    goes_on: bool,
    at: usize,
    row: Range<usize>,
    /// Whether the quotation marks around values of the row are not part of them.
    is_quoted: bool,
    /// Whether the values of the row were copied without their quotation marks.
    is_joined: bool,
    /// Made for the first row that needs it.
    quoted: Option<QuotedRowReader>,
    /// The bytes of each value: in the text, or in the copy.
    values: Vec<Range<usize>>,
    /// The bytes that were searched in vain.
    searched: usize,
}

/// How the rows of a text are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowQuoting {
    pub delimiter: u8,
    /// The number of values in a row of a program that writes values as they are, quotation marks and all. A row that
    /// another program, such as a spreadsheet, has quoted since is read by RFC 4180.
    pub verbatim: Option<usize>,
    /// Whether quotation marks are always characters, and each row is one line.
    pub is_escaped: bool,
    /// The number of values in a row of a program that puts each value in quotation marks and does not double those inside.
    pub bare: Option<usize>,
}

impl RowQuoting {
    /// Rows quoted by RFC 4180.
    pub const fn quoted(delimiter: u8) -> Self {
        Self {
            delimiter,
            verbatim: None,
            is_escaped: false,
            bare: None,
        }
    }
}

/// The extent of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DelimitedRow {
    /// It is complete, without its line break.
    Whole(Range<usize>),
    /// A quotation mark in it seems to be unpaired, or swallows other rows.
    Broken(Range<usize>),
    /// It begins here and continues behind the text.
    Open(usize),
}

impl<'t> DelimitedRows<'t> {
    /// The rows from the byte at which one begins.
    pub fn new(text: &'t str, from: usize, goes_on: bool, form: RowQuoting) -> Self {
        Self {
            text,
            form,
            goes_on,
            at: from,
            row: from..from,
            is_quoted: false,
            is_joined: false,
            quoted: None,
            values: Vec::new(),
            searched: 0,
        }
    }

    /// The first byte of the next row, behind any line breaks.
    pub fn at(&self) -> usize {
        let breaks = bytes_from(self.text, self.at).iter();
        let breaks = breaks.take_while(|it| matches!(it, b'\r' | b'\n'));
        self.at + breaks.count()
    }

    /// The next row, whose values are [`Self::values`].
    pub fn next(&mut self) -> Option<DelimitedRow> {
        let start = self.at();
        let rest = bytes_from(self.text, start);
        if rest.is_empty() {
            return None;
        }
        if self.form.is_escaped {
            let end = memchr2(b'\n', b'\r', rest);
            return Some(self.line(start, end));
        }
        if let Some(wanted) = self.form.verbatim {
            return Some(self.verbatim(start, wanted));
        }
        if let Some(wanted) = self.form.bare
            && let Some(row) = self.bare(start, wanted)
        {
            return Some(row);
        }
        let end = memchr3(b'"', b'\n', b'\r', rest);
        if end.is_some_and(|end| rest.get(end) == Some(&b'"')) {
            return Some(self.quoted(start));
        }
        Some(self.line(start, end))
    }

    /// The row that ends with its line. `end` counts from its beginning.
    fn line(&mut self, start: usize, end: Option<usize>) -> DelimitedRow {
        if end.is_none() && self.goes_on {
            return DelimitedRow::Open(start);
        }
        self.row = start..end.map_or(self.text.len(), |end| start + end);
        self.at = self.row.end;
        self.split();
        DelimitedRow::Whole(self.row.clone())
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

    /// The row of a program that writes quotation marks as characters, unless another program has quoted it since.
    fn verbatim(&mut self, start: usize, wanted: usize) -> DelimitedRow {
        let end = memchr2(b'\n', b'\r', bytes_from(self.text, start));
        let row = self.line(start, end);
        let DelimitedRow::Whole(line) = &row else {
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
            DelimitedRow::Open(at) if !is_as_expected => return DelimitedRow::Open(at),
            DelimitedRow::Whole(row) if self.values.len() == wanted => {
                return DelimitedRow::Whole(row);
            }
            _ => self.searched += self.at - start,
        }
        self.row = line.clone();
        self.at = line.end;
        self.split();
        DelimitedRow::Whole(line)
    }

    /// A row of one line whose values are in quotation marks, and have others inside that are not doubled. `None` if it
    /// has another number of values: then RFC 4180 says more.
    fn bare(&mut self, start: usize, wanted: usize) -> Option<DelimitedRow> {
        let rest = bytes_from(self.text, start);
        let end = memchr2(b'\n', b'\r', rest);
        if end.is_none() && self.goes_on {
            return Some(DelimitedRow::Open(start));
        }
        let row = start..end.map_or(self.text.len(), |end| start + end);
        let line = self.text.get(row.clone())?;
        let inner = line.strip_prefix('"')?.strip_suffix('"')?;
        let between = ['"', char::from(self.form.delimiter), '"']
            .iter()
            .collect::<String>();
        self.values.clear();
        let mut at = start + 1;
        for value in inner.split(between.as_str()) {
            self.values.push(at..at + value.len());
            at += value.len() + between.len();
        }
        (self.row, self.at) = (row.clone(), row.end);
        (self.is_quoted, self.is_joined) = (true, false);
        if self.values.len() == wanted {
            return Some(DelimitedRow::Whole(row));
        }
        self.at = start;
        None
    }

    /// Reads only the first line of the row, with quotation marks as characters.
    pub fn split_first_line(&mut self) -> Range<usize> {
        let line = line_of(bytes_from(self.text, self.row.start));
        let line = line.trim_ascii_end().len();
        self.row.end = self.row.end.min(self.row.start + line);
        self.split();
        self.row.clone()
    }

    /// How the values of the row are written.
    pub fn notation(&self) -> RowNotation {
        if self.is_quoted {
            RowNotation::Quoted(self.form.delimiter)
        } else {
            RowNotation::Verbatim(self.form.delimiter)
        }
    }

    fn quoted(&mut self, start: usize) -> DelimitedRow {
        let rest = bytes_from(self.text, start);
        let may_search = self.searched <= self.text.len().saturating_mul(TIMES);
        self.is_quoted = true;
        if may_search && let Some(end) = self.plainly_quoted(start) {
            self.row = start..end;
            self.at = end;
            return DelimitedRow::Whole(self.row.clone());
        }
        let window = if may_search { rest } else { line_of(rest) };
        self.is_joined = true;
        let delimiter = self.form.delimiter;
        let reader = (self.quoted).get_or_insert_with(|| QuotedRowReader::new(delimiter));
        let (read, is_over) = reader.read(window, &mut self.values);
        if !is_over && self.goes_on && may_search && rest.len() <= LONGEST {
            return DelimitedRow::Open(start);
        }
        self.at = start + read;
        let written = self.text.get(start..self.at).unwrap_or_default();
        let written = written.trim_end_matches(['\r', '\n']);
        self.row = start..start + written.len();
        if is_whole(written, self.form.delimiter) {
            DelimitedRow::Whole(self.row.clone())
        } else {
            DelimitedRow::Broken(self.row.clone())
        }
    }

    /// Reads a row that ends with a line break and has no quotation mark inside its values. Returns its end, or `None`
    /// for any other row, which `csv-core` reads.
    fn plainly_quoted(&mut self, start: usize) -> Option<usize> {
        self.is_joined = false;
        self.values.clear();
        let bytes = self.text.as_bytes();
        // `csv-core` skips a byte order mark.
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

    /// The number of values in the row.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn values(&self) -> impl Iterator<Item = &str> {
        let quoted = self.quoted.as_ref().filter(|_| self.is_joined);
        let text = quoted.map_or(self.text, QuotedRowReader::text);
        let values = self.values.iter();
        values.map(move |value| text.get(value.clone()).unwrap_or_default())
    }

    /// Continues behind the first line of a row.
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
        let mut rows = DelimitedRows::new(text, 0, goes_on, RowQuoting::quoted(b','));
        let mut found = Vec::new();
        while let Some(row) = rows.next() {
            match row {
                DelimitedRow::Whole(_) => found.push(rows.values().collect::<Vec<_>>().join("|")),
                DelimitedRow::Broken(range) => {
                    found.push(format!("broken at {}", range.start));
                    rows.go_on_behind(&range);
                }
                DelimitedRow::Open(at) => {
                    found.push(format!("open at {at}"));
                    return found;
                }
            }
        }
        found
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
        let (mut quoted, mut ends, mut seen) = (QuotedRowReader::new(b','), Vec::new(), 0);
        for number in 0..SIGNS.len().pow(5) {
            let digits = (0..5).map(|place| number / SIGNS.len().pow(place) % SIGNS.len());
            let text: String = digits.map(|digit| SIGNS[digit]).collect::<String>() + "\n";
            let start = text.len() - text.trim_start_matches(['\n', '\r']).len();
            let mut rows = DelimitedRows::new(&text, start, false, RowQuoting::quoted(b','));
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

    #[test]
    fn quotation_marks_inside_values_that_are_all_quoted_are_characters() {
        let form = RowQuoting {
            bare: Some(3),
            ..RowQuoting::quoted(b',')
        };
        let cases = [
            ("\"a\",\"b\",\"c\"", vec!["a", "b", "c"]),
            ("\"a\",\"b \"c, d\" e\",\"\"", vec!["a", "b \"c, d\" e", ""]),
            ("\"a\",\"\"b\"\",\"c\"", vec!["a", "\"b\"", "c"]),
            ("a,\"b \"\"c\"\"\",d", vec!["a", "b \"c\"", "d"]),
        ];
        for (text, expected) in cases {
            let text = format!("{text}\nx,y,z\n");
            let mut rows = DelimitedRows::new(&text, 0, false, form);
            assert!(
                matches!(rows.next(), Some(DelimitedRow::Whole(_))),
                "{text}"
            );
            assert_eq!(rows.values().collect::<Vec<_>>(), expected, "{text}");
            assert!(
                matches!(rows.next(), Some(DelimitedRow::Whole(_))),
                "{text}"
            );
            assert_eq!(rows.values().collect::<Vec<_>>(), ["x", "y", "z"], "{text}");
        }
        let mut rows = DelimitedRows::new("\"a\",\"b", 0, true, form);
        assert_eq!(rows.next(), Some(DelimitedRow::Open(0)));
    }

    /// Each line opens a value, and none closes one: looking for its end from each would take for ever.
    #[test]
    fn marks_without_partners_cost_little() {
        let text = "x\"y\",\"b\n".repeat(100_000);
        let mut rows = DelimitedRows::new(&text, 0, false, RowQuoting::quoted(b','));
        let mut count = 0;
        while let Some(DelimitedRow::Whole(row) | DelimitedRow::Broken(row)) = rows.next() {
            rows.go_on_behind(&row);
            count += 1;
        }
        assert_eq!(count, 100_000);
        assert!(rows.searched <= (TIMES + 2) * text.len());
    }

    #[test]
    fn a_row_of_plaso_is_divided_at_each_delimiter_unless_it_was_quoted_since() {
        let form = RowQuoting {
            verbatim: Some(3),
            ..RowQuoting::quoted(b',')
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
            let mut rows = DelimitedRows::new(&text, 0, false, form);
            assert!(
                matches!(rows.next(), Some(DelimitedRow::Whole(_))),
                "{text}"
            );
            assert_eq!(rows.values().collect::<Vec<_>>(), expected, "{text}");
            assert!(
                matches!(rows.next(), Some(DelimitedRow::Whole(_))),
                "{text}"
            );
            assert_eq!(rows.values().collect::<Vec<_>>(), ["x", "y", "z"], "{text}");
        }
    }
}
