//! The marks of people on an event. Only a screen of the user has them: no handout does.

use super::block::DocumentBlock;
use super::role::Role;
use super::text_run::{TextRun, plain, quiet, run};
use super::writer::DocumentWriter;
use crate::timeline::{EventId, EventMark, Timeline};

/// The signs of a mark: with a star, and without.
pub const STAR: &str = "★";
pub const MARK: &str = "•";

/// The marks of an event, each with its author if there are several; nothing without marks.
pub(super) fn of_event(writer: &mut DocumentWriter<'_>, id: EventId) {
    let timeline = writer.timeline;
    let marks = timeline.event(id).marks();
    if marks.is_empty() {
        return;
    }
    writer.gap();
    let has_several = timeline.marks().has_several_authors();
    for (by, mark) in marks.each() {
        let author = has_several.then(|| quiet(&format!("{by}: ")));
        let sign = if mark.is_starred { STAR } else { MARK };
        writer.block(DocumentBlock::Item {
            mark: vec![run(Role::Key, sign), quiet("")],
            body: author.into_iter().chain(said(mark)).collect(),
            notes: Vec::new(),
        });
    }
    writer.gap();
}

/// The marks of an event in words, such as `starred by Ana` and `note: first use`: each part of each mark. The author is named
/// if there are several.
pub fn marks_in_words(timeline: &Timeline, id: EventId) -> Vec<String> {
    let has_several = timeline.marks().has_several_authors();
    let mut words = Vec::new();
    for (by, mark) in timeline.event(id).marks().each() {
        let by = if has_several {
            format!(" by {by}")
        } else {
            String::new()
        };
        if mark.is_starred {
            words.push(format!("starred{by}"));
        }
        if !mark.tags.is_empty() {
            words.push(format!("tagged{by}: {}", mark.tags.join(", ")));
        }
        if !mark.note.is_empty() {
            words.push(format!("note{by}: {}", mark.note));
        }
    }
    words
}

fn said(mark: &EventMark) -> Vec<TextRun> {
    let tags = mark.tags.join(", ");
    let note = mark.note.lines().collect::<Vec<_>>().join(" ");
    match (tags.is_empty(), note.is_empty()) {
        (true, true) => vec![quiet("starred")],
        (false, true) => vec![quiet(&tags)],
        (true, false) => vec![plain(&note)],
        (false, false) => vec![quiet(&format!("{tags}  ")), plain(&note)],
    }
}
