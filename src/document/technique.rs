//! The page of an ATT&CK technique: the events mapped to it.

use super::writer::DocumentWriter;
use crate::timeline::{Event, EventId, TermId};

pub(super) fn write(writer: &mut DocumentWriter<'_>, id: TermId) {
    let timeline = writer.timeline;
    let word = timeline.techniques().word(id);
    writer.title(word);
    writer.gap();
    writer.text_fact("kind", Some("ATT&CK technique"));
    let page = word.replace('.', "/");
    let page = format!("https://attack.mitre.org/techniques/{page}");
    writer.address_fact(Some(&page));
    let events: Vec<EventId> = timeline
        .events()
        .filter(|event| event.techniques().any(|other| other == word))
        .map(Event::id)
        .collect();
    writer.events("Events mapped to it", &events);
}
