//! A layer of the ATT&CK Navigator (layer format 4.5): each technique with the number of its events.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json_text;
use super::loss::{Content, LossRow, in_words, kept, left_out};
use crate::text::visible;
use crate::timeline::term::is_technique;
use crate::timeline::{Event, EventId, Timeline};

pub(super) const LOSSES: &[LossRow] = &[
    kept(Content::Event, "counted by technique").only(has_technique),
    left_out(Content::Event, "without a technique"),
    in_words(Content::Date, "in the comment of the technique"),
    left_out(Content::LaterDate, ""),
    left_out(Content::Party, ""),
    left_out(Content::Addressee, ""),
    kept(Content::Technique, "").only(has_only_ids),
    left_out(Content::Technique, "some have no id of ATT&CK"),
    left_out(Content::Phase, ""),
    left_out(Content::Lane, ""),
    left_out(Content::Tag, ""),
    left_out(Content::Summary, ""),
    in_words(
        Content::Marking,
        "the strictest of the timeline, in the description",
    ),
    left_out(
        Content::Claim,
        "the comment says if they differ on the method",
    ),
    left_out(Content::Objection, ""),
    left_out(Content::Likelihood, ""),
    left_out(Content::Confidence, ""),
    left_out(Content::Link, ""),
    left_out(Content::Sequence, ""),
    left_out(Content::OutsideReference, ""),
    left_out(Content::Source, ""),
    left_out(Content::Derivation, ""),
    left_out(Content::SourceDetail, ""),
    left_out(Content::UncitedSource, ""),
    left_out(Content::PartyDetail, ""),
    left_out(Content::Question, ""),
    left_out(Content::Scene, ""),
    left_out(Content::Note, ""),
    left_out(Content::View, ""),
    kept(Content::Title, ""),
    in_words(Content::Preface, "in the description"),
    left_out(Content::Setting, ""),
    left_out(Content::Attribute, ""),
];

fn has_technique(_: &Timeline, event: Event<'_>) -> bool {
    event.techniques().any(is_technique)
}

fn has_only_ids(_: &Timeline, event: Event<'_>) -> bool {
    event.techniques().all(is_technique)
}

pub(super) fn write(timeline: &Timeline, events: &[EventId]) -> String {
    let mut used: BTreeMap<&str, Vec<Event<'_>>> = BTreeMap::new();
    for event in events.iter().map(|&id| timeline.event(id)) {
        for technique in event.techniques().filter(|id| is_technique(id)) {
            used.entry(technique).or_default().push(event);
        }
    }
    let most = used.values().map(Vec::len).max().unwrap_or(1);
    let techniques: Vec<Value> = (used.iter())
        .map(|(id, events)| technique(id, events))
        .collect();
    let head = timeline.head();
    let marking = timeline.effective_marking().map(|tlp| format!("TLP:{tlp}"));
    let about = [
        marking.as_deref(),
        head.banner.as_deref(),
        Some(&head.summary),
    ];
    let about = about.into_iter().flatten().map(line);
    let about: Vec<String> = about.filter(|it| !it.is_empty()).collect();
    let layer = json!({
        "name": line(&head.title),
        "versions": { "layer": "4.5", "navigator": "4.9.0" },
        "domain": "enterprise-attack",
        "description": about.join("\n"),
        // From the most events to the fewest.
        "sorting": 3,
        "gradient": { "colors": ["#ffffff", "#66b1ff"], "minValue": 0, "maxValue": most },
        "techniques": techniques,
    });
    json_text::escaped(&format!("{layer:#}\n"))
}

fn technique(id: &str, events: &[Event<'_>]) -> Value {
    let comment: Vec<String> = events.iter().map(|event| said(*event)).collect();
    let metadata: Vec<Value> = (events.iter())
        .map(|event| json!({ "name": "event", "value": line(&event.key()) }))
        .collect();
    json!({
        "techniqueID": id,
        "score": events.len(),
        "comment": comment.join("\n"),
        "metadata": metadata,
        "enabled": true,
    })
}

/// The date of an event in its own words, its title, and whether its method is contested.
fn said(event: Event<'_>) -> String {
    let when = event
        .when()
        .map_or_else(|| "undated".to_owned(), |when| when.to_string());
    let is_contested = event.contested().iter().any(|it| it.as_str() == "method");
    let contested = if is_contested {
        " (method contested)"
    } else {
        ""
    };
    format!("{}: {}{contested}", line(&when), line(event.title()))
}

/// A text on one line, with invisible characters made visible.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}
