//! JSON with its keys in the order of writing, and without characters that a terminal would obey.

use std::borrow::Cow;
use std::fmt::Write as _;

use memchr::{memchr2, memchr2_iter};
use serde_json::Value;

use crate::text::{is_plain, unprintable_in};

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
        let mut text = JsonText::default();
        text.object(self);
        text.out
    }

    /// The object in lines, each member on its own.
    pub fn lines(&self) -> String {
        let mut text = JsonText {
            depth: Some(0),
            ..JsonText::default()
        };
        text.object(self);
        text.out
    }
}

/// JSON as it is written.
#[derive(Default)]
struct JsonText {
    out: String,
    /// How many lists and objects are open; `None` on one line.
    depth: Option<usize>,
}

impl JsonText {
    fn object(&mut self, object: &OrderedObject) {
        self.list(['{', '}'], &object.0, |text, (key, value)| {
            text.key(key);
            match value {
                OrderedValue::Plain(value) => text.value(value),
                OrderedValue::Object(object) => text.object(object),
                OrderedValue::List(items) => text.list(['[', ']'], items, Self::object),
            }
        });
    }

    fn list<T>(&mut self, [open, close]: [char; 2], items: &[T], write: impl Fn(&mut Self, &T)) {
        self.out.push(open);
        self.depth = self.depth.map(|depth| depth + 1);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.line_break();
            write(self, item);
        }
        self.depth = self.depth.map(|depth| depth - 1);
        if !items.is_empty() {
            self.line_break();
        }
        self.out.push(close);
    }

    fn line_break(&mut self) {
        if let Some(depth) = self.depth {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(depth));
        }
    }

    fn key(&mut self, key: &str) {
        self.text(key);
        let is_on_one_line = self.depth.is_none();
        self.out.push_str(if is_on_one_line { ":" } else { ": " });
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => self.list(['[', ']'], items, Self::value),
            Value::Object(members) => {
                let members: Vec<_> = members.iter().collect();
                self.list(['{', '}'], &members, |text, (key, value)| {
                    text.key(key);
                    text.value(value);
                });
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                write!(self.out, "{value}").expect("a string takes everything");
            }
        }
    }

    fn text(&mut self, text: &str) {
        if !push_if_plain(&mut self.out, text) {
            self.out.push_str(&escaped(&string(text)));
        }
    }
}

/// Some texts as an array of JSON on one line, whose invisible characters are not escaped.
pub(in crate::formats) fn array(texts: &[&str]) -> String {
    let mut out = String::from("[");
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if !push_if_plain(&mut out, text) {
            out.push_str(&string(text));
        }
    }
    out.push(']');
    out
}

fn string(text: &str) -> String {
    serde_json::to_string(text).expect("a text can be written")
}

/// Adds a text as a string of JSON if it is printable ASCII, as nearly every text is. Then only quotation marks and
/// backslashes have an escape.
fn push_if_plain(out: &mut String, text: &str) -> bool {
    let bytes = text.as_bytes();
    if !is_plain(text) || memchr2(b'\n', b'\t', bytes).is_some() {
        return false;
    }
    out.push('"');
    let mut copied = 0;
    for at in memchr2_iter(b'"', b'\\', bytes) {
        out.push_str(text.get(copied..at).unwrap_or_default());
        out.push('\\');
        copied = at;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out.push('"');
    true
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
    fn values_are_written_as_serde_writes_them() {
        let mut object = OrderedObject::default();
        object.keep("a \"quote\" and \\", "tab\t, line\n, é, \u{1f}, \"x\" \\");
        object.keep("empty list", Vec::<String>::new());
        object.keep_list("empty objects", Vec::new());
        object.keep(
            "list",
            serde_json::json!([1, -2.5, null, true, "x", [], {}]),
        );
        let mut inner = OrderedObject::default();
        inner.put("deep", serde_json::json!({"a": {"b": ["c"]}, "d": ""}));
        object.keep_list("objects", vec![inner.clone(), OrderedObject::default()]);
        object.put_object("one object", inner);
        let value: Value = serde_json::from_str(&object.line()).expect("it is JSON");
        let pretty = serde_json::to_string_pretty(&value).expect("it can be written");
        assert_eq!(object.line(), escaped(&value.to_string()));
        assert_eq!(object.lines(), escaped(&pretty));
    }

    #[test]
    fn an_array_of_texts_is_written_as_serde_writes_it() {
        let texts = ["a \"b\" \\", "é\u{202e}\n", "\u{1b}", ""];
        let written = serde_json::to_string(&texts).expect("texts can be written");
        assert_eq!(array(&texts), written);
        assert_eq!(array(&[]), "[]");
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
