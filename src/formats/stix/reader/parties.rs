//! Entities: the identities, actors, groups and places that events and claims name.

use std::collections::BTreeMap;

use super::index::{BundleIndex, BundleObject, PARTIES};
use super::marks;
use super::notices::BundleNotices;
use super::own;
use super::prose::prose;
use crate::formats::given_ids::GivenIds;
use crate::formats::json_object::JsonObject;
use crate::timeline::draft::{DraftEntity, Located, LocatedText};
use crate::timeline::term::{EntityKind, is_group};

/// The entities that are named so far.
#[derive(Debug, Default)]
pub(super) struct BundleParties {
    ids: GivenIds,
    /// The id of each object, and of each name without an object.
    known: BTreeMap<String, String>,
    /// The object with each name; the first of several.
    by_name: BTreeMap<String, String>,
    pub entities: Vec<DraftEntity>,
}

impl BundleParties {
    /// Gives each object its id, whether it is named or not: the order in which they are named changes nothing.
    pub fn new(index: &BundleIndex<'_>) -> Self {
        let mut parties = Self::default();
        for object in index.of(&PARTIES) {
            let name = object.json.text("name").unwrap_or_default();
            let id = parties.ids.give(&name, &object.kind);
            let named = parties.by_name.entry(name.into_owned());
            named.or_insert_with(|| object.id.to_string());
            parties.known.insert(object.id.into_owned(), id);
        }
        parties
    }

    /// The entity of an object at the place of a reference. `None` if the object is not a party.
    pub fn named(
        &mut self,
        index: &mut BundleIndex<'_>,
        notices: &mut BundleNotices,
        reference: &LocatedText,
    ) -> Option<LocatedText> {
        let id = self.known.get(reference.value.as_str())?.clone();
        let object = index.get(&reference.value)?;
        if self.entities.iter().all(|it| it.id.value != id) {
            let tlp = marks::marking(index, notices, object);
            let entity = entity(object, &id);
            self.entities.push(DraftEntity { tlp, ..entity });
            index.used(&reference.value);
        }
        Some(Located::new(id.into(), reference.place))
    }

    /// The name of an entity.
    pub fn name(&self, id: &str) -> Option<String> {
        let entity = self.entities.iter().find(|entity| entity.id.value == id)?;
        Some(entity.name.as_ref()?.value.to_string())
    }

    /// The entity with a name, declared here if no object has the name.
    pub fn called(
        &mut self,
        index: &mut BundleIndex<'_>,
        notices: &mut BundleNotices,
        name: &LocatedText,
    ) -> LocatedText {
        let object = self.by_name.get(name.value.as_str());
        let object = object.map(|id| Located::new(id.as_str().into(), name.place));
        if let Some(known) = object.and_then(|object| self.named(index, notices, &object)) {
            return known;
        }
        let key = format!("called {}", name.value);
        if let Some(id) = self.known.get(&key) {
            return Located::new(id.as_str().into(), name.place);
        }
        let id = self.ids.give(&name.value, "speaker");
        self.known.insert(key, id.clone());
        self.entities.push(DraftEntity {
            id: Located::new(id.as_str().into(), name.place),
            name: Some(name.clone()),
            ..DraftEntity::default()
        });
        Located::new(id.into(), name.place)
    }
}

fn entity(object: &BundleObject<'_>, id: &str) -> DraftEntity {
    let json = &object.json;
    let name = json.located("name");
    let own = name.as_ref().map(|name| name.value.clone());
    let mut aliases: Vec<LocatedText> = Vec::new();
    for list in ["aliases", "x_mitre_aliases", "x_opencti_aliases"] {
        for alias in json.texts(list) {
            let is_known = aliases.iter().any(|known| known.value == alias.value);
            if !is_known && own.as_ref() != Some(&alias.value) {
                aliases.push(alias);
            }
        }
    }
    let mut entity = DraftEntity {
        id: Located::new(id.into(), object.place),
        name,
        kind: kind(object).map(|kind| Located::new(kind, object.place)),
        aliases,
        attack: attack_id(json, is_group),
        note: json.located("description").map(prose),
        tlp: None,
    };
    own::read_entity(&mut entity);
    entity
}

fn kind(object: &BundleObject<'_>) -> Option<EntityKind> {
    match object.kind.as_ref() {
        "identity" => EntityKind::parse(&object.json.text("identity_class")?),
        "location" => Some(EntityKind::State),
        kind => EntityKind::parse(kind),
    }
}

/// The id of ATT&CK among the references of an object.
pub(super) fn attack_id(json: &JsonObject<'_>, is_wanted: fn(&str) -> bool) -> Option<LocatedText> {
    let references = json.items("external_references").into_iter();
    let mut ids = references.filter_map(|reference| {
        let reference = reference.object()?;
        let is_attack = reference.text("source_name")?.starts_with("mitre-");
        let id = reference.located("external_id")?;
        (is_attack && is_wanted(&id.value)).then_some(id)
    });
    ids.next()
}
