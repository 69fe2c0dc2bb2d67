//! What the values of a column are.

use crate::date::foreign::DayMonthOrder;
use crate::date::{DateErrorKind, Precision};
use crate::formats::log::column_role::EpochUnit;
use crate::formats::log::epoch_number;
use crate::formats::log::table_sample::TableSample;
use crate::formats::log::timestamp::{self, LogTimestamp};

/// How many values of a column are looked at.
const LOOKED_AT: usize = 100;

/// What the first values of a column are, in numbers of values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ColumnContent {
    pub filled: usize,
    /// Dates to the day or finer, in words or digits.
    pub dates: usize,
    /// Those of them that have no time of day.
    pub days: usize,
    /// Times of day.
    pub clocks: usize,
    /// Numbers that may count since 1970, or years.
    pub numbers: usize,
    /// Values with a letter in them.
    pub words: usize,
    /// Values with a space between words.
    pub phrases: usize,
    /// Values with a date, but without more of it than a year.
    pub years: usize,
}

impl ColumnContent {
    pub fn of(sample: &TableSample, number: usize) -> Self {
        let mut content = Self::default();
        let values = sample.column(number).filter(|it| !timestamp::is_unset(it));
        for value in values.take(LOOKED_AT) {
            content.add(value);
        }
        content
    }

    fn add(&mut self, value: &str) {
        self.filled += 1;
        if let Some(number) = epoch_number::number(value) {
            let is_year = value.len() == 4 && value.bytes().all(|it| it.is_ascii_digit());
            let is_time = epoch_number::span(number, EpochUnit::ByMagnitude).is_some();
            self.years += usize::from(is_year);
            self.numbers += usize::from(is_time);
            return;
        }
        let has_letter = value.chars().any(char::is_alphabetic);
        if is_clock(value) {
            self.clocks += 1;
            return;
        }
        match timestamp::of_text(value, DayMonthOrder::Unknown) {
            LogTimestamp::At(date) => {
                // `late 2021` is a date, and so is `2021-08`.
                self.dates += 1;
                self.days += usize::from(date.precision() <= Precision::Day);
            }
            LogTimestamp::Wrong(error) if error.kind == DateErrorKind::Ambiguous => {
                self.dates += 1;
                self.days += usize::from(!value.contains(':'));
            }
            LogTimestamp::NotATime => self.dates += 1,
            LogTimestamp::Unset | LogTimestamp::Wrong(_) => {
                self.words += usize::from(has_letter);
                self.phrases += usize::from(has_letter && value.contains(' '));
            }
        }
    }

    /// Whether nearly all values are of one kind.
    fn are_mostly(&self, count: usize) -> bool {
        count > 0 && 10 * count >= 8 * self.filled
    }

    pub fn has_dates(&self) -> bool {
        self.are_mostly(self.dates)
    }

    pub fn has_days(&self) -> bool {
        self.has_dates() && self.days == self.dates
    }

    pub fn has_clocks(&self) -> bool {
        self.are_mostly(self.clocks)
    }

    /// Whether its values are dates if its name says so.
    pub fn may_have_dates(&self) -> bool {
        self.are_mostly(self.dates + self.numbers) || self.are_mostly(self.years)
    }

    pub fn has_words(&self) -> bool {
        2 * self.words >= self.filled && self.words > 0
    }

    /// Whether its values are sentences, or something like it.
    pub fn has_phrases(&self) -> bool {
        2 * self.phrases >= self.filled && self.phrases > 0
    }
}

/// `7:52`, `07:52:33.123`, `7:52 PM`
fn is_clock(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let clock = (lower
        .strip_suffix("am")
        .or_else(|| lower.strip_suffix("pm")))
    .unwrap_or(&lower);
    let clock = clock.trim_end().trim_end_matches('z');
    let mut parts = clock.split(':');
    let is_number = |it: &str| {
        let digits = it.split(['.', ',']).next().unwrap_or_default();
        (1..=2).contains(&digits.len())
            && it
                .bytes()
                .all(|it| it.is_ascii_digit() || b".,".contains(&it))
    };
    let count = clock.matches(':').count();
    (1..=2).contains(&count) && parts.all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_not_a_date() {
        for text in ["7:52", "07:52:33", "07:52:33.123", "7:52 PM", "07:52Z"] {
            assert!(is_clock(text), "{text}");
        }
        for text in ["2021-08-14 07:52", "7", "a:b", "1:2:3:4", "::1", ""] {
            assert!(!is_clock(text), "{text}");
        }
    }
}
