//! A bundle that is being written: ids by name, markings, and the order of its objects.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::options::{StixOptions, latest_day};
use crate::date::Instant;
use crate::formats::name_uuid::name_uuid;
use crate::formats::stix::stamps::object_stamp;
use crate::formats::stix::{extensions, markings};
use crate::formats::writers::json_text::OrderedObject;
use crate::text::visible_with_tabs;
use crate::timeline::term::Tlp;
use crate::timeline::{EventId, Timeline};

/// A timeline, and the objects that are made of it.
pub(super) struct BundleWriter<'t> {
    pub timeline: &'t Timeline,
    pub options: StixOptions,
    pub exported: BTreeSet<EventId>,
    /// When every object was created.
    pub created: String,
    /// When every object was modified: on the latest day of the timeline, and not before its creation.
    modified: String,
    objects: Vec<StixObject>,
    ids: HashSet<String>,
    /// How many objects had a name before.
    names: HashMap<Vec<String>, usize>,
}

/// An object that is being written.
pub(super) struct StixObject {
    pub id: String,
    /// Its type and its key: objects are in this order.
    name: Vec<String>,
    /// The strictest marking of what it says and names.
    pub tlp: Option<Tlp>,
    pub members: OrderedObject,
}

impl<'t> BundleWriter<'t> {
    pub fn new(timeline: &'t Timeline, options: StixOptions, exported: &[EventId]) -> Self {
        let latest = latest_day(timeline);
        // The command line asks for a time if there is none.
        let created = options.created.or(latest);
        let created = created.unwrap_or(Instant::from_micros(0));
        let modified = latest.map_or(created, |latest| latest.max(created));
        let stamp = |instant| object_stamp(instant).expect("only years of four digits are taken");
        Self {
            timeline,
            options,
            exported: exported.iter().copied().collect(),
            created: stamp(created),
            modified: stamp(modified),
            objects: Vec::new(),
            ids: HashSet::new(),
            names: HashMap::new(),
        }
    }

    /// The id of an object, by its type and its key in the timeline.
    pub fn id(&self, kind: &str, key: &[&str]) -> String {
        let title = self.timeline.head().title.as_str();
        let name: Vec<&str> = [kind, title]
            .into_iter()
            .chain(key.iter().copied())
            .collect();
        format!("{kind}--{}", name_uuid(&name))
    }

    /// A key that no other object of the type has: further objects with the same key are numbered.
    pub fn unique(&mut self, kind: &str, key: Vec<String>) -> Vec<String> {
        let name = std::iter::once(kind.to_owned()).chain(key.iter().cloned());
        let known = self.names.entry(name.collect()).or_default();
        *known += 1;
        let number = (*known > 1).then(|| known.to_string());
        key.into_iter().chain(number).collect()
    }

    /// A new object with the properties that all have.
    pub fn object(&self, kind: &'static str, key: &[&str], tlp: Option<Tlp>) -> StixObject {
        let id = self.id(kind, key);
        let mut members = OrderedObject::default();
        members.put("type", kind);
        members.put("spec_version", self.options.version.as_str());
        members.put("id", id.as_str());
        members.put("created", self.created.as_str());
        members.put("modified", self.modified.as_str());
        let name = [kind].into_iter().chain(key.iter().copied());
        StixObject {
            id,
            name: name.map(str::to_owned).collect(),
            tlp,
            members,
        }
    }

    /// Adds an object, unless it was added before: an event may name a thing twice.
    pub fn add(&mut self, object: StixObject) {
        if self.ids.insert(object.id.clone()) {
            self.objects.push(object);
        }
    }

    /// The marking of an item: unmarked items have that of the file.
    pub fn level(&self, own: Option<Tlp>) -> Option<Tlp> {
        own.or(self.timeline.head().tlp)
    }

    fn sort(&mut self) {
        self.objects.sort_by(|one, other| one.name.cmp(&other.name));
    }

    /// The ids of all objects, in their order, and the strictest of their markings.
    pub fn all(&mut self) -> (Vec<String>, Option<Tlp>) {
        self.sort();
        let ids = self.objects.iter().map(|it| it.id.clone()).collect();
        let tlp = self.objects.iter().filter_map(|it| it.tlp).max();
        (ids, tlp)
    }

    /// The bundle: its objects by type and key, one a line. Before them are those that any of them refers to: markings, and
    /// `definitions`.
    pub fn end(mut self, definitions: &[String]) -> String {
        let mut used: BTreeSet<Tlp> = self.objects.iter().filter_map(|it| it.tlp).collect();
        used.extend(self.timeline.effective_marking());
        let statement = self.statement();
        let id = format!(
            "bundle--{}",
            name_uuid(&["bundle", &self.timeline.head().title, &self.modified])
        );
        self.sort();
        let mut lines: Vec<String> = used.into_iter().map(tlp_definition).collect();
        lines.extend(statement.as_ref().map(|(_, line)| line.clone()));
        lines.extend_from_slice(definitions);
        for mut object in self.objects {
            let tlp = object.tlp.map(markings::id);
            let both = tlp
                .into_iter()
                .chain(statement.as_ref().map(|(id, _)| id.clone()));
            object
                .members
                .put("object_marking_refs", both.collect::<Vec<_>>());
            lines.push(object.members.line());
        }
        format!(
            "{{\n\"type\": \"bundle\",\n\"id\": \"{id}\",\n\"objects\": [\n  {}\n]\n}}\n",
            lines.join(",\n  ")
        )
    }

    /// The author's own classification line, as a marking of every object: its id, and the object.
    fn statement(&self) -> Option<(String, String)> {
        let banner = self.timeline.head().banner.as_deref()?;
        let id = self.id("marking-definition", &["banner", banner]);
        let mut members = OrderedObject::default();
        members.put("type", "marking-definition");
        members.put("spec_version", self.options.version.as_str());
        members.put("id", id.as_str());
        members.put("created", DEFINED);
        members.put("definition_type", "statement");
        let mut definition = OrderedObject::default();
        definition.put("statement", text(banner));
        members.put_object("definition", definition);
        Some((id, members.line()))
    }
}

/// When the objects were made that do not change from bundle to bundle.
pub(super) const DEFINED: &str = "2026-11-30T00:00:00.000Z";

/// The marking definition of a level, which is the same in every bundle.
fn tlp_definition(tlp: Tlp) -> String {
    let mut members = OrderedObject::default();
    members.put("type", "marking-definition");
    members.put("spec_version", "2.1");
    members.put("id", markings::id(tlp));
    members.put("created", markings::TLP_2_CREATED);
    members.put("name", format!("TLP:{tlp}"));
    let level = tlp.as_str().to_ascii_lowercase();
    let mut level_of = extension("property-extension");
    level_of.put("tlp_2_0", level);
    let mut extensions = OrderedObject::default();
    extensions.put_object(extensions::TLP_2, level_of);
    members.put_object("extensions", extensions);
    members.line()
}

/// The beginning of an extension.
pub(super) fn extension(kind: &str) -> OrderedObject {
    let mut extension = OrderedObject::default();
    extension.put("extension_type", kind);
    extension
}

/// A text with its line breaks and tabs, and without other invisible characters.
pub(super) fn text(words: &str) -> String {
    let lines: Vec<_> = words.trim().lines().map(visible_with_tabs).collect();
    lines.join("\n")
}

/// A name, which STIX requires.
pub(super) fn named(name: &str, otherwise: &str) -> String {
    let name: Vec<&str> = name.split_whitespace().collect();
    let name = text(&name.join(" "));
    if name.is_empty() {
        otherwise.to_owned()
    } else {
        name
    }
}

/// Lines such as `When: late 2021`, then a text after an empty line.
#[derive(Default)]
pub(super) struct LabelledText {
    lines: Vec<String>,
}

impl LabelledText {
    /// Adds a line, unless its value is empty. A value is one line: its line breaks become spaces.
    pub fn put(&mut self, label: &str, value: &str) {
        let value: Vec<&str> = value.split_whitespace().collect();
        if !value.is_empty() {
            self.lines
                .push(format!("{label}: {}", text(&value.join(" "))));
        }
    }

    pub fn end(self, behind: &str) -> String {
        let parts = [self.lines.join("\n"), text(behind)];
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        parts.join("\n\n")
    }
}
