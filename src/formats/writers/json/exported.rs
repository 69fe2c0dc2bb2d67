//! What a timeline in JSON is made of: the events that are exported, their references, and values that could not be read.

use std::collections::BTreeSet;

use super::super::json_text::OrderedObject;
use crate::date::EventDate;
use crate::timeline::term::Tlp;
use crate::timeline::{EventId, Timeline};

/// What replaces a value that could not be read. It cannot be read either, so it counts as strictly as before.
pub(super) const UNREAD: &str = "(unreadable)";

/// A timeline, and its events that are exported.
pub(super) struct JsonWriter<'t> {
    pub timeline: &'t Timeline,
    pub exported: BTreeSet<EventId>,
}

impl JsonWriter<'_> {
    /// The exported events in the order of their file, in which lanes are named.
    pub fn in_file(&self) -> impl Iterator<Item = EventId> {
        let place = |id: EventId| {
            let place = self.timeline.event(id).place();
            (place.file, place.start())
        };
        let mut events: Vec<EventId> = self.exported.iter().copied().collect();
        events.sort_by_key(|&id| place(id));
        events.into_iter()
    }

    /// The keys of those events that are exported.
    pub fn keys(&self, events: impl Iterator<Item = EventId>) -> Vec<String> {
        let exported = events.filter(|id| self.exported.contains(id));
        exported
            .map(|id| self.timeline.event(id).key().into_owned())
            .collect()
    }
}

/// A name or a title. Only an id has white space at its ends, and takes the place of a name that is not stated.
pub(super) fn put_name(out: &mut OrderedObject, key: &str, name: &str) {
    out.put(key, Some(name).filter(|name| name.trim() == *name));
}

pub(super) fn put_marking(out: &mut OrderedObject, tlp: Option<Tlp>) {
    out.put("tlp", tlp.map(Tlp::as_str));
}

/// A date as it is written, or the sign that it could not be read.
pub(super) fn put_day(
    out: &mut OrderedObject,
    key: &str,
    day: Option<&EventDate>,
    is_unread: bool,
) {
    match day {
        None if is_unread => out.put(key, UNREAD),
        day => out.put(key, day.map(EventDate::written)),
    }
}
