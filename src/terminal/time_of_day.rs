//! The time of day, for the version of a file that stays on screen while its newest one has errors.

#![allow(
    clippy::disallowed_methods,
    reason = "the time of day is read here and nowhere else"
)]

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The local time in hours and minutes; `None` if the zone of the machine is unknown.
pub(super) fn now() -> Option<String> {
    let now = zone()?.to_datetime(Timestamp::now());
    Some(format!("{:02}:{:02}", now.hour(), now.minute()))
}

/// The zone that `TZ` names (POSIX, "Environment Variables"), otherwise that of the machine.
fn zone() -> Option<TimeZone> {
    let named = std::env::var("TZ").unwrap_or_default();
    let named = named.trim_start_matches(':');
    match named {
        "" => from_file("/etc/localtime"),
        path if path.starts_with('/') => from_file(path),
        name => TimeZone::get(name).or_else(|_| TimeZone::posix(name)).ok(),
    }
}

/// A zone in the format of tzfile(5).
fn from_file(path: &str) -> Option<TimeZone> {
    let bytes = std::fs::read(path).ok()?;
    TimeZone::tzif("local", &bytes).ok()
}
