//! The dossier of an entity: its names, its part in events and in time, what it says itself, what others say of it.

use std::collections::BTreeMap;

use super::appearances::Appearances;
use super::block::Block;
use super::claims::{self, Group, Part};
use super::role::Role;
use super::run::{Run, date, join, plain, quiet, run};
use super::strip::Strip;
use super::subject::{Evidence, Subject};
use super::words::count;
use super::writer::Writer;
use crate::date::{Bounds, Instant};
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimId, ClaimValue, Entity, EntityId, EventId, Timeline};

/// So many of those with whom it appears are named; the others are counted.
const COMPANIONS: usize = 8;

pub(super) fn write(writer: &mut Writer<'_>, id: EntityId) {
    let timeline = writer.timeline;
    let entity = timeline.entity(id);
    let part = Appearances::of(timeline, id);
    writer.title(&entity.name);
    writer.gap();
    let kind = entity.kind.map_or("not stated", |kind| kind.as_str());
    writer.text_fact("kind", Some(kind));
    let names = names(writer, id, entity);
    writer.fact("also called", names);
    writer.text_fact("ATT&CK", entity.attack.as_deref());
    writer.text_fact("note", entity.note.as_deref());
    if !entity.declared {
        writer.text_fact("note", Some("named by events, not described in the file"));
    }
    writer.text_fact("part", Some(&part.in_words()));
    let events = part.events();
    let (first, last) = seen(timeline, &part.seen());
    let told = |writer: &Writer<'_>, found: Option<EventId>| {
        found.map(|id| seen_in(writer, id)).unwrap_or_default()
    };
    let (first, last) = (told(writer, first), told(writer, last));
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

/// A part in events, as the head of their list. Those accused are not called guilty.
const fn part_heading(part: Aspect) -> &'static str {
    match part {
        Aspect::Target => "As target",
        Aspect::Accused => "As accused",
        Aspect::Addressee => "As addressee",
        _ => "As actor",
    }
}

/// Its other names, with who equates them where a claim does; the format has no source for a name.
fn names(writer: &Writer<'_>, id: EntityId, entity: &Entity) -> Vec<Run> {
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
                let link = Some(Subject::Evidence(Evidence::Claim(claim)));
                let by = Run { link, ..by };
                stated.push(vec![plain(alias), quiet(" (so says "), by, quiet(")")]);
            }
            None => unstated.push(alias.as_str()),
        }
    }
    if !unstated.is_empty() {
        stated.push(vec![plain(&unstated.join(", ")), quiet(" (by this file)")]);
    }
    join(stated, ", ")
}

/// Whether a claim speaks of the entity by its name or as its value, and by another name in its text.
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

/// Whether a text has a name as words of their own, whatever their case.
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

/// The event that may have begun first, and the one of which the end that is known is the latest.
fn seen(timeline: &Timeline, events: &[EventId]) -> (Option<EventId>, Option<EventId>) {
    let dated = || {
        let dated = events.iter().copied();
        dated.filter_map(|id| Some((id, timeline.event(id).bounds()?)))
    };
    let first = dated().min_by_key(|(_, bounds)| bounds.order_key());
    let last = dated().max_by_key(|(_, bounds)| last_known(*bounds));
    (first.map(|(id, _)| id), last.map(|(id, _)| id))
}

/// When it may have ended; of what ended nobody knows when, when it was going on for all that is known.
fn last_known(when: Bounds) -> Instant {
    if when.end.latest.is_bounded() || when.is_ongoing() {
        when.end.latest
    } else {
        when.end.earliest.max(when.start.latest)
    }
}

fn seen_in(writer: &Writer<'_>, id: EventId) -> Vec<Run> {
    let when = writer.timeline.event(id).when().as_ref().map(date);
    when.into_iter()
        .chain([quiet(", "), writer.event(id)])
        .collect()
}

fn in_time(writer: &mut Writer<'_>, events: &[EventId]) {
    let Some(strip) = Strip::of(writer.timeline, events) else {
        return;
    };
    let undated = events.len() - strip.bands.len();
    let dated = count(events.len(), "event");
    let remark = match undated {
        0 => dated,
        undated => format!("{dated}, {undated} undated"),
    };
    writer.heading("In time", vec![quiet(&remark)]);
    writer.block(Block::Strip(strip));
}

/// Who else has a part in the same events, those who do most often first.
fn companions(writer: &mut Writer<'_>, id: EntityId, events: &[EventId]) {
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
        writer.block(Block::Item {
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
        writer.block(Block::Paragraph(vec![quiet(&format!(
            "and {more} more, in fewer events or as many"
        ))]));
    }
}

fn own_words(writer: &mut Writer<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[Part] = &[
        Part::Day,
        Part::Stance,
        Part::AboutEvent,
        Part::Value,
        Part::Text,
        Part::Answers,
        Part::AnsweredBy,
        Part::Words,
        Part::Likelihood,
        Part::Confidence,
        Part::Source,
        Part::At,
    ];
    told(writer, "What it says", PARTS, claims);
}

/// What sources in which it speaks were searched for, and do not say.
fn silences(writer: &mut Writer<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[Part] = &[
        Part::Day,
        Part::AboutEvent,
        Part::Text,
        Part::Source,
        Part::At,
    ];
    told(writer, "What it is silent on", PARTS, claims);
}

/// Where a claim of another names it as a party: not the same as the timeline saying so.
fn of_others(writer: &mut Writer<'_>, claims: Vec<ClaimId>) {
    const PARTS: &[Part] = &[
        Part::Day,
        Part::Speaker,
        Part::Stance,
        Part::AboutEvent,
        Part::Text,
        Part::Answers,
        Part::AnsweredBy,
        Part::Words,
        Part::Likelihood,
        Part::Confidence,
        Part::Source,
        Part::At,
    ];
    told(writer, "What others say of it", PARTS, claims);
}

fn told(writer: &mut Writer<'_>, heading: &str, parts: &[Part], mut claims: Vec<ClaimId>) {
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
    let table = claims::table(writer, parts, &[Group { head, claims }]);
    writer.block(table);
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::document::{Block, Document, Row, Run, Subject};

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
        let text = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let mut lines = Vec::new();
        for block in Document::about(&timeline, Subject::Entity(id)).blocks {
            match &block {
                Block::Fact { label, value } => lines.push(format!("{label}: {}", text(value))),
                Block::Heading(runs) => lines.push(text(runs)),
                Block::Item { mark, body, .. } => {
                    lines.push(format!("{} {}", text(mark), text(body)));
                }
                Block::Table(table) => {
                    let heads = table.rows.iter().filter_map(|row| match row {
                        Row::Group(head) => Some(text(head)),
                        Row::Cells(_) => None,
                    });
                    lines.extend(heads);
                }
                Block::Strip(strip) => lines.push(format!("strip of {}", strip.bands.len())),
                _ => {}
            }
        }
        lines
    }

    #[test]
    fn a_dossier_counts_the_parts_and_names_the_first_and_the_last_event() {
        let lines = lines("group");
        let part = "part: actor in 2 events, target in 1 event, makes 2 claims, of which 1 denies or doubts, \
                    named in 1 claim of others";
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
            "part: accused in 1 event, addressed in 1 event, makes 1 claim, silent on 1 point",
            "In time 2 events",
            "As accused 1",
            "As addressee 1",
            "What it says 1",
            "What it is silent on 1",
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
    fn an_event_that_ended_nobody_knows_when_is_not_the_last_seen() {
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
            lines("group")
                .contains(&"also called: Alder (so says centre), Ash (by this file)".to_owned())
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
