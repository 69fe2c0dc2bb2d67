//! Events on one line of time: where something about a subject surely went on, and where it only may have.
//!
//! A strip knows spans and not how many columns stand for them.

use super::role::{Family, Role};
use crate::date::{Bounds, Instant, Span};
use crate::timeline::{Event, EventId, Timeline};

/// Events on one line of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The time that the timeline spans; bounded.
    pub whole: Span,
    /// The events that are dated, in the order of the timeline.
    pub bands: Vec<Band>,
}

/// One event on a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// What its date allows; of one or all of several, the hull of them.
    pub bounds: Bounds,
    /// Whether it is stated to the day: only then may it be drawn as a point.
    pub is_exact: bool,
    /// What it means: that of its phase.
    pub role: Role,
}

impl Strip {
    /// Some events on the time of a timeline; none if none of them is dated.
    pub fn of(timeline: &Timeline, events: &[EventId]) -> Option<Self> {
        let bands: Vec<Band> = events
            .iter()
            .filter_map(|&id| band(timeline.event(id)))
            .collect();
        let ends = || {
            timeline
                .events()
                .filter_map(Event::bounds)
                .flat_map(bounded_ends)
        };
        let whole = Span::new(ends().min()?, ends().max()?);
        (!bands.is_empty()).then_some(Self { whole, bands })
    }
}

fn band(event: Event<'_>) -> Option<Band> {
    Some(Band {
        bounds: event.bounds()?,
        is_exact: event.when().is_some_and(|when| when.is_stated_to_the_day()),
        role: Family::of(event.phase()).into(),
    })
}

fn bounded_ends(when: Bounds) -> impl Iterator<Item = Instant> + use<> {
    let Bounds { start, end, .. } = when;
    let all = [start.earliest, start.latest, end.earliest, end.latest];
    all.into_iter().filter(|instant| instant.is_bounded())
}
