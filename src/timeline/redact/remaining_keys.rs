//! What the events that are left are called.
//!
//! A number that tells events apart would tell of those that are gone: keys are given again, as to a file in which
//! nothing else stands.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::super::data::Timeline;
use super::super::event::Event;
use super::super::keys::{KeyColumn, Keys, Wish, stem};
use super::super::link::EventId;
use super::remaining::Left;

/// The keys of what is left, and who would have another.
#[derive(Default)]
pub(super) struct Names {
    pub keys: KeyColumn,
    pub wanted: BTreeMap<EventId, Wish>,
}

impl Names {
    pub fn new(whole: &Timeline, left: &Left) -> Self {
        let mut names = Self::default();
        let kept = || left.kept(whole);
        let wanted = &whole.columns().wanted_keys;
        if wanted.is_empty() {
            let all = &whole.columns().keys;
            kept().for_each(|event| names.keys.push_from(all, event.id().0 as usize));
            return names;
        }
        let mut keys = Keys::reserving(reserved(kept(), wanted));
        for (row, event) in (0u32..).map(EventId).zip(kept()) {
            // Who has the wished key could keep it, whoever gave it: an event that came by it first, or its author.
            let wish = wanted.get(&event.id());
            let wish = wish.map_or_else(
                || Cow::Owned(Wish::own(event.key().into_owned())),
                Cow::Borrowed,
            );
            if !keys.give(&wish, &mut names.keys) {
                names.wanted.insert(row, wish.into_owned());
            }
        }
        names
    }
}

/// The keys that stay with events, as far as others may want them.
fn reserved<'t>(
    kept: impl Iterator<Item = Event<'t>>,
    wanted: &BTreeMap<EventId, Wish>,
) -> HashSet<String> {
    let wishes: HashSet<&str> = wanted.values().map(|wish| wish.key.as_str()).collect();
    let is_wished = |key: &str| {
        let is_numbered = stem(key).is_some_and(|stem| wishes.contains(stem));
        is_numbered || wishes.contains(key)
    };
    let mut reserved = HashSet::new();
    for event in kept {
        let key = match wanted.get(&event.id()) {
            Some(wish) if wish.is_own => Cow::Borrowed(wish.key.as_str()),
            Some(_) => continue,
            None => event.key(),
        };
        if is_wished(&key) {
            reserved.insert(key.into_owned());
        }
    }
    reserved
}
