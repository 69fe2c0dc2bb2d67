//! References of two timelines, made comparable: ids differ between timelines, so each is that of the newer one where
//! it has a counterpart there.

use super::counterparts::Counterparts;
use super::renamed_events::EventCounterparts;
use crate::timeline::term::Tlp;
use crate::timeline::{ClaimId, EntityId, EventId, Source, SourceId, Timeline};

/// An item of either timeline: equal for counterparts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SharedId {
    /// An item of the newer timeline, which may be in the older one too.
    Newer(u32),
    /// An item without a counterpart in the newer timeline.
    OnlyOlder(u32),
}

/// One of the two timelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

/// Two timelines, and the counterparts of what events refer to.
#[derive(Debug)]
pub(super) struct ComparedNames<'t> {
    pub old: &'t Timeline,
    pub new: &'t Timeline,
    entities: Vec<Option<usize>>,
    sources: Vec<Option<usize>>,
    events: Vec<Option<usize>>,
    claims: Vec<Option<usize>>,
}

/// The counterparts of entities: by key, then by name.
pub(super) fn entities(old: &Timeline, new: &Timeline) -> Counterparts {
    let (before, after) = (items(old.entities()), items(new.entities()));
    Counterparts::none(before.len(), after.len())
        .by(|at| Some(&*before[at].key), |at| Some(&*after[at].key))
        .by(|at| Some(&*before[at].name), |at| Some(&*after[at].name))
}

/// The counterparts of sources: by key, then by title and publisher.
pub(super) fn sources(old: &Timeline, new: &Timeline) -> Counterparts {
    let (before, after) = (items(old.sources()), items(new.sources()));
    let named = |source: &&Source| Some((source.title.clone(), source.publisher.clone()));
    Counterparts::none(before.len(), after.len())
        .by(|at| Some(&*before[at].key), |at| Some(&*after[at].key))
        .by(|at| named(&before[at]), |at| named(&after[at]))
}

/// The items of a table, without their ids.
pub(super) fn items<'t, I, T: 't>(all: impl Iterator<Item = (I, &'t T)>) -> Vec<&'t T> {
    all.map(|(_, item)| item).collect()
}

impl<'t> ComparedNames<'t> {
    pub fn new(
        (old, new): (&'t Timeline, &'t Timeline),
        entities: &Counterparts,
        sources: &Counterparts,
        events: &EventCounterparts,
    ) -> Self {
        Self {
            old,
            new,
            entities: entities.of_old(old.entities().count()),
            sources: sources.of_old(old.sources().count()),
            events: events.of_old(old.len(), new.len()),
            claims: Vec::new(),
        }
    }

    /// A timeline compared with itself: everything is its own counterpart.
    pub fn of_one(timeline: &'t Timeline) -> Self {
        let all = |number: usize| (0..number).map(Some).collect();
        Self {
            old: timeline,
            new: timeline,
            entities: all(timeline.entities().count()),
            sources: all(timeline.sources().count()),
            events: all(timeline.len()),
            claims: all(timeline.claims().count()),
        }
    }

    /// Adds the counterparts of claims.
    #[must_use]
    pub fn with_claims(mut self, pairs: impl Iterator<Item = (ClaimId, ClaimId)>) -> Self {
        self.claims = vec![None; self.old.claims().count()];
        for (old, new) in pairs {
            if let Some(slot) = self.claims.get_mut(old.0 as usize) {
                *slot = Some(new.0 as usize);
            }
        }
        self
    }

    /// The timeline of a side.
    pub fn timeline(&self, side: Side) -> &'t Timeline {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The markings of both files, which apply to what has none of its own.
    pub fn markings(&self) -> [Option<Tlp>; 2] {
        [self.old.head().tlp, self.new.head().tlp]
    }

    pub fn entity(&self, side: Side, id: EntityId) -> SharedId {
        shared(side, id.0, &self.entities)
    }

    pub fn source(&self, side: Side, id: SourceId) -> SharedId {
        shared(side, id.0, &self.sources)
    }

    pub fn claim(&self, side: Side, id: ClaimId) -> SharedId {
        shared(side, id.0, &self.claims)
    }

    pub fn event(&self, side: Side, id: EventId) -> SharedId {
        shared(side, id.0, &self.events)
    }

    /// Entities, each with its name.
    pub fn entities(&self, side: Side, ids: &[EntityId]) -> Vec<(SharedId, String)> {
        let timeline = self.timeline(side);
        let each = |&id: &EntityId| (self.entity(side, id), timeline.entity(id).name.clone());
        ids.iter().map(each).collect()
    }

    /// Sources, each with its title.
    pub fn sources(&self, side: Side, ids: &[SourceId]) -> Vec<(SharedId, String)> {
        let timeline = self.timeline(side);
        let each = |&id: &SourceId| (self.source(side, id), timeline.source(id).title.clone());
        ids.iter().map(each).collect()
    }

    /// Events, each with its title.
    pub fn events(&self, side: Side, ids: &[EventId]) -> Vec<(SharedId, String)> {
        let timeline = self.timeline(side);
        let each = |&id: &EventId| (self.event(side, id), timeline.event(id).title().to_owned());
        ids.iter().map(each).collect()
    }
}

fn shared(side: Side, id: u32, newer: &[Option<usize>]) -> SharedId {
    match side {
        Side::New => SharedId::Newer(id),
        Side::Old => match newer.get(id as usize).copied().flatten() {
            Some(newer) => SharedId::Newer(u32::try_from(newer).unwrap_or(u32::MAX)),
            None => SharedId::OnlyOlder(id),
        },
    }
}
