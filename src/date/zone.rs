//! Time zones: where a time of day without one may lie, and what a stated zone makes of it.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDateTime, Timelike};
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::instant::{Instant, Span};

/// The clocks of the world, in minutes from UTC: from Baker Island, twelve hours behind, to Kiribati, fourteen ahead.
const BEHIND: i64 = 12 * 60;
const AHEAD: i64 = 14 * 60;

const MINUTE: i64 = 60_000_000;

/// A stated time zone: a fixed offset from UTC, or a place of the IANA time zone database, with its summer time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Minutes ahead of UTC, from -720 to 840.
    Offset(i16),
    /// Such as `Europe/London`.
    Place(TimeZone),
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self::Offset(0);

    /// How many minutes ahead of UTC the clocks of the zone are when they show a time. `name` is what the writer calls
    /// the zone then, such as `CEST`: it decides in the hour that autumn repeats.
    ///
    /// `None` if the clocks never show that time, or show it twice and the name does not decide.
    fn ahead_at(&self, local: NaiveDateTime, name: &str) -> Option<i64> {
        let place = match self {
            Self::Offset(minutes) => return Some((*minutes).into()),
            Self::Place(place) => place,
        };
        let shown = civil(local)?;
        match place.to_ambiguous_timestamp(shown).offset() {
            AmbiguousOffset::Unambiguous { offset } => minutes(offset),
            AmbiguousOffset::Fold { before, after } => {
                let is_meant = |offset: &Offset| {
                    let instant = offset.to_timestamp(shown);
                    instant.is_ok_and(|at| place.to_offset_info(at).abbreviation() == name)
                };
                minutes([before, after].into_iter().find(is_meant)?)
            }
            AmbiguousOffset::Gap { .. } => None,
        }
    }

    /// The offset as it is written behind a time: `Z`, `+02:00`. `None` where [`Zone::ahead_at`] gives none.
    pub(super) fn offset_at(&self, local: NaiveDateTime, name: &str) -> Option<String> {
        self.ahead_at(local, name).map(written)
    }
}

impl FromStr for Zone {
    type Err = ();

    /// `Z`, `UTC`, `GMT`, `+02:00`, `-0530`, `+2`, `UTC+2`, or a place such as `Europe/London`. Abbreviations such as `CET` or `IST` are refused: they mean different offsets to different people.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let offset = ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu", "Z"]
            .into_iter()
            .filter_map(|name| {
                let (head, rest) = text.split_at_checked(name.len())?;
                head.eq_ignore_ascii_case(name).then_some(rest)
            })
            .find(|rest| rest.is_empty() || rest.starts_with(['+', '-']));
        // In `Etc/GMT+2` the sign is that of POSIX: two hours behind.
        let is_posix = text.starts_with("Etc/") && text.contains(['+', '-']);
        match offset.unwrap_or(text) {
            "" if offset.is_some() => Ok(Self::UTC),
            signed if signed.starts_with(['+', '-']) && !is_posix => offset_of(signed).ok_or(()),
            _ if text.contains('/') => place(text).map(Self::Place).ok_or(()),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(minutes) => f.write_str(&written((*minutes).into())),
            Self::Place(place) => f.write_str(place.iana_name().unwrap_or_default()),
        }
    }
}

static PLACES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A zone of the database in the program: that of the machine may differ from one to the next.
fn place(name: &str) -> Option<TimeZone> {
    PLACES.get(name).ok()
}

fn civil(local: NaiveDateTime) -> Option<DateTime> {
    let (date, time) = (local.date(), local.time());
    let small = |number: u32| i8::try_from(number).ok();
    DateTime::new(
        i16::try_from(date.year()).ok()?,
        small(date.month())?,
        small(date.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
        0,
    )
    .ok()
}

/// An offset in minutes. Before standard time, clocks differed by odd seconds, which no written offset has.
fn minutes(offset: Offset) -> Option<i64> {
    let seconds = offset.seconds();
    (seconds % 60 == 0).then_some(i64::from(seconds / 60))
}

/// `+2`, `+02`, `+0200`, `+02:00`
fn offset_of(signed: &str) -> Option<Zone> {
    let digits = signed.get(1..)?;
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) if minutes.len() == 2 => (hours, minutes),
        (None, 1 | 2) => (digits, "0"),
        (None, 4) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let is_number =
        |it: &str| matches!(it.len(), 1 | 2) && it.bytes().all(|it| it.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let ahead = hours * 60 + minutes;
    let ahead = if signed.starts_with('-') {
        -ahead
    } else {
        ahead
    };
    let is_possible = minutes < 60 && (-BEHIND..=AHEAD).contains(&ahead.into());
    is_possible.then_some(Zone::Offset(ahead))
}

fn written(ahead: i64) -> String {
    if ahead == 0 {
        return "Z".to_owned();
    }
    let sign = if ahead < 0 { '-' } else { '+' };
    let (hours, minutes) = (ahead.abs() / 60, ahead.abs() % 60);
    format!("{sign}{hours:02}:{minutes:02}")
}

/// Where a time lies that some clock shows, if nothing says which: in any zone.
pub(super) fn in_any(shown: Span) -> Span {
    Span::new(
        shifted(shown.earliest, -AHEAD),
        shifted(shown.latest, BEHIND),
    )
}

/// What the clock showed, of a time that [`in_any`] gave: as if the clock showed UTC.
pub(super) fn as_shown(possible: Span) -> Span {
    Span::new(
        shifted(possible.earliest, AHEAD),
        shifted(possible.latest, -BEHIND),
    )
}

fn shifted(instant: Instant, minutes: i64) -> Instant {
    if !instant.is_bounded() {
        return instant;
    }
    Instant::from_micros(instant.micros().saturating_add(minutes * MINUTE))
}

/// The offset of a clock that showed `shown` at `known`, a time in UTC. Offsets are whole quarters of an hour, from -12:00
/// to +14:00.
///
/// `None` if no such offset makes the two one time, within [`Span::tolerance`], or if they are too vague to decide.
pub(super) fn between(shown: Span, known: Span) -> Option<Zone> {
    const QUARTER: i64 = 15 * MINUTE;
    let apart = (shown.earliest.micros()).checked_sub(known.earliest.micros())?;
    let quarters = apart.checked_add(QUARTER / 2)?.div_euclid(QUARTER);
    let rest = (apart - quarters * QUARTER).unsigned_abs();
    let tolerance = shown.tolerance(known);
    let minutes = quarters * 15;
    let is_possible = rest <= tolerance
        && tolerance < QUARTER.unsigned_abs() / 2
        && (-BEHIND..=AHEAD).contains(&minutes);
    let minutes = i16::try_from(minutes).ok().filter(|_| is_possible)?;
    Some(Zone::Offset(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        let zone: Result<Zone, ()> = text.parse();
        assert_eq!(
            zone.map(|it| it.to_string()),
            Ok(shown.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn a_zone_is_an_offset_or_a_place() {
        for text in ["Z", "z", "UTC", "utc", "GMT", "Etc/UTC", "+00:00", "UTC+0"] {
            check(text, "Z");
        }
        for text in [
            "+02:00",
            "+0200",
            "+02",
            "+2",
            "UTC+2",
            "GMT+2",
            "UTC+02:00",
        ] {
            check(text, "+02:00");
        }
        check("-03:30", "-03:30");
        check("+14:00", "+14:00");
        check("Europe/London", "Europe/London");
        check("Etc/GMT+2", "Etc/GMT+2");
    }

    #[test]
    fn an_abbreviation_with_several_offsets_is_refused() {
        for text in [
            "",
            "CET",
            "EST",
            "IST",
            "BST",
            "+15:00",
            "-13:00",
            "+2:5",
            "+1:60",
            "2",
            "+",
            "+two",
            "Europe/Berlinn",
            "UTC2",
        ] {
            assert_eq!(text.parse::<Zone>(), Err(()), "{text}");
        }
    }

    #[test]
    fn the_clocks_of_a_place_follow_its_summer_time() {
        let berlin: Zone = "Europe/Berlin".parse().expect("a place");
        let at = |text: &str, name: &str| {
            let local = text.parse().expect("a date-time");
            berlin.offset_at(local, name)
        };
        assert_eq!(at("2012-01-22T08:52:33", "").as_deref(), Some("+01:00"));
        assert_eq!(at("2012-07-22T08:52:33", "").as_deref(), Some("+02:00"));
        assert_eq!(at("2024-03-31T02:30:00", ""), None, "no clock shows it");
        assert_eq!(at("2024-10-27T02:30:00", ""), None, "clocks show it twice");
        assert_eq!(at("2024-10-27T02:30:00", "CEST").as_deref(), Some("+02:00"));
        assert_eq!(at("2024-10-27T02:30:00", "CET").as_deref(), Some("+01:00"));
        assert_eq!(at("1890-01-01T00:00:00", ""), None, "before standard time");
    }

    #[test]
    fn a_time_in_any_zone_is_found_again_as_it_was_shown() {
        let shown = Span::new(Instant::from_micros(0), Instant::from_micros(999_999));
        assert_eq!(as_shown(in_any(shown)), shown);
        assert_eq!(in_any(Span::ALWAYS), Span::ALWAYS);
    }
}
