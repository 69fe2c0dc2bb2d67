//! The page of an entity: its names, its parts in events and over time, what it says, and what others say about it.

use std::collections::BTreeMap;

use super::block::DocumentBlock;
use super::claims::{self, ClaimColumn, ClaimGroup};
use super::entity_appearances::EntityAppearances;
use super::index;
use super::role::Role;
use super::subject::{Evidence, PageSubject};
use super::text_run::{TextRun, date, join, plain, quiet, run};
use super::time_strip::TimeStrip;
use super::words::count;
use super::writer::DocumentWriter;
use crate::date::{Bounds, Instant};
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimId, ClaimValue, Entity, EntityId, EventId, Timeline};

/// How many companions are named; the others are counted.
const COMPANIONS: usize = 8;

pub(super) fn write(writer: &mut DocumentWriter<'_>, id: EntityId) {
    let timeline = writer.timeline;
    let entity = timeline.entity(id);
    let part = EntityAppearances::of(timeline, id);
    writer.title(&entity.name);
    writer.gap();
    let kind = entity.kind.map(|kind| index::kind_words(Some(kind)));
    writer.text_fact("kind", Some(kind.unwrap_or("not stated")));
    let names = names(writer, id, entity);
    writer.fact("also called", names);
    writer.text_fact("ATT&CK", entity.attack.as_deref());
    writer.text_fact("note", entity.note.as_deref());
    if !entity.declared {
        writer.text_fact("note", Some("named in events, not declared in the file"));
    }
    writer.text_fact("appears", Some(&part.in_words()));
    let events = part.events();
    let (first, last) = seen(timeline, &part.seen());
    let shown = |writer: &DocumentWriter<'_>, found: Option<EventId>| {
        found.map(|id| seen_in(writer, id)).unwrap_or_default()
    };
    let (first, last) = (shown(writer, first), shown(writer, last));
    writer.fact("first seen", first);
    writer.fact("last seen", last);
    in_time(writer, &events);
    for (part, events) in &part.parts {
        writer.events(part_heading(*part), events);
    }
    companions(writer, id, &events);
    own_words(writer, part.says);
    silences(writer, part.silent);
    of_others(writer, part.named);
}

/// The heading for the events of a party aspect. The accused are not called guilty.
const fn part_heading(part: Aspect) -> &'static str {
    match part {
        Aspect::Target => "As target",
        Aspect::Accused => "As accused",
        Aspect::Addressee => "As addressee",
        _ => "As actor",
    }
}

/// Its other names, with the claim that equates them, if any: the format has no source for a name.
fn names(writer: &DocumentWriter<'_>, id: EntityId, entity: &Entity) -> Vec<TextRun> {
    let mut stated = Vec::new();
    let mut unstated = Vec::new();
    for alias in &entity.aliases {
        let claim = writer
            .timeline
            .claims()
            .find(|(_, claim)| equates(claim, id, entity, alias));
        match claim {
            Some((claim, _)) => {
                let by = claims::speaker(writer, writer.timeline.claim(claim));
                let link = Some(PageSubject::Evidence(Evidence::Claim(claim)));
                let by = TextRun { link, ..by };
                stated.push(vec![plain(alias), quiet(" (according to "), by, quiet(")")]);
            }
            None => unstated.push(alias.as_str()),
        }
    }
    if !unstated.is_empty() {
        stated.push(vec![plain(&unstated.join(", ")), quiet(" (in this file)")]);
    }
    join(stated, ", ")
}

/// Whether a claim names the entity by its name or as its value, and by another name in its text.
fn equates(claim: &Claim, id: EntityId, entity: &Entity, alias: &str) -> bool {
    let value = match &claim.value {
        Some(ClaimValue::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let text = [claim.text.as_deref(), value]
        .map(Option::unwrap_or_default)
        .join(" ");
    let is_about = claim.value == Some(ClaimValue::Entity(id)) || names_whole(&text, &entity.name);
    is_about && names_whole(&text, alias)
}

/// Whether a text contains a name as whole words, in any letter case.
fn names_whole(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    !name.is_empty()
        && text.match_indices(&name).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text
                .get(at + found.len()..)
                .and_then(|after| after.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// The event with the earliest possible start, and the event with the latest known end.
fn seen(timeline: &Timeline, events: &[EventId]) -> (Option<EventId>, Option<EventId>) {
    let dated = || {
        let dated = events.iter().copied();
        dated.filter_map(|id| Some((id, timeline.event(id).bounds()?)))
    };
    let first = dated().min_by_key(|(_, bounds)| bounds.order_key());
    let last = dated().max_by_key(|(_, bounds)| last_known(*bounds));
    (first.map(|(id, _)| id), last.map(|(id, _)| id))
}

/// The latest possible end. If the end is unknown, the last time at which the event was known to be going on.
fn last_known(when: Bounds) -> Instant {
    if when.end.latest.is_bounded() || when.is_ongoing() {
        when.end.latest
    } else {
        when.end.earliest.max(when.start.latest)
    }
}

fn seen_in(writer: &DocumentWriter<'_>, id: EventId) -> Vec<TextRun> {
    let when = writer.timeline.event(id).when().as_ref().map(date);
    when.into_iter()
        .chain([quiet(", "), writer.event(id)])
        .collect()
}

fn in_time(writer: &mut DocumentWriter<'_>, events: &[EventId]) {
    let Some(strip) = TimeStrip::of(writer.timeline, events) else {
        return;
    };
    let undated = events.len() - strip.bands.len();
    let dated = count(events.len(), "event");
    let remark = match undated {
        0 => dated,
        undated => format!("{dated}, {undated} undated"),
    };
    writer.heading("In time", vec![quiet(&remark)]);
    writer.block(DocumentBlock::Strip(strip));
}

/// Other parties of the same events, the most frequent first.
fn companions(writer: &mut DocumentWriter<'_>, id: EntityId, events: &[EventId]) {
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    for &event in events {
        let event = writer.timeline.event(event);
        let mut all: Vec<EntityId> = event.all_parties().map(|(_, id)| id).collect();
        all.sort_unstable();
        all.dedup();
        for other in all.into_iter().filter(|&other| other != id) {
            *counts.entry(other).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<(EntityId, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(other, count)| (std::cmp::Reverse(count), other));
    writer.heading("Appears with", vec![quiet(&counts.len().to_string())]);
    for &(other, events) in counts.iter().take(COMPANIONS) {
        let body = vec![writer.entity(other, Role::Actor)];
        writer.block(DocumentBlock::Item {
            mark: vec![quiet(&count(events, "event"))],
            body,
            notes: Vec::new(),
        });
    }
    if let Some(more) = counts
        .len()
        .checked_sub(COMPANIONS)
        .filter(|&more| more > 0)
    {
        writer.block(DocumentBlock::Paragraph(vec![quiet(&format!(
            "and {more} more"
        ))]));
    }
}

fn own_words(writer: &mut DocumentWriter<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[ClaimColumn] = &[
        ClaimColumn::Day,
        ClaimColumn::Stance,
        ClaimColumn::AboutEvent,
        ClaimColumn::Value,
        ClaimColumn::Text,
        ClaimColumn::Answers,
        ClaimColumn::AnsweredBy,
        ClaimColumn::Words,
        ClaimColumn::Likelihood,
        ClaimColumn::Confidence,
        ClaimColumn::Source,
        ClaimColumn::At,
    ];
    claims_section(writer, "Its claims", PARTS, claims);
}

/// Points on which its sources were searched and say nothing.
fn silences(writer: &mut DocumentWriter<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[ClaimColumn] = &[
        ClaimColumn::Day,
        ClaimColumn::AboutEvent,
        ClaimColumn::Text,
        ClaimColumn::Source,
        ClaimColumn::At,
    ];
    claims_section(writer, "Silent on", PARTS, claims);
}

/// Claims of others that name it as a party: the timeline itself does not say so.
fn of_others(writer: &mut DocumentWriter<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[ClaimColumn] = &[
        ClaimColumn::Day,
        ClaimColumn::Speaker,
        ClaimColumn::Stance,
        ClaimColumn::AboutEvent,
        ClaimColumn::Text,
        ClaimColumn::Answers,
        ClaimColumn::AnsweredBy,
        ClaimColumn::Words,
        ClaimColumn::Likelihood,
        ClaimColumn::Confidence,
        ClaimColumn::Source,
        ClaimColumn::At,
    ];
    claims_section(writer, "Claims about it", PARTS, claims);
}

fn claims_section(
    writer: &mut DocumentWriter<'_>,
    heading: &str,
    parts: &[ClaimColumn],
    mut claims: Vec<ClaimId>,
) {
    if claims.is_empty() {
        return;
    }
    claims::oldest_first(writer.timeline, &mut claims);
    writer.gap();
    let head = vec![
        run(Role::Heading, heading),
        plain(" "),
        quiet(&claims.len().to_string()),
    ];
    let table = claims::table(writer, parts, &[ClaimGroup::each(head, &claims)]);
    writer.block(table);
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::document::{Document, DocumentBlock, PageSubject, TableRow, TextRun};

    const FILE: &str = r#"
        [entities.group]
        name = "The Group"
        aliases = ["Alder", "Ash"]
        [entities.centre]
        [entities.office]
        [entities.envoy]
        [sources.report]
        published = "2024-01-01"
        [[events]]
        title = "Later"
        when = "2023-05"
        actors = ["group"]
        targets = ["centre", "office"]
        claims = [
          { by = "centre", source = "report", about = "actor", value = "group", text = "Also known as ALDER." },
          { by = "group", source = "report", stance = "denies" },
          { by = "group", source = "report", about = "effect", value = "an ashen face" },
        ]
        [[events]]
        title = "Earlier"
        when = "early 2021"
        actors = ["centre"]
        targets = ["group"]
        [[events]]
        title = "Unended"
        when = "2020/"
        targets = ["office"]
        [[events]]
        title = "Ended"
        when = "2021"
        targets = ["office"]
        [[events]]
        title = "Named"
        when = "2024-03-25"
        accused = ["envoy"]
        claims = [
          { by = "envoy", source = "report", about = "actor", stance = "silent" },
          { by = "envoy", source = "report", about = "reason", value = "none" },
        ]
        [[events]]
        title = "Summoned"
        when = "2024-03-26"
        addressees = ["envoy"]
        [[events]]
        title = "Some day"
        actors = ["group"]
        targets = ["centre"]
    "#;

    fn lines(key: &str) -> Vec<String> {
        let timeline = crate::formats::open(&[SourceText::new("entity.toml", FILE)]).0;
        let id = timeline
            .entities()
            .find(|(_, entity)| entity.key == key)
            .expect("it is there")
            .0;
        let text = |runs: &[TextRun]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let mut lines = Vec::new();
        for block in Document::about(&timeline, PageSubject::Entity(id)).blocks {
            match &block {
                DocumentBlock::Fact { label, value } => {
                    lines.push(format!("{label}: {}", text(value)));
                }
                DocumentBlock::Heading(runs) => lines.push(text(runs)),
                DocumentBlock::Item { mark, body, .. } => {
                    lines.push(format!("{} {}", text(mark), text(body)));
                }
                DocumentBlock::Table(table) => {
                    let heads = table.rows.iter().filter_map(|row| match row {
                        TableRow::Group(head) => Some(text(head)),
                        TableRow::Cells(_) => None,
                    });
                    lines.extend(heads);
                }
                DocumentBlock::Strip(strip) => {
                    lines.push(format!("strip of {}", strip.bands.len()));
                }
                _ => {}
            }
        }
        lines
    }

    #[test]
    fn a_dossier_counts_the_parts_and_names_the_first_and_the_last_event() {
        let lines = lines("group");
        let part = "appears: actor in 2 events, target in 1 event, makes 2 claims, 1 denying or doubting, \
                    named in 1 claim by others";
        for expected in [
            part,
            "first seen: early 2021, Earlier",
            "last seen: May 2023, Later",
            "In time 3 events, 1 undated",
            "strip of 2",
        ] {
            assert!(
                lines.iter().any(|line| line == expected),
                "{expected}: {lines:#?}"
            );
        }
    }

    #[test]
    fn to_be_accused_or_addressed_is_a_part_of_its_own_and_not_to_be_seen() {
        let lines = lines("envoy");
        for expected in [
            "appears: accused in 1 event, addressed in 1 event, makes 1 claim, silent on 1 point",
            "In time 2 events",
            "As accused 1",
            "As addressee 1",
            "Its claims 1",
            "Silent on 1",
        ] {
            assert!(
                lines.iter().any(|line| line == expected),
                "{expected}: {lines:#?}"
            );
        }
        assert!(
            !lines.iter().any(|line| line.contains("seen")),
            "{lines:#?}"
        );
    }

    #[test]
    fn an_event_with_an_unknown_end_is_not_the_last_seen() {
        let lines = lines("office");
        assert!(
            lines.contains(&"first seen: 2020 – ?, Unended".to_owned()),
            "{lines:#?}"
        );
        assert!(
            lines.contains(&"last seen: May 2023, Later".to_owned()),
            "{lines:#?}"
        );
    }

    #[test]
    fn other_names_are_the_files_unless_a_claim_equates_them() {
        // "Ashen" is not Ash, and the claim that has it is not about the group.
        assert!(
            lines("group").contains(
                &"also called: Alder (according to centre), Ash (in this file)".to_owned()
            )
        );
    }

    #[test]
    fn those_with_whom_it_appears_most_come_first() {
        let lines = lines("group");
        let at = lines
            .iter()
            .position(|line| line == "Appears with 2")
            .expect("there are two");
        assert_eq!(lines[at + 1..at + 3], ["3 events centre", "1 event office"]);
    }
}
