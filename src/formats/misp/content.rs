//! The content of one event of MISP, as far as it can become part of a timeline.

use std::collections::HashSet;

use ::toml::de::{DeTable, DeValue};
use compact_str::CompactString;

use super::not_read::NotRead;
use super::values::{JsonValue, is_deleted, items, located, place, text, uuid_of, word};
use crate::diagnostic::{FileId, TextPlace};
use crate::timeline::draft::{Located, LocatedText};

/// An event, which contains what happened.
#[derive(Debug, Default)]
pub(super) struct MispEvent {
    pub place: TextPlace,
    pub info: Option<LocatedText>,
    pub date: Option<LocatedText>,
    /// The name of the organisation that made it.
    pub organisation: Option<LocatedText>,
    pub tags: Vec<LocatedText>,
    pub attributes: Vec<MispAttribute>,
    pub objects: Vec<MispObject>,
    pub notes: Vec<MispNote>,
    /// The techniques in tags of attributes that are not read.
    pub techniques: Vec<LocatedText>,
    /// Whether it breaks off, so that tags may be missing.
    pub is_cut: bool,
}

#[derive(Debug, Default)]
pub(super) struct MispAttribute {
    pub place: TextPlace,
    pub uuid: CompactString,
    pub kind: CompactString,
    pub category: CompactString,
    /// Its role in an object.
    pub relation: CompactString,
    pub value: Option<LocatedText>,
    pub comment: Option<LocatedText>,
    pub seen: SeenTimes,
    pub tags: Vec<LocatedText>,
    pub notes: Vec<MispNote>,
}

#[derive(Debug, Default)]
pub(super) struct MispObject {
    pub place: TextPlace,
    pub uuid: CompactString,
    pub name: CompactString,
    pub category: CompactString,
    pub comment: Option<LocatedText>,
    pub seen: SeenTimes,
    pub attributes: Vec<MispAttribute>,
    pub references: Vec<MispReference>,
    pub notes: Vec<MispNote>,
}

/// When something was seen first and last.
#[derive(Debug, Default)]
pub(super) struct SeenTimes {
    pub first: Option<LocatedText>,
    pub last: Option<LocatedText>,
}

/// A note or an opinion.
#[derive(Debug, Default)]
pub(super) struct MispNote {
    pub place: TextPlace,
    pub authors: Option<LocatedText>,
    pub created: Option<LocatedText>,
    pub text: Option<LocatedText>,
    /// From 0 to 100; `None` for a note.
    pub opinion: Option<LocatedText>,
}

#[derive(Debug, Default)]
pub(super) struct MispReference {
    pub to: CompactString,
    pub relation: CompactString,
    pub comment: CompactString,
    pub place: TextPlace,
}

impl SeenTimes {
    pub fn is_known(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }

    fn of(table: &DeTable<'_>, file: FileId) -> Self {
        Self {
            first: text(table, "first_seen", file),
            last: text(table, "last_seen", file),
        }
    }
}

impl MispAttribute {
    /// `None` if it is deleted or not an object of JSON, which is counted.
    pub fn read(value: &JsonValue<'_>, file: FileId, not_read: &mut NotRead) -> Option<Self> {
        let table = live(value, file, "attribute", not_read)?;
        for key in ["ShadowAttribute", "Sighting", "Relationship"] {
            not_read.members(table, key, file);
        }
        Some(Self {
            place: place(value, file),
            uuid: uuid_of(table, value),
            kind: word(table, "type"),
            category: word(table, "category"),
            relation: word(table, "object_relation"),
            value: text(table, "value", file),
            comment: text(table, "comment", file),
            seen: SeenTimes::of(table, file),
            tags: tags(table, file),
            notes: notes(table, file),
        })
    }
}

impl MispObject {
    /// `None` if it is deleted or not an object of JSON, which is counted.
    pub fn read(value: &JsonValue<'_>, file: FileId, not_read: &mut NotRead) -> Option<Self> {
        let table = live(value, file, "object", not_read)?;
        not_read.members(table, "Relationship", file);
        let attributes = items(table, "Attribute").iter();
        let attributes = attributes.filter_map(|it| MispAttribute::read(it, file, not_read));
        let attributes = attributes.collect();
        let references = items(table, "ObjectReference").iter().filter_map(|value| {
            let table = value.get_ref().as_table().filter(|it| !is_deleted(it))?;
            Some(MispReference {
                to: word(table, "referenced_uuid"),
                relation: word(table, "relationship_type"),
                comment: word(table, "comment"),
                place: place(value, file),
            })
        });
        Some(Self {
            place: place(value, file),
            uuid: uuid_of(table, value),
            name: word(table, "name"),
            category: word(table, "meta-category"),
            comment: text(table, "comment", file),
            seen: SeenTimes::of(table, file),
            attributes,
            references: references.collect(),
            notes: notes(table, file),
        })
    }

    /// The first value with a role.
    pub fn get(&self, relation: &str) -> Option<&LocatedText> {
        self.all(relation).next()
    }

    pub fn all<'o>(&'o self, relation: &str) -> impl Iterator<Item = &'o LocatedText> {
        let found = self
            .attributes
            .iter()
            .filter(move |it| it.relation == relation);
        found.filter_map(|it| it.value.as_ref())
    }

    pub fn tags(&self) -> impl Iterator<Item = &LocatedText> {
        self.attributes.iter().flat_map(|it| &it.tags)
    }
}

impl MispNote {
    /// A note or an opinion, and those about it.
    fn read(value: &JsonValue<'_>, file: FileId, all: &mut Vec<Self>) {
        let Some(table) = value.get_ref().as_table().filter(|it| !is_deleted(it)) else {
            return;
        };
        all.push(Self {
            place: place(value, file),
            authors: text(table, "authors", file),
            created: text(table, "created", file),
            text: text(table, "note", file).or_else(|| text(table, "comment", file)),
            opinion: text(table, "opinion", file),
        });
        read_notes(table, file, all);
    }
}

/// The notes and opinions of something.
pub(super) fn notes(table: &DeTable<'_>, file: FileId) -> Vec<MispNote> {
    let mut all = Vec::new();
    read_notes(table, file, &mut all);
    all
}

fn read_notes(table: &DeTable<'_>, file: FileId, all: &mut Vec<MispNote>) {
    for key in ["Note", "Opinion"] {
        for value in items(table, key) {
            MispNote::read(value, file, all);
        }
    }
}

/// The names of tags, and those that clusters of galaxies have as tags, each once.
pub(super) fn tags(table: &DeTable<'_>, file: FileId) -> Vec<LocatedText> {
    let mut known = HashSet::new();
    let galaxies = items(table, "Galaxy").iter();
    let clusters = galaxies.filter_map(|it| it.get_ref().as_table());
    let clusters = clusters.flat_map(|it| items(it, "GalaxyCluster"));
    let clusters = clusters.filter_map(|it| text(it.get_ref().as_table()?, "tag_name", file));
    let tags = items(table, "Tag").iter().map(|it| tag(it, file));
    let names = unreadable(table, file)
        .into_iter()
        .chain(tags)
        .chain(clusters);
    names
        .filter(|tag| known.insert(tag.value.clone()))
        .collect()
}

/// What stands for a tag that cannot be read: it may have been a marking, so it counts as one.
const UNREADABLE: &str = "tlp:(unreadable)";

/// The name of a tag, which may be its name alone.
fn tag(value: &JsonValue<'_>, file: FileId) -> LocatedText {
    let table = value.get_ref().as_table();
    let name = table.and_then(|table| text(table, "name", file));
    let name = name.or_else(|| located(value, file));
    name.unwrap_or_else(|| Located::new(UNREADABLE.into(), place(value, file)))
}

/// A sign of tags that are not a list.
fn unreadable(table: &DeTable<'_>, file: FileId) -> Option<LocatedText> {
    let tags = table.get("Tag")?;
    let is_absent = matches!(tags.get_ref(), DeValue::Boolean(false) | DeValue::Array(_));
    (!is_absent).then(|| Located::new(UNREADABLE.into(), place(tags, file)))
}

/// The members of something that is not deleted.
fn live<'v, 't>(
    value: &'v JsonValue<'t>,
    file: FileId,
    what: &'static str,
    not_read: &mut NotRead,
) -> Option<&'v DeTable<'t>> {
    let at = place(value, file);
    let Some(table) = value.get_ref().as_table() else {
        not_read.add("value of another type", at);
        return None;
    };
    if is_deleted(table) {
        not_read.add(&format!("deleted {what}"), at);
        return None;
    }
    not_read.check(table, file);
    Some(table)
}
