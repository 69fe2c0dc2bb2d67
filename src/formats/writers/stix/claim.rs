//! Claims as notes, each on what it is about. A denial or a doubt is also an opinion, if what it speaks of is an object.
//!
//! The likelihood of a claim is in its words and nowhere else: an opinion is agreement, and a confidence is that of the
//! producer.

use std::collections::HashMap;

use super::bundle::{BundleWriter, LabelledText, named};
use super::entity;
use super::relation::party_id;
use super::source::{self, ReferenceExtent};
use super::subject::subjects;
use crate::formats::stix::date_words::{UNREAD, date_words};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, Stance, Tlp};
use crate::timeline::{Claim, ClaimId, ClaimValue, Event, Timeline};

const NOTE: &str = "note";
const OPINION: &str = "opinion";

/// A claim that has a note.
struct NotedClaim {
    key: Vec<String>,
    id: String,
    /// The strictest marking of the claim, of what it names, and of the notes of the claims that it answers.
    tlp: Option<Tlp>,
}

/// Adds the claims about all exported events.
pub(super) fn add_claims(writer: &mut BundleWriter<'_>) {
    let timeline = writer.timeline;
    let events: Vec<Event<'_>> = (writer.exported.iter())
        .map(|&id| timeline.event(id))
        .collect();
    let mut noted = HashMap::new();
    for event in &events {
        for (id, claim) in event.claims() {
            let key = writer.unique(NOTE, key(writer, *event, claim));
            let parts: Vec<&str> = key.iter().map(String::as_str).collect();
            let claim = NotedClaim {
                id: writer.id(NOTE, &parts),
                tlp: level(writer, *event, claim),
                key,
            };
            noted.insert(id, claim);
        }
    }
    raise_levels(timeline, &mut noted);
    for event in events {
        for (id, claim) in event.claims() {
            add_note(writer, event, claim, &noted[&id], &noted);
            if claim.stance.objects() {
                add_opinion(writer, event, claim, &noted[&id], &noted);
            }
        }
    }
}

/// What does not change when the words of a claim do: its id, or else who says what about which aspect, and where.
fn key(writer: &BundleWriter<'_>, event: Event<'_>, claim: &Claim) -> Vec<String> {
    let timeline = writer.timeline;
    let event = event.key().into_owned();
    if let Some(key) = &claim.key {
        return vec![event, "claim".to_owned(), key.clone()];
    }
    let by = claim.by.map(|id| timeline.entity(id).key.clone());
    let source = claim.source.map(|id| timeline.source(id).key.clone());
    vec![
        event,
        claim.about.as_str().to_owned(),
        by.unwrap_or_default(),
        source.unwrap_or_default(),
        claim.stance.as_str().to_owned(),
        value_key(writer, claim),
    ]
}

fn value_key(writer: &BundleWriter<'_>, claim: &Claim) -> String {
    match &claim.value {
        None => String::new(),
        Some(ClaimValue::Entity(id)) => writer.timeline.entity(*id).key.clone(),
        Some(ClaimValue::Date(when)) => when.written().to_owned(),
        Some(ClaimValue::Text(text)) => text.clone(),
    }
}

/// The strictest marking of a claim and of what it names, but for the claims that it answers.
fn level(writer: &BundleWriter<'_>, event: Event<'_>, claim: &Claim) -> Option<Tlp> {
    let value = match &claim.value {
        Some(ClaimValue::Entity(id)) => Some(*id),
        _ => None,
    };
    let entities = claim.by.into_iter().chain(value);
    let entities = entities.map(|id| entity::level(writer, id));
    let source = claim.source.map(|id| source::level(writer, id));
    let own = [writer.level(claim.tlp), writer.level(event.tlp())];
    entities.chain(source).chain(own).max().flatten()
}

/// Marks each note as strictly as the notes to which it refers. Those refer to others in turn.
fn raise_levels(timeline: &Timeline, noted: &mut HashMap<ClaimId, NotedClaim>) {
    let mut answers: HashMap<ClaimId, Vec<ClaimId>> = HashMap::new();
    let mut raised: Vec<ClaimId> = Vec::new();
    for (id, claim) in timeline.claims().filter(|(id, _)| noted.contains_key(id)) {
        raised.push(id);
        for &to in &claim.answers {
            answers.entry(to).or_default().push(id);
        }
    }
    while let Some(id) = raised.pop() {
        let Some(tlp) = noted.get(&id).map(|it| it.tlp) else {
            continue;
        };
        for answer in answers.get(&id).into_iter().flatten() {
            if let Some(note) = noted.get_mut(answer).filter(|it| it.tlp < tlp) {
                note.tlp = tlp;
                raised.push(*answer);
            }
        }
    }
}

/// The claims that a claim answers, if they have notes.
fn answered<'n>(
    claim: &'n Claim,
    noted: &'n HashMap<ClaimId, NotedClaim>,
) -> impl Iterator<Item = &'n NotedClaim> {
    claim.answers.iter().filter_map(|id| noted.get(id))
}

fn add_note(
    writer: &mut BundleWriter<'_>,
    event: Event<'_>,
    claim: &Claim,
    own: &NotedClaim,
    noted: &HashMap<ClaimId, NotedClaim>,
) {
    let key: Vec<&str> = own.key.iter().map(String::as_str).collect();
    let mut object = writer.object(NOTE, &key, own.tlp);
    let members = &mut object.members;
    members.put("abstract", headline(writer, claim));
    members.put("content", content(writer, event, claim));
    members.put(
        "authors",
        author(writer, claim).into_iter().collect::<Vec<_>>(),
    );
    let mut refs = subjects(writer, event);
    refs.extend(party(writer, event, claim));
    refs.extend(answered(claim, noted).map(|it| it.id.clone()));
    members.put("object_refs", refs);
    let reference = claim
        .source
        .map(|id| source::reference(writer, id, claim.at.as_deref(), ReferenceExtent::Short));
    members.put_list("external_references", reference.into_iter().collect());
    writer.add(object);
}

/// The entity that a claim names, and its relationship with the event. Programs that know no incidents keep a note on an
/// entity.
fn party(writer: &BundleWriter<'_>, event: Event<'_>, claim: &Claim) -> Vec<String> {
    let Some(ClaimValue::Entity(entity)) = claim.value else {
        return Vec::new();
    };
    let is_party = event.parties(claim.about).contains(&entity);
    let relation = is_party.then(|| party_id(writer, event, claim.about, entity));
    let entity = entity::id(writer, entity);
    relation.into_iter().chain([entity]).collect()
}

/// Adds the opinion of a denial or a doubt: on the claims that it answers, or else on what it contests.
fn add_opinion(
    writer: &mut BundleWriter<'_>,
    event: Event<'_>,
    claim: &Claim,
    own: &NotedClaim,
    noted: &HashMap<ClaimId, NotedClaim>,
) {
    let mut refs: Vec<String> = answered(claim, noted).map(|it| it.id.clone()).collect();
    if refs.is_empty() {
        refs = contested(writer, event, claim);
    }
    if refs.is_empty() {
        return;
    }
    let key: Vec<&str> = own.key.iter().map(String::as_str).collect();
    let mut object = writer.object(OPINION, &key, own.tlp);
    let members = &mut object.members;
    let opinion = match claim.stance {
        Stance::Denies => "strongly-disagree",
        _ => "disagree",
    };
    members.put("opinion", opinion);
    members.put("explanation", content(writer, event, claim));
    members.put(
        "authors",
        author(writer, claim).into_iter().collect::<Vec<_>>(),
    );
    members.put("object_refs", refs);
    writer.add(object);
}

/// The objects that say what a claim contests; none if no object says just that.
fn contested(writer: &BundleWriter<'_>, event: Event<'_>, claim: &Claim) -> Vec<String> {
    match (claim.about, &claim.value) {
        (Aspect::Event, None) => subjects(writer, event),
        (part, Some(ClaimValue::Entity(entity))) if event.parties(part).contains(entity) => {
            vec![party_id(writer, event, part, *entity)]
        }
        _ => Vec::new(),
    }
}

fn author(writer: &BundleWriter<'_>, claim: &Claim) -> Option<String> {
    let speaker = claim.by.map(|id| writer.timeline.entity(id));
    speaker.map(|speaker| named(&speaker.name, "(unnamed)"))
}

/// Such as `The response team asserts: actor`.
fn headline(writer: &BundleWriter<'_>, claim: &Claim) -> String {
    let speaker = author(writer, claim);
    let speaker = speaker.as_deref().unwrap_or("A speaker who is not named");
    let verb = match claim.stance {
        Stance::Silent => "is silent",
        stance => stance.as_str(),
    };
    format!("{speaker} {verb}: {}", claim.about.as_str())
}

/// All that a claim says, line by line, then its own text.
fn content(writer: &BundleWriter<'_>, event: Event<'_>, claim: &Claim) -> String {
    let timeline = writer.timeline;
    let mut words = LabelledText::default();
    let speaker = author(writer, claim);
    words.put("Speaker", speaker.as_deref().unwrap_or("not named"));
    words.put("Event", event.title());
    words.put("About", claim.about.as_str());
    let value = match &claim.value {
        None => String::new(),
        Some(ClaimValue::Entity(id)) => timeline.entity(*id).name.clone(),
        Some(ClaimValue::Date(when)) => date_words(when),
        Some(ClaimValue::Text(text)) => text.clone(),
    };
    words.put("Value", &value);
    words.put("Stance", claim.stance.as_str());
    words.put("Words", claim.words.as_deref().unwrap_or_default());
    words.put("Likelihood", &likelihood(claim));
    words.put(
        "Confidence",
        claim.confidence.map_or("", Confidence::as_str),
    );
    let said = claim.said.as_ref().map(date_words).unwrap_or_default();
    words.put("Said", if claim.day_unread { UNREAD } else { &said });
    words.end(claim.text.as_deref().unwrap_or_default())
}

/// The term on the speaker's yardstick, with its range there.
fn likelihood(claim: &Claim) -> String {
    let Some(word) = &claim.likelihood else {
        return String::new();
    };
    match claim.likelihood_term() {
        None if claim.yardstick == Yardstick::None => word.clone(),
        None => format!("{word} (not on the yardstick {})", claim.yardstick.as_str()),
        Some(term) => format!(
            "{word} ({} to {} % on the yardstick {})",
            term.from,
            term.to,
            claim.yardstick.as_str()
        ),
    }
}
