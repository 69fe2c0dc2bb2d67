//! The case that is shipped: that its disagreements stand in it side by side, read from the TOML and not through the
//! program.

use std::collections::{BTreeMap, BTreeSet};

use dateline::diagnostic::SourceText;
use dateline::query::Filter;
use toml::{Table, Value};

const SHIPPED: &str = include_str!("../timelines/uk-democratic-institutions.toml");

/// Each disagreement of the public record that the case shows: its number in the notes from which the case was
/// made, where it lives, and two of the sources that differ.
const DISAGREEMENTS: &[(&str, &str, &str, [&str; 2])] = &[
    (
        "D1",
        "reconnaissance",
        "actor",
        ["ncsc-statement", "satyanama"],
    ),
    (
        "D2",
        "commission-compromise",
        "actor",
        ["fcdo-web", "packaging-gateway"],
    ),
    (
        "D3",
        "commission-compromise",
        "actor",
        ["ncsc-statement", "cpo-magazine"],
    ),
    (
        "D4",
        "commission-compromise",
        "date",
        ["fcdo-press", "commission-page"],
    ),
    ("D5", "detection", "date", ["commission-page", "gdprhub"]),
    ("D5", "spam-report", "date", ["security-nl", "infosecurity"]),
    (
        "D6",
        "ico-told",
        "date",
        ["west-northants-notice", "freevacy"],
    ),
    ("D11", "reconnaissance", "number", ["itv", "inews-30"]),
    (
        "D12",
        "reconnaissance",
        "effect",
        ["fcdo-web", "standard-yahoo"],
    ),
    (
        "D13",
        "reconnaissance-found",
        "actor",
        ["fcdo-press", "fcdo-web"],
    ),
    (
        "D14",
        "uk-summons",
        "target",
        ["fcdo-web", "reuters-summons"],
    ),
    ("D14", "uk-summons", "date", ["fcdo-web", "kuna"]),
    (
        "D15",
        "uk-designations",
        "target",
        ["fcdo-press", "iom-notice"],
    ),
];

/// Those who speak for the UK government.
const UK_SPEAKERS: &[&str] = &[
    "fcdo",
    "ico",
    "james-cleverly",
    "lord-cameron",
    "mi5",
    "ncsc",
    "ofsi",
    "oliver-dowden",
    "paul-chichester",
    "tom-tugendhat",
    "uk-government",
];

fn shipped() -> Table {
    SHIPPED.parse().expect("the shipped case is TOML")
}

fn tables<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect()
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn texts<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// What a claim is about; nothing said, that the event happened.
fn about(claim: &Table) -> &str {
    match text(claim, "about") {
        "" => "event",
        aspect => aspect,
    }
}

/// Whether some claims about one aspect do not say the same: by stance, by value, or by their words of likelihood.
fn differ(claims: &[&Table]) -> bool {
    let distinct = |key: &str| -> BTreeSet<String> {
        let words = claims.iter().map(|claim| text(claim, key).to_lowercase());
        words.filter(|word| !word.is_empty()).collect()
    };
    let is_disputed = distinct("stance").iter().any(|stance| stance != "asserts");
    is_disputed || distinct("value").len() > 1 || distinct("likelihood").len() > 1
}

#[test]
fn each_disagreement_stands_in_the_case_as_claims_of_different_sources() {
    let case = shipped();
    for (number, id, aspect, sources) in DISAGREEMENTS {
        let events = tables(&case, "events");
        let event = events.iter().find(|event| text(event, "id") == *id);
        let event = event.unwrap_or_else(|| panic!("{number}: no event `{id}`"));
        let claims = tables(event, "claims");
        let of = |source: &str| -> Vec<&Table> {
            let is_meant =
                |claim: &&&Table| about(claim) == *aspect && text(claim, "source") == source;
            claims.iter().filter(is_meant).copied().collect()
        };
        for source in sources {
            assert!(
                !of(source).is_empty(),
                "{number}: {id} has no claim about {aspect} from {source}"
            );
            for claim in of(source) {
                assert!(!text(claim, "by").is_empty(), "{number}: {claim:?}");
            }
        }
        let how =
            |claim: &Table| ["value", "stance", "words"].map(|key| text(claim, key).to_owned());
        let (one, other) = (of(sources[0]), of(sources[1]));
        let is_answered = |claim: &&Table| other.iter().any(|other| how(claim) != how(other));
        assert!(
            one.iter().any(is_answered),
            "{number}: {sources:?} say the same of {id}"
        );
    }
}

#[test]
fn contested_are_the_events_whose_claims_differ() {
    let case = shipped();
    let (timeline, _) = dateline::formats::open(&[SourceText::new("the shipped case", SHIPPED)]);
    let found = |filter: &str| -> BTreeSet<String> {
        let filter = Filter::parse(&timeline, filter).expect("a filter without mistakes");
        let matches = filter.matches(&timeline);
        let keys = matches
            .events()
            .map(|(id, _)| timeline.event(id).key().into_owned());
        keys.collect()
    };
    let mut contested: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for event in tables(&case, "events") {
        let claims = tables(event, "claims");
        for aspect in ["event", "date", "actor", "target", "method", "effect"] {
            let about: Vec<&Table> = claims
                .iter()
                .copied()
                .filter(|it| about(it) == aspect)
                .collect();
            if differ(&about) {
                let id = text(event, "id").to_owned();
                contested.entry("yes").or_default().insert(id.clone());
                contested.entry(aspect).or_default().insert(id);
            }
        }
    }
    assert!(contested["yes"].len() > 10, "{contested:?}");
    for (value, events) in contested {
        assert_eq!(
            found(&format!("contested:{value}")),
            events,
            "contested:{value}"
        );
    }
}

#[test]
fn no_uk_speaker_gives_the_compromise_of_the_commission_to_apt31() {
    let case = shipped();
    let commission = [
        "electoral-commission",
        "exchange-server",
        "electoral-registers",
    ];
    let is_hit = |event: &&Table| {
        texts(event, "targets")
            .iter()
            .any(|it| commission.contains(it))
    };
    let hits: Vec<&Table> = tables(&case, "events").into_iter().filter(is_hit).collect();
    assert!(
        hits.len() > 5,
        "{} events have the Commission as their target",
        hits.len()
    );
    for event in hits {
        assert!(
            !texts(event, "actors").contains(&"apt31"),
            "{}",
            text(event, "id")
        );
        for claim in tables(event, "claims") {
            let names_apt31 = text(claim, "value") == "apt31" && about(claim) == "actor";
            let by = text(claim, "by");
            assert!(
                !(names_apt31 && UK_SPEAKERS.contains(&by)),
                "{}: {by}",
                text(event, "id")
            );
        }
    }
}

#[test]
fn both_texts_of_the_statement_are_sources_and_the_second_rests_on_the_first() {
    let case = shipped();
    let source = |id: &str| case["sources"][id].as_table().expect("a source").clone();
    assert!(texts(&source("fcdo-press"), "derives-from").is_empty());
    assert_eq!(texts(&source("fcdo-web"), "derives-from"), ["fcdo-press"]);
    for id in ["fcdo-press", "fcdo-web"] {
        let of_text = |claim: &&Table| text(claim, "source") == id;
        let events = tables(&case, "events");
        let claims = events.iter().flat_map(|event| tables(event, "claims"));
        assert!(claims.filter(|claim| of_text(claim)).count() > 5, "{id}");
    }
}
