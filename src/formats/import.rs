//! Writes events of logs, and timelines of other formats, as a timeline in TOML.
//!
//! A log has a full stamp even if only the month is known. So stamps at midnight are reported, and are written less
//! precisely only on request.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::log;
use super::marks;
use super::midnights::PrecisionDetective;
use super::toml::key_names::{MARKING, TITLE, WHEN};
use super::writers::items::{self, FileItems};
use super::writers::json_text::OrderedObject;
use super::writers::toml_tables::{TomlTables, UnseenCharacters};
use super::writers::toml_timeline;
use crate::date::EventDate;
use crate::timeline::facts::FactId;
use crate::timeline::term::{PHASES, Tlp, is_technique};
use crate::timeline::{ClaimValue, EntityId, Event, EventId, SourceId, Timeline};

pub use super::midnights::{MidnightPrecision, PrecisionProposal};

/// Events of logs, to be written as a timeline.
#[derive(Clone, Debug)]
pub struct TimelineImport<'t> {
    timeline: &'t Timeline,
    events: &'t [EventId],
    detective: PrecisionDetective,
    head: ImportHead<'t>,
    remarks: Vec<String>,
}

/// What the user states about the whole, instead of what the logs say of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportHead<'t> {
    pub title: Option<&'t str>,
    pub tlp: Option<Tlp>,
}

impl<'t> TimelineImport<'t> {
    /// `events` are rows of logs.
    pub fn new(timeline: &'t Timeline, events: &'t [EventId]) -> Self {
        Self {
            timeline,
            events,
            detective: PrecisionDetective::new(timeline, events),
            head: ImportHead::default(),
            remarks: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_head(self, head: ImportHead<'t>) -> Self {
        Self { head, ..self }
    }

    /// Sets what is kept as comments of the timeline, such as what could not be read.
    #[must_use]
    pub fn with_remarks(self, remarks: Vec<String>) -> Self {
        Self { remarks, ..self }
    }

    /// At most one for each file.
    pub fn proposals(&self) -> &[PrecisionProposal] {
        self.detective.proposals()
    }

    /// The timeline as TOML. With a precision, stamps at midnight are shortened to it.
    pub fn write(&self, precision: Option<MidnightPrecision>) -> String {
        let items = FileItems::new(self.timeline, self.events);
        let mut out = TomlTables::new(UnseenCharacters::Pictured);
        self.head(&mut out, &items);
        self.write_entities(&mut out);
        self.write_sources(&mut out, &items);
        for &id in self.events {
            self.event(&mut out, &items, id, precision);
        }
        toml_timeline::write_rest(&mut out, &items);
        out.end()
    }

    /// Whether the files are a case with declarations of its own, and not only logs.
    fn is_case(&self) -> bool {
        let mut entities = self.timeline.entities();
        entities.any(|(_, entity)| entity.declared) || !self.timeline.questions().is_empty()
    }

    fn head(&self, out: &mut TomlTables, items: &FileItems<'_>) {
        let mut head = items.head();
        let stated = self.timeline.head();
        out.heading("[timeline]");
        let titles = || {
            let titles: Vec<&str> = self.logs().map(|(_, title)| title).collect();
            format!("Imported from {}", titles.join(", "))
        };
        match self.head.title {
            Some(title) => out.text(TITLE, title),
            None if stated.title.is_empty() => out.text(TITLE, &titles()),
            None => out.text(TITLE, &stated.title),
        }
        head.remove(TITLE);
        if self.head.tlp.is_some() {
            head.remove(MARKING);
        }
        out.values(&head);
        let of_events = || self.effective_marking().filter(|_| stated.tlp.is_none());
        let of_marks = || marks::marking_of_all(self.events());
        if let Some(tlp) = self.head.tlp.or_else(of_events).max(of_marks()) {
            out.text(MARKING, tlp.as_str());
        }
        for remark in &self.remarks {
            out.comment(remark);
        }
    }

    /// The strictest marking of anything that may be written: no file with it may be marked wider.
    pub fn strictest_marking(&self) -> Option<Tlp> {
        let timeline = self.timeline;
        let events = || self.events.iter().map(|&id| timeline.event(id));
        let claims = events().flat_map(Event::claims);
        (events().map(Event::tlp))
            .chain(claims.map(|(_, claim)| claim.tlp))
            .chain(timeline.sources().map(|(_, source)| source.tlp))
            .chain(timeline.entities().map(|(_, entity)| entity.tlp))
            .chain(timeline.questions().iter().map(|it| it.tlp))
            .chain(timeline.scenes().iter().map(|it| it.tlp))
            .chain([timeline.head().tlp])
            .flatten()
            .max()
    }

    /// The logs of programs that are known, each by its title and its program. The columns of other tables are taken by
    /// their names and values, which is a finding.
    pub fn known_logs(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let form = |id: SourceId| self.timeline.source(id).note.as_deref();
        let logs = self.logs();
        let logs = logs.filter_map(move |(id, title)| Some((title, form(id)?)));
        logs.filter(|(_, form)| log::is_known_program(form))
    }

    fn events(&self) -> impl Iterator<Item = Event<'t>> {
        self.events.iter().map(|&id| self.timeline.event(id))
    }

    /// Writes the entities that the events name, and as comments those that no event of the files names.
    fn write_entities(&self, out: &mut TomlTables) {
        let used = Self::entities(self.events());
        let of_all = Self::entities(self.timeline.events());
        let all = self.timeline.entities();
        let unused = all.filter(|(id, entity)| entity.declared && !of_all.contains(id));
        let unused = unused.map(|(id, _)| (id, false));
        for (id, is_used) in used.iter().map(|&id| (id, true)).chain(unused) {
            let entity = self.timeline.entity(id);
            let heading = format!("[entities.{}]", out.key(&entity.key));
            let item = items::entity(entity);
            declare(out, &heading, &item, is_used);
        }
    }

    /// Writes the documents that the events cite, and as comments those that no event of the files cites.
    fn write_sources(&self, out: &mut TomlTables, items: &FileItems<'_>) {
        let used = self.sources(self.events());
        let of_all = self.sources(self.timeline.events());
        let all = self.timeline.sources();
        let unused = all.filter(|(id, _)| self.is_case() && !of_all.contains(id));
        let unused = unused.map(|(id, _)| (id, false));
        for (id, is_used) in used.iter().map(|&id| (id, true)).chain(unused) {
            let source = self.timeline.source(id);
            let heading = format!("[sources.{}]", out.key(&source.key));
            let item = items.source(source);
            declare(out, &heading, &item, is_used);
        }
    }

    /// The logs of the events, in the order of opening. The first source of an event is its log.
    fn logs(&self) -> impl Iterator<Item = (SourceId, &'t str)> {
        let events = self.events.iter().map(|&id| self.timeline.event(id));
        let logs: BTreeSet<SourceId> = events
            .filter_map(|it| it.sources().first().copied())
            .collect();
        let title = |id: SourceId| self.timeline.source(id).title.as_str();
        logs.into_iter().map(move |id| (id, title(id)))
    }

    /// The documents that the events cite, and those that they repeat.
    fn sources(&self, events: impl Iterator<Item = Event<'t>>) -> BTreeSet<SourceId> {
        let mut used: BTreeSet<SourceId> = events.flat_map(Event::sources).copied().collect();
        let mut open: Vec<SourceId> = used.iter().copied().collect();
        while let Some(id) = open.pop() {
            let repeated = self.timeline.source(id).derives_from.iter();
            open.extend(repeated.filter(|&&it| used.insert(it)));
        }
        used
    }

    /// The parties of the events, and those that their claims name.
    fn entities(events: impl Iterator<Item = Event<'t>>) -> BTreeSet<EntityId> {
        let of_event = |event: Event<'t>| {
            let of_claims = event.claims().flat_map(|(_, claim)| {
                let value = match &claim.value {
                    Some(ClaimValue::Entity(id)) => Some(*id),
                    Some(ClaimValue::Date(_) | ClaimValue::Text(_)) | None => None,
                };
                claim.by.into_iter().chain(value)
            });
            let parties = event.all_parties().map(|(_, id)| id);
            parties.chain(of_claims)
        };
        events.flat_map(of_event).collect()
    }

    /// The strictest marking of the events. `None` if one has no marking: then the marking of the whole is unknown.
    fn effective_marking(&self) -> Option<Tlp> {
        let mut tlp = self.events.iter().map(|&id| self.timeline.event(id).tlp());
        let first = tlp.next()?;
        tlp.try_fold(first?, |strictest, tlp| Some(strictest.max(tlp?)))
    }

    fn event(
        &self,
        out: &mut TomlTables,
        items: &FileItems<'_>,
        id: EventId,
        precision: Option<MidnightPrecision>,
    ) {
        let event = self.timeline.event(id);
        let item = items.event_with(id, checked);
        out.heading("[[events]]");
        for (key, value) in item.entries().filter(|(_, value)| !value.is_table()) {
            match event.when().filter(|_| key == WHEN) {
                Some(when) => self.when(out, event, &when, precision),
                None => out.value(key, value),
            }
        }
        for (name, value) in event.attributes() {
            out.comment(&format!("{name}: {value}"));
        }
        for note in marks::notes(event) {
            out.comment(&note);
        }
        out.lists("events", &item);
    }

    fn when(
        &self,
        out: &mut TomlTables,
        event: Event<'_>,
        when: &EventDate,
        precision: Option<MidnightPrecision>,
    ) {
        let known = precision.and_then(|it| self.detective.shortened(event, when, it));
        if let Some(known) = known {
            out.text(WHEN, &known);
            out.comment(&format!("precision: the file has {}", when.written()));
            return;
        }
        out.text(WHEN, when.written());
        if let Some(known) = self.detective.proposed(event, when) {
            out.comment(&format!("precision: perhaps only {known}"));
        }
    }
}

/// Writes a declaration: as a comment if nothing refers to it, since `check` would ask for a use of it.
fn declare(out: &mut TomlTables, heading: &str, item: &OrderedObject, is_used: bool) {
    if is_used {
        out.item(heading, item);
    } else {
        out.commented(heading, item);
    }
}

/// The value of a fact that `check` would report as it is: an unusual phase, and techniques without an id of ATT&CK,
/// become tags.
pub(super) fn checked(event: Event<'_>, fact: FactId) -> Option<Value> {
    match fact {
        FactId::PHASE => is_unusual(event.phase()).then_some(Value::Null),
        FactId::TECHNIQUES => {
            let known: Vec<&str> = event.techniques().filter(|it| is_technique(it)).collect();
            Some(known.into())
        }
        FactId::TAGS => Some(tags(event).into()),
        FactId::MARKING => marks::marking(event).map(|tlp| tlp.as_str().into()),
        _ => None,
    }
}

fn is_unusual(phase: &str) -> bool {
    !phase.is_empty() && !PHASES.contains(&phase)
}

/// The tags of an event. Techniques without an id of ATT&CK and an unusual phase become tags too.
fn tags(event: Event<'_>) -> Vec<&str> {
    let techniques = event.techniques().filter(|it| !is_technique(it));
    let phase = Some(event.phase()).filter(|phase| is_unusual(phase));
    let mut known = HashSet::new();
    let marks = event.marks().tags().into_iter();
    let all = event.tags().chain(techniques).chain(phase).chain(marks);
    all.filter(|tag| known.insert(*tag)).collect()
}
