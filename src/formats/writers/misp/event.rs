//! An event as an object `event` of MISP, with its references and the notes of its claims.

use super::claim;
use super::event_times::{EventTimes, FidelityStamp};
use super::object::MispObject;
use super::templates;
use super::writer::MispWriter;
use crate::date::EventDate;
use crate::formats::misp::keyed_text::{KeyedKind, KeyedText, UNREAD};
use crate::formats::misp::relations;
use crate::formats::misp::tags::{TaggedFact, confidence_tag, likelihood_tag, marking_tag};
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::{Aspect, Stance};
use crate::timeline::{Claim, Event};

pub(super) fn event(writer: &MispWriter<'_>, event: Event<'_>) -> OrderedObject {
    let mut out = MispObject::new(writer, &templates::EVENT, &event.key(), comment(event));
    let when = event.when();
    let is_ongoing = when.as_ref().is_some_and(EventDate::is_ongoing);
    out.put("status", if is_ongoing { "ongoing" } else { "occurred" });
    out.put("name", event.title());
    out.put("description", event.summary());
    if let Some(times) = when.as_ref().map(EventTimes::of) {
        put_end(&mut out, ["start_time", "start_time_fidelity"], times.start);
        put_end(&mut out, ["end_time", "end_time_fidelity"], times.end);
    }
    put_tags(&mut out, event);
    put_references(&mut out, writer, event);
    for (number, (_, claim)) in event.claims().enumerate() {
        let key = claim.key.clone().unwrap_or_else(|| number.to_string());
        let authors = claim.by.map(|id| writer.timeline.entity(id).name.as_str());
        let text = claim::text(writer, claim);
        out.note(&key, authors.unwrap_or("unknown speaker"), &text);
    }
    out.end()
}

fn put_end(
    out: &mut MispObject<'_>,
    [time, fidelity]: [&'static str; 2],
    end: Option<FidelityStamp>,
) {
    if let Some(end) = end {
        out.put(time, &end.stamp);
        out.put(fidelity, end.fidelity.as_str());
    }
}

/// The id, and the dates in the words of their source.
fn comment(event: Event<'_>) -> String {
    let mut text = KeyedText::new(KeyedKind::Event);
    text.put("id", &event.key());
    let put = |text: &mut KeyedText, key, when: Option<&EventDate>| {
        text.put(key, when.map_or("", EventDate::written));
    };
    put(&mut text, "when", event.when().as_ref());
    put(&mut text, "discovered", event.discovered());
    if event.day_unread() && event.disclosed().is_none() {
        text.put("disclosed", UNREAD);
    }
    put(&mut text, "disclosed", event.disclosed());
    text.end("")
}

fn put_tags(out: &mut MispObject<'_>, event: Event<'_>) {
    if let Some(tlp) = event.tlp() {
        out.tag(marking_tag(tlp));
    }
    let lanes = event.timeline().lanes();
    if !event.phase().is_empty() {
        out.tag(TaggedFact::Phase.tag(event.phase()));
    }
    for &lane in event.lanes() {
        out.tag(TaggedFact::Lane.tag(lanes.word(lane)));
    }
    for tag in event.tags() {
        out.tag(TaggedFact::Tag.tag(tag));
    }
    if let Some(claim) = only_claim(event) {
        let likelihood = claim.likelihood.as_deref();
        let likelihood = likelihood.and_then(|word| likelihood_tag(claim.yardstick, word));
        let confidence = claim.confidence.map(confidence_tag);
        for tag in likelihood.into_iter().chain(confidence) {
            out.tag(tag);
        }
    }
}

/// The claim that the event happened, if it is the only one. What a claim says of another aspect, or what others object
/// to, would read as said of the event.
fn only_claim(event: Event<'_>) -> Option<&Claim> {
    let mut claims = event.claims().map(|(_, claim)| claim);
    let mut about = claims.by_ref().filter(|claim| claim.about == Aspect::Event);
    let only = about.next().filter(|_| about.next().is_none())?;
    (only.stance == Stance::Asserts).then_some(only)
}

fn put_references(out: &mut MispObject<'_>, writer: &MispWriter<'_>, event: Event<'_>) {
    for (part, id) in event.all_parties() {
        out.refer(relations::of_party(part), &writer.entity_uuid(id));
    }
    for technique in event.techniques() {
        out.refer(relations::USES, &writer.technique_uuid(technique));
    }
    for &source in event.sources() {
        let words = if event.listed().contains(&source) {
            relations::CARRIED_BY
        } else {
            relations::CLAIMED_IN
        };
        out.refer(words, &writer.source_uuid(source));
    }
    for link in event.links().iter().filter(|link| !link.reversed) {
        if writer.has(link.to) {
            out.refer(relations::of_link(link.kind), &writer.event_uuid(link.to));
        }
    }
    for &earlier in event.after() {
        if writer.has(earlier) {
            out.refer(relations::AFTER, &writer.event_uuid(earlier));
        }
    }
}
