//! The page of evidence: the statement, the claims behind it, the claims that differ, and the sources.

use super::answer::{EvidenceAnswer, answer};
use crate::date::EventDate;
use crate::document::block::DocumentBlock;
use crate::document::claims::{self, ClaimColumn, ClaimGroup};
use crate::document::role::Role;
use crate::document::source::{reliability_words, standing_words};
use crate::document::statements::with_statements;
use crate::document::subject::Evidence;
use crate::document::text_run::{TextRun, address, date, join, plain, quiet, run, when};
use crate::document::words::count;
use crate::document::writer::DocumentWriter;
use crate::timeline::term::{Aspect, LinkKind};
use crate::timeline::{Claim, ClaimId, EventId, SourceId, Timeline};

pub(in crate::document) fn write(writer: &mut DocumentWriter<'_>, evidence: Evidence) {
    writer.title("Who says so?");
    writer.gap();
    let statement = statement(writer, evidence);
    writer.block(DocumentBlock::Paragraph(statement));
    let answer = answer(writer.timeline, evidence);
    let asked = match evidence {
        Evidence::Claim(id) => vec![id],
        _ => answer.behind.clone(),
    };
    if asked.is_empty() {
        unclaimed(writer, evidence);
    }
    table(writer, evidence, &answer);
    if let Evidence::Disclosed(id) = evidence {
        disclosures(writer, id);
    }
    let sources = if asked.is_empty() {
        evidence
            .event(writer.timeline)
            .map(|id| writer.timeline.event(id).sources().to_vec())
    } else {
        Some(sources_of(writer.timeline, &asked))
    };
    sources_section(writer, &sources.unwrap_or_default());
}

/// The statement in question, in words.
fn statement(writer: &DocumentWriter<'_>, evidence: Evidence) -> Vec<TextRun> {
    let timeline = writer.timeline;
    let of = |id: EventId| timeline.event(id);
    let dated = |id: EventId, verb: &str, when: Option<&EventDate>| {
        let when = when.map_or_else(|| run(Role::Imprecise, "time not stated"), sentence);
        vec![writer.event(id), quiet(verb), when]
    };
    match evidence {
        Evidence::Event(id) => vec![writer.event(id), quiet(", "), when(of(id))],
        Evidence::Aspect(id, Aspect::Date) => dated(id, ", when: ", of(id).when().as_ref()),
        Evidence::Aspect(id, aspect) => {
            let mut runs = vec![
                quiet(&format!("the {}", claims::about_event(aspect))),
                writer.event(id),
            ];
            let named = writer.entities(of(id).parties(aspect), Role::of_part(aspect));
            runs.extend((!named.is_empty()).then(|| quiet(": ")));
            runs.extend(named);
            runs
        }
        Evidence::Discovered(id) => dated(id, ", discovered: ", of(id).discovered()),
        Evidence::Disclosed(id) => dated(id, ", made public: ", of(id).disclosed()),
        Evidence::Party(id, part, entity) => {
            vec![
                writer.entity(entity, Role::of_part(part)),
                quiet(match part {
                    Aspect::Target => " was a target of ",
                    Aspect::Accused => " is accused in ",
                    Aspect::Addressee => " was addressed in ",
                    _ => " acted in ",
                }),
                writer.event(id),
            ]
        }
        Evidence::Claim(id) => claim_in_words(writer, timeline.claim(id)),
        Evidence::Entity(id) => vec![quiet("claims about "), writer.entity(id, Role::Actor)],
    }
}

fn sentence(when: &EventDate) -> TextRun {
    TextRun {
        text: when.sentence(),
        ..date(when)
    }
}

fn claim_in_words(writer: &DocumentWriter<'_>, claim: &Claim) -> Vec<TextRun> {
    let mut runs = vec![
        claims::speaker(writer, claim),
        plain(" "),
        claims::stance(claim.stance),
        quiet(if claim.is_silent() { " on" } else { "" }),
        quiet(&format!(" the {}", claims::about_event(claim.about))),
        writer.event(claim.event),
    ];
    if let Some(value) = claims::value(writer, claim) {
        runs.extend([quiet(": "), value]);
    }
    runs
}

fn unclaimed(writer: &mut DocumentWriter<'_>, evidence: Evidence) {
    let event = evidence
        .event(writer.timeline)
        .map(|id| writer.timeline.event(id));
    let words = match event {
        None => "No claim says so.",
        Some(event) if event.sources().is_empty() => {
            "No claim says this: it is the author's own reading, and the file names no source for the event."
        }
        Some(_) => {
            "No claim says this: it is the author's own reading. The event has these sources."
        }
    };
    writer.gap();
    writer.block(DocumentBlock::Paragraph(vec![run(Role::Warning, words)]));
}

fn table(writer: &mut DocumentWriter<'_>, evidence: Evidence, answer: &EvidenceAnswer) {
    let groups = [
        ("Claims behind it", &answer.behind),
        ("Claims that agree", &answer.alike),
        ("Claims that differ", &answer.others),
        ("Silent", &answer.silent),
    ];
    let groups: Vec<ClaimGroup> = groups
        .iter()
        .filter(|(_, claims)| !claims.is_empty())
        .map(|(head, claims)| ClaimGroup {
            head: group_head(writer.timeline, head, claims),
            claims: (*claims).clone(),
        })
        .collect();
    if groups.is_empty() {
        return;
    }
    let mut parts = vec![ClaimColumn::Day, ClaimColumn::Speaker, ClaimColumn::Stance];
    parts.extend_from_slice(match evidence {
        Evidence::Event(_) => &[ClaimColumn::About, ClaimColumn::Value],
        Evidence::Entity(_) => &[ClaimColumn::AboutEvent],
        _ => &[ClaimColumn::Value],
    });
    parts.extend([
        ClaimColumn::Text,
        ClaimColumn::Answers,
        ClaimColumn::AnsweredBy,
        ClaimColumn::Words,
        ClaimColumn::Likelihood,
        ClaimColumn::Confidence,
        ClaimColumn::Source,
        ClaimColumn::At,
    ]);
    writer.gap();
    let table = claims::table(writer, &parts, &groups);
    writer.block(table);
}

/// The heading of a group, with the number of its claims, their sources and the original statements.
fn group_head(timeline: &Timeline, head: &str, claims: &[ClaimId]) -> Vec<TextRun> {
    let sources = sources_of(timeline, claims);
    let number = match sources.len() {
        0 => claims.len().to_string(),
        many => format!("{}, in {}", claims.len(), count(many, "source")),
    };
    let remark = with_statements(timeline, &number, &sources);
    vec![run(Role::Heading, head), plain(" "), quiet(&remark)]
}

/// The events that disclosed it: no claim states the day of disclosure, but these events may.
fn disclosures(writer: &mut DocumentWriter<'_>, id: EventId) {
    let links = writer.timeline.event(id).links().iter();
    let by = links.filter(|link| link.kind == LinkKind::DisclosedBy && !link.reversed);
    let by: Vec<EventId> = by.map(|link| link.to).collect();
    writer.events("Made public by", &by);
}

fn sources_of(timeline: &Timeline, claims: &[ClaimId]) -> Vec<SourceId> {
    let mut sources = Vec::new();
    for source in claims.iter().filter_map(|&id| timeline.claim(id).source) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// The documents: what they are, and where they can be read.
fn sources_section(writer: &mut DocumentWriter<'_>, sources: &[SourceId]) {
    if sources.is_empty() {
        return;
    }
    let number = sources.len().to_string();
    let remark = with_statements(writer.timeline, &number, sources);
    writer.heading("Sources", vec![quiet(&remark)]);
    for &id in sources {
        let source = writer.timeline.source(id);
        let published = source
            .published
            .as_ref()
            .map_or_else(|| run(Role::Imprecise, "no date"), date);
        let mut about: Vec<Vec<TextRun>> = Vec::new();
        about.extend(source.publisher.as_deref().map(|name| vec![quiet(name)]));
        about.extend(
            source
                .standing
                .map(|standing| vec![quiet(standing_words(standing))]),
        );
        about.extend(
            source
                .reliability
                .map(|grade| vec![quiet("reliability "), quiet(reliability_words(grade))]),
        );
        let origins = source
            .derives_from
            .iter()
            .map(|&origin| vec![writer.source(origin)]);
        let origins = join(origins.collect(), ", ");
        let mut notes = vec![join(about, "; ")];
        notes.extend((!origins.is_empty()).then(|| [vec![quiet("repeats ")], origins].concat()));
        notes.extend(source.url.as_deref().map(|url| vec![address(url)]));
        notes.retain(|note| !note.is_empty());
        writer.block(DocumentBlock::Item {
            mark: vec![published],
            body: vec![writer.source(id)],
            notes,
        });
    }
}
