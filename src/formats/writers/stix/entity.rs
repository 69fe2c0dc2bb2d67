//! Entities and techniques as objects, each marked as strictly as itself, and no less than the least strict event or claim
//! that names it: no object says what only a stricter one may say.

use std::collections::BTreeMap;

use super::bundle::{BundleWriter, LabelledText, StixObject, named, text};
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::{EntityKind, Tlp, is_group, is_technique};
use crate::timeline::{ClaimValue, Entity, EntityId};

/// The source name under which ids of ATT&CK are known.
const ATTACK: &str = "mitre-attack";

/// The type of the object of an entity.
pub(super) fn kind(entity: &Entity) -> &'static str {
    match entity.kind {
        Some(EntityKind::IntrusionSet) => "intrusion-set",
        Some(EntityKind::ThreatActor) => "threat-actor",
        _ => IDENTITY,
    }
}

pub(super) const IDENTITY: &str = "identity";
const TECHNIQUE: &str = "attack-pattern";

/// The class of an identity. STIX has none for a state: the description says it.
fn class(kind: Option<EntityKind>) -> &'static str {
    match kind {
        Some(EntityKind::Organization | EntityKind::State) => "organization",
        Some(EntityKind::Individual) => "individual",
        Some(EntityKind::Group) => "group",
        Some(EntityKind::Class) => "class",
        Some(EntityKind::System) => "system",
        _ => "unknown",
    }
}

pub(super) fn id(writer: &BundleWriter<'_>, entity: EntityId) -> String {
    let entity = writer.timeline.entity(entity);
    writer.id(kind(entity), &[&entity.key])
}

pub(super) fn technique_id(writer: &BundleWriter<'_>, technique: &str) -> String {
    writer.id(TECHNIQUE, &[technique])
}

/// The marking of an entity itself.
pub(super) fn level(writer: &BundleWriter<'_>, entity: EntityId) -> Option<Tlp> {
    writer.level(writer.timeline.entity(entity).tlp)
}

/// Adds every entity and every technique that an exported event or one of its claims names, and the other entities if
/// every event is exported.
pub(super) fn add_named(writer: &mut BundleWriter<'_>) {
    let mut entities = LeastStrict::default();
    let mut techniques = LeastStrict::default();
    for event in writer.exported.iter().map(|&id| writer.timeline.event(id)) {
        let level = writer.level(event.tlp());
        for (_, entity) in event.all_parties() {
            entities.name(entity, level);
        }
        for technique in event.techniques() {
            techniques.name(technique, level);
        }
        for (_, claim) in event.claims() {
            let level = writer.level(claim.tlp).max(level);
            let value = match &claim.value {
                Some(ClaimValue::Entity(entity)) => Some(*entity),
                _ => None,
            };
            for entity in claim.by.into_iter().chain(value) {
                entities.name(entity, level);
            }
        }
    }
    if writer.exported.len() == writer.timeline.len() {
        for (entity, _) in writer.timeline.entities() {
            let own = level(writer, entity);
            entities.0.entry(entity).or_insert(own);
        }
    }
    for (entity, least) in entities.0 {
        let object = object(writer, entity, least);
        writer.add(object);
    }
    for (technique, least) in techniques.0 {
        let object = technique_object(writer, technique, least);
        writer.add(object);
    }
}

/// The least strict marking of what names each thing.
struct LeastStrict<T>(BTreeMap<T, Option<Tlp>>);

impl<T: Ord> Default for LeastStrict<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> LeastStrict<T> {
    fn name(&mut self, thing: T, level: Option<Tlp>) {
        let least = self.0.entry(thing).or_insert(level);
        *least = level.min(*least);
    }
}

fn object(writer: &BundleWriter<'_>, id: EntityId, least: Option<Tlp>) -> StixObject {
    let entity = writer.timeline.entity(id);
    let kind = kind(entity);
    let tlp = level(writer, id).max(least);
    let mut object = writer.object(kind, &[&entity.key], tlp);
    let members = &mut object.members;
    members.put("name", named(&entity.name, "(unnamed)"));
    let mut words = LabelledText::default();
    if entity.kind == Some(EntityKind::State) {
        words.put("Kind", "state");
    }
    let aliases: Vec<String> = entity.aliases.iter().map(|it| text(it)).collect();
    let aliases: Vec<String> = aliases.into_iter().filter(|it| !it.is_empty()).collect();
    if kind == IDENTITY {
        words.put("Also known as", &aliases.join("; "));
    }
    members.put(
        "description",
        words.end(entity.note.as_deref().unwrap_or_default()),
    );
    if kind == IDENTITY {
        members.put("identity_class", class(entity.kind));
    } else {
        members.put("aliases", aliases);
    }
    let attack = entity.attack.as_deref();
    let attack = attack.map(|id| attack_reference(id, "groups", is_group(id)));
    members.put_list("external_references", attack.into_iter().collect());
    object
}

fn technique_object(writer: &BundleWriter<'_>, technique: &str, least: Option<Tlp>) -> StixObject {
    let mut object = writer.object(TECHNIQUE, &[technique], least);
    object.members.put("name", named(technique, "(unnamed)"));
    if is_technique(technique) {
        let reference = attack_reference(technique, "techniques", true);
        object
            .members
            .put_list("external_references", vec![reference]);
    }
    object
}

fn attack_reference(id: &str, folder: &str, has_page: bool) -> OrderedObject {
    let mut reference = OrderedObject::default();
    reference.put("source_name", ATTACK);
    reference.put("external_id", text(id));
    let page = format!("https://attack.mitre.org/{folder}/{}", id.replace('.', "/"));
    reference.put("url", has_page.then_some(page));
    reference
}
