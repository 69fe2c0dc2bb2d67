//! Entities: the people, organisations, groups and systems that events name.

use super::term::{EntityKind, Tlp};

/// An entity of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A person, organisation, group or system that events name as actor, target or speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The key in the file.
    pub key: String,
    /// The display name.
    pub name: String,
    /// The kind, if the file states it.
    pub kind: Option<EntityKind>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The ATT&CK id of a group, such as `G0128`.
    pub attack: Option<String>,
    /// A note to the reader.
    pub note: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Whether the file declares the entity; otherwise it is only named.
    pub declared: bool,
    /// Whether this is a placeholder for a redacted entity.
    pub is_placeholder: bool,
}
