//! Stamps of STIX, and the times of a relationship: the only place for a date in the core of STIX.
//!
//! One law: what is written never excludes anything that the date allows.

use chrono::Datelike;

use crate::date::{EventDate, Instant};

/// The shortest time between the two ends of a relationship, in microseconds: many programs know no shorter one, and the
/// second end must be later.
const SHORTEST: i64 = 1000;

/// An instant with milliseconds, or microseconds if there are any; `None` beyond years that programs know.
pub fn stamp(instant: Instant) -> Option<String> {
    let digits = if instant.micros().rem_euclid(1000) == 0 {
        3
    } else {
        6
    };
    stamp_with(instant, digits)
}

/// Whether STIX can write an instant.
pub fn has_stamp(instant: Instant) -> bool {
    stamp(instant).is_some()
}

/// The time of an object, which has milliseconds.
pub fn object_stamp(instant: Instant) -> Option<String> {
    stamp_with(instant, 3)
}

/// An instant with a number of digits of a second; further digits are cut off.
pub fn stamp_with(instant: Instant, digits: usize) -> Option<String> {
    let civil = instant.civil();
    if !instant.is_bounded() || !(1..=9999).contains(&civil.year()) {
        return None;
    }
    let whole = civil.format("%Y-%m-%dT%H:%M:%S");
    let part = format!("{:06}", instant.micros().rem_euclid(1_000_000));
    Some(format!("{whole}.{}Z", part.get(..digits).unwrap_or(&part)))
}

/// The times of a relationship: from the first instant that a date allows to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OuterBounds {
    pub start: Option<String>,
    pub stop: Option<String>,
}

impl OuterBounds {
    pub fn of(when: &EventDate) -> Self {
        let whole = when.whole();
        let least = whole.earliest.micros().saturating_add(SHORTEST);
        Self {
            start: stamp(whole.earliest),
            stop: stamp(whole.latest.max(Instant::from_micros(least))),
        }
    }

    /// Whether it says anything.
    pub const fn is_bounded(&self) -> bool {
        self.start.is_some() || self.stop.is_some()
    }

    /// Whether it has the same times as another. Many programs cut off what is shorter than a millisecond.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| {
            let [one, other] = [one, other].map(|it| it.as_deref().map(milliseconds));
            one == other
        };
        same(&self.start, &other.start) && same(&self.stop, &other.stop)
    }
}

/// A stamp in milliseconds; `None` if it cannot be read.
fn milliseconds(stamp: &str) -> Option<i64> {
    let at = EventDate::parse(stamp).ok()?.whole().earliest;
    Some(at.micros().div_euclid(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_bounds(text: &str, start: Option<&str>, stop: Option<&str>) {
        let bounds = OuterBounds::of(&EventDate::parse(text).expect("a date"));
        assert_eq!(bounds.start.as_deref(), start, "{text}");
        assert_eq!(bounds.stop.as_deref(), stop, "{text}");
    }

    #[test]
    fn a_relationship_lasts_from_the_first_instant_to_the_last() {
        check_bounds(
            "late 2021/2022-10",
            Some("2021-07-01T00:00:00.000Z"),
            Some("2022-10-31T23:59:59.999999Z"),
        );
        check_bounds("2021/..", Some("2021-01-01T00:00:00.000Z"), None);
        check_bounds("by 2021", None, Some("2021-12-31T23:59:59.999999Z"));
        check_bounds(
            "2021-08-14T10:22:33.123456Z",
            Some("2021-08-14T10:22:33.123456Z"),
            Some("2021-08-14T10:22:33.124456Z"),
        );
        check_bounds("-0044", None, None);
    }

    #[test]
    fn what_is_shorter_than_a_millisecond_may_be_cut_off() {
        let bounds = |start: &str, stop: &str| OuterBounds {
            start: Some(start.to_owned()),
            stop: Some(stop.to_owned()),
        };
        let own = OuterBounds::of(&EventDate::parse("2021").expect("a date"));
        assert!(own.is_same(&bounds("2021-01-01T00:00:00Z", "2021-12-31T23:59:59.999Z")));
        assert!(!own.is_same(&bounds("2021-01-01T00:00:00Z", "2021-12-31T23:59:59.998Z")));
        assert!(!own.is_same(&OuterBounds::default()));
    }
}
