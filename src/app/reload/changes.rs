//! The changes between two readings, event by event.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use crate::timeline::{Event, EventId, Timeline};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventChange {
    New,
    /// Any of its facts differs.
    Changed,
}

impl EventChange {
    /// The mark in the list.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::New => "+",
            Self::Changed => "~",
        }
    }
}

/// The changes between two readings, by the keys of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineChanges {
    events: BTreeMap<String, EventChange>,
    gone: usize,
}

impl TimelineChanges {
    /// Compares two readings of the same files.
    pub fn between(old: &Timeline, new: &Timeline) -> Self {
        let mut changes = Self::default();
        let mut before = OlderEvents::new(old);
        let mut kept = 0;
        for event in new.events() {
            let before = before.of(event);
            kept += usize::from(before.is_some());
            let change = match before {
                None => EventChange::New,
                Some(before) if !before.says_the_same(event) => EventChange::Changed,
                Some(_) => continue,
            };
            changes.events.insert(event.key().into_owned(), change);
        }
        changes.gone = old.len() - kept;
        changes
    }

    /// The change of an event of the newer reading.
    pub fn of(&self, event: Event<'_>) -> Option<EventChange> {
        // The list asks for every row, and usually nothing has changed.
        if self.events.is_empty() {
            return None;
        }
        self.events.get(&*event.key()).copied()
    }

    /// Such as `1 new, 2 changed`; empty if no event differs.
    pub fn summary(&self) -> String {
        let count = |change| self.events.values().filter(|it| **it == change).count();
        let counts = [
            (count(EventChange::New), "new"),
            (count(EventChange::Changed), "changed"),
            (self.gone, "gone"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, word)| format!("{count} {word}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// Finds events of the older reading by key. Most events keep their order, so the event after the last hit is tried
/// first, and the keys are only indexed once that fails.
struct OlderEvents<'t> {
    old: &'t Timeline,
    /// The row to try first.
    next: u32,
    index: OnceCell<HashMap<Cow<'t, str>, EventId>>,
}

impl<'t> OlderEvents<'t> {
    fn new(old: &'t Timeline) -> Self {
        Self {
            old,
            next: 0,
            index: OnceCell::new(),
        }
    }

    /// The event of the same key.
    fn of(&mut self, event: Event<'_>) -> Option<Event<'t>> {
        let key = event.key();
        let here = (self.next as usize) < self.old.len();
        let here = here.then(|| self.old.event(EventId(self.next)));
        let found = here.filter(|here| here.key() == key).or_else(|| {
            let entry = |event: Event<'t>| (event.key(), event.id());
            let all = || self.old.events().map(entry).collect();
            let index = self.index.get_or_init(all);
            index.get(&*key).map(|&id| self.old.event(id))
        })?;
        self.next = found.id().0 + 1;
        Some(found)
    }
}
