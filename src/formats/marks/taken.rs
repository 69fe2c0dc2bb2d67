//! The annotations in an export of Timesketch, as marks: stars, comments and tags.
//!
//! Timesketch writes stars and comments as labels of its own, `__ts_star` and `__ts_comment`, in the column `label`, and the
//! texts of comments in the column `comment`.

use std::collections::HashSet;

use super::quoted::pictured;
use crate::formats::log::list_items;
use crate::timeline::{Event, EventId, EventMark, SourceId, Timeline};

/// What the labels of Timesketch begin with. All others are those of its users.
const OWN_LABEL: &str = "__ts_";

/// The name of the form of a table that is like those of Timesketch.
const FORM: &str = "Timesketch";

/// The annotated ones among some events, each with its annotations. Only those of files that Timesketch exported: other
/// programs have tags too, such as the levels of rules.
pub fn taken_marks(timeline: &Timeline, events: &[EventId]) -> Vec<(EventId, EventMark)> {
    let all = || events.iter().map(|&id| timeline.event(id));
    let log = |event: Event<'_>| event.sources().first().copied();
    let mut exported: HashSet<SourceId> = HashSet::new();
    for event in all() {
        let is_of_sketch = labels(event).any(|label| label.starts_with(OWN_LABEL));
        let form = || timeline.source(log(event)?).note.as_deref();
        if is_of_sketch || form() == Some(FORM) {
            exported.extend(log(event));
        }
    }
    let of_sketch = all().filter(|event| log(*event).is_some_and(|log| exported.contains(&log)));
    let marks = of_sketch.map(|event| (event.id(), mark(event)));
    marks.filter(|(_, mark)| !mark.is_empty()).collect()
}

fn mark(event: Event<'_>) -> EventMark {
    let own = labels(event).filter(|label| !label.starts_with(OWN_LABEL));
    let mut tags: Vec<String> = Vec::new();
    let all = event.tags().map(str::to_owned).chain(own);
    for tag in all.map(|tag| pictured(&tag)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let comments = listed(event, "comment");
    let comments: Vec<String> = comments.map(|comment| pictured(&comment)).collect();
    EventMark {
        is_starred: labels(event).any(|label| label == "__ts_star"),
        tags,
        note: comments.join("\n"),
        tlp: None,
    }
}

fn labels(event: Event<'_>) -> impl Iterator<Item = String> {
    listed(event, "label")
}

/// The items of a list in a column. A comment that is not a list is one item.
fn listed(event: Event<'_>, column: &'static str) -> impl Iterator<Item = String> {
    let values = event.attributes();
    let values = values.filter(move |(name, _)| name.eq_ignore_ascii_case(column));
    values.flat_map(|(_, value)| {
        if value.trim_start().starts_with('[') {
            list_items(value)
        } else {
            vec![value.trim().to_owned()]
        }
    })
}
