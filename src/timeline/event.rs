//! Events: something that happened, with an imprecise date.

use std::borrow::Cow;

use super::assessment::Level;
use super::column::TermId;
use super::data::Timeline;
use super::dates::DateNature;
use super::entity::EntityId;
use super::event_columns::EventColumns;
use super::facts::{Fact, FactColumn, FactValue};
use super::link::{EventId, EventLink};
use super::paged_texts::PageTexts;
use super::redactions::EventRedactions;
use super::source::{Claim, ClaimId, SourceId};
use super::term::{Aspect, Clock, Tlp};
use crate::date::{Bounds, EventDate, Span, Truth};
use crate::diagnostic::{FileId, TextPlace};
use crate::text::canonical;

/// A view of one row of a timeline.
#[derive(Clone, Copy)]
pub struct Event<'t> {
    timeline: &'t Timeline,
    id: EventId,
}

impl<'t> Event<'t> {
    pub(super) fn new(timeline: &'t Timeline, id: EventId) -> Self {
        Self { timeline, id }
    }

    pub(crate) fn timeline(self) -> &'t Timeline {
        self.timeline
    }

    pub(super) fn row(self) -> usize {
        self.id.0 as usize
    }

    fn columns(self) -> &'t EventColumns {
        &self.timeline.events
    }

    /// The row in this timeline.
    pub fn id(self) -> EventId {
        self.id
    }

    /// The id in the file, or one derived from the title.
    pub fn key(self) -> Cow<'t, str> {
        self.columns().keys.get(self.row())
    }

    /// [`Event::key`], written into a reused buffer: for loops over many events.
    pub fn key_in<'k>(self, made: &'k mut String) -> &'k str
    where
        't: 'k,
    {
        self.columns().keys.read(self.row(), made)
    }

    /// Whether the key is that of a row of a log, made of the name and the line.
    pub(crate) fn is_named_by_line(self) -> bool {
        self.columns().keys.is_of_line(self.row())
    }

    /// The line in its log; `None` if its key says nothing of a line.
    pub fn line_in_log(self) -> Option<u32> {
        self.columns().keys.line_of(self.row())
    }

    /// The texts of its page and its row there; `None` if its texts are in memory.
    fn paged(self) -> Option<(&'t PageTexts, usize)> {
        self.columns().paged.texts(self.id)
    }

    pub fn title(self) -> &'t str {
        match self.paged() {
            Some((texts, row)) => texts.titles.get(row),
            None => self.columns().titles.get(self.row()),
        }
    }

    /// The summary; may be empty.
    pub fn summary(self) -> &'t str {
        match self.paged() {
            Some((texts, row)) => texts.summaries.get(row),
            None => self.columns().summaries.get(self.row()),
        }
    }

    /// When the event happened; `None` if undated. The date is parsed again: [`Event::whole`] and [`Event::written`]
    /// are faster.
    pub fn when(self) -> Option<EventDate> {
        if !self.columns().paged.has(self.id) {
            return self.columns().when.get(self.row());
        }
        EventDate::parse(self.written()?).ok()
    }

    /// The date as written; `None` if undated.
    pub fn written(self) -> Option<&'t str> {
        match self.paged() {
            Some((texts, row)) => Some(texts.dates.get(row)).filter(|it| !it.is_empty()),
            None => self.columns().when.written(self.row()),
        }
    }

    /// The bounds of the date; `None` if undated. For one or all of several dates, their hull.
    pub fn bounds(self) -> Option<Bounds> {
        self.columns().when.bounds().get(self.row())
    }

    /// Whether one clock of unknown zone showed both times: then their order is known anyway.
    pub fn is_of_one_clock_with(self, other: Event<'_>) -> bool {
        let is_clock_time = |event: Event<'_>| event.has_date_of(DateNature::ClockTime);
        is_clock_time(self) && is_clock_time(other) && self.file() == other.file()
    }

    fn has_date_of(self, nature: DateNature) -> bool {
        let natures = self.columns().when.bounds().nature();
        natures.get(self.row()) == Some(nature)
    }

    /// Whether this event surely began before another of the same timeline, by their dates.
    pub fn surely_began_before(self, other: Event<'_>) -> bool {
        let shown = |event: Event<'_>| event.bounds().map(Bounds::as_shown);
        if self.is_of_one_clock_with(other) {
            let times = shown(self).zip(shown(other));
            return times.is_some_and(|(this, that)| this.start.latest < that.start.earliest);
        }
        // A row may be compared with all that it came after: dates are parsed only if their bounds do not describe them.
        if self.has_date_of(DateNature::Plain) && other.has_date_of(DateNature::Plain) {
            let bounds = self.bounds().zip(other.bounds());
            return bounds.is_some_and(|(this, that)| this.start.latest < that.start.earliest);
        }
        match (self.when(), other.when()) {
            (Some(this), Some(that)) => this.starts_before(&that).is_sure(),
            _ => false,
        }
    }

    /// Whether the event lay wholly in a window. Anything is possible for undated events.
    pub(super) fn within(self, window: Span) -> Truth {
        if let Some(date) = self.columns().when.several(self.row()) {
            return date.within(window);
        }
        let bounds = self.bounds();
        bounds.map_or(Truth::Possibly, |bounds| bounds.within(window))
    }

    /// The whole time in which the event may have been going on; `None` if undated. Faster than asking for the date.
    pub fn whole(self) -> Option<Span> {
        self.columns().when.bounds().whole(self.row())
    }

    /// When the event was discovered.
    pub fn discovered(self) -> Option<&'t EventDate> {
        self.columns().discovered.get(self.row())
    }

    /// When the event was disclosed.
    pub fn disclosed(self) -> Option<&'t EventDate> {
        self.columns().disclosed.get(self.row())
    }

    /// Whether the day of disclosure cannot be read: the event cannot be shown to have been public.
    pub fn day_unread(self) -> bool {
        self.columns().day_unread.contains(&self.id())
    }

    /// When the event was attributed, by the rule of [`super::clock`].
    pub fn attributed(self) -> Option<&'t EventDate> {
        self.columns().attributed.get(self.row())
    }

    /// The phase; empty if none is given.
    pub fn phase(self) -> &'t str {
        let phase = self.phase_id();
        phase.map_or("", |term| self.timeline.vocabularies.phases.word(term))
    }

    /// The number of the phase.
    pub fn phase_id(self) -> Option<TermId> {
        self.columns().phases.get(self.row()).flatten()
    }

    /// The numbers of the tags.
    pub fn tag_ids(self) -> &'t [TermId] {
        self.columns().tags.get(self.row())
    }

    /// The numbers of the ATT&CK techniques.
    pub fn technique_ids(self) -> &'t [TermId] {
        self.columns().techniques.get(self.row())
    }

    /// The lanes that the event is drawn on.
    pub fn lanes(self) -> &'t [TermId] {
        self.columns().lanes.get(self.row())
    }

    pub fn actors(self) -> &'t [EntityId] {
        self.columns().actors.get(self.row())
    }

    pub fn targets(self) -> &'t [EntityId] {
        self.columns().targets.get(self.row())
    }

    /// The entities that the event accuses, names, charges or sanctions.
    pub fn accused(self) -> &'t [EntityId] {
        self.columns().accused.get(self.row())
    }

    pub fn addressees(self) -> &'t [EntityId] {
        self.columns().addressees.get(self.row())
    }

    /// The entities in one party aspect; empty for other aspects.
    pub fn parties(self, part: Aspect) -> &'t [EntityId] {
        let column = self.columns().parties(part);
        column.map_or(&[][..], |column| column.get(self.row()))
    }

    /// All parties, aspect by aspect. An entity may occur more than once.
    pub fn all_parties(self) -> impl Iterator<Item = (Aspect, EntityId)> + Clone {
        let parts = Aspect::PARTIES.into_iter();
        parts.flat_map(move |part| self.parties(part).iter().map(move |&id| (part, id)))
    }

    /// The ids of the ATT&CK techniques.
    pub fn techniques(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.vocabularies.techniques;
        self.columns()
            .techniques
            .get(self.row())
            .iter()
            .map(|&term| words.word(term))
    }

    pub fn tags(self) -> impl Iterator<Item = &'t str> {
        let words = &self.timeline.vocabularies.tags;
        self.columns()
            .tags
            .get(self.row())
            .iter()
            .map(|&term| words.word(term))
    }

    /// The documents that carry the event, each once: those of its claims first.
    pub fn sources(self) -> &'t [SourceId] {
        self.columns().sources.get(self.row())
    }

    /// The documents that carry the event as a whole, independently of its claims.
    pub(crate) fn listed(self) -> &'t [SourceId] {
        self.columns().listed.get(self.row())
    }

    /// The other columns of the log row, each with the log's own name.
    pub fn attributes(self) -> impl ExactSizeIterator<Item = (&'t str, &'t str)> {
        let (names, attributes, row) = match self.paged() {
            Some((texts, row)) => (&texts.names, &texts.attributes, row),
            None => (
                &self.timeline.attribute_names,
                &self.columns().attributes,
                self.row(),
            ),
        };
        let all = attributes.get(row);
        all.map(|(name, value)| (names.word(name), value))
    }

    /// The links to other events: own links first, then reversed ones.
    pub fn links(self) -> &'t [EventLink] {
        self.columns().links.get(self.row())
    }

    /// The claims, oldest first.
    pub fn claims(self) -> impl ExactSizeIterator<Item = (ClaimId, &'t Claim)> {
        let ids = self.columns().claims.get(self.row());
        ids.iter().map(|&id| (id, self.timeline.claim(id)))
    }

    /// Whether claims differ on any aspect.
    pub fn is_contested(self) -> bool {
        self.columns().contested.get(self.row()).is_some()
    }

    /// The aspects on which claims differ.
    pub fn contested(self) -> Vec<Aspect> {
        let aspects = self.columns().contested.get(self.row());
        aspects.copied().unwrap_or_default().iter().collect()
    }

    /// Whether the event has levels: rows of logs make no claims.
    pub(super) fn is_assessed(self) -> bool {
        self.columns().assessed.get(self.row()).is_some()
    }

    /// How sure the claims about an aspect are, by the rule of [`super::assessment`].
    pub fn level(self, aspect: Aspect) -> Level {
        let assessed = self.columns().assessed.get(self.row());
        assessed.copied().unwrap_or_default().level(aspect)
    }

    /// The event's own marking.
    pub fn tlp(self) -> Option<Tlp> {
        self.columns().tlp.get(self.row()).flatten()
    }

    /// What is redacted about the event.
    pub fn redactions(self) -> EventRedactions {
        self.timeline.redactions.gap(self.id)
    }

    /// The as-of day of the timeline, if any.
    pub fn as_of(self) -> Option<&'t EventDate> {
        self.timeline.redactions.as_of.as_ref()
    }

    /// The file that it is in.
    pub(super) fn file(self) -> Option<FileId> {
        self.columns().places.file(self.row())
    }

    /// The place in the file.
    pub fn place(self) -> TextPlace {
        let place = self.columns().places.get(self.row()).unwrap_or_default();
        match self.paged() {
            Some((texts, row)) => TextPlace::new(place.file, texts.place(row)),
            None => place,
        }
    }
}

impl Timeline {
    /// The events in order: by earliest start, latest start, earliest end, latest end, then by place in the file;
    /// undated events last. Where dates leave the order open, `after` moves an event behind the earlier ones.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = Event<'_>> + ExactSizeIterator {
        (0..self.events.rows()).map(|row| Event::new(self, EventId(row)))
    }

    pub fn event(&self, id: EventId) -> Event<'_> {
        Event::new(self, id)
    }

    /// The event with a key.
    pub fn find_event(&self, id: &str) -> Option<Event<'_>> {
        let row = self.events.keys.find(&canonical(id))?;
        let row = u32::try_from(row).expect("the builder numbers events with 32 bits");
        Some(self.event(EventId(row)))
    }
}

impl Fact {
    pub fn value<'t>(&self, event: Event<'t>) -> FactValue<'t> {
        let timeline = event.timeline();
        let (columns, row) = (timeline.columns(), event.row());
        match self.column {
            // Rows of logs have no text but the summary.
            FactColumn::Text(_) if columns.paged.has(event.id) => FactValue::Text(event.summary()),
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
