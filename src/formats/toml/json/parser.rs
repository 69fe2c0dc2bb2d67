//! Parses JSON (RFC 8259) into the values of a TOML tree, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeTable, DeValue};

/// Deeper than any timeline, and shallow enough for the stack.
const DEEPEST: usize = 32;

/// The first mistake of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct JsonMistake {
    pub range: Range<usize>,
    pub message: String,
}

type Parsed<T> = Result<T, JsonMistake>;

/// Reads a text from its beginning to its end.
pub(in crate::formats) struct JsonParser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> JsonParser<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut parser = Self {
            text,
            at: 0,
            depth: 0,
        };
        parser.skip_space();
        parser
    }

    /// The next byte that is to be read.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads a sign if it is there. Fails at the end of the text.
    pub fn opens(&mut self, sign: u8) -> Parsed<bool> {
        match self.peek() {
            None => Err(self.cut_off()),
            Some(byte) if byte == sign => {
                self.at += 1;
                self.skip_space();
                Ok(true)
            }
            Some(_) => Ok(false),
        }
    }

    /// Reads a sign that must be there.
    pub fn open(&mut self, sign: u8, what: &str) -> Parsed<()> {
        if self.opens(sign)? {
            Ok(())
        } else {
            Err(self.unexpected(what))
        }
    }

    /// Reads the sign behind an item: whether another one follows.
    pub fn goes_on(&mut self, closing: u8) -> Parsed<bool> {
        if self.opens_at_end(closing) {
            return Ok(false);
        }
        let comma = self.at;
        self.open(b',', &format!("`,` or `{}`", char::from(closing)))?;
        if self.peek() == Some(closing) {
            return Err(JsonMistake {
                range: comma..comma + 1,
                message: "a comma is behind the last item, which JSON does not allow".to_owned(),
            });
        }
        Ok(true)
    }

    /// Reads a closing sign, which may be the last of the text.
    fn opens_at_end(&mut self, closing: u8) -> bool {
        let is_closed = self.peek() == Some(closing);
        if is_closed {
            self.at += 1;
            self.skip_space();
        }
        is_closed
    }

    /// Fails unless the text is over.
    pub fn end(&self) -> Parsed<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the file")),
        }
    }

    /// Reads a key and the colon behind it.
    pub fn key(&mut self) -> Parsed<Spanned<Cow<'t, str>>> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in quotation marks"));
        }
        let key = self.string()?;
        self.open(b':', "`:`")?;
        Ok(key)
    }

    pub fn value(&mut self) -> Parsed<Spanned<DeValue<'t>>> {
        let start = self.at;
        let value = match self.peek() {
            None => return Err(self.cut_off()),
            Some(b'"') => {
                let text = self.string()?;
                let span = text.span();
                return Ok(Spanned::new(span, DeValue::String(text.into_inner())));
            }
            Some(b'{') => DeValue::Table(self.nested(Self::object)?),
            Some(b'[') => DeValue::Array(self.nested(Self::list)?),
            Some(_) => return self.word(),
        };
        let end = self.text.get(start..self.at).unwrap_or_default();
        let end = start + end.trim_end().len();
        Ok(Spanned::new(start..end, value))
    }

    fn nested<T>(&mut self, read: fn(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(JsonMistake {
                range: self.at..self.at + 1,
                message: format!("this is nested more than {DEEPEST} levels deep"),
            });
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn object(&mut self) -> Parsed<DeTable<'t>> {
        self.open(b'{', "an object")?;
        let mut table = DeTable::new();
        if self.opens(b'}')? {
            return Ok(table);
        }
        loop {
            let key = self.key()?;
            only_once(&key, table.contains_key(key.get_ref().as_ref()))?;
            let value = self.value()?;
            table.insert(key, value);
            if !self.goes_on(b'}')? {
                return Ok(table);
            }
        }
    }

    fn list(&mut self) -> Parsed<DeArray<'t>> {
        self.open(b'[', "a list")?;
        let mut list = DeArray::new();
        if self.opens(b']')? {
            return Ok(list);
        }
        loop {
            list.push(self.value()?);
            if !self.goes_on(b']')? {
                return Ok(list);
            }
        }
    }

    /// A text, with its quotation marks in its place.
    fn string(&mut self) -> Parsed<Spanned<Cow<'t, str>>> {
        let start = self.at;
        let mut escaped = false;
        let mut end = start + 1;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(end) {
                None => return Err(unclosed(start)),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += 2;
                }
                Some(byte) if *byte < b' ' => return Err(unclosed(start)),
                Some(_) => end += 1,
            }
        }
        let range = start..end + 1;
        let written = self.text.get(range.clone()).unwrap_or_default();
        let text = if escaped {
            let read = serde_json::from_str::<String>(written);
            Cow::Owned(read.map_err(|_| JsonMistake {
                range: range.clone(),
                message: "this text has an escape sequence that JSON does not know".to_owned(),
            })?)
        } else {
            Cow::Borrowed(self.text.get(start + 1..end).unwrap_or_default())
        };
        self.at = end + 1;
        self.skip_space();
        Ok(Spanned::new(range, text))
    }

    /// A number, `true`, `false` or `null`. No key takes `null`: it becomes a value that no key takes either.
    fn word(&mut self) -> Parsed<Spanned<DeValue<'t>>> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let is_end = |it: char| it.is_whitespace() || matches!(it, ',' | ']' | '}' | ':');
        let word = rest
            .find(is_end)
            .map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let range = start..start + word.len();
        let value = match word {
            "true" => DeValue::Boolean(true),
            "false" | "null" => DeValue::Boolean(false),
            number if serde_json::from_str::<serde_json::Number>(number).is_ok() => {
                let read = DeValue::parse(number).map(Spanned::into_inner);
                read.map_err(|_| self.unexpected("a number of usual size"))?
            }
            _ => return Err(self.unexpected("a text, a list or an object")),
        };
        self.at = range.end;
        self.skip_space();
        Ok(Spanned::new(range, value))
    }

    fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn cut_off(&self) -> JsonMistake {
        let end = self.text.trim_end().len();
        JsonMistake {
            range: end..end,
            message: "the file ends in the middle".to_owned(),
        }
    }

    fn unexpected(&self, wanted: &str) -> JsonMistake {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return self.cut_off();
        };
        JsonMistake {
            range: self.at..self.at + first.len_utf8(),
            message: format!("expected {wanted}"),
        }
    }
}

/// Fails if a key was there before.
pub(super) fn only_once(key: &Spanned<Cow<'_, str>>, is_known: bool) -> Parsed<()> {
    if is_known {
        return Err(JsonMistake {
            range: key.span(),
            message: format!("`{}` is given twice", key.get_ref()),
        });
    }
    Ok(())
}

fn unclosed(start: usize) -> JsonMistake {
    JsonMistake {
        range: start..start + 1,
        message: "this text does not end on its line".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first mistake in a text, with the part of the text at its place.
    fn mistake(text: &str) -> Option<(String, &str)> {
        let mut parser = JsonParser::new(text);
        let read = parser.value().and_then(|_| parser.end());
        let mistake = read.err()?;
        let at = text.get(mistake.range).expect("a place is in the text");
        Some((mistake.message, at))
    }

    #[track_caller]
    fn check(text: &str, message: &str, at: &str) {
        assert_eq!(mistake(text), Some((message.to_owned(), at)), "{text}");
        assert!(
            serde_json::from_str::<serde_json::Value>(text).is_err()
                || message.contains("twice")
                || message.contains("deep")
        );
    }

    #[test]
    fn each_mistake_has_a_place() {
        check(
            "{\"a\": 1,}",
            "a comma is behind the last item, which JSON does not allow",
            ",",
        );
        check("[1, 2", "the file ends in the middle", "");
        check("{\"a\" 1}", "expected `:`", "1");
        check("{a: 1}", "expected a key in quotation marks", "a");
        check("[1 2]", "expected `,` or `]`", "2");
        check("{\"a\": 1, \"a\": 2}", "`a` is given twice", "\"a\"");
        check("[\"a\nb\"]", "this text does not end on its line", "\"");
        check(
            "\"a\\qb\"",
            "this text has an escape sequence that JSON does not know",
            "\"a\\qb\"",
        );
        check("[01]", "expected a text, a list or an object", "0");
        check("[1] 2", "expected the end of the file", "2");
        check(
            &"[".repeat(99),
            "this is nested more than 32 levels deep",
            "[",
        );
    }

    #[test]
    fn places_include_quotation_marks_and_brackets_but_no_space() {
        let text = " { \"a\" : [ \"b\\u00e9\" , -1.5e3 ] } ";
        let mut parser = JsonParser::new(text);
        let value = parser.value().expect("it is JSON");
        assert_eq!(
            text.get(value.span()),
            Some("{ \"a\" : [ \"b\\u00e9\" , -1.5e3 ] }")
        );
        let table = value.get_ref().as_table().expect("it is an object");
        let list = table.values().next().expect("it has a value");
        assert_eq!(text.get(list.span()), Some("[ \"b\\u00e9\" , -1.5e3 ]"));
        let items = list.get_ref().as_array().expect("it is a list");
        assert_eq!(
            items.iter().next().and_then(|it| it.get_ref().as_str()),
            Some("bé")
        );
        assert!(parser.end().is_ok());
    }
}
