//! What differs from an earlier version: of one event, and of the whole timeline.

use super::block::DocumentBlock;
use super::role::Role;
use super::text_run::{TextRun, plain, quiet, run};
use super::words::count;
use super::writer::DocumentWriter;
use crate::timeline::{ChangeLine, ChangedItem, EventId, ItemKind, ItemPresence};

/// What differs about an event, each former value next to the one of now; nothing if it is the same.
pub(super) fn of_event(writer: &mut DocumentWriter<'_>, id: EventId) {
    let Some(changes) = writer.timeline.changes() else {
        return;
    };
    let Some(item) = changes.of(id) else { return };
    let (word, since) = (item.presence.word(), changes.since());
    writer.gap();
    if item.lines.is_empty() {
        let remark = item.perhaps.as_ref();
        let remark = remark.map(|older| quiet(&format!(", perhaps the same as {older}")));
        line(
            writer,
            word,
            [plain(&since)].into_iter().chain(remark).collect(),
        );
    } else {
        writer.heading(&format!("{} {since}", capital(word)), Vec::new());
        for of_key in &item.lines {
            line(writer, of_key.about, said(of_key));
        }
    }
    writer.gap();
}

/// A line next to its key. The facts of the event are below.
fn line(writer: &mut DocumentWriter<'_>, about: &str, body: Vec<TextRun>) {
    writer.block(DocumentBlock::Item {
        mark: vec![quiet(about)],
        body,
        notes: Vec::new(),
    });
}

/// The kind of difference, and both values.
fn said(line: &ChangeLine) -> Vec<TextRun> {
    let mut runs = vec![quiet(&line.said)];
    match (line.old.as_str(), line.new.as_str()) {
        ("", "") => {}
        (old, "") => runs.extend([quiet(": "), quiet(old)]),
        ("", new) => runs.extend([quiet(": "), plain(new)]),
        (old, new) => runs.extend([quiet(": "), quiet(old), quiet(" → "), plain(new)]),
    }
    runs
}

/// Everything that differs: events first, the withdrawn ones at the top, since no other place names them.
pub(super) fn write(writer: &mut DocumentWriter<'_>) {
    let Some(changes) = writer.timeline.changes() else {
        writer.title("What changed");
        writer.paragraphs("This timeline is not compared with an earlier version.");
        return;
    };
    writer.title(&format!("What changed {}", changes.since()));
    let summary = match changes.summary().as_str() {
        "" => "No event differs.".to_owned(),
        summary => format!("Events: {summary}."),
    };
    writer.paragraphs(&summary);
    if changes.withheld > 0 {
        let items = count(changes.withheld, "item");
        writer.paragraphs(&format!(
            "Withheld in one of the versions, and not compared: {items}."
        ));
    }
    for presence in [
        ItemPresence::Withdrawn,
        ItemPresence::New,
        ItemPresence::Kept,
    ] {
        let heading = format!("{} events", capital(presence.word()));
        let is_here =
            |item: &&ChangedItem| item.kind == ItemKind::Event && item.presence == presence;
        section(writer, &heading, changes.items.iter().filter(is_here));
    }
    for kind in ItemKind::ALL
        .iter()
        .filter(|kind| **kind != ItemKind::Event)
    {
        let items = changes.items.iter().filter(|item| item.kind == *kind);
        section(writer, kind.heading(), items);
    }
}

fn section<'t>(
    writer: &mut DocumentWriter<'_>,
    heading: &str,
    items: impl Iterator<Item = &'t ChangedItem>,
) {
    let items: Vec<&ChangedItem> = items.collect();
    if items.is_empty() {
        return;
    }
    writer.heading(heading, vec![quiet(&items.len().to_string())]);
    for item in items {
        let mark = if item.kind == ItemKind::Event {
            run(Role::Date, &item.date)
        } else {
            quiet(item.presence.word())
        };
        let body = match item.event {
            Some(id) => writer.event(id),
            None => plain(&item.title),
        };
        let perhaps = item.perhaps.as_ref();
        let perhaps = perhaps.map(|older| vec![quiet(&format!("perhaps the same as {older}"))]);
        let lines = item.lines.iter().map(|line| {
            let mut runs = vec![
                quiet(line.about),
                quiet(if line.about.is_empty() { "" } else { " " }),
            ];
            runs.extend(said(line));
            runs
        });
        writer.block(DocumentBlock::Item {
            mark: vec![mark],
            body: vec![body],
            notes: perhaps.into_iter().chain(lines).collect(),
        });
    }
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
