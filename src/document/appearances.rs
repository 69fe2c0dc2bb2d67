//! Where an entity appears: its parts in events, the claims that it makes, and those that name it.

use super::words::count;
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimId, ClaimValue, EntityId, Event, EventId, Timeline};

/// Where an entity appears, each in the order of the timeline.
pub(super) struct Appearances {
    /// The events in which it takes each part.
    pub parts: [(Aspect, Vec<EventId>); 4],
    pub says: Vec<ClaimId>,
    denies: usize,
    /// Claims that note its silence.
    pub silent: Vec<ClaimId>,
    /// In claims of others.
    pub named: Vec<ClaimId>,
}

impl Appearances {
    pub fn of(timeline: &Timeline, id: EntityId) -> Self {
        let events = |takes_part: &dyn Fn(Event<'_>) -> bool| -> Vec<EventId> {
            timeline
                .events()
                .filter(|&event| takes_part(event))
                .map(Event::id)
                .collect()
        };
        let claims = |is_one: &dyn Fn(&Claim) -> bool| -> Vec<ClaimId> {
            timeline
                .claims()
                .filter(|(_, claim)| is_one(claim))
                .map(|(id, _)| id)
                .collect()
        };
        let says = claims(&|claim| claim.by == Some(id) && !claim.is_silent());
        let objects = |&&claim: &&ClaimId| timeline.claim(claim).stance.objects();
        let takes = |part| events(&|event| event.parties(part).contains(&id));
        Self {
            parts: Aspect::PARTIES.map(|part| (part, takes(part))),
            silent: claims(&|claim| claim.by == Some(id) && claim.is_silent()),
            denies: says.iter().filter(objects).count(),
            says,
            named: claims(&|claim| {
                claim.value == Some(ClaimValue::Entity(id)) && claim.by != Some(id)
            }),
        }
    }

    /// Those in which it takes a part, each once.
    pub fn events(&self) -> Vec<EventId> {
        self.events_in(|_| true)
    }

    /// Those in which it acts or is acted upon: to be accused of something years later is not to be seen then.
    pub fn seen(&self) -> Vec<EventId> {
        self.events_in(|part| matches!(part, Aspect::Actor | Aspect::Target))
    }

    fn events_in(&self, is_part: impl Fn(Aspect) -> bool) -> Vec<EventId> {
        let parts = self.parts.iter().filter(|(part, _)| is_part(*part));
        let mut events: Vec<EventId> = parts.flat_map(|(_, events)| events).copied().collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    pub fn in_words(&self) -> String {
        let taken = self.parts.iter().map(|(part, events)| {
            let events = events.len();
            let words = format!("{} {}", part_in_words(*part), count(events, "event"));
            (events, words)
        });
        let claims = [
            (
                self.says.len(),
                format!("makes {}", count(self.says.len(), "claim")),
            ),
            (self.denies, objections(self.denies)),
            (
                self.silent.len(),
                format!("silent on {}", count(self.silent.len(), "point")),
            ),
            (
                self.named.len(),
                format!("named in {} of others", count(self.named.len(), "claim")),
            ),
        ];
        let parts: Vec<String> = taken
            .chain(claims)
            .filter(|(count, _)| *count > 0)
            .map(|(_, words)| words)
            .collect();
        if parts.is_empty() {
            "none".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

const fn part_in_words(part: Aspect) -> &'static str {
    match part {
        Aspect::Target => "target in",
        Aspect::Accused => "accused in",
        Aspect::Addressee => "addressed in",
        _ => "actor in",
    }
}

/// Of the claims that it makes.
fn objections(count: usize) -> String {
    match count {
        1 => "of which 1 denies or doubts".to_owned(),
        many => format!("of which {many} deny or doubt"),
    }
}
