//! The stamps of records: instants as ISO 8601 writes them.

use chrono::{Datelike, Timelike};
use serde_json::{Value, json};

use crate::date::{Bounds, Instant};

/// The stamp of an event: the first instant at which it can have begun, or else the last.
pub fn stamp(when: Bounds) -> Option<Instant> {
    let (start, end) = (when.start, when.end);
    let mut known = [start.earliest, start.latest, end.latest].into_iter();
    known.find(|instant| has_stamp(*instant))
}

/// Whether ISO 8601 can write an instant: it has years of four digits, and a date beyond the calendar has only an edge
/// of it for a bound.
pub(super) fn has_stamp(instant: Instant) -> bool {
    instant.is_bounded() && (0..=9999).contains(&instant.civil().year())
}

/// An instant that [has a stamp](has_stamp).
pub(super) fn moment(instant: Instant) -> String {
    let civil = instant.civil();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}+00:00",
        civil.year(),
        civil.month(),
        civil.day(),
        civil.hour(),
        civil.minute(),
        civil.second(),
        civil.nanosecond() / 1_000
    )
}

pub(super) fn bound(instant: Option<Instant>) -> Value {
    let bounded = instant.filter(|instant| has_stamp(*instant));
    bounded.map_or(Value::Null, |instant| json!(moment(instant)))
}
