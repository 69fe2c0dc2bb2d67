//! What the readable formats have in common: the summary, and the order of the items.

use crate::change::{ComparedItem, ItemKind, ItemPresence, TimelineComparison};
use crate::document::count;
use crate::timeline::Timeline;
use crate::timeline::term::Tlp;

/// The two sides, as the reader calls them.
#[derive(Clone, Debug)]
pub struct ComparedSides {
    /// Such as `case.toml at HEAD`.
    pub old: String,
    /// Such as `case.toml`.
    pub new: String,
}

/// The strictest marking on either side, which the output carries.
pub(in crate::formats) fn marking(comparison: &TimelineComparison<'_>) -> Option<Tlp> {
    let sides = [comparison.old, comparison.new];
    let markings = sides.into_iter().filter_map(Timeline::effective_marking);
    markings.max()
}

/// How much differs: such as `82 events before, 83 now: 2 new, 1 withdrawn, 3 changed, 78 the same`.
pub(in crate::formats) fn summary(comparison: &TimelineComparison<'_>) -> String {
    let [before, now] = comparison.compared();
    // Of those that a filter leaves, the ones that are the same are not counted apart.
    let same = comparison.narrowed.map_or(comparison.same_events, |_| 0);
    let counts = [
        (comparison.events(ItemPresence::New), "new"),
        (comparison.events(ItemPresence::Withdrawn), "withdrawn"),
        (comparison.events(ItemPresence::Kept), "changed"),
        (same, "the same"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let events = count(before, "event");
    if counts.is_empty() {
        return format!("{events} before, {now} now");
    }
    format!("{events} before, {now} now: {}", counts.join(", "))
}

/// What is left out of the comparison; `None` if nothing is.
pub(in crate::formats) fn withheld(comparison: &TimelineComparison<'_>) -> Option<String> {
    let count = comparison.withheld;
    match count {
        0 => None,
        1 => Some("1 item is withheld on one side, and is not compared".to_owned()),
        _ => Some(format!(
            "{count} items are withheld on one side, and are not compared"
        )),
    }
}

/// The items of a kind, those that are marked wider first.
pub(in crate::formats) fn items<'c>(
    comparison: &'c TimelineComparison<'_>,
    kind: ItemKind,
) -> Vec<&'c ComparedItem> {
    let items = comparison.items.iter().filter(|item| item.kind == kind);
    let (mut wider, rest): (Vec<_>, Vec<_>) = items.partition(|item| item.is_marked_wider());
    wider.extend(rest);
    wider
}

/// Such as `New: `; empty for an item on both sides.
pub(in crate::formats) const fn presence(item: &ComparedItem) -> &'static str {
    match item.presence {
        ItemPresence::New => "New: ",
        ItemPresence::Withdrawn => "Withdrawn: ",
        ItemPresence::Kept => "",
    }
}
