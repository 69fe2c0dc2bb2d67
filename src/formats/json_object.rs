//! Objects in a document of JSON, read one by one: each value with its place.
//!
//! A document is never a tree in memory. Its text is; an object is split when it is asked, and its values are read when they
//! are.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::progress::Progress;
use crate::diagnostic::{FileId, SourceText, TextPlace};
use crate::timeline::draft::{Located, LocatedText};

/// A value as it is written, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonValue<'t> {
    raw: &'t str,
    /// Its first byte in the document.
    start: usize,
    file: FileId,
}

/// The entries of an object, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct JsonObject<'t> {
    entries: Vec<(Cow<'t, str>, JsonValue<'t>)>,
}

/// Why a document could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum JsonEnd {
    /// The first mistake in its syntax.
    Mistake { at: usize, message: String },
    /// The request to stop.
    Stopped { at: usize },
}

impl<'t> JsonValue<'t> {
    /// The value of a text, if it is a string.
    pub fn text(self) -> Option<Cow<'t, str>> {
        let inner = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
            return Some(Cow::Borrowed(inner));
        }
        serde_json::from_str(self.raw).ok().map(Cow::Owned)
    }

    /// A text that is not blank, with its place.
    pub fn located(self) -> Option<LocatedText> {
        let text = self.text()?;
        let is_blank = text.trim().is_empty();
        (!is_blank).then(|| Located::new(text.as_ref().into(), self.place()))
    }

    /// A whole number.
    pub fn number(self) -> Option<i64> {
        self.raw.parse().ok()
    }

    pub fn is_true(self) -> bool {
        self.raw == "true"
    }

    /// The items of a list; none if it is something else.
    pub fn items(self) -> Vec<Self> {
        let mut items = Vec::new();
        let mut json = serde_json::Deserializer::from_str(self.raw);
        // The document was read once, so there is no mistake in it.
        let _ = json.deserialize_seq(RawItems(|raw: &'t RawValue| items.push(self.part(raw))));
        items
    }

    pub fn object(self) -> Option<JsonObject<'t>> {
        if !self.raw.starts_with('{') {
            return None;
        }
        let mut entries = Vec::new();
        let mut json = serde_json::Deserializer::from_str(self.raw);
        let visitor = RawEntries(|name: &'t RawValue, value: &'t RawValue| {
            let name = self.part(name).text();
            entries.extend(name.map(|name| (name, self.part(value))));
        });
        json.deserialize_map(visitor).ok()?;
        Some(JsonObject { entries })
    }

    /// The value as it is written.
    pub const fn raw(self) -> &'t str {
        self.raw
    }

    /// Without the quotation marks of a text.
    pub fn place(self) -> TextPlace {
        let marks = usize::from(self.raw.starts_with('"'));
        let end = self.start + self.raw.len();
        TextPlace::new(self.file, self.start + marks..end - marks)
    }

    fn part(self, raw: &'t RawValue) -> Self {
        Self {
            raw: raw.get(),
            start: self.start + (raw.get().as_ptr().addr() - self.raw.as_ptr().addr()),
            file: self.file,
        }
    }
}

impl<'t> JsonObject<'t> {
    pub fn get(&self, name: &str) -> Option<JsonValue<'t>> {
        self.all(name).next()
    }

    /// The values of a name that is given several times.
    pub fn all(&self, name: &str) -> impl Iterator<Item = JsonValue<'t>> {
        let named = self.entries.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| *value)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&str, JsonValue<'t>)> {
        let entries = self.entries.iter();
        entries.map(|(name, value)| (name.as_ref(), *value))
    }

    pub fn text(&self, name: &str) -> Option<Cow<'t, str>> {
        self.get(name)?.text()
    }

    pub fn located(&self, name: &str) -> Option<LocatedText> {
        self.get(name)?.located()
    }

    pub fn items(&self, name: &str) -> Vec<JsonValue<'t>> {
        self.get(name).map(JsonValue::items).unwrap_or_default()
    }

    /// The texts of a list, each with its place.
    pub fn texts(&self, name: &str) -> Vec<LocatedText> {
        let items = self.items(name).into_iter();
        items.filter_map(JsonValue::located).collect()
    }

    pub fn object(&self, name: &str) -> Option<JsonObject<'t>> {
        self.get(name)?.object()
    }

    pub fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(JsonValue::is_true)
    }
}

/// Calls a function with each item of the list `list` of a document.
///
/// # Errors
/// The document is not JSON, or the progress was stopped. The items before that were visited.
pub(super) fn each_item<'t>(
    source: &'t SourceText,
    file: FileId,
    progress: &Progress,
    list: &str,
    item: impl FnMut(JsonValue<'t>),
) -> Result<(), JsonEnd> {
    let text = source.text();
    let whole = JsonValue {
        raw: text,
        start: 0,
        file,
    };
    let mut stopped = None;
    let mut json = serde_json::Deserializer::from_str(text);
    let mut items = WatchedItems {
        whole,
        progress,
        advanced: 0,
        stopped: &mut stopped,
        item,
    };
    let read = json.deserialize_map(DocumentVisitor {
        list,
        items: &mut items,
    });
    let advanced = items.advanced;
    if let Some(at) = stopped {
        return Err(JsonEnd::Stopped { at });
    }
    match read.and_then(|()| json.end()) {
        Ok(()) => {
            progress.advance((text.len() - advanced) as u64);
            Ok(())
        }
        Err(error) => Err(mistake(source, &error)),
    }
}

fn mistake(source: &SourceText, error: &serde_json::Error) -> JsonEnd {
    let line = source.line_range(error.line().max(1));
    let at = source.boundary((line.start + error.column().saturating_sub(1)).min(source.len()));
    let message = if error.is_eof() {
        "the file ends in the middle".to_owned()
    } else {
        let message = error.to_string();
        let place = message.rfind(" at line ").unwrap_or(message.len());
        message.get(..place).unwrap_or(&message).to_owned()
    };
    JsonEnd::Mistake { at, message }
}

impl JsonEnd {
    /// Everything that was not read.
    pub fn unread(&self, source: &SourceText) -> Range<usize> {
        let (Self::Mistake { at, .. } | Self::Stopped { at }) = self;
        *at..source.len()
    }
}

struct RawItems<F>(F);

impl<'t, F: FnMut(&'t RawValue)> Visitor<'t> for RawItems<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

struct RawEntries<F>(F);

impl<'t, F: FnMut(&'t RawValue, &'t RawValue)> Visitor<'t> for RawEntries<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            (self.0)(name, value);
        }
        Ok(())
    }
}

struct DocumentVisitor<'d, 'p, 't, F> {
    list: &'d str,
    items: &'d mut WatchedItems<'p, 't, F>,
}

impl<'t, F: FnMut(JsonValue<'t>)> Visitor<'t> for DocumentVisitor<'_, '_, 't, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'t, str>>()? {
            if name == self.list {
                map.next_value_seed(&mut *self.items)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The items of a list, with the progress that counts them.
struct WatchedItems<'p, 't, F> {
    whole: JsonValue<'t>,
    progress: &'p Progress,
    advanced: usize,
    stopped: &'p mut Option<usize>,
    item: F,
}

impl<'t, F: FnMut(JsonValue<'t>)> DeserializeSeed<'t> for &mut WatchedItems<'_, 't, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'t, F: FnMut(JsonValue<'t>)> Visitor<'t> for &mut WatchedItems<'_, 't, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(raw) = list.next_element::<&'t RawValue>()? {
            let value = self.whole.part(raw);
            if self.progress.is_stopped() {
                *self.stopped = Some(value.start);
                return Err(serde::de::Error::custom("stopped"));
            }
            let end = value.start + value.raw.len();
            self.progress
                .advance(end.saturating_sub(self.advanced) as u64);
            self.advanced = self.advanced.max(end);
            (self.item)(value);
        }
        Ok(())
    }
}

/// What the first bytes of a document show: whether it has one of some members with one of some values, which are strings.
/// The text may break off anywhere.
pub(super) fn begins_with(head: &str, is_wanted: impl FnMut(&str, &str) -> bool) -> bool {
    let mut found = false;
    let mut json = serde_json::Deserializer::from_str(head);
    // An error ends the members, and those before it are known.
    let _ = json.deserialize_map(HeadVisitor {
        is_wanted,
        found: &mut found,
    });
    found
}

struct HeadVisitor<'f, F> {
    is_wanted: F,
    found: &'f mut bool,
}

impl<'t, F: FnMut(&str, &str) -> bool> Visitor<'t> for HeadVisitor<'_, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'t, str>>()? {
            let mut first = String::new();
            let read = map.next_value_seed(FirstText(&mut first));
            *self.found |= (self.is_wanted)(&name, &first);
            if *self.found {
                break;
            }
            read?;
        }
        Ok(())
    }
}

/// A text, or the `id` of the first object of a list.
struct FirstText<'f>(&'f mut String);

impl<'t> DeserializeSeed<'t> for FirstText<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for FirstText<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        text.clone_into(self.0);
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        list.next_element_seed(FirstText(self.0))?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'t, str>>()? {
            if name == "id" {
                map.next_value_seed(FirstText(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
