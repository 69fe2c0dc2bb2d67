//! Out of dateline and in again, item by item: what comes back is what the report of losses says, in each form that dateline
//! both writes and reads.

mod items;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{LazyLock, OnceLock};

use dateline::date::EventDate;
use dateline::formats::stix::extensions;
use dateline::formats::writers::loss::{Content, LossOutcome, LossReport};
use dateline::formats::writers::stix::{StixOptions, StixProfile, StixVersion};
use dateline::formats::{ExportOptions, FormatWriter};
use dateline::query::Matches;
use dateline::timeline::{ClaimValue, Event, Timeline};
use serde_json::Value;

use self::items::{Item, items};
use super::streams;
use crate::support::program;

/// A form that dateline writes and reads.
struct Form {
    format: &'static str,
    stix: StixOptions,
    /// Otherwise ids are made of titles.
    has_ids: bool,
}

const fn form(format: &'static str) -> Form {
    Form {
        format,
        stix: StixOptions {
            profile: StixProfile::Plain,
            version: StixVersion::V21,
            created: None,
        },
        has_ids: true,
    }
}

const fn stix(profile: StixProfile, version: StixVersion) -> Form {
    Form {
        format: "stix",
        stix: StixOptions {
            profile,
            version,
            created: None,
        },
        has_ids: false,
    }
}

static FORMS: [Form; 10] = [
    stix(StixProfile::Plain, StixVersion::V21),
    stix(StixProfile::Incident, StixVersion::V21),
    stix(StixProfile::Incident, StixVersion::V22),
    form("misp"),
    form("json"),
    form("toml"),
    form("xlsx"),
    form("jsonl"),
    form("csv"),
    form("timesketch-csv"),
];

/// The shipped case, and small timelines that have everything between them.
const TIMELINES: [&str; 9] = [
    "shipped",
    "tests/exports/everything.toml",
    "tests/formats/misp/all.toml",
    "harbour",
    "marked",
    "roles",
    "sequence",
    "undated",
    "yardsticks",
];

/// The forms that are rows.
const ROWS: &[&str] = &["jsonl", "csv", "timesketch-csv"];

/// Keys that a form has in words which dateline does not read back as what they are.
const ONLY_WORDS: &[(&[&str], &str, &str)] = &[
    (
        &["misp"],
        "summary",
        "the report in it is the handout, which is for people",
    ),
    (&["misp"], "banner", "the same"),
    (&["misp"], "scenes", "the same"),
    (&["misp"], "scenes.say", "the same"),
    (ROWS, "after", "a row has it as a value of a log"),
];

/// Keys that a form loses although it has the words of what they belong to.
const UNSAID: &[(&[&str], &str, &str)] = &[
    (&["misp"], "scenes.view", "a page of text has no screen"),
    (&["misp"], "scenes.select", "the same"),
    (&["misp"], "scenes.reveal", "the same"),
    (&["misp"], "scenes.axis", "the same"),
    (
        &["misp"],
        "scenes.audience",
        "the report is for every audience",
    ),
    (&["misp"], "scenes.minutes", "nothing is presented"),
];

/// Items that come back and were not there.
const ADDED: &[(&[&str], &str, &str, &str)] = &[
    (ROWS, "sources", "back", "a log is the source of its rows"),
    (ROWS, "note", "back: dateline", "the same"),
];

/// A timeline with what each form writes of it: several tests read the same.
struct WrittenTimeline {
    name: &'static str,
    timeline: Timeline,
    texts: [OnceLock<String>; FORMS.len()],
}

static WRITTEN: LazyLock<Vec<WrittenTimeline>> = LazyLock::new(|| {
    let written = TIMELINES.iter().map(|&name| WrittenTimeline {
        name,
        timeline: if name.contains('/') {
            program::opened(name, &program::read(name)).timeline
        } else {
            program::open(name).timeline
        },
        texts: Default::default(),
    });
    written.collect()
});

impl WrittenTimeline {
    /// Each form that is wanted, and what it writes.
    fn forms(&self, wanted: fn(&Form) -> bool) -> impl Iterator<Item = (&'static Form, &str)> {
        let forms = FORMS.iter().zip(&self.texts);
        forms
            .filter(move |(form, _)| wanted(form))
            .map(|(form, text)| {
                let text = text.get_or_init(|| form.written(&self.timeline));
                (form, text.as_str())
            })
    }
}

impl Form {
    fn name(&self) -> String {
        match self.format {
            "stix" => format!(
                "stix {} {}",
                self.stix.profile.as_str(),
                self.stix.version.as_str()
            ),
            format => format.to_owned(),
        }
    }

    fn report(&self, timeline: &Timeline) -> LossReport {
        let matches = Matches::everything(timeline.len());
        let options = ExportOptions {
            stix: self.stix,
            ..ExportOptions::new(&matches)
        };
        let writer = FormatWriter::find(self.format).expect("the format exists");
        writer.report(timeline, &options)
    }

    fn written(&self, timeline: &Timeline) -> String {
        program::written_as(timeline, self.format, self.stix)
    }

    fn read(&self, text: &str) -> Timeline {
        let writer = FormatWriter::find(self.format).expect("the format exists");
        let opened = streams::read("back", &writer.bytes(text.to_owned()));
        let mut findings = opened.findings.iter().map(|it| it.kind.name);
        let unread = ["objects-not-read", "date-outside-stamps", "unknown-marking"];
        let found = findings.find(|kind| unread.contains(kind));
        assert!(self.format != "stix" || found.is_none(), "{found:?}");
        opened.timeline
    }

    /// The id that each event of a timeline that was read has in the original.
    fn ids(&self, timeline: &Timeline, again: &Timeline) -> BTreeMap<String, String> {
        let key = |event: Event<'_>| event.key().into_owned();
        if self.has_ids {
            return again.events().map(|it| (key(it), key(it))).collect();
        }
        // The objects of a bundle are in the order of the keys of what they are.
        let mut keys: Vec<String> = timeline.events().map(key).collect();
        keys.sort();
        let mut read: Vec<Event<'_>> = again.events().collect();
        read.sort_by_key(|event| event.place().start());
        read.into_iter().map(key).zip(keys).collect()
    }
}

fn is_in(table: &[(&[&str], &str, &str)], form: &Form, item: &Item) -> bool {
    let mut rows = table.iter();
    rows.any(|(formats, key, _)| formats.contains(&form.format) && *key == item.key)
}

/// Items that are there several times are counted.
fn counted(items: &[Item]) -> BTreeMap<&Item, usize> {
    let mut counted = BTreeMap::new();
    for item in items {
        *counted.entry(item).or_default() += 1;
    }
    counted
}

/// What becomes of an item by the report.
fn outcome(report: &LossReport, timeline: &Timeline, item: &Item) -> LossOutcome {
    let event = item.event.as_ref().and_then(|key| timeline.find_event(key));
    let event = event.map(Event::id);
    let mut rows = report.rows.iter().filter(|row| row.content == item.content);
    let lost = rows.find(|row| match event {
        Some(id) if item.content.is_of_events() => row.events.contains(&id),
        _ => true,
    });
    lost.map_or(LossOutcome::Kept, |row| row.outcome)
}

/// The ids of the events that a report leaves out.
fn left_out(report: &LossReport, timeline: &Timeline) -> Vec<String> {
    let rows = report.with(LossOutcome::LeftOut);
    let events = rows.filter(|row| row.content == Content::Event);
    let ids = events.flat_map(|row| &row.events);
    ids.map(|&id| timeline.event(id).key().into_owned())
        .collect()
}

/// Only letters and digits, also of a text of Markdown.
fn bare(text: &str) -> String {
    let text = text
        .replace("&lt;", "")
        .replace("&gt;", "")
        .replace("&amp;", "");
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// The items of a timeline without some events, by their ids: most forms leave out the same, or none.
type Originals = BTreeMap<Vec<String>, Vec<Item>>;

/// The differences between the report and what comes back, in one form of one timeline.
fn problems(
    written: &WrittenTimeline,
    (form, text): (&Form, &str),
    originals: &mut Originals,
) -> Vec<String> {
    let WrittenTimeline { name, timeline, .. } = written;
    let report = form.report(timeline);
    let left_out = left_out(&report, timeline);
    let keys = timeline.events().map(|event| event.key().into_owned());
    let keys = keys.filter(|key| !left_out.contains(key));
    let keys: BTreeMap<String, String> = keys.map(|key| (key.clone(), key)).collect();
    let original = originals.entry(left_out.clone());
    let original = original.or_insert_with(|| items(timeline, &keys));
    assert_counts(name, form, &report, original);
    let again = form.read(text);
    assert_eq!(
        again.len() + left_out.len(),
        timeline.len(),
        "{name}, {}",
        form.name()
    );
    let ids = form.ids(timeline, &again);
    assert_marked(name, form, timeline, &again, &ids);
    let read = items(&again, &ids);
    // Without the line breaks of texts in JSON.
    let words = LazyCell::new(|| bare(&text.replace("\\n", " ")));
    let mut left = counted(&read);
    let mut problems = Vec::new();
    for item in &*original {
        let outcome = outcome(&report, timeline, item);
        let count = left.get_mut(item).filter(|count| **count > 0);
        let is_there = count.map(|count| *count -= 1).is_some();
        let is_right = if outcome == LossOutcome::LeftOut {
            !is_there
        } else {
            // dateline reads its own words: also what is only in words for others.
            let is_in_words = is_in(ONLY_WORDS, form, item) && words.contains(&bare(&item.value));
            is_there || is_in_words || is_in(UNSAID, form, item)
        };
        if !is_right {
            problems.push(format!("{name}, {}, {outcome:?}: {item:?}", form.name()));
        }
    }
    for (item, count) in left {
        let mut known = ADDED.iter();
        let is_known = known.any(|(formats, key, value, _)| {
            formats.contains(&form.format) && *key == item.key && *value == item.value
        });
        if count > 0 && !is_known {
            problems.push(format!("{name}, {}, added: {item:?}", form.name()));
        }
    }
    problems
}

/// Checks that no event is marked less strictly than before.
fn assert_marked(
    name: &str,
    form: &Form,
    timeline: &Timeline,
    again: &Timeline,
    ids: &BTreeMap<String, String>,
) {
    for event in again.events() {
        let was = timeline.find_event(&ids[&*event.key()]);
        let was = was.expect("the event was there");
        assert!(
            event.tlp().or(again.head().tlp) >= was.tlp().or(timeline.head().tlp),
            "{name}, {}, {}",
            form.name(),
            was.key()
        );
    }
}

/// Checks that the report counts the same items.
fn assert_counts(name: &str, form: &Form, report: &LossReport, items: &[Item]) {
    for content in Content::ALL {
        let rows = report.rows.iter().filter(|row| row.content == content);
        let reported: usize = rows.map(|row| row.count).sum();
        let own = items.iter().filter(|item| item.content == content);
        // A claim and a scene are one item each, and a source is one wherever it is cited.
        let own = own.filter(|item| match content {
            Content::Claim => item.key == "claims",
            Content::Scene => item.key == "scenes",
            Content::Source | Content::UncitedSource => {
                item.event.is_none() && item.key == "sources"
            }
            _ => true,
        });
        let counted = own.count();
        let is_other = matches!(
            content,
            Content::Event | Content::Likelihood | Content::Marking | Content::Attribute
        );
        assert!(
            is_other || reported == counted,
            "{name}, {}, {content:?}: {reported} reported, {counted} there",
            form.name()
        );
    }
}

#[test]
fn what_comes_back_is_what_the_report_of_losses_says() {
    let mut all = Vec::new();
    for written in &*WRITTEN {
        let mut originals = Originals::new();
        for form in written.forms(|_| true) {
            all.extend(problems(written, form, &mut originals));
        }
    }
    assert!(all.is_empty(), "{} problems\n{}", all.len(), all.join("\n"));
}

/// Every date that dateline reads comes back from STIX as it is written, from words and from times.
#[test]
fn every_date_comes_back_from_stix() {
    let dates = program::read("tests/dates/dates.txt");
    let dates = dates.lines().filter(|line| !line.starts_with('#'));
    let dates = dates.filter_map(|line| EventDate::parse(line.split('|').next()?.trim()).ok());
    let mut text = "[entities.a]\nname = \"A\"\n".to_owned();
    let mut all = Vec::new();
    for date in dates {
        let (number, words) = (all.len(), toml::Value::from(date.written()));
        // Only some have relationships, whose times are the outer bounds.
        let actors = if number % 2 == 0 { "[\"a\"]" } else { "[]" };
        writeln!(
            text,
            "[[events]]\nid = \"e{number:04}\"\ntitle = \"E\"\nwhen = {words}\nactors = {actors}\ndiscovered = {words}\n\
             [[events.claims]]\nby = \"a\"\nabout = \"date\"\nvalue = {words}\nsaid = {words}"
        )
        .expect("a string");
        all.push(date);
    }
    assert!(all.len() > 100, "{}", all.len());
    let timeline = program::opened("x.toml", &text).timeline;
    for form in FORMS.iter().filter(|form| form.format == "stix") {
        let again = form.read(&form.written(&timeline));
        let ids = form.ids(&timeline, &again);
        for event in again.events() {
            let was = timeline
                .find_event(&ids[&*event.key()])
                .expect("the event was there");
            let written = |date: Option<&EventDate>| date.map(|it| it.written().to_owned());
            let dates = |event: Event<'_>| {
                let (_, claim) = event.claims().next().expect("a claim");
                let when = event.when();
                let value = match &claim.value {
                    Some(ClaimValue::Date(value)) => Some(value),
                    _ => None,
                };
                let days = [
                    when.as_ref(),
                    event.discovered(),
                    claim.said.as_ref(),
                    value,
                ];
                days.map(written)
            };
            assert_eq!(dates(event), dates(was), "{}", form.name());
        }
    }
}

/// The same file without the words of dateline for the dates of events.
fn without_words(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_words),
        Value::Object(members) => {
            members.remove(extensions::DATE_AS_WRITTEN);
            for (key, replacement) in [("description", "When: undated\n"), ("comment", "")] {
                if let Some(Value::String(words)) = members.get_mut(key) {
                    let lines = words.split_inclusive('\n').map(|line| {
                        let is_date = line.to_lowercase().starts_with("when: ");
                        if is_date { replacement } else { line }
                    });
                    *words = lines.collect();
                }
            }
            members.values_mut().for_each(without_words);
        }
        _ => {}
    }
}

/// Whether a date allows everything that another does.
fn contains(outer: &EventDate, inner: &EventDate) -> bool {
    let (outer, inner) = (outer.bounds(), inner.bounds());
    outer.start.earliest <= inner.start.earliest
        && inner.start.latest <= outer.start.latest
        && outer.end.earliest <= inner.end.earliest
        && inner.end.latest <= outer.end.latest
}

/// Other programs read stamps, not words: what they read of a date is what the report says of it.
#[test]
fn the_stamps_alone_are_as_wide_as_the_report_says() {
    let mut seen = BTreeSet::new();
    for written in &*WRITTEN {
        let WrittenTimeline { name, timeline, .. } = written;
        for (form, text) in written.forms(|form| matches!(form.format, "stix" | "misp")) {
            let mut value = serde_json::from_str(text).expect("it is JSON");
            without_words(&mut value);
            let again = form.read(&value.to_string());
            let ids = form.ids(timeline, &again);
            let report = form.report(timeline);
            for stamped in again.events() {
                let event = timeline
                    .find_event(&ids[&*stamped.key()])
                    .expect("the event comes back");
                let Some(when) = event.when() else {
                    assert_eq!(stamped.when(), None, "{name}, {}", form.name());
                    continue;
                };
                let item = Item {
                    event: Some(event.key().into_owned()),
                    content: Content::Date,
                    key: "when".to_owned(),
                    value: String::new(),
                };
                let outcome = outcome(&report, timeline, &item);
                let is_right = match (outcome, stamped.when()) {
                    (LossOutcome::Kept, Some(is)) => is.bounds() == when.bounds(),
                    (LossOutcome::Widened, Some(is)) => contains(&is, &when),
                    (LossOutcome::InWords, is) => is.is_none(),
                    _ => false,
                };
                assert!(
                    is_right,
                    "{name}, {}, {}: {outcome:?}, {} became {:?}",
                    form.name(),
                    event.key(),
                    when.written(),
                    stamped.when().map(|it| it.written().to_owned())
                );
                seen.insert((form.name(), outcome));
            }
        }
    }
    // Every outcome that the report has for dates was seen.
    assert_eq!(seen.len(), 11, "{seen:?}");
}
