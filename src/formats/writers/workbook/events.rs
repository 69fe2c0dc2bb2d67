//! The sheets of events: the columns of records, without the guards of CSV, since no text in a workbook is computed.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::names::SheetNames;
use super::sheet::SheetWriter;
use crate::formats::guard::{guarded, unguarded};
use crate::formats::workbook::columns::{LISTED_SOURCES, OWN_MARKING, UNMARKED};
use crate::formats::writers::items::UNREAD;
use crate::formats::writers::records::{EventRecord, LEAST_NAMES, STAMPS, cell, fill, stated_by};
use crate::timeline::facts::{FactId, FactValue};
use crate::timeline::term::Tlp;
use crate::timeline::{Event, EventId, SourceId, Timeline};

/// The events of an export, and the names in its cells.
pub(super) struct ExportedEvents<'t> {
    pub timeline: &'t Timeline,
    pub names: &'t SheetNames,
    /// All that are exported.
    pub known: &'t HashSet<EventId>,
}

impl ExportedEvents<'_> {
    /// A sheet of some of the events.
    pub fn sheet(&self, name: String, events: &[EventId]) -> SheetWriter {
        let wanted = |name: &str| !STAMPS.contains(&name);
        let events = events.iter().map(|&id| self.timeline.event(id));
        let records: Vec<EventRecord> = events
            .map(|event| EventRecord::with(self.timeline, event, self.stated(event), wanted))
            .collect();
        // The reader removes guards. A text that looks guarded gets one for it.
        let text = |value: &Value| {
            let text = cell(value);
            let is_changed = unguarded(&text) != text;
            if is_changed {
                guarded(&text).into_owned()
            } else {
                text
            }
        };
        let table = |last: usize| SheetWriter::new(name, last + 1);
        fill(&records, wanted, text, (LEAST_NAMES, table))
    }

    /// What a record states of an event, and what is needed to read it back without a difference.
    fn stated(&self, event: Event<'_>) -> Vec<(&'static str, Value)> {
        let mut stated = stated_by(self.timeline, event, self.known);
        let mut set = |name: &'static str, value: Value| {
            let known = stated.iter_mut().find(|(known, _)| *known == name);
            match known {
                Some((_, known)) => *known = value,
                None => stated.push((name, value)),
            }
        };
        for row in FactId::all().map(FactId::row) {
            let Some(name) = row.record else { continue };
            match row.value(event) {
                FactValue::Parties(_, ids) if !self.names.are_unique => {
                    set(name, ids.iter().map(|&id| self.names.entity(id)).collect());
                }
                FactValue::Sources(ids) if !self.names.are_unique => set(name, self.titles(ids)),
                _ => {}
            }
        }
        if event.day_unread() && event.disclosed().is_none() {
            set("disclosed", json!(UNREAD));
        }
        let claims: Vec<SourceId> = (event.claims())
            .filter_map(|(_, claim)| claim.carried_in())
            .collect();
        if event.listed().iter().any(|id| claims.contains(id)) {
            set(LISTED_SOURCES, self.titles(event.listed()));
        }
        let own = event.tlp().or(self.timeline.head().tlp).map(Tlp::as_str);
        let shown = stated.iter().find(|(name, _)| *name == "tlp");
        if shown.and_then(|(_, shown)| shown.as_str()) != own {
            stated.push((OWN_MARKING, json!(own.unwrap_or(UNMARKED))));
        }
        stated
    }

    fn titles(&self, sources: &[SourceId]) -> Value {
        sources.iter().map(|&id| self.names.source(id)).collect()
    }
}
