//! What was not public by the end of a day. The rules are those of [`super`].

use std::collections::{BTreeMap, BTreeSet};

use super::super::data::{Timeline, TimelineHead};
use super::super::entity::{Entity, EntityId};
use super::super::event::Event;
use super::super::facts::{FACTS, RedactionRule};
use super::super::link::EventId;
use super::super::redactions::{DateAsOf, EventRedactions, RedactionCounts, Redactions};
use super::super::source::{Claim, ClaimValue, Source, SourceId};
use super::super::story::{Question, Scene, View};
use super::super::term::Aspect;
use super::known_date::{KnownDate, arranged};
use super::mentions::RedactedMentions;
use super::plan::RedactionPlan;
use super::remaining::{NamedBy, RemainingRows};
use crate::date::{Bounds, EventDate, Instant, Span};

/// Plans the timeline as of the end of a day.
pub(super) fn plan(timeline: &Timeline, day: &EventDate) -> RedactionPlan {
    let day_end = DayEnd(day.end().latest);
    let issued: Vec<bool> = timeline
        .sources()
        .map(|(_, source)| !source.day_unread && day_end.is_after(source.published.as_ref()))
        .collect();
    let claims = day_end.public_claims(timeline, &issued);
    let known = known_dates(timeline, &claims);
    let left = day_end.left(timeline, &issued, claims, &known);
    let found_later = day_end.found_later(timeline, &left);
    let (sources_left, _) = left.sources(timeline, &issued);
    let entity_names = left.entities(timeline);
    let mut parts = AsOfPlanner {
        timeline,
        is_whole: found_later.is_empty()
            && [&left.events, &left.claims, &sources_left]
                .iter()
                .all(|rows| !rows.contains(&false)),
        later: RedactionCounts::default(),
    };
    parts.count_events(&left);
    let entities = parts.entities(&entity_names);
    let sources = parts.sources(&sources_left);
    let head = parts.head();
    let questions = parts.questions();
    let gone = RedactedMentions::new(timeline, &left, parts.is_whole, &entities, &sources);
    let views = parts.views(&gone, day_end);
    let scenes = parts.scenes();
    let gaps = gaps(timeline, &left, &issued, |event| {
        let known = known.get(&event).map(|it| it.known(day_end.0));
        known.unwrap_or_default()
    });
    parts.later.dates = gaps.iter().map(|(_, gap)| gap.later.dates).sum();
    let redactions = Redactions {
        as_of: Some(earlier(timeline.redactions.as_of.as_ref(), day).clone()),
        later: parts.later,
        gaps,
        ..Redactions::default()
    };
    RedactionPlan {
        head,
        left,
        entities,
        sources,
        views,
        scenes,
        questions,
        keeps_words: parts.is_whole,
        found_later,
        known,
        redactions,
    }
}

/// The day that ends first.
fn earlier<'d>(before: Option<&'d EventDate>, day: &'d EventDate) -> &'d EventDate {
    before
        .filter(|it| it.end().latest < day.end().latest)
        .unwrap_or(day)
}

#[derive(Clone, Copy)]
pub(super) struct DayEnd(Instant);

impl DayEnd {
    /// Whether something was surely over by then; never without a date.
    fn is_after(self, date: Option<&EventDate>) -> bool {
        let past = Span::new(Instant::PAST, self.0);
        date.is_some_and(|date| date.within(past).is_sure())
    }

    /// Whether something cannot have begun by then.
    pub fn is_before(self, date: Option<&EventDate>) -> bool {
        date.is_some_and(|date| self.precedes(date.bounds()))
    }

    fn precedes(self, date: Bounds) -> bool {
        date.start.earliest > self.0
    }

    fn public_claims(self, timeline: &Timeline, issued: &[bool]) -> Vec<bool> {
        let is_public = |claim: &Claim| {
            let carried = claim.source.is_none_or(|source| issued[source.0 as usize]);
            carried && !claim.day_unread && self.is_after(claim.said.as_ref())
        };
        timeline.claims.iter().map(is_public).collect()
    }

    fn left(
        self,
        timeline: &Timeline,
        issued: &[bool],
        mut claims: Vec<bool>,
        known: &BTreeMap<EventId, KnownDate>,
    ) -> RemainingRows {
        let events: Vec<bool> = timeline
            .events()
            .map(|event| {
                let when = known.get(&event.id()).map(|it| it.date().bounds());
                let when = when.or_else(|| event.bounds());
                !when.is_some_and(|when| self.precedes(when))
                    && self.has_event(event, &claims, issued)
            })
            .collect();
        for (claim, left) in timeline.claims.iter().zip(&mut claims) {
            *left &= events[claim.event.0 as usize];
        }
        let lost = lost(timeline, &events, &claims);
        let (order, after) = arranged(timeline, &events, known);
        RemainingRows {
            events,
            claims,
            lost,
            order,
            after,
        }
    }

    fn has_event(self, event: Event<'_>, claims: &[bool], issued: &[bool]) -> bool {
        if event.day_unread() {
            return false;
        }
        if let Some(disclosed) = event.disclosed() {
            return self.is_after(Some(disclosed));
        }
        let listed = event.listed();
        // Claims above a ceiling still count as evidence, of an unknown day. A silent source does not carry the event.
        let speaking = || event.claims().filter(|(_, claim)| !claim.is_silent());
        let has_none = speaking().next().is_none() && listed.is_empty();
        if has_none && event.redactions().marked.is_nothing() {
            let past = Span::new(Instant::PAST, self.0);
            return event.bounds().is_some() && event.within(past).is_sure();
        }
        speaking().any(|(id, _)| claims[id.0 as usize])
            || listed.iter().any(|source| issued[source.0 as usize])
    }

    /// Events that are left but may not have been discovered by then.
    fn found_later(self, timeline: &Timeline, left: &RemainingRows) -> BTreeSet<EventId> {
        let is_later = |event: &Event<'_>| {
            let discovered = event.discovered();
            discovered.is_some() && !self.is_after(discovered) && left.has_event(event.id())
        };
        timeline.events().filter(is_later).map(Event::id).collect()
    }
}

/// The parties of shown events that only hidden claims on that aspect name.
fn lost(
    timeline: &Timeline,
    events: &[bool],
    claims: &[bool],
) -> BTreeSet<(EventId, Aspect, EntityId)> {
    let mut lost = BTreeSet::new();
    let shown = timeline
        .events()
        .filter(|event| events[event.id().0 as usize]);
    for event in shown.filter(|event| event.claims().len() > 0) {
        for (part, id) in event.all_parties() {
            let mut naming = event
                .claims()
                .filter(|(_, claim)| {
                    claim.about == part && claim.value == Some(ClaimValue::Entity(id))
                })
                .map(|(claim, _)| claims[claim.0 as usize])
                .peekable();
            if naming.peek().is_some() && !naming.any(|shown| shown) {
                lost.insert((event.id(), part, id));
            }
        }
    }
    lost
}

/// Events whose date is not their author's.
fn known_dates(timeline: &Timeline, claims: &[bool]) -> BTreeMap<EventId, KnownDate> {
    let known = |event: Event<'_>| {
        Some((
            event.id(),
            KnownDate::of(event, |id| claims[id.0 as usize])?,
        ))
    };
    timeline.events().filter_map(known).collect()
}

fn gaps(
    timeline: &Timeline,
    left: &RemainingRows,
    issued: &[bool],
    date: impl Fn(EventId) -> DateAsOf,
) -> Vec<(EventId, EventRedactions)> {
    let shown = timeline.events().filter(|event| left.has_event(event.id()));
    let gaps = shown.map(|event| {
        let unissued = |source: &&SourceId| !issued[source.0 as usize];
        let date = date(event.id());
        // A date that was replaced before was counted then.
        let is_new = event.redactions().date == DateAsOf::AsWritten;
        let later = RedactionCounts {
            dates: usize::from(is_new && date == DateAsOf::SaidThen),
            claims: event
                .claims()
                .filter(|(id, _)| !left.has_claim(*id))
                .count(),
            sources: event.sources().iter().filter(unissued).count(),
            entities: lost_of(event, left),
            ..RedactionCounts::default()
        };
        (
            event.id(),
            EventRedactions {
                later,
                date,
                ..EventRedactions::default()
            },
        )
    });
    gaps.filter(|(_, gap)| *gap != EventRedactions::default())
        .collect()
}

fn lost_of(event: Event<'_>, left: &RemainingRows) -> usize {
    let lost = |(part, id): &(Aspect, EntityId)| left.lost.contains(&(event.id(), *part, *id));
    event.all_parties().filter(lost).count()
}

/// Decides one kind of item after the other, and counts.
struct AsOfPlanner<'t> {
    timeline: &'t Timeline,
    /// Whether nothing at all is redacted.
    is_whole: bool,
    later: RedactionCounts,
}

impl AsOfPlanner<'_> {
    fn count_events(&mut self, left: &RemainingRows) {
        let gone = |rows: &[bool]| rows.iter().filter(|left| !**left).count();
        self.later.events = gone(&left.events);
        self.later.claims = gone(&left.claims);
        let shown = self
            .timeline
            .events()
            .filter(|event| left.has_event(event.id()));
        let has_words = |event: &Event<'_>| {
            let mut own_words = (FACTS.iter()).filter(|it| it.redaction == RedactionRule::OwnWords);
            own_words.any(|fact| !fact.value(*event).is_empty())
        };
        if !self.is_whole {
            self.later.prose = shown.filter(has_words).count();
        }
    }

    fn entities(&mut self, named: &NamedBy) -> Vec<Option<Entity>> {
        let each = self.timeline.entities.iter().enumerate();
        each.map(|(at, entity)| {
            if !named.by_shown[at] {
                self.later.entities += 1;
                return None;
            }
            let mut entity = entity.clone();
            let mut goes = !self.is_whole && entity.note.take().is_some();
            if named.by_redacted[at] {
                goes |= entity.attack.take().is_some();
                goes |= !std::mem::take(&mut entity.aliases).is_empty();
            }
            self.later.prose += usize::from(goes);
            Some(entity)
        })
        .collect()
    }

    fn sources(&mut self, left: &[bool]) -> Vec<Option<Source>> {
        let each = self.timeline.sources.iter().enumerate();
        each.map(|(at, source)| {
            if !left[at] {
                self.later.sources += 1;
                return None;
            }
            let mut source = source.clone();
            if !self.is_whole && source.note.take().is_some() {
                self.later.prose += 1;
            }
            Some(source)
        })
        .collect()
    }

    fn head(&mut self) -> TimelineHead {
        let mut head = self.timeline.head.clone();
        if !self.is_whole && !head.summary.is_empty() {
            self.later.prose += 1;
            head.summary.clear();
        }
        // Which event matters most is hindsight.
        head.start = head.start.filter(|_| self.is_whole);
        head
    }

    fn questions(&mut self) -> Vec<Question> {
        let left = self.all_or_nothing(&self.timeline.questions);
        self.later.questions = self.timeline.questions.len() - left.len();
        left
    }

    fn scenes(&mut self) -> Vec<Scene> {
        let left = self.all_or_nothing(&self.timeline.scenes);
        self.later.scenes = self.timeline.scenes.len() - left.len();
        left
    }

    fn all_or_nothing<T: Clone>(&self, all: &[T]) -> Vec<T> {
        if self.is_whole {
            all.to_vec()
        } else {
            Vec::new()
        }
    }

    /// A title is prose; a filter names items and days.
    fn views(&mut self, gone: &RedactedMentions, day: DayEnd) -> Vec<View> {
        let mut left = Vec::new();
        for view in &self.timeline.views {
            let mut view = view.clone();
            let is_later = !self.is_whole || gone.is_named_by(&view);
            if is_later && view.title != view.key {
                view.title.clone_from(&view.key);
                self.later.prose += 1;
            }
            if gone.is_named_by(&view) || names_later_day(&view, day) {
                self.later.views += 1;
            } else {
                left.push(view);
            }
        }
        left
    }
}

/// Whether the filter of a view names a later day.
fn names_later_day(view: &View, day: DayEnd) -> bool {
    let filter = view.filter.as_deref().unwrap_or_default();
    let quoted = filter.split('"').flat_map(|part| part.split(".."));
    let words = filter
        .split(|it: char| it.is_whitespace() || "\"(),:<>=".contains(it))
        .flat_map(|word| word.split(".."));
    let mut dates = quoted
        .chain(words)
        .filter_map(|word| EventDate::parse(word).ok());
    dates.any(|date| day.is_before(Some(&date)))
}
