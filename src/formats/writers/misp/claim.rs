//! Claims and questions as the text of notes.
//!
//! A denial, a likelihood or a confidence is never an opinion of MISP: an opinion of 85 is read as strong agreement, and
//! is what the analyst thinks, not what a speaker says.

use super::writer::MispWriter;
use crate::date::EventDate;
use crate::formats::misp::keyed_text::{KeyedKind, KeyedText, UNREAD};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Confidence, Tlp};
use crate::timeline::{Claim, ClaimValue, Question};

pub(super) fn text(writer: &MispWriter<'_>, claim: &Claim) -> String {
    let timeline = writer.timeline;
    let mut text = KeyedText::new(KeyedKind::Claim);
    text.put("about", claim.about.as_str());
    text.put("stance", claim.stance.as_str());
    match &claim.value {
        None => {}
        Some(ClaimValue::Entity(id)) => {
            let entity = timeline.entity(*id);
            text.put_named("value", &entity.name, &entity.key);
        }
        Some(ClaimValue::Date(when)) => text.put("value", when.written()),
        Some(ClaimValue::Text(value)) => text.put("value", value),
    }
    if let Some(by) = claim.by.map(|id| timeline.entity(id)) {
        text.put_named("by", &by.name, &by.key);
    }
    if let Some(source) = claim.source.map(|id| timeline.source(id)) {
        text.put_named("source", &source.title, &source.key);
    }
    text.put("at", claim.at.as_deref().unwrap_or_default());
    if claim.day_unread {
        text.put("said", UNREAD);
    } else if !claim.is_dated_by_source {
        text.put("said", claim.said.as_ref().map_or("", EventDate::written));
    }
    text.put("words", claim.words.as_deref().unwrap_or_default());
    text.put(
        "likelihood",
        claim.likelihood.as_deref().unwrap_or_default(),
    );
    if claim.yardstick != Yardstick::None {
        text.put("yardstick", claim.yardstick.as_str());
    }
    text.put(
        "confidence",
        claim.confidence.map_or("", Confidence::as_str),
    );
    text.put("tlp", claim.tlp.map_or("", Tlp::as_str));
    text.put("id", claim.key.as_deref().unwrap_or_default());
    for &answered in &claim.answers {
        let key = timeline.claim(answered).key.as_deref();
        text.put("answers", key.unwrap_or_default());
    }
    text.end(claim.text.as_deref().unwrap_or_default())
}

pub(super) fn question(writer: &MispWriter<'_>, question: &Question) -> String {
    let mut text = KeyedText::new(KeyedKind::Question);
    text.put("status", question.status.as_str());
    for &id in question.events.iter().filter(|id| writer.has(**id)) {
        let event = writer.timeline.event(id);
        text.put_named("event", event.title(), &event.key());
    }
    text.put("settles", question.settles.as_deref().unwrap_or_default());
    text.put("tlp", question.tlp.map_or("", Tlp::as_str));
    text.end(&question.text)
}
