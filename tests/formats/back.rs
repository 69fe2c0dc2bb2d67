//! dateline reads its own exports back with the same lanes, people, documents, ids and markings.

use dateline::date::EventDate;
use dateline::timeline::{Event, Timeline};

use super::open;
use crate::support::program;

const CASE: &str = r#"
[timeline]
tlp = "GREEN"

[sources.s]
title = "Source S, part 1"

[entities.a]
name = "Actor, A"

[entities.b]
name = "Target B"

[entities.d]
name = "Reader; D"

[entities.c]
name = "Informant"
tlp = "RED"

[[events]]
id = "entry"
when = "late 2021"
discovered = "2022-02"
disclosed = "by 2022-03"
title = "Entry; =1+1"
summary = "One line\n-2 of another"
phase = "compromise"
lane = ["Zürich", "Alpha"]
actors = ["a"]
targets = ["b", "a"]
accused = ["b"]
addressees = ["d", "b"]
sources = ["s"]
tags = ["x y"]
techniques = ["T1190"]
tlp = "AMBER"

[[events]]
when = "2022"
title = "Reported"
actors = ["c"]
tlp = "CLEAR"

[[events]]
when = "2023"
title = "Unattributed"
lane = "Beta"
tlp = "CLEAR"

[[events]]
title = "Undated"
targets = ["b"]
"#;

fn exported(timeline: &Timeline, form: &str) -> String {
    program::written(timeline, form)
}

/// The key, lanes and parties of each event.
fn keys_lanes_and_parties(timeline: &Timeline) -> Vec<String> {
    let of = |event: Event<'_>| {
        let names = |ids: &[dateline::timeline::EntityId]| -> Vec<String> {
            let names = ids.iter().map(|&id| timeline.entity(id).name.clone());
            names.collect()
        };
        let lanes = event.lanes().iter();
        let lanes: Vec<_> = lanes.map(|&it| timeline.lanes().word(it)).collect();
        let (actors, targets) = (names(event.actors()), names(event.targets()));
        let (accused, addressees) = (names(event.accused()), names(event.addressees()));
        let others = [accused, addressees].concat().join("; ");
        format!("{} {lanes:?} {actors:?} {targets:?} {others}", event.key())
            .trim_end()
            .to_owned()
    };
    timeline.events().map(of).collect()
}

/// Every other fact that the table of formats promises.
fn other_facts(timeline: &Timeline) -> Vec<String> {
    let of = |event: Event<'_>| {
        let when = event.when().map(|when| when.written().to_owned());
        let lists: [Vec<&str>; 2] = [event.tags().collect(), event.techniques().collect()];
        let (title, summary, phase) = (event.title(), event.summary(), event.phase());
        format!("{title:?} {when:?} {summary:?} {phase:?} {lists:?}")
    };
    timeline.events().map(of).collect()
}

fn markings(timeline: &Timeline) -> Vec<&'static str> {
    let of = |event: Event<'_>| event.tlp().map_or("", |tlp| tlp.as_str());
    timeline.events().map(of).collect()
}

fn titles(timeline: &Timeline, event: Event<'_>) -> Vec<String> {
    let sources = event.sources().iter();
    sources
        .map(|&id| timeline.source(id).title.clone())
        .collect()
}

/// Attributes of an exported row that are not facts of an event.
const OTHERS: &[&str] = &["timestamp_desc"];

#[test]
fn entities_and_sources_of_a_row_are_read_back() {
    let (timeline, _) = open("case.toml", CASE);
    for (form, rows) in [("jsonl", 4), ("csv", 4), ("timesketch-csv", 3)] {
        let (again, findings) = open("back", &exported(&timeline, form));
        assert!(findings.is_empty(), "{form}: {findings:?}");
        assert_eq!(
            keys_lanes_and_parties(&again),
            keys_lanes_and_parties(&timeline)[..rows],
            "{form}"
        );
        let facts = other_facts(&timeline);
        assert_eq!(other_facts(&again), facts[..rows], "{form}");
        // A record has the strictest marking of everything that it names.
        let expected = ["AMBER", "RED", "CLEAR", "GREEN"];
        assert_eq!(markings(&again), expected[..rows], "{form}");
        let first = again.events().next().expect("there is an event");
        assert_eq!(titles(&again, first), ["back", "Source S, part 1"]);
        for event in again.events() {
            let mut others = event.attributes();
            assert!(others.all(|(name, _)| OTHERS.contains(&name)), "{form}");
        }
        let dates = [first.discovered(), first.disclosed()];
        let dates = dates.map(|date| date.map(EventDate::written));
        assert_eq!(dates, [Some("2022-02"), Some("by 2022-03")], "{form}");
        let lanes: Vec<_> = again.lanes().iter().map(|(_, word)| word).collect();
        assert_eq!(lanes, ["Zürich", "Alpha", "Beta"], "{form}");
        assert_eq!(again.entities().count(), 4);
        assert!(again.entities().all(|(_, it)| it.declared));
    }
}

#[test]
fn an_export_of_an_export_is_the_same() {
    let (timeline, _) = open("case.toml", CASE);
    let first = exported(&timeline, "jsonl");
    let (again, _) = open("back", &first);
    let second = exported(&again, "jsonl");
    let (third, _) = open("back", &second);
    assert_eq!(exported(&third, "jsonl"), second);
    let without = |text: &str| -> Vec<serde_json::Value> {
        let objects = text.lines().map(|line| {
            let mut object: serde_json::Value =
                serde_json::from_str(line).expect("the line is JSON");
            // By now the exported file is a source too.
            object["sources"] = serde_json::Value::Null;
            object
        });
        objects.collect()
    };
    assert_eq!(without(&second), without(&first));
}

#[test]
fn an_entity_of_a_log_is_the_one_declared_in_a_timeline_next_to_it() {
    let (timeline, _) = open("case.toml", CASE);
    let log = exported(&timeline, "jsonl");
    let texts = [("case.toml", CASE), ("back", &log)];
    let texts = texts.map(|(name, text)| dateline::diagnostic::SourceText::new(name, text));
    let (both, findings) = dateline::formats::open(&texts);
    let is_of_markings = |kind: &str| kind == "marking-exceeds-file";
    assert!(
        findings.iter().all(|it| is_of_markings(it.kind.name)),
        "{findings:?}"
    );
    assert_eq!((both.len(), both.entities().count()), (8, 4));
    let ids: Vec<_> = both.entities().map(|(_, it)| it.key.as_str()).collect();
    assert_eq!(ids, ["a", "b", "d", "c"]);
    // So are the documents; a duplicate id gets a number.
    assert_eq!(both.sources().count(), 2);
    let keys: Vec<_> = both.events().map(|it| it.key().into_owned()).collect();
    assert_eq!(keys.iter().filter(|it| it.starts_with("entry")).count(), 2);
    let mut different = keys.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), keys.len(), "{keys:?}");
}

#[test]
fn no_two_rows_share_an_id_even_if_one_has_the_line_of_another() {
    let log = "\
        message,when_edtf,event_id\n\
        a,2021,\n\
        b,2022,back-2\n\
        c,2023,back-3\n\
        d,2024,mine\n\
        e,2020,mine\n\
        f,2025,other-9\n";
    let (timeline, findings) = open("back", log);
    assert!(findings.is_empty(), "{findings:?}");
    let keys: Vec<_> = timeline.events().map(|it| (it.title(), it.key())).collect();
    let keys: Vec<_> = keys.iter().map(|(title, key)| (*title, &**key)).collect();
    let expected = [
        ("e", "mine"),
        ("a", "back-2"),
        ("b", "back-3"),
        ("c", "back-4"),
        ("d", "mine-2"),
        ("f", "other-9"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn values_of_a_later_row_belong_to_that_row() {
    let log = "\
        message,when_edtf,lane,actors,sources,tlp\n\
        a,2021,,,,\n\
        b,2022,L,A,S,RED\n\
        c,2023,,,,\n";
    let (timeline, _) = open("back", log);
    let expected = [
        "back-2 [] [] []",
        "back-3 [\"L\"] [\"A\"] []",
        "back-4 [] [] []",
    ];
    assert_eq!(keys_lanes_and_parties(&timeline), expected);
    assert_eq!(markings(&timeline), ["", "RED", ""]);
    let counts = timeline.events().map(|it| it.sources().len());
    assert_eq!(counts.collect::<Vec<_>>(), [1, 2, 1]);
}

#[test]
fn a_name_may_have_commas_and_spaces() {
    let log = "message,when_edtf,actors,lane\na,2021,\"Smith, John\",[no list\n";
    let (timeline, _) = open("back", log);
    assert_eq!(
        keys_lanes_and_parties(&timeline),
        ["back-2 [\"[no list\"] [\"Smith, John\"] []"]
    );
}

#[test]
fn columns_derived_from_a_date_are_dropped_only_from_an_export_of_dateline() {
    let columns = "message,datetime,precision,earliest,uncertain,_id";
    let row = "x,2021-08-14T10:00:00Z,MYPREC,MYEARLY,MYUNC,7f";
    let attributes = |text: &str| -> Vec<String> {
        let (timeline, _) = open("a.csv", text);
        let event = timeline.events().next().expect("there is an event");
        let names = event
            .attributes()
            .map(|(name, value)| format!("{name}={value}"));
        names.collect()
    };
    let all = [
        "precision=MYPREC",
        "earliest=MYEARLY",
        "uncertain=MYUNC",
        "_id=7f",
    ];
    assert_eq!(attributes(&format!("{columns}\n{row}\n")), all);
    let ours = format!("{columns},when_edtf\n{row},2021-08\n");
    assert_eq!(attributes(&ours), ["_id=7f"]);
}

#[test]
fn an_unreadable_day_is_kept_and_makes_nothing_public() {
    let log = "\
        message,when_edtf,discovered,disclosed\n\
        a,2021,2021-13,2022-02-30\n\
        b,2021,2022,2022-01\n";
    let (timeline, findings) = open("back", log);
    assert_eq!(findings.len(), 2, "{findings:?}");
    let mut events = timeline.events();
    let (first, second) = (events.next(), events.next());
    let (first, second) = (first.expect("a row"), second.expect("a row"));
    assert!(first.discovered().is_none() && first.disclosed().is_none());
    let kept = [("discovered", "2021-13"), ("disclosed", "2022-02-30")];
    assert_eq!(first.attributes().collect::<Vec<_>>(), kept);
    assert!(first.day_unread() && !second.day_unread());
    let day = EventDate::parse("2024").expect("a day");
    let public = timeline.as_of(&day).expect("the date has an end");
    assert!(public.events().map(Event::title).eq(["b"]));
}
