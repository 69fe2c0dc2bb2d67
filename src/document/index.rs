//! The lists of all entities and of all sources.

use super::block::DocumentBlock;
use super::role::Role;
use super::text_run::{date, quiet};
use super::words::count;
use super::writer::DocumentWriter;
use crate::timeline::term::EntityKind;
use crate::timeline::{Entity, EntityId, Timeline, unique};

/// Entities by kind, each with the number of its events.
pub(super) fn write_entities(writer: &mut DocumentWriter<'_>) {
    let timeline = writer.timeline;
    writer.title("All entities");
    let (events, claims) = (events_of_each(timeline), claims_of_each(timeline));
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
            let of_it = |numbers: &[usize]| numbers.get(id.0 as usize).copied().unwrap_or(0);
            let (events, claims) = (of_it(&events), of_it(&claims));
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
            writer.block(DocumentBlock::Paragraph(body));
        }
    }
}

/// How many events name each entity, by number: counted in one pass, since there may be a million events.
fn events_of_each(timeline: &Timeline) -> Vec<usize> {
    let mut numbers = vec![0; timeline.entities().count()];
    for event in timeline.events() {
        for id in unique(event.all_parties().map(|(_, id)| id)) {
            if let Some(number) = numbers.get_mut(id.0 as usize) {
                *number += 1;
            }
        }
    }
    numbers
}

/// How many claims each entity makes, by its number.
fn claims_of_each(timeline: &Timeline) -> Vec<usize> {
    let mut numbers = vec![0; timeline.entities().count()];
    for (_, claim) in timeline.claims().filter(|(_, claim)| !claim.is_silent()) {
        let number = claim.by.and_then(|id| numbers.get_mut(id.0 as usize));
        if let Some(number) = number {
            *number += 1;
        }
    }
    numbers
}

/// Sources by date, each with the number of its claims.
pub(super) fn write_sources(writer: &mut DocumentWriter<'_>) {
    let timeline = writer.timeline;
    writer.title("All sources");
    writer.gap();
    let mut sources: Vec<_> = timeline.sources().collect();
    sources.sort_by_key(|(_, source)| {
        let published = source.published.as_ref();
        (
            published.is_none(),
            published.map(crate::date::EventDate::saying_key),
        )
    });
    let mut carried = vec![0; sources.len()];
    for (_, claim) in timeline.claims() {
        let number = claim
            .carried_in()
            .and_then(|id| carried.get_mut(id.0 as usize));
        if let Some(number) = number {
            *number += 1;
        }
    }
    for (id, source) in sources {
        let claims = carried.get(id.0 as usize).copied().unwrap_or(0);
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
        writer.block(DocumentBlock::Item {
            mark: vec![mark],
            body,
            notes: vec![note],
        });
    }
}
