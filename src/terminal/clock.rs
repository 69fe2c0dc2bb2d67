//! The clock of a briefing: all processes of this machine share it, and it cannot be set.
//!
//! It counts from the start of the machine and goes on while the machine sleeps, as the briefing does.

#![allow(
    clippy::disallowed_methods,
    reason = "the clock of a briefing is read here and nowhere else"
)]

use crate::app::state::time_of_day::TimeOfDay;

/// The time since the machine was started, in milliseconds.
#[cfg(unix)]
pub(super) fn milliseconds() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    // On Linux the monotonic clock stops while the machine sleeps; elsewhere it goes on.
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let now = clock_gettime(clock);
    let seconds = u64::try_from(now.tv_sec).unwrap_or_default();
    let milliseconds = u64::try_from(now.tv_nsec / 1_000_000).unwrap_or_default();
    seconds.saturating_mul(1000).saturating_add(milliseconds)
}

/// The time since 1970, in milliseconds: on this system the library has no other clock that processes share.
#[cfg(not(unix))]
pub(super) fn milliseconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |time| {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    })
}

/// The local time of day, by the system's time zone.
pub(super) fn time_of_day() -> TimeOfDay {
    let time = jiff::ZonedDateTime::now().time();
    let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(i32::from);
    let milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + i32::from(time.millisecond());
    TimeOfDay::new(u32::try_from(milliseconds).unwrap_or_default())
}

/// A name for the time since the machine was started, where the system has one: times of two starts cannot be compared.
pub(super) fn boot() -> Option<&'static str> {
    use std::sync::OnceLock;
    static BOOT: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some(name.trim().to_owned())
    };
    BOOT.get_or_init(read).as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wall clock can be set: a briefing that ran for a minute would have run for an hour.
    #[test]
    #[cfg(target_os = "linux")]
    fn it_counts_from_the_start_of_the_machine() {
        let uptime = std::fs::read_to_string("/proc/uptime").expect("Linux has it");
        let seconds = uptime.split('.').next().expect("it is a decimal");
        let seconds: u64 = seconds.parse().expect("it counts seconds");
        let now = milliseconds() / 1000;
        assert!(now.abs_diff(seconds) < 60, "{now} {seconds}");
        assert!(boot().is_some_and(|name| !name.is_empty()));
    }
}
