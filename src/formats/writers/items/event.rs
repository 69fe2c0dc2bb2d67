//! An event with its facts, links and claims, under the keys of its file.

use serde_json::Value;

use super::super::json_text::OrderedObject;
use super::{FileItems, UNREAD, put_day, put_marking};
use crate::formats::toml::key_names::{ID, TITLE};
use crate::timeline::facts::{FactGroup, FactId, FactValue};
use crate::timeline::term::Confidence;
use crate::timeline::{Claim, ClaimValue, Event, EventId, SourceId};

/// Another value for a fact; `None` for the event's own.
pub(in crate::formats) type FactOverride = fn(Event<'_>, FactId) -> Option<Value>;

impl FileItems<'_> {
    pub fn event(&self, id: EventId) -> OrderedObject {
        self.event_with(id, |_, _| None)
    }

    /// An event with other values for some of its facts.
    pub fn event_with(&self, id: EventId, other: FactOverride) -> OrderedObject {
        let event = self.timeline.event(id);
        let mut out = OrderedObject::default();
        out.put(ID, event.key().as_ref());
        put_fact(self, &mut out, event, FactId::WHEN);
        out.put(TITLE, event.title());
        for fact in in_file() {
            match (fact.row().key, other(event, fact)) {
                (Some(key), Some(value)) => out.put(key, value),
                _ => put_fact(self, &mut out, event, fact),
            }
        }
        let links = event.links().iter().filter(|link| !link.reversed);
        let links = links.filter(|link| self.exported.contains(&link.to));
        let links = links.map(|link| {
            let mut out = OrderedObject::default();
            out.put("to", self.timeline.event(link.to).key().as_ref());
            out.put("as", link.kind.as_str());
            out
        });
        out.put_list("links", links.collect());
        let claims = event.claims().map(|(_, it)| claim(self, it));
        out.put_list("claims", claims.collect());
        out
    }
}

/// The facts in the order of the file, without the date: prose comes late, and the marking last.
fn in_file() -> impl Iterator<Item = FactId> {
    let rank = |fact: &FactId| match fact.row().group {
        FactGroup::Handling => 2,
        FactGroup::Prose => 1,
        FactGroup::Time | FactGroup::Deed | FactGroup::Filing | FactGroup::Sources => 0,
    };
    let of_rank = move |number| FactId::all().filter(move |fact| rank(fact) == number);
    (0..=2)
        .flat_map(of_rank)
        .filter(|&fact| fact != FactId::WHEN)
}

fn put_fact(items: &FileItems<'_>, out: &mut OrderedObject, event: Event<'_>, fact: FactId) {
    let timeline = items.timeline;
    let Some(key) = fact.row().key else {
        return;
    };
    match fact.row().value(event) {
        FactValue::Text(text) => out.put(key, text),
        FactValue::Date(_, when) => {
            let is_unread = fact == FactId::DISCLOSED && event.day_unread();
            put_day(out, key, when.as_deref(), is_unread);
        }
        FactValue::Word(word) => out.put(key, word),
        FactValue::Words(words, terms) => {
            let words = terms.iter().map(|&term| words.word(term));
            out.put(key, words.collect::<Vec<_>>());
        }
        FactValue::Parties(_, ids) => {
            let keys = ids.iter().map(|&id| timeline.entity(id).key.as_str());
            out.put(key, keys.collect::<Vec<_>>());
        }
        FactValue::Events(ids) => out.put(key, items.keys(ids.iter().copied())),
        // Claims state their own.
        FactValue::Sources(_) => out.put(key, source_keys(items, event.listed())),
        FactValue::Marking(tlp) => put_marking(out, tlp),
    }
}

fn source_keys(items: &FileItems<'_>, sources: &[SourceId]) -> Vec<String> {
    let keys = sources
        .iter()
        .map(|&id| items.timeline.source(id).key.clone());
    keys.collect()
}

fn claim(items: &FileItems<'_>, claim: &Claim) -> OrderedObject {
    let timeline = items.timeline;
    let mut out = OrderedObject::default();
    out.put("id", claim.key.as_deref());
    let answers = claim.answers.iter();
    let answers = answers.filter_map(|&id| timeline.claim(id).key.clone());
    out.put("answers", answers.collect::<Vec<_>>());
    out.put("by", claim.by.map(|id| timeline.entity(id).key.as_str()));
    out.put(
        "source",
        claim.source.map(|id| timeline.source(id).key.as_str()),
    );
    out.put("at", claim.at.as_deref());
    if claim.day_unread {
        out.put("said", UNREAD);
    } else if !claim.is_dated_by_source {
        put_day(&mut out, "said", claim.said.as_ref(), false);
    }
    out.put("about", claim.about.as_str());
    match &claim.value {
        None => {}
        Some(ClaimValue::Entity(id)) => out.put("value", timeline.entity(*id).key.as_str()),
        Some(ClaimValue::Date(when)) => out.put("value", when.written()),
        Some(ClaimValue::Text(text)) => out.put("value", text.as_str()),
    }
    out.put("stance", claim.stance.as_str());
    out.put("text", claim.text.as_deref());
    out.put("words", claim.words.as_deref());
    out.put("likelihood", claim.likelihood.as_deref());
    let yardstick =
        (claim.yardstick != timeline.head().yardstick).then(|| claim.yardstick.as_str());
    out.put("yardstick", yardstick);
    out.put("confidence", claim.confidence.map(Confidence::as_str));
    put_marking(&mut out, claim.tlp);
    out
}
