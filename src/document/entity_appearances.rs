//! Where an entity appears: its parts in events, its own claims, and the claims that name it.

use super::words::count;
use crate::timeline::term::Aspect;
use crate::timeline::{Claim, ClaimId, ClaimValue, EntityId, Event, EventId, Timeline};

/// Where an entity appears, in the order of the timeline.
pub(super) struct EntityAppearances {
    /// The events for each party aspect.
    pub parts: [(Aspect, Vec<EventId>); 4],
    pub says: Vec<ClaimId>,
    denies: usize,
    /// Claims that record its silence.
    pub silent: Vec<ClaimId>,
    /// Claims of others that name it.
    pub named: Vec<ClaimId>,
}

impl EntityAppearances {
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

    /// All events that it is a party to, each once.
    pub fn events(&self) -> Vec<EventId> {
        self.events_in(|_| true)
    }

    /// The events in which it acts or is a target: being accused years later does not count as being seen.
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
            (self.denies, format!("{} denying or doubting", self.denies)),
            (
                self.silent.len(),
                format!("silent on {}", count(self.silent.len(), "point")),
            ),
            (
                self.named.len(),
                format!("named in {} by others", count(self.named.len(), "claim")),
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
