//! The items of a timeline: each key with its value, from the walk of JSON, which is that of the reports of losses.
//!
//! Ids are replaced by names and titles, since some forms make ids anew. Dates are compared by what they say, texts without
//! their line breaks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dateline::date::EventDate;
use dateline::formats::writers::loss::Content;
use dateline::timeline::Timeline;
use serde_json::{Map, Value};

use crate::support::program::written;

type Object = Map<String, Value>;

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The id that the event has in the original; `None` for what is outside of events.
    pub event: Option<String>,
    pub content: Content,
    pub key: String,
    pub value: String,
}

/// A timeline, and how its ids are replaced.
struct Walk<'t> {
    whole: &'t Object,
    /// The ids that events have in the original.
    events: &'t BTreeMap<String, String>,
    claims: BTreeMap<String, String>,
    items: Vec<Item>,
}

/// The items of a timeline. `events` has the id that each event has in the original; the others are left out.
pub fn items(timeline: &Timeline, events: &BTreeMap<String, String>) -> Vec<Item> {
    let whole: Value = serde_json::from_str(&written(timeline, "json")).expect("it is JSON");
    let whole = whole.as_object().expect("an object");
    let mut walk = Walk {
        whole,
        events,
        claims: BTreeMap::new(),
        items: Vec::new(),
    };
    for event in list(whole, "events") {
        let title = text(event, "title");
        for claim in list(event, "claims").filter(|claim| claim.contains_key("id")) {
            let said = format!("{title}: {}", walk.core(claim));
            walk.claims.insert(text(claim, "id"), said);
        }
    }
    for event in list(whole, "events") {
        if walk.events.contains_key(&text(event, "id")) {
            walk.event(event);
        }
    }
    walk.outside();
    walk.items.sort();
    walk.items
}

fn list<'o>(object: &'o Object, key: &str) -> impl Iterator<Item = &'o Object> {
    let items = object.get(key).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_object)
}

fn text(object: &Object, key: &str) -> String {
    object.get(key).map(plain).unwrap_or_default()
}

/// A value as a text on one line.
fn plain(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date by what it says: `2021-08` and `August 2021` are the same.
fn date(text: &str) -> String {
    let date = EventDate::parse(text);
    date.map_or_else(
        |_| format!("(unreadable) {text}"),
        |date| format!("{} {:?}", date.sentence(), date.bounds()),
    )
}

/// The content of a key of an event.
fn content_of(key: &str) -> Content {
    match key {
        "title" => Content::Event,
        "when" => Content::Date,
        "discovered" | "disclosed" => Content::LaterDate,
        "actors" | "targets" => Content::Party,
        "accused" | "addressees" => Content::Addressee,
        "techniques" => Content::Technique,
        "phase" => Content::Phase,
        "lane" => Content::Lane,
        "tags" => Content::Tag,
        "summary" => Content::Summary,
        other => panic!("the key `{other}` of an event has no content"),
    }
}

impl Walk<'_> {
    fn put(&mut self, event: Option<&str>, content: Content, key: &str, value: String) {
        self.items.push(Item {
            event: event.map(str::to_owned),
            content,
            key: key.to_owned(),
            value,
        });
    }

    /// The name of an entity or the title of a source.
    fn named(&self, table: &str, key: &str, id: &str) -> String {
        let known = self.whole.get(table).and_then(|table| table.get(id));
        let name = known.and_then(|known| known.get(key));
        name.map_or_else(|| id.to_owned(), plain)
    }

    fn party(&self, id: &str) -> String {
        self.named("entities", "name", id)
    }

    fn source(&self, id: &str) -> String {
        self.named("sources", "title", id)
    }

    /// A reference to an event that is left out is content of its own.
    fn content_to(&self, id: &str, content: Content) -> Content {
        if self.events.contains_key(id) {
            content
        } else {
            Content::OutsideReference
        }
    }

    fn event_of(&self, id: &str) -> String {
        self.events
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_owned())
    }

    fn event(&mut self, event: &Object) {
        let id = self.event_of(&text(event, "id"));
        let cited = event.get("sources").and_then(Value::as_array);
        let cited = cited.into_iter().flatten().map(plain);
        // Who is silent does not carry the event.
        let claims = list(event, "claims").filter(|claim| text(claim, "stance") != "silent");
        let by_claims = claims.filter_map(|claim| claim.get("source").map(plain));
        let mut cited: Vec<String> = cited.chain(by_claims).collect();
        cited.sort();
        cited.dedup();
        for source in cited {
            let source = self.source(&source);
            self.put(Some(&id), Content::Source, "sources", source);
        }
        for (key, value) in event {
            match key.as_str() {
                // The event itself is compared, and its marking.
                "id" | "sources" | "tlp" => {}
                "claims" => list(event, "claims").for_each(|claim| self.claim(&id, claim)),
                "links" => {
                    for link in list(event, "links") {
                        let to = text(link, "to");
                        let link = format!("{} {}", text(link, "as"), self.event_of(&to));
                        let content = self.content_to(&to, Content::Link);
                        self.put(Some(&id), content, "links", link);
                    }
                }
                key => {
                    let values = value.as_array().cloned();
                    for value in values.unwrap_or_else(|| vec![value.clone()]) {
                        let value = plain(&value);
                        let content = match key {
                            "after" => self.content_to(&value, Content::Sequence),
                            _ => content_of(key),
                        };
                        let value = self.value(key, &value);
                        self.put(Some(&id), content, key, value);
                    }
                }
            }
        }
    }

    fn value(&self, key: &str, value: &str) -> String {
        match key {
            "when" | "discovered" | "disclosed" => date(value),
            "actors" | "targets" | "accused" | "addressees" => self.party(value),
            "after" => self.event_of(value),
            _ => value.to_owned(),
        }
    }

    /// Who says what about which aspect, and where.
    fn core(&self, claim: &Object) -> String {
        let about = text(claim, "about");
        let value = text(claim, "value");
        let value = match about.as_str() {
            "date" if !value.is_empty() => date(&value),
            _ => self.party(&value),
        };
        let source = text(claim, "source");
        let published = self
            .whole
            .get("sources")
            .and_then(|it| it.get(&source)?.get("published"));
        let said = claim.get("said").or(published).map(plain);
        let said = said.map(|said| date(&said)).unwrap_or_default();
        let (by, source) = (self.party(&text(claim, "by")), self.source(&source));
        let (at, words) = (text(claim, "at"), text(claim, "text"));
        format!("{by}, {source} ({at}), {said}, {about}: {value}; {words}")
    }

    fn claim(&mut self, event: &str, claim: &Object) {
        let core = self.core(claim);
        let answers = claim.get("answers").and_then(Value::as_array);
        let answers = answers.into_iter().flatten().map(plain);
        let mut answers: Vec<String> = answers.map(|id| self.claims[&id].clone()).collect();
        answers.sort();
        let whole = format!("{core}; answers {answers:?}");
        self.put(Some(event), Content::Claim, "claims", whole);
        for (key, value) in claim {
            let value = plain(value);
            let content = match key.as_str() {
                "stance" if matches!(value.as_str(), "denies" | "doubts") => Content::Objection,
                "stance" => Content::Claim,
                "words" | "likelihood" => Content::Likelihood,
                "confidence" => Content::Confidence,
                // They are part of the claim, or say on which scale its likelihood is.
                "id" | "answers" | "by" | "source" | "at" | "said" | "about" | "value" | "text"
                | "yardstick" | "tlp" => continue,
                other => panic!("the key `{other}` of a claim has no content"),
            };
            let mut value = format!("{value}: {core}");
            if key == "likelihood" {
                let head = self
                    .whole
                    .get("timeline")
                    .and_then(|it| it.get("yardstick"));
                let yardstick = claim.get("yardstick").or(head).map(plain);
                let yardstick = yardstick.unwrap_or_else(|| "none".to_owned());
                write!(value, " on {yardstick}").expect("a string");
            }
            self.put(Some(event), content, &format!("claims.{key}"), value);
        }
    }

    fn outside(&mut self) {
        let head = self
            .whole
            .get("timeline")
            .and_then(Value::as_object)
            .cloned();
        for (key, value) in head.into_iter().flatten() {
            let content = match key.as_str() {
                "title" => Content::Title,
                "summary" | "banner" => Content::Preface,
                "yardstick" | "zone" | "start" => Content::Setting,
                // It is compared as the marking of events.
                "tlp" => continue,
                other => panic!("the key `{other}` of a timeline has no content"),
            };
            let value = plain(&value);
            let value = if key == "start" {
                self.event_of(&value)
            } else {
                value
            };
            self.put(None, content, &key, value);
        }
        self.sources();
        let entities = self.whole.get("entities").and_then(Value::as_object);
        for (id, entity) in entities.into_iter().flatten() {
            let name = self.party(id);
            for (key, value) in entity.as_object().into_iter().flatten() {
                if !matches!(key.as_str(), "name" | "tlp") {
                    let values = value.as_array().cloned();
                    for value in values.unwrap_or_else(|| vec![value.clone()]) {
                        let value = format!("{name}: {}", plain(&value));
                        self.put(None, Content::PartyDetail, key, value);
                    }
                }
            }
        }
        let views = self.whole.get("views").and_then(Value::as_object);
        for (id, view) in views.into_iter().flatten() {
            self.put(None, Content::View, "views", format!("{id} {view}"));
        }
        self.scenes();
        self.questions();
    }

    fn scenes(&mut self) {
        for scene in list(self.whole, "scenes") {
            for (key, value) in scene {
                let (content, key) = match key.as_str() {
                    "title" => (Content::Scene, "scenes".to_owned()),
                    "notes" => (Content::Note, "scenes.notes".to_owned()),
                    "tlp" => continue,
                    key => (Content::Scene, format!("scenes.{key}")),
                };
                self.put(None, content, &key, plain(value));
            }
        }
    }

    fn questions(&mut self) {
        for question in list(self.whole, "questions") {
            let events = question.get("events").and_then(Value::as_array);
            let events = events.into_iter().flatten().map(plain);
            let mut events: Vec<String> = events.map(|id| self.event_of(&id)).collect();
            events.sort();
            let [words, status, settles] =
                ["text", "status", "settles"].map(|key| text(question, key));
            let whole = format!("{status}: {words} {events:?} {settles}");
            self.put(None, Content::Question, "questions", whole);
        }
    }

    fn sources(&mut self) {
        let cited: Vec<String> = (self.items.iter())
            .filter(|item| item.key == "sources")
            .map(|item| item.value.clone())
            .collect();
        let sources = self.whole.get("sources").and_then(Value::as_object);
        for (id, source) in sources.into_iter().flatten() {
            let title = self.source(id);
            let content = if cited.contains(&title) {
                Content::Source
            } else {
                Content::UncitedSource
            };
            self.put(None, content, "sources", title.clone());
            for (key, value) in source.as_object().into_iter().flatten() {
                let values = value.as_array().cloned();
                for value in values.unwrap_or_else(|| vec![value.clone()]) {
                    let value = plain(&value);
                    let (detail, value) = match key.as_str() {
                        "title" | "tlp" => continue,
                        "derives-from" => (Content::Derivation, self.source(&value)),
                        "published" | "retrieved" => (Content::SourceDetail, date(&value)),
                        _ => (Content::SourceDetail, value),
                    };
                    // Of what no event cites, the report counts the document alone.
                    let content = if content == Content::Source {
                        detail
                    } else {
                        content
                    };
                    self.put(None, content, key, format!("{title}: {value}"));
                }
            }
        }
    }
}
