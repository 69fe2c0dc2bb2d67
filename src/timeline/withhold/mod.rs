//! What is withheld: a timeline as it was public by the end of a day, or to those of a marking.
//!
//! Both make another timeline: what is withheld is not in it, and nothing in it tells of what is withheld but the
//! counts of [`Withheld`]. A timeline is projected, and not taken apart to a draft and built again: that keeps the
//! author's numbers and values exactly as they were read. Where both are wanted, the marking goes first, so that
//! what is public is decided by what may be seen.
//!
//! # As of a day
//!
//! Shown is what had surely been said in public by the end of that day; what is not dated cannot be shown to have been,
//! and neither can what has a day or a source that stands there and cannot be read.
//!
//! - A *source* is public once it was surely published; a *claim* once it was surely made, and its source published. One
//!   that names no source is taken to have been made in public.
//! - An *event* that says when it was disclosed is public from then on; another one once a claim about it is public or
//!   a document that carries it as a whole; one that has neither, once it was surely over. No event is shown on a
//!   day before it can have begun.
//!   A claim that is silent makes nothing public: its source says nothing of the event.
//! - The day of a discovery is withheld until it was surely over; a party whom claims on that part name, until
//!   one of them is public.
//! - What the author adds is undated, and written *with hindsight*. Summaries, techniques, tags, notes, questions, scenes
//!   and the titles of views are withheld if anything at all is: that nothing about their own event is withheld does
//!   not keep them from telling of another. Other names of an entity, and its ATT&CK group, are withheld if anything
//!   withheld names it.
//! - A source that repeats one that is withheld is not known to be independent.
//! - An entity that nothing shown names is withheld, and a source that only withheld things name; so is a
//!   view whose words name something withheld or a later day.
//! - The date of an event must not be one that was said only later: the rules are those of [`DateKnown`]. If a claim
//!   states the author's date, but none that was public, the event has the date that a public claim asserted last; if
//!   none dates it, the author's stays and is marked as said later. A date that no claim states is the author's own
//!   and stays. Everything goes by that date: the order, the axis, filters, and whether the event can have begun.
//! - Title, phase and lanes of an event that is shown stay: without them there is no event to show. They are today's
//!   too. Neither can a day of discovery or disclosure be checked: no claim states one.
//!
//! # Up to a marking
//!
//! - Whatever has no marking of its own has the file's; a file that has none either is refused.
//! - A log has no marking of its own: each of its rows has one, or it is refused. What only such rows name, and the
//!   log as a source, is marked as the widest of them.
//! - A marking that stands there and cannot be read counts as the strictest; that of the file, as none.
//! - An entity or source that nothing declares counts as the strictest: it may be another name of something that is
//!   marked, or what declares it could not be read. Only in a file that declares no entity, and in which nothing
//!   is unread, are such names shown as they are. One that is known by a name alone is marked as strictly as
//!   whatever else bears that name, and so is a claim that names it in words.
//! - What is marked above the ceiling is withheld, and what hangs on it: the claims about an event, a scene
//!   that selects it, a question that asks of nothing else. So are the words of the file itself, and its
//!   views, where the file's marking is above the ceiling, and a view that names something withheld.
//! - An entity or source that is withheld and that something shown names is replaced, each by a placeholder
//!   of its own: two actors never become one. What only withheld things name goes with them.
//! - A claim that has its day from a withheld source is undated.
//! - The words of what is shown stay: their author marked them.

mod as_of;
mod known_date;
mod left;
mod levels;
mod marking;
mod names;
mod project;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::event::Event;
use super::link::EventId;
use super::source::SourceId;
use super::term::Tlp;
use super::{Head, Question, Scene, Source, Timeline, View};
use crate::date::{EventDate, Zone};
pub use known_date::DateKnown;
use known_date::Known;
use left::Left;

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

    fn and(self, more: Self) -> Self {
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
    gaps: Vec<(EventId, Gap)>,
    /// The author's dates of events that have another: shown nowhere, kept for a look as of an earlier day.
    written: BTreeMap<EventId, EventDate>,
    /// Sources that repeat one that is withheld.
    pub(super) repeating: BTreeSet<SourceId>,
}

impl Withheld {
    /// Whether nothing was to be withheld.
    pub fn is_whole(&self) -> bool {
        self.as_of.is_none() && self.ceiling.is_none()
    }

    fn gap(&self, event: EventId) -> Gap {
        let found = self.gaps.binary_search_by_key(&event, |(event, _)| *event);
        found.map_or_else(|_| Gap::default(), |at| self.gaps[at].1)
    }
}

/// A day that has no end: nothing is withheld by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenEnded;

impl fmt::Display for OpenEnded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a day that has an end")
    }
}

impl std::error::Error for OpenEnded {}

/// Things without a marking, in a file that has none for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmarked(pub Counts);

impl fmt::Display for Unmarked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a marking of everything: of the file itself, in `[timeline]`")
    }
}

impl std::error::Error for Unmarked {}

impl Timeline {
    /// The timeline as it was public by the end of a day; of an imprecise date, by its latest end. A time that
    /// names no zone is in that of the timeline, or else UTC.
    ///
    /// # Errors
    /// A date without an end.
    pub fn as_of(&self, day: &EventDate) -> Result<Self, OpenEnded> {
        let day = day.in_zone(self.head.zone.as_ref().unwrap_or(&Zone::UTC), "");
        if !day.end().latest.is_bounded() {
            return Err(OpenEnded);
        }
        Ok(project::project(self, as_of::plan(self, &day)))
    }

    /// The timeline as those may see it who may see what has a marking.
    ///
    /// # Errors
    /// A file without a marking, if it has anything that is not marked.
    pub fn up_to(&self, ceiling: Tlp) -> Result<Self, Unmarked> {
        Ok(project::project(self, marking::plan(self, ceiling)?))
    }

    /// What is left out of this timeline, and why.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }
}

impl<'t> Event<'t> {
    /// What is withheld about it.
    pub fn withheld(self) -> Gap {
        self.timeline().withheld.gap(self.id())
    }

    /// The day as of which it is shown, if it is.
    pub fn as_of(self) -> Option<&'t EventDate> {
        self.timeline().withheld.as_of.as_ref()
    }
}

/// What is to be left of a timeline, in the numbers of the whole.
struct Plan {
    head: Head,
    left: Left,
    entities: Vec<Option<super::Entity>>,
    sources: Vec<Option<Source>>,
    views: Vec<View>,
    scenes: Vec<Scene>,
    questions: Vec<Question>,
    /// Whether the author's own words about events stay: summaries, techniques, tags.
    keeps_words: bool,
    /// Events that lose the day of their discovery.
    found_later: BTreeSet<EventId>,
    /// Events whose author's date was said only later.
    known: BTreeMap<EventId, Known>,
    withheld: Withheld,
}
