//! The open questions first, each with what would settle it and the events it is about.

use super::block::DocumentBlock;
use super::text_run::{join, plain, quiet};
use super::writer::DocumentWriter;
use crate::timeline::Question;
use crate::timeline::term::QuestionStatus;

pub(super) fn write(writer: &mut DocumentWriter<'_>) {
    let timeline = writer.timeline;
    writer.title("Questions");
    if timeline.questions().is_empty() {
        // The page of the timeline says how many are redacted.
        writer.paragraphs(if timeline.redactions().is_whole() {
            "The file has no questions."
        } else {
            "No questions may be shown."
        });
    }
    for &status in QuestionStatus::ALL {
        let asked: Vec<&Question> = timeline
            .questions()
            .iter()
            .filter(|question| question.status == status)
            .collect();
        if asked.is_empty() {
            continue;
        }
        writer.heading(heading(status), vec![quiet(&asked.len().to_string())]);
        for question in asked {
            item(writer, question);
        }
    }
}

pub(crate) const fn heading(status: QuestionStatus) -> &'static str {
    match status {
        QuestionStatus::Open => "Open",
        QuestionStatus::Partly => "Answered in part",
        QuestionStatus::Answered => "Answered",
    }
}

/// The words before what settles a question.
pub(crate) const fn settled(status: QuestionStatus) -> &'static str {
    match status {
        QuestionStatus::Open | QuestionStatus::Partly => "Would settle it: ",
        QuestionStatus::Answered => "Settled by: ",
    }
}

fn item(writer: &mut DocumentWriter<'_>, question: &Question) {
    let mut notes = Vec::new();
    notes.extend(
        question
            .settles
            .as_deref()
            .map(|settles| vec![quiet(settled(question.status)), plain(settles)]),
    );
    let events = question
        .events
        .iter()
        .map(|&id| vec![writer.event(id)])
        .collect();
    notes.push(join(events, "; "));
    notes.retain(|note| !note.is_empty());
    let body = vec![plain(&question.text)];
    writer.block(DocumentBlock::Item {
        mark: vec![quiet("?")],
        body,
        notes,
    });
}
