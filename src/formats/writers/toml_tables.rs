//! Items of a timeline as tables of TOML.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;
use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

use super::json_text::{OrderedObject, OrderedValue};
use crate::text::{unprintable_in, visible_with_tabs};

const WRITES: &str = "a string takes everything";

/// A list of objects with this many keys at most is written on one line.
const MOST_INLINE: usize = 2;

/// How characters are written that a reader cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum UnseenCharacters {
    /// As escapes, so that the text is read back without a difference.
    Escaped,
    /// As pictures, since `check` reports such characters. White space around a text is left out.
    Pictured,
}

/// A text of TOML that grows item by item.
pub(in crate::formats) struct TomlTables {
    out: String,
    unseen: UnseenCharacters,
}

impl TomlTables {
    pub fn new(unseen: UnseenCharacters) -> Self {
        Self {
            out: "format = 1\n".to_owned(),
            unseen,
        }
    }

    /// A part of a text, such as some tables to add to a file.
    pub fn part(unseen: UnseenCharacters) -> Self {
        Self {
            out: String::new(),
            unseen,
        }
    }

    pub fn end(self) -> String {
        self.out
    }

    /// An item with everything in it.
    pub fn item(&mut self, heading: &str, item: &OrderedObject) {
        self.heading(heading);
        self.values(item);
        self.lists(heading.trim_matches(['[', ']']), item);
    }

    /// A heading behind an empty line.
    pub fn heading(&mut self, heading: &str) {
        writeln!(self.out, "\n{heading}").expect(WRITES);
    }

    /// The keys of an item that have no table of their own, a line each.
    pub fn values(&mut self, item: &OrderedObject) {
        for (key, value) in item.entries() {
            if !value.is_table() {
                self.value(key, value);
            }
        }
    }

    pub fn value(&mut self, key: &str, value: &OrderedValue) {
        let value = self.inline(value);
        writeln!(self.out, "{key} = {value}").expect(WRITES);
    }

    pub fn text(&mut self, key: &str, text: &str) {
        let text = self.quoted(text, true);
        writeln!(self.out, "{key} = {text}").expect(WRITES);
    }

    /// The lists of an item that have a table for each of their items. They are behind its other keys.
    pub fn lists(&mut self, path: &str, item: &OrderedObject) {
        for (key, value) in item.entries() {
            let OrderedValue::List(items) = value else {
                continue;
            };
            for item in items.iter().filter(|_| value.is_table()) {
                self.heading(&format!("[[{path}.{key}]]"));
                self.values(item);
            }
        }
    }

    /// A comment. Further lines of its text are indented.
    pub fn comment(&mut self, text: &str) {
        for (number, line) in text.trim().lines().enumerate() {
            let indent = if number > 0 { "    " } else { "" };
            let line = format!("# {indent}{}", visible_with_tabs(line));
            writeln!(self.out, "{}", line.trim_end()).expect(WRITES);
        }
    }

    /// An item as a comment.
    pub fn commented(&mut self, heading: &str, item: &OrderedObject) {
        let begin = self.out.len();
        self.item(heading, item);
        let written = self.out.split_off(begin);
        for line in written.trim().lines() {
            writeln!(self.out, "{}", format!("# {line}").trim_end()).expect(WRITES);
        }
    }

    /// An id as a key, in quotation marks if it is not ASCII.
    pub fn key(&self, id: &str) -> String {
        let bare = TomlKeyBuilder::new(id).as_unquoted();
        bare.map_or_else(|| self.quoted(id, false), |key| key.to_toml_key())
    }

    fn inline(&self, value: &OrderedValue) -> String {
        match value {
            OrderedValue::Plain(value) => self.plain(value, true),
            OrderedValue::Object(object) => self.inline_object(object),
            OrderedValue::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.inline_object(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    fn inline_object(&self, object: &OrderedObject) -> String {
        let entries = object.entries();
        let entries: Vec<String> = entries
            .map(|(key, value)| format!("{key} = {}", self.inline(value)))
            .collect();
        format!("{{ {} }}", entries.join(", "))
    }

    fn plain(&self, value: &Value, may_have_lines: bool) -> String {
        match value {
            Value::String(text) => self.quoted(text, may_have_lines),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.plain(item, false)).collect();
                format!("[{}]", items.join(", "))
            }
            other => other.to_string(),
        }
    }

    /// A text as a basic string: over several lines if it has several and may.
    pub fn quoted(&self, text: &str, may_have_lines: bool) -> String {
        let text: Cow<'_, str> = match self.unseen {
            UnseenCharacters::Escaped => text.into(),
            UnseenCharacters::Pictured => {
                let lines: Vec<_> = text.trim().lines().map(visible_with_tabs).collect();
                lines.join("\n").into()
            }
        };
        let builder = TomlStringBuilder::new(&text);
        let string = if may_have_lines && text.contains('\n') {
            builder.as_ml_basic()
        } else {
            builder.as_basic()
        };
        escaped(&string.to_toml_value())
    }
}

impl OrderedValue {
    /// Whether the value has headings of its own.
    pub fn is_table(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Object(_) => true,
            Self::List(items) => items.iter().any(|it| it.entries().count() > MOST_INLINE),
        }
    }
}

/// TOML with every character escaped that is invisible or that a terminal would obey. Such a character is always inside a
/// string, where its escape means the same.
fn escaped(toml: &str) -> String {
    let mut out = String::with_capacity(toml.len());
    let mut copied = 0;
    let unseen = unprintable_in(toml).filter(|(_, character, _)| *character != '\n');
    for (at, character, _) in unseen {
        out.push_str(toml.get(copied..at).unwrap_or_default());
        write!(out, "\\U{:08X}", u32::from(character)).expect(WRITES);
        copied = at + character.len_utf8();
    }
    out.push_str(toml.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(unseen: UnseenCharacters, text: &str) -> String {
        TomlTables::new(unseen).quoted(text, true)
    }

    #[test]
    fn a_text_is_written_so_that_toml_reads_it_back() {
        for text in [
            "a \"b\"\\c\td",
            "one\ntwo \"\"\"\"\nthree\"\"",
            "\nfirst line is empty",
            "\u{1b}[2Jb\u{7f}\u{9b}\r\n",
            "a\u{202e}b\u{e0001}\u{301}",
            " spaces ",
        ] {
            let written = format!("a = {}\n", quoted(UnseenCharacters::Escaped, text));
            let of_newlines = written.replace('\n', "");
            assert_eq!(unprintable_in(&of_newlines).next(), None, "{written}");
            let read: toml::Table = written.parse().expect("it is TOML");
            assert_eq!(read["a"].as_str(), Some(text));
        }
    }

    #[test]
    fn an_import_shows_pictures_of_unseen_characters() {
        let pictured = |text| quoted(UnseenCharacters::Pictured, text);
        assert_eq!(pictured("\u{1b}[31m "), "\"␛[31m\"");
        assert_eq!(pictured("a\r\nb"), "\"\"\"\na\nb\"\"\"");
    }

    #[test]
    fn a_key_is_bare_if_it_can_be() {
        let tables = TomlTables::new(UnseenCharacters::Pictured);
        assert_eq!(tables.key("a-csv"), "a-csv");
        assert_eq!(tables.key("späť"), "\"späť\"");
    }

    #[test]
    fn lists_of_small_objects_are_inline_and_others_are_tables_behind_the_keys() {
        let mut claim = OrderedObject::default();
        claim.put("by", "a");
        claim.put("about", "date");
        claim.put("text", "one\ntwo");
        let mut link = OrderedObject::default();
        link.put("to", "b");
        let mut event = OrderedObject::default();
        event.put("title", "T");
        event.put_list("claims", vec![claim]);
        event.put_list("links", vec![link]);
        event.put("tags", vec!["x"]);
        let mut tables = TomlTables::new(UnseenCharacters::Escaped);
        tables.item("[[events]]", &event);
        let expected = "format = 1\n\n[[events]]\ntitle = \"T\"\nlinks = [{ to = \"b\" }]\ntags = [\"x\"]\n\n\
                        [[events.claims]]\nby = \"a\"\nabout = \"date\"\ntext = \"\"\"\none\ntwo\"\"\"\n";
        assert_eq!(tables.end(), expected);
    }
}
