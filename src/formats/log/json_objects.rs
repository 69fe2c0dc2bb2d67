//! Logs of JSON objects over several lines, one behind the other or in a list, as Hayabusa and others write them.

use std::io;

use memchr::memmem;
use serde_json::value::RawValue;

use super::chunk_merger::{self, MergedRows, RowFormat};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::delimited_rows::LONGEST;
use super::dialect::LogDialect;
use super::json_entries::ObjectNames;
use super::json_rows::ObjectReader;
use super::log_stream::LogStream;
use super::row_builder::{ChunkRows, RowBuilder};
use super::value_locator::RowNotation;
use crate::diagnostic::FileId;
use crate::formats::progress::Progress;

/// How many objects are tried to recognise the dialect.
const TRIED: usize = 20;

/// The separator of two objects if no other is known.
const USUAL: &str = "}\n{";

/// Whether a text begins with an object or a list of objects. A TOML heading has no brace behind its bracket.
pub(super) fn begins(head: &str) -> bool {
    let in_list = head.strip_prefix('[').map(str::trim_start);
    in_list.unwrap_or(head).starts_with('{')
}

/// The dialect of the first object that can be read.
pub(super) fn recognise(head: &str) -> Option<&'static LogDialect> {
    let mut rest = head;
    for _ in 0..TRIED {
        let object = next(behind_signs(rest))?.ok()?;
        let names = serde_json::from_str::<ObjectNames<'_>>(object).ok();
        if let Some(dialect) = names.and_then(|names| LogDialect::of_objects(&names.0)) {
            return Some(dialect);
        }
        rest = behind_signs(rest).get(object.len()..).unwrap_or_default();
    }
    None
}

/// Whether objects are in brackets or have commas between them. Then no line but the last is an object of its own.
pub(super) fn are_joined(head: &str) -> bool {
    let first = head.lines().next().unwrap_or_default();
    head.starts_with('[') || first.trim_end().ends_with("},")
}

/// Whether the first object of a text is cut off.
pub(super) fn is_open(head: &str) -> bool {
    matches!(next(behind_signs(head)), Some(Err(error)) if error.is_eof())
}

/// The next value of a text, as it is written.
fn next(text: &str) -> Option<serde_json::Result<&str>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.next().map(|value| value.map(RawValue::get))
}

/// The text behind the separator of two objects.
fn behind_signs(text: &str) -> &str {
    text.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, ',' | '[' | ']'))
}

pub(super) fn read(
    stream: LogStream<'_>,
    file: FileId,
    dialect: &'static LogDialect,
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |head| {
        let between = between(head);
        (JsonObjects { dialect, between }, 0)
    })
}

/// The separator of the first two objects of a text, with the braces on both sides. It is the same between others,
/// unless the text was edited by hand.
fn between(head: &str) -> String {
    let first = behind_signs(head);
    let read = next(first).and_then(Result::ok);
    let rest = read.and_then(|object| first.get(object.len()..));
    let rest = rest.unwrap_or_default();
    let signs = rest.len() - behind_signs(rest).len();
    match rest.split_at_checked(signs) {
        Some((signs, behind)) if behind.starts_with('{') => format!("}}{signs}{{"),
        _ => USUAL.to_owned(),
    }
}

struct JsonObjects {
    dialect: &'static LogDialect,
    between: String,
}

impl RowFormat for JsonObjects {
    const FIRST: ChunkEnd = ChunkEnd::Lines;

    fn cut(&self) -> ChunkEnd {
        ChunkEnd::Between(self.between.clone().into_bytes())
    }

    fn has_lines(&self) -> bool {
        self.between.contains('\n')
    }

    fn read(&self, part: &ChunkText<'_>) -> ChunkRows {
        let mut reader =
            ObjectReader::new(RowBuilder::new(part, self.dialect, RowNotation::Object));
        let mut at = part.from;
        loop {
            let rest = behind_signs(part.text.get(at..).unwrap_or_default());
            at = part.text.len() - rest.len();
            match next(rest) {
                None => return reader.end(None),
                Some(Ok(object)) => {
                    reader.row(at..at + object.len(), object);
                    at += object.len();
                }
                Some(Err(error)) if error.is_eof() && part.goes_on && rest.len() <= LONGEST => {
                    return reader.end(Some(at));
                }
                Some(Err(error)) => {
                    let between = self.between.as_bytes();
                    let next = memmem::find(rest.as_bytes(), between);
                    let len = next.map_or(rest.len(), |next| next + 1);
                    reader.report(at..at + len, rest.get(..len).unwrap_or(rest), &error);
                    at += next.map_or(rest.len(), |next| next + between.len() - 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_of_two_objects_shows_where_others_end() {
        let cases = [
            ("{\"a\": {\n}\n}\n{\"b\": 1}\n", "}\n{"),
            ("[\n  {\n    \"a\": 1\n  },\n  {\n  }\n]", "},\n  {"),
            ("[{\"a\":1},{\"a\":2}]", "},{"),
            ("{\"a\":1}\r\n\r\n{\"a\":2}", "}\r\n\r\n{"),
            ("[{\"a\":1}]", USUAL),
            ("[{\"a\":", USUAL),
        ];
        for (text, expected) in cases {
            assert!(begins(text), "{text}");
            assert_eq!(between(text), expected, "{text}");
        }
        for text in ["[[events]]", "[timeline]\n{", "", "[1]"] {
            assert!(!begins(text), "{text}");
        }
    }
}
