//! The time between two imprecise dates: a range, never a number that the dates do not allow.

use chrono::{Datelike, NaiveDateTime};

use super::{EventDate, Instant};

/// From the start of one event to the start of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The start of the first, at the earliest and at the latest.
    from: (Instant, Instant),
    /// The start of the second, at the earliest and at the latest.
    to: (Instant, Instant),
}

const DAY: i64 = 86_400_000_000;

/// Up to this many days a lag is given in days, above in years and months.
const IN_DAYS: i64 = 62;

impl EventDate {
    /// The time from the start of this event to the start of another.
    pub fn lag_to(&self, other: &Self) -> Lag {
        let (from, to) = (self.start(), other.start());
        Lag {
            from: (from.earliest, from.latest),
            to: (to.earliest, to.latest),
        }
    }
}

impl Lag {
    /// The shortest and the longest time that the dates allow, in microseconds; none where one of them is
    /// not bounded on that side.
    fn bounds(self) -> (Option<i64>, Option<i64>) {
        let between = |from: Instant, to: Instant| {
            let bounded = from.is_bounded() && to.is_bounded();
            bounded.then(|| to.micros().saturating_sub(from.micros()))
        };
        (
            between(self.from.1, self.to.0),
            between(self.from.0, self.to.1),
        )
    }

    /// The lag in words: both ends rounded outwards, to days if it is short and to months if it is long.
    pub fn words(self) -> String {
        match self.bounds() {
            (_, Some(most)) if most < 0 => "before it".to_owned(),
            (Some(least), None) if least >= DAY => format!("at least {} later", self.least()),
            (Some(0..), None) => "an unknown time later".to_owned(),
            (_, None) => "an unknown time later, if later at all".to_owned(),
            (_, Some(_)) if self.is_one_day() => "on the same day".to_owned(),
            (None | Some(..0), Some(_)) => {
                format!("at most {} later, if later at all", self.most())
            }
            (Some(_), Some(most)) if most < DAY => "less than a day later".to_owned(),
            (Some(_), Some(_)) => {
                let (least, most) = (self.least(), self.most());
                if least == most {
                    format!("{least} later")
                } else {
                    format!("between {least} and {most} later")
                }
            }
        }
    }

    /// Whether both starts surely lie in one day.
    fn is_one_day(self) -> bool {
        let all = [self.from.0, self.from.1, self.to.0, self.to.1];
        let days = all.map(|instant| instant.micros().div_euclid(DAY));
        days.iter().all(|day| *day == days[0])
    }

    /// Whether both dates are days, or longer, without a time: then the steps of the calendar are counted.
    fn is_of_days(self) -> bool {
        let begins = |from: Instant| from.micros().rem_euclid(DAY) == 0;
        let ends = |to: Instant| (to.micros() + 1).rem_euclid(DAY) == 0;
        [self.from, self.to]
            .iter()
            .all(|&(earliest, latest)| begins(earliest) && ends(latest))
    }

    fn is_short(self) -> bool {
        self.bounds().1.is_some_and(|most| most <= IN_DAYS * DAY)
    }

    fn least(self) -> String {
        let (from, to) = (self.from.1, self.to.0);
        if self.is_short() {
            return days(
                to.micros().saturating_sub(from.micros()).max(0) / DAY
                    + i64::from(is_midnight_after(from, to)),
            );
        }
        months(whole_months(from.civil(), to.civil()))
    }

    fn most(self) -> String {
        let (from, to) = (self.from.0, self.to.1);
        if self.is_short() {
            let time = to.micros().saturating_sub(from.micros());
            let begun = i64::from(!self.is_of_days() && time % DAY > 0);
            return days((time / DAY + begun).max(1));
        }
        let (from, to) = (from.civil(), to.civil());
        let whole = whole_months(from, to);
        let exact = from.checked_add_months(chrono::Months::new(whole)) == Some(to);
        months(whole + u32::from(!exact))
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

fn days(count: i64) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}

fn months(count: u32) -> String {
    let unit = |count: u32, noun: &str| {
        if count == 1 {
            format!("1 {noun}")
        } else {
            format!("{count} {noun}s")
        }
    };
    match (count / 12, count % 12) {
        (0, rest) => unit(rest, "month"),
        (years, rest) => format!("{} {}", unit(years, "year"), unit(rest, "month")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &str) {
        let date = |text: &str| EventDate::parse(text).expect("a date");
        assert_eq!(
            date(from).lag_to(&date(to)).words(),
            expected,
            "from {from} to {to}"
        );
    }

    #[test]
    fn a_long_lag_is_a_range_of_months_rounded_outwards() {
        check(
            "2021",
            "2024-03-25",
            "between 2 years 2 months and 3 years 3 months later",
        );
        check(
            "2021-08/2022-10",
            "2023-08-08",
            "between 1 year 11 months and 2 years 1 month later",
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
            "between 1 day and 2 days later",
        );
        check(
            "2024-03-25T12:00Z",
            "2024-03-26T12:10Z",
            "between 1 day and 2 days later",
        );
    }

    #[test]
    fn what_is_open_stays_open() {
        check("by 2021", "2024", "at least 2 years 0 months later");
        check("by 2021-07-31", "2021-08-01", "an unknown time later");
        check("2021", "[2020..]", "an unknown time later, if later at all");
        check(
            "2021",
            "../2024",
            "at most 4 years 0 months later, if later at all",
        );
        check(
            "2021",
            "by 2024",
            "at most 4 years 0 months later, if later at all",
        );
        check("2021", "2021-08", "at most 8 months later, if later at all");
        check("2024", "2021", "before it");
    }
}
