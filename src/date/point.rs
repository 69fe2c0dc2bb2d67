//! Which dates a picture may draw as a point. One rule for every picture: a reader takes a point for a day.

use super::{EventDate, Precision, Span};

impl EventDate {
    /// Whether it is stated to the day or finer.
    pub fn is_stated_to_the_day(&self) -> bool {
        self.precision() >= Precision::Day && !self.is_vague()
    }

    /// Whether it is drawn as a point where a column has a length in microseconds.
    pub fn is_point(&self, column: i64) -> bool {
        is_point(self.whole(), column, || self.is_stated_to_the_day())
    }
}

/// Whether a time is drawn as a point in a column of a length in microseconds: it is shorter than the column, and
/// stated to the day. A year in a column of two years is a year all the same.
///
/// Of a million events most allow no more than a day: only of the others it is asked how they are stated.
pub fn is_point(whole: Span, column: i64, is_stated_to_the_day: impl FnOnce() -> bool) -> bool {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let length = whole.length();
    whole.earliest.is_bounded()
        && whole.latest.is_bounded()
        && length < column
        && (length < DAY || is_stated_to_the_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_stated_to_the_day_is_a_point_however_wide_a_column_is() {
        const DAY: i64 = 24 * 60 * 60 * 1_000_000;
        let is_point = |written: &str, days: i64| {
            let date = EventDate::parse(written).expect("it is a date");
            date.is_point(days * DAY)
        };
        for date in ["2021-08-14", "2021-08-14T10:22Z", "2021-08-14/2021-08-17"] {
            assert!(is_point(date, 30), "{date}");
        }
        for date in [
            "1900",
            "2021-08",
            "late 2021",
            "2021-08/2021-09",
            "2021-08-14/..",
        ] {
            assert!(!is_point(date, 100_000), "{date}");
        }
        assert!(!is_point("2021-08-14/2021-08-17", 2));
    }
}
