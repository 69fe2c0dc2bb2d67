//! The shipped case shows both sides of its disagreements. The test reads the TOML itself, not through dateline.

use std::collections::{BTreeMap, BTreeSet};

use dateline::diagnostic::SourceText;
use dateline::query::Filter;
use toml::{Table, Value};

const SHIPPED: &str = include_str!("../timelines/uk-democratic-institutions.toml");

/// The disagreements of the public record that the case must show. Each line has the number in the author's notes, the
/// event, the aspect, and two of the sources that differ. D25 is missing: it lists errors to leave out.
const DISAGREEMENTS: &str = "
    D1 reconnaissance actor ncsc-statement satyanama
    D1 reconnaissance actor fcdo-web satyanama
    D2 commission-compromise actor fcdo-web packaging-gateway
    D3 commission-compromise actor ncsc-statement standard-sanctions
    D3 commission-compromise actor ncsc-statement guardian-copy
    D3 commission-compromise actor ncsc-statement cpo-magazine
    D4 commission-compromise date fcdo-press commission-page
    D4 commission-compromise date fcdo-press ico-reprimand
    D4 commission-compromise date commission-page elmore
    D5 detection date commission-page bleepingcomputer-copy
    D5 spam-report date ico-reprimand infosecurity
    D6 ico-told date guardian-2023-copy freevacy
    D7 second-exploitation date ico-reprimand gdprhub
    D8 first-entry method ico-reprimand zero-day-copy
    D9 russia-theory accused telegraph-yahoo fcdo-web
    D9 commission-compromise actor telegraph-yahoo the-week-2023
    D10 commission-compromise target lgl-2023 techcrunch-copy
    D10 commission-compromise target guardian-live bbc-2023
    D11 reconnaissance number itv inews-30
    D11 reconnaissance number ft-copy inews-live
    D12 ipac-emails effect meritalk rfe-rl
    D13 reconnaissance-found actor fcdo-press fcdo-web
    D14 uk-summons addressee fcdo-web reuters-summons
    D14 uk-summons date fcdo-web kuna
    D15 uk-designations capacity fcdo-press uk-sanctions-list
    D15 uk-designations capacity fcdo-web export-compliance
    D16 wuhan-xrz date willkie ccn
    D17 apt31-active date courthouse-news mitre-g0128
    D18 reconnaissance actor ncsc-statement hackertakeout
    D19 nz-compromise actor nz-ncsc nz-efe
    D20 eu-solidarity response eeas-copy express-copy
    D21 embassy-denial accused embassy-reuters embassy-peoples-daily
    D22 ipac-counts-124 number ipac-2024 proc-124
    D22 canada-ruling number proc-114 proc-133
    D23 reprimand date ico-statement techcrunch-copy
    D24 finland-breach date finland-2020 demokraatti
";

/// The aspects that a claim can be about.
const ASPECTS: [&str; 13] = [
    "event",
    "date",
    "actor",
    "target",
    "accused",
    "addressee",
    "method",
    "effect",
    "number",
    "status",
    "capacity",
    "reason",
    "response",
];

/// The people whom the US indictment charges.
const CHARGED: [&str; 7] = [
    "cheng-feng",
    "ni-gaobin",
    "peng-yaowen",
    "sun-xiaohui",
    "weng-ming",
    "xiong-wang",
    "zhao-guangzong",
];

/// The speakers for the UK government.
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

/// The aspect that a claim is about; by default, that the event happened.
fn about(claim: &Table) -> &str {
    match text(claim, "about") {
        "" => "event",
        aspect => aspect,
    }
}

/// Whether the source says nothing on the point, and so neither agrees nor disagrees.
fn is_silent(claim: &Table) -> bool {
    text(claim, "stance") == "silent"
}

/// Whether some claims about one aspect differ: in stance, value or likelihood.
fn differ(claims: &[&Table]) -> bool {
    let distinct = |key: &str| -> BTreeSet<String> {
        let words = claims.iter().map(|claim| text(claim, key).to_lowercase());
        words.filter(|word| !word.is_empty()).collect()
    };
    let is_disputed = distinct("stance").iter().any(|stance| stance != "asserts");
    is_disputed || distinct("value").len() > 1 || distinct("likelihood").len() > 1
}

fn event<'t>(case: &'t Table, id: &str) -> &'t Table {
    let mut events = tables(case, "events").into_iter();
    events
        .find(|event| text(event, "id") == id)
        .unwrap_or_else(|| panic!("no such event: `{id}`"))
}

/// Every claim of the case, with the id of its event.
fn claims(case: &Table) -> Vec<(&str, &Table)> {
    let of = |event| {
        tables(event, "claims")
            .into_iter()
            .map(|it| (text(event, "id"), it))
    };
    tables(case, "events").into_iter().flat_map(of).collect()
}

#[test]
fn the_case_has_claims_of_different_sources_for_each_disagreement() {
    let case = shipped();
    let mut numbers = BTreeSet::new();
    for line in DISAGREEMENTS.trim().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let &[number, id, aspect, one, other] = words.as_slice() else {
            panic!("a line needs five words: {line}");
        };
        numbers.insert(number);
        let all = tables(event(&case, id), "claims");
        let of = |source: &str| -> Vec<&Table> {
            let is_meant =
                |claim: &&&Table| about(claim) == aspect && text(claim, "source") == source;
            let found: Vec<&Table> = all.iter().filter(is_meant).copied().collect();
            assert!(
                !found.is_empty(),
                "{number}: {id}: no claim about {aspect} from {source}"
            );
            for claim in &found {
                assert!(!text(claim, "by").is_empty(), "{number}: {claim:?}");
            }
            found
        };
        let how =
            |claim: &Table| ["value", "stance", "words"].map(|key| text(claim, key).to_owned());
        let (one, other) = (of(one), of(other));
        let is_answered = |claim: &&Table| other.iter().any(|other| how(claim) != how(other));
        assert!(one.iter().any(is_answered), "{line}: the claims agree");
    }
    let expected: BTreeSet<String> = (1..=24).map(|number| format!("D{number}")).collect();
    assert_eq!(
        numbers
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>(),
        expected
    );
}

#[test]
fn an_event_is_contested_if_its_claims_differ() {
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
        for aspect in ASPECTS {
            let about: Vec<&Table> = claims
                .iter()
                .copied()
                .filter(|it| about(it) == aspect && !is_silent(it))
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
fn no_uk_speaker_attributes_the_commission_compromise_to_apt31() {
    let case = shipped();
    let commission = [
        "electoral-commission",
        "exchange-server",
        "electoral-registers",
    ];
    let is_hit = |event: &&Table| {
        let is_target = |it: &&str| commission.contains(it);
        texts(event, "targets").iter().any(is_target)
            || texts(event, "tags").contains(&"strand-commission")
    };
    let hits: Vec<&Table> = tables(&case, "events").into_iter().filter(is_hit).collect();
    assert!(
        hits.len() > 15,
        "{} events concern the Commission",
        hits.len()
    );
    for event in hits {
        let id = text(event, "id");
        for role in ["actors", "accused"] {
            assert!(!texts(event, role).contains(&"apt31"), "{id}: {role}");
        }
        assert!(!text(event, "title").contains("APT31"), "{id}");
        for claim in tables(event, "claims") {
            let names_apt31 =
                text(claim, "value") == "apt31" && ["actor", "accused"].contains(&about(claim));
            let by = text(claim, "by");
            assert!(!(names_apt31 && UK_SPEAKERS.contains(&by)), "{id}: {by}");
        }
    }
}

#[test]
fn charged_people_are_only_ever_accused() {
    let case = shipped();
    assert_eq!(
        texts(event(&case, "us-indictment"), "accused").len(),
        CHARGED.len()
    );
    for event in tables(&case, "events") {
        for person in CHARGED {
            for role in ["actors", "targets"] {
                assert!(
                    !texts(event, role).contains(&person),
                    "{}: {person}",
                    text(event, "id")
                );
            }
        }
    }
    for (id, claim) in claims(&case) {
        let value = text(claim, "value");
        assert!(
            !(about(claim) == "actor" && CHARGED.contains(&value)),
            "{id}: {value}"
        );
    }
    let words: Vec<&str> = SHIPPED
        .split_whitespace()
        .filter(|it| *it != "\\")
        .collect();
    let whole = words.join(" ").to_lowercase();
    let left = ["is not being convicted", "is not convicted"]
        .iter()
        .fold(whole, |text, denial| text.replace(denial, ""));
    for word in ["guilty", "convicted", "criminals"] {
        assert!(!left.contains(word), "the case says `{word}`");
    }
    let indictment = event(&case, "us-indictment");
    assert!(text(indictment, "summary").contains("presumed innocent"));
}

#[test]
fn every_event_has_a_speaker_and_every_claim_has_an_aspect() {
    let case = shipped();
    for event in tables(&case, "events") {
        let id = text(event, "id");
        assert!(!tables(event, "claims").is_empty(), "{id}");
    }
    for (id, claim) in claims(&case) {
        assert!(!text(claim, "about").is_empty(), "{id}: {claim:?}");
        assert!(!text(claim, "source").is_empty(), "{id}: {claim:?}");
    }
}

/// Reports that repeat a text count as one statement, so each must derive from it.
#[test]
fn repetitions_of_a_text_derive_from_it() {
    let case = shipped();
    let sources = case["sources"].as_table().expect("sources");
    let roots = |id: &str| -> BTreeSet<String> {
        let (mut open, mut found) = (vec![id.to_owned()], BTreeSet::new());
        while let Some(id) = open.pop() {
            let of = sources.get(&id).and_then(Value::as_table);
            let of = of.unwrap_or_else(|| panic!("no such source: `{id}`"));
            open.extend(texts(of, "derives-from").into_iter().map(str::to_owned));
            found.insert(id);
        }
        found
    };
    let families = [
        (
            "ico-reprimand",
            "gdprhub security-nl infosecurity techcrunch-copy ismg ico-statement",
        ),
        ("fcdo-press", "fcdo-web fcdo-web-wired fcdo-web-archived"),
        (
            "commission-notice",
            "lgl-2023 bbc-2023 kennedys west-northants-notice bromley-notice",
        ),
        ("uk-sanctions-list", "iom-notice ofsi-notice"),
        ("fcdo-summons", "kuna reuters-summons"),
        ("doj-indictment", "courthouse-news proc-124 rfe-rl"),
    ];
    for (root, reports) in families {
        for report in reports.split(' ') {
            assert!(
                roots(report).contains(root),
                "{report} does not derive from {root}"
            );
        }
    }
}

#[test]
fn only_uk_government_speakers_have_a_likelihood() {
    let case = shipped();
    let graded: Vec<_> = claims(&case)
        .into_iter()
        .filter(|(_, claim)| !text(claim, "likelihood").is_empty())
        .collect();
    assert!(graded.len() > 10, "{}", graded.len());
    for (id, claim) in graded {
        let by = text(claim, "by");
        assert!(UK_SPEAKERS.contains(&by), "{id}: {by}");
        assert!(
            !text(claim, "words").is_empty(),
            "{id}: {by}: the words of the speaker are missing"
        );
    }
}

#[test]
fn each_audience_has_a_briefing_of_its_own() {
    let case = shipped();
    let scenes = tables(&case, "scenes");
    let of = |audience: &str| {
        let is_for = |scene: &&&Table| texts(scene, "audience").contains(&audience);
        scenes.iter().filter(is_for).count()
    };
    for (audience, least) in [("ministers", 10), ("technical", 10), ("board", 6)] {
        assert!(of(audience) >= least, "{audience}: {} scenes", of(audience));
    }
    for scene in scenes {
        let words = text(scene, "say").split_whitespace().count();
        assert!(
            (12..=26).contains(&words),
            "{}: {words} words",
            text(scene, "title")
        );
        assert!(!text(scene, "notes").is_empty(), "{}", text(scene, "title"));
    }
}

#[test]
fn both_texts_of_the_statement_are_sources_and_the_second_derives_from_the_first() {
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
