//! Events as records: a row or an object each, for Timesketch, for spreadsheets and for programs.
//!
//! None of these forms has a place for an imprecise date. So the date stands as its source has it in a column of its
//! own, with the first and the last instant that it allows beside it; the one stamp that Timesketch wants is the first
//! of them, and says that it is.

use serde_json::{Map, Value, json};

use crate::date::{Bounds, EventDate, Instant, Precision};
use crate::text::visible;
use crate::timeline::{EntityId, Event, EventId, Timeline};

/// A form of one record an event.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// What of a timeline it cannot carry.
    pub cannot: &'static str,
    /// Writes some events of a timeline.
    pub write: fn(&Timeline, &[EventId]) -> String,
    /// Whether an event needs a stamp to be in it.
    pub needs_date: bool,
}

/// Every such form.
pub const FORMS: &[Form] = &[
    Form {
        name: "timesketch-csv",
        summary: "rows to upload to Timesketch; dateline reads them back",
        cannot: "undated events, claims, links and scenes; an imprecise date has its first instant for `datetime`, its own words stand in `when_edtf`; read back, lanes, names, sources and markings are attributes",
        write: timesketch_csv,
        needs_date: true,
    },
    Form {
        name: "jsonl",
        summary: "an object a line, for jq and for Timesketch; dateline reads them back",
        cannot: "claims, links and scenes; an imprecise date has its first instant for `datetime`, its own words stand in `when_edtf`; read back, lanes, names, sources and markings are attributes",
        write: json_lines,
        needs_date: false,
    },
    Form {
        name: "csv",
        summary: "rows for a spreadsheet",
        cannot: "claims, links and scenes; a text that a spreadsheet would compute has `'` before it",
        write: csv,
        needs_date: false,
    },
];

/// The form of a name.
pub fn find(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

/// The stamp of an event: the first instant at which it can have begun, or else the last.
pub fn stamp(when: Bounds) -> Option<Instant> {
    let (start, end) = (when.start, when.end);
    let mut known = [start.earliest, start.latest, end.latest].into_iter();
    known.find(|instant| instant.is_bounded())
}

fn timesketch_csv(timeline: &Timeline, events: &[EventId]) -> String {
    let events = events.iter().map(|&id| timeline.event(id));
    let records = events.filter(|event| event.bounds().and_then(stamp).is_some());
    rows(
        timeline,
        &records
            .map(|event| record(timeline, event))
            .collect::<Vec<_>>(),
        cell,
    )
}

fn json_lines(timeline: &Timeline, events: &[EventId]) -> String {
    let mut out = String::new();
    for &id in events {
        let mut record = record(timeline, timeline.event(id));
        // By its `datetime` a reader knows what this is, even where the first event is undated.
        record.retain(|(name, value)| name == "datetime" || !is_empty(value));
        let object: Map<String, Value> = record.into_iter().collect();
        out.push_str(&Value::Object(object).to_string());
        out.push('\n');
    }
    out
}

fn csv(timeline: &Timeline, events: &[EventId]) -> String {
    let stamps = ["datetime", "timestamp", "timestamp_desc"];
    let records = events.iter().map(|&id| {
        let mut record = record(timeline, timeline.event(id));
        record.retain(|(name, _)| !stamps.contains(&name.as_str()));
        record
    });
    let records: Vec<Record> = records.collect();
    rows(timeline, &records, |value| harmless(cell(value)))
}

type Record = Vec<(String, Value)>;

/// What is said of an event, under the names that Timesketch knows or else our own.
fn record(timeline: &Timeline, event: Event<'_>) -> Record {
    let values = times(event).into_iter().chain(facts(timeline, event));
    let mut record: Record = values
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    for (name, value) in event.attributes() {
        let name = visible(name).into_owned();
        if !record.iter().any(|(known, _)| *known == name) {
            record.push((name, text(value)));
        }
    }
    record
}

/// What happened and when: a stamp where the date is exact enough for one, the date as written, and its bounds.
fn times(event: Event<'_>) -> Vec<(&'static str, Value)> {
    let when = event.when();
    let when = when.as_ref();
    let of_date = |value: &dyn Fn(&EventDate) -> Value| when.map_or(Value::Null, value);
    let at = event.bounds().and_then(stamp);
    let qualifier = when.map(EventDate::qualifier).unwrap_or_default();
    let whole = event.whole();
    vec![
        ("message", message(event)),
        ("datetime", at.map_or(Value::Null, |at| json!(moment(at)))),
        ("timestamp", at.map_or(Value::Null, |at| json!(at.micros()))),
        (
            "timestamp_desc",
            of_date(&|when| json!(visible(&said(event, when)))),
        ),
        ("when_edtf", of_date(&|when| text(when.written()))),
        ("earliest", bound(whole.map(|whole| whole.earliest))),
        ("latest", bound(whole.map(|whole| whole.latest))),
        ("precision", of_date(&|when| json!(unit(when.precision())))),
        ("approximate", json!(qualifier.approximate)),
        ("uncertain", json!(qualifier.uncertain)),
    ]
}

/// All else that the timeline says of it.
fn facts(timeline: &Timeline, event: Event<'_>) -> Vec<(&'static str, Value)> {
    let names = |ids: &[EntityId]| list(ids.iter().map(|&id| timeline.entity(id).name.as_str()));
    let lanes = event.lanes().iter();
    let sources = event.sources().iter();
    let contested = event.contested();
    let tlp = event.tlp().or(timeline.head().tlp);
    vec![
        ("summary", lines(event.summary())),
        ("phase", text(event.phase())),
        ("lane", list(lanes.map(|&lane| timeline.lanes().word(lane)))),
        ("actors", names(event.actors())),
        ("targets", names(event.targets())),
        ("techniques", list(event.techniques())),
        ("tag", list(event.tags())),
        (
            "sources",
            list(sources.map(|&id| timeline.source(id).title.as_str())),
        ),
        (
            "contested",
            list(contested.iter().map(|aspect| aspect.as_str())),
        ),
        ("event_id", text(&event.key())),
        ("tlp", tlp.map_or(Value::Null, |tlp| json!(tlp.as_str()))),
    ]
}

/// What happened: the title, or all that a log says where the title is only its beginning.
fn message(event: Event<'_>) -> Value {
    let mut attributes = event.attributes();
    let whole = attributes.find(|(name, _)| *name == "message");
    whole.map_or_else(|| text(event.title()), |(_, whole)| lines(whole))
}

/// A text of several lines, which these forms can carry.
fn lines(words: &str) -> Value {
    let lines: Vec<_> = words.lines().map(visible).collect();
    Value::String(lines.join("\n"))
}

fn text(words: &str) -> Value {
    Value::String(visible(words).into_owned())
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    words
        .map(|word| Value::String(visible(word).into_owned()))
        .collect()
}

/// What the one stamp stands for: never more than the source says.
fn said(event: Event<'_>, when: &EventDate) -> String {
    let of_log = event
        .attributes()
        .find(|(name, _)| *name == "timestamp_desc");
    let is_exact =
        when.whole().earliest.micros().saturating_add(1_000_000) > when.whole().latest.micros();
    match of_log {
        Some((_, said)) if is_exact => said.to_owned(),
        None if is_exact => "Event time".to_owned(),
        _ if !when.start().earliest.is_bounded() => {
            format!("Latest possible; the source says {}", when.written())
        }
        _ => format!("Earliest possible; the source says {}", when.written()),
    }
}

fn moment(instant: Instant) -> String {
    instant
        .civil()
        .format("%Y-%m-%dT%H:%M:%S%.6f+00:00")
        .to_string()
}

fn bound(instant: Option<Instant>) -> Value {
    let bounded = instant.filter(|instant| instant.is_bounded());
    bounded.map_or(Value::Null, |instant| json!(moment(instant)))
}

const fn unit(precision: Precision) -> &'static str {
    match precision {
        Precision::Unstated => "unstated",
        Precision::Millennium => "millennium",
        Precision::Century => "century",
        Precision::Decade => "decade",
        Precision::Year => "year",
        Precision::Half => "half",
        Precision::Third => "third",
        Precision::Quarter => "quarter",
        Precision::Month => "month",
        Precision::PartOfMonth => "part of month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        Precision::Second => "second",
        Precision::Millisecond => "millisecond",
        Precision::Microsecond => "microsecond",
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Rows under the names of all records: those that every event has, then what logs call theirs.
fn rows(timeline: &Timeline, records: &[Record], cell: impl Fn(&Value) -> String) -> String {
    let mut names: Vec<String> = records.first().map_or_else(Vec::new, |first| {
        first.iter().map(|(name, _)| name.clone()).collect()
    });
    if !timeline.attribute_names().is_empty() {
        for (name, _) in records.iter().flatten() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(&names)
        .expect("a vector takes everything");
    for record in records {
        let cells = names.iter().map(|name| {
            let value = record.iter().find(|(known, _)| known == name);
            value.map_or_else(String::new, |(_, value)| cell(value))
        });
        writer
            .write_record(cells)
            .expect("a vector takes everything");
    }
    let bytes = writer.into_inner().expect("a vector takes everything");
    String::from_utf8(bytes).expect("each cell is text")
}

/// A list is one of JSON, as Timesketch reads tags.
fn cell(value: &Value) -> String {
    match value {
        _ if is_empty(value) => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A spreadsheet computes what begins like a formula, whoever wrote it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@']) {
        return format!("'{cell}");
    }
    cell
}
