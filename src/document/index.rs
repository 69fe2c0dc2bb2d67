//! The lists of all entities and of all sources: ways into the timeline that are not by date.

use super::writer::{Writer, date, quiet};
use super::{Block, Role};
use crate::timeline::term::EntityKind;
use crate::timeline::{Entity, EntityId, Event};

/// Entities by kind, each with the number of events that name it.
pub(super) fn write_entities(writer: &mut Writer<'_>) {
    let timeline = writer.timeline;
    writer.title("All entities");
    let kinds = EntityKind::ALL.iter().map(|&kind| Some(kind)).chain([None]);
    for kind in kinds {
        let of_kind: Vec<(EntityId, &Entity)> = timeline
            .entities()
            .filter(|(_, entity)| entity.kind == kind)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        let heading = kind.map_or("kind not stated", EntityKind::as_str);
        writer.heading(heading, vec![quiet(&of_kind.len().to_string())]);
        for (id, entity) in of_kind {
            let names =
                |event: &Event<'_>| event.actors().contains(&id) || event.targets().contains(&id);
            let events = timeline.events().filter(names).count();
            let claims = timeline
                .claims()
                .filter(|(_, claim)| claim.by == Some(id))
                .count();
            let mut body = vec![writer.entity(id, Role::Actor)];
            if !entity.aliases.is_empty() {
                body.push(quiet(&format!(", also {}", entity.aliases.join(", "))));
            }
            let said = if claims > 0 {
                format!(", makes {}", count(claims, "claim"))
            } else {
                String::new()
            };
            body.push(quiet(&format!(": {}{said}", count(events, "event"))));
            writer.block(Block::Paragraph(body));
        }
    }
}

/// Sources by date, each with the number of claims that it carries.
pub(super) fn write_sources(writer: &mut Writer<'_>) {
    let timeline = writer.timeline;
    writer.title("All sources");
    writer.gap();
    let mut sources: Vec<_> = timeline.sources().collect();
    sources.sort_by_key(|(_, source)| {
        let published = source.published.as_ref();
        (
            published.is_none(),
            published.map(crate::date::EventDate::order_key),
        )
    });
    for (id, source) in sources {
        let claims = timeline
            .claims()
            .filter(|(_, claim)| claim.source == Some(id))
            .count();
        let mark = source
            .published
            .as_ref()
            .map_or_else(|| quiet("no date"), date);
        let body = super::claims::source(writer, id);
        let publisher = source
            .publisher
            .as_deref()
            .unwrap_or("publisher not stated");
        let note = vec![quiet(&format!("{publisher}, {}", count(claims, "claim")))];
        writer.block(Block::Item {
            mark: vec![mark],
            body,
            notes: vec![note],
        });
    }
}

/// A number with its noun.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
