//! Ids of what an event of MISP names, and its entities.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::TextPlace;
use crate::text::canonical;
use crate::timeline::draft::{DraftEntity, Located, LocatedText};
use crate::timeline::slug;
use crate::timeline::term::EntityKind;

/// A table of a timeline: each has ids of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum IdTable {
    Entities,
    Sources,
    Events,
}

/// The entities so far, and the ids in use.
#[derive(Debug, Default)]
pub(super) struct MispNames {
    pub entities: Vec<DraftEntity>,
    /// The number of an entity by its name.
    by_name: HashMap<String, usize>,
    ids_of_entities: HashSet<String>,
    /// By [`IdTable`].
    taken: [HashSet<String>; 3],
}

impl MispNames {
    /// An id that nothing else in the table has: the first choice if it is free, or one made from it.
    pub fn id(&mut self, table: IdTable, first: &str) -> String {
        let first = if first.is_empty() { "misp" } else { first };
        let taken = &mut self.taken[table as usize];
        let mut free = first.to_owned();
        let mut number = 1;
        while !taken.insert(free.clone()) {
            number += 1;
            free = format!("{first}-{number}");
        }
        free
    }

    /// An id from the words of a title.
    pub fn id_of(&mut self, table: IdTable, title: &str) -> String {
        self.id(table, &slug(title, "misp"))
    }

    /// Declares an entity with an id.
    pub fn declare(&mut self, entity: DraftEntity) {
        let id = entity.id.value.to_string();
        let name = entity.name.as_ref().map_or("", |name| &name.value);
        self.by_name
            .entry(name_key(name))
            .or_insert(self.entities.len());
        self.ids_of_entities.insert(id);
        self.entities.push(entity);
    }

    /// The id of the entity with a name, which is declared here if nothing named it before.
    pub fn entity(&mut self, name: &LocatedText, kind: Option<EntityKind>) -> LocatedText {
        if let Some(&number) = self.by_name.get(&name_key(&name.value)) {
            return Located::new(self.entities[number].id.value.clone(), name.place);
        }
        let id = self.id_of(IdTable::Entities, &name.value);
        self.declare(DraftEntity {
            id: Located::new(id.as_str().into(), name.place),
            name: Some(name.clone()),
            kind: kind.map(|kind| Located::new(kind, name.place)),
            ..DraftEntity::default()
        });
        Located::new(id.into(), name.place)
    }

    /// An id that a text of dateline names, if an entity has it.
    pub fn known(&self, id: Option<&str>, place: TextPlace) -> Option<LocatedText> {
        let id = id.filter(|id| self.ids_of_entities.contains(*id))?;
        Some(Located::new(id.into(), place))
    }
}

fn name_key(name: &str) -> String {
    canonical(name.trim()).to_lowercase()
}
