//! How much is left out of a timeline, and why. The rules are those of [`super::redact`].

use std::collections::{BTreeMap, BTreeSet};

use super::link::EventId;
use super::source::SourceId;
use super::term::Tlp;
use crate::date::EventDate;

/// How many things are withheld, sort by sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events.
    pub events: usize,
    /// Claims, those about withheld events among them.
    pub claims: usize,
    /// Sources, those among them for which another name stands.
    pub sources: usize,
    /// Entities, those among them for which another name stands.
    pub entities: usize,
    /// Questions.
    pub questions: usize,
    /// Scenes.
    pub scenes: usize,
    /// Views.
    pub views: usize,
    /// Pieces of the author's prose about what is shown: summaries, notes, other names.
    pub prose: usize,
    /// Dates of shown events, which have another that had been said.
    pub dates: usize,
}

impl Counts {
    /// Every count with its noun, in the order in which a reader is told.
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

    /// Whether nothing is withheld.
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

/// What is withheld about one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// What was not yet public. Entities are parties of the event.
    pub later: Counts,
    /// What is marked above the ceiling. Entities and sources are those that are replaced.
    pub marked: Counts,
    /// Whether its date had been said by the day.
    pub date: DateKnown,
}

/// What is left out of a timeline, and why; nothing is left out of a whole one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// The day by the end of which everything had been said.
    pub as_of: Option<EventDate>,
    /// The highest marking.
    pub ceiling: Option<Tlp>,
    /// What was not yet public on that day.
    pub later: Counts,
    /// What is marked above the ceiling.
    pub marked: Counts,
    /// Events about which something is withheld, in order.
    pub(super) gaps: Vec<(EventId, Gap)>,
    /// The author's dates of events that have another: shown nowhere, kept for a look as of an earlier day.
    pub(super) written: BTreeMap<EventId, EventDate>,
    /// Sources that repeat one that is withheld.
    pub(super) repeating: BTreeSet<SourceId>,
}

impl Withheld {
    /// Whether nothing was to be withheld.
    pub fn is_whole(&self) -> bool {
        self.as_of.is_none() && self.ceiling.is_none()
    }

    pub(super) fn gap(&self, event: EventId) -> Gap {
        let found = self.gaps.binary_search_by_key(&event, |(event, _)| *event);
        found.map_or_else(|_| Gap::default(), |at| self.gaps[at].1)
    }
}

/// How the date that an event has as of a day relates to the one that its author gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateKnown {
    /// It is the author's: a claim that was public states it, or no claim ever does.
    #[default]
    AsWritten,
    /// It is the latest that had been said: the author's was said only later.
    SaidThen,
    /// It is the author's and was said only later: no claim that was public dates the event.
    SaidLater,
}
