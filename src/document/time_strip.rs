//! Events on one line of time: when something about a subject surely went on, and when it may have.
//!
//! A strip has spans; it does not know how many columns show them.

use super::role::{PhaseFamily, Role};
use crate::date::{Bounds, Instant, Span};
use crate::timeline::{Event, EventId, Timeline};

/// Events on one line of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStrip {
    /// The bounded span of the timeline.
    pub whole: Span,
    /// The dated events, in the order of the timeline.
    pub bands: Vec<StripBand>,
}

/// One event on a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripBand {
    /// The bounds of its date; for one or all of several dates, their hull.
    pub bounds: Bounds,
    /// Whether the date is stated to the day: only then may it be drawn as a point.
    pub is_exact: bool,
    /// The role of its phase.
    pub role: Role,
}

impl TimeStrip {
    /// Some events over the span of a timeline; `None` if none of them is dated.
    pub fn of(timeline: &Timeline, events: &[EventId]) -> Option<Self> {
        let bands: Vec<StripBand> = events
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

fn band(event: Event<'_>) -> Option<StripBand> {
    Some(StripBand {
        bounds: event.bounds()?,
        is_exact: event.when().is_some_and(|when| when.is_stated_to_the_day()),
        role: PhaseFamily::of(event.phase()).into(),
    })
}

fn bounded_ends(when: Bounds) -> impl Iterator<Item = Instant> + use<> {
    let Bounds { start, end, .. } = when;
    let all = [start.earliest, start.latest, end.earliest, end.latest];
    all.into_iter().filter(|instant| instant.is_bounded())
}
