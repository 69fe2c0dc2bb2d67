//! The objects of a bundle that may become part of a timeline, by their ids.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::member_types::expected;
use crate::date::{EventDate, Instant};
use crate::diagnostic::TextPlace;
use crate::formats::json_object::{JsonObject, JsonValue};
use crate::formats::wrong_types::{JsonType, WrongTypes};

/// Types whose objects become events.
pub(super) const EVENTS: [&str; 6] = [
    "attack-action",
    "campaign",
    "event",
    "incident",
    "observed-data",
    "sighting",
];

/// Types whose objects become entities.
pub(super) const PARTIES: [&str; 4] = ["identity", "intrusion-set", "location", "threat-actor"];

/// Types whose objects say something about others.
const OTHERS: [&str; 9] = [
    "attack-condition",
    "attack-flow",
    "attack-operator",
    "attack-pattern",
    "grouping",
    "marking-definition",
    "note",
    "opinion",
    "report",
];

/// Types whose objects are what observed data shows.
const OBSERVABLES: [&str; 18] = [
    "artifact",
    "autonomous-system",
    "directory",
    "domain-name",
    "email-addr",
    "email-message",
    "file",
    "ipv4-addr",
    "ipv6-addr",
    "mac-addr",
    "mutex",
    "network-traffic",
    "process",
    "software",
    "url",
    "user-account",
    "windows-registry-key",
    "x509-certificate",
];

/// Types that say nothing about a case.
const SILENT: [&str; 2] = ["extension-definition", "marking-definition"];

/// An object that may become part of a timeline.
#[derive(Clone, Debug)]
pub(super) struct BundleObject<'t> {
    pub kind: Cow<'t, str>,
    pub id: Cow<'t, str>,
    pub json: JsonObject<'t>,
    /// The place of its id.
    pub place: TextPlace,
    /// The whole object as it is written.
    raw: &'t str,
    is_used: bool,
}

/// The objects of a bundle.
#[derive(Debug, Default)]
pub(super) struct BundleIndex<'t> {
    objects: Vec<BundleObject<'t>>,
    by_id: HashMap<Cow<'t, str>, usize>,
    /// The id of every object of the bundle.
    seen: HashSet<Cow<'t, str>>,
    /// How many objects are not read, by their type.
    unread: BTreeMap<String, usize>,
    /// How many objects are revoked or deprecated.
    pub revoked: usize,
    /// The ids that several objects have: where the older and the newer are.
    pub repeated: Vec<(TextPlace, TextPlace)>,
    /// The properties that cannot be read.
    pub wrong_types: WrongTypes,
}

/// Whether the type of the object with an id is one of some types.
pub(super) fn is_of(id: &str, kinds: &[&str]) -> bool {
    let kind = id.split_once("--").map_or("", |(kind, _)| kind);
    kinds.contains(&kind)
}

impl<'t> BundleIndex<'t> {
    /// Adds an object of the bundle, in any order.
    pub fn add(&mut self, value: JsonValue<'t>) {
        let Some(json) = value.object() else {
            self.count("item that is not an object");
            return;
        };
        let kind = json.text("type").unwrap_or_default();
        let named = json.get("id").and_then(|id| Some((id.text()?, id.place())));
        let Some((id, place)) = named.filter(|_| !kind.is_empty()) else {
            self.count("object without a type and an id");
            return;
        };
        self.seen.insert(id.clone());
        if !is_wanted(&kind, &json) {
            let kind = kind.into_owned();
            self.count(&kind);
            return;
        }
        for (name, value) in json.entries() {
            if let Some(expected) = expected(name) {
                let found = JsonType::of(value.raw());
                self.wrong_types.check(name, found, expected, value.place());
            }
        }
        let object = BundleObject {
            kind,
            id,
            json,
            place,
            raw: value.raw(),
            is_used: false,
        };
        let Some(&known) = self.by_id.get(&object.id) else {
            self.by_id.insert(object.id.clone(), self.objects.len());
            self.objects.push(object);
            return;
        };
        let known = &mut self.objects[known];
        if known.raw == object.raw {
            return;
        }
        if known.version() < object.version() {
            self.repeated.push((known.place, object.place));
            *known = object;
        } else {
            self.repeated.push((object.place, known.place));
        }
    }

    /// Puts the objects in the order of their ids, and leaves out those that their author withdrew.
    pub fn settle(&mut self) {
        let before = self.objects.len();
        self.objects.retain(|object| {
            !object.json.is_true("revoked") && !object.json.is_true("x_mitre_deprecated")
        });
        self.revoked = before - self.objects.len();
        self.objects.sort_by(|one, other| one.id.cmp(&other.id));
        let ids = self.objects.iter().map(|object| object.id.clone());
        self.by_id = ids.zip(0..).collect();
    }

    pub fn get(&self, id: &str) -> Option<&BundleObject<'t>> {
        Some(&self.objects[*self.by_id.get(id)?])
    }

    /// Whether the bundle has an object with an id, read or not.
    pub fn was_seen(&self, id: &str) -> bool {
        self.seen.contains(id)
    }

    /// The objects of some types, in the order of their ids.
    pub fn of(&self, kinds: &[&str]) -> Vec<BundleObject<'t>> {
        let objects = self.objects.iter();
        let wanted = objects.filter(|object| kinds.contains(&object.kind.as_ref()));
        wanted.cloned().collect()
    }

    /// Marks an object as part of the timeline.
    pub fn used(&mut self, id: &str) {
        if let Some(&at) = self.by_id.get(id) {
            self.objects[at].is_used = true;
        }
    }

    /// How many objects are not part of the timeline, by their type.
    pub fn unread(&self) -> BTreeMap<String, usize> {
        let mut unread = self.unread.clone();
        let unused = self.objects.iter().filter(|object| !object.is_used);
        for object in unused.filter(|object| !SILENT.contains(&object.kind.as_ref())) {
            *unread.entry(object.kind.clone().into_owned()).or_default() += 1;
        }
        unread
    }

    fn count(&mut self, kind: &str) {
        if !SILENT.contains(&kind) {
            *self.unread.entry(kind.to_owned()).or_default() += 1;
        }
    }
}

impl BundleObject<'_> {
    /// The newest version counts. Of two that are equally new, one counts whatever their order.
    fn version(&self) -> (Instant, &str) {
        let modified = self.json.text("modified");
        let modified = modified.and_then(|it| EventDate::parse(&it).ok());
        let modified = modified.map_or(Instant::PAST, |it| it.start().earliest);
        (modified, self.raw)
    }
}

/// Whether an object may become part of a timeline. A relationship may if one of its ends is an event, or both are
/// parties.
fn is_wanted(kind: &str, json: &JsonObject<'_>) -> bool {
    if kind != "relationship" {
        let all = [&EVENTS[..], &PARTIES, &OTHERS, &OBSERVABLES];
        return all.into_iter().any(|kinds| kinds.contains(&kind));
    }
    let ends = ["source_ref", "target_ref"].map(|end| json.text(end).unwrap_or_default());
    ends.iter().any(|end| is_of(end, &EVENTS)) || ends.iter().all(|end| is_of(end, &PARTIES))
}
