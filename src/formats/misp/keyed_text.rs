//! Texts of dateline in the comments and notes of MISP: lines such as `when: late 2021`, which people understand and
//! dateline reads again.
//!
//! The first line says what the text is about, such as `dateline claim`. Behind the lines and an empty one is free text.

use std::fmt::Write as _;

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum KeyedKind {
    Event,
    Entity,
    Source,
    Technique,
    Claim,
    Question,
}

impl KeyedKind {
    /// The first line.
    const fn mark(self) -> &'static str {
        match self {
            Self::Event => "dateline event",
            Self::Entity => "dateline entity",
            Self::Source => "dateline source",
            Self::Technique => "dateline technique",
            Self::Claim => "dateline claim",
            Self::Question => "dateline question",
        }
    }
}

/// What replaces a day that could not be read. It cannot be read either, so it counts as strictly as before.
pub(in crate::formats) const UNREAD: &str = "(unreadable)";

/// A text that is being written.
#[derive(Clone, Debug)]
pub(in crate::formats) struct KeyedText(String);

impl KeyedText {
    pub fn new(kind: KeyedKind) -> Self {
        Self(kind.mark().to_owned())
    }

    /// Adds a line, unless its value is empty. A value is one line: its line breaks become spaces.
    pub fn put(&mut self, key: &str, value: &str) {
        let value: Vec<&str> = value.split_whitespace().collect();
        if !value.is_empty() {
            let value = value.join(" ");
            write!(self.0, "\n{key}: {value}").expect("a string takes everything");
        }
    }

    /// Adds a line that names something and has its id in brackets.
    pub fn put_named(&mut self, key: &str, name: &str, id: &str) {
        self.put(key, &format!("{name} ({id})"));
    }

    /// The whole, with free text behind the lines.
    pub fn end(mut self, text: &str) -> String {
        if !text.is_empty() {
            self.0.push_str("\n\n");
            self.0.push_str(text);
        }
        self.0
    }
}

/// A text that was read.
#[derive(Clone, Debug)]
pub(in crate::formats) struct KeyedLines<'t> {
    lines: Vec<(&'t str, &'t str)>,
    /// The free text; may be empty.
    pub text: &'t str,
}

impl<'t> KeyedLines<'t> {
    /// `None` if the text is not one of dateline about this kind.
    pub fn read(kind: KeyedKind, text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix(kind.mark())?;
        if !(rest.is_empty() || rest.starts_with(['\n', '\r'])) {
            return None;
        }
        let split = rest
            .split_once("\n\n")
            .or_else(|| rest.split_once("\r\n\r\n"));
        let (lines, text) = split.unwrap_or((rest, ""));
        let lines = lines.lines().filter_map(|line| line.split_once(": "));
        Some(Self {
            lines: lines.collect(),
            text,
        })
    }

    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&'t str> {
        self.all(key).next()
    }

    pub fn all(&self, key: &str) -> impl Iterator<Item = &'t str> {
        let lines = self.lines.iter().filter(move |(known, _)| *known == key);
        lines.map(|(_, value)| *value)
    }

    /// The id in a line that names something.
    pub fn id(&self, key: &str) -> Option<&'t str> {
        self.get(key).and_then(id_of)
    }

    pub fn ids(&self, key: &str) -> impl Iterator<Item = &'t str> {
        self.all(key).filter_map(id_of)
    }
}

/// The id in brackets at the end of a value.
fn id_of(value: &str) -> Option<&str> {
    let (_, id) = value.strip_suffix(')')?.rsplit_once(" (")?;
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut text = KeyedText::new(KeyedKind::Claim);
        text.put("about", "actor");
        text.put_named("by", "The Gazette (London)", "gazette");
        text.put("words", "highly\n likely");
        text.put("at", " ");
        let text = text.end("One: two.\n\nThree.");
        let read = KeyedLines::read(KeyedKind::Claim, &text).expect("it is a claim");
        assert_eq!(read.get("about"), Some("actor"));
        assert_eq!(read.id("by"), Some("gazette"));
        assert_eq!(read.get("words"), Some("highly likely"));
        assert_eq!(read.get("at"), None);
        assert_eq!(read.text, "One: two.\n\nThree.");
        assert_eq!(text.lines().count(), 8, "{text}");
    }

    #[test]
    fn a_text_of_others_has_no_lines() {
        for text in ["", "about: actor", "dateline claims\na: b", "dateline"] {
            assert!(KeyedLines::read(KeyedKind::Claim, text).is_none(), "{text}");
        }
        let bare = KeyedLines::read(KeyedKind::Claim, "dateline claim").expect("it is a claim");
        assert_eq!((bare.get("about"), bare.text), (None, ""));
    }

    #[test]
    fn line_breaks_of_windows_change_nothing() {
        let text = "dateline question\r\nstatus: open\r\n\r\nWho?";
        let read = KeyedLines::read(KeyedKind::Question, text).expect("it is a question");
        assert_eq!((read.get("status"), read.text), (Some("open"), "Who?"));
    }
}
