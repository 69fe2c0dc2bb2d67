//! Bundles of STIX and projects of Attack Flow: any document is opened as far as it is readable, and imported safely.

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::formats::import::TimelineImport;
use dateline::timeline::{Event, EventId};

use super::random::Random;
use crate::safety::hostile::forbidden;
use crate::support::program;

const SAMPLES: [&str; 6] = [
    "attack-2.0.json",
    "flow-in-stix.json",
    "flow.afb",
    "incident-2.2.json",
    "incidents-2.1.json",
    "markings.json",
];

/// Values that a mutation puts in the place of another.
const VALUES: [&str; 12] = [
    "null",
    "7",
    "{}",
    "[]",
    "\"\"",
    "\"\\u001b[31m\"",
    "\"2021-02-30T00:00:00Z\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"../..\"",
    "[[[[\"x\"]]]]",
    "{\"a\": {\"b\": [1]}}",
    "\"incident--00000000-0000-4000-8000-000000000001\"",
];

/// Puts another value behind one of the colons of a text.
fn with_other_value(random: &mut Random, text: &str) -> String {
    let colons: Vec<usize> = text
        .match_indices("\": ")
        .map(|(at, sign)| at + sign.len())
        .collect();
    let Some(&at) = colons.get(random.below(colons.len())) else {
        return text.to_owned();
    };
    let (before, rest) = text.split_at(at);
    let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
    let (_, behind) = rest.split_at(end);
    format!("{before}{}{behind}", random.pick(&VALUES))
}

pub fn round(random: &mut Random) {
    let name = random.pick(&SAMPLES);
    let mut text = program::read(&format!("tests/formats/bundles/{name}"));
    for _ in 0..random.below(6) {
        text = with_other_value(random, &text);
    }
    if random.one_in(2) {
        text = random.spoiled(&text, 6);
    }
    let texts = [SourceText::new("fuzz.json", text.as_str())];
    let (timeline, findings) = formats::open(&texts);
    for finding in &findings {
        let marked = texts[0].text().get(finding.place.range());
        assert!(marked.is_some(), "{text:?}: {finding:?}");
    }
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let imported = TimelineImport::new(&timeline, &all).write(None);
    assert_eq!(forbidden(&imported.replace('\t', " ")), None, "{text:?}");
    let again = program::opened("case.toml", &imported);
    assert_eq!(again.timeline.len(), all.len(), "{text:?}\n{imported}");
}
