//! Builds the redacted timeline: copies rows, assigns new numbers, and computes again what was computed.

use std::sync::Arc;

use super::super::clock::attributed_by_claims;
use super::super::column::{TermId, Vocabulary, unique};
use super::super::data::Timeline;
use super::super::entity::EntityId;
use super::super::event::Event;
use super::super::facts::{EventVocabularies, FACTS, FactColumn, FactId, RedactionRule};
use super::super::link::{EventId, EventLink};
use super::super::redactions::{DateAsOf, EventRedactions, Redactions};
use super::super::sequence::neighbours;
use super::super::source::{Claim, ClaimId, ClaimValue, Source, SourceId};
use super::super::story::{Question, Scene};
use super::super::term::Aspect;
use super::plan::RedactionPlan;
use super::remaining_keys::RemainingKeys;
use super::remaining_marks::remaining_marks;
use crate::date::EventDate;
use crate::diagnostic::TextPlace;

/// The timeline that a plan leaves.
pub(super) fn project(whole: &Timeline, mut plan: RedactionPlan) -> Timeline {
    let numbers = NewNumbers::new(whole, &plan);
    let mut head = std::mem::take(&mut plan.head);
    head.start = head.start.and_then(|event| numbers.event(event));
    let mut timeline = Timeline {
        head,
        views: std::mem::take(&mut plan.views),
        has_open_names: whole.has_open_names,
        entities: std::mem::take(&mut plan.entities)
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .into(),
        ..Timeline::default()
    };
    timeline.sources = sources(&mut plan, &numbers).into();
    timeline.scenes = plan
        .scenes
        .iter()
        .map(|scene| numbers.scene(scene))
        .collect();
    timeline.questions = plan
        .questions
        .iter()
        .map(|it| numbers.question(it))
        .collect();
    let number = |event| Some(numbers.event(event)?.0);
    timeline.marks = Arc::new(remaining_marks(whole, &mut plan, number));
    timeline.redactions = redactions(whole, &mut plan, &numbers);
    let mut projection = TimelineProjection {
        terms: FACTS
            .iter()
            .map(|fact| match fact.column {
                FactColumn::Word(_, words) | FactColumn::Words(_, words) => {
                    UsedTerms::new((words.get)(&whole.vocabularies))
                }
                _ => UsedTerms::default(),
            })
            .collect(),
        attribute_names: UsedTerms::new(&whole.attribute_names),
        whole,
        plan: &plan,
        numbers: &numbers,
        claims: vec![None; whole.claims.len()],
        timeline,
    };
    projection.order_lanes();
    projection.name_events();
    for event in plan.left.kept(whole) {
        projection.add_event(event);
    }
    projection.finish()
}

/// The new numbers of remaining records, by the old ones.
struct NewNumbers {
    events: Vec<Option<u32>>,
    entities: Vec<Option<u32>>,
    sources: Vec<Option<u32>>,
}

impl NewNumbers {
    fn new(whole: &Timeline, plan: &RedactionPlan) -> Self {
        let mut events = vec![None; plan.left.events.len()];
        for (row, event) in (0..).zip(plan.left.kept(whole)) {
            events[event.id().0 as usize] = Some(row);
        }
        Self {
            events,
            entities: numbered(plan.entities.iter().map(Option::is_some)),
            sources: numbered(plan.sources.iter().map(Option::is_some)),
        }
    }

    fn event(&self, old: EventId) -> Option<EventId> {
        self.events[old.0 as usize].map(EventId)
    }

    fn entity(&self, old: EntityId) -> Option<EntityId> {
        self.entities[old.0 as usize].map(EntityId)
    }

    fn source(&self, old: SourceId) -> Option<SourceId> {
        self.sources[old.0 as usize].map(SourceId)
    }

    fn scene(&self, scene: &Scene) -> Scene {
        Scene {
            select: scene.select.and_then(|event| self.event(event)),
            ..scene.clone()
        }
    }

    fn question(&self, question: &Question) -> Question {
        Question {
            events: question
                .events
                .iter()
                .filter_map(|it| self.event(*it))
                .collect(),
            ..question.clone()
        }
    }
}

fn numbered(left: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut next = 0;
    let number = |left: bool| {
        let number = left.then_some(next);
        next += u32::from(left);
        number
    };
    left.map(number).collect()
}

fn sources(plan: &mut RedactionPlan, numbers: &NewNumbers) -> Vec<Source> {
    let left = std::mem::take(&mut plan.sources).into_iter().flatten();
    left.map(|mut source| {
        let origins = source.derives_from.iter();
        source.derives_from = origins.filter_map(|it| numbers.source(*it)).collect();
        source
    })
    .collect()
}

/// The redactions of this plan, added to those before.
fn redactions(whole: &Timeline, plan: &mut RedactionPlan, numbers: &NewNumbers) -> Redactions {
    let (before, now) = (&whole.redactions, std::mem::take(&mut plan.redactions));
    let mut gaps: Vec<(EventId, EventRedactions)> = before.gaps.clone();
    gaps.extend(now.gaps);
    gaps.retain_mut(|(event, _)| {
        numbers
            .event(*event)
            .map(|number| *event = number)
            .is_some()
    });
    gaps.sort_by_key(|(event, _)| *event);
    gaps.dedup_by(|(next, more), (event, gap)| {
        let is_same = next == event;
        if is_same {
            gap.later = gap.later.and(more.later);
            gap.marked = gap.marked.and(more.marked);
            if more.date != DateAsOf::AsWritten {
                gap.date = more.date;
            }
        }
        is_same
    });
    let mut written = before.written.clone();
    for (&event, known) in &plan.known {
        written.insert(event, known.written.clone());
    }
    let written = written.into_iter();
    let mut repeating = before.repeating.clone();
    for (id, source) in whole.sources() {
        if source
            .derives_from
            .iter()
            .any(|it| numbers.source(*it).is_none())
        {
            repeating.insert(id);
        }
    }
    Redactions {
        repeating: repeating
            .into_iter()
            .filter_map(|it| numbers.source(it))
            .collect(),
        written: written
            .filter_map(|(event, date)| Some((numbers.event(event)?, date)))
            .collect(),
        as_of: now.as_of.or_else(|| before.as_of.clone()),
        ceiling: now.ceiling.or(before.ceiling),
        later: before.later.and(now.later),
        marked: before.marked.and(now.marked),
        gaps,
    }
}

/// A vocabulary of the words that are still used, in order of first use.
#[derive(Default)]
struct UsedTerms {
    left: Vocabulary,
    numbers: Vec<Option<TermId>>,
}

impl UsedTerms {
    fn new(whole: &Vocabulary) -> Self {
        Self {
            left: Vocabulary::default(),
            numbers: vec![None; whole.len()],
        }
    }

    fn carry(&mut self, old: TermId, whole: &Vocabulary) -> TermId {
        let number = &mut self.numbers[old.0 as usize];
        *number.get_or_insert_with(|| self.left.intern(whole.word(old)))
    }
}

struct TimelineProjection<'p> {
    whole: &'p Timeline,
    plan: &'p RedactionPlan,
    numbers: &'p NewNumbers,
    /// The new numbers of remaining claims, by the old ones.
    claims: Vec<Option<ClaimId>>,
    timeline: Timeline,
    /// The words of each fact, by its index.
    terms: Vec<UsedTerms>,
    attribute_names: UsedTerms,
}

impl TimelineProjection<'_> {
    /// Declares lanes in the order in which the remaining file names them.
    fn order_lanes(&mut self) {
        let mut first: Vec<Option<(TextPlace, usize)>> =
            vec![None; self.whole.vocabularies.lanes.len()];
        for event in self.plan.left.kept(self.whole) {
            for (index, lane) in event.lanes().iter().enumerate() {
                let named = (event.place(), index);
                let known = &mut first[lane.0 as usize];
                *known = Some(known.map_or(named, |known| known.min(named)));
            }
        }
        let mut used: Vec<_> = self
            .whole
            .vocabularies
            .lanes
            .iter()
            .filter_map(|(id, _)| Some((first[id.0 as usize]?, id)))
            .collect();
        used.sort_unstable();
        for (_, lane) in used {
            self.terms[FactId::LANES.index()].carry(lane, &self.whole.vocabularies.lanes);
        }
    }

    fn name_events(&mut self) {
        let names = RemainingKeys::new(self.whole, &self.plan.left);
        self.timeline.events.keys = names.keys;
        self.timeline.events.wanted_keys = names.wanted;
    }

    fn add_event(&mut self, event: Event<'_>) {
        let id = self.numbers.event(event.id()).expect("it is left");
        let claims = self.add_claims(id, event);
        let first = self.timeline.claims.len() - claims.len();
        let said = &self.timeline.claims[first..];
        let listed: Vec<SourceId> = event
            .listed()
            .iter()
            .filter_map(|it| self.numbers.source(*it))
            .collect();
        let sources = said.iter().filter_map(Claim::carried_in);
        let sources = unique(sources.chain(listed.iter().copied()));
        let actors = self.parties(event, Aspect::Actor);
        let attributed = attributed_by_claims(said, &actors).cloned();
        let links = event.links().iter().filter_map(|link| self.link(*link));
        let mut links: Vec<EventLink> = links.collect();
        // The author's order, then that of the events from which links lead here: as of a day it may be another.
        links.sort_by_key(|link| link.reversed.then_some(link.to));
        // Rows of logs make no claims, so there is nothing to judge.
        let judged = event.is_assessed().then(|| self.when(event));
        let columns = &mut self.timeline.events;
        if let Some(when) = judged {
            columns.judge(id, &self.timeline.claims[first..], when.as_ref());
        }
        if let Some(date) = attributed {
            columns.attributed.push(id.0, date);
        }
        columns.titles.push(event.title());
        columns.sources.push(sources);
        columns.listed.push(listed);
        columns.links.push(links);
        columns.claims.push(claims);
        columns.places.push(event.place());
        if event.day_unread() {
            columns.day_unread.insert(id);
        }
        self.add_facts(id, event);
        self.add_attributes(event);
    }

    /// Adds the facts that are not computed again, each by its rule.
    fn add_facts(&mut self, id: EventId, event: Event<'_>) {
        let row = event.id().0 as usize;
        let Timeline {
            events: old,
            vocabularies,
            ..
        } = self.whole;
        for (fact, terms) in FACTS.iter().zip(&mut self.terms) {
            let stays = match fact.redaction {
                RedactionRule::Kept | RedactionRule::Named => true,
                RedactionRule::OwnWords => self.plan.keeps_words,
                RedactionRule::Discovery => !self.plan.found_later.contains(&event.id()),
                RedactionRule::Recomputed => continue,
            };
            let columns = &mut self.timeline.events;
            match fact.column {
                FactColumn::Text(texts) => {
                    let text = fact.value(event).text().filter(|_| stays);
                    (texts.get_mut)(columns).push(text.unwrap_or_default());
                }
                FactColumn::When => match self.plan.known.get(&event.id()) {
                    Some(known) => columns.when.push(Some(known.date())),
                    None => columns.when.push_from(&old.when, row, event.written()),
                },
                FactColumn::Date(_, dates) => {
                    if let Some(date) = (dates.get)(old).get(row).filter(|_| stays) {
                        (dates.get_mut)(columns).push(id.0, date.clone());
                    }
                }
                FactColumn::Word(words, known) => {
                    let term = (words.get)(old).get(row).flatten().filter(|_| stays);
                    let term = term.map(|term| terms.carry(term, (known.get)(vocabularies)));
                    (words.get_mut)(columns).push(term);
                }
                FactColumn::Words(words, known) => {
                    let listed = if stays {
                        (words.get)(old).get(row)
                    } else {
                        &[]
                    };
                    let known = (known.get)(vocabularies);
                    let left: Vec<TermId> = listed
                        .iter()
                        .map(|&term| terms.carry(term, known))
                        .collect();
                    (words.get_mut)(columns).push(left);
                }
                FactColumn::Parties(part) => {
                    let left = self.plan.left.parties(event, part);
                    let left = left.filter_map(|it| self.numbers.entity(it));
                    columns.parties_mut(part).expect("it is a part").push(left);
                }
                // These are computed again.
                FactColumn::After | FactColumn::Before | FactColumn::Sources => {}
                FactColumn::Marking => columns.tlp.push(event.tlp()),
            }
        }
    }

    fn add_attributes(&mut self, event: Event<'_>) {
        let Timeline {
            events: old,
            attribute_names: known,
            ..
        } = self.whole;
        if old.attributes.is_empty() && old.paged.is_empty() {
            return;
        }
        let left = &mut self.timeline.events.attributes;
        if self.plan.keeps_words && old.paged.has(event.id()) {
            for (name, value) in event.attributes() {
                left.add(self.attribute_names.left.intern(name), value);
            }
        } else if self.plan.keeps_words {
            for (name, value) in old.attributes.get(event.id().0 as usize) {
                left.add(self.attribute_names.carry(name, known), value);
            }
        }
        left.end_row();
    }

    /// The date, as far as it was known.
    fn when(&self, event: Event<'_>) -> Option<EventDate> {
        let known = self.plan.known.get(&event.id());
        known.map_or_else(|| event.when(), |it| Some(it.date().clone()))
    }

    fn parties(&self, event: Event<'_>, part: Aspect) -> Vec<EntityId> {
        let left = self.plan.left.parties(event, part);
        left.filter_map(|id| self.numbers.entity(id)).collect()
    }

    fn link(&self, link: EventLink) -> Option<EventLink> {
        let to = self.numbers.event(link.to)?;
        Some(EventLink { to, ..link })
    }

    /// Adds the remaining claims of an event in order. A claim that lost its day moves to the end.
    fn add_claims(&mut self, event: EventId, old: Event<'_>) -> Vec<ClaimId> {
        let kept = old.claims().filter(|(id, _)| self.plan.left.has_claim(*id));
        let mut claims: Vec<(ClaimId, Claim)> = kept
            .map(|(id, claim)| (id, self.claim(event, claim)))
            .collect();
        claims.sort_by_key(|(_, claim)| claim.order_key());
        let first =
            u32::try_from(self.timeline.claims.len()).expect("there are not more than before");
        let ids: Vec<ClaimId> = (first..).map(ClaimId).take(claims.len()).collect();
        for ((old, claim), &id) in claims.into_iter().zip(&ids) {
            self.claims[old.0 as usize] = Some(id);
            self.timeline.claim_columns.push(&claim);
            self.timeline.claims.push(claim);
        }
        ids
    }

    fn claim(&self, event: EventId, claim: &Claim) -> Claim {
        let source = claim.source.and_then(|id| self.numbers.source(id));
        let mut left = Claim {
            event,
            by: claim.by.and_then(|id| self.numbers.entity(id)),
            source,
            value: claim.value.as_ref().and_then(|value| self.value(value)),
            ..claim.clone()
        };
        let is_placeholder = |id: SourceId| self.timeline.source(id).is_placeholder;
        if left.is_dated_by_source && source.is_none_or(is_placeholder) {
            left.said = None;
            left.is_dated_by_source = false;
        }
        left
    }

    /// Links answers and the claims that they answer, if both remain.
    fn tie_answers(&mut self) {
        let timeline = &mut self.timeline;
        for claim in &mut *timeline.claims {
            for ids in [&mut claim.answers, &mut claim.answered_by] {
                *ids = ids
                    .iter()
                    .filter_map(|id| self.claims[id.0 as usize])
                    .collect();
            }
            // A claim that lost its day has moved among the others.
            claim.answered_by.sort_unstable();
        }
    }

    fn value(&self, value: &ClaimValue) -> Option<ClaimValue> {
        match value {
            ClaimValue::Entity(id) => self.numbers.entity(*id).map(ClaimValue::Entity),
            other => Some(other.clone()),
        }
    }

    fn finish(mut self) -> Timeline {
        self.tie_answers();
        let after = self.plan.left.after.iter();
        let after = after.filter_map(|(event, earlier)| {
            Some((self.numbers.event(*event)?, self.numbers.event(*earlier)?))
        });
        self.timeline.events.neighbours = neighbours(after, |id| id.0);
        self.timeline.events.attribute_by_links();
        self.timeline.events.shrink();
        self.timeline.compute_effective_marking();
        let mut vocabularies = EventVocabularies::default();
        for (fact, terms) in FACTS.iter().zip(self.terms) {
            if let FactColumn::Word(_, words) | FactColumn::Words(_, words) = fact.column {
                *(words.get_mut)(&mut vocabularies) = terms.left;
            }
        }
        Timeline {
            vocabularies: vocabularies.into(),
            attribute_names: self.attribute_names.left,
            ..self.timeline
        }
    }
}
