//! What redaction leaves of a timeline.

use std::collections::{BTreeMap, BTreeSet};

use super::super::data::TimelineHead;
use super::super::entity::Entity;
use super::super::link::EventId;
use super::super::redactions::Redactions;
use super::super::source::Source;
use super::super::story::{Question, Scene, View};
use super::known_date::KnownDate;
use super::remaining::RemainingRows;

/// What redaction leaves of a timeline, in the numbers of the whole.
pub(super) struct RedactionPlan {
    pub head: TimelineHead,
    pub left: RemainingRows,
    pub entities: Vec<Option<Entity>>,
    pub sources: Vec<Option<Source>>,
    pub views: Vec<View>,
    pub scenes: Vec<Scene>,
    pub questions: Vec<Question>,
    /// Whether the author's own words about events stay: summaries, techniques, tags.
    pub keeps_words: bool,
    /// Events that lose the day of their discovery.
    pub found_later: BTreeSet<EventId>,
    /// Events whose author's date was stated only later.
    pub known: BTreeMap<EventId, KnownDate>,
    pub redactions: Redactions,
}
