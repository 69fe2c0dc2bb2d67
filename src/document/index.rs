//! The lists of all entities and of all sources.

use super::block::DocumentBlock;
use super::role::Role;
use super::table::{FoldPlace, Table, TableColumn, TableRow};
use super::text_run::{date, plain, quiet};
use super::words::count;
use super::writer::DocumentWriter;
use crate::timeline::term::EntityKind;
use crate::timeline::{Timeline, unique};

/// A table of the entities by kind, each with the number of its events and claims, and its other names.
pub(super) fn write_entities(writer: &mut DocumentWriter<'_>) {
    let timeline = writer.timeline;
    writer.title("All entities");
    writer.gap();
    let (events, claims) = (events_of_each(timeline), claims_of_each(timeline));
    let kinds = EntityKind::ALL.iter().map(|&kind| Some(kind)).chain([None]);
    let mut rows = Vec::new();
    for kind in kinds {
        let of_kind = timeline.entities().filter(|(_, it)| it.kind == kind);
        for (id, entity) in of_kind {
            let of_it = |numbers: &[usize]| numbers.get(id.0 as usize).copied().unwrap_or(0);
            let number = |number: usize, what: &str| match number {
                0 => Vec::new(),
                some => vec![quiet(&count(some, what))],
            };
            rows.push(TableRow::Cells(vec![
                vec![writer.entity(id, Role::Actor)],
                vec![quiet(kind_words(kind))],
                number(of_it(&events), "event"),
                number(of_it(&claims), "claim"),
                (!entity.aliases.is_empty())
                    .then(|| plain(&entity.aliases.join(", ")))
                    .into_iter()
                    .collect(),
            ]));
        }
    }
    let mut table = Table {
        columns: [
            ("name", FoldPlace::Body, ""),
            ("kind", FoldPlace::Mark, ""),
            ("events", FoldPlace::Body, ": "),
            ("claims", FoldPlace::Body, ", makes "),
            ("also known as", FoldPlace::Note(0), "also "),
        ]
        .map(|(label, fold, lead)| TableColumn {
            label,
            under: false,
            fold,
            lead,
        })
        .into(),
        rows,
        is_comparison: false,
    };
    table.without_empty_columns(|_| false);
    if !table.rows.is_empty() {
        writer.block(DocumentBlock::Table(table));
    }
}

/// What an entity is, in plain words; the file has the terms of STIX.
pub(super) const fn kind_words(kind: Option<EntityKind>) -> &'static str {
    match kind {
        None => "kind not stated",
        Some(EntityKind::Organization) => "organisation",
        Some(EntityKind::IntrusionSet) => "intrusion set",
        Some(EntityKind::ThreatActor) => "threat actor",
        Some(EntityKind::Individual) => "person",
        Some(EntityKind::Class) => "people",
        Some(kind) => kind.as_str(),
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
