//! What the readable formats have in common: the summary, the sections, and the lines of an item.

use crate::change::{
    ClaimComparison, ComparedItem, Difference, ItemKind, ItemPresence, TimelineComparison,
};
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

/// Every kind with its heading; the events have none.
pub(in crate::formats) const SECTIONS: &[(ItemKind, &str)] = &[
    (ItemKind::Timeline, "The timeline"),
    (ItemKind::Event, "Events"),
    (ItemKind::Question, "Questions"),
    (ItemKind::Scene, "Scenes"),
    (ItemKind::View, "Views"),
    (ItemKind::Entity, "Entities"),
    (ItemKind::Source, "Sources"),
];

/// The date of an event in words; empty for other items and undated events.
pub(in crate::formats) fn date(comparison: &TimelineComparison<'_>, item: &ComparedItem) -> String {
    let event = item.new.map(|id| comparison.new.event(id));
    let event = event.or_else(|| item.old.map(|id| comparison.old.event(id)));
    let Some(event) = event else {
        return String::new();
    };
    let when = event.when();
    when.map_or_else(|| "undated".to_owned(), |when| when.to_string())
}

/// One line below an item: what it is about, and what is said of it.
pub(in crate::formats) struct ItemLine<'c> {
    /// The key, or `claim`; empty if it is about the claim above it.
    pub about: &'c str,
    /// The kind of change; for a claim that differs, with its label in front.
    pub said: String,
    pub old: &'c str,
    pub new: &'c str,
}

impl ItemLine<'_> {
    /// Behind what is said: such as `: 2021 → late 2021`; empty without a value.
    pub fn values(&self, shown: impl Fn(&str) -> String) -> String {
        match (self.old, self.new) {
            ("", "") => String::new(),
            (value, "") | ("", value) => format!(": {}", shown(value)),
            (old, new) => format!(": {} → {}", shown(old), shown(new)),
        }
    }
}

/// The title of an item; the head of a file has a title of its own, which may be what differs.
pub(in crate::formats) fn title(item: &ComparedItem) -> &str {
    match item.kind {
        ItemKind::Timeline => "title, summary and defaults",
        _ => &item.title,
    }
}

/// Such as `New: `; empty for an item on both sides.
pub(in crate::formats) const fn presence(item: &ComparedItem) -> &'static str {
    match item.presence {
        ItemPresence::New => "New: ",
        ItemPresence::Withdrawn => "Withdrawn: ",
        ItemPresence::Kept => "",
    }
}

/// The lines of an item, those about markings first.
pub(in crate::formats) fn lines<'c>(
    comparison: &TimelineComparison<'_>,
    item: &'c ComparedItem,
) -> Vec<ItemLine<'c>> {
    let (computed, stated): (Vec<_>, Vec<_>) =
        item.differences.iter().partition(|it| it.is_computed);
    let mut lines: Vec<ItemLine<'c>> = stated.into_iter().map(difference).collect();
    for claim in &item.claims {
        claim_lines(comparison, claim, &mut lines);
    }
    lines.extend(computed.into_iter().map(difference));
    lines
}

fn difference(difference: &Difference) -> ItemLine<'_> {
    ItemLine {
        about: name(difference.key),
        said: difference.kind.name().to_owned(),
        old: &difference.old,
        new: &difference.new,
    }
}

fn claim_lines<'c>(
    comparison: &TimelineComparison<'_>,
    claim: &'c ClaimComparison,
    lines: &mut Vec<ItemLine<'c>>,
) {
    let label = comparison.claim_label(claim);
    let word = match claim.presence {
        ItemPresence::New => "new",
        ItemPresence::Withdrawn => "withdrawn",
        ItemPresence::Kept => {
            kept_claim(&label, &claim.differences, lines);
            return;
        }
    };
    lines.push(ItemLine {
        about: "claim",
        said: format!("{word}: {label}"),
        old: "",
        new: "",
    });
}

/// The label and the difference on one line, or the label above several.
fn kept_claim<'c>(label: &str, differences: &'c [Difference], lines: &mut Vec<ItemLine<'c>>) {
    let mut line = |about, said, old: &'c str, new: &'c str| {
        lines.push(ItemLine {
            about,
            said,
            old,
            new,
        });
    };
    if let [only] = differences {
        let said = format!("{label}: {}", key_and_kind(only));
        line("claim", said, &only.old, &only.new);
        return;
    }
    line("claim", label.to_owned(), "", "");
    for difference in differences {
        let said = key_and_kind(difference);
        line("", said, &difference.old, &difference.new);
    }
}

/// Such as `text reworded`; some kinds name the key themselves.
fn key_and_kind(difference: &Difference) -> String {
    let (key, kind) = (name(difference.key), difference.kind.name());
    if kind.starts_with(key) {
        kind.to_owned()
    } else {
        format!("{key} {kind}")
    }
}

/// A key as readers say it.
fn name(key: &'static str) -> &'static str {
    match key {
        "tlp" => "marking",
        "at" => "place",
        key => key,
    }
}
