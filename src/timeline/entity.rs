//! Entities: the people, organisations, groups and systems that events name.

use super::term::{EntityKind, Tlp};

/// An entity of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A person, organisation, group or system that events name as actor, target or speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// What the file calls it.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What it is, where the file says so.
    pub kind: Option<EntityKind>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The ATT&CK id of a group, such as `G0128`.
    pub attack: Option<String>,
    /// A word to the reader.
    pub note: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Whether the file declares it, or only names it.
    pub declared: bool,
    /// Whether it only stands for one that is withheld.
    pub is_withheld: bool,
}
