//! What there is to say about a source: where it can be read, what it repeats, and what it carries.

use super::writer::{Writer, date, join, plain, quiet, quote};
use super::{Block, Role, Run};
use crate::timeline::term::{Reliability, Standing};
use crate::timeline::{Event, EventId, SourceId};

pub(super) fn write(writer: &mut Writer<'_>, id: SourceId) {
    let timeline = writer.timeline;
    let source = timeline.source(id);
    writer.title(&source.title);
    writer.gap();
    writer.text_fact("publisher", source.publisher.as_deref());
    writer.fact(
        "published",
        source
            .published
            .iter()
            .map(|when| Run {
                text: when.sentence(),
                ..date(when)
            })
            .collect(),
    );
    writer.text_fact("standing", source.standing.map(standing_words));
    writer.text_fact("reliability", source.reliability.map(reliability_words));
    writer.text_fact("address", source.url.as_deref());
    writer.fact("retrieved", source.retrieved.iter().map(date).collect());
    let origins = source
        .derives_from
        .iter()
        .map(|&origin| vec![writer.source(origin)])
        .collect();
    writer.fact("derives from", join(origins, "; "));
    let copies = timeline
        .sources()
        .filter(|(_, other)| other.derives_from.contains(&id));
    let copies = copies
        .map(|(other, _)| vec![writer.source(other)])
        .collect();
    writer.fact("repeated by", join(copies, "; "));
    writer.text_fact("note", source.note.as_deref());
    claims(writer, id);
    let events: Vec<EventId> = timeline
        .events()
        .filter(|event| event.sources().contains(&id))
        .map(Event::id)
        .collect();
    writer.events("Events that rest on it", &events);
}

pub(super) const fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Primary => "the issuing body's own text",
        Standing::Copy => "a copy of the issuing body's text",
        Standing::Secondary => "a secondary source: a report by somebody else",
    }
}

pub(super) const fn reliability_words(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "A, completely reliable (Admiralty)",
        Reliability::B => "B, usually reliable (Admiralty)",
        Reliability::C => "C, fairly reliable (Admiralty)",
        Reliability::D => "D, not usually reliable (Admiralty)",
        Reliability::E => "E, unreliable (Admiralty)",
        Reliability::F => "F, reliability cannot be judged (Admiralty)",
    }
}

fn claims(writer: &mut Writer<'_>, id: SourceId) {
    let timeline = writer.timeline;
    let claims: Vec<_> = timeline
        .claims()
        .filter(|(_, claim)| claim.source == Some(id))
        .collect();
    if claims.is_empty() {
        return;
    }
    writer.heading("What it carries", vec![quiet(&claims.len().to_string())]);
    for (_, claim) in claims {
        let at = claim
            .at
            .as_deref()
            .map_or_else(|| quiet("place not given"), quiet);
        let speaker = claim
            .by
            .map_or_else(|| quiet("somebody"), |by| writer.entity(by, Role::Speaker));
        let body = vec![
            speaker,
            quiet(&format!(" {} the {} of ", claim.stance, claim.about)),
            writer.event(claim.event),
        ];
        let mut note: Vec<Vec<Run>> = claim
            .text
            .as_deref()
            .map(|text| vec![plain(text)])
            .into_iter()
            .collect();
        note.extend(claim.words.as_deref().map(|words| vec![quote(words)]));
        note.push(vec![at]);
        writer.block(Block::Item {
            mark: vec![claim.said.as_ref().map_or_else(|| quiet("no date"), date)],
            body,
            notes: note,
        });
    }
}
