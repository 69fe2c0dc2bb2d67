//! An event in one line of a list, in sentences.

use super::linear::{capital, sentence, uncontested};
use crate::date::Truth;
use crate::document::{Document, DocumentBlock};
use crate::timeline::{Clock, EventId, Timeline};

/// The date and the title of an event for a list, and what makes it uncertain. The date is on a clock.
pub fn headline(timeline: &Timeline, id: EventId, truth: Truth, clock: Clock) -> String {
    let event = timeline.event(id);
    let mut said = Vec::new();
    if clock == Clock::Happened {
        let mut facts = Document::facts(timeline, id).blocks.into_iter();
        let when = facts.find_map(|block| match block {
            DocumentBlock::Fact {
                label: "when",
                value,
            } => Some(value),
            _ => None,
        });
        said.extend(when.map(|value| sentence(&capital(&uncontested(value)))));
    } else {
        let date = event.on(clock).map(|date| date.sentence());
        let date = date.unwrap_or_else(|| "not stated".to_owned());
        said.push(sentence(&format!("{}: {date}", capital(clock.as_str()))));
    }
    said.push(sentence(event.title()));
    if event.is_contested() {
        said.push("Claims differ.".to_owned());
    }
    if truth == Truth::Possibly {
        said.push("Possibly matches the filter.".to_owned());
    }
    said.join(" ")
}
