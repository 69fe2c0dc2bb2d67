//! The local time of day at the place of the briefing.

use std::fmt;

const MINUTE: u32 = 60_000;
const DAY: u32 = 24 * 60 * MINUTE;

/// A time of day, as the terminal gives it: this part of the program has no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// `milliseconds`: since midnight.
    pub const fn new(milliseconds: u32) -> Self {
        Self(milliseconds % DAY)
    }

    /// When the next minute begins, in milliseconds on the clock of `now`.
    pub(in crate::app) fn next_minute(self, now: u64) -> u64 {
        now.saturating_add(u64::from(MINUTE - self.0 % MINUTE))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0 / MINUTE;
        write!(formatter, "{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_has_hours_and_minutes_and_changes_with_the_minute() {
        let time = TimeOfDay::new(((21 * 60) + 4) * MINUTE + 59_000);
        assert_eq!(time.to_string(), "21:04");
        assert_eq!(time.next_minute(500), 1500);
        assert_eq!(TimeOfDay::new(DAY).to_string(), "00:00");
    }
}
