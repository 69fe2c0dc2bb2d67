//! The time between two imprecise dates: a range, never a number that the dates do not allow.

use chrono::{Datelike, NaiveDateTime};

use super::{EventDate, Instant, Span};

/// The time from the start of one event to the start of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The start of the first, at the earliest and at the latest.
    pub(super) from: (Instant, Instant),
    /// The start of the second, at the earliest and at the latest.
    pub(super) to: (Instant, Instant),
}

pub(super) const DAY: i64 = 86_400_000_000;

/// Up to this many days a lag is given in days, above in years and months.
const IN_DAYS: i64 = 62;

impl EventDate {
    /// The time from the start of this event to the start of another.
    pub fn lag_to(&self, other: &Self) -> Lag {
        Lag::between(self.start(), other.start())
    }
}

impl Lag {
    /// From one start to another.
    pub fn between(from: Span, to: Span) -> Self {
        Self {
            from: (from.earliest, from.latest),
            to: (to.earliest, to.latest),
        }
    }

    /// The shortest and the longest time that the dates allow, in microseconds; none where one of them is
    /// not bounded on that side.
    pub(super) fn bounds(self) -> (Option<i64>, Option<i64>) {
        let between = |from: Instant, to: Instant| {
            let bounded = from.is_bounded() && to.is_bounded();
            bounded.then(|| to.micros().saturating_sub(from.micros()))
        };
        (
            between(self.from.1, self.to.0),
            between(self.from.0, self.to.1),
        )
    }

    /// How much later the second event began: both ends rounded outwards, to days if the lag is short and to months if it
    /// is long.
    pub fn later(self) -> String {
        self.words("later", "before it")
    }

    /// The same lag as [`Self::later`], from the second event: how much earlier the first began.
    pub fn earlier(self) -> String {
        self.words("earlier", "after it")
    }

    fn words(self, later: &str, reversed: &str) -> String {
        match self.bounds() {
            (_, Some(most)) if most < 0 => reversed.to_owned(),
            (Some(least), None) if least >= DAY => {
                format!("at least {} {later}", self.least().words())
            }
            (Some(0..), None) => format!("an unknown time {later}"),
            (_, None) => format!("an unknown time {later}, if {later} at all"),
            (_, Some(_)) if self.is_one_day() => "on the same day".to_owned(),
            (None | Some(..0), Some(_)) => {
                let most = self.most().words();
                format!("at most {most} {later}, if {later} at all")
            }
            (Some(_), Some(most)) if most < DAY => format!("less than a day {later}"),
            (Some(_), Some(_)) => {
                let (least, most) = (self.least(), self.most());
                let range = if least == most {
                    most.words()
                } else if least.is_nothing() {
                    format!("at most {}", most.words())
                } else {
                    least.to(most)
                };
                format!("{range} {later}")
            }
        }
    }

    /// Whether both starts surely lie in one day.
    pub(super) fn is_one_day(self) -> bool {
        let all = [self.from.0, self.from.1, self.to.0, self.to.1];
        let days = all.map(|instant| instant.micros().div_euclid(DAY));
        days.iter().all(|day| *day == days[0])
    }

    /// Whether both dates are days, or longer, without a time: then the steps of the calendar are counted.
    pub(super) fn is_of_days(self) -> bool {
        let begins = |from: Instant| from.micros().rem_euclid(DAY) == 0;
        let ends = |to: Instant| (to.micros() + 1).rem_euclid(DAY) == 0;
        [self.from, self.to]
            .iter()
            .all(|&(earliest, latest)| begins(earliest) && ends(latest))
    }

    fn is_short(self) -> bool {
        self.bounds().1.is_some_and(|most| most <= IN_DAYS * DAY)
    }

    pub(super) fn least(self) -> LagLength {
        let (from, to) = (self.from.1, self.to.0);
        if self.is_short() {
            return LagLength::Days(
                to.micros().saturating_sub(from.micros()).max(0) / DAY
                    + i64::from(is_midnight_after(from, to)),
            );
        }
        LagLength::Months(whole_months(from.civil(), to.civil()))
    }

    pub(super) fn most(self) -> LagLength {
        let (from, to) = (self.from.0, self.to.1);
        if self.is_short() {
            let time = to.micros().saturating_sub(from.micros());
            let begun = i64::from(!self.is_of_days() && time % DAY > 0);
            return LagLength::Days((time / DAY + begun).max(1));
        }
        let (from, to) = (from.civil(), to.civil());
        let whole = whole_months(from, to);
        let exact = from.checked_add_months(chrono::Months::new(whole)) == Some(to);
        LagLength::Months(whole + u32::from(!exact))
    }
}

/// A length of time in whole units.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LagLength {
    Days(i64),
    Months(u32),
}

impl LagLength {
    const fn is_nothing(self) -> bool {
        matches!(self, Self::Days(0) | Self::Months(0))
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::Days(days) => unit(days, "day"),
            Self::Months(months) => match (months / 12, months % 12) {
                (0, rest) => unit(rest.into(), "month"),
                (years, 0) => unit(years.into(), "year"),
                (years, rest) => {
                    format!(
                        "{} {}",
                        unit(years.into(), "year"),
                        unit(rest.into(), "month")
                    )
                }
            },
        }
    }

    /// A range. The unit is named once if both ends have only that: `5 to 7 months`.
    pub(super) fn to(self, most: Self) -> String {
        let least = match (self, most) {
            (Self::Days(least), Self::Days(_)) => least.to_string(),
            (Self::Months(least), Self::Months(most)) if most < 12 => least.to_string(),
            (Self::Months(least), Self::Months(most)) if least % 12 == 0 && most % 12 == 0 => {
                (least / 12).to_string()
            }
            _ => self.words(),
        };
        format!("{least} to {}", most.words())
    }
}

fn unit(count: i64, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// A date without a time ends a moment before midnight: from that moment to a midnight is a whole step of
/// the calendar, one day for two days that follow one another.
fn is_midnight_after(from: Instant, to: Instant) -> bool {
    (from.micros() + 1).rem_euclid(DAY) == 0 && to.micros().rem_euclid(DAY) == 0
}

/// The whole months between two times.
fn whole_months(from: NaiveDateTime, to: NaiveDateTime) -> u32 {
    let count = (to.year() - from.year()) * 12 + i32::try_from(to.month()).unwrap_or(0)
        - i32::try_from(from.month()).unwrap_or(0);
    let count = u32::try_from(count).unwrap_or(0);
    let reached = from
        .checked_add_months(chrono::Months::new(count))
        .is_some_and(|reached| reached <= to);
    if reached {
        count
    } else {
        count.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &str) {
        let date = |text: &str| EventDate::parse(text).expect("a date");
        assert_eq!(
            date(from).lag_to(&date(to)).later(),
            expected,
            "from {from} to {to}"
        );
    }

    #[test]
    fn a_long_lag_is_a_range_of_months_rounded_outwards() {
        check(
            "2021",
            "2024-03-25",
            "2 years 2 months to 3 years 3 months later",
        );
        check(
            "2021-08/2022-10",
            "2023-08-08",
            "1 year 11 months to 2 years 1 month later",
        );
    }

    #[test]
    fn a_short_lag_is_given_in_days() {
        check("2024-03-25", "2024-03-26", "1 day later");
        check("2024-03-25", "2024-03-25", "on the same day");
        check(
            "2024-03-25T23:00Z",
            "2024-03-26T01:00Z",
            "less than a day later",
        );
        check("2024-03-24", "2024-03-28", "4 days later");
        // Both ends are rounded outwards: these are 47 hours, and ten minutes more than a day.
        check(
            "2024-03-25T00:00Z",
            "2024-03-26T23:00Z",
            "1 to 2 days later",
        );
        check(
            "2024-03-25T12:00Z",
            "2024-03-26T12:10Z",
            "1 to 2 days later",
        );
    }

    #[test]
    fn what_is_open_stays_open() {
        check("by 2021", "2024", "at least 2 years later");
        check("by 2021-07-31", "2021-08-01", "an unknown time later");
        check("2021", "[2020..]", "an unknown time later, if later at all");
        check("2021", "../2024", "at most 4 years later, if later at all");
        check("2021", "by 2024", "at most 4 years later, if later at all");
        check("2021", "2021-08", "at most 8 months later, if later at all");
        check("2024", "2021", "before it");
    }

    #[test]
    fn a_range_names_a_unit_once_if_both_ends_have_only_that() {
        check("autumn 2020", "2021-03-18", "3 to 7 months later");
        check("2021-01-01/2021-03-31", "2021-04", "2 to 4 months later");
        check("2021-03", "2021-07", "3 to 5 months later");
        check("2021", "2024", "2 to 4 years later");
        check("summer 2021", "2021-09", "at most 4 months later");
    }

    #[test]
    fn the_first_event_is_as_much_earlier_as_the_second_is_later() {
        let earlier = |from: &str, to: &str| {
            let date = |text: &str| EventDate::parse(text).expect("a date");
            date(from).lag_to(&date(to)).earlier()
        };
        assert_eq!(earlier("2024-03-24", "2024-03-28"), "4 days earlier");
        assert_eq!(earlier("2024", "2021"), "after it");
        assert_eq!(
            earlier("2021", "[2020..]"),
            "an unknown time earlier, if earlier at all"
        );
    }
}
