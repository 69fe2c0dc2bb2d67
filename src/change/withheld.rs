//! What only one of two timelines shows, since the other withholds it: it is marked too high there, or it was written with
//! the knowledge of a later day.

use std::collections::BTreeMap;

use super::comparison::TimelineComparison;
use super::difference::{Difference, ItemPresence};
use super::item::{ClaimComparison, ComparedItem, ItemKind};
use crate::diagnostic::TextPlace;
use crate::timeline::Timeline;

impl TimelineComparison<'_> {
    /// Leaves out what is not a difference of the whole timelines: something that was marked too high on one side only
    /// is not new on the other. Such items are counted.
    #[must_use]
    pub fn only_if_in(mut self, whole: &TimelineComparison<'_>) -> Self {
        let key = |item: &ComparedItem| (item.kind, item.key.clone(), item.title.clone());
        let known: BTreeMap<(ItemKind, String, String), &ComparedItem> =
            whole.items.iter().map(|item| (key(item), item)).collect();
        let shown = std::mem::take(&mut self.items);
        for mut item in shown {
            let of_whole = known.get(&key(&item)).copied();
            if let Some(of_whole) = of_whole.filter(|it| it.presence == item.presence) {
                let before = item.differences.len() + item.claims.len();
                item.differences
                    .retain(|it| is_among(it, &of_whole.differences));
                let (old, new) = ([self.old, whole.old], [self.new, whole.new]);
                item.claims.retain(|it| {
                    of_whole
                        .claims
                        .iter()
                        .any(|other| is_again(it, other, old, new))
                });
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

fn is_among(difference: &Difference, all: &[Difference]) -> bool {
    let same = |it: &Difference| it.key == difference.key && it.kind == difference.kind;
    all.iter().any(same)
}

/// Whether both are the same claim of the file.
fn is_again(
    shown: &ClaimComparison,
    whole: &ClaimComparison,
    old: [&Timeline; 2],
    new: [&Timeline; 2],
) -> bool {
    let place = |id: Option<_>, timeline: &Timeline| -> Option<TextPlace> {
        Some(timeline.claim(id?).place)
    };
    shown.presence == whole.presence
        && place(shown.old, old[0]) == place(whole.old, old[1])
        && place(shown.new, new[0]) == place(whole.new, new[1])
}
