//! A time axis of some columns: which time a column covers, and which column an instant falls in.

use crate::date::{Instant, Span};

/// Columns that divide a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The time that all columns cover together.
    pub span: Span,
    /// How many columns there are; at least one.
    pub width: u16,
}

impl Axis {
    /// An axis over a bounded span.
    pub fn new(span: Span, width: u16) -> Self {
        debug_assert!(span.earliest.is_bounded() && span.latest.is_bounded());
        Self {
            span,
            width: width.max(1),
        }
    }

    /// How long all columns are together, in microseconds; at least one for each column.
    pub(super) fn length(self) -> i128 {
        let length =
            i128::from(self.span.latest.micros()) - i128::from(self.span.earliest.micros()) + 1;
        length.max(i128::from(self.width))
    }

    /// How long one column is, in microseconds.
    pub fn cell_length(self) -> i64 {
        i64::try_from(self.length() / i128::from(self.width))
            .unwrap_or(i64::MAX)
            .max(1)
    }

    /// The time that a column covers.
    pub fn cell(self, column: u16) -> Span {
        let width = i128::from(self.width);
        // The first instant that falls in a column: rounded up, as `column` rounds down.
        let edge = |column: i128| {
            let offset = (self.length() * column + width - 1).div_euclid(width);
            let micros = i128::from(self.span.earliest.micros()) + offset;
            i64::try_from(micros).unwrap_or(i64::MAX)
        };
        let column = i128::from(column);
        Span {
            earliest: Instant::from_micros(edge(column)),
            latest: Instant::from_micros(edge(column + 1) - 1),
        }
    }

    /// The column in which an instant falls; those before and after fall in the outer columns.
    pub fn column(self, instant: Instant) -> u16 {
        let last = self.width - 1;
        let (from, to) = (self.span.earliest, self.span.latest);
        if instant <= from {
            return 0;
        }
        if instant >= to {
            return last;
        }
        let offset = instant.micros().abs_diff(from.micros());
        let length = u64::try_from(self.length()).unwrap_or(u64::MAX);
        // Spans of a few thousand years stay within 64 bits, and there are a million events.
        let column = match offset.checked_mul(u64::from(self.width)) {
            Some(product) => product / length,
            None => u64::try_from(u128::from(offset) * u128::from(self.width) / u128::from(length))
                .unwrap_or(u64::MAX),
        };
        u16::try_from(column).unwrap_or(last).min(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Instant {
        Instant::of_day(year, month, day).expect("a day of the calendar")
    }

    fn axis(from: Instant, to: Instant, width: u16) -> Axis {
        Axis::new(
            Span {
                earliest: from,
                latest: Instant::from_micros(to.micros() - 1),
            },
            width,
        )
    }

    #[test]
    fn columns_cover_the_span_without_a_gap() {
        let axis = axis(day(2021, 1, 1), day(2025, 1, 1), 97);
        assert_eq!(axis.cell(0).earliest, axis.span.earliest);
        assert_eq!(axis.cell(96).latest, axis.span.latest);
        for column in 0..96 {
            assert_eq!(
                axis.cell(column).latest.micros() + 1,
                axis.cell(column + 1).earliest.micros()
            );
            assert_eq!(axis.column(axis.cell(column).earliest), column);
            assert_eq!(axis.column(axis.cell(column).latest), column);
        }
    }

    #[test]
    fn what_lies_outside_falls_in_the_outer_columns() {
        let axis = axis(day(2021, 1, 1), day(2022, 1, 1), 12);
        assert_eq!(axis.column(Instant::PAST), 0);
        assert_eq!(axis.column(Instant::FUTURE), 11);
    }
}
