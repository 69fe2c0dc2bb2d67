//! The gap between two dates of a list: as words behind a title, `3 to 5 months`, and in a column, `3–5 mo`.
//!
//! Both are the range that the dates allow, rounded outwards.

use super::lag::{DAY, Lag, LagLength};

/// A gap is long if it is surely this many days.
const LONG: i64 = 30;

/// Up to this many months a gap is given in months, above in years.
const IN_MONTHS: u32 = 36;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

impl Lag {
    /// Whether it is surely at least 30 days or, where the dates allow more than two months, a month.
    pub fn is_long_gap(self) -> bool {
        match (self.bounds().0, self.least()) {
            (None, _) => false,
            // Days are counted by the calendar: from 1 April to 1 May there are 30.
            (Some(_), LagLength::Days(days)) => days >= LONG,
            (Some(least), LagLength::Months(months)) => least > 0 && months > 0,
        }
    }

    /// The words of a long gap.
    pub fn gap(self) -> String {
        let least = self.least();
        if self.bounds().1.is_none() {
            return format!("at least {}", least.words());
        }
        let most = self.most();
        if least == most {
            most.words()
        } else {
            least.to(most)
        }
    }

    /// In as few cells as possible; `?` if it is not known, or if the second event may have come long before.
    pub fn short_gap(self) -> String {
        if let Some(exactly) = self.in_clock_steps() {
            return clock_steps(exactly);
        }
        match self.bounds() {
            (Some(least), None) if least >= DAY => match self.least() {
                LagLength::Days(_) | LagLength::Months(0) => format!("≥ {} d", least / DAY),
                LagLength::Months(months) if months <= IN_MONTHS => format!("≥ {months} mo"),
                LagLength::Months(months) => format!("≥ {} y", months / 12),
            },
            (_, None) => "?".to_owned(),
            (_, Some(_)) if self.is_one_day() && self.is_of_days() => "same day".to_owned(),
            (least, Some(most)) if most < DAY => {
                let (size, unit) = if most < MINUTE {
                    (SECOND, "s")
                } else if most < HOUR {
                    (MINUTE, "min")
                } else {
                    (HOUR, "h")
                };
                let least = least.unwrap_or_default().max(0);
                let most = most.max(0);
                range(least / size, most / size + i64::from(most % size > 0), unit)
            }
            (least, Some(_)) => {
                let is_after = least.is_some_and(|least| least >= 0);
                match (self.least(), self.most()) {
                    (LagLength::Days(least), LagLength::Days(most)) => {
                        range(if is_after { least } else { 0 }, most, "d")
                    }
                    (least, most) => {
                        let least = if is_after { months(least) } else { 0 };
                        let most = months(most);
                        if most <= IN_MONTHS {
                            range(least.into(), most.into(), "mo")
                        } else {
                            range((least / 12).into(), most.div_ceil(12).into(), "y")
                        }
                    }
                }
            }
        }
    }

    /// The steps between two points in time that are stated alike, such as to the second; `None` for others, and from a
    /// day on.
    fn in_clock_steps(self) -> Option<i64> {
        let length = |(earliest, latest): (super::Instant, super::Instant)| {
            let is_bounded = earliest.is_bounded() && latest.is_bounded();
            is_bounded.then(|| latest.micros() - earliest.micros())
        };
        let is_alike = length(self.from)? == length(self.to)? && length(self.to)? < HOUR;
        let steps = self.to.0.micros() - self.from.0.micros();
        (is_alike && (0..DAY).contains(&steps)).then_some(steps)
    }
}

const fn months(length: LagLength) -> u32 {
    match length {
        LagLength::Months(months) => months,
        LagLength::Days(_) => 0,
    }
}

fn range(least: i64, most: i64, unit: &str) -> String {
    if least == most {
        format!("{most} {unit}")
    } else if least == 0 {
        format!("≤ {most} {unit}")
    } else {
        format!("{least}–{most} {unit}")
    }
}

/// In the two largest units.
fn clock_steps(micros: i64) -> String {
    let (hours, minutes) = (micros / HOUR, micros % HOUR / MINUTE);
    let seconds = micros % MINUTE / SECOND;
    match (hours, minutes) {
        (0, 0) if micros > 0 && seconds == 0 => "< 1 s".to_owned(),
        (0, 0) => format!("{seconds} s"),
        (0, _) if seconds == 0 => format!("{minutes} min"),
        (0, _) => format!("{minutes} min {seconds} s"),
        (_, 0) => format!("{hours} h"),
        _ => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::EventDate;

    fn lag(from: &str, to: &str) -> Lag {
        let date = |text| EventDate::parse(text).expect("it is a date");
        date(from).lag_to(&date(to))
    }

    #[test]
    fn a_gap_is_long_if_it_is_surely_thirty_days() {
        let is_long = |from, to| lag(from, to).is_long_gap();
        assert!(is_long("2021-04-01", "2021-05-01"));
        assert!(!is_long("2021-04-01", "2021-04-30"));
        assert!(!is_long("2021-04", "2021-05-29"));
        assert!(is_long("2021-04", "2021-05-30"));
        assert!(!is_long("2021-02", "2021-03-29"));
        assert!(is_long("2021-01/2021-12", "2021-06"), "starts are compared");
        assert!(!is_long("2021", "2021-12-31"), "it may be the day before");
        assert!(
            !is_long("[2021-10-03, 2022-01-14]", "2022-02-14"),
            "31 days or more"
        );
        assert!(is_long("[2021-10-03, 2022-01-14]", "2022-02-15"));
        assert!(is_long("../2021", "2022-06"));
        assert!(is_long("before 2021", "2022-06"));
        assert!(!is_long("[2021..]", "2030"), "the first has no last day");
    }

    #[test]
    fn words_and_short_words_say_the_same_range() {
        for (from, to, words, short) in [
            ("2021-04-01", "2021-05-01", "30 days", "30 d"),
            ("2021-04-01", "2021-05", "30 to 60 days", "30–60 d"),
            ("2021-04", "2021-08", "3 to 5 months", "3–5 mo"),
            (
                "2019",
                "2021-08",
                "1 year 7 months to 2 years 8 months",
                "19–32 mo",
            ),
            (
                "2010",
                "2020-06",
                "9 years 5 months to 10 years 6 months",
                "9–11 y",
            ),
            (
                "before 2021",
                "2022-06",
                "at least 1 year 5 months",
                "≥ 17 mo",
            ),
        ] {
            let lag = lag(from, to);
            assert_eq!(
                (lag.gap().as_str(), lag.short_gap().as_str()),
                (words, short)
            );
        }
    }

    #[test]
    fn a_short_gap_is_the_range_that_the_dates_allow() {
        for (from, to, short) in [
            ("2021-08-14", "2021-08-14", "same day"),
            ("2021-08-14", "2021-08-15", "1 d"),
            ("2021-08", "2021-08-14", "≤ 13 d"),
            ("2021-08", "2021", "≤ 5 mo"),
            ("2021-08-14T10:22:31Z", "2021-08-14T10:22:31Z", "0 s"),
            ("2021-08-14T10:22:31.1Z", "2021-08-14T10:22:31.2Z", "< 1 s"),
            ("2021-08-14T10:22:31Z", "2021-08-14T10:22:43Z", "12 s"),
            ("2021-08-14T10:22:31Z", "2021-08-14T10:27:31Z", "5 min"),
            ("2021-08-14T10:22:31Z", "2021-08-14T10:27:33Z", "5 min 2 s"),
            ("2021-08-14T10:22:31Z", "2021-08-15T09:23:31Z", "23 h 1 min"),
            ("2021-08-14T10:22:31Z", "2021-08-17T22:22:31Z", "3–4 d"),
            ("2021-08-14T10:22Z", "2021-08-14T10:22:31Z", "≤ 32 s"),
            ("2021-08-14T10:22Z", "2021-08-14T14:00:31Z", "3–4 h"),
            ("../2021-08-14", "2021-08-20", "≥ 5 d"),
            ("[2021..]", "2030", "≤ 10 y"),
        ] {
            assert_eq!(lag(from, to).short_gap(), short, "{from} {to}");
        }
    }
}
