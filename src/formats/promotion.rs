//! Writes rows of logs into a timeline in TOML, as events.
//!
//! Nothing else in the timeline changes. The result is read again before it is returned: each event has exactly the date
//! of its row, and there are no errors.

use std::collections::{BTreeMap, HashSet};

use ::toml::de::DeTable;
use serde_json::Value;

use super::import::checked;
use super::log::TableOptions;
use super::marks;
use super::open::open_in;
use super::toml::key_names::{ID, SOURCES};
use super::toml::{NewTables, with_tables};
use super::writers::items::{self, FileItems};
use super::writers::json_text::{OrderedObject, OrderedValue};
use super::writers::toml_tables::{TomlTables, UnseenCharacters};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::text::canonical;
use crate::timeline::facts::{FactColumn, FactId};
use crate::timeline::{EntityId, Event, EventId, SourceId, Timeline, slug};

/// An id made from a title has at most this many characters.
const LONGEST_ID: usize = 48;

/// A timeline with promoted rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotedText {
    /// The whole file.
    pub text: String,
    /// The number of new events.
    pub events: usize,
    pub added: Vec<AddedTables>,
}

/// Tables that were added at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedTables {
    /// The line where they begin, from 1.
    pub line: usize,
    pub text: String,
}

/// Adds rows of logs to a timeline, except those that were added before. `shown` has the rows, and perhaps the timeline too.
///
/// # Errors
/// Why it cannot be done, as the end of a sentence.
pub fn promote(
    target: &SourceText,
    options: &TableOptions,
    shown: &Timeline,
    rows: &[EventId],
) -> Result<PromotedText, String> {
    let (own, findings) = open_in(std::slice::from_ref(target), options);
    let name = target.name();
    if findings.iter().any(Diagnostic::is_error) {
        return Err(format!("`{name}` has errors; fix them first"));
    }
    let known: HashSet<&str> = target.text().lines().map(str::trim_end).collect();
    let is_new = |row: &&EventId| !known.contains(place(shown.event(**row)).as_str());
    let rows: Vec<EventId> = rows.iter().filter(is_new).copied().collect();
    if rows.is_empty() {
        return Err(format!("it is in `{name}` already"));
    }
    let mut promotion = Promotion::new(shown, &own);
    let events: Vec<String> = rows.iter().map(|&row| promotion.event(row)).collect();
    let tables = [
        ("sources", promotion.sources()),
        ("entities", promotion.entities()),
        ("events", events.join("\n\n")),
    ];
    let tables: Vec<NewTables> = tables
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(kind, text)| NewTables { kind, text })
        .collect();
    let extended = with_tables(target.text(), &tables);
    let again = SourceText::new(name, extended.text.as_str());
    let (after, findings) = open_in(&[again], options);
    let is_toml = DeTable::parse(&extended.text).is_ok();
    let is_whole = after.len() == own.len() + rows.len();
    if !is_toml || !is_whole || findings.iter().any(Diagnostic::is_error) {
        return Err(format!(
            "no table can be added to `{name}`; write its events and sources with headings, such as `[[events]]`"
        ));
    }
    for (row, id) in rows.iter().zip(&promotion.given) {
        let row = shown.event(*row).when();
        let event = after.find_event(id).and_then(Event::when);
        if row.as_ref().map(EventDate::meaning) != event.as_ref().map(EventDate::meaning) {
            return Err(format!(
                "the times of the log have no time zone, and `{name}` has one; state that of the log with `--zone`"
            ));
        }
    }
    let added = tables.into_iter().zip(extended.lines);
    let mut added: Vec<AddedTables> = added
        .map(|(tables, line)| AddedTables {
            line,
            text: tables.text,
        })
        .collect();
    added.sort_by_key(|it| it.line);
    Ok(PromotedText {
        text: extended.text,
        events: rows.len(),
        added,
    })
}

/// Names the rows, their sources and their entities as the timeline does.
struct Promotion<'t> {
    shown: &'t Timeline,
    /// The timeline to which the rows are added, alone.
    own: &'t Timeline,
    /// The ids of the new events, in order.
    given: Vec<String>,
    sources: BTreeMap<SourceId, String>,
    entities: BTreeMap<EntityId, String>,
}

impl<'t> Promotion<'t> {
    const fn new(shown: &'t Timeline, own: &'t Timeline) -> Self {
        Self {
            shown,
            own,
            given: Vec::new(),
            sources: BTreeMap::new(),
            entities: BTreeMap::new(),
        }
    }

    /// A row as an event in TOML.
    fn event(&mut self, row: EventId) -> String {
        let event = self.shown.event(row);
        let items = FileItems::new(self.shown, &[row]);
        let mut item = items.event_with(row, checked);
        let id = self.free_id(event);
        item.replace(ID, id.as_str());
        self.given.push(id);
        for fact in FactId::all() {
            self.name_parties(event, fact, &mut item);
        }
        let sources: Vec<String> = event.listed().iter().map(|&id| self.source(id)).collect();
        item.replace(SOURCES, sources);
        self.without_lane_of_file(event, &mut item);
        let mut out = TomlTables::part(UnseenCharacters::Pictured);
        out.heading("[[events]]");
        out.values(&item);
        out.comment(place(event).trim_start_matches("# "));
        for (name, value) in event.attributes() {
            out.comment(&format!("{name}: {value}"));
        }
        for note in marks::notes(event) {
            out.comment(&note);
        }
        out.lists("events", &item);
        out.end().trim().to_owned()
    }

    /// An id from the title that no event of the timeline or of the logs has.
    fn free_id(&self, event: Event<'_>) -> String {
        let stem = shortened(&slug(event.title(), "event"));
        let is_taken = |id: &str| {
            self.given.iter().any(|given| given == id)
                || self.own.find_event(id).is_some()
                || self.shown.find_event(id).is_some()
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut ids = std::iter::once(stem.clone()).chain(numbered);
        ids.find(|id| !is_taken(id)).expect("numbers do not end")
    }

    /// The key under which the timeline declares the document, or will.
    fn source(&mut self, id: SourceId) -> String {
        let source = self.shown.source(id);
        let own = self.own;
        let key = self.sources.entry(id).or_insert_with(|| {
            let is_it = |title: &str| canonical(title) == canonical(&source.title);
            let mut declared = own.sources().map(|(_, it)| it).filter(|it| it.declared);
            let known = declared.find(|it| it.key == source.key || is_it(&it.title));
            known.map_or_else(|| source.key.clone(), |it| it.key.clone())
        });
        key.clone()
    }

    /// The key under which the timeline declares an entity, or will.
    fn entity(&mut self, id: EntityId) -> String {
        let entity = self.shown.entity(id);
        let own = self.own;
        let key = self.entities.entry(id).or_insert_with(|| {
            let is_it = |name: &str| canonical(name) == canonical(&entity.name);
            let mut declared = own.entities().map(|(_, it)| it).filter(|it| it.declared);
            let known = declared.find(|it| it.key == entity.key || is_it(&it.name));
            known.map_or_else(|| entity.key.clone(), |it| it.key.clone())
        });
        key.clone()
    }

    fn name_parties(&mut self, event: Event<'_>, fact: FactId, item: &mut OrderedObject) {
        let row = fact.row();
        if let (Some(key), FactColumn::Parties(part)) = (row.key, &row.column) {
            let parties = event.parties(*part);
            let keys: Vec<String> = parties.iter().map(|&id| self.entity(id)).collect();
            item.replace(key, keys);
        }
    }

    /// Several files that are open together have a lane each. That is not something that the row says.
    fn without_lane_of_file(&self, event: Event<'_>, item: &mut OrderedObject) {
        let Some(key) = FactId::LANES.row().key else {
            return;
        };
        let titles: HashSet<&str> = (event.listed().iter())
            .map(|&id| self.shown.source(id).title.as_str())
            .collect();
        let lane = item.entries().find(|(known, _)| *known == key);
        let is_of_file = matches!(lane, Some((_, OrderedValue::Plain(Value::Array(lanes))))
            if lanes.iter().all(|it| it.as_str().is_some_and(|it| titles.contains(it))));
        if is_of_file {
            item.remove(key);
        }
    }

    /// The documents that the timeline does not declare yet.
    fn sources(&self) -> String {
        let is_new = |key: &str| {
            let mut own = self.own.sources();
            !own.any(|(_, it)| it.declared && it.key == key)
        };
        let items = FileItems::new(self.shown, &[]);
        let mut out = TomlTables::part(UnseenCharacters::Pictured);
        for (&id, key) in self.sources.iter().filter(|(_, key)| is_new(key)) {
            let mut item = items.source(self.shown.source(id));
            // What other documents it repeats is not said of a log.
            item.remove("derives-from");
            out.item(&format!("[sources.{}]", out.key(key)), &item);
        }
        out.end().trim().to_owned()
    }

    /// The entities that the timeline does not declare yet; none if it declares no entities, and so may name any.
    fn entities(&self) -> String {
        let declares = |known: &dyn Fn(&str) -> bool| {
            let mut own = self.own.entities();
            own.any(|(_, it)| it.declared && known(&it.key))
        };
        let mut out = TomlTables::part(UnseenCharacters::Pictured);
        if declares(&|_| true) {
            let new = self
                .entities
                .iter()
                .filter(|(_, key)| !declares(&|it| it == key.as_str()));
            for (&id, key) in new {
                let item = items::entity(self.shown.entity(id));
                out.item(&format!("[entities.{}]", out.key(key)), &item);
            }
        }
        out.end().trim().to_owned()
    }
}

/// Where a row is, as a comment: its log, and its line or its own key.
fn place(event: Event<'_>) -> String {
    let log = event.listed().first();
    let log = log.map_or("", |&id| event.timeline().source(id).title.as_str());
    let place = match event.line_in_log() {
        Some(line) => format!("{log}, line {line}"),
        None => format!("{log}, row `{}`", event.key()),
    };
    let mut out = TomlTables::part(UnseenCharacters::Pictured);
    out.comment(&place);
    out.end().trim_end().to_owned()
}

/// The first words of an id.
fn shortened(id: &str) -> String {
    let Some((end, _)) = id.char_indices().nth(LONGEST_ID) else {
        return id.to_owned();
    };
    let cut = id.get(..end).unwrap_or(id);
    let whole = cut.rfind('-').filter(|&at| at > LONGEST_ID / 2);
    cut.get(..whole.unwrap_or(cut.len()))
        .unwrap_or(cut)
        .to_owned()
}
