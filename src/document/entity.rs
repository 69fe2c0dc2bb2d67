//! What the timeline says about an entity: its names, its part in events, and what it says itself.

use super::writer::{Writer, date, plain, quiet, run};
use super::{Block, Role};
use crate::timeline::{ClaimValue, EntityId, Event, EventId};

pub(super) fn write(writer: &mut Writer<'_>, id: EntityId) {
    let timeline = writer.timeline;
    let entity = timeline.entity(id);
    writer.title(&entity.name);
    writer.gap();
    let kind = entity.kind.map_or("not stated", |kind| kind.as_str());
    writer.text_fact("kind", Some(kind));
    let aliases = entity.aliases.join(", ");
    writer.text_fact(
        "also called",
        Some(aliases.as_str()).filter(|aliases| !aliases.is_empty()),
    );
    writer.text_fact("ATT&CK", entity.attack.as_deref());
    writer.text_fact("note", entity.note.as_deref());
    if !entity.declared {
        writer.text_fact("note", Some("named by events, not described in the file"));
    }

    let part = |takes_part: &dyn Fn(Event<'_>) -> bool| -> Vec<EventId> {
        timeline
            .events()
            .filter(|&event| takes_part(event))
            .map(Event::id)
            .collect()
    };
    writer.events("As actor", &part(&|event| event.actors().contains(&id)));
    writer.events("As target", &part(&|event| event.targets().contains(&id)));
    named_by_others(writer, id);
    own_words(writer, id);
}

/// Where a claim names it as actor or target: not the same as the timeline saying so.
fn named_by_others(writer: &mut Writer<'_>, id: EntityId) {
    let timeline = writer.timeline;
    let claims: Vec<_> = timeline
        .claims()
        .filter(|(_, claim)| claim.value == Some(ClaimValue::Entity(id)) && claim.by != Some(id))
        .collect();
    if claims.is_empty() {
        return;
    }
    writer.heading("Named in claims", vec![quiet(&claims.len().to_string())]);
    for (_, claim) in claims {
        let said = claim.said.as_ref().map_or_else(|| quiet("no date"), date);
        let speaker = claim
            .by
            .map_or_else(|| quiet("somebody"), |by| writer.entity(by, Role::Speaker));
        let body = vec![
            speaker,
            quiet(&format!(" {} it as {} of ", claim.stance, claim.about)),
            writer.event(claim.event),
        ];
        writer.block(Block::Item {
            mark: vec![said],
            body,
            notes: Vec::new(),
        });
    }
}

fn own_words(writer: &mut Writer<'_>, id: EntityId) {
    let timeline = writer.timeline;
    let claims: Vec<_> = timeline
        .claims()
        .filter(|(_, claim)| claim.by == Some(id))
        .collect();
    if claims.is_empty() {
        return;
    }
    writer.heading("What it says", vec![quiet(&claims.len().to_string())]);
    for (_, claim) in claims {
        let said = claim.said.as_ref().map_or_else(|| quiet("no date"), date);
        let body = vec![
            writer.event(claim.event),
            quiet(&format!(", on its {}", about(claim.about.as_str()))),
        ];
        let mut note = vec![run(Role::Quiet, claim.stance.as_str())];
        note.extend(
            claim
                .text
                .as_deref()
                .map(|text| plain(&format!(": {text}"))),
        );
        writer.block(Block::Item {
            mark: vec![said],
            body,
            notes: vec![note],
        });
    }
}

/// "On its event" reads badly; what a claim about the event as a whole is about is its happening.
fn about(aspect: &str) -> &str {
    if aspect == "event" {
        "happening"
    } else {
        aspect
    }
}
