//! Bundles of STIX: their shape and references, that no time excludes what a date allows, and that nothing is marked less
//! strictly than what it says and names.

use std::collections::{BTreeMap, BTreeSet};

use dateline::date::{EventDate, Instant, Span};
use dateline::formats::calendar_unit::CalendarUnit;
use dateline::formats::stix::{extensions, markings};
use dateline::formats::writers::stix::{StixOptions, StixProfile, StixVersion};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline, build};
use proptest::prelude::*;
use serde_json::Value;

use super::exchange::{dated, dates};
use super::losses::timelines;
use super::{everything, snapshot};
use crate::properties::seeds;
use crate::support::marked::marked;
use crate::support::program;

const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";

/// Every form of STIX that dateline writes.
const FORMS: [StixOptions; 3] = [
    form(StixProfile::Plain, StixVersion::V21),
    form(StixProfile::Incident, StixVersion::V21),
    form(StixProfile::Incident, StixVersion::V22),
];

const fn form(profile: StixProfile, version: StixVersion) -> StixOptions {
    StixOptions {
        profile,
        version,
        created: None,
    }
}

fn written(timeline: &Timeline, stix: StixOptions) -> String {
    program::written_as(timeline, "stix", stix)
}

fn objects(timeline: &Timeline, stix: StixOptions) -> Vec<Value> {
    let mut bundle: Value = serde_json::from_str(&written(timeline, stix)).expect("it is JSON");
    assert_eq!(bundle["type"], "bundle");
    match bundle["objects"].take() {
        Value::Array(objects) => objects,
        other => panic!("{other} is not a list"),
    }
}

fn text<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_default()
}

fn of_type<'a>(objects: &'a [Value], kind: &str) -> Vec<&'a Value> {
    let all = objects.iter();
    all.filter(|object| text(object, "type") == kind).collect()
}

/// The ids that an object refers to, but for its markings.
fn references(object: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = vec![object];
    while let Some(object) = left.pop() {
        for (key, value) in object.as_object().into_iter().flatten() {
            if key == "extensions" {
                left.extend(value.as_object().into_iter().flat_map(|it| it.values()));
            } else if key.ends_with("_refs") && key != "object_marking_refs" {
                found.extend(
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str),
                );
            } else if key.ends_with("_ref") {
                found.extend(value.as_str());
            }
        }
    }
    found
}

/// The marking of an object.
fn level(object: &Value) -> Option<Tlp> {
    let refs = object["object_marking_refs"].as_array();
    let refs = refs.into_iter().flatten().filter_map(Value::as_str);
    refs.filter_map(markings::level).max()
}

#[test]
fn every_form_is_written_as_reviewed() {
    let timeline = everything().timeline;
    snapshot("stix-plain", "everything", &written(&timeline, FORMS[0]));
    for stix in &FORMS[1..] {
        // The objects that differ from those of the other profile.
        let whole = written(&timeline, *stix);
        let differs = |line: &&str| {
            let types = ["event", "incident", "extension-definition"];
            types
                .iter()
                .any(|it| line.contains(&format!("{{\"type\":\"{it}\"")))
        };
        let lines: Vec<&str> = whole.lines().filter(differs).collect();
        let name = format!("stix-incident-{}", stix.version.as_str());
        snapshot(&name, "everything", &lines.join("\n"));
    }
}

#[test]
fn every_id_is_unique_and_in_the_bundle_and_objects_are_in_order() {
    for (name, timeline) in timelines() {
        for stix in FORMS {
            let objects = objects(timeline, stix);
            let ids: BTreeSet<&str> = objects.iter().map(|it| text(it, "id")).collect();
            assert_eq!(ids.len(), objects.len(), "{name}");
            for object in &objects {
                assert!(
                    text(object, "id").starts_with(text(object, "type")),
                    "{object}"
                );
                let marked = object["object_marking_refs"].as_array();
                let marked = marked.into_iter().flatten().filter_map(Value::as_str);
                for id in references(object).into_iter().chain(marked) {
                    assert!(ids.contains(id), "{name}: {id} in {object}");
                }
            }
            let is_shared = |object: &&Value| {
                matches!(
                    text(object, "type"),
                    "marking-definition" | "extension-definition"
                ) || text(object, "name") == "dateline"
            };
            let own = objects.iter().skip_while(is_shared);
            let types: Vec<&str> = own.map(|it| text(it, "type")).collect();
            assert!(types.is_sorted(), "{name}: {types:?}");
        }
    }
}

#[test]
fn a_changed_file_keeps_its_ids() {
    let before = program::read("tests/exports/everything.toml");
    let changed = before
        .replace("One intruder, who came back.", "Perhaps two intruders.")
        .replace("Mail server entered", "The mail server was entered")
        .replace("late 2021/2022-10", "2021-09/2022-10");
    assert_ne!(before, changed);
    let ids = |text: &str| -> BTreeSet<String> {
        let timeline = program::opened("x.toml", text).timeline;
        let objects = objects(&timeline, FORMS[1]);
        objects.iter().map(|it| text_of(it, "id")).collect()
    };
    assert_eq!(ids(&before), ids(&changed));
}

fn text_of(object: &Value, key: &str) -> String {
    text(object, key).to_owned()
}

/// The creation and the modification of the report in a file whose only source was published on a day.
fn times(published: &str, created: Option<&str>) -> (String, String) {
    let text = format!(
        "[sources.s]\npublished = \"{published}\"\n[[events]]\nid = \"a\"\ntitle = \"A\"\n"
    );
    let stix = StixOptions {
        created: created.map(|it| instants(it).earliest),
        ..FORMS[0]
    };
    let objects = objects(&program::opened("x.toml", &text).timeline, stix);
    let report = of_type(&objects, "report")[0];
    let day = |key| text_of(report, key).replace("T00:00:00.000Z", "");
    (day("created"), day("modified"))
}

#[test]
fn objects_are_as_old_as_the_file_says_and_a_stated_creation_stays() {
    let days = |created: &str, modified: &str| (created.to_owned(), modified.to_owned());
    assert_eq!(times("2024-03-25", None), days("2024-03-25", "2024-03-25"));
    assert_eq!(times("2024-03", None), days("2024-03-31", "2024-03-31"));
    let created = Some("2024-03-25");
    assert_eq!(
        times("2024-03-25", created),
        days("2024-03-25", "2024-03-25")
    );
    assert_eq!(
        times("2026-01-02", created),
        days("2024-03-25", "2026-01-02")
    );
    assert_eq!(
        times("2023-01-02", created),
        days("2024-03-25", "2024-03-25")
    );
}

#[test]
fn nothing_is_marked_less_strictly_than_what_it_refers_to() {
    let ceilings = [None, Some(Tlp::Clear), Some(Tlp::Amber)];
    for seed in seeds(8) {
        for file in ceilings {
            let timeline = build(marked(seed, file));
            for stix in FORMS {
                let objects = objects(&timeline, stix);
                let levels: BTreeMap<&str, Option<Tlp>> = objects
                    .iter()
                    .map(|it| (text(it, "id"), level(it)))
                    .collect();
                for object in &objects {
                    for id in references(object) {
                        assert!(levels[id] <= level(object), "{seed}: {id} in {object}");
                    }
                }
            }
        }
    }
}

/// A note refers to those of the claims that its claim answers, and these to others.
#[test]
fn the_note_of_an_answer_to_an_answer_is_marked_like_the_first_claim() {
    let text = r#"
        [timeline]
        tlp = "CLEAR"
        [[events]]
        title = "E"
        claims = [
            { id = "third", answers = ["second"], text = "c" },
            { id = "second", answers = ["first"], text = "b" },
            { id = "first", tlp = "RED", text = "a" },
        ]
    "#;
    let opened = program::opened("x.toml", text);
    for stix in FORMS {
        let objects = objects(&opened.timeline, stix);
        let notes = of_type(&objects, "note").into_iter();
        let levels: Vec<_> = notes.map(level).collect();
        assert_eq!(levels, [Some(Tlp::Red); 3]);
    }
}

/// What readers of a marking may see of a bundle is what they are given.
#[test]
fn a_ceiling_leaves_nothing_above_it_and_all_that_is_below() {
    let mut compared = 0;
    for seed in seeds(8) {
        let timeline = build(marked(seed, Some(Tlp::Clear)));
        let wholes = FORMS.map(|stix| (stix, objects(&timeline, stix)));
        for &ceiling in Tlp::ALL {
            let shown = timeline.up_to(ceiling).expect("the file is marked");
            for (stix, whole) in &wholes {
                let given = objects(&shown, *stix);
                for object in &given {
                    assert!(level(object) <= Some(ceiling), "{seed}: {object}");
                }
                let ids: BTreeSet<&str> = given.iter().map(|it| text(it, "id")).collect();
                for object in whole {
                    let is_own = object["object_marking_refs"].is_array();
                    if is_own && level(object) <= Some(ceiling) {
                        compared += 1;
                        assert!(
                            ids.contains(text(object, "id")),
                            "{seed} {ceiling}: {object}"
                        );
                    }
                }
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn the_shipped_case_has_an_object_for_everything() {
    let timeline = &program::ready("shipped").0;
    for stix in FORMS {
        let objects = objects(timeline, stix);
        let count = |kind: &str| of_type(&objects, kind).len();
        assert_eq!(count("incident"), timeline.len());
        let events = match stix.profile {
            StixProfile::Plain => 0,
            StixProfile::Incident => timeline.len(),
        };
        assert_eq!(count("event"), events);
        let notes = timeline.claims().count() + timeline.questions().len();
        assert_eq!(count("note"), notes);
        assert_eq!(count("report"), 1);
        let report = of_type(&objects, "report")[0];
        let sources = report["external_references"].as_array().map(Vec::len);
        assert_eq!(sources, Some(timeline.sources().count()));
        assert!(count("opinion") > 0);
        for object in &objects {
            let is_known = object["extensions"].is_null() || stix.profile == StixProfile::Incident;
            assert!(
                is_known || text(object, "type") == "marking-definition",
                "{object}"
            );
        }
    }
}

/// The timeline of one event with some claims about its actor.
fn claimed(claims: &str) -> Timeline {
    let text = format!(
        "[timeline]\ntitle = \"T\"\n[entities.x]\nname = \"X\"\nkind = \"intrusion-set\"\n\
         [entities.y]\nname = \"Y\"\nkind = \"organization\"\n\
         [[events]]\nid = \"a\"\ntitle = \"A\"\nwhen = \"2021\"\nactors = [\"x\"]\n{claims}"
    );
    program::opened("x.toml", &text).timeline
}

const ASSERTED: &str =
    "[[events.claims]]\nid = \"one\"\nby = \"y\"\nabout = \"actor\"\nvalue = \"x\"\n";

#[track_caller]
fn check_confidence(claims: &str, expected: Option<u64>) {
    for stix in FORMS {
        let objects = objects(&claimed(claims), stix);
        let stated: Vec<u64> = objects
            .iter()
            .filter_map(|object| object["confidence"].as_u64())
            .collect();
        assert_eq!(stated, Vec::from_iter(expected), "{claims}");
    }
}

#[test]
fn a_confidence_is_a_number_only_if_one_claim_speaks() {
    let confident = format!("{ASSERTED}confidence = \"moderate\"\n");
    check_confidence(&confident, Some(50));
    check_confidence(&format!("{ASSERTED}confidence = \"low\"\n"), Some(15));
    check_confidence(&format!("{ASSERTED}confidence = \"high\"\n"), Some(85));
    check_confidence(
        &format!("{confident}{}", ASSERTED.replace("one", "two")),
        None,
    );
    check_confidence(&format!("{confident}stance = \"denies\"\n"), None);
    check_confidence(&format!("{confident}tlp = \"RED\"\n"), None);
}

#[test]
fn a_likelihood_is_in_words_only() {
    let likely = format!("{ASSERTED}likelihood = \"highly likely\"\nyardstick = \"phia\"\n");
    check_confidence(&likely, None);
    for stix in FORMS {
        let objects = objects(&claimed(&likely), stix);
        assert!(of_type(&objects, "opinion").is_empty());
        let note = of_type(&objects, "note")[0];
        assert!(
            text(note, "content").contains("highly likely (80 to 90 % on the yardstick phia)"),
            "{note}"
        );
    }
}

#[test]
fn a_denial_is_an_opinion_on_what_it_contests() {
    let opinion_on = |claims: &str| -> Vec<(String, String)> {
        let objects = objects(&claimed(claims), FORMS[0]);
        let opinions = of_type(&objects, "opinion").into_iter();
        let opinions = opinions.flat_map(|opinion| {
            let word = text_of(opinion, "opinion");
            let refs = references(opinion).into_iter();
            refs.map(move |id| (word.clone(), type_of(id)))
        });
        opinions.collect()
    };
    let denied = "[[events.claims]]\nby = \"y\"\nabout = \"actor\"\nstance = \"denies\"\n";
    let on = |word: &str, kind: &str| vec![(word.to_owned(), kind.to_owned())];
    assert_eq!(opinion_on(denied), []);
    assert_eq!(
        opinion_on(&format!("{denied}value = \"x\"\n")),
        on("strongly-disagree", "relationship")
    );
    assert_eq!(opinion_on(&format!("{denied}value = \"y\"\n")), []);
    let answer = format!(
        "{ASSERTED}{}answers = \"one\"\n",
        denied.replace("denies", "doubts")
    );
    assert_eq!(opinion_on(&answer), on("disagree", "note"));
    let event = denied.replace("actor", "event");
    assert_eq!(opinion_on(&event), on("strongly-disagree", "incident"));
}

/// The type in an id.
fn type_of(id: &str) -> String {
    let (kind, _) = id.split_once("--").expect("an id has a type");
    kind.to_owned()
}

fn instants(stamp: &str) -> Span {
    EventDate::parse(stamp).expect("a stamp").whole()
}

/// What an end of an event allows, as either reading of its fidelity has it: the unit from the stamp on, or that of the
/// calendar around it.
fn allowed(event: &Value, key: &str) -> Option<[Span; 2]> {
    let stamp = instants(event[key].as_str()?);
    let fidelity = event[format!("{key}_fidelity")].as_str();
    let Some(unit) = fidelity.map(|word| CalendarUnit::find(word).expect("a fidelity")) else {
        return Some([stamp, stamp]);
    };
    let from = unit.period(stamp.earliest);
    Some([from, unit.period(unit.beginning(stamp.earliest))])
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.earliest <= inner.earliest && inner.latest <= outer.latest
}

/// Checks that the times of a bundle exclude nothing that a date allows.
fn assert_holds(when: &EventDate) {
    let timeline = dated(when.written());
    for stix in &FORMS[1..] {
        let objects = objects(&timeline, *stix);
        let event = of_type(&objects, "event")[0];
        for (key, end) in [("start_time", when.start()), ("end_time", when.end())] {
            for span in allowed(event, key).into_iter().flatten() {
                assert!(holds(span, end), "{}: {event}", when.written());
            }
        }
        let [start, end] = ["start_time", "end_time"].map(|key| event[key].as_str());
        let is_ordered = start.zip(end).is_none_or(|(start, end)| start <= end);
        assert!(is_ordered, "{}: {event}", when.written());
        assert_eq!(
            event["extensions"][extensions::DATE_AS_WRITTEN][extensions::WHEN],
            when.written()
        );
        let is_ongoing = event["status"] == "ongoing";
        assert_eq!(is_ongoing, when.is_ongoing(), "{event}");
    }
}

/// Checks that a relationship lasts at least as long as a date allows, and no shorter than a millisecond.
fn assert_outer_bounds(when: &EventDate) {
    let text = format!(
        "[[events]]\nid = \"a\"\ntitle = \"A\"\nwhen = \"{}\"\nactors = [\"x\"]\n",
        when.written()
    );
    let objects = objects(&program::opened("x.toml", &text).timeline, FORMS[0]);
    let relation = of_type(&objects, "relationship")[0];
    let [start, stop] = ["start_time", "stop_time"].map(|key| relation[key].as_str());
    let first = start.map_or(Instant::PAST, |it| instants(it).earliest);
    let last = stop.map_or(Instant::FUTURE, |it| instants(it).latest);
    let whole = when.whole();
    assert!(
        first <= whole.earliest && whole.latest <= last,
        "{}: {relation}",
        when.written()
    );
    if start.is_some() && stop.is_some() {
        assert!(last.micros() - first.micros() >= 1000, "{relation}");
    }
    assert_eq!(start.is_some(), whole.earliest.is_bounded(), "{relation}");
    assert_eq!(stop.is_some(), whole.latest.is_bounded(), "{relation}");
}

#[test]
fn each_date_of_the_shipped_case_is_held() {
    let timeline = program::opened(SHIPPED, &program::read(SHIPPED)).timeline;
    for when in timeline.events().filter_map(Event::when) {
        assert_holds(&when);
        assert_outer_bounds(&when);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_time_excludes_what_a_date_allows(text in dates()) {
        if let Ok(when) = EventDate::parse(&text) {
            assert_holds(&when);
            assert_outer_bounds(&when);
        }
    }
}

#[test]
fn the_order_and_the_cause_of_events_have_their_own_places() {
    let file = "[[events]]\nid = \"a\"\ntitle = \"A\"\n[[events]]\nid = \"b\"\ntitle = \"B\"\nafter = [\"a\"]\n\
                links = [{ to = \"a\", as = \"caused-by\" }, { to = \"c\", as = \"same-as\" }]\n\
                [[events]]\nid = \"c\"\ntitle = \"C\"\nafter = [\"a\"]\ntlp = \"RED\"\n";
    let timeline = program::opened("x.toml", file).timeline;
    let kinds = |stix: StixOptions| -> Vec<(String, String)> {
        let objects = objects(&timeline, stix);
        let relations = of_type(&objects, "relationship").into_iter();
        let kind = |it: &Value| (text_of(it, "relationship_type"), text_of(it, "description"));
        let mut kinds: Vec<_> = relations.map(kind).collect();
        kinds.sort();
        kinds
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    };
    assert_eq!(
        kinds(FORMS[0]),
        pairs(&[
            ("related-to", "after"),
            ("related-to", "after"),
            ("related-to", "caused-by"),
            ("related-to", "same-as"),
        ])
    );
    // The first event names the second, and not the third, which is marked more strictly.
    assert_eq!(
        kinds(FORMS[1]),
        pairs(&[
            ("duplicate-of", ""),
            ("led-to", ""),
            ("related-to", "after")
        ])
    );
    let objects = objects(&timeline, FORMS[1]);
    let events = of_type(&objects, "event");
    let named = |name: &str| {
        let mut all = events.iter();
        let event = all.find(|it| text(it, "name") == name);
        event.expect("the event is written")
    };
    assert_eq!(
        named("A")["next_event_refs"],
        serde_json::json!([named("B")["id"]])
    );
}
