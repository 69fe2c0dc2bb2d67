//! Splits a text into statements, even where it is broken.
//!
//! A statement is a heading, or a key with its value; blank lines and comments are statements too.
//! Knows the shape of TOML, not its values.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

/// The tables of a timeline. A careful reader takes a line that begins with the name of one for a heading anywhere.
pub(super) const TABLES: &[&str] = &[
    "timeline",
    "sources",
    "entities",
    "events",
    "views",
    "scenes",
    "questions",
];

/// How far a text is trusted to close its quotation marks and brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextTrust {
    /// No mistake was found in it.
    Full,
    /// It has a mistake: a heading inside a text means that the text was never closed.
    Careful,
}

/// The statements of a text, one after the other, without gaps.
pub(super) struct TextStatements<'t> {
    text: &'t str,
    at: usize,
    trust: TextTrust,
}

impl<'t> TextStatements<'t> {
    pub(super) const fn new(text: &'t str, trust: TextTrust) -> Self {
        Self { text, at: 0, trust }
    }
}

impl Iterator for TextStatements<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = if is_headed(rest) {
            line_end(rest, 0)
        } else {
            StatementScan::new(rest, self.trust).run().end
        };
        self.at = start + end;
        Some(start..self.at)
    }
}

/// A text, list, table or heading that a statement opens and does not close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnclosedValue {
    pub(super) opener: Range<usize>,
    /// The word for it.
    pub(super) what: &'static str,
}

/// The extent of a statement.
pub(super) struct StatementExtent {
    /// The byte after its last line.
    pub(super) end: usize,
    /// The last value that it leaves open.
    pub(super) unclosed: Option<UnclosedValue>,
}

impl StatementExtent {
    /// The extent of the statement at the head of a text.
    pub(super) fn of(text: &str, trust: TextTrust) -> Self {
        if is_headed(text) {
            return Self {
                end: line_end(text, 0),
                unclosed: unclosed_heading(first_line(text)),
            };
        }
        StatementScan::new(text, trust).run()
    }
}

/// One pass over a key and its value.
struct StatementScan<'t> {
    text: &'t str,
    trust: TextTrust,
    at: usize,
    /// The brackets that are open, with their places.
    open: Vec<(u8, usize)>,
    /// A string that is never closed.
    string: Option<UnclosedValue>,
}

impl<'t> StatementScan<'t> {
    const fn new(text: &'t str, trust: TextTrust) -> Self {
        Self {
            text,
            trust,
            at: 0,
            open: Vec::new(),
            string: None,
        }
    }

    fn run(mut self) -> StatementExtent {
        let bytes = self.text.as_bytes();
        self.at = plain_beginning(bytes);
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    if self.is_over() {
                        break;
                    }
                }
                b'#' => self.at = line_break(self.text, self.at),
                b'"' | b'\'' if self.skip_string(byte) => break,
                b'"' | b'\'' => {}
                b'[' | b'{' => {
                    self.open.push((byte, self.at));
                    self.at += 1;
                }
                b']' | b'}' => {
                    self.close(byte);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        StatementExtent {
            end: self.at,
            unclosed: self.string.take().or_else(|| self.open_bracket()),
        }
    }

    fn open_bracket(&self) -> Option<UnclosedValue> {
        let &(byte, at) = self.open.last()?;
        Some(UnclosedValue {
            opener: at..at + 1,
            what: if byte == b'[' { "list" } else { "inline table" },
        })
    }

    /// A bracket closes the last of its sort, and everything that was opened inside it.
    fn close(&mut self, byte: u8) {
        let opener = if byte == b']' { b'[' } else { b'{' };
        if let Some(at) = self.open.iter().rposition(|&(open, _)| open == opener) {
            self.open.truncate(at);
        }
    }

    /// Whether the statement is over at the beginning of a line.
    fn is_over(&self) -> bool {
        let line = self.text.get(self.at..).unwrap_or_default();
        match self.open.last() {
            None => true,
            Some((b'[', _)) => is_known_heading(line) || is_assignment(line),
            Some(_) => is_known_heading(line),
        }
    }

    /// Goes past a string. Returns whether the statement ends with it because it is never closed.
    fn skip_string(&mut self, quote: u8) -> bool {
        let bytes = self.text.as_bytes();
        let multi = bytes.get(self.at..self.at + 3) == Some(&[quote; 3]);
        let start = self.at;
        let inner = start + if multi { 3 } else { 1 };
        let closed = if multi {
            multi_line_end(bytes, inner, quote).filter(|&end| !self.hides_heading(inner..end))
        } else {
            single_line_end(bytes, inner, quote)
        };
        if let Some(end) = closed {
            self.at = end;
            return false;
        }
        self.string.get_or_insert(UnclosedValue {
            opener: start..inner,
            what: "text",
        });
        self.at = if multi {
            self.next_statement(inner)
        } else {
            line_break(self.text, inner)
        };
        multi
    }

    /// Whether a careful reader takes a string for an unclosed one.
    fn hides_heading(&self, range: Range<usize>) -> bool {
        self.trust == TextTrust::Careful
            && lines_after(self.text, range.start)
                .take_while(|&at| at < range.end)
                .any(|at| is_known_heading(self.text.get(at..).unwrap_or_default()))
    }

    /// The first line below a byte that is clearly a statement of its own; else the end.
    fn next_statement(&self, from: usize) -> usize {
        if self.trust == TextTrust::Full {
            return self.text.len();
        }
        lines_after(self.text, from)
            .find(|&at| {
                let line = self.text.get(at..).unwrap_or_default();
                is_known_heading(line) || is_assignment(line)
            })
            .unwrap_or(self.text.len())
    }
}

/// Whether the statement at the head of a text is a heading.
fn is_headed(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes.first() == Some(&b'[')
}

/// The first line of a text, without its line break.
fn first_line(text: &str) -> &str {
    let line = text.get(..line_break(text, 0)).unwrap_or_default();
    line.strip_suffix('\r').unwrap_or(line)
}

/// How many bytes of a statement come before its first string, comment, list or line break.
fn plain_beginning(bytes: &[u8]) -> usize {
    let length = memchr3(b'\n', b'"', b'\'', bytes).unwrap_or(bytes.len());
    let plain = bytes.get(..length).unwrap_or_default();
    memchr3(b'#', b'[', b'{', plain).unwrap_or(length)
}

/// The line break at or behind a byte, or the end of the text.
fn line_break(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    memchr(b'\n', rest).map_or(text.len(), |length| from + length)
}

/// Where the next line begins, or the end of the text.
fn line_end(text: &str, from: usize) -> usize {
    (line_break(text, from) + 1).min(text.len())
}

/// Where the lines below a byte begin.
fn lines_after(text: &str, from: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(from), |&at| {
        let next = line_end(text, at);
        (next < text.len()).then_some(next)
    })
    .skip(1)
}

pub(super) fn single_line_end(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr3(b'\n', b'\\', quote, bytes.get(at..)?)?;
        match *bytes.get(at)? {
            b'\n' => return None,
            b'\\' if quote == b'"' && bytes.get(at + 1) != Some(&b'\n') => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

pub(super) fn multi_line_end(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'\\', quote, bytes.get(at..)?)?;
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && bytes.get(at..at + 3) == Some(&[quote; 3]) => {
                // Up to two more quotation marks belong to the text itself.
                let more = bytes.iter().skip(at + 3).take(2);
                return Some(at + 3 + more.take_while(|&&byte| byte == quote).count());
            }
            _ => at += 1,
        }
    }
}

/// The keys of a heading such as `[[events.claims]]`; empty if there is none.
pub(in crate::formats) fn heading(line: &str) -> Vec<&str> {
    let Some(inner) = first_line(line).trim_start().strip_prefix('[') else {
        return Vec::new();
    };
    let inner = inner.trim_start_matches(['[', ' ', '\t']);
    let end = memchr2(b']', b'#', inner.as_bytes()).unwrap_or(inner.len());
    let plain = inner.get(..end).unwrap_or_default();
    if memchr2(b'"', b'\'', plain.as_bytes()).is_none() {
        return plain.split('.').map(str::trim).collect();
    }
    // A point inside quotation marks divides nothing; ids seldom have either.
    let inner = inner.get(..end_of_quoted(inner)).unwrap_or_default();
    let (first, rest) = inner.split_once('.').unwrap_or((inner, ""));
    vec![first.trim(), rest.trim()]
}

/// Where the keys of a heading with quotation marks end.
fn end_of_quoted(inner: &str) -> usize {
    let mut quote = None;
    let end = inner.find(|character: char| {
        if let Some(open) = quote {
            quote = Some(open).filter(|&open| character != open);
            return false;
        }
        quote = Some(character).filter(|it| matches!(it, '"' | '\''));
        matches!(character, ']' | '#')
    });
    end.unwrap_or(inner.len())
}

/// The keys of a heading, even if its first bracket is missing.
pub(super) fn heading_or_ruin(statement: &str) -> Vec<&str> {
    let keys = heading(statement);
    let line = statement.trim();
    if !keys.is_empty() || line.contains(['=', '#', '\n']) || !line.ends_with(']') {
        return keys;
    }
    let line = line.trim_matches(['[', ']']);
    line.split('.').map(str::trim).collect()
}

fn is_known_heading(line: &str) -> bool {
    heading(line)
        .first()
        .is_some_and(|first| TABLES.contains(first))
}

/// Whether a line begins `key = "`, `key = [`, `key = 2` or the like.
pub(super) fn is_assignment(line: &str) -> bool {
    let line = first_line(line).trim_start();
    let value =
        line.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || "-_.".contains(it));
    value.len() < line.len()
        && value
            .trim_start()
            .strip_prefix('=')
            .is_some_and(|value| !value.trim_start().is_empty() && !value.starts_with('='))
}

fn unclosed_heading(line: &str) -> Option<UnclosedValue> {
    let start = line.len() - line.trim_start().len();
    let body = line.split('#').next().unwrap_or_default();
    let opened = body
        .bytes()
        .skip(start)
        .take_while(|&it| it == b'[')
        .count();
    let closed = body.bytes().filter(|&it| it == b']').count();
    (closed < opened).then_some(UnclosedValue {
        opener: start..start + opened,
        what: "heading",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, trust: TextTrust, expected: &[&str]) {
        let found: Vec<_> = TextStatements::new(text, trust)
            .map(|range| text.get(range).unwrap_or_default().trim_end())
            .filter(|statement| !statement.is_empty())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_value_may_have_many_lines() {
        let text = "[[events]] # one\na = [\n  1, # ]\n  [\"]\"],\n]\nb = \"\"\"\n[[events]]\n\"\"\"\"\nc = '''x\n'''\n";
        let expected = [
            "[[events]] # one",
            "a = [\n  1, # ]\n  [\"]\"],\n]",
            "b = \"\"\"\n[[events]]\n\"\"\"\"",
            "c = '''x\n'''",
        ];
        check(text, TextTrust::Full, &expected);
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        let text = "a = \"x\nb = 'it\nc = 1\n";
        check(text, TextTrust::Full, &["a = \"x", "b = 'it", "c = 1"]);
    }

    #[test]
    fn an_open_list_ends_where_a_key_or_heading_begins() {
        let text = "a = [1,\n  2\nb = 1\nc = [\n[[events]]\n";
        let expected = ["a = [1,\n  2", "b = 1", "c = [", "[[events]]"];
        check(text, TextTrust::Full, &expected);
    }

    #[test]
    fn a_careful_reader_sees_that_a_long_text_was_never_closed() {
        let text = "a = \"\"\"\ntext\nb = 1\n[[events]]\nc = \"\"\"\nmore\"\"\"\n";
        let expected = [
            "a = \"\"\"\ntext",
            "b = 1",
            "[[events]]",
            "c = \"\"\"\nmore\"\"\"",
        ];
        check(text, TextTrust::Careful, &expected);
    }

    #[test]
    fn the_keys_of_a_heading_are_found_even_if_it_is_broken() {
        assert_eq!(heading("[[events.claims]] # x"), ["events", "claims"]);
        assert_eq!(heading("  [ sources . a-b ]"), ["sources", "a-b"]);
        assert_eq!(heading("[sources.\"a.b\"]"), ["sources", "\"a.b\""]);
        assert_eq!(heading("[[events]"), ["events"]);
        assert!(heading("a = []").is_empty());
    }
}
