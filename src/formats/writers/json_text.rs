//! JSON with its keys in the order of writing, and without characters that a terminal would obey.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::text::unprintable_in;

/// An object whose keys keep their order.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct OrderedObject(Vec<(Cow<'static, str>, OrderedValue)>);

/// A value of an ordered object.
#[derive(Clone, Debug)]
pub(in crate::formats) enum OrderedValue {
    Plain(Value),
    Object(OrderedObject),
    List(Vec<OrderedObject>),
}

impl OrderedObject {
    /// Adds a value, unless it is nothing, an empty text or an empty list.
    pub fn put(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        let value = value.into();
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.keep(key, value);
        }
    }

    /// Replaces the value of a key in its place, if it has one.
    pub fn replace(&mut self, key: &str, value: impl Into<Value>) {
        if let Some((_, old)) = self.0.iter_mut().find(|(known, _)| known == key) {
            *old = OrderedValue::Plain(value.into());
        }
    }

    pub fn remove(&mut self, key: &str) {
        self.0.retain(|(known, _)| known != key);
    }

    /// Adds a value, even an empty one.
    pub fn keep(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        self.0.push((key.into(), OrderedValue::Plain(value.into())));
    }

    /// Adds a list of objects, even an empty one.
    pub fn keep_list(&mut self, key: impl Into<Cow<'static, str>>, items: Vec<Self>) {
        self.0.push((key.into(), OrderedValue::List(items)));
    }

    pub fn put_object(&mut self, key: impl Into<Cow<'static, str>>, object: Self) {
        self.0.push((key.into(), OrderedValue::Object(object)));
    }

    /// Adds a list of objects, unless it is empty.
    pub fn put_list(&mut self, key: impl Into<Cow<'static, str>>, items: Vec<Self>) {
        if !items.is_empty() {
            self.keep_list(key, items);
        }
    }

    pub fn entries(&self) -> impl Iterator<Item = (&str, &OrderedValue)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// Adds the members of another object.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object on one line.
    pub fn line(&self) -> String {
        let text = serde_json::to_string(self).expect("texts and numbers can be written");
        escaped(&text)
    }

    /// The object in lines, each member on its own.
    pub fn lines(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("texts and numbers can be written");
        escaped(&text)
    }
}

impl Serialize for OrderedObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.0.iter().map(|(key, value)| (key, value));
        serializer.collect_map(members)
    }
}

impl Serialize for OrderedValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
        }
    }
}

/// JSON with every character escaped that is invisible or that a terminal would obey. Such a character is always inside
/// a string, where its escape means the same.
pub(in crate::formats) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut copied = 0;
    let unseen = unprintable_in(json).filter(|(_, character, _)| *character != '\n');
    for (at, character, _) in unseen {
        out.push_str(json.get(copied..at).unwrap_or_default());
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            write!(out, "\\u{unit:04x}").expect("a string takes everything");
        }
        copied = at + character.len_utf8();
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_means_the_same() {
        for text in [
            "a\u{1b}[2Jb",
            "\u{7f}\u{9b}",
            "a\u{202e}b",
            "\u{e0001}",
            "x\u{301}\n\ty",
            "\u{301}",
        ] {
            let mut object = OrderedObject::default();
            object.put("text", text);
            let line = object.line();
            assert_eq!(unprintable_in(&line).next(), None, "{line}");
            let read: Value = serde_json::from_str(&line).expect("it is JSON");
            assert_eq!(read["text"], text);
        }
    }

    #[test]
    fn keys_keep_their_order_and_empty_values_are_left_out() {
        let mut object = OrderedObject::default();
        object.put("z", 1);
        object.put("empty", "");
        object.put("a", vec!["x"]);
        object.put("none", None::<String>);
        object.put_list("b", Vec::new());
        assert_eq!(object.line(), r#"{"z":1,"a":["x"]}"#);
    }
}
