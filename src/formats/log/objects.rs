//! Objects of JSON over several lines, one behind the other or in a list, as Hayabusa and others write them.

use std::io;

use memchr::memmem;
use serde_json::value::RawValue;

use super::Stream;
use super::dialect::Dialect;
use super::joined::{self, Form, Part};
use super::json_lines::{Names, Reader};
use super::pieces::Cut;
use super::places::Notation;
use super::row::LONGEST;
use super::rows::{Filler, Stretch};
use crate::diagnostic::FileId;
use crate::formats::progress::Progress;

/// How many objects are tried to see what sort of log it is.
const TRIED: usize = 20;

/// What stands between two objects if nothing else is known.
const USUAL: &str = "}\n{";

/// Whether a text begins with an object, or a list of them. A heading of TOML has no brace behind its bracket.
pub(super) fn begins(head: &str) -> bool {
    let in_list = head.strip_prefix('[').map(str::trim_start);
    in_list.unwrap_or(head).starts_with('{')
}

/// The sort of log that a text is, by the first of its objects that can be read.
pub(super) fn recognise(head: &str) -> Option<&'static Dialect> {
    let mut rest = head;
    for _ in 0..TRIED {
        let object = next(behind_signs(rest))?.ok()?;
        let names = serde_json::from_str::<Names<'_>>(object).ok();
        if let Some(dialect) = names.and_then(|names| Dialect::of_objects(&names.0)) {
            return Some(dialect);
        }
        rest = behind_signs(rest).get(object.len()..).unwrap_or_default();
    }
    None
}

/// Whether objects have brackets around them or commas between them. Then no line is an object of its own, but the last.
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

/// The text behind whatever stands between two objects.
fn behind_signs(text: &str) -> &str {
    text.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, ',' | '[' | ']'))
}

/// Reads the objects of a text, in stretches.
pub(super) fn read(
    stream: Stream<'_>,
    file: FileId,
    dialect: &'static Dialect,
    progress: &Progress,
) -> io::Result<joined::Rows> {
    joined::read(stream, file, progress, |head| {
        let between = between(head);
        (Objects { dialect, between }, 0)
    })
}

/// What stands between the first two objects of a text, with the brace before and the one behind. Between others it
/// is the same, but for those that somebody wrote by hand.
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

struct Objects {
    dialect: &'static Dialect,
    between: String,
}

impl Form for Objects {
    const FIRST: Cut = Cut::Lines;

    fn cut(&self) -> Cut {
        Cut::Between(self.between.clone().into_bytes())
    }

    fn has_lines(&self) -> bool {
        self.between.contains('\n')
    }

    fn read(&self, part: &Part<'_>) -> Stretch {
        let mut reader = Reader::new(Filler::new(part, self.dialect, Notation::Object));
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
                    reader.tell(at..at + len, rest.get(..len).unwrap_or(rest), &error);
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
    fn what_stands_between_two_objects_shows_where_others_end() {
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
