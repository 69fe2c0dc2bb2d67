//! What there is to say about an event: the facts, what is claimed by whom, and what it is tied to.

use super::writer::{Writer, date, join, phase, plain, quiet, quote, run};
use super::{Block, Role, Run};
use crate::date::EventDate;
use crate::timeline::likelihood::Term;
use crate::timeline::term::{Aspect, Confidence, LinkKind, Stance};
use crate::timeline::{Claim, ClaimValue, Event, EventId, Link, Source};

pub(super) fn write(writer: &mut Writer<'_>, id: EventId) {
    let timeline = writer.timeline;
    let event = timeline.event(id);
    writer.title(event.title());
    writer.gap();
    facts(writer, event);
    writer.paragraphs(event.summary());
    claims(writer, event);
    links(writer, event);
    sources(writer, event);
}

/// One layer of an event; one that is not known adds nothing.
pub(super) fn write_layer(writer: &mut Writer<'_>, id: EventId, layer: &str) {
    let event = writer.timeline.event(id);
    match layer {
        "summary" => writer.paragraphs(event.summary()),
        "claims" => claims(writer, event),
        "sources" => sources(writer, event),
        "links" => links(writer, event),
        _ => {}
    }
}

fn facts(writer: &mut Writer<'_>, event: Event<'_>) {
    let timeline = writer.timeline;
    let when = event.when().map_or_else(
        || vec![run(Role::Imprecise, "undated: no source says when")],
        |when| {
            vec![Run {
                text: when.sentence(),
                ..date(when)
            }]
        },
    );
    writer.fact("when", when);
    writer.fact("discovered", dated(event.discovered()));
    writer.fact("disclosed", dated(event.disclosed()));
    let phases = Some(event.phase()).filter(|phase| !phase.is_empty());
    writer.fact("phase", phases.map(phase).into_iter().collect());
    let actors = writer.entities(event.actors(), Role::Actor);
    writer.fact("actors", actors);
    let targets = writer.entities(event.targets(), Role::Target);
    writer.fact("targets", targets);
    let techniques = event
        .techniques()
        .filter_map(|id| timeline.techniques().find(id));
    let techniques = techniques.map(|id| vec![writer.technique(id)]).collect();
    writer.fact("techniques", join(techniques, ", "));
    let lanes: Vec<&str> = event
        .lanes()
        .iter()
        .map(|&lane| timeline.lanes().word(lane))
        .collect();
    writer.text_fact(
        "lane",
        Some(lanes.join(", ").as_str()).filter(|lanes| !lanes.is_empty()),
    );
    let tags: Vec<&str> = event.tags().collect();
    writer.text_fact(
        "tags",
        Some(tags.join(", ").as_str()).filter(|tags| !tags.is_empty()),
    );
    writer.text_fact(
        "marking",
        event.tlp().map(|tlp| format!("TLP:{tlp}")).as_deref(),
    );
}

fn dated(when: Option<&EventDate>) -> Vec<Run> {
    when.map(|when| Run {
        text: when.sentence(),
        ..date(when)
    })
    .into_iter()
    .collect()
}

/// Claims stand side by side, aspect by aspect: nothing is merged, and what differs is marked.
fn claims(writer: &mut Writer<'_>, event: Event<'_>) {
    let claims: Vec<&Claim> = event.claims().map(|(_, claim)| claim).collect();
    if claims.is_empty() {
        return;
    }
    let contested = event.contested();
    for &aspect in Aspect::ALL {
        let about: Vec<&Claim> = claims
            .iter()
            .copied()
            .filter(|claim| claim.about == aspect)
            .collect();
        if about.is_empty() {
            continue;
        }
        let remark = match (contested.contains(&aspect), about.len()) {
            (true, _) => vec![run(Role::Contested, "⚑ contested")],
            (false, count) => vec![quiet(&count.to_string())],
        };
        writer.heading(aspect_heading(aspect), remark);
        for claim in about {
            let item = claim_item(writer, claim);
            writer.block(item);
        }
    }
}

const fn aspect_heading(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Event => "Claims on what happened",
        Aspect::Date => "Claims on when",
        Aspect::Actor => "Claims on who did it",
        Aspect::Target => "Claims on who was meant",
        Aspect::Method => "Claims on how",
        Aspect::Effect => "Claims on the effect",
    }
}

fn claim_item(writer: &Writer<'_>, claim: &Claim) -> Block {
    let said = claim
        .said
        .as_ref()
        .map_or_else(|| run(Role::Imprecise, "no date"), date);
    let speaker = claim.by.map_or_else(
        || quiet("speaker not given"),
        |by| writer.entity(by, Role::Speaker),
    );
    let mut body = vec![speaker, plain(" "), stance(claim.stance)];
    if let Some(value) = &claim.value {
        body.push(quiet(": "));
        body.push(claim_value(writer, claim, value));
    }
    let mut notes = Vec::new();
    notes.extend(claim.text.as_deref().map(|text| vec![plain(text)]));
    notes.push(words_and_likelihood(claim));
    notes.push(place_in_source(writer, claim));
    notes.retain(|note| !note.is_empty());
    Block::Item {
        mark: vec![said],
        body,
        notes,
    }
}

fn stance(stance: Stance) -> Run {
    match stance {
        Stance::Asserts => quiet("says"),
        Stance::Denies => run(Role::Denies, "denies"),
        Stance::Doubts => run(Role::Denies, "doubts"),
    }
}

fn claim_value(writer: &Writer<'_>, claim: &Claim, value: &ClaimValue) -> Run {
    match value {
        ClaimValue::Entity(id) if claim.about == Aspect::Target => writer.entity(*id, Role::Target),
        ClaimValue::Entity(id) => writer.entity(*id, Role::Actor),
        ClaimValue::Date(when) => date(when),
        ClaimValue::Text(text) => plain(text),
    }
}

/// The exact words, where they stand on the speaker's own yardstick, and confidence apart from both.
fn words_and_likelihood(claim: &Claim) -> Vec<Run> {
    let mut parts = Vec::new();
    parts.extend(claim.words.as_deref().map(|words| vec![quote(words)]));
    if let Some(term) = claim.likelihood_term() {
        let name = claim.yardstick.as_str().to_uppercase();
        parts.push(vec![
            quiet(&bar(term)),
            quiet(&format!("{} to {} % on {name}", term.from, term.to)),
        ]);
    }
    parts.extend(
        claim
            .confidence
            .map(|level: Confidence| vec![quiet(&format!("confidence {level}"))]),
    );
    join(parts, ", ")
}

/// The range of a term on the whole of its yardstick, five per cent a cell.
fn bar(term: &Term) -> String {
    let cell = |cell: u8| {
        if (term.from..term.to).contains(&(cell * 5 + 2)) {
            '█'
        } else {
            '·'
        }
    };
    let cells: String = (0..20).map(cell).collect();
    format!("▕{cells}▏ ")
}

fn place_in_source(writer: &Writer<'_>, claim: &Claim) -> Vec<Run> {
    let Some(id) = claim.source else {
        return vec![quiet("no source given")];
    };
    let mut runs = vec![quiet("in "), writer.source(id)];
    runs.extend(standing(writer.timeline.source(id)));
    runs.extend(claim.at.as_deref().map(|at| quiet(&format!(", {at}"))));
    runs
}

/// A reader is told when a document is not the speaker's own.
pub(super) fn standing(source: &Source) -> Option<Run> {
    use crate::timeline::term::Standing;
    match source.standing? {
        Standing::Primary => None,
        Standing::Copy => Some(quiet(" (a copy)")),
        Standing::Secondary => Some(quiet(" (a secondary source)")),
    }
}

fn links(writer: &mut Writer<'_>, event: Event<'_>) {
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
            body.push(date(when));
        }
        let lag = lag(event, other, *link).map(|words| vec![quiet(&words)]);
        writer.block(Block::Item {
            mark: vec![quiet(link.reads())],
            body,
            notes: lag.into_iter().collect(),
        });
    }
}

/// How long after the one the other came, where one is a response to the other or says who was behind it.
fn lag(event: Event<'_>, other: Event<'_>, link: Link) -> Option<String> {
    let follows = match (link.kind, link.reversed) {
        (LinkKind::RespondsTo, reversed) => reversed,
        (LinkKind::AttributedBy | LinkKind::DisclosedBy, reversed) => !reversed,
        _ => return None,
    };
    let (when, other) = (event.when()?, other.when()?);
    Some(if follows {
        when.lag_to(other).words()
    } else {
        format!("this came {}", other.lag_to(when).words())
    })
}

fn sources(writer: &mut Writer<'_>, event: Event<'_>) {
    let sources = event.sources();
    if sources.is_empty() {
        return;
    }
    let roots = writer.timeline.roots(sources).len();
    let remark = match (sources.len(), roots) {
        (1, _) => "1".to_owned(),
        (count, roots) => format!("{count}, {roots} independent"),
    };
    writer.heading("Sources", vec![quiet(&remark)]);
    for &id in sources {
        let source = writer.timeline.source(id);
        let published = source
            .published
            .as_ref()
            .map_or_else(|| quiet("no date"), date);
        let mut body = vec![writer.source(id)];
        body.extend(standing(source));
        let issuer = source.publisher.as_deref().map(|name| vec![quiet(name)]);
        writer.block(Block::Item {
            mark: vec![published],
            body,
            notes: issuer.into_iter().collect(),
        });
    }
}
