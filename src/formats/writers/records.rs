//! Events as records: a row or an object each, for Timesketch, for spreadsheets and for programs.
//!
//! None of these forms has a place for an imprecise date. So the date as its source has it is in a column of its own,
//! next to the first and the last instant that it allows. Timesketch wants one stamp: it is the first of these instants,
//! and `timestamp_desc` says so.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::csv_table::{CsvTable, RecordTable};
use super::record_stamps::{bound, has_stamp, moment, stamp};
use crate::date::{EventDate, Precision};
use crate::formats::guard::guarded;
use crate::formats::log::{described as log_described, title_of};
use crate::text::{visible, visible_with_tabs};
use crate::timeline::facts::{FactGroup, FactId, FactValue};
use crate::timeline::term::Tlp;
use crate::timeline::{Event, EventId, Timeline};

/// An object of JSON a line for each event.
pub fn json_lines(timeline: &Timeline, events: &[EventId]) -> String {
    let known = events.iter().copied().collect();
    let mut out = String::new();
    for &id in events {
        let mut values = EventRecord::of(timeline, timeline.event(id), &known, ALL).values;
        // By these a reader knows what this is, even where the first event is undated.
        let is_sign = |name: &str| matches!(name, "datetime" | "when_edtf");
        values.retain(|(name, value)| is_sign(name) || !is_empty(value));
        let object: Map<String, Value> = values.into_iter().collect();
        out.push_str(&Value::Object(object).to_string());
        out.push('\n');
    }
    out
}

/// A row an event, for a spreadsheet.
pub fn csv(timeline: &Timeline, events: &[EventId]) -> String {
    let wanted = |name: &str| !STAMPS.contains(&name);
    let known = events.iter().copied().collect();
    let record = |&id: &EventId| EventRecord::of(timeline, timeline.event(id), &known, wanted);
    let records: Vec<EventRecord> = events.iter().map(record).collect();
    rows(&records, wanted, |value| guarded(&cell(value)).into_owned())
}

/// What the stamps of an event are made of, before its facts.
const TIMES: &[&str] = &[
    "message",
    "datetime",
    "timestamp",
    "timestamp_desc",
    "when_edtf",
    "earliest",
    "latest",
    "precision",
    "approximate",
    "uncertain",
];

/// The columns that every event has, in their order.
fn columns() -> impl Iterator<Item = &'static str> {
    let [before_id, handling] = &*CARRIED;
    let name = |fact: &FactId| fact.row().record;
    let others = ["contested", "event_id"];
    (TIMES.iter().copied())
        .chain(before_id.iter().filter_map(name))
        .chain(others)
        .chain(handling.iter().filter_map(name))
}

/// The facts that records carry, but for when it happened, in the order of their columns: other dates first; and last,
/// behind the id, who may see the event. A timeline may have a million records: the table is filtered once.
static CARRIED: LazyLock<[Vec<FactId>; 2]> = LazyLock::new(|| {
    let carried = FactId::all().filter(|&it| it.row().record.is_some() && it != FactId::WHEN);
    let (handling, mut before_id): (Vec<_>, Vec<_>) =
        carried.partition(|fact| fact.row().group == FactGroup::Handling);
    before_id.sort_by_key(|fact| fact.row().group != FactGroup::Time);
    [before_id, handling]
});

/// What only other programs have a use for.
pub(super) const STAMPS: &[&str] = &["datetime", "timestamp", "timestamp_desc"];

/// What follows from `when_edtf`, and so is not read back: these columns hold nothing else.
const DERIVED: &[&str] = &[
    "earliest",
    "latest",
    "precision",
    "approximate",
    "uncertain",
];

/// Every column of ours.
pub(super) const ALL: fn(&str) -> bool = |_| true;

/// The values of an event, under unique names.
pub(super) struct EventRecord {
    values: Vec<(String, Value)>,
    /// How many of them are ours: every event has these.
    ours: usize,
    /// The names of the others.
    of_log: HashSet<String>,
    /// How many names were made from a name that is taken: of 16,000 equal names, each is tried once.
    made: HashMap<String, usize>,
}

impl EventRecord {
    /// What is said of an event under some of the names that Timesketch knows or else our own, and then under those
    /// of its log.
    pub(super) fn of(
        timeline: &Timeline,
        event: Event<'_>,
        known: &HashSet<EventId>,
        wanted: impl Fn(&str) -> bool,
    ) -> Self {
        Self::with(timeline, event, stated_by(timeline, event, known), wanted)
    }

    /// The same, with these values under our own names.
    pub(super) fn with(
        timeline: &Timeline,
        event: Event<'_>,
        ours: Vec<(&'static str, Value)>,
        wanted: impl Fn(&str) -> bool,
    ) -> Self {
        let ours = ours.into_iter().filter(|(name, _)| wanted(name));
        let values: Vec<_> = ours.map(|(name, value)| (name.to_owned(), value)).collect();
        let mut record = Self {
            ours: values.len(),
            values,
            of_log: HashSet::new(),
            made: HashMap::new(),
        };
        let whole = whole_message(event);
        let described = described(timeline, event).filter(|_| wanted("timestamp_desc"));
        for (name, value) in event.attributes() {
            let name = if described == Some(name) {
                "timestamp_desc"
            } else {
                name
            };
            if name != "message" || Some(value) != whole {
                record.keep(visible(name).into_owned(), value);
            }
        }
        record
    }

    /// Adds words to one of our lists.
    pub(super) fn add_to_list(&mut self, name: &str, words: &[&str]) {
        let ours = self.values.get_mut(..self.ours).unwrap_or_default();
        let list = ours.iter_mut().find(|(known, _)| known == name);
        if let Some((_, Value::Array(items))) = list {
            let new = words.iter().map(|word| text(word));
            let new: Vec<Value> = new.filter(|word| !items.contains(word)).collect();
            items.extend(new);
        }
    }

    /// Keeps a value of a log under its own name, unless one of our columns has that name.
    fn keep(&mut self, name: String, value: &str) {
        let ours = self.values.get_mut(..self.ours).unwrap_or_default();
        let known = ours.iter_mut().find(|(known, _)| *known == name);
        match known {
            Some((_, ours)) if name == "timestamp_desc" && !is_empty(ours) => {
                *ours = joined(value, ours);
                return;
            }
            Some((_, ours)) if is_empty(ours) && !DERIVED.contains(&name.as_str()) => {
                *ours = match (&*ours, value.parse::<i64>()) {
                    (Value::Array(_), _) => read_list(value),
                    (_, Ok(number)) if name == "timestamp" => json!(number),
                    _ => text(value),
                };
                return;
            }
            _ => {}
        }
        let name = self.free(name);
        self.of_log.insert(name.clone());
        self.values.push((name, text(value)));
    }

    /// The name, or a new name made from it if it is taken. Readers of tables take `Message` for `message`.
    fn free(&mut self, name: String) -> String {
        let mut ours = self.values.iter().take(self.ours);
        let is_ours = ours.any(|(ours, _)| ours.eq_ignore_ascii_case(name.trim()));
        if !is_ours && !self.of_log.contains(&name) {
            return name;
        }
        let first = format!("{name}_of_log");
        let made = self.made.entry(name).or_default();
        loop {
            *made += 1;
            let name = match *made {
                1 => first.clone(),
                number => format!("{first}_{number}"),
            };
            if !self.of_log.contains(&name) {
                return name;
            }
        }
    }
}

/// What is said of an event under our own names. `known` are all events that are exported: a record names no other.
pub(super) fn stated_by(
    timeline: &Timeline,
    event: Event<'_>,
    known: &HashSet<EventId>,
) -> Vec<(&'static str, Value)> {
    let facts = facts(timeline, event, known);
    let ours = times(event).into_iter().chain(facts);
    ours.collect()
}

/// The column of an event's log that describes its stamps, if it is not called `timestamp_desc`.
fn described(timeline: &Timeline, event: Event<'_>) -> Option<&'static str> {
    let log = timeline.source(*event.sources().first()?);
    log_described(log.note.as_deref()?)
}

/// What a log says of its stamp, and what that is of an imprecise date. What was read back says so by now.
fn joined(of_log: &str, ours: &Value) -> Value {
    let of_log = visible(of_log);
    let ours = ours.as_str().unwrap_or_default();
    Value::String(if ours == EXACT || of_log.ends_with(ours) {
        of_log.into_owned()
    } else {
        format!("{of_log}; {ours}")
    })
}

/// A list as it is written here, or else one word.
fn read_list(words: &str) -> Value {
    let words_of = |list: Vec<String>| list.iter().map(|word| text(word)).collect();
    serde_json::from_str(words).map_or_else(|_| text(words), words_of)
}

/// What happened and when: a stamp where the date is exact enough for one, the date as written, and its bounds.
fn times(event: Event<'_>) -> Vec<(&'static str, Value)> {
    let when = event.when();
    let when = when.as_ref();
    let of_date = |value: &dyn Fn(&EventDate) -> Value| when.map_or(Value::Null, value);
    let is_clock_time = when.is_some_and(EventDate::is_clock_time);
    // Of a time without a zone, the digits are more use than the earliest instant of 26 hours.
    let shown = event.bounds().map(|bounds| {
        if is_clock_time {
            bounds.as_shown()
        } else {
            bounds
        }
    });
    let at = shown.and_then(stamp);
    let qualifier = when.map(EventDate::qualifier).unwrap_or_default();
    let is_uncertain = qualifier.uncertain || when.is_some_and(EventDate::lacks_zone);
    let whole = event.whole();
    vec![
        ("message", message(event)),
        ("datetime", at.map_or(Value::Null, |at| json!(moment(at)))),
        ("timestamp", at.map_or(Value::Null, |at| json!(at.micros()))),
        (
            "timestamp_desc",
            of_date(&|when| json!(visible(&said(when)))),
        ),
        ("when_edtf", of_date(&|when| text(when.written()))),
        ("earliest", bound(whole.map(|whole| whole.earliest))),
        ("latest", bound(whole.map(|whole| whole.latest))),
        ("precision", of_date(&|when| json!(unit(when.precision())))),
        ("approximate", json!(qualifier.approximate)),
        ("uncertain", json!(is_uncertain)),
    ]
}

/// All else that the timeline says of it.
fn facts(
    timeline: &Timeline,
    event: Event<'_>,
    known: &HashSet<EventId>,
) -> Vec<(&'static str, Value)> {
    let contested = event.contested();
    let contested = list(contested.iter().map(|aspect| aspect.as_str()));
    let others = [("contested", contested), ("event_id", text(&event.key()))];
    let stated = |&fact: &FactId| Some((fact.row().record?, stated(timeline, event, fact, known)));
    let [before_id, handling] = &*CARRIED;
    (before_id.iter().filter_map(stated))
        .chain(others)
        .chain(handling.iter().filter_map(stated))
        .collect()
}

/// The value of a fact: entities by their names, documents by their titles, and the strictest marking.
fn stated(timeline: &Timeline, event: Event<'_>, fact: FactId, known: &HashSet<EventId>) -> Value {
    match fact.row().value(event) {
        FactValue::Text(words) => text(words),
        FactValue::Date(_, when) => when.map_or(Value::Null, |when| text(when.written())),
        FactValue::Word(word) => text(word.unwrap_or_default()),
        FactValue::Words(words, terms) => list(terms.iter().map(|&term| words.word(term))),
        FactValue::Parties(_, ids) => list(ids.iter().map(|&id| timeline.entity(id).name.as_str())),
        FactValue::Events(ids) => {
            let ids = ids.iter().filter(|id| known.contains(id));
            let keys: Vec<_> = ids.map(|&id| timeline.event(id).key()).collect();
            list(keys.iter().map(AsRef::as_ref))
        }
        FactValue::Sources(ids) => list(ids.iter().map(|&id| timeline.source(id).title.as_str())),
        FactValue::Marking(_) => {
            marking(timeline, event).map_or(Value::Null, |tlp| json!(tlp.as_str()))
        }
    }
}

/// The strictest marking of everything that a record has: of the event, and of whom and what it names. What has no
/// marking of its own has the file's.
fn marking(timeline: &Timeline, event: Event<'_>) -> Option<Tlp> {
    let parties = event.all_parties();
    let parties = parties.map(|(_, id)| timeline.entity(id).tlp);
    let sources = event.sources().iter().map(|&id| timeline.source(id).tlp);
    let others = event.after().iter().map(|&id| timeline.event(id).tlp());
    let all = parties.chain(sources).chain(others).chain([event.tlp()]);
    all.map(|own| own.or(timeline.head().tlp)).max().flatten()
}

/// What happened: the title, or all that a log says where the title is only its beginning.
fn message(event: Event<'_>) -> Value {
    whole_message(event).map_or_else(|| text(event.title()), text)
}

/// What a log says at more length than a title has room for.
fn whole_message(event: Event<'_>) -> Option<&str> {
    let mut attributes = event.attributes();
    let is_whole = |&(name, value): &(&str, &str)| {
        name == "message" && title_of(value).is_some_and(|title| title == event.title())
    };
    attributes.find(is_whole).map(|(_, value)| value)
}

/// A text with its line breaks and tabs, which these forms can carry.
fn text(words: &str) -> Value {
    Value::String(visible_lines(words))
}

/// The lines of a text, with no character in them that a reader cannot see, but for tabs.
pub(super) fn visible_lines(words: &str) -> String {
    if !words.contains('\n') {
        return visible_with_tabs(words).into_owned();
    }
    let lines: Vec<_> = words.lines().map(visible_with_tabs).collect();
    lines.join("\n")
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    words
        .map(|word| Value::String(visible_with_tabs(word).into_owned()))
        .collect()
}

/// The meaning of an exact date's stamp, if its log states none.
const EXACT: &str = "Event time";

/// The meaning of the stamp: never more than the source says.
fn said(when: &EventDate) -> String {
    let is_exact =
        when.whole().earliest.micros().saturating_add(1_000_000) > when.whole().latest.micros();
    if when.is_clock_time() {
        format!("Time zone not known; the source says {}", when.written())
    } else if is_exact {
        EXACT.to_owned()
    } else if has_stamp(when.start().earliest) {
        format!("Earliest possible; the source says {}", when.written())
    } else {
        format!("Latest possible; the source says {}", when.written())
    }
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

/// A table of more cells has no column for each name: 100,000 rows, each with a name of its own, would be 10^10 cells.
const MOST_CELLS: usize = 1 << 26;

/// The number of names that have a column of their own in any table.
pub(super) const LEAST_NAMES: usize = 1 << 10;

/// The column of those that have none.
const FURTHER: &str = "further_attributes";

/// Rows under the names of all records: those that every event has, then what logs call theirs. Where there are too
/// many names, the last column has the further ones as an object of JSON.
pub(super) fn rows(
    records: &[EventRecord],
    wanted: impl Fn(&str) -> bool,
    cell: impl Fn(&Value) -> String,
) -> String {
    let most = LEAST_NAMES.max(MOST_CELLS / records.len().max(1));
    fill(records, wanted, cell, (most, CsvTable::new)).text
}

/// Fills a table of at most `most` columns. `table` makes it, given the number of its last column.
pub(super) fn fill<T: RecordTable>(
    records: &[EventRecord],
    wanted: impl Fn(&str) -> bool,
    cell: impl Fn(&Value) -> String,
    (most, table): (usize, impl FnOnce(usize) -> T),
) -> T {
    let ours: Vec<&str> = columns().filter(|name| wanted(name)).collect();
    let of_records = records.iter().flat_map(|record| &record.values);
    let (mut names, mut places): (Vec<&str>, _) = (Vec::new(), HashMap::new());
    for name in ours
        .into_iter()
        .chain(of_records.map(|(name, _)| name.as_str()))
    {
        if names.len() >= most {
            break;
        }
        places.entry(name).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        });
    }
    let name_of_further = (names.len() >= most).then(|| free_name(&places));
    let last = names.len() - usize::from(name_of_further.is_none());
    let mut table = table(last);
    let header = names.iter().copied().chain(name_of_further.as_deref());
    table.add(&mut header.map(|name| cell(&json!(name))).enumerate());
    let mut cells = Vec::new();
    for record in records {
        let mut further = Map::new();
        for (at, (name, value)) in record.values.iter().enumerate() {
            // The values that every event has are in the order of their columns.
            let is_here = names.get(at) == Some(&name.as_str());
            let place = is_here.then_some(&at);
            match place.or_else(|| places.get(name.as_str())) {
                Some(&place) => cells.push((place, cell(value))),
                None => drop(further.insert(name.clone(), value.clone())),
            }
        }
        if !further.is_empty() {
            cells.push((last, cell(&Value::Object(further))));
        }
        cells.sort_unstable_by_key(|(place, _)| *place);
        table.add(&mut cells.drain(..));
    }
    table
}

/// The name of the column of those that have none, unless one of them is called so.
fn free_name(places: &HashMap<&str, usize>) -> String {
    let numbered = (2..).map(|number| format!("{FURTHER}_{number}"));
    let mut names = std::iter::once(FURTHER.to_owned()).chain(numbered);
    let free = names.find(|name| !places.contains_key(name.as_str()));
    free.unwrap_or_default()
}

/// A list is one of JSON, as Timesketch reads tags.
pub(super) fn cell(value: &Value) -> String {
    match value {
        _ if is_empty(value) => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
