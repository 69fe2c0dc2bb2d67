//! What only one of two timelines shows, since the other withholds it: it is marked too high there, or it was written with
//! the knowledge of a later day.

use std::collections::BTreeMap;

use super::comparison::TimelineComparison;
use super::difference::Difference;
use super::item::{ClaimComparison, ComparedItem};
use super::kind::ChangeKind;
use crate::diagnostic::TextPlace;
use crate::timeline::{ClaimId, ItemKind, ItemPresence, Timeline};

/// What differs between two whole timelines, without what they say. It decides whether something that only one version
/// shows is really new, or only withheld in the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrueDifferences(BTreeMap<ItemIdentity, TrueDifference>);

/// The kind, the key and the title of an item.
type ItemIdentity = (ItemKind, String, String);

#[derive(Clone, Debug, PartialEq, Eq)]
struct TrueDifference {
    presence: ItemPresence,
    keys: Vec<(&'static str, ChangeKind)>,
    claims: Vec<ClaimIdentity>,
}

/// The presence of a claim, and its places in the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ClaimIdentity {
    presence: ItemPresence,
    old: Option<TextPlace>,
    new: Option<TextPlace>,
}

impl TrueDifferences {
    /// The differences of two timelines from which nothing is withheld for its marking.
    pub fn of(whole: &TimelineComparison<'_>) -> Self {
        let each = whole.items.iter().map(|item| {
            let claims = item.claims.iter();
            let difference = TrueDifference {
                presence: item.presence,
                keys: item.differences.iter().map(key_and_kind).collect(),
                claims: claims.map(|claim| identity_of(claim, whole)).collect(),
            };
            (identity(item), difference)
        });
        Self(each.collect())
    }
}

impl TimelineComparison<'_> {
    /// Leaves out what is not a difference of the whole timelines: something that was marked too high on one side only
    /// is not new on the other. Such items are counted.
    #[must_use]
    pub fn only_if_in(mut self, truth: &TrueDifferences) -> Self {
        let shown = std::mem::take(&mut self.items);
        for mut item in shown {
            let of_whole = truth.0.get(&identity(&item));
            if let Some(of_whole) = of_whole.filter(|it| it.presence == item.presence) {
                let before = item.differences.len() + item.claims.len();
                item.differences
                    .retain(|it| of_whole.keys.contains(&key_and_kind(it)));
                item.claims
                    .retain(|it| of_whole.claims.contains(&identity_of(it, &self)));
                let after = item.differences.len() + item.claims.len();
                if item.presence != ItemPresence::Kept || after > 0 {
                    self.items.push(item);
                    continue;
                }
                self.withheld += usize::from(before > after);
            } else {
                self.withheld += 1;
            }
        }
        self
    }

    /// Leaves out what an author adds with the knowledge of today, if only one side is as of a day: there all of it is
    /// withheld, so it is not new on the other.
    #[must_use]
    pub fn without_hindsight(mut self) -> Self {
        let is_of_day = [self.old, self.new].map(|it| it.redactions().as_of.is_some());
        if is_of_day[0] == is_of_day[1] {
            return self;
        }
        let changed = self.events(ItemPresence::Kept);
        self.items.retain_mut(|item| {
            let added: &[&str] = match item.kind {
                ItemKind::Question | ItemKind::Scene | ItemKind::View => return false,
                ItemKind::Timeline => &["summary", "start"],
                ItemKind::Event => &["summary", "techniques", "tags"],
                ItemKind::Entity => &["aliases", "attack", "note"],
                ItemKind::Source => &["note"],
            };
            item.differences.retain(|it| !added.contains(&it.key));
            let differs = !item.differences.is_empty() || !item.claims.is_empty();
            item.presence != ItemPresence::Kept || differs
        });
        self.same_events += changed - self.events(ItemPresence::Kept);
        self
    }
}

fn identity(item: &ComparedItem) -> ItemIdentity {
    (item.kind, item.key.clone(), item.title.clone())
}

fn key_and_kind(difference: &Difference) -> (&'static str, ChangeKind) {
    (difference.key, difference.kind)
}

fn identity_of(claim: &ClaimComparison, comparison: &TimelineComparison<'_>) -> ClaimIdentity {
    let place = |id: Option<ClaimId>, timeline: &Timeline| Some(timeline.claim(id?).place);
    ClaimIdentity {
        presence: claim.presence,
        old: place(claim.old, comparison.old),
        new: place(claim.new, comparison.new),
    }
}
