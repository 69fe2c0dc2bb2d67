//! The timelines that `dateline new` begins with. Each is a plain file of TOML in this folder, and checks clean.
//!
//! A `#` directly in front of a key or a heading switches it off: without these signs, the file checks clean too. A `#`
//! and a space begin a remark for the author. `tests/beginning.rs` holds both.

use super::writers::toml_tables::{TomlTables, UnseenCharacters};
use crate::timeline::term::Tlp;

/// A timeline to begin with.
#[derive(Debug)]
pub struct TimelineTemplate {
    /// The word behind `--kind`.
    pub name: &'static str,
    pub summary: &'static str,
    text: &'static str,
}

/// The shortest timeline, with the next steps as comments.
pub static SHORTEST: TimelineTemplate = TimelineTemplate {
    name: "shortest",
    summary: "what is enough, with the next steps as comments",
    text: include_str!("shortest.toml"),
};

/// Every kind of timeline with a template of its own.
pub static TEMPLATES: &[TimelineTemplate] = &[
    TimelineTemplate {
        name: "incident",
        summary: "how one incident began, was noticed and was stopped",
        text: include_str!("incident.toml"),
    },
    TimelineTemplate {
        name: "campaign",
        summary: "one actor, several targets, and who says so in public",
        text: include_str!("campaign.toml"),
    },
    TimelineTemplate {
        name: "after-action",
        summary: "a review: what was noticed when, what to keep, what to change",
        text: include_str!("after-action.toml"),
    },
];

/// The line of the shortest timeline with which the next steps begin.
const NEXT_STEPS: &str = "# Next steps.";

/// The heading above which a template explains itself.
const HEAD: &str = "[timeline]";

impl TimelineTemplate {
    pub fn find(name: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.name == name)
    }

    /// The timeline as TOML, with a title and a marking if they are given.
    pub fn write(&self, title: Option<&str>, tlp: Option<Tlp>) -> String {
        let (opening, rest) = split(self.text, HEAD);
        let tables = TomlTables::new(UnseenCharacters::Pictured);
        let quoted = |text: &str| tables.quoted(text, false);
        let title = title.map(quoted);
        let marking = tlp.map(|tlp| quoted(tlp.as_str()));
        let rest = with_value(rest, "title", title);
        opening.to_owned() + &with_value(&rest, "tlp", marking)
    }
}

/// An imported timeline, explained at its beginning and with the next steps at its end.
pub fn around(imported: &str) -> String {
    let (opening, rest) = split(SHORTEST.text, HEAD);
    let (_, steps) = split(rest, NEXT_STEPS);
    format!("{opening}{imported}\n{steps}")
}

fn split<'t>(text: &'t str, at: &str) -> (&'t str, &'t str) {
    let place = text.find(at).unwrap_or(text.len());
    text.split_at(place)
}

/// The text with another value of the first such key, which is switched on.
fn with_value(text: &str, key: &str, value: Option<String>) -> String {
    let Some(value) = value else {
        return text.to_owned();
    };
    let mut value = Some(value);
    let lines = text.split_inclusive('\n').map(|line| {
        let entry = line.trim_start_matches('#').split_once("= ");
        match entry.filter(|(name, _)| name.trim() == key) {
            Some((name, _)) => match value.take() {
                Some(value) => format!("{name}= {value}\n"),
                None => line.to_owned(),
            },
            None => line.to_owned(),
        }
    });
    lines.collect()
}
