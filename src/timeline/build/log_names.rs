//! What rows of logs name: entities by name, documents by title, and their own keys.

use std::collections::BTreeMap;
use std::iter;

use hashbrown::HashMap;

use super::super::data::Timeline;
use super::super::entity::EntityId;
use super::super::log::DraftLog;
use super::super::source::SourceId;
use super::super::term::Tlp;
use super::builder::TimelineBuilder;
use crate::text::canonical;

/// Entities and documents named by rows of logs.
pub(super) struct LogNames {
    entities: KnownNames<EntityId>,
    sources: KnownNames<SourceId>,
}

struct KnownNames<Id> {
    /// Ids by display name.
    names: HashMap<String, Id>,
    /// Items that only logs name, each with the widest marking of the rows that name it; `None` if one of them is
    /// unmarked.
    of_logs: BTreeMap<Id, Option<Tlp>>,
}

impl<Id: Copy + Ord> KnownNames<Id> {
    fn new(names: impl Iterator<Item = (String, Id)>) -> Self {
        let mut known = Self {
            names: HashMap::new(),
            of_logs: BTreeMap::new(),
        };
        for (name, id) in names {
            known
                .names
                .entry(canonical(&name).into_owned())
                .or_insert(id);
        }
        known
    }

    /// Records a new item. Its marking is that of the first row until others are added.
    fn add(&mut self, name: &str, id: Id) {
        self.names.insert(name.to_owned(), id);
        self.of_logs.insert(id, Some(Tlp::Red));
    }

    fn mark(&mut self, ids: &[Id], tlp: Option<Tlp>) {
        for id in ids {
            if let Some(widest) = self.of_logs.get_mut(id) {
                *widest = tlp.min(*widest);
            }
        }
    }
}

impl LogNames {
    /// No names, for a timeline without logs.
    pub fn none() -> Self {
        Self {
            entities: KnownNames::new(iter::empty()),
            sources: KnownNames::new(iter::empty()),
        }
    }

    /// Starts with declared items, and the logs.
    pub fn new(timeline: &Timeline) -> Self {
        let entities = timeline.entities().map(|(id, it)| (it.name.clone(), id));
        let sources = timeline.sources().map(|(id, it)| (it.title.clone(), id));
        Self {
            entities: KnownNames::new(entities),
            sources: KnownNames::new(sources),
        }
    }

    /// The entity with a name, or a new one.
    pub fn entity(&mut self, name: &str, builder: &mut TimelineBuilder) -> EntityId {
        let name = &*canonical(name);
        if let Some(&id) = self.entities.names.get(name) {
            return id;
        }
        let before = builder.timeline.entities.len();
        let id = builder.entity(name);
        if builder.timeline.entities.len() > before {
            builder.timeline.entities[id.0 as usize].declared = true;
            self.entities.add(name, id);
        }
        id
    }

    /// The document with a title, or a new one.
    pub fn source(&mut self, title: &str, builder: &mut TimelineBuilder) -> SourceId {
        let title = &*canonical(title);
        if let Some(&id) = self.sources.names.get(title) {
            return id;
        }
        let before = builder.timeline.sources.len();
        let id = builder.source(title);
        if builder.timeline.sources.len() > before {
            builder.timeline.sources[id.0 as usize].declared = true;
            self.sources.add(title, id);
        }
        id
    }

    /// Records the marking of a row that names entities.
    pub fn mark_entities(&mut self, ids: &[EntityId], tlp: Option<Tlp>) {
        self.entities.mark(ids, tlp);
    }

    /// Records the marking of a row that names documents.
    pub fn mark_sources(&mut self, ids: &[SourceId], tlp: Option<Tlp>) {
        self.sources.mark(ids, tlp);
    }

    /// Marks the items that only logs name.
    pub fn mark(self, timeline: &mut Timeline) {
        for (id, tlp) in self.entities.of_logs {
            timeline.entities[id.0 as usize].tlp = tlp;
        }
        for (id, tlp) in self.sources.of_logs {
            timeline.sources[id.0 as usize].tlp = tlp;
        }
    }
}

/// Removes keys of rows that could be the key of another row's line: those rows are named by their own line instead.
pub(super) fn leave_lines_their_keys(logs: &mut [DraftLog]) {
    let mut before = 0;
    loop {
        // A log in which each row has a key names none by its line.
        let by_line = logs.iter().filter(|log| log.keys() < log.len());
        let ids: Vec<String> = by_line.map(|log| format!("{}-", log.id)).collect();
        if ids.len() == before {
            return;
        }
        before = ids.len();
        let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit() || it == b'-');
        let is_of_line = |key: &str| {
            let mut numbers = ids.iter().filter_map(|id| key.strip_prefix(id.as_str()));
            numbers.any(is_number)
        };
        for part in logs.iter_mut().flat_map(|log| &mut log.parts) {
            part.keys.retain(|(_, key)| !is_of_line(key));
        }
    }
}
