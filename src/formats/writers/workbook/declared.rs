//! The sheets of what a timeline declares: claims, entities, sources and questions.

use std::collections::BTreeSet;

use super::about::visible_lines;
use super::sheet::SheetWriter;
use crate::date::EventDate;
use crate::timeline::term::{Confidence, EntityKind, Reliability, Standing, Tlp};
use crate::timeline::{Claim, ClaimValue, EntityId, Event, EventId, SourceId, Timeline};

/// A sheet of these columns and rows.
fn sheet<const WIDTH: usize>(
    name: &str,
    columns: [&str; WIDTH],
    rows: impl Iterator<Item = [String; WIDTH]>,
) -> SheetWriter {
    let mut sheet = SheetWriter::new(name, WIDTH);
    sheet.texts(columns);
    for row in rows {
        let row = row.map(|text| visible_lines(&text));
        sheet.texts(row.iter().map(String::as_str));
    }
    sheet
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn date(value: Option<&EventDate>) -> String {
    text(value.map(EventDate::written))
}

fn marked(timeline: &Timeline, tlp: Option<Tlp>) -> String {
    text(tlp.or(timeline.head().tlp).map(Tlp::as_str))
}

fn claims_of<'t>(
    timeline: &'t Timeline,
    events: &[EventId],
) -> impl Iterator<Item = (Event<'t>, &'t Claim)> {
    let events = events
        .iter()
        .map(|&id| timeline.event(id))
        .collect::<Vec<_>>();
    events
        .into_iter()
        .flat_map(|event| event.claims().map(move |(_, claim)| (event, claim)))
}

pub(super) fn claims(timeline: &Timeline, events: &[EventId]) -> SheetWriter {
    let columns = [
        "event_id",
        "event",
        "by",
        "source",
        "at",
        "said",
        "about",
        "value",
        "stance",
        "claim",
        "words",
        "likelihood",
        "confidence",
        "tlp",
    ];
    let rows = claims_of(timeline, events).map(|(event, claim)| {
        let value = match &claim.value {
            Some(ClaimValue::Entity(id)) => timeline.entity(*id).name.clone(),
            Some(ClaimValue::Date(date)) => date.written().to_owned(),
            Some(ClaimValue::Text(text)) => text.clone(),
            None => String::new(),
        };
        [
            event.key().into_owned(),
            event.title().to_owned(),
            text(claim.by.map(|id| timeline.entity(id).name.as_str())),
            text(claim.source.map(|id| timeline.source(id).title.as_str())),
            text(claim.at.as_deref()),
            date(claim.said.as_ref()),
            claim.about.as_str().to_owned(),
            value,
            claim.stance.as_str().to_owned(),
            text(claim.text.as_deref()),
            text(claim.words.as_deref()),
            text(claim.likelihood.as_deref()),
            text(claim.confidence.map(Confidence::as_str)),
            marked(timeline, claim.tlp),
        ]
    });
    sheet("Claims", columns, rows)
}

/// Of a filtered timeline, only what its events and claims name.
pub(super) fn entities(timeline: &Timeline, events: &[EventId], is_whole: bool) -> SheetWriter {
    let mut named: BTreeSet<EntityId> = claims_of(timeline, events)
        .flat_map(|(_, claim)| {
            let value = match claim.value {
                Some(ClaimValue::Entity(id)) => Some(id),
                _ => None,
            };
            claim.by.into_iter().chain(value)
        })
        .collect();
    let events = events.iter().map(|&id| timeline.event(id));
    named
        .extend(events.flat_map(|event| event.all_parties().map(|(_, id)| id).collect::<Vec<_>>()));
    let all = timeline
        .entities()
        .filter(|(id, _)| is_whole || named.contains(id));
    let rows = all.map(|(_, entity)| {
        [
            entity.key.clone(),
            entity.name.clone(),
            text(entity.kind.map(EntityKind::as_str)),
            entity.aliases.join(", "),
            text(entity.attack.as_deref()),
            text(entity.note.as_deref()),
            marked(timeline, entity.tlp),
        ]
    });
    sheet(
        "Entities",
        ["id", "name", "kind", "aliases", "attack", "note", "tlp"],
        rows,
    )
}

pub(super) fn sources(timeline: &Timeline, events: &[EventId], is_whole: bool) -> SheetWriter {
    let mut named: BTreeSet<SourceId> = claims_of(timeline, events)
        .filter_map(|(_, claim)| claim.source)
        .collect();
    named.extend(
        events
            .iter()
            .flat_map(|&id| timeline.event(id).sources().iter().copied()),
    );
    let all = timeline
        .sources()
        .filter(|(id, _)| is_whole || named.contains(id));
    let rows = all.map(|(_, source)| {
        let origins = source.derives_from.iter();
        let origins: Vec<&str> = origins
            .map(|&id| timeline.source(id).title.as_str())
            .collect();
        [
            source.key.clone(),
            source.title.clone(),
            text(source.publisher.as_deref()),
            date(source.published.as_ref()),
            text(source.url.as_deref()),
            date(source.retrieved.as_ref()),
            origins.join(", "),
            text(source.reliability.map(Reliability::as_str)),
            text(source.standing.map(Standing::as_str)),
            text(source.note.as_deref()),
            marked(timeline, source.tlp),
        ]
    });
    let columns = [
        "id",
        "title",
        "publisher",
        "published",
        "url",
        "retrieved",
        "derives_from",
        "reliability",
        "standing",
        "note",
        "tlp",
    ];
    sheet("Sources", columns, rows)
}

/// Of a filtered timeline, only those about one of its events.
pub(super) fn questions(timeline: &Timeline, events: &[EventId], is_whole: bool) -> SheetWriter {
    let known: BTreeSet<EventId> = events.iter().copied().collect();
    let all = timeline
        .questions()
        .iter()
        .filter(|question| is_whole || question.events.iter().any(|id| known.contains(id)));
    let rows = all.map(|question| {
        let about = question.events.iter().filter(|id| known.contains(id));
        let about: Vec<_> = about
            .map(|&id| timeline.event(id).key().into_owned())
            .collect();
        [
            question.text.clone(),
            question.status.as_str().to_owned(),
            about.join(", "),
            text(question.settles.as_deref()),
            marked(timeline, question.tlp),
        ]
    });
    sheet(
        "Questions",
        ["question", "status", "event_ids", "settles", "tlp"],
        rows,
    )
}
