//! A timeline as TOML: what an author writes, without comments.

use super::items::FileItems;
use super::json_text::OrderedObject;
use super::toml_tables::{TomlTables, UnseenCharacters};
use crate::timeline::{EventId, Timeline};

/// The timeline with some of its events.
pub(super) fn write(timeline: &Timeline, events: &[EventId]) -> String {
    let items = FileItems::new(timeline, events);
    let mut out = TomlTables::new(UnseenCharacters::Escaped);
    out.item("[timeline]", &items.head());
    named(&mut out, "entities", items.entities());
    named(&mut out, "sources", items.sources());
    for id in items.in_file() {
        out.item("[[events]]", &items.event(id));
    }
    write_rest(&mut out, &items);
    out.end()
}

/// What is behind the events: views, scenes and questions.
pub(in crate::formats) fn write_rest(out: &mut TomlTables, items: &FileItems<'_>) {
    named(out, "views", items.views());
    for scene in items.scenes() {
        out.item("[[scenes]]", &scene);
    }
    for question in items.questions() {
        out.item("[[questions]]", &question);
    }
}

fn named<'a>(
    out: &mut TomlTables,
    table: &str,
    items: impl Iterator<Item = (&'a str, OrderedObject)>,
) {
    for (key, item) in items {
        let heading = format!("[{table}.{}]", out.key(key));
        out.item(&heading, &item);
    }
}
