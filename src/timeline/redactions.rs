//! How much is redacted from a timeline, and why. The rules are those of [`super::redact`].

use std::collections::{BTreeMap, BTreeSet};

use super::link::EventId;
use super::source::SourceId;
use super::term::Tlp;
use crate::date::{EventDate, Instant};

/// How many items are redacted, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RedactionCounts {
    pub events: usize,
    /// Claims, including those about redacted events.
    pub claims: usize,
    /// Sources, including those replaced by placeholders.
    pub sources: usize,
    /// Entities, including those replaced by placeholders.
    pub entities: usize,
    pub questions: usize,
    pub scenes: usize,
    pub views: usize,
    /// Pieces of the author's prose about shown items: summaries, notes, other names.
    pub prose: usize,
    /// Dates of shown events that are replaced by a date stated earlier.
    pub dates: usize,
}

impl RedactionCounts {
    /// Every count with its noun, in the order of the page.
    pub const fn each(&self) -> [(usize, &'static str); 9] {
        [
            (self.events, "event"),
            (self.dates, "date"),
            (self.claims, "claim"),
            (self.sources, "source"),
            (self.entities, "entity"),
            (self.questions, "question"),
            (self.scenes, "scene"),
            (self.views, "view"),
            (self.prose, "note or summary"),
        ]
    }

    /// Whether nothing is redacted.
    pub fn is_nothing(&self) -> bool {
        self.each().iter().all(|(count, _)| *count == 0)
    }

    pub(super) fn and(self, more: Self) -> Self {
        Self {
            events: self.events + more.events,
            claims: self.claims + more.claims,
            sources: self.sources + more.sources,
            entities: self.entities + more.entities,
            questions: self.questions + more.questions,
            scenes: self.scenes + more.scenes,
            views: self.views + more.views,
            prose: self.prose + more.prose,
            dates: self.dates + more.dates,
        }
    }
}

/// What is redacted about one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventRedactions {
    /// Not yet public. Entities are the parties of the event.
    pub later: RedactionCounts,
    /// Marked above the ceiling. Entities and sources are those replaced by placeholders.
    pub marked: RedactionCounts,
    /// Whether its date had been stated by the day.
    pub date: DateAsOf,
}

/// What is redacted from a timeline, and why; nothing from a whole one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redactions {
    /// The as-of day.
    pub as_of: Option<EventDate>,
    /// The highest marking shown.
    pub ceiling: Option<Tlp>,
    /// Items not yet public on that day.
    pub later: RedactionCounts,
    /// Items marked above the ceiling.
    pub marked: RedactionCounts,
    /// Events with redactions, in order.
    pub(super) gaps: Vec<(EventId, EventRedactions)>,
    /// The author's dates that no public claim states, needed for an earlier day. Never shown where another date is.
    pub(super) written: BTreeMap<EventId, WrittenDate>,
    /// Sources that repeat a redacted one.
    pub(super) repeating: BTreeSet<SourceId>,
}

impl Redactions {
    /// Whether this is the whole timeline.
    pub fn is_whole(&self) -> bool {
        self.as_of.is_none() && self.ceiling.is_none()
    }

    pub(super) fn gap(&self, event: EventId) -> EventRedactions {
        let found = self.gaps.binary_search_by_key(&event, |(event, _)| *event);
        found.map_or_else(|_| EventRedactions::default(), |at| self.gaps[at].1)
    }
}

/// An author's date, and when claims may first have stated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub date: EventDate,
    /// The earliest instant at which a claim that states it may have been public; [`Instant::PAST`] if a day is unknown.
    pub stated_from: Instant,
}

/// How the date of an event as of a day relates to the author's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateAsOf {
    /// The author's date: a public claim states it, or no claim ever does.
    #[default]
    AsWritten,
    /// The latest date stated by then: the author's was stated only later.
    SaidThen,
    /// The author's date, surely stated only later: no public claim dates the event.
    SaidLater,
    /// The author's date, which a claim of an unknown or imprecise day states: it may have been public by then.
    SaidPerhapsLater,
}

impl DateAsOf {
    /// Whether the date of the event is shown although no public claim states it.
    pub fn is_unproven(self) -> bool {
        matches!(self, Self::SaidLater | Self::SaidPerhapsLater)
    }
}
