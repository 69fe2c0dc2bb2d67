//! What differs from an earlier version, in sentences: the content of a scene that dateline adds before those of the
//! file. It knows nothing of how two versions are compared.

use std::collections::BTreeMap;

use super::link::EventId;

/// What differs from an earlier version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SceneAccount {
    /// The earlier version, such as `7 Aug 2023`.
    pub since: String,
    /// What the room sees first, then one part for each layer of the scene, in place of the one before.
    pub parts: Vec<Vec<AccountLine>>,
    /// How each changed event differs, in a few words.
    pub remarks: BTreeMap<EventId, String>,
}

/// A sentence about one difference, or the number of further ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountLine {
    /// The kind of difference, such as `date`.
    pub topic: &'static str,
    /// The words before the title; may be empty.
    pub before: String,
    /// The title of what differs; empty if the sentence has none.
    pub title: String,
    /// The words behind the title.
    pub after: String,
    /// The event that has the title, if the newer version has it.
    pub event: Option<EventId>,
}

impl AccountLine {
    /// The sentence, without a full stop.
    pub fn sentence(&self) -> String {
        let title = match self.title.as_str() {
            "" => String::new(),
            title => format!("“{title}”"),
        };
        format!("{}{title}{}", self.before, self.after)
    }
}
