//! Bundles of STIX and projects of Attack Flow: what becomes of each object, in any order of the objects.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::date::EventDate;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::formats::import::{MidnightPrecision, TimelineImport};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, EventId, Timeline};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::open;
use crate::withhold::contents;

fn samples() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/bundles");
    let files = fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> = files
        .map(|file| file.expect("the folder can be read").path())
        .collect();
    files.sort();
    let texts = files.into_iter().map(|file| {
        let text = fs::read_to_string(&file).expect("the sample can be read");
        (file, text)
    });
    texts.collect()
}

fn sample(name: &str) -> String {
    let all = samples().into_iter();
    let mut named = all.filter(|(path, _)| path.ends_with(name));
    named.next().expect("the sample exists").1
}

fn imported(timeline: &Timeline, precision: Option<MidnightPrecision>) -> String {
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    TimelineImport::new(timeline, &all).write(precision)
}

/// The import has everything that was read, and its findings say what was not.
#[test]
fn every_sample_becomes_the_expected_timeline() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots" }, {
        insta::glob!("bundles/*.*", |path| {
            let text = fs::read_to_string(path).expect("the sample can be read");
            let (timeline, findings) = open("case", &text);
            let mut out = findings.join("\n");
            writeln!(out, "\n\n{}", imported(&timeline, None)).expect("a string");
            insta::assert_snapshot!("bundle", out);
        });
    });
}

/// The objects of a document, with the rest of it.
fn objects(text: &str) -> (Value, Vec<Value>) {
    let mut document: Value = serde_json::from_str(text).expect("the sample is JSON");
    let list = document["objects"].take();
    (document, list.as_array().expect("a list").clone())
}

fn shuffled(text: &str, keys: &[u32]) -> String {
    let (mut document, objects) = objects(text);
    let keys = keys.iter().cycle();
    let mut keyed: Vec<_> = objects.into_iter().zip(keys).collect();
    keyed.sort_by_key(|(_, key)| **key);
    document["objects"] = keyed.into_iter().map(|(object, _)| object).collect();
    document.to_string()
}

proptest! {
    #![proptest_config(crate::properties::cases(24))]

    #[test]
    fn the_order_of_the_objects_changes_nothing(keys in prop::collection::vec(any::<u32>(), 7..40)) {
        // A project of Attack Flow has the order of its author, which decides where its lines leave the order open.
        for (path, text) in samples().into_iter().filter(|(path, _)| path.extension() != Some("afb".as_ref())) {
            let (timeline, findings) = open("case", &text);
            let (other, of_other) = open("case", &shuffled(&text, &keys));
            prop_assert_eq!(contents(&timeline), contents(&other), "{}", path.display());
            prop_assert_eq!(findings.len(), of_other.len());
        }
    }

    /// The window of a stamp with a fidelity is never narrowed, wherever in its unit the stamp is.
    #[test]
    fn no_date_is_narrower_than_its_fidelity(
        start in 0_i64..4_000_000_000,
        length in 0_i64..90_000_000,
        units in (0_usize..7, 0_usize..7),
        rounded in any::<bool>(),
    ) {
        const UNITS: [Option<(&str, i64)>; 7] = [
            None,
            Some(("second", 1)),
            Some(("minute", 60)),
            Some(("hour", 3600)),
            Some(("day", 86_400)),
            Some(("month", 28 * 86_400)),
            Some(("year", 365 * 86_400)),
        ];
        let round = |seconds: i64| if rounded { seconds - seconds % 86_400 } else { seconds };
        let stamp = |seconds: i64| {
            let at = chrono::DateTime::from_timestamp(round(seconds), 0).expect("a time");
            at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        let (from, to) = (UNITS[units.0], UNITS[units.1]);
        let bundle = json!({"type": "bundle", "objects": [{
            "type": "event", "id": "event--1", "name": "x", "status": "occurred",
            "start_time": stamp(start), "start_time_fidelity": from.map(|it| it.0),
            "end_time": stamp(start + length), "end_time_fidelity": to.map(|it| it.0),
        }]});
        let (timeline, findings) = open("case", &bundle.to_string());
        prop_assert_eq!(findings, Vec::<String>::new());
        let when = timeline.events().next().and_then(Event::when).expect("a date");
        let micros = |seconds: i64| round(seconds) * 1_000_000;
        let latest = |seconds: i64, unit: Option<(&str, i64)>| {
            micros(seconds) + unit.map_or(0, |(_, length)| length * 1_000_000 - 1)
        };
        let of_end = latest(start + length, to);
        // An event begins no later than it ends.
        let of_start = latest(start, from).min(of_end);
        let covers = |span: dateline::date::Span, seconds: i64, latest: i64| {
            span.earliest.micros() <= micros(seconds) && span.latest.micros() >= latest
        };
        prop_assert!(covers(when.start(), start, of_start), "{}", when.written());
        prop_assert!(covers(when.end(), start + length, of_end), "{}", when.written());
    }
}

#[test]
fn the_months_of_attack_are_found_and_written_only_on_request() {
    let (timeline, _) = open("attack.json", &sample("attack-2.0.json"));
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let import = TimelineImport::new(&timeline, &all);
    assert_eq!(
        import.proposals()[0].message(&timeline),
        "5 of 5 stamps are at midnight on the first of a month, in the zone of their author: perhaps only the month is \
         known (2019-08-01T05:00:00.000Z … 2021-01-01T06:00:00.000Z → 2019-08/2021-01)"
    );
    let whens = |precision| {
        let (again, findings) = open("case.toml", &imported(&timeline, precision));
        assert_eq!(findings, Vec::<String>::new());
        let whens = again.events().filter_map(Event::when);
        whens
            .map(|when| when.written().to_owned())
            .collect::<Vec<_>>()
    };
    let asked = ["2017-06", "2019-08/2021-01", "2023-02/2024-07"];
    assert_eq!(whens(Some(MidnightPrecision::Months)), asked);
    assert_eq!(
        whens(None)[1],
        "2019-08-01T05:00:00.000Z/2021-01-01T06:00:00.000Z"
    );
}

#[test]
fn what_may_follow_a_mistake_counts_as_red() {
    let text = sample("incident-2.2.json");
    let (whole, _) = text.split_once("Encryption").expect("an event");
    let (timeline, findings) = open("case", whole);
    assert_eq!(timeline.len(), 2);
    assert!(
        findings.iter().any(|it| it.starts_with("json-syntax")),
        "{findings:?}"
    );
    assert_eq!(timeline.head().tlp, Some(Tlp::Red));
    assert!(timeline.head().tlp_unread);
}

#[test]
fn a_bundle_is_known_by_its_content() {
    let campaign = "{\"type\":\"campaign\",\"id\":\"campaign--1\",\"name\":\"A\"}";
    for text in [
        format!("{{\"type\":\"bundle\",\"objects\":[{campaign}]}}"),
        format!("\n {{\"objects\": [{campaign}]}}"),
        format!(
            "{{\"id\":\"b\",\"spec_version\":\"2.0\",\"objects\":[{campaign}],\"type\":\"bundle\"}}"
        ),
    ] {
        let (timeline, findings) = open("x.csv", &text);
        assert_eq!((timeline.len(), findings.len()), (1, 0), "{text}");
    }
    let log = "{\"objects\":[{\"id\":7,\"message\":\"a\",\"datetime\":\"2024-01-01T00:00:00Z\"}]}";
    let texts = [SourceText::new("x.json", log)];
    let (timeline, _) = formats::open(&texts);
    let titles: Vec<&str> = timeline.events().map(Event::title).collect();
    assert_ne!(titles, ["A"]);
}

#[test]
fn hostile_objects_are_counted_or_left_out() {
    for object in [
        json!(7),
        json!({}),
        json!({"type": "campaign"}),
        json!({"type": 7, "id": "campaign--1"}),
        json!({"type": "campaign", "id": "campaign--1", "name": 7, "first_seen": {}, "aliases": "x"}),
        json!({"type": "incident", "id": "incident--1", "event_refs": ["incident--1"]}),
        json!({"type": "relationship", "id": "relationship--1", "source_ref": "campaign--1", "target_ref": "campaign--1"}),
        json!({"type": "note", "id": "note--1", "object_refs": ["note--1"]}),
        json!({"type": "attack-action", "id": "attack-action--1", "effect_refs": ["attack-action--1"]}),
    ] {
        let bundle = json!({"type": "bundle", "objects": [object]}).to_string();
        let (timeline, _) = open("case", &bundle);
        assert!(timeline.len() <= 1, "{bundle}");
    }
}

#[test]
fn the_clock_of_a_flow_is_not_a_date() {
    let (timeline, _) = open("flow", &sample("flow.afb"));
    let stopped = timeline
        .find_event("crane-stops")
        .expect("the event exists");
    assert_eq!(stopped.when(), None);
    assert_eq!(
        stopped.summary(),
        "On the clock of the flow: 1970-01-01T12:05:00.000Z"
    );
    let years = timeline.events().filter_map(Event::when);
    assert!(
        years
            .map(|when: EventDate| when.start().earliest)
            .all(|it| it.micros() > 0)
    );
}

/// What is read of an incident whose description imitates dateline, on which a relationship has some times: its date, its
/// summary and the kinds of the findings.
fn imitated(description: &str, times: &[[&str; 2]]) -> (Option<String>, String, Vec<String>) {
    let identity =
        json!({"type": "identity", "id": "identity--1", "name": "A", "identity_class": "group"});
    let incident =
        json!({"type": "incident", "id": "incident--1", "name": "I", "description": description});
    let relations = times.iter().enumerate().map(|(number, [start, stop])| {
        json!({
            "type": "relationship", "id": format!("relationship--{number}"), "relationship_type": "targets",
            "source_ref": "incident--1", "target_ref": "identity--1", "start_time": start, "stop_time": stop,
        })
    });
    let objects: Vec<Value> = [identity, incident].into_iter().chain(relations).collect();
    let bundle = json!({"type": "bundle", "objects": objects});
    let (timeline, findings) = open("case", &bundle.to_string());
    let event = timeline.events().next().expect("an event");
    let kinds = findings.iter().filter_map(|it| it.split(':').next());
    // Without a relationship, the identity has no part in the case.
    let kinds = kinds.filter(|kind| *kind != "objects-not-read");
    (
        event.when().map(|when| when.written().to_owned()),
        event.summary().to_owned(),
        kinds.map(str::to_owned).collect(),
    )
}

/// Words say no more than the times do, also if another program wrote them.
#[test]
fn words_like_those_of_dateline_count_only_where_the_times_allow_just_that() {
    #[track_caller]
    fn check(description: &str, times: &[[&str; 2]], when: &str, summary: &str, finding: &str) {
        let findings = Some(finding.to_owned()).filter(|it| !it.is_empty());
        let expected = (
            Some(when.to_owned()).filter(|it| !it.is_empty()),
            summary.to_owned(),
            findings.into_iter().collect(),
        );
        assert_eq!(imitated(description, times), expected, "{description}");
    }
    let year = ["2022-01-01T00:00:00Z", "2022-12-31T23:59:59.999Z"];
    let wide = "[2022-01-01T00:00:00Z..2022-12-31T23:59:59.999Z]";
    let outside = "date-outside-stamps";
    let day = "When: 3 January 2022";
    check(day, &[year], wide, day, outside);
    check("When: 2022\n\nWords.", &[year], "2022", "Words.", "");
    let longer = "When: 2021/2022";
    check(longer, &[year], wide, longer, outside);
    check(day, &[], "3 January 2022", "", "");
    // One of two relationships says something else.
    let longer = ["2022-01-01T00:00:00Z", "2023-12-31T23:59:59.999Z"];
    check(
        "When: 2022",
        &[year, longer],
        "[2022-01-01T00:00:00Z..2023-12-31T23:59:59.999Z]",
        "When: 2022",
        outside,
    );
    // The words and the brackets say different things.
    let both = "When: 2022 [2022-01-03]";
    check(both, &[], "", both, "");
    check(both, &[year], wide, both, "");
    check("When: Monday", &[year], wide, "When: Monday", "");
    check("When: undated", &[year], wide, "", "");
    let days = "When: undated\nDisclosed: soon\nPhase: legal\n\nWords.";
    check(days, &[], "", "Disclosed: soon\nWords.", "");
}
