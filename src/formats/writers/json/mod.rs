//! A timeline as JSON, with the tables and keys of a TOML file: dateline reads it back without a difference.
//!
//! Each entity, source, event, view, scene and question is on a line of its own, so that tools that compare lines compare
//! items.

pub(super) mod losses;

use std::fmt::Write as _;

use super::items::FileItems;
use super::json_text::OrderedObject;
use crate::timeline::{EventId, Timeline};

/// The timeline with some of its events.
pub(super) fn write(timeline: &Timeline, events: &[EventId]) -> String {
    let items = FileItems::new(timeline, events);
    let mut out = JsonSections::new();
    out.member("timeline", &items.head().line());
    out.named("entities", items.entities());
    out.named("sources", items.sources());
    out.list("events", items.in_file().map(|id| items.event(id)));
    out.named("views", items.views());
    out.list("scenes", items.scenes());
    out.list("questions", items.questions());
    out.end()
}

/// The members of the whole, as text.
struct JsonSections(String);

impl JsonSections {
    fn new() -> Self {
        Self("{\n\"format\": 1".to_owned())
    }

    fn member(&mut self, key: &str, value: &str) {
        write!(self.0, ",\n\"{key}\": {value}").expect("a string takes everything");
    }

    /// Objects with a name each, if there are any.
    fn named<'a>(&mut self, key: &str, items: impl Iterator<Item = (&'a str, OrderedObject)>) {
        let lines = items.map(|(name, item)| {
            let mut whole = OrderedObject::default();
            whole.put_object(name.to_owned(), item);
            // The name with its value, without the braces around both.
            let line = whole.line();
            let inner = line.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            inner.unwrap_or_default().to_owned()
        });
        self.lines(key, ["{", "}"], lines);
    }

    fn list(&mut self, key: &str, items: impl Iterator<Item = OrderedObject>) {
        self.lines(key, ["[", "]"], items.map(|item| item.line()));
    }

    fn lines(&mut self, key: &str, brackets: [&str; 2], lines: impl Iterator<Item = String>) {
        let mut lines = lines.peekable();
        if lines.peek().is_none() {
            return;
        }
        self.member(key, brackets[0]);
        for (number, line) in lines.enumerate() {
            self.0.push_str(if number > 0 { ",\n  " } else { "\n  " });
            self.0.push_str(&line);
        }
        self.0.push('\n');
        self.0.push_str(brackets[1]);
    }

    fn end(mut self) -> String {
        self.0.push_str("\n}\n");
        self.0
    }
}
