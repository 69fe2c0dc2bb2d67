//! Values of JSON that have another type than their format has there: they are reported with their place, and a marking among
//! them counts as RED.

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::term::Tlp;
use serde_json::{Value, json};

/// The kind, the message and the marked text of each finding.
fn findings(document: &Value) -> Vec<(&'static str, String, String)> {
    let text = SourceText::new("x.json", document.to_string());
    let (_, findings) = formats::open(std::slice::from_ref(&text));
    let of = findings.iter().map(|it| {
        let marked = text.slice(it.place.range()).to_owned();
        (it.kind.name, it.message.clone(), marked)
    });
    of.collect()
}

#[track_caller]
fn check(document: &Value, message: &str, marked: &str) {
    let found = findings(document);
    let wrong = found.iter().find(|(kind, ..)| *kind == "wrong-type");
    let (_, said, place) = wrong.unwrap_or_else(|| panic!("{document}: {found:?}"));
    assert_eq!(
        (said.as_str(), place.as_str()),
        (message, marked),
        "{document}"
    );
}

fn bundle(object: &Value) -> Value {
    let mut campaign = json!({"type": "campaign", "id": "campaign--1", "name": "A"});
    let members = campaign.as_object_mut().expect("an object");
    members.extend(object.as_object().cloned().unwrap_or_default());
    json!({"type": "bundle", "id": "bundle--1", "objects": [campaign]})
}

fn event(members: &Value) -> Value {
    let mut event = json!({"info": "x", "threat_level_id": "4"});
    let all = event.as_object_mut().expect("an object");
    all.extend(members.as_object().cloned().unwrap_or_default());
    json!({ "Event": event })
}

#[test]
fn each_is_reported_with_its_place() {
    check(
        &json!({"Event": {"info": "x", "Attribute": "y"}}),
        "`Attribute` is a text",
        "\"y\"",
    );
    check(
        &event(&json!({"Object": {"name": "event"}})),
        "`Object` is an object",
        "{\"name\":\"event\"}",
    );
    check(
        &event(&json!({"Orgc": "A team"})),
        "`Orgc` is a text",
        "\"A team\"",
    );
    let attribute = json!({"Attribute": [{"type": "url", "value": ["a"], "first_seen": "2021-08-01T00:00:00Z"}]});
    check(&event(&attribute), "`value` is a list", "[\"a\"]");
    check(
        &bundle(&json!({"aliases": "B"})),
        "`aliases` is a text",
        "B",
    );
    check(
        &bundle(&json!({"first_seen": {"at": 1}})),
        "`first_seen` is an object",
        "{\"at\":1}",
    );
    check(
        &bundle(&json!({"confidence": "50"})),
        "`confidence` is a text",
        "50",
    );
    let flow = json!({"schema": "attack_flow_v2", "objects": [{"id": "action", "instance": "1", "properties": {"name": "A"}}]});
    check(&flow, "`properties` is an object", "{\"name\":\"A\"}");
    let name = json!({"schema": "attack_flow_v2", "objects": [{"id": "action", "instance": "1", "properties": [["name", 7]]}]});
    check(&name, "`name` is a number", "7");
    let own = json!({"format": 1, "events": [{"title": "A", "tags": "b"}]});
    check(&own, "`tags` is text", "\"b\"");
}

#[test]
fn several_of_one_kind_are_one_finding() {
    let object = |number: usize| json!({"type": "campaign", "id": format!("campaign--{number}"), "name": number});
    let objects: Vec<Value> = (0..3).map(object).collect();
    let found = findings(&json!({"type": "bundle", "id": "bundle--1", "objects": objects}));
    let wrong: Vec<_> = found
        .iter()
        .filter(|(kind, ..)| *kind == "wrong-type")
        .collect();
    assert_eq!(wrong.len(), 1, "{found:?}");
    assert_eq!(wrong[0].1, "`name` is a number; 3 times in the file");
}

#[test]
fn null_is_as_good_as_absent() {
    for document in [
        bundle(&json!({"aliases": null, "first_seen": null, "object_marking_refs": null})),
        event(&json!({"Attribute": null, "Tag": null, "Object": null})),
    ] {
        let found = findings(&document);
        assert!(
            found
                .iter()
                .all(|(kind, ..)| *kind != "wrong-type" && *kind != "unknown-marking"),
            "{found:?}"
        );
    }
}

/// A marking that cannot be read may have been the strictest.
#[test]
fn markings_of_another_type_count_as_red() {
    let red = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
    for (document, expected) in [
        (bundle(&json!({"object_marking_refs": red})), Tlp::Red),
        (
            bundle(&json!({"object_marking_refs": {"0": red}})),
            Tlp::Red,
        ),
        (
            bundle(&json!({"granular_markings": {"marking_ref": red}})),
            Tlp::Red,
        ),
        (event(&json!({"Tag": {"name": "tlp:red"}})), Tlp::Red),
        (event(&json!({"Tag": "tlp:red"})), Tlp::Red),
        (event(&json!({"Tag": [{"name": ["tlp:red"]}]})), Tlp::Red),
        (event(&json!({"Tag": ["tlp:green"]})), Tlp::Green),
    ] {
        let text = SourceText::new("x.json", document.to_string());
        let (timeline, _) = formats::open(&[text]);
        let event = timeline.events().next().expect("an event");
        assert_eq!(
            event.tlp().or(timeline.head().tlp),
            Some(expected),
            "{document}"
        );
    }
}
