//! The keys of remaining events.
//!
//! A number in a key would reveal events that are gone, so keys are assigned again, as for a file without them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::super::data::Timeline;
use super::super::event::Event;
use super::super::keys::{KeyColumn, KeyRegistry, RequestedKey, stem};
use super::super::link::EventId;
use super::remaining::RemainingRows;

/// The keys of remaining events, and the requests of those that got another.
#[derive(Default)]
pub(super) struct RemainingKeys {
    pub keys: KeyColumn,
    pub wanted: BTreeMap<EventId, RequestedKey>,
}

impl RemainingKeys {
    pub fn new(whole: &Timeline, left: &RemainingRows) -> Self {
        let mut names = Self::default();
        let kept = || left.kept(whole);
        let wanted = &whole.columns().wanted_keys;
        if wanted.is_empty() {
            let all = &whole.columns().keys;
            kept().for_each(|event| names.keys.push_from(all, event.id().0 as usize));
            return names;
        }
        let mut keys = KeyRegistry::reserving(reserved(kept(), wanted));
        for (row, event) in (0u32..).map(EventId).zip(kept()) {
            // An event that has the key it asked for may keep it: it came first, or its author gave it.
            let request = wanted.get(&event.id());
            let request = request.map_or_else(
                || Cow::Owned(RequestedKey::own(event.key().into_owned())),
                Cow::Borrowed,
            );
            if !keys.give(&request, &mut names.keys) {
                names.wanted.insert(row, request.into_owned());
            }
        }
        names
    }
}

/// The keys that stay with events, as far as others may ask for them.
fn reserved<'t>(
    kept: impl Iterator<Item = Event<'t>>,
    wanted: &BTreeMap<EventId, RequestedKey>,
) -> HashSet<String> {
    let requests: HashSet<&str> = wanted
        .values()
        .map(|request| request.key.as_str())
        .collect();
    let is_requested = |key: &str| {
        let is_numbered = stem(key).is_some_and(|stem| requests.contains(stem));
        is_numbered || requests.contains(key)
    };
    let mut reserved = HashSet::new();
    for event in kept {
        let key = match wanted.get(&event.id()) {
            Some(request) if request.is_own => Cow::Borrowed(request.key.as_str()),
            Some(_) => continue,
            None => event.key(),
        };
        if is_requested(&key) {
            reserved.insert(key.into_owned());
        }
    }
    reserved
}
