//! Events of MISP: what dateline writes comes back as its report of losses says, and what others write becomes a timeline.

mod laws;

use dateline::cli::check::print_findings;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};
use serde_json::{Value, json};

use super::streams::read;
use crate::support::program::{self, written};

/// A timeline, and the kinds of its findings.
fn opened(text: &str) -> (Timeline, Vec<&'static str>) {
    let (timeline, findings) = formats::open(&[SourceText::new("event.json", text)]);
    (timeline, findings.iter().map(|it| it.kind.name).collect())
}

/// A file with one event of MISP, which has these members.
fn event(members: &Value) -> String {
    let mut event = json!({ "info": "Case", "date": "2023-08-08", "threat_level_id": "4" });
    let all = event.as_object_mut().expect("it is an object");
    all.extend(members.as_object().cloned().unwrap_or_default());
    json!({ "Event": event }).to_string()
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "misp/snapshots",
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn what_others_write_becomes_the_reviewed_timeline() {
    let opened = read("others.json", include_bytes!("misp/others.json"));
    let mut findings = Vec::new();
    print_findings(&opened.texts, &opened.findings, &mut findings, false)
        .expect("a vector takes everything");
    let findings = String::from_utf8(findings).expect("findings are UTF-8");
    let timeline = written(&opened.timeline, "json");
    snapshot("others", &format!("{timeline}\n{findings}"));
}

#[test]
fn a_small_timeline_is_written_as_reviewed() {
    let text = "[timeline]\ntitle = \"Harbour\"\ntlp = \"GREEN\"\nyardstick = \"icd203\"\n\
                [sources.report]\ntitle = \"Report\"\npublished = \"2023-08-08\"\nurl = \"https://example.org/\"\nreliability = \"B\"\n\
                [entities.team]\nname = \"The team\"\nkind = \"organization\"\n\
                [entities.board]\nname = \"The board\"\nkind = \"class\"\n\
                [[events]]\nid = \"entry\"\nwhen = \"late 2021\"\ntitle = \"Server entered\"\ntargets = [\"board\"]\ntechniques = [\"T1190\"]\ntlp = \"AMBER\"\n\
                [[events.claims]]\nby = \"team\"\nsource = \"report\"\nabout = \"event\"\nlikelihood = \"likely\"\ntext = \"It was entered.\"\n";
    let timeline = program::opened("x.toml", text).timeline;
    let mut whole: Value = serde_json::from_str(&written(&timeline, "misp")).expect("it is JSON");
    let report = &mut whole["Event"]["EventReport"][0]["content"];
    let handout = report.as_str().expect("it has a text").to_owned();
    *report = json!("(the handout)");
    assert_eq!(handout, written(&timeline, "markdown"));
    snapshot("small", &format!("{whole:#}"));
}

/// Every object of JSON in a value, with the name of the member that holds it.
fn objects<'v>(name: &'v str, value: &'v Value, found: &mut Vec<(&'v str, &'v Value)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(name, item, found)),
        Value::Object(members) => {
            found.push((name, value));
            for (name, value) in members {
                objects(name, value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_is_shared_more_widely_and_no_claim_is_an_opinion() {
    for (name, timeline) in crate::exports::losses::timelines() {
        let whole: Value = serde_json::from_str(&written(timeline, "misp")).expect("it is JSON");
        let mut found = Vec::new();
        objects("", &whole, &mut found);
        let mut uuids = std::collections::BTreeSet::new();
        for (kind, object) in found {
            let expected: &[Value] = match kind {
                "Event" | "EventReport" | "Note" => &[json!("0")],
                // As the event.
                "Attribute" | "Object" => &[json!("5")],
                _ => &[Value::Null],
            };
            assert!(
                expected.contains(&object["distribution"]),
                "{name}: {object}"
            );
            assert_ne!(kind, "Opinion", "{name}");
            if let Some(uuid) = object["uuid"].as_str() {
                assert!(
                    uuids.insert(uuid.to_owned()),
                    "{name}: {uuid} is given twice"
                );
            }
        }
        for reference in references(&whole) {
            let to = reference["referenced_uuid"]
                .as_str()
                .expect("it has a target");
            assert!(uuids.contains(to), "{name}: {reference}");
        }
    }
}

fn references(whole: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    objects("", whole, &mut found);
    let references = found.iter().filter(|(name, _)| *name == "ObjectReference");
    references.map(|(_, value)| *value).collect()
}

#[test]
fn the_strictest_of_several_tags_marks_and_an_unknown_level_is_red() {
    let marked = |tags: &[&str]| {
        let tags: Vec<Value> = tags.iter().map(|name| json!({ "name": name })).collect();
        let (timeline, findings) = opened(&event(&json!({ "Tag": tags })));
        (timeline.head().tlp, findings)
    };
    assert_eq!(marked(&["tlp:green", "tlp:amber"]).0, Some(Tlp::Amber));
    assert_eq!(marked(&["tlp:white"]), (Some(Tlp::Clear), vec![]));
    assert_eq!(
        marked(&["tlp:clear", "TLP:EX:CHR"]),
        (Some(Tlp::Red), vec!["unknown-marking"])
    );
    assert_eq!(marked(&["type:OSINT"]).0, None);
}

#[test]
fn a_file_that_breaks_off_in_an_event_is_red() {
    let whole = event(&json!({ "Tag": [{ "name": "tlp:clear" }] }));
    for cut in [whole.len() - 3, whole.len() - 12] {
        let text = whole.get(..cut).expect("it is ASCII");
        let (timeline, findings) = opened(text);
        assert!(findings.contains(&"json-syntax"), "{text}");
        assert_eq!(timeline.head().tlp, Some(Tlp::Red), "{text}");
        assert!(timeline.head().tlp_unread);
    }
}

#[test]
fn the_time_of_an_edit_is_never_a_date() {
    let edited = json!({ "timestamp": "1700000000", "publish_timestamp": "1700000000", "date": null,
        "Attribute": [{ "type": "ip-dst", "value": "203.0.113.7", "timestamp": "1700000000" }],
        "Object": [{ "name": "event", "timestamp": "1700000000", "Attribute": [
            { "object_relation": "name", "value": "A", "timestamp": "1700000000" }] }] });
    let (timeline, _) = opened(&event(&edited));
    assert_eq!(timeline.len(), 1);
    assert!(timeline.events().all(|event| event.when().is_none()));
}

#[test]
fn words_of_dateline_that_contradict_the_stamps_are_not_used() {
    let when = |words: &str| {
        let object = json!({ "name": "event", "comment": format!("dateline event\nid: a\nwhen: {words}"), "Attribute": [
            { "object_relation": "name", "value": "A" },
            { "object_relation": "start_time", "value": "2021-01-01T00:00:00+00:00" },
            { "object_relation": "start_time_fidelity", "value": "year" },
            { "object_relation": "end_time", "value": "2021-12-31T23:59:59+00:00" },
            { "object_relation": "end_time_fidelity", "value": "year" }] });
        let (timeline, _) = opened(&event(&json!({ "Object": [object] })));
        let first = timeline.events().next().expect("it has an event");
        first.when().expect("it has a date").written().to_owned()
    };
    assert_eq!(when("late 2021"), "late 2021");
    assert_eq!(when("late 2022"), "2021");
    assert_eq!(when("2020/2021"), "2021");
    assert_eq!(when("soon"), "2021");
}

#[test]
fn a_marking_of_one_event_does_not_mark_another() {
    let one = event(&json!({ "Tag": [{ "name": "tlp:green" }] }));
    let other = event(&json!({}));
    let (timeline, _) = opened(&format!("[{one},{other}]"));
    assert_eq!(timeline.head().tlp, None);
    let markings: Vec<_> = timeline.events().map(Event::tlp).collect();
    assert_eq!(markings, [Some(Tlp::Green), None]);
    assert!(timeline.up_to(Tlp::Red).is_err());
}

#[test]
fn an_event_needs_no_object_around_it() {
    let whole: Value = serde_json::from_str(&event(&json!({}))).expect("it is JSON");
    let bare = whole["Event"].to_string();
    for text in [
        bare.clone(),
        format!("[{bare}, {bare}]"),
        format!("{{\"response\": [{bare}, {whole}]}}"),
    ] {
        let (timeline, findings) = opened(&text);
        let titles: Vec<_> = timeline.events().map(Event::title).collect();
        assert!(titles.iter().all(|title| *title == "Case"), "{text}");
        assert_eq!(titles.len(), text.matches("threat_level_id").count());
        assert_eq!(findings, Vec::<&str>::new(), "{text}");
    }
}
