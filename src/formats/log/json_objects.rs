//! Logs of JSON objects over several lines, one behind the other or in a list, as Hayabusa and others write them.

use std::io;
use std::sync::Arc;

use memchr::memmem;
use serde_json::value::RawValue;

use super::chunk_merger::{self, MergedRows};
use super::chunk_reader::ChunkEnd;
use super::chunk_text::ChunkText;
use super::delimited_rows::LONGEST;
use super::json_path::{first_row, is_keyed};
use super::json_rows::ObjectReader;
use super::log_stream::LogStream;
use super::mapping::TableMapping;
use super::row_builder::{ChunkRows, RowBuilder};
use super::row_format::RowFormat;
use super::value_locator::RowNotation;
use crate::diagnostic::FileId;
use crate::formats::progress::Progress;

/// The separator of two objects if no other is known.
const USUAL: &str = "}\n{";

/// Whether a text begins with an object or a list of objects. A TOML heading has no brace behind its bracket.
pub(super) fn begins(head: &str) -> bool {
    let in_list = head.strip_prefix('[').map(str::trim_start);
    in_list.unwrap_or(head).starts_with('{')
}

/// The objects at the beginning of a text. The text may break off.
pub(super) fn objects(head: &str) -> impl Iterator<Item = &str> {
    let mut rest = head;
    std::iter::from_fn(move || {
        let text = behind_name(rest);
        let object = next(text)?.ok()?;
        rest = text.get(object.len()..).unwrap_or_default();
        Some(object)
    })
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
    mapping: &Arc<TableMapping>,
    progress: &Progress,
) -> io::Result<MergedRows> {
    chunk_merger::read(stream, file, progress, |head| {
        let path = mapping.layout.rows.as_deref();
        let from = path.and_then(|path| first_row(head, path)).unwrap_or(0);
        let is_keyed = path.is_some_and(is_keyed);
        let rows = head.get(from..).unwrap_or_default();
        let between = if is_keyed {
            between_keyed(rows)
        } else {
            between(rows)
        };
        let form = JsonObjects {
            mapping: Arc::clone(mapping),
            between,
            is_keyed,
            is_in_document: path.is_some(),
        };
        (form, from)
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

/// The same where each object has a name before it, up to the digits of the name, which differ.
fn between_keyed(head: &str) -> String {
    let end = next(head).and_then(Result::ok).map_or(0, str::len);
    let rest = head.get(end..).unwrap_or_default();
    let is_of_signs = |it: char| it.is_whitespace() || it == ',';
    let signs = rest.len() - rest.trim_start_matches(is_of_signs).len();
    let name = rest.get(signs..).unwrap_or_default();
    let name = name
        .split(|it: char| it.is_ascii_digit())
        .next()
        .unwrap_or_default();
    if signs == 0 || !name.starts_with('"') || name.get(1..).unwrap_or_default().contains('"') {
        return USUAL.to_owned();
    }
    format!("}}{}{name}", rest.get(..signs).unwrap_or_default())
}

/// The text behind the separator of two objects, and behind the name of the next.
fn behind_name(text: &str) -> &str {
    let text = behind_signs(text);
    let mut names = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let name = text.starts_with('"').then(|| names.next()).flatten();
    let name = name.and_then(Result::ok).map_or(0, |name| name.get().len());
    let behind = text.get(name..).unwrap_or_default().trim_start();
    match behind.strip_prefix(':').filter(|_| name > 0) {
        Some(value) => value.trim_start(),
        None => text,
    }
}

struct JsonObjects {
    mapping: Arc<TableMapping>,
    between: String,
    /// Whether each object has a name before it.
    is_keyed: bool,
    /// Whether the objects are within a document. What follows them is not read.
    is_in_document: bool,
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
            ObjectReader::new(RowBuilder::new(part, &self.mapping, RowNotation::Object));
        let mut at = part.from;
        loop {
            let rest = part.text.get(at..).unwrap_or_default();
            let rest = if self.is_keyed {
                behind_name(rest)
            } else {
                behind_signs(rest)
            };
            let is_name = rest.starts_with('"');
            if self.is_in_document && (is_name || rest.starts_with('}')) {
                let at = part.text.len() - rest.len();
                return reader.end((self.is_keyed && is_name && part.goes_on).then_some(at));
            }
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
