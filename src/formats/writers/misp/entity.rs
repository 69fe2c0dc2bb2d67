//! An entity as an object of MISP: the template is that of its kind, or `victim` for what is only a target.

use super::object::MispObject;
use super::templates::{self, ObjectTemplate};
use super::writer::MispWriter;
use crate::formats::misp::keyed_text::{KeyedKind, KeyedText};
use crate::formats::misp::tags::marking_tag;
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::EntityKind;
use crate::timeline::{Entity, EntityId};

pub(super) fn entity(writer: &MispWriter<'_>, id: EntityId) -> OrderedObject {
    let entity = writer.timeline.entity(id);
    let template = writer.template_of(id);
    let mut out = MispObject::new(writer, template, &entity.key, comment(entity));
    let relation = if std::ptr::eq(template, &raw const templates::PERSON) {
        "full-name"
    } else {
        "name"
    };
    out.put(relation, &entity.name);
    let note = entity.note.as_deref().unwrap_or_default();
    match template.name {
        "person" => out.put("text", note),
        _ => out.put("description", note),
    }
    match template.name {
        "victim" => out.put("classification", class(entity.kind)),
        "identity" => out.put("identity_class", class(entity.kind)),
        "organization" if entity.kind == Some(EntityKind::State) => {
            out.put("type-of-organization", "state");
        }
        _ => {}
    }
    let relation = match template.name {
        "intrusion-set" => Some("aliases"),
        "organization" | "person" => Some("alias"),
        _ => None,
    };
    if let Some(relation) = relation {
        for alias in &entity.aliases {
            out.put(relation, alias);
        }
    }
    if let Some(tlp) = entity.tlp {
        out.tag(marking_tag(tlp));
    }
    out.end()
}

/// The class of a victim or an identity.
const fn class(kind: Option<EntityKind>) -> &'static str {
    match kind {
        Some(EntityKind::Individual) => "individual",
        Some(EntityKind::Group) => "group",
        Some(EntityKind::Organization | EntityKind::State) => "organization",
        Some(EntityKind::Class) => "class",
        Some(EntityKind::System) => "system",
        Some(EntityKind::IntrusionSet | EntityKind::ThreatActor) | None => "unknown",
    }
}

/// What the templates have no place for.
fn comment(entity: &Entity) -> String {
    let mut text = KeyedText::new(KeyedKind::Entity);
    text.put("id", &entity.key);
    text.put("kind", entity.kind.map_or("", EntityKind::as_str));
    text.put("attack", entity.attack.as_deref().unwrap_or_default());
    for alias in &entity.aliases {
        text.put("alias", alias);
    }
    text.end("")
}

impl MispWriter<'_> {
    pub(super) fn entity_uuid(&self, id: EntityId) -> String {
        let key = &self.timeline.entity(id).key;
        self.uuid(self.template_of(id).name, key)
    }

    fn template_of(&self, id: EntityId) -> &'static ObjectTemplate {
        match self.timeline.entity(id).kind {
            Some(EntityKind::IntrusionSet | EntityKind::ThreatActor) => &templates::INTRUSION_SET,
            Some(EntityKind::Individual) => &templates::PERSON,
            Some(EntityKind::Organization | EntityKind::State) => &templates::ORGANIZATION,
            Some(EntityKind::Group | EntityKind::Class) | None
                if self.only_targets.contains(&id) =>
            {
                &templates::VICTIM
            }
            Some(EntityKind::Group | EntityKind::Class | EntityKind::System) | None => {
                &templates::IDENTITY
            }
        }
    }
}
