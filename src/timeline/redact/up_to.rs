//! What is marked above a ceiling. The rules are those of [`super`].

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::super::data::{Timeline, TimelineHead};
use super::super::entity::{Entity, EntityId};
use super::super::event::Event;
use super::super::link::EventId;
use super::super::redactions::{EventRedactions, RedactionCounts, Redactions};
use super::super::source::{Source, SourceId};
use super::super::story::{Question, Scene, View};
use super::super::term::Tlp;
use super::known_date::arranged;
use super::mentions::RedactedMentions;
use super::name_markings::NameMarkings;
use super::plan::RedactionPlan;
use super::remaining::{NamedBy, RemainingRows};

/// Plans the timeline up to a marking. Fails with the number of unmarked items.
pub(super) fn plan(timeline: &Timeline, ceiling: Tlp) -> Result<RedactionPlan, RedactionCounts> {
    let file = timeline.head.tlp.filter(|_| !timeline.head.tlp_unread);
    let default = file.unwrap_or(ceiling);
    if file.is_none() {
        let unmarked = unmarked(timeline);
        if !unmarked.is_nothing() {
            return Err(unmarked);
        }
    }
    let ceiling = timeline
        .redactions
        .ceiling
        .map_or(ceiling, |it| it.min(ceiling));
    let mut marks = MarkingPlanner {
        timeline,
        ceiling,
        default,
        levels: NameMarkings::new(timeline, default),
        marked: RedactionCounts::default(),
    };
    let left = marks.left();
    let entities = marks.entities(&left.entities(timeline));
    let sources = marks.levels.sources.iter();
    let allowed: Vec<bool> = sources.map(|level| *level <= ceiling).collect();
    let (sources_left, source_names) = left.sources(timeline, &allowed);
    let sources = marks.sources(&sources_left, &source_names);
    let head = marks.head();
    let gone = RedactedMentions::new(timeline, &left, true, &entities, &sources);
    let views = marks.views(&gone);
    let scenes = marks.scenes(&left, &views);
    let questions = marks.questions(&left);
    let gaps = gaps(&left, &entities, &sources, timeline);
    let redactions = Redactions {
        ceiling: Some(ceiling),
        marked: marks.marked,
        gaps,
        ..Redactions::default()
    };
    Ok(RedactionPlan {
        head,
        left,
        entities,
        sources,
        views,
        scenes,
        questions,
        keeps_words: true,
        found_later: BTreeSet::new(),
        known: BTreeMap::new(),
        redactions,
    })
}

/// The unmarked items; the file's own words count each.
fn unmarked(timeline: &Timeline) -> RedactionCounts {
    let head = &timeline.head;
    let count =
        |marks: &mut dyn Iterator<Item = Option<Tlp>>| marks.filter(Option::is_none).count();
    let words = [
        !head.title.is_empty(),
        !head.summary.is_empty(),
        head.banner.is_some(),
    ];
    RedactionCounts {
        events: count(&mut timeline.events().map(Event::tlp)),
        claims: count(&mut timeline.claims.iter().map(|it| it.tlp)),
        // A placeholder replaces an item that was marked.
        sources: count(
            &mut timeline
                .sources
                .iter()
                .filter(|it| !it.is_placeholder)
                .map(|it| it.tlp),
        ),
        entities: count(
            &mut timeline
                .entities
                .iter()
                .filter(|it| !it.is_placeholder)
                .map(|it| it.tlp),
        ),
        questions: count(&mut timeline.questions.iter().map(|it| it.tlp)),
        scenes: count(&mut timeline.scenes.iter().map(|it| it.tlp)),
        views: timeline.views.len(),
        dates: 0,
        prose: words.iter().filter(|given| **given).count(),
    }
}

/// Decides one kind of item after the other, and counts.
struct MarkingPlanner<'t> {
    timeline: &'t Timeline,
    ceiling: Tlp,
    /// The marking of unmarked items.
    default: Tlp,
    /// The markings of entities and sources.
    levels: NameMarkings,
    marked: RedactionCounts,
}

impl MarkingPlanner<'_> {
    fn allow(&self, own: Option<Tlp>) -> bool {
        own.unwrap_or(self.default) <= self.ceiling
    }

    fn left(&mut self) -> RemainingRows {
        let events: Vec<bool> = self
            .timeline
            .events()
            .map(|it| self.allow(it.tlp()))
            .collect();
        let claims: Vec<bool> = self
            .timeline
            .claims
            .iter()
            .map(|claim| {
                let names = self.levels.of_value(self.timeline, claim);
                events[claim.event.0 as usize]
                    && self.allow(claim.tlp)
                    && names.is_none_or(|tlp| tlp <= self.ceiling)
            })
            .collect();
        self.marked.events = events.iter().filter(|left| !**left).count();
        self.marked.claims = claims.iter().filter(|left| !**left).count();
        let (order, after) = arranged(self.timeline, &events, &BTreeMap::new());
        RemainingRows {
            events,
            claims,
            lost: BTreeSet::new(),
            order,
            after,
        }
    }

    fn entities(&mut self, named: &NamedBy) -> Vec<Option<Entity>> {
        let all = &self.timeline.entities;
        let mut placeholders = PlaceholderNames::new(all.iter().map(|it| it.key.as_str()));
        let mut left = Vec::with_capacity(all.len());
        for (at, entity) in all.iter().enumerate() {
            let tlp = self.levels.entities[at];
            let allowed = entity.is_placeholder || tlp <= self.ceiling;
            let stays = named.by_shown[at] || (allowed && !named.by_redacted[at]);
            self.marked.entities += usize::from(!stays || !allowed);
            left.push(match (stays, allowed) {
                (false, _) => None,
                (true, true) => Some(entity.clone()),
                (true, false) => Some(placeholders.entity(tlp)),
            });
        }
        left
    }

    fn sources(&mut self, left: &[bool], named: &NamedBy) -> Vec<Option<Source>> {
        let all = &self.timeline.sources;
        let mut placeholders = PlaceholderNames::new(all.iter().map(|it| it.key.as_str()));
        let mut sources = Vec::with_capacity(all.len());
        for (at, source) in all.iter().enumerate() {
            self.marked.sources += usize::from(!left[at]);
            let tlp = self.levels.sources[at];
            sources.push(match (left[at], named.by_shown[at]) {
                (true, _) => Some(source.clone()),
                (false, true) => Some(placeholders.source(tlp)),
                (false, false) => None,
            });
        }
        sources
    }

    fn head(&mut self) -> TimelineHead {
        let whole = &self.timeline.head;
        let tlp = whole.tlp.map(|tlp| tlp.min(self.ceiling));
        if self.allow(whole.tlp) {
            return TimelineHead {
                tlp,
                ..whole.clone()
            };
        }
        let words = [
            !whole.title.is_empty(),
            !whole.summary.is_empty(),
            whole.banner.is_some(),
        ];
        self.marked.prose += words.iter().filter(|given| **given).count();
        TimelineHead {
            tlp,
            yardstick: whole.yardstick,
            zone: whole.zone.clone(),
            ..TimelineHead::default()
        }
    }

    fn views(&mut self, gone: &RedactedMentions) -> Vec<View> {
        let all = &self.timeline.views;
        let stays =
            |view: &&View| self.allow(None) && self.allow(view.tlp) && !gone.is_named_by(view);
        let left: Vec<View> = all.iter().filter(stays).cloned().collect();
        self.marked.views = all.len() - left.len();
        left
    }

    fn scenes(&mut self, left: &RemainingRows, views: &[View]) -> Vec<Scene> {
        let all = &self.timeline.scenes;
        let has = |views: &[View], key: &str| views.iter().any(|view| view.key == key);
        let lost_view = |key: &str| has(&self.timeline.views, key) && !has(views, key);
        let stays = |scene: &&Scene| {
            self.allow(scene.tlp)
                && scene.select.is_none_or(|event| left.has_event(event))
                && !scene.view.as_deref().is_some_and(lost_view)
        };
        let scenes: Vec<Scene> = all.iter().filter(stays).cloned().collect();
        self.marked.scenes = all.len() - scenes.len();
        scenes
    }

    fn questions(&mut self, left: &RemainingRows) -> Vec<Question> {
        let all = &self.timeline.questions;
        let stays = |question: &&Question| {
            let events = &question.events;
            let asks = events.is_empty() || events.iter().any(|event| left.has_event(*event));
            asks && self.allow(question.tlp)
        };
        let questions: Vec<Question> = all.iter().filter(stays).cloned().collect();
        self.marked.questions = all.len() - questions.len();
        questions
    }
}

/// Placeholders for redacted items that something shown names: their names reveal only the marking.
struct PlaceholderNames<'t> {
    taken: HashSet<&'t str>,
    last: usize,
}

impl<'t> PlaceholderNames<'t> {
    fn new(taken: impl Iterator<Item = &'t str>) -> Self {
        Self {
            taken: taken.collect(),
            last: 0,
        }
    }

    /// An unused key, and a name.
    fn next(&mut self, tlp: Tlp) -> (String, String) {
        loop {
            self.last += 1;
            let key = format!("withheld-{}", self.last);
            if !self.taken.contains(key.as_str()) {
                return (key, format!("withheld {} (TLP:{tlp})", self.last));
            }
        }
    }

    fn entity(&mut self, tlp: Tlp) -> Entity {
        let (key, name) = self.next(tlp);
        Entity {
            key,
            name,
            declared: true,
            is_placeholder: true,
            ..Entity::default()
        }
    }

    fn source(&mut self, tlp: Tlp) -> Source {
        let (key, title) = self.next(tlp);
        Source {
            key,
            title,
            declared: true,
            is_placeholder: true,
            ..Source::default()
        }
    }
}

/// What is removed from shown events, without what was removed before.
fn gaps(
    left: &RemainingRows,
    entities: &[Option<Entity>],
    sources: &[Option<Source>],
    timeline: &Timeline,
) -> Vec<(EventId, EventRedactions)> {
    let is_lost_entity = |id: EntityId| {
        let left = entities[id.0 as usize].as_ref();
        left.is_none_or(|it| it.is_placeholder) && !timeline.entity(id).is_placeholder
    };
    let is_lost_source = |id: SourceId| {
        let left = sources[id.0 as usize].as_ref();
        left.is_none_or(|it| it.is_placeholder) && !timeline.source(id).is_placeholder
    };
    let shown = timeline.events().filter(|event| left.has_event(event.id()));
    let gaps = shown.map(|event| {
        let claims = event.claims().filter(|(id, _)| !left.has_claim(*id));
        let sources = event.sources().iter().filter(|id| is_lost_source(**id));
        let parties = event.all_parties().filter(|(_, id)| is_lost_entity(*id));
        let marked = RedactionCounts {
            claims: claims.count(),
            sources: sources.count(),
            entities: parties.count(),
            ..RedactionCounts::default()
        };
        (
            event.id(),
            EventRedactions {
                marked,
                ..EventRedactions::default()
            },
        )
    });
    gaps.filter(|(_, gap)| *gap != EventRedactions::default())
        .collect()
}
