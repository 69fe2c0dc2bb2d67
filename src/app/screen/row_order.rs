//! Whether the order of two rows of the list is established, or is only how the list sorts them.
//!
//! The list is in the order of the earliest day that each date allows: the rows of "late 2021" and of 19 July 2021 may
//! have happened in either order. The middle of a date would be no better reason, and would put an event behind others
//! that it may have begun long before.

use crate::date::{EventDate, Truth};
use crate::timeline::{Clock, Event};

/// Whether the row above surely began before this one; if not, their order is only that of the list.
pub fn is_order_established(above: Event<'_>, event: Event<'_>, clock: Clock) -> bool {
    if clock == Clock::Happened && above.is_of_one_clock_with(event) {
        return above.surely_began_before(event) || above.bounds() == event.bounds();
    }
    if clock == Clock::Happened && event.is_said_to_follow(above) {
        return true;
    }
    match (above.on(clock), event.on(clock)) {
        (Some(above), Some(when)) => {
            above.starts_before(&when) == Truth::Yes || is_same_day(&above, &when)
        }
        _ => true,
    }
}

/// Two dates of the same day show that already; a mark would say it twice. Two instants within one microsecond are an
/// exception: their digits say which is first, but the list does not sort by them.
fn is_same_day(left: &EventDate, right: &EventDate) -> bool {
    let is_as_shown = left.written() == right.written() || !left.is_inside_a_microsecond();
    left.order_key() == right.order_key() && is_as_shown
}
