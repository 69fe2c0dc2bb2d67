//! Events: something that happened, with an imprecise date.

use std::collections::BTreeMap;

use super::Timeline;
use super::assessment::{Assessments, Level};
use super::bounds::BoundsColumn;
use super::column::{AttributeColumn, ListColumn, TermId, TextColumn};
use super::contest::AspectSet;
use super::entity::EntityId;
use super::source::{Claim, ClaimId, SourceId};
use super::term::{Aspect, LinkKind, Tlp};
use crate::date::{EventDate, Span};
use crate::diagnostic::Place;

/// An event of one timeline: its row in the order of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// A tie between two events, as one of the two sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other event.
    pub to: EventId,
    /// What ties them.
    pub kind: LinkKind,
    /// Whether the other event carries the link.
    pub reversed: bool,
}

impl Link {
    /// The tie as it reads from this event to the other.
    pub const fn reads(self) -> &'static str {
        if self.reversed {
            self.kind.backward()
        } else {
            self.kind.forward()
        }
    }
}

/// Every event's values, one column each: for questions put to all events at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventColumns {
    pub keys: TextColumn,
    pub titles: TextColumn,
    pub summaries: TextColumn,
    pub when: Vec<Option<EventDate>>,
    pub bounds: BoundsColumn,
    /// Few events have one, so a row costs a word and not ten.
    pub discovered: Vec<Option<Box<EventDate>>>,
    pub disclosed: Vec<Option<Box<EventDate>>>,
    pub attributed: Vec<Option<Box<EventDate>>>,
    pub phases: Vec<Option<TermId>>,
    pub lanes: ListColumn<TermId>,
    pub actors: ListColumn<EntityId>,
    pub targets: ListColumn<EntityId>,
    pub techniques: ListColumn<TermId>,
    pub tags: ListColumn<TermId>,
    pub sources: ListColumn<SourceId>,
    /// Of the sources, those that carry the event as a whole, whatever its claims rest on.
    pub listed: ListColumn<SourceId>,
    pub links: ListColumn<Link>,
    pub claims: ListColumn<ClaimId>,
    pub contested: Vec<AspectSet>,
    pub assessed: Vec<Assessments>,
    pub tlp: Vec<Option<Tlp>>,
    pub places: Vec<Place>,
    /// Without rows unless there is a log.
    pub attributes: AttributeColumn,
    /// The keys that events would have, had other events not taken them.
    pub wanted_keys: BTreeMap<EventId, String>,
}

impl EventColumns {
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// The number of rows in the type of an [`EventId`].
    pub fn rows(&self) -> u32 {
        u32::try_from(self.len()).expect("the builder numbers events with 32 bits")
    }
}

/// One event of a timeline, seen through its row.
#[derive(Clone, Copy)]
pub struct Event<'t> {
    timeline: &'t Timeline,
    id: EventId,
}

impl<'t> Event<'t> {
    pub(super) fn new(timeline: &'t Timeline, id: EventId) -> Self {
        Self { timeline, id }
    }

    /// The timeline that it is of.
    pub(super) fn timeline(self) -> &'t Timeline {
        self.timeline
    }

    fn row(self) -> usize {
        self.id.0 as usize
    }

    fn columns(self) -> &'t EventColumns {
        &self.timeline.events
    }

    /// Its number in this timeline.
    pub fn id(self) -> EventId {
        self.id
    }

    /// Its id in the file, or one derived from its title.
    pub fn key(self) -> &'t str {
        self.columns().keys.get(self.row())
    }

    /// What happened, in a few words.
    pub fn title(self) -> &'t str {
        self.columns().titles.get(self.row())
    }

    /// What happened, in a few sentences; may be empty.
    pub fn summary(self) -> &'t str {
        self.columns().summaries.get(self.row())
    }

    /// When it happened; none if undated.
    pub fn when(self) -> Option<&'t EventDate> {
        self.columns().when.get(self.row())?.as_ref()
    }

    /// The whole time in which it may have been going on; none if undated. Quicker than asking the date.
    pub fn whole(self) -> Option<Span> {
        self.columns().bounds.whole(self.row())
    }

    /// When it was noticed.
    pub fn discovered(self) -> Option<&'t EventDate> {
        self.columns().discovered.get(self.row())?.as_deref()
    }

    /// When the public was told.
    pub fn disclosed(self) -> Option<&'t EventDate> {
        self.columns().disclosed.get(self.row())?.as_deref()
    }

    /// When somebody was first said to have done it, by the rule of [`super::clock`].
    pub fn attributed(self) -> Option<&'t EventDate> {
        self.columns().attributed.get(self.row())?.as_deref()
    }

    /// Its phase; empty if none is given.
    pub fn phase(self) -> &'t str {
        let phase = self.columns().phases.get(self.row()).copied().flatten();
        phase.map_or("", |term| self.timeline.phases.word(term))
    }

    /// Its phase, by number.
    pub fn phase_id(self) -> Option<TermId> {
        self.columns().phases.get(self.row()).copied().flatten()
    }

    /// Its tags, by number.
    pub fn tag_ids(self) -> &'t [TermId] {
        self.columns().tags.get(self.row())
    }

    /// The lanes it is drawn on.
    pub fn lanes(self) -> &'t [TermId] {
        self.columns().lanes.get(self.row())
    }

    /// Who is said to have acted.
    pub fn actors(self) -> &'t [EntityId] {
        self.columns().actors.get(self.row())
    }

    /// To whom it was done.
    pub fn targets(self) -> &'t [EntityId] {
        self.columns().targets.get(self.row())
    }

    /// The ATT&CK techniques, by id.
    pub fn techniques(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.techniques;
        self.columns()
            .techniques
            .get(self.row())
            .iter()
            .map(|&term| words.word(term))
    }

    /// Its tags.
    pub fn tags(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.tags;
        self.columns()
            .tags
            .get(self.row())
            .iter()
            .map(|&term| words.word(term))
    }

    /// The documents that carry it: those of its claims first, each once.
    pub fn sources(self) -> &'t [SourceId] {
        self.columns().sources.get(self.row())
    }

    /// The documents that carry it as a whole, whatever its claims rest on.
    pub(super) fn listed(self) -> &'t [SourceId] {
        self.columns().listed.get(self.row())
    }

    /// What else its log says of it, each under the log's own name for it.
    pub fn attributes(self) -> impl ExactSizeIterator<Item = (&'t str, &'t str)> {
        let names = &self.timeline.attribute_names;
        let all = self.columns().attributes.get(self.row());
        all.map(|(name, value)| (names.word(name), value))
    }

    /// Its ties to other events, its own before theirs.
    pub fn links(self) -> &'t [Link] {
        self.columns().links.get(self.row())
    }

    /// What is said about it, oldest first.
    pub fn claims(self) -> impl ExactSizeIterator<Item = (ClaimId, &'t Claim)> {
        let ids = self.columns().claims.get(self.row());
        ids.iter().map(|&id| (id, self.timeline.claim(id)))
    }

    /// Whether its claims differ on anything.
    pub fn is_contested(self) -> bool {
        self.columns()
            .contested
            .get(self.row())
            .is_some_and(|aspects| !aspects.is_empty())
    }

    /// The aspects on which its claims differ.
    pub fn contested(self) -> Vec<Aspect> {
        let aspects = self
            .columns()
            .contested
            .get(self.row())
            .copied()
            .unwrap_or_default();
        aspects.iter().collect()
    }

    /// How sure its claims are of an aspect, by the rule of [`super::assessment`].
    pub fn level(self, aspect: Aspect) -> Level {
        let assessed = self.columns().assessed.get(self.row()).copied();
        assessed.unwrap_or_default().level(aspect)
    }

    /// Its own marking.
    pub fn tlp(self) -> Option<Tlp> {
        self.columns().tlp.get(self.row()).copied().flatten()
    }

    /// Where it stands in its file.
    pub fn place(self) -> Place {
        self.columns()
            .places
            .get(self.row())
            .copied()
            .unwrap_or_default()
    }
}

impl std::fmt::Debug for Event<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Event({}, {:?})", self.id.0, self.key())
    }
}
