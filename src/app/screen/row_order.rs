//! Whether the order of two rows of the list is established, or only that of the list.
//!
//! The list is in the order of the earliest day that each date allows: the rows of "late 2021" and of 19 July 2021 may
//! have happened in either order. The middle of a date would be no better reason, and would put an event behind others
//! that it may have begun long before.

use crate::date::{EventDate, Truth};
use crate::timeline::{Clock, Event};

/// The row above surely began before this one; if not, their order is only the order of the list.
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

/// Two events of one day are shown as such by their dates; a mark would say it twice. Two instants inside one
/// microsecond are not: their digits say which is the first, and the list does not go by them.
fn is_same_day(left: &EventDate, right: &EventDate) -> bool {
    let is_as_shown = left.written() == right.written() || !left.is_inside_a_microsecond();
    left.order_key() == right.order_key() && is_as_shown
}
