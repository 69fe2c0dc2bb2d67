//! Two events of one timeline, compared as two versions of one event are.

use super::difference::Difference;
use super::events;
use super::item::ClaimComparison;
use super::names::ComparedNames;
use crate::timeline::{EventId, Timeline};

/// In what two events differ. The first is as the older version, the second as the newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPair {
    pub differences: Vec<Difference>,
    pub claims: Vec<ClaimComparison>,
}

impl EventPair {
    /// Compares two events.
    pub fn of(timeline: &Timeline, one: EventId, other: EventId) -> Self {
        let names = ComparedNames::of_one(timeline);
        let (one, other) = (timeline.event(one), timeline.event(other));
        let (differences, claims) = events::compare(&names, one, other);
        Self {
            differences,
            claims,
        }
    }

    /// Whether the two differ in a key, or in something that is computed under that name.
    pub fn differs_in(&self, key: &str) -> bool {
        self.differences.iter().any(|it| it.key == key)
    }
}
