//! Events in order: written events, and the rows of logs among them.

use super::super::clock::attributed_by_claims;
use super::super::column::{Vocabulary, unique};
use super::super::data::Timeline;
use super::super::draft::{DraftEvent, DraftLink, LocatedText};
use super::super::facts::EventVocabularies;
use super::super::link::EventId;
use super::super::log::{DraftLog, UNTITLED};
use super::super::sequence::{EventSequence, neighbours};
use super::super::source::ClaimId;
use super::builder::TimelineBuilder;
use super::event_runs::{self, EventRun};
use super::merge;
use super::names;
use super::order::in_portions;
use super::values::value;

/// References to events and claims, which may be added later.
#[derive(Default)]
pub(super) struct PendingReferences {
    /// The links of events that have any.
    pub links: Vec<(EventId, Vec<DraftLink>)>,
    /// The ids of the claims that a claim answers, if any.
    pub answers: Vec<(ClaimId, Vec<LocatedText>)>,
}

impl TimelineBuilder {
    /// Adds all events, freeing each draft at once. Returns the unresolved references.
    pub fn add_events(
        &mut self,
        events: Vec<DraftEvent>,
        sequence: &EventSequence,
        logs: Vec<DraftLog>,
    ) -> PendingReferences {
        let order = event_runs::order(&events, sequence, &logs);
        self.keys = names::keys(&events, &logs);
        let mut rows = merge::MergedLogs::new(logs, &events, self);
        let mut events = in_portions(events);
        let mut tied = PendingReferences::default();
        let mut written = Vec::new();
        for run in order.runs() {
            match run {
                EventRun::Written => {
                    let row = self.next_row();
                    let event = events.next().expect("each is in the order once");
                    self.name_event(row, &event);
                    if !sequence.is_empty() {
                        written.push(row);
                    }
                    self.add_event(row, &event, &mut tied.answers);
                    if !event.links.is_empty() {
                        tied.links.push((row, event.links));
                    }
                }
                EventRun::Logged {
                    log,
                    part,
                    rows: of,
                } => rows.add(log, part, of, self),
            }
        }
        rows.mark(&mut self.timeline);
        let edges = sequence.edges();
        let edges = edges.map(|(event, earlier)| (written[event], written[earlier]));
        self.timeline.events.neighbours = neighbours(edges, |row| row.0);
        tied
    }

    /// Assigns a key: the event's own id, otherwise one from its title; a second one gets a number.
    fn name_event(&mut self, row: EventId, event: &DraftEvent) {
        let request = names::request(event);
        let columns = &mut *self.timeline.events;
        if !self.keys.give(&request, &mut columns.keys) {
            columns.wanted_keys.insert(row, request);
        }
    }

    fn add_event(
        &mut self,
        row: EventId,
        event: &DraftEvent,
        answers: &mut Vec<(ClaimId, Vec<LocatedText>)>,
    ) {
        let claims = self.add_claims(row, event, answers);
        let listed = unique(
            event
                .sources
                .iter()
                .map(|source| self.source(&source.value)),
        );
        let sources = self.sources_of(&claims, &listed);
        let actors = self.entities_of(&event.actors);
        let targets = self.entities_of(&event.targets);
        let accused = self.entities_of(&event.accused);
        let addressees = self.entities_of(&event.addressees);
        self.add_terms(event);
        self.add_dates(row, event);
        let Timeline {
            events,
            claims: all,
            attribute_names,
            ..
        } = &mut self.timeline;
        let (events, all) = (&mut **events, &**all);
        let said = all.get(all.len() - claims.len()..).unwrap_or_default();
        let when = event.when.as_ref().map(|when| &when.value);
        events.judge(row, said, when);
        let attributed = attributed_by_claims(said, &actors).cloned();
        if let Some(date) = attributed {
            events.attributed.push(row.0, date);
        }
        let title = event.title.as_ref();
        events
            .titles
            .push(title.map_or(UNTITLED, |title| title.value.trim()));
        let summary = event.summary.as_ref();
        events
            .summaries
            .push(summary.map_or("", |summary| summary.value.trim()));
        events.actors.push(actors);
        events.targets.push(targets);
        events.accused.push(accused);
        events.addressees.push(addressees);
        events.sources.push(sources);
        events.listed.push(listed);
        events.claims.push(claims);
        events.tlp.push(value(event.tlp.as_ref()));
        events.places.push(event.place);
        if self.has_attributes {
            for (name, value) in &event.attributes {
                events.attributes.add(attribute_names.intern(name), value);
            }
            events.attributes.end_row();
        }
    }

    /// Recurring words are stored as numbers.
    fn add_terms(&mut self, event: &DraftEvent) {
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut self.timeline;
        let EventVocabularies {
            phases,
            lanes,
            techniques,
            tags,
        } = &mut **vocabularies;
        let events = &mut **events;
        let numbers = |words: &[LocatedText], vocabulary: &mut Vocabulary| {
            unique(words.iter().map(|word| vocabulary.intern(&word.value)))
        };
        events.phases.push(
            event
                .phase
                .as_ref()
                .map(|phase| phases.intern(&phase.value)),
        );
        events.lanes.push(numbers(&event.lanes, lanes));
        events
            .techniques
            .push(numbers(&event.techniques, techniques));
        events.tags.push(numbers(&event.tags, tags));
    }

    fn add_dates(&mut self, row: EventId, event: &DraftEvent) {
        let events = &mut *self.timeline.events;
        events
            .when
            .push(event.when.as_ref().map(|when| &when.value));
        if let Some(date) = value(event.discovered.as_deref()) {
            events.discovered.push(row.0, date);
        }
        if let Some(date) = value(event.disclosed.as_deref()) {
            events.disclosed.push(row.0, date);
        }
        if event.day_unread {
            events.day_unread.insert(row);
        }
    }
}
