//! The page of an event: its facts, its claims, and its links.

use super::block::DocumentBlock;
use super::changes;
use super::claim_rows::by_aspect;
use super::claims;
use super::evidence::linked;
use super::marks;
use super::role::Role;
use super::statements::with_statements;
use super::subject::Evidence;
use super::text_run::{TextRun, date, join, phase, plain, quiet, run};
use super::verdict::VerdictForm;
use super::writer::DocumentWriter;
use crate::date::EventDate;
use crate::timeline::facts::{FactGroup, FactId, FactValue};
use crate::timeline::term::{Aspect, LinkKind};
use crate::timeline::{ClaimId, Clock, Event, EventId, EventLink};

pub(super) fn write(writer: &mut DocumentWriter<'_>, id: EventId) {
    write_below(writer, id, |_| {});
}

/// The same, with the marks of people below the title.
pub(super) fn write_with_marks(writer: &mut DocumentWriter<'_>, id: EventId) {
    write_below(writer, id, |writer| marks::of_event(writer, id));
}

fn write_below(
    writer: &mut DocumentWriter<'_>,
    id: EventId,
    marks: impl FnOnce(&mut DocumentWriter<'_>),
) {
    above_sections(writer, id, marks);
    let event = writer.timeline.event(id);
    attributes(writer, event);
    claims(writer, event);
    links(writer, event);
    sources(writer, event);
}

/// What is above the first section: the title, the verdict, the facts and the summary.
pub(super) fn write_above_sections(writer: &mut DocumentWriter<'_>, id: EventId) {
    above_sections(writer, id, |_| {});
}

fn above_sections(
    writer: &mut DocumentWriter<'_>,
    id: EventId,
    marks: impl FnOnce(&mut DocumentWriter<'_>),
) {
    let event = writer.timeline.event(id);
    writer.title(event.title());
    marks(writer);
    changes::of_event(writer, id);
    writer.gap();
    // The facts that follow show what the author states without a claim.
    writer.verdict(id, VerdictForm::First, |block| block.aspect.is_some());
    writer.gap();
    let has_verdict = |block: &DocumentBlock| match block {
        DocumentBlock::Verdict(verdict) => verdict.aspect == Some(Aspect::Date),
        _ => false,
    };
    // Above it the verdict says `When` in the words of the claims.
    let when = if writer.has(has_verdict) {
        "dated"
    } else {
        "when"
    };
    facts(writer, event, when);
    writer.paragraphs(event.summary());
}

/// The claims on an event side by side, without what they say together.
pub(super) fn write_claims(writer: &mut DocumentWriter<'_>, id: EventId) {
    let event = writer.timeline.event(id);
    claims(writer, event);
}

/// The facts of an event, and the attributes from its log.
pub(super) fn write_facts(writer: &mut DocumentWriter<'_>, id: EventId) {
    let event = writer.timeline.event(id);
    facts(writer, event, "when");
    attributes(writer, event);
}

/// One layer of an event; an unknown one adds nothing.
pub(super) fn write_layer(writer: &mut DocumentWriter<'_>, id: EventId, layer: &str) {
    let event = writer.timeline.event(id);
    match layer {
        "summary" => writer.paragraphs(event.summary()),
        "claims" => {
            writer.verdict(id, VerdictForm::Whole, |_| true);
            claims(writer, event);
        }
        "sources" => sources(writer, event),
        "links" => links(writer, event),
        _ => {}
    }
}

/// The facts with their labels, group by group; `when` is that of the date. Prose and sources have places of their own.
fn facts(writer: &mut DocumentWriter<'_>, event: Event<'_>, when: &'static str) {
    let mut on_page: Vec<FactId> = FactId::all()
        .filter(|fact| !matches!(fact.row().group, FactGroup::Prose | FactGroup::Sources))
        .collect();
    on_page.sort_by_key(|fact| fact.row().group);
    for id in on_page {
        let fact = id.row();
        let stated = stated(writer, event, id);
        let runs = match fact.aspect() {
            Some(aspect) => with_contest(event, aspect, stated),
            None => stated,
        };
        let label = if id == FactId::WHEN { when } else { fact.label };
        writer.fact(label, runs);
    }
    super::redactions::of_event(writer, event);
}

/// The value of a fact, if any. Undated events say so.
pub(super) fn stated(writer: &DocumentWriter<'_>, event: Event<'_>, fact: FactId) -> Vec<TextRun> {
    match fact.row().value(event) {
        FactValue::Text(text) => Some(text)
            .filter(|text| !text.is_empty())
            .map(plain)
            .into_iter()
            .collect(),
        FactValue::Date(clock, when) => {
            let mut runs = linked(
                dated(clock, when.as_deref()),
                evidence_on(event.id(), clock),
            );
            if clock == Clock::Happened {
                let later = super::redactions::date_said_later(event);
                runs.extend(later.map(|words| quiet(&format!(", {words}"))));
            }
            runs
        }
        FactValue::Word(word) if fact == FactId::PHASE => word.map(phase).into_iter().collect(),
        FactValue::Word(word) => word.map(plain).into_iter().collect(),
        FactValue::Words(_, terms) if fact == FactId::TECHNIQUES => {
            let techniques = terms.iter().map(|&id| vec![writer.technique(id)]);
            join(techniques.collect(), ", ")
        }
        FactValue::Words(_, []) => Vec::new(),
        FactValue::Words(vocabulary, terms) => {
            let words: Vec<&str> = terms.iter().map(|&term| vocabulary.word(term)).collect();
            vec![plain(&words.join(", "))]
        }
        FactValue::Parties(part, ids) => writer.entities(ids, Role::of_part(part)),
        FactValue::Events(ids) => {
            let events = ids.iter().map(|&id| vec![writer.event(id)]);
            join(events.collect(), ", ")
        }
        FactValue::Sources(ids) => {
            let sources = ids.iter().map(|&id| vec![writer.source(id)]);
            join(sources.collect(), ", ")
        }
        FactValue::Marking(tlp) => tlp
            .map(|tlp| plain(&format!("TLP:{tlp}")))
            .into_iter()
            .collect(),
    }
}

/// The evidence for a date of an event.
const fn evidence_on(event: EventId, clock: Clock) -> Evidence {
    match clock {
        Clock::Happened => Evidence::Aspect(event, Aspect::Date),
        Clock::Discovered => Evidence::Discovered(event),
        Clock::Disclosed => Evidence::Disclosed(event),
        Clock::Attributed => Evidence::Aspect(event, Aspect::Actor),
    }
}

/// Marks a fact on which claims differ, so that no reader takes it for the only version.
fn with_contest(event: Event<'_>, aspect: Aspect, mut stated: Vec<TextRun>) -> Vec<TextRun> {
    if event.contested().contains(&aspect) {
        if stated.is_empty() {
            stated.push(quiet("not stated"));
        }
        stated.push(run(Role::Contested, " ⚑ claims differ"));
    }
    stated
}

/// A date in the words of a sentence.
fn dated(clock: Clock, when: Option<&EventDate>) -> Vec<TextRun> {
    match (clock, when) {
        (_, Some(when)) => vec![TextRun {
            text: when.sentence(),
            ..date(when)
        }],
        (Clock::Happened, None) => vec![run(Role::Imprecise, "undated: no source says when")],
        (Clock::Discovered | Clock::Disclosed | Clock::Attributed, None) => Vec::new(),
    }
}

/// The attributes from the log, in the log's own names and order.
fn attributes(writer: &mut DocumentWriter<'_>, event: Event<'_>) {
    let attributes = event.attributes();
    if attributes.len() == 0 {
        return;
    }
    writer.heading("In the log", vec![quiet(&attributes.len().to_string())]);
    for (name, value) in attributes {
        writer.named(name, value);
    }
}

/// Claims side by side, aspect by aspect, oldest first: differences are marked, and nothing is merged but copies of one
/// text.
fn claims(writer: &mut DocumentWriter<'_>, event: Event<'_>) {
    let of_each = by_aspect(event);
    if of_each.is_empty() {
        return;
    }
    let groups = of_each.iter().map(|(aspect, claims)| {
        let head = aspect_head(event, *aspect, claims);
        claims::ClaimGroup::folded(writer.timeline, head, claims)
    });
    let groups: Vec<claims::ClaimGroup> = groups.collect();
    writer.gap();
    let table = claims::table(writer, claims::ON_EVENT, &groups);
    writer.block(table);
}

/// The heading for the claims on an aspect: how many there are, and what they differ on.
pub(super) fn aspect_head(event: Event<'_>, aspect: Aspect, claims: &[ClaimId]) -> Vec<TextRun> {
    let differences = event.differences(aspect);
    let about = event.claims().filter(|(_, claim)| claim.about == aspect);
    let silent = about.filter(|(_, claim)| claim.is_silent()).count();
    let counted = claims::counted(claims.len(), silent);
    let mut runs = vec![
        run(Role::Heading, aspect_heading(aspect)),
        plain(" "),
        quiet(&counted),
    ];
    if differences.any() {
        let points = [
            (differences.stance, "stance"),
            (differences.value, "value"),
            (differences.words, "words"),
        ];
        let points: Vec<&str> = points
            .iter()
            .filter(|(differs, _)| *differs)
            .map(|(_, point)| *point)
            .collect();
        runs.extend([
            plain(" "),
            run(
                Role::Contested,
                &format!("⚑ contested: {}", points.join(", ")),
            ),
        ]);
    }
    runs
}

const fn aspect_heading(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Event => "Claims on what happened",
        Aspect::Date => "Claims on when",
        Aspect::Actor => "Claims on who did it",
        Aspect::Target => "Claims on the target",
        Aspect::Accused => "Claims on who is accused",
        Aspect::Addressee => "Claims on who was addressed",
        Aspect::Capacity => "Claims on the capacity",
        Aspect::Number => "Claims on how many",
        Aspect::Method => "Claims on how",
        Aspect::Effect => "Claims on the effect",
        Aspect::Status => "Claims on the status",
        Aspect::Reason => "Claims on what for",
        Aspect::Response => "Claims on the response",
    }
}

fn links(writer: &mut DocumentWriter<'_>, event: Event<'_>) {
    let links = event.links();
    if links.is_empty() {
        return;
    }
    writer.heading("Linked events", vec![quiet(&links.len().to_string())]);
    for link in links {
        let other = writer.timeline.event(link.to);
        let mut body = vec![writer.event(link.to)];
        if let Some(when) = other.when() {
            body.push(quiet(", "));
            body.push(date(&when));
        }
        let lag = lag(event, other, *link).map(|words| vec![quiet(&words)]);
        writer.block(DocumentBlock::Item {
            mark: vec![quiet(link.reads())],
            body,
            notes: lag.into_iter().collect(),
        });
    }
}

/// How much later or earlier than one event the other began, if one responds to, attributes or discloses the other.
pub(crate) fn lag(event: Event<'_>, other: Event<'_>, link: EventLink) -> Option<String> {
    let follows = match (link.kind, link.reversed) {
        (LinkKind::RespondsTo, reversed) => reversed,
        (LinkKind::AttributedBy | LinkKind::DisclosedBy, reversed) => !reversed,
        _ => return None,
    };
    let (when, other) = (event.when()?, other.when()?);
    Some(if follows {
        when.lag_to(&other).later()
    } else {
        other.lag_to(&when).earlier()
    })
}

fn sources(writer: &mut DocumentWriter<'_>, event: Event<'_>) {
    let sources = event.sources();
    if sources.is_empty() {
        return;
    }
    let remark = with_statements(writer.timeline, &sources.len().to_string(), sources);
    writer.heading("Sources", vec![quiet(&remark)]);
    for &id in sources {
        let source = writer.timeline.source(id);
        let published = source
            .published
            .as_ref()
            .map_or_else(|| quiet("no date"), date);
        let body = claims::source(writer, id);
        let issuer = source.publisher.as_deref().map(|name| vec![quiet(name)]);
        writer.block(DocumentBlock::Item {
            mark: vec![published],
            body,
            notes: issuer.into_iter().collect(),
        });
    }
}
