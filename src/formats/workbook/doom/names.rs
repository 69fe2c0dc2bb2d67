//! Ids and entities of a spreadsheet of doom: its sheets name systems and accounts, and have no ids for them.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::TextPlace;
use crate::text::canonical;
use crate::timeline::draft::{DraftEntity, Located, LocatedText};
use crate::timeline::slug;
use crate::timeline::term::EntityKind;

/// The entities so far, and the ids in use.
#[derive(Debug, Default)]
pub(super) struct DoomNames {
    pub entities: Vec<DraftEntity>,
    /// The number of an entity by its name.
    known: HashMap<String, usize>,
    taken: HashSet<String>,
}

impl DoomNames {
    /// An id that no other item has.
    pub fn id(&mut self, name: &str, nameless: &str) -> String {
        let id = slug(name, nameless);
        let mut free = id.clone();
        let mut number = 1;
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{id}-{number}");
        }
        free
    }

    /// The entity of a name, declared here if nothing named it before.
    pub fn entity(&mut self, name: &str, kind: EntityKind, place: TextPlace) -> &mut DraftEntity {
        let name = name.trim();
        let key = canonical(name).to_lowercase();
        let number = if let Some(&number) = self.known.get(&key) {
            number
        } else {
            let id = self.id(name, kind.as_str());
            self.known.insert(key, self.entities.len());
            self.entities.push(DraftEntity {
                id: Located::new(id.into(), place),
                name: Some(Located::new(name.into(), place)),
                kind: Some(Located::new(kind, place)),
                ..DraftEntity::default()
            });
            self.entities.len() - 1
        };
        &mut self.entities[number]
    }

    /// The ids of the names in a cell, which has commas, semicolons or lines between them.
    pub fn ids(
        &mut self,
        cell: Option<&str>,
        kind: EntityKind,
        place: TextPlace,
    ) -> Vec<LocatedText> {
        let names = cell.unwrap_or_default().split([',', ';', '\n']);
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        let mut ids: Vec<LocatedText> = Vec::new();
        for name in names {
            let id = self.entity(name, kind, place).id.value.clone();
            if ids.iter().all(|known| known.value != id) {
                ids.push(Located::new(id, place));
            }
        }
        ids
    }
}
