//! The events of an axis, and their dates on its clock.

use crate::date::{Bounds, EventDate, Instant};
use crate::timeline::{Clock, Event, EventId, Timeline};

/// The events of an axis.
#[derive(Clone, Copy, Debug)]
pub struct AxisEvents<'a> {
    /// The timeline that they are in.
    pub timeline: &'a Timeline,
    /// Their ids.
    pub events: &'a [EventId],
    /// The clock of the axis.
    pub clock: Clock,
    /// Whether the time from an event to its disclosure and attribution is drawn.
    pub lag: bool,
}

impl<'a> AxisEvents<'a> {
    pub(super) fn all(&self) -> impl Iterator<Item = Event<'a>> {
        let timeline = self.timeline;
        self.events.iter().map(move |&id| timeline.event(id))
    }

    /// The events of one of `rounds` rounds. Each round is spread evenly over all events.
    pub(super) fn round(&self, round: usize, rounds: usize) -> impl Iterator<Item = Event<'a>> {
        let timeline = self.timeline;
        let events = self.events.iter().skip(round).step_by(rounds);
        events.map(move |&id| timeline.event(id))
    }

    pub(super) fn bounds(&self, event: Event<'_>) -> Option<Bounds> {
        event.bounds_on(self.clock)
    }

    pub(super) fn date(&self, event: Event<'a>) -> Option<EventDate> {
        event.on(self.clock)
    }

    /// Visits when an event was disclosed and attributed, if that is drawn.
    pub(super) fn each_point(&self, event: Event<'_>, visit: impl FnMut(Instant)) {
        if !self.lag || self.clock != Clock::Happened {
            return;
        }
        let clocks = [Clock::Disclosed, Clock::Attributed].into_iter();
        let bounds = clocks.filter_map(|clock| event.bounds_on(clock));
        bounds.map(|bounds| bounds.start.earliest).for_each(visit);
    }
}
