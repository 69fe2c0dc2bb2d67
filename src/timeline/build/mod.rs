//! From a draft to a timeline: events are put in order and names become references.
//!
//! Nothing is refused here. What cannot be resolved was reported by [`super::check`]; an entity or
//! source that is named but not declared stands for itself, and a link to nowhere is left out.

mod again;
mod claims;
mod merge;
mod named;
mod names;
mod order;

use std::collections::{BTreeMap, HashSet};

use super::clock::attributed_by_claims;
use super::column::unique;
use super::draft::{At, Draft, DraftEvent, DraftLink, DraftScene, Words};
use super::entity::{Entity, EntityId};
use super::facts::Vocabularies;
use super::keys::Keys;
use super::link::{EventId, Link};
use super::log::{DraftLog, UNTITLED};
use super::sequence::{Sequence, neighbours};
use super::source::{ClaimId, Source, SourceId};
use super::story::{Question, Scene, View};
use super::term::{Grouping, QuestionStatus};
use super::{Head, Timeline, Vocabulary};
use crate::diagnostic::Place;
use merge::Run;
use order::{in_order, in_portions};

pub(super) use names::Called;
pub(super) use names::names;

/// Makes a timeline of what authors wrote.
pub fn build(draft: Draft) -> Timeline {
    let mut builder = Builder::default();
    builder.timeline.head = head(&draft);
    builder.timeline.has_open_names = draft.entities.is_empty() && !draft.has_unread;
    builder.has_logs = !draft.logs.is_empty();
    builder.declare_entities(&draft);
    builder.declare_sources(&draft);
    builder.declare_lanes(&draft.events, &draft.logs);
    let after = names::after(&draft.events);
    let (events, sequence) = in_order(draft.events, after);
    let tied = builder.add_events(events, &sequence, draft.logs);
    builder.add_links(&tied.links);
    builder.add_answers(&tied.answers);
    builder.timeline.events.attribute_by_links();
    builder.add_story(&draft.views, &draft.scenes, &draft.questions);
    builder.timeline.events.shrink();
    builder.timeline.find_strictest();
    builder.timeline
}

fn head(draft: &Draft) -> Head {
    let head = &draft.head;
    Head {
        title: text(head.title.as_ref()).unwrap_or_default(),
        summary: text(head.summary.as_ref()).unwrap_or_default(),
        tlp: value(head.tlp.as_ref()),
        tlp_unread: head.tlp_unread,
        banner: text(head.banner.as_ref()),
        yardstick: value(head.yardstick.as_ref()).unwrap_or_default(),
        zone: head.zone.clone(),
    }
}

/// What refers to events and claims, of which any may follow later.
#[derive(Default)]
struct Tied {
    /// The links of events that have any.
    links: Vec<(EventId, Vec<DraftLink>)>,
    /// The ids of the claims that a claim answers, of those that answer any.
    answers: Vec<(ClaimId, Vec<Words>)>,
}

/// What has which name.
type Names<T> = hashbrown::HashMap<String, T>;

#[derive(Default)]
struct Builder {
    timeline: Timeline,
    entities: Names<EntityId>,
    sources: Names<SourceId>,
    /// The claims that have ids, each with its place.
    claims: Names<(Place, ClaimId)>,
    keys: Keys,
    has_logs: bool,
}

impl Builder {
    fn declare_entities(&mut self, draft: &Draft) {
        for entity in &draft.entities {
            let id = self.entity(&entity.id.value);
            let file = self.timeline.head.tlp;
            let known = &mut self.timeline.entities[id.0 as usize];
            if known.declared {
                again::entity(known, entity, file);
                continue;
            }
            *known = Entity {
                key: entity.id.value.to_string(),
                name: text(entity.name.as_ref()).unwrap_or_else(|| entity.id.value.to_string()),
                kind: value(entity.kind.as_ref()),
                aliases: texts(&entity.aliases),
                attack: text(entity.attack.as_ref()),
                note: text(entity.note.as_ref()),
                tlp: value(entity.tlp.as_ref()),
                declared: true,
                is_withheld: false,
            };
        }
    }

    fn declare_sources(&mut self, draft: &Draft) {
        for source in &draft.sources {
            self.source(&source.id.value);
        }
        let mut declared = HashSet::new();
        for source in &draft.sources {
            let id = self.source(&source.id.value);
            if !declared.insert(id) {
                let known = &mut self.timeline.sources[id.0 as usize];
                again::source(known, source, self.timeline.head.tlp);
                continue;
            }
            let derives_from = source
                .derives_from
                .iter()
                .map(|other| self.source(&other.value))
                .collect();
            self.timeline.sources[id.0 as usize] = Source {
                key: source.id.value.to_string(),
                title: text(source.title.as_ref()).unwrap_or_else(|| source.id.value.to_string()),
                publisher: text(source.publisher.as_ref()),
                published: value(source.published.as_ref()),
                day_unread: source.day_unread,
                url: text(source.url.as_ref()),
                retrieved: value(source.retrieved.as_ref()),
                derives_from,
                reliability: value(source.reliability.as_ref()),
                standing: value(source.standing.as_ref()),
                note: text(source.note.as_ref()),
                tlp: value(source.tlp.as_ref()),
                declared: true,
                is_withheld: false,
            };
        }
    }

    /// Lanes keep the order in which the author first names them, not that of the sorted events.
    fn declare_lanes(&mut self, events: &[DraftEvent], logs: &[DraftLog]) {
        for lane in events.iter().flat_map(|event| &event.lanes) {
            self.timeline.vocabularies.lanes.intern(&lane.value);
        }
        merge::declare_lanes(logs, &mut self.timeline.vocabularies.lanes);
    }

    /// Adds every event, and lets go of its draft at once. Returns what refers to other events and claims.
    fn add_events(
        &mut self,
        events: Vec<DraftEvent>,
        sequence: &Sequence,
        logs: Vec<DraftLog>,
    ) -> Tied {
        let order = merge::order(&events, sequence, &logs);
        self.keys = names::keys(&events, &logs);
        merge::reserve(&events, &logs, &mut self.timeline.events);
        let mut rows = merge::Rows::new(logs, self);
        let mut events = in_portions(events);
        let mut tied = Tied::default();
        let mut written = Vec::new();
        for run in order {
            match run {
                Run::Written => {
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
                Run::Logged {
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

    fn next_row(&self) -> EventId {
        let row = self.timeline.events.len();
        EventId(u32::try_from(row).expect("a timeline has fewer than 2^32 events"))
    }

    /// Gives an event a key: its own id, else one from its title; a second one gets a number.
    fn name_event(&mut self, row: EventId, event: &DraftEvent) {
        let wish = names::wish(event);
        let columns = &mut self.timeline.events;
        if !self.keys.give(&wish, &mut columns.keys) {
            columns.wanted_keys.insert(row, wish);
        }
    }

    fn add_event(
        &mut self,
        row: EventId,
        event: &DraftEvent,
        answers: &mut Vec<(ClaimId, Vec<Words>)>,
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
            ..
        } = &mut self.timeline;
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
        if self.has_logs {
            events.attributes.end_row();
        }
    }

    /// The words that occur again and again are kept as numbers.
    fn add_terms(&mut self, event: &DraftEvent) {
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut self.timeline;
        let Vocabularies {
            phases,
            lanes,
            techniques,
            tags,
        } = vocabularies;
        let numbers = |words: &[Words], vocabulary: &mut Vocabulary| {
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
        let events = &mut self.timeline.events;
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

    fn entities_of(&mut self, names: &[Words]) -> Vec<EntityId> {
        unique(names.iter().map(|name| self.entity(&name.value)))
    }

    fn sources_of(&self, claims: &[ClaimId], listed: &[SourceId]) -> Vec<SourceId> {
        let claimed = claims
            .iter()
            .filter_map(|claim| self.timeline.claims[claim.0 as usize].carried_in());
        unique(claimed.chain(listed.iter().copied()))
    }

    /// The entity of a name, made on the spot where the file does not declare it.
    fn entity(&mut self, key: &str) -> EntityId {
        if let Some(&id) = self.entities.get(key) {
            return id;
        }
        let id = EntityId(
            u32::try_from(self.entities.len()).expect("a timeline has fewer than 2^32 entities"),
        );
        self.timeline.entities.push(Entity {
            key: key.to_owned(),
            name: key.to_owned(),
            kind: None,
            aliases: Vec::new(),
            attack: None,
            note: None,
            tlp: None,
            declared: false,
            is_withheld: false,
        });
        self.entities.insert(key.to_owned(), id);
        id
    }

    /// The source of a name, made on the spot where the file does not declare it.
    fn source(&mut self, key: &str) -> SourceId {
        if let Some(&id) = self.sources.get(key) {
            return id;
        }
        let id = SourceId(
            u32::try_from(self.sources.len()).expect("a timeline has fewer than 2^32 sources"),
        );
        self.timeline.sources.push(Source {
            key: key.to_owned(),
            title: key.to_owned(),
            publisher: None,
            published: None,
            day_unread: false,
            url: None,
            retrieved: None,
            derives_from: Vec::new(),
            reliability: None,
            standing: None,
            note: None,
            tlp: None,
            declared: false,
            is_withheld: false,
        });
        self.sources.insert(key.to_owned(), id);
        id
    }

    /// Every link is seen from both of its ends.
    fn add_links(&mut self, drafts: &[(EventId, Vec<DraftLink>)]) {
        let mut links: BTreeMap<EventId, Vec<Link>> = BTreeMap::new();
        for reversed in [false, true] {
            for (row, link) in drafts
                .iter()
                .flat_map(|(row, links)| links.iter().map(|link| (*row, link)))
            {
                let Some(to) = self.find(&link.to.value) else {
                    continue;
                };
                let (at, to) = if reversed { (to, row) } else { (row, to) };
                let kind = link.kind.value;
                let here = links.entry(at).or_default();
                here.push(Link { to, kind, reversed });
            }
        }
        let (rows, column) = (self.timeline.events.len(), &mut self.timeline.events.links);
        for (row, here) in links {
            column.push_alike(&[], row.0 as usize - column.len());
            column.push(here);
        }
        column.push_alike(&[], rows - column.len());
    }

    /// The event that an author calls so.
    fn find(&self, key: &str) -> Option<EventId> {
        self.keys.find(key, &self.timeline.events.keys)
    }

    fn add_story(
        &mut self,
        views: &[super::draft::DraftView],
        scenes: &[DraftScene],
        questions: &[super::draft::DraftQuestion],
    ) {
        self.timeline.views = views
            .iter()
            .map(|view| View {
                key: view.id.value.to_string(),
                title: text(view.title.as_ref()).unwrap_or_else(|| view.id.value.to_string()),
                filter: text(view.filter.as_ref()),
                group: text(view.group.as_ref()).and_then(|word| Grouping::parse(&word)),
                sort: text(view.sort.as_ref()),
                tlp: value(view.tlp.as_ref()),
            })
            .collect();
        self.timeline.scenes = scenes.iter().map(|scene| self.scene(scene)).collect();
        self.timeline.questions = questions
            .iter()
            .map(|question| Question {
                text: text(question.text.as_ref()).unwrap_or_default(),
                status: value(question.status.as_ref()).unwrap_or(QuestionStatus::Open),
                events: question
                    .events
                    .iter()
                    .filter_map(|id| self.find(&id.value))
                    .collect(),
                settles: text(question.settles.as_ref()),
                tlp: value(question.tlp.as_ref()),
            })
            .collect();
    }

    fn scene(&self, scene: &DraftScene) -> Scene {
        Scene {
            title: text(scene.title.as_ref()).unwrap_or_default(),
            view: text(scene.view.as_ref()),
            select: scene.select.as_ref().and_then(|id| self.find(&id.value)),
            say: text(scene.say.as_ref()),
            notes: text(scene.notes.as_ref()),
            seconds: value(scene.seconds.as_ref()),
            audience: texts(&scene.audience),
            reveal: texts(&scene.reveal),
            tlp: value(scene.tlp.as_ref()),
        }
    }
}

fn value<T: Clone>(at: Option<&At<T>>) -> Option<T> {
    at.map(|at| at.value.clone())
}

fn text(words: Option<&Words>) -> Option<String> {
    words
        .map(|words| words.value.trim().to_owned())
        .filter(|words| !words.is_empty())
}

fn texts(words: &[Words]) -> Vec<String> {
    words.iter().map(|words| words.value.to_string()).collect()
}
