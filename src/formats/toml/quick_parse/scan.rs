//! Reads headings, keys and values from a text.

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeString, DeTable, DeValue};
use memchr::{memchr, memchr2};

use crate::formats::toml::statements::{multi_line_end, single_line_end};
use crate::text::has_controls;

/// A value with its place.
pub(super) type QuickValue<'t> = Spanned<DeValue<'t>>;

/// A heading of one or two bare keys.
pub(super) struct QuickHeading<'t> {
    pub first: Spanned<DeString<'t>>,
    pub second: Option<Spanned<DeString<'t>>>,
    pub place: Range<usize>,
    /// Whether it has two brackets on each side.
    pub is_list: bool,
}

/// A text, and how far it is read. Every method gives up with `None`.
pub(super) struct QuickScan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> QuickScan<'t> {
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn byte(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    pub fn is_at(&self, byte: u8) -> bool {
        self.at < self.text.len() && self.bytes()[self.at] == byte
    }

    /// Goes past a byte.
    fn pass(&mut self, byte: u8) -> Option<()> {
        if !self.is_at(byte) {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn skip_spaces(&mut self) {
        let bytes = self.bytes();
        while self.at < bytes.len() && matches!(bytes[self.at], b' ' | b'\t') {
            self.at += 1;
        }
    }

    /// Goes past white space, line breaks and comments. Returns whether something follows.
    pub fn skip_to_statement(&mut self) -> Option<bool> {
        loop {
            self.skip_spaces();
            match self.byte() {
                None => return Some(false),
                Some(b'\n' | b'\r' | b'#') => self.end_line()?,
                Some(_) => return Some(true),
            }
        }
    }

    /// Goes to the next line: only white space and a comment may come before it.
    pub fn end_line(&mut self) -> Option<()> {
        self.skip_spaces();
        if self.is_at(b'#') {
            let rest = self.bytes().get(self.at..)?;
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let comment = rest.get(..end)?;
            let comment = comment.strip_suffix(b"\r").unwrap_or(comment);
            self.at += comment.len();
            if has_controls::<false>(comment) {
                return None;
            }
        }
        match self.byte() {
            None => Some(()),
            Some(b'\r') => {
                self.at += 1;
                self.pass(b'\n')
            }
            Some(_) => self.pass(b'\n'),
        }
    }

    /// A heading, from its first bracket to its last.
    pub fn heading(&mut self) -> Option<QuickHeading<'t>> {
        let start = self.at;
        self.pass(b'[')?;
        let is_list = self.pass(b'[').is_some();
        let first = self.spaced_key()?;
        let second = match self.pass(b'.') {
            Some(()) => Some(self.spaced_key()?),
            None => None,
        };
        self.pass(b']')?;
        if is_list {
            self.pass(b']')?;
        }
        Some(QuickHeading {
            first,
            second,
            place: start..self.at,
            is_list,
        })
    }

    fn spaced_key(&mut self) -> Option<Spanned<DeString<'t>>> {
        self.skip_spaces();
        let key = self.key()?;
        self.skip_spaces();
        Some(key)
    }

    fn key(&mut self) -> Option<Spanned<DeString<'t>>> {
        let (bytes, start) = (self.bytes(), self.at);
        while self.at < bytes.len()
            && matches!(bytes[self.at], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_')
        {
            self.at += 1;
        }
        let key = (self.text.get(start..self.at)).filter(|key| !key.is_empty())?;
        Some(Spanned::new(start..self.at, Cow::Borrowed(key)))
    }

    /// A key with its value.
    pub fn assignment(&mut self) -> Option<(Spanned<DeString<'t>>, QuickValue<'t>)> {
        let key = self.key_before_value()?;
        let value = match self.byte()? {
            b'[' => self.list()?,
            b'{' => self.table()?,
            _ => self.single()?,
        };
        Some((key, value))
    }

    fn key_before_value(&mut self) -> Option<Spanned<DeString<'t>>> {
        let key = self.key()?;
        self.skip_spaces();
        self.pass(b'=')?;
        self.skip_spaces();
        Some(key)
    }

    /// A list without lists in it.
    fn list(&mut self) -> Option<QuickValue<'t>> {
        let start = self.at;
        self.pass(b'[')?;
        let mut items = DeArray::new();
        while self.skip_to_statement()? && !self.is_at(b']') {
            items.push(if self.is_at(b'{') {
                self.table()?
            } else {
                self.single()?
            });
            if !(self.skip_to_statement()? && self.pass(b',').is_some()) {
                break;
            }
        }
        self.pass(b']')?;
        Some(Spanned::new(start..self.at, DeValue::Array(items)))
    }

    /// A table in braces, on one line, without lists or tables in it.
    fn table(&mut self) -> Option<QuickValue<'t>> {
        let start = self.at;
        self.pass(b'{')?;
        self.skip_spaces();
        let mut keys = DeTable::new();
        while !self.is_at(b'}') {
            let key = self.key_before_value()?;
            let value = self.single()?;
            if keys.insert(key, value).is_some() {
                return None;
            }
            self.skip_spaces();
            if self.pass(b',').is_none() {
                break;
            }
            self.skip_spaces();
            if self.is_at(b'}') {
                return None;
            }
        }
        self.pass(b'}')?;
        Some(Spanned::new(start..self.at, DeValue::Table(keys)))
    }

    /// A text, number, date, `true` or `false`.
    fn single(&mut self) -> Option<QuickValue<'t>> {
        if let quote @ (b'"' | b'\'') = self.byte()? {
            return self.string(quote);
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-_.:".contains(byte);
        let rest = self.bytes().get(self.at..)?;
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        self.decoded(self.at + length)
    }

    fn string(&mut self, quote: u8) -> Option<QuickValue<'t>> {
        let (bytes, inner) = (self.bytes(), self.at + 1);
        if bytes.get(self.at..self.at + 3) == Some(&[quote; 3]) {
            return self.decoded(multi_line_end(bytes, self.at + 3, quote)?);
        }
        let rest = bytes.get(inner..)?;
        let length = if quote == b'"' {
            memchr2(quote, b'\\', rest)?
        } else {
            memchr(quote, rest)?
        };
        if rest.get(length) == Some(&b'\\') {
            return self.decoded(single_line_end(bytes, inner, quote)?);
        }
        let text = self.text.get(inner..inner + length)?;
        if has_controls::<false>(text.as_bytes()) {
            return None;
        }
        let place = self.at..inner + length + 1;
        self.at = place.end;
        Some(Spanned::new(place, DeValue::String(Cow::Borrowed(text))))
    }

    /// The value that ends before a byte, as the crate decodes it.
    fn decoded(&mut self, end: usize) -> Option<QuickValue<'t>> {
        let place = self.at..end;
        let value = DeValue::parse(self.text.get(place.clone())?).ok()?;
        if value.span() != (0..place.len()) {
            return None;
        }
        self.at = end;
        Some(Spanned::new(place, value.into_inner()))
    }
}
