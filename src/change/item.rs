//! An item or a claim that differs between two timelines.

use super::difference::Difference;
use super::kind::ChangeKind;
use crate::timeline::term::Tlp;
use crate::timeline::{ClaimId, Event, EventId, ItemKind, ItemPresence};

/// A claim that is on one side only, or differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimComparison {
    pub presence: ItemPresence,
    /// The claim in the older timeline.
    pub old: Option<ClaimId>,
    /// The claim in the newer timeline.
    pub new: Option<ClaimId>,
    pub differences: Vec<Difference>,
}

/// An item that is on one side only, or differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedItem {
    pub kind: ItemKind,
    pub presence: ItemPresence,
    /// Its key in the newer timeline, otherwise in the older one; empty for kinds without keys.
    pub key: String,
    /// Its title or name, from the same timeline as the key.
    pub title: String,
    /// The row of an event in the older timeline.
    pub old: Option<EventId>,
    /// The row of an event in the newer timeline.
    pub new: Option<EventId>,
    /// The stricter of the markings that apply on both sides.
    pub marking: Option<Tlp>,
    pub differences: Vec<Difference>,
    pub claims: Vec<ClaimComparison>,
    /// The key of an older event that a new one may be, under another id.
    pub perhaps: Option<String>,
}

impl ComparedItem {
    /// Whether more people may see it, or a claim of it, than before.
    pub fn is_marked_wider(&self) -> bool {
        let of_claims = self.claims.iter().flat_map(|claim| &claim.differences);
        let mut all = self.differences.iter().chain(of_claims);
        all.any(|difference| difference.kind == ChangeKind::Wider)
    }
}

impl ComparedItem {
    pub(super) fn new(kind: ItemKind, key: String, title: String) -> Self {
        Self {
            kind,
            presence: ItemPresence::Kept,
            key,
            title,
            old: None,
            new: None,
            marking: None,
            differences: Vec::new(),
            claims: Vec::new(),
            perhaps: None,
        }
    }

    pub(super) fn of_event(event: Event<'_>) -> Self {
        let title = event.title().to_owned();
        Self::new(ItemKind::Event, event.key().into_owned(), title)
    }

    /// The stricter of two markings.
    pub(super) fn marked(mut self, markings: [Option<Tlp>; 2]) -> Self {
        self.marking = markings.into_iter().flatten().max();
        self
    }

    pub(super) const fn present(mut self, presence: ItemPresence) -> Self {
        self.presence = presence;
        self
    }
}
