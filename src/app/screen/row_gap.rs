//! The gap between an event and the one above it in the list.

use crate::date::{Bounds, Lag};
use crate::timeline::{Clock, Event};

/// Whether the list has a column of gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapColumn {
    Hidden,
    Shown,
}

/// The time from the event above to an event, as far as their dates allow; `None` if one has no date on the clock.
pub fn gap_between(above: Event<'_>, event: Event<'_>, clock: Clock) -> Option<Lag> {
    let is_of_one_clock = clock == Clock::Happened && above.is_of_one_clock_with(event);
    let start = |event: Event<'_>| {
        let bounds = event.bounds_on(clock)?;
        let shown = if is_of_one_clock {
            Bounds::as_shown(bounds)
        } else {
            bounds
        };
        Some(shown.start)
    };
    Some(Lag::between(start(above)?, start(event)?))
}
