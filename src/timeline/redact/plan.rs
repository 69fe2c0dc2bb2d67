//! What is to be left of a timeline.

use std::collections::{BTreeMap, BTreeSet};

use super::super::data::Head;
use super::super::entity::Entity;
use super::super::link::EventId;
use super::super::redactions::Withheld;
use super::super::source::Source;
use super::super::story::{Question, Scene, View};
use super::known_date::Known;
use super::remaining::Left;

/// What is to be left of a timeline, in the numbers of the whole.
pub(super) struct Plan {
    pub head: Head,
    pub left: Left,
    pub entities: Vec<Option<Entity>>,
    pub sources: Vec<Option<Source>>,
    pub views: Vec<View>,
    pub scenes: Vec<Scene>,
    pub questions: Vec<Question>,
    /// Whether the author's own words about events stay: summaries, techniques, tags.
    pub keeps_words: bool,
    /// Events that lose the day of their discovery.
    pub found_later: BTreeSet<EventId>,
    /// Events whose author's date was said only later.
    pub known: BTreeMap<EventId, Known>,
    pub withheld: Withheld,
}
