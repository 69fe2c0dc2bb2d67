//! An object of MISP that is being written: its attributes, references and notes.

use super::templates::{ObjectTemplate, category_of};
use super::writer::MispWriter;
use crate::formats::misp::relations::ReferenceWords;
use crate::formats::name_uuid::name_uuid;
use crate::formats::writers::json_text::OrderedObject;

/// As the event that contains it.
const INHERITED: &str = "5";

pub(super) struct MispObject<'w> {
    writer: &'w MispWriter<'w>,
    template: &'static ObjectTemplate,
    pub uuid: String,
    comment: String,
    attributes: Vec<OrderedObject>,
    /// MISP has tags on attributes, not on objects: these are on the first attribute.
    tags: Vec<String>,
    references: Vec<OrderedObject>,
    notes: Vec<OrderedObject>,
}

impl<'w> MispObject<'w> {
    /// `key` is the key of the event, entity or source in the timeline.
    pub fn new(
        writer: &'w MispWriter<'w>,
        template: &'static ObjectTemplate,
        key: &str,
        comment: String,
    ) -> Self {
        Self {
            writer,
            template,
            uuid: writer.uuid(template.name, key),
            comment,
            attributes: Vec::new(),
            tags: Vec::new(),
            references: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds an attribute, unless its value is empty: MISP refuses those.
    pub fn put(&mut self, relation: &'static str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let number = self.attributes.len().to_string();
        let uuid = name_uuid(&["attribute", &self.uuid, &number, relation]);
        let kind = self.template.type_of(relation);
        let mut out = self.writer.attribute(&uuid, kind, category_of(kind), value);
        out.put("object_relation", relation);
        self.attributes.push(out);
    }

    pub fn tag(&mut self, tag: String) {
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
    }

    /// Adds a reference to what has a UUID.
    pub fn refer(&mut self, words: ReferenceWords, to: &str) {
        let ReferenceWords { relation, comment } = words;
        let mut out = OrderedObject::default();
        out.put(
            "uuid",
            name_uuid(&["reference", &self.uuid, to, relation, comment]),
        );
        out.put("object_uuid", self.uuid.as_str());
        out.put("referenced_uuid", to);
        out.put("relationship_type", relation);
        out.put("comment", comment);
        out.put("timestamp", self.writer.timestamp.as_str());
        out.put("deleted", false);
        self.references.push(out);
    }

    /// Adds a note by an author.
    pub fn note(&mut self, key: &str, authors: &str, text: &str) {
        let note = self
            .writer
            .note(&["Object", &self.uuid], key, authors, text);
        self.notes.push(note);
    }

    pub fn end(mut self) -> OrderedObject {
        if let Some(first) = self.attributes.first_mut() {
            first.put_list("Tag", tags(&self.tags));
        }
        let mut out = OrderedObject::default();
        out.put("uuid", self.uuid);
        out.put("name", self.template.name);
        out.put("meta-category", "misc");
        out.put("description", self.template.description);
        out.put("template_uuid", self.template.uuid);
        out.put("template_version", self.template.version);
        out.put("timestamp", self.writer.timestamp.as_str());
        out.put("distribution", INHERITED);
        out.put("comment", self.comment);
        out.put("deleted", false);
        out.put_list("Attribute", self.attributes);
        out.put_list("ObjectReference", self.references);
        out.put_list("Note", self.notes);
        out
    }
}

impl MispWriter<'_> {
    /// An attribute of an event or an object.
    pub(super) fn attribute(
        &self,
        uuid: &str,
        kind: &str,
        category: &str,
        value: &str,
    ) -> OrderedObject {
        let mut out = OrderedObject::default();
        out.put("uuid", uuid);
        out.put("type", kind);
        out.put("category", category);
        out.put("value", value.trim());
        out.put("to_ids", false);
        out.put("disable_correlation", true);
        out.put("timestamp", self.timestamp.as_str());
        out.put("distribution", INHERITED);
        out.put("deleted", false);
        out
    }

    /// A note about what has a type and a UUID. `key` is what the note is called there.
    pub(super) fn note(
        &self,
        about: &[&str; 2],
        key: &str,
        authors: &str,
        text: &str,
    ) -> OrderedObject {
        let [kind, uuid] = about;
        let mut out = OrderedObject::default();
        out.put("uuid", name_uuid(&["note", uuid, key]));
        out.put("object_uuid", *uuid);
        out.put("object_type", *kind);
        out.put("authors", authors);
        out.put("created", self.created.as_str());
        out.put("modified", self.created.as_str());
        out.put("distribution", super::writer::OWN_ORGANISATION);
        out.put("note_type_name", "Note");
        out.put("note", text);
        out
    }
}

pub(super) fn tags(names: &[String]) -> Vec<OrderedObject> {
    let tags = names.iter().map(|name| {
        let mut out = OrderedObject::default();
        out.put("name", name.as_str());
        out
    });
    tags.collect()
}
