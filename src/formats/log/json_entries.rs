//! Names and values of JSON objects that `serde_json` reads, as text.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json_scanner::RawJson;

/// Calls a function with each name and value of an object, in the order of the text.
pub(super) struct EntryVisitor<F>(pub F);

impl<'de, F: FnMut(&'de RawValue, &'de RawValue)> Visitor<'de> for EntryVisitor<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            (self.0)(name, value);
        }
        Ok(())
    }
}

/// A value as text: a string without its quotation marks, anything else as it is written.
pub(super) fn text_of(value: RawJson<'_>) -> Cow<'_, str> {
    let raw = value.text;
    if value.is_plain_text {
        return Cow::Borrowed(raw.get(1..raw.len() - 1).unwrap_or_default());
    }
    let Some(inner) = raw.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return match raw {
            "null" => Cow::Borrowed(""),
            _ if raw.contains('\n') => Cow::Owned(on_one_line(raw)),
            _ => Cow::Borrowed(raw),
        };
    };
    if memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(raw).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// JSON without the white space between its tokens.
fn on_one_line(raw: &str) -> String {
    let (mut is_within, mut is_escaped) = (false, false);
    let is_kept = |it: &char| {
        let is_mark = *it == '"' && !is_escaped;
        is_escaped = is_within && *it == '\\' && !is_escaped;
        is_within ^= is_mark;
        is_within || !it.is_ascii_whitespace()
    };
    raw.chars().filter(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn white_space_between_signs_says_nothing() {
        let raw = "{\n  \"a b\": [ 1,\r\n\t2 ],\n  \"c \\\" \\\\\": \" } \"\n}";
        assert_eq!(on_one_line(raw), "{\"a b\":[1,2],\"c \\\" \\\\\":\" } \"}");
    }
}
