//! A scene for a room: what differs from an earlier version, in sentences, the most important first.

mod remark;
mod sentences;

use sentences::{AccountTopic, sentences};

use crate::change::{ComparedItem, ItemKind, ItemPresence, TimelineComparison};
use crate::document::count;
use crate::formats::linear::sentence;
use crate::query::quoted;
use crate::text;
use crate::timeline::term::{SceneAxis, Tlp};
use crate::timeline::{AccountLine, EventId, Scene, SceneAccount, View};

/// The most sentences on one topic that a room sees; the others are counted.
const MOST: usize = 8;
/// The rows of a part, as many as a room of 80 columns and 24 rows has.
const ROWS: usize = 11;
/// The cells of a sentence in such a room.
const MEASURE: usize = 58;
/// The most events in the view: their ids are the filter, which people read.
const MOST_IN_VIEW: usize = 500;
/// The most sentences in the notes of the briefer.
const MOST_NOTES: usize = 200;

/// The scene about what differs, and the view of the events of the newer timeline that differ. `since` names the older
/// timeline for the room.
pub fn account_scene(comparison: &TimelineComparison<'_>, since: &str) -> (Scene, Option<View>) {
    let topics = sentences(comparison);
    let parts = parts(&topics);
    let remarks = events(comparison).filter_map(|item| {
        let id = item.new?;
        Some((id, remark::remark(item, since)))
    });
    let account = SceneAccount {
        since: since.to_owned(),
        remarks: remarks.collect(),
        parts: parts.iter().map(|part| part.lines.clone()).collect(),
    };
    let title = format!("What changed since {since}");
    let layers = parts.iter().skip(1).map(|part| part.name.to_owned());
    let scene = Scene {
        title: title.clone(),
        view: None,
        select: None,
        say: Some(summary(comparison)),
        notes: Some(notes(comparison, &topics)),
        seconds: None,
        audience: Vec::new(),
        axis: SceneAxis::default(),
        reveal: layers.collect(),
        tlp: marking(comparison),
        account: Some(account),
    };
    (scene, view(comparison, title))
}

fn events<'c>(comparison: &'c TimelineComparison<'_>) -> impl Iterator<Item = &'c ComparedItem> {
    let items = comparison.items.iter();
    items.filter(|item| item.kind == ItemKind::Event)
}

/// The strictest marking of anything that the scene may name.
fn marking(comparison: &TimelineComparison<'_>) -> Option<Tlp> {
    let of_items = comparison.items.iter().map(|item| item.marking);
    of_items.max().flatten()
}

/// A view of the events that differ and are in the newer timeline; `None` without any, or with too many.
fn view(comparison: &TimelineComparison<'_>, title: String) -> Option<View> {
    let events: Vec<EventId> = events(comparison).filter_map(|item| item.new).collect();
    // Without a view the scene is about all events.
    if events.is_empty() || events.len() > MOST_IN_VIEW {
        return None;
    }
    let keys = events.iter().map(|&id| comparison.new.event(id).key());
    let keys: Vec<String> = keys.map(|key| quoted(&key)).collect();
    Some(View {
        key: "what-changed".to_owned(),
        title,
        filter: Some(format!("id:{}", keys.join(","))),
        group: None,
        sort: None,
        tlp: None,
    })
}

/// How many events differ, for the room.
fn summary(comparison: &TimelineComparison<'_>) -> String {
    if comparison.is_empty() {
        return "Nothing in the timeline has changed.".to_owned();
    }
    let counts = [
        (comparison.events(ItemPresence::New), ["is new", "are new"]),
        (
            comparison.events(ItemPresence::Withdrawn),
            ["is withdrawn", "are withdrawn"],
        ),
        (comparison.events(ItemPresence::Kept), ["changed"; 2]),
        (comparison.same_events, ["is as it was", "are as they were"]),
    ];
    let mut said: Vec<String> = Vec::new();
    for (number, [one, many]) in counts.into_iter().filter(|it| it.0 > 0) {
        let verb = if number == 1 { one } else { many };
        let subject = if said.is_empty() {
            count(number, "event")
        } else {
            number.to_string()
        };
        said.push(format!("{subject} {verb}"));
    }
    format!("{}.", said.join(", "))
}

/// A part of the scene: what one step reveals.
struct AccountPart {
    /// The name of the layer.
    name: &'static str,
    lines: Vec<AccountLine>,
    rows: usize,
}

/// The sentences in parts: a room sees each part at once. A topic is not divided.
fn parts(topics: &[(AccountTopic, Vec<AccountLine>)]) -> Vec<AccountPart> {
    let mut parts: Vec<AccountPart> = Vec::new();
    for (topic, lines) in topics {
        let (lines, rows) = shortened(lines);
        match parts.last_mut() {
            Some(last) if last.rows + rows <= ROWS => {
                last.lines.extend(lines);
                last.rows += rows;
            }
            _ => parts.push(AccountPart {
                name: topic.layer(),
                lines,
                rows,
            }),
        }
    }
    parts
}

/// The first sentences of a topic and the number of the others; how many rows they take.
fn shortened(lines: &[AccountLine]) -> (Vec<AccountLine>, usize) {
    let (mut shown, mut rows) = (Vec::new(), 0);
    for line in lines.iter().take(MOST) {
        let height = text::wrap(&line.sentence(), MEASURE).len().max(1);
        // The number of the others takes a row, too.
        if !shown.is_empty() && rows + height + 1 > ROWS {
            break;
        }
        shown.push(line.clone());
        rows += height;
    }
    let others = lines.len() - shown.len();
    if let Some(first) = lines.first().filter(|_| others > 0) {
        shown.push(AccountLine {
            topic: first.topic,
            after: format!("and {others} more"),
            ..AccountLine::default()
        });
        rows += 1;
    }
    (shown, rows)
}

/// Every sentence for the briefer, a paragraph each, and what is not compared.
fn notes(
    comparison: &TimelineComparison<'_>,
    topics: &[(AccountTopic, Vec<AccountLine>)],
) -> String {
    let all = || topics.iter().flat_map(|(_, lines)| lines);
    let lines = all().take(MOST_NOTES);
    let mut lines: Vec<String> = lines
        .map(|line| sentence(&format!("{}: {}", line.topic, line.sentence())))
        .collect();
    let others = all().count() - lines.len();
    if others > 0 {
        lines.push(format!("And {others} more: `dateline diff` lists them."));
    }
    lines.extend(super::section::withheld(comparison).map(|words| sentence(&words)));
    if lines.is_empty() {
        lines.push("Nothing differs.".to_owned());
    }
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sentences: &[&str]) -> Vec<AccountLine> {
        let line = |words: &&str| AccountLine {
            topic: "date",
            after: (*words).to_owned(),
            ..AccountLine::default()
        };
        sentences.iter().map(line).collect()
    }

    #[test]
    fn a_topic_shows_its_first_sentences_and_counts_the_others() {
        let said = |number: usize, words: &str| {
            let (shown, rows) = shortened(&lines(&vec![words; number]));
            let last = shown.last().map(AccountLine::sentence).unwrap_or_default();
            (shown.len(), rows, last)
        };
        assert_eq!(said(8, "short"), (8, 8, "short".to_owned()));
        assert_eq!(said(11, "short"), (9, 9, "and 3 more".to_owned()));
        let long = "a word ".repeat(20);
        assert_eq!(said(6, &long).1, 10, "two lines each");
        let longer = "a word ".repeat(200);
        assert_eq!(said(2, &longer).0, 2, "one sentence is always shown");
    }

    #[test]
    fn a_topic_is_not_divided_between_layers() {
        let topic = |topic, number| (topic, lines(&vec!["short"; number]));
        let topics = [
            topic(AccountTopic::Marking, 6),
            topic(AccountTopic::Date, 5),
            topic(AccountTopic::New, 2),
            topic(AccountTopic::Scene, 4),
        ];
        let parts = parts(&topics);
        let shape: Vec<_> = parts
            .iter()
            .map(|part| (part.name, part.lines.len()))
            .collect();
        assert_eq!(shape, [("markings", 11), ("new events", 6)]);
    }
}
