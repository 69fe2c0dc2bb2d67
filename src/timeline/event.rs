//! Events: something that happened, with an imprecise date.

use std::borrow::Cow;

use super::assessment::Level;
use super::column::TermId;
use super::data::Timeline;
use super::dates::Nature;
use super::entity::EntityId;
use super::event_columns::EventColumns;
use super::facts::{Fact, FactColumn, FactValue};
use super::link::{EventId, Link};
use super::redactions::Gap;
use super::source::{Claim, ClaimId, SourceId};
use super::term::{Aspect, Clock, Tlp};
use crate::date::{Bounds, EventDate, Span, Truth};
use crate::diagnostic::Place;
use crate::text::canonical;

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

    pub(super) fn row(self) -> usize {
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
    pub fn key(self) -> Cow<'t, str> {
        self.columns().keys.get(self.row())
    }

    /// The same, made in a text that is used again: for whoever asks many events.
    pub fn key_in<'k>(self, made: &'k mut String) -> &'k str
    where
        't: 'k,
    {
        self.columns().keys.read(self.row(), made)
    }

    /// What happened, in a few words.
    pub fn title(self) -> &'t str {
        self.columns().titles.get(self.row())
    }

    /// What happened, in a few sentences; may be empty.
    pub fn summary(self) -> &'t str {
        self.columns().summaries.get(self.row())
    }

    /// When it happened; none if undated. It is read again from its text: [`Event::whole`] and [`Event::written`] are
    /// quicker.
    pub fn when(self) -> Option<EventDate> {
        self.columns().when.get(self.row())
    }

    /// When it happened, as it is written; none if undated.
    pub fn written(self) -> Option<&'t str> {
        self.columns().when.written(self.row())
    }

    /// What the date allows; none if undated. Of one or all of several, the hull of them.
    pub fn bounds(self) -> Option<Bounds> {
        self.columns().when.bounds().get(self.row())
    }

    /// Whether the clock of one log, whose time zone is not known, showed the times of both: then their order is known
    /// all the same.
    pub fn is_of_one_clock_with(self, other: Event<'_>) -> bool {
        let is_clock_time = |event: Event<'_>| {
            let nature = event.columns().when.bounds().nature();
            nature.get(event.row()) == Some(&Nature::ClockTime)
        };
        is_clock_time(self) && is_clock_time(other) && self.place().file == other.place().file
    }

    /// Whether it surely began before another event of the same timeline did, by when they happened.
    pub fn surely_began_before(self, other: Event<'_>) -> bool {
        let shown = |event: Event<'_>| event.bounds().map(Bounds::as_shown);
        if self.is_of_one_clock_with(other) {
            let times = shown(self).zip(shown(other));
            return times.is_some_and(|(this, that)| this.start.latest < that.start.earliest);
        }
        match (self.when(), other.when()) {
            (Some(this), Some(that)) => this.starts_before(&that).is_sure(),
            _ => false,
        }
    }

    /// Whether it lay wholly in a window. Of the undated, anything is possible.
    pub(super) fn within(self, window: Span) -> Truth {
        if let Some(date) = self.columns().when.several(self.row()) {
            return date.within(window);
        }
        let bounds = self.bounds();
        bounds.map_or(Truth::Maybe, |bounds| bounds.within(window))
    }

    /// The whole time in which it may have been going on; none if undated. Quicker than asking the date.
    pub fn whole(self) -> Option<Span> {
        self.columns().when.bounds().whole(self.row())
    }

    /// When it was noticed.
    pub fn discovered(self) -> Option<&'t EventDate> {
        self.columns().discovered.get(self.row())
    }

    /// When the public was told.
    pub fn disclosed(self) -> Option<&'t EventDate> {
        self.columns().disclosed.get(self.row())
    }

    /// Whether what says when the public was told stands there and cannot be read: nobody can show that it was.
    pub fn day_unread(self) -> bool {
        self.columns().day_unread.contains(&self.id())
    }

    /// When somebody was first said to have done it, by the rule of [`super::clock`].
    pub fn attributed(self) -> Option<&'t EventDate> {
        self.columns().attributed.get(self.row())
    }

    /// Its phase; empty if none is given.
    pub fn phase(self) -> &'t str {
        let phase = self.phase_id();
        phase.map_or("", |term| self.timeline.vocabularies.phases.word(term))
    }

    /// Its phase, by number.
    pub fn phase_id(self) -> Option<TermId> {
        self.columns().phases.get(self.row()).flatten()
    }

    /// Its tags, by number.
    pub fn tag_ids(self) -> &'t [TermId] {
        self.columns().tags.get(self.row())
    }

    /// Its ATT&CK techniques, by number.
    pub fn technique_ids(self) -> &'t [TermId] {
        self.columns().techniques.get(self.row())
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

    /// Those whom it accuses, names, charges or sanctions.
    pub fn accused(self) -> &'t [EntityId] {
        self.columns().accused.get(self.row())
    }

    /// Those to whom it is addressed.
    pub fn addressees(self) -> &'t [EntityId] {
        self.columns().addressees.get(self.row())
    }

    /// The entities that take a part in it; empty if the aspect is not a part.
    pub fn parties(self, part: Aspect) -> &'t [EntityId] {
        let column = self.columns().parties(part);
        column.map_or(&[][..], |column| column.get(self.row()))
    }

    /// Every entity that takes a part in it, each part after the other: one may have several.
    pub fn all_parties(self) -> impl Iterator<Item = (Aspect, EntityId)> + Clone {
        let parts = Aspect::PARTIES.into_iter();
        parts.flat_map(move |part| self.parties(part).iter().map(move |&id| (part, id)))
    }

    /// The ATT&CK techniques, by id.
    pub fn techniques(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.vocabularies.techniques;
        self.columns()
            .techniques
            .get(self.row())
            .iter()
            .map(|&term| words.word(term))
    }

    /// Its tags.
    pub fn tags(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.vocabularies.tags;
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
        self.columns().contested.get(self.row()).is_some()
    }

    /// The aspects on which its claims differ.
    pub fn contested(self) -> Vec<Aspect> {
        let aspects = self.columns().contested.get(self.row());
        aspects.copied().unwrap_or_default().iter().collect()
    }

    /// Whether it has levels at all: a row of a log makes no claims.
    pub(super) fn is_assessed(self) -> bool {
        self.columns().assessed.get(self.row()).is_some()
    }

    /// How sure its claims are of an aspect, by the rule of [`super::assessment`].
    pub fn level(self, aspect: Aspect) -> Level {
        let assessed = self.columns().assessed.get(self.row());
        assessed.copied().unwrap_or_default().level(aspect)
    }

    /// Its own marking.
    pub fn tlp(self) -> Option<Tlp> {
        self.columns().tlp.get(self.row()).flatten()
    }

    /// What is withheld about it.
    pub fn withheld(self) -> Gap {
        self.timeline.withheld.gap(self.id)
    }

    /// The day as of which it is shown, if it is.
    pub fn as_of(self) -> Option<&'t EventDate> {
        self.timeline.withheld.as_of.as_ref()
    }

    /// Where it stands in its file.
    pub fn place(self) -> Place {
        let place = self.columns().places.get(self.row());
        place.unwrap_or_default()
    }
}

impl Timeline {
    /// The events in order: by earliest start, latest start, earliest end, latest end, then as in
    /// the file; undated events last. Where dates leave the order open, `after` moves an event behind those that it
    /// came after.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = Event<'_>> + ExactSizeIterator {
        (0..self.events.rows()).map(|row| Event::new(self, EventId(row)))
    }

    /// One event.
    pub fn event(&self, id: EventId) -> Event<'_> {
        Event::new(self, id)
    }

    /// The event that a file calls `id`.
    pub fn find_event(&self, id: &str) -> Option<Event<'_>> {
        let row = self.events.keys.find(&canonical(id))?;
        let row = u32::try_from(row).expect("the builder numbers events with 32 bits");
        Some(self.event(EventId(row)))
    }
}

impl Fact {
    /// What is stated of an event.
    pub fn value<'t>(&self, event: Event<'t>) -> FactValue<'t> {
        let timeline = event.timeline();
        let (columns, row) = (timeline.columns(), event.row());
        match self.column {
            FactColumn::Text(column) => FactValue::Text((column.get)(columns).get(row)),
            FactColumn::When => FactValue::Date(Clock::Happened, event.when().map(Cow::Owned)),
            FactColumn::Date(clock, column) => {
                let date = (column.get)(columns).get(row);
                FactValue::Date(clock, date.map(Cow::Borrowed))
            }
            FactColumn::Word(column, words) => {
                let term = (column.get)(columns).get(row).flatten();
                FactValue::Word(term.map(|term| (words.get)(&timeline.vocabularies).word(term)))
            }
            FactColumn::Words(column, words) => FactValue::Words(
                (words.get)(&timeline.vocabularies),
                (column.get)(columns).get(row),
            ),
            FactColumn::Parties(part) => FactValue::Parties(part, event.parties(part)),
            FactColumn::After => FactValue::Events(event.after()),
            FactColumn::Before => FactValue::Events(event.before()),
            FactColumn::Sources => FactValue::Sources(event.sources()),
            FactColumn::Marking => FactValue::Marking(event.tlp()),
        }
    }
}

impl std::fmt::Debug for Event<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Event({}, {:?})", self.id.0, self.key())
    }
}
