//! What differs in a timeline from an earlier version of it. The comparison is in `change`; the timeline carries its
//! result, for filters, lists and pages alike.

use super::link::EventId;
use super::term::Tlp;

/// On which side of a comparison an item or a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemPresence {
    New,
    Withdrawn,
    /// On both.
    Kept,
}

impl ItemPresence {
    /// Each, in the order of counts.
    pub const ALL: [Self; 3] = [Self::New, Self::Kept, Self::Withdrawn];

    /// The mark in outputs, and in the list of the viewer. Not `~`: before a date that means about.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::New => "+",
            Self::Withdrawn => "-",
            Self::Kept => "Δ",
        }
    }

    /// The word for readers; what is on both sides is listed only if it differs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Withdrawn => "withdrawn",
            Self::Kept => "changed",
        }
    }
}

/// What an item is, in the order of the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// The head of the file.
    Timeline,
    Event,
    Question,
    Scene,
    View,
    Entity,
    Source,
}

impl ItemKind {
    /// Every kind, in the order of the outputs.
    pub const ALL: &'static [Self] = &[
        Self::Timeline,
        Self::Event,
        Self::Question,
        Self::Scene,
        Self::View,
        Self::Entity,
        Self::Source,
    ];

    /// The word in outputs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Event => "event",
            Self::Question => "question",
            Self::Scene => "scene",
            Self::View => "view",
            Self::Entity => "entity",
            Self::Source => "source",
        }
    }

    /// The heading of its section.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Timeline => "The timeline",
            Self::Event => "Events",
            Self::Question => "Questions",
            Self::Scene => "Scenes",
            Self::View => "Views",
            Self::Entity => "Entities",
            Self::Source => "Sources",
        }
    }
}

/// One line below an item that differs: what it is about, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// The key, or `claim`; empty if it is about the claim above it.
    pub about: &'static str,
    /// The kind of change; for a claim that differs, with its label in front.
    pub said: String,
    /// The value in the earlier version; empty if there is none.
    pub old: String,
    /// The value now; empty if there is none.
    pub new: String,
}

impl ChangeLine {
    /// Behind what is said: such as `: 2021 → late 2021`; empty without a value.
    pub fn values(&self, shown: impl Fn(&str) -> String) -> String {
        match (self.old.as_str(), self.new.as_str()) {
            ("", "") => String::new(),
            (value, "") | ("", value) => format!(": {}", shown(value)),
            (old, new) => format!(": {} → {}", shown(old), shown(new)),
        }
    }
}

/// An item that is new, withdrawn or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedItem {
    pub kind: ItemKind,
    pub presence: ItemPresence,
    /// The event, if it is one and this timeline has it.
    pub event: Option<EventId>,
    pub title: String,
    /// The date of an event, in words; empty for other items.
    pub date: String,
    /// The strictest marking of what is said of it, on either side. None if only its marking differs.
    pub marking: Option<Tlp>,
    /// The id of an earlier event that a new one may be.
    pub perhaps: Option<String>,
    pub lines: Vec<ChangeLine>,
    /// The words of [`TimelineChanges::vocabulary`] that describe it.
    pub words: Vec<&'static str>,
}

/// The version that a timeline is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangesSince {
    /// The version before the last save.
    Save,
    /// A revision, a file or a day, as the user calls it.
    Baseline(String),
}

/// What differs in a timeline from an earlier version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineChanges {
    pub since: ChangesSince,
    /// In the order of the outputs.
    pub items: Vec<ChangedItem>,
    /// How many items are withheld in one of the versions, and are not compared.
    pub withheld: usize,
    /// Every word that may describe an event, whether or not it describes one here.
    pub(super) vocabulary: &'static [&'static str],
    /// The events of this timeline, in order, each with the index of its item.
    of_events: Vec<(EventId, usize)>,
    /// How many events have each presence, in the order of [`ItemPresence::ALL`].
    counts: [usize; 3],
}

impl TimelineChanges {
    /// The word for every event that differs.
    pub(crate) const ANY: &str = "yes";
    /// The word for every other event.
    pub(crate) const NONE: &str = "no";
    /// The word for new events.
    pub(crate) const NEW: &str = "new";

    pub(crate) fn new(
        since: ChangesSince,
        items: Vec<ChangedItem>,
        vocabulary: &'static [&'static str],
    ) -> Self {
        let events = items.iter().enumerate();
        let mut of_events: Vec<_> = events
            .filter_map(|(at, item)| Some((item.event?, at)))
            .collect();
        of_events.sort_unstable();
        let is_event = |item: &&ChangedItem| item.kind == ItemKind::Event;
        let counts = ItemPresence::ALL.map(|presence| {
            let events = items.iter().filter(is_event);
            events.filter(|item| item.presence == presence).count()
        });
        Self {
            counts,
            since,
            items,
            withheld: 0,
            vocabulary,
            of_events,
        }
    }

    /// Counts what is withheld in one of the versions.
    #[must_use]
    pub(crate) fn without(self, withheld: usize) -> Self {
        Self { withheld, ..self }
    }

    /// Every word that may describe an event.
    pub const fn vocabulary(&self) -> &'static [&'static str] {
        self.vocabulary
    }

    /// The strictest marking of what is said of the items.
    pub fn marking(&self) -> Option<Tlp> {
        self.items.iter().filter_map(|item| item.marking).max()
    }

    /// How an event differs; `None` if it does not.
    pub fn of(&self, event: EventId) -> Option<&ChangedItem> {
        let found = self.of_events.binary_search_by_key(&event, |it| it.0);
        self.items.get(self.of_events[found.ok()?].1)
    }

    /// The events that are new or changed, in order.
    pub fn events(&self) -> impl Iterator<Item = (EventId, &ChangedItem)> {
        let each = self.of_events.iter();
        each.filter_map(|&(event, at)| Some((event, self.items.get(at)?)))
    }

    /// The events that only the earlier version has.
    pub fn withdrawn_events(&self) -> impl Iterator<Item = &ChangedItem> {
        let items = self.items.iter();
        items
            .filter(|item| item.kind == ItemKind::Event && item.presence == ItemPresence::Withdrawn)
    }

    /// How many events are new, withdrawn or changed.
    pub fn count(&self, presence: ItemPresence) -> usize {
        let counts = ItemPresence::ALL.iter().zip(self.counts);
        let of_presence = counts.filter(|(other, _)| **other == presence);
        of_presence.map(|(_, count)| count).sum()
    }

    /// Such as `1 new, 2 changed`; empty if no event differs.
    pub fn summary(&self) -> String {
        let counts = ItemPresence::ALL.map(|presence| (self.count(presence), presence.word()));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, word)| format!("{count} {word}"));
        counts.collect::<Vec<_>>().join(", ")
    }

    /// Such as `since HEAD`.
    pub fn since(&self) -> String {
        match &self.since {
            ChangesSince::Save => "since the last save".to_owned(),
            ChangesSince::Baseline(name) => format!("since {name}"),
        }
    }
}
