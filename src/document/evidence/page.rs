//! The page of evidence: the statement, the claims behind it, the claims that differ, and the sources.

use super::answer::{EvidenceAnswer, answer};
use crate::date::EventDate;
use crate::document::block::DocumentBlock;
use crate::document::claims::{self, ClaimColumn, ClaimGroup};
use crate::document::event::aspect_head;
use crate::document::role::Role;
use crate::document::source::{reliability_words, standing_words};
use crate::document::statements::with_statements;
use crate::document::subject::Evidence;
use crate::document::text_run::{TextRun, address, date, join, plain, quiet, run, when};
use crate::document::verdict::VerdictForm;
use crate::document::words::count;
use crate::document::writer::DocumentWriter;
use crate::timeline::term::{Aspect, LinkKind};
use crate::timeline::{Claim, ClaimId, EventId, SourceId, Timeline};
use crate::verdict::EventVerdict;

pub(in crate::document) fn write(writer: &mut DocumentWriter<'_>, evidence: Evidence) {
    writer.title("Who says so?");
    match evidence {
        Evidence::Event(id) => all_aspects(writer, id, None),
        Evidence::Aspect(id, aspect) => all_aspects(writer, id, Some(aspect)),
        _ => one_statement(writer, evidence),
    }
}

/// The verdict on an event, and for each aspect the claims behind it.
fn all_aspects(writer: &mut DocumentWriter<'_>, id: EventId, asked: Option<Aspect>) {
    let timeline = writer.timeline;
    let event = timeline.event(id);
    writer.block(DocumentBlock::Paragraph(vec![
        writer.event(id),
        quiet(", "),
        when(event),
    ]));
    let verdict = EventVerdict::of(timeline, id);
    let is_claimed = |aspect| verdict.aspects.iter().any(|it| it.aspect == aspect);
    if asked.map_or(verdict.aspects.is_empty(), |aspect| !is_claimed(aspect)) {
        let evidence = asked.map_or(Evidence::Event(id), |aspect| Evidence::Aspect(id, aspect));
        unclaimed(writer, evidence);
        sources_section(writer, event.sources());
    }
    writer.gap();
    writer.verdict(id, VerdictForm::Whole, |_| true);
    for of_aspect in &verdict.aspects {
        let aspect = of_aspect.aspect;
        let claims = of_aspect.claims();
        writer.details(aspect, |writer| {
            let head = aspect_head(event, aspect, &claims);
            writer.block(DocumentBlock::Heading(head));
            let groups = [ClaimGroup::folded(timeline, Vec::new(), &claims)];
            let table = claims::table(writer, claims::ON_EVENT, &groups);
            writer.block(table);
            sources_section(writer, &sources_of(timeline, &claims));
        });
    }
    let first = verdict.aspects.first().map(|it| it.aspect);
    writer.opens_on = asked.or(first).filter(|&aspect| is_claimed(aspect));
}

/// One statement: the verdict on its aspect, the claims behind it, and those that differ.
fn one_statement(writer: &mut DocumentWriter<'_>, evidence: Evidence) {
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
    if let Evidence::Party(id, part, _) = evidence {
        writer.gap();
        writer.verdict(id, VerdictForm::Whole, |block| block.aspect == Some(part));
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

/// The statement in question, in words. Those about all claims on an event or an aspect have a page of their own.
fn statement(writer: &DocumentWriter<'_>, evidence: Evidence) -> Vec<TextRun> {
    let timeline = writer.timeline;
    let of = |id: EventId| timeline.event(id);
    let dated = |id: EventId, verb: &str, when: Option<&EventDate>| {
        let when = when.map_or_else(|| run(Role::Imprecise, "time not stated"), sentence);
        vec![writer.event(id), quiet(verb), when]
    };
    match evidence {
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
        Evidence::Event(id) | Evidence::Aspect(id, _) => vec![writer.event(id)],
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
        .map(|(head, claims)| {
            let head = group_head(writer.timeline, head, claims);
            // The page of a claim has each copy: a folded row leads there.
            match evidence {
                Evidence::Claim(_) => ClaimGroup::each(head, claims),
                _ => ClaimGroup::folded(writer.timeline, head, claims),
            }
        })
        .collect();
    if groups.is_empty() {
        return;
    }
    let mut parts = vec![ClaimColumn::Day, ClaimColumn::Speaker, ClaimColumn::Stance];
    parts.extend_from_slice(match evidence {
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
