//! A time axis of some columns: which time a column covers, and which column an instant falls in.
//!
//! An axis may be broken: a long stretch in which nothing begins or ends then takes few columns. These still cover all
//! of its time, so every instant has a column, columns are in the order of time, and a band goes on across a break.

use crate::date::{Instant, Span};

/// Columns that divide a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The time that all columns cover together.
    pub span: Span,
    /// How many columns there are; at least one.
    pub width: u16,
    /// From left to right; only the first `count` are used.
    pieces: [Piece; MOST_PIECES],
    count: u8,
    /// About how long a column outside breaks is, in microseconds.
    cell: i64,
}

/// The most breaks of an axis: each is longer than a fifth of it.
const MOST_BREAKS: usize = 4;
/// Breaks alternate with pieces that are shown.
const MOST_PIECES: usize = 2 * MOST_BREAKS + 1;
/// A break takes one of this many columns.
const BREAK_SHARE: u16 = 10;
/// A part between breaks has at least an equal share of the columns, divided by this number.
const LEAST_SHARE: u16 = 4;

/// A part of an axis in which all columns cover about the same time. It ends where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: i64,
    column: u16,
    is_break: bool,
}

/// A piece with its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct AxisPart {
    /// The time that it covers.
    pub span: Span,
    /// Its first column.
    pub first: u16,
    /// How many columns it has.
    pub columns: u16,
    /// Whether it is a break.
    pub is_break: bool,
}

impl Axis {
    /// An axis over a bounded span, without breaks.
    pub fn new(span: Span, width: u16) -> Self {
        debug_assert!(span.earliest.is_bounded() && span.latest.is_bounded());
        let whole = Piece {
            start: span.earliest.micros(),
            column: 0,
            is_break: false,
        };
        let mut axis = Self {
            span,
            width: width.max(1),
            pieces: [whole; MOST_PIECES],
            count: 1,
            cell: 1,
        };
        axis.cell = cell_length(axis.part(0).length(), axis.width);
        axis
    }

    /// An axis over a bounded span with breaks, which are in the order of time, or without if it is too narrow for
    /// them.
    pub fn broken(span: Span, width: u16, breaks: &[Span]) -> Self {
        let plain = Self::new(span, width);
        plain.with(breaks).unwrap_or(plain)
    }

    fn with(mut self, breaks: &[Span]) -> Option<Self> {
        let count = u16::try_from(breaks.len()).ok()?;
        // A short label takes six columns.
        let each = (self.width / BREAK_SHARE).max((self.width / 6).clamp(1, 6));
        let shown = self.width.checked_sub(count * each)?;
        if count == 0 || shown <= count || breaks.len() > MOST_BREAKS {
            return None;
        }
        // A few crowded days between breaks of years have columns of their own, and room for a label.
        let least = (shown / (count + 1) / LEAST_SHARE).max(1);
        let broken: i128 = breaks.iter().map(|it| length(*it)).sum();
        let total = length(self.span) - broken;
        let mut seen = 0;
        let mut columns = 0;
        let mut at = self.span.earliest.micros();
        for (index, gap) in (0u16..).zip(breaks) {
            seen += i128::from(gap.earliest.micros()) - i128::from(at);
            let rounded = (seen * i128::from(shown) + total / 2) / total.max(1);
            let rounded = u16::try_from(rounded).unwrap_or(u16::MAX);
            columns = rounded.clamp(columns + least, shown - (count - index) * least);
            at = gap.latest.micros().saturating_add(1);
            let before = columns + index * each;
            self.push(gap.earliest.micros(), before, true);
            self.push(at, before + each, false);
        }
        self.cell = cell_length(total, shown);
        let is_wide_enough = self
            .parts()
            .all(|part| length(part.span) >= i128::from(part.columns));
        is_wide_enough.then_some(self)
    }

    fn push(&mut self, start: i64, column: u16, is_break: bool) {
        let piece = Piece {
            start,
            column,
            is_break,
        };
        self.pieces[usize::from(self.count)] = piece;
        self.count += 1;
    }

    /// The parts from left to right.
    pub(super) fn parts(&self) -> impl Iterator<Item = AxisPart> {
        (0..usize::from(self.count)).map(|index| self.part(index))
    }

    fn part(&self, index: usize) -> AxisPart {
        let piece = self.pieces[index];
        let next = self.pieces[..usize::from(self.count)].get(index + 1);
        let end = next.map_or(self.span.latest.micros(), |next| next.start - 1);
        AxisPart {
            span: Span::new(Instant::from_micros(piece.start), Instant::from_micros(end)),
            first: piece.column,
            columns: next.map_or(self.width, |next| next.column) - piece.column,
            is_break: piece.is_break,
        }
    }

    /// The last of the parts that begin left of a place.
    fn last_part(&self, begins: impl Fn(&Piece) -> bool) -> AxisPart {
        let pieces = &self.pieces[1..usize::from(self.count)];
        self.part(pieces.iter().take_while(|piece| begins(piece)).count())
    }

    /// How long all columns outside breaks are together, and how many there are.
    pub(super) fn shown(&self) -> (i128, u16) {
        let parts = || self.parts().filter(|part| !part.is_break);
        let length = parts().map(AxisPart::length).sum();
        (length, parts().map(|part| part.columns).sum())
    }

    /// About how long one column outside breaks is, in microseconds.
    pub const fn cell_length(&self) -> i64 {
        self.cell
    }

    /// The time that a column covers.
    pub fn cell(&self, column: u16) -> Span {
        let part = self.last_part(|piece| piece.column <= column);
        let (length, columns) = (part.length(), i128::from(part.columns));
        // The first instant that falls in a column: rounded up, as `column` rounds down.
        let edge = |column: i128| {
            let offset = (length * column + columns - 1).div_euclid(columns);
            let micros = i128::from(part.span.earliest.micros()) + offset;
            i64::try_from(micros).unwrap_or(i64::MAX)
        };
        let column = i128::from(column - part.first);
        Span {
            earliest: Instant::from_micros(edge(column)),
            latest: Instant::from_micros(edge(column + 1) - 1),
        }
    }

    /// The column in which an instant falls. Instants before and after the axis fall in the outer columns.
    pub fn column(&self, instant: Instant) -> u16 {
        if instant <= self.span.earliest {
            return 0;
        }
        if instant >= self.span.latest {
            return self.width - 1;
        }
        let part = self.last_part(|piece| piece.start <= instant.micros());
        let offset = instant.micros().abs_diff(part.span.earliest.micros());
        let length = u64::try_from(part.length()).unwrap_or(u64::MAX);
        // Spans of a few thousand years stay within 64 bits, and there are a million events.
        let column = if let Some(product) = offset.checked_mul(u64::from(part.columns)) {
            product / length
        } else {
            let product = u128::from(offset) * u128::from(part.columns);
            u64::try_from(product / u128::from(length)).unwrap_or(u64::MAX)
        };
        let last = part.columns - 1;
        part.first + u16::try_from(column).unwrap_or(last).min(last)
    }
}

impl AxisPart {
    /// How long it is, in microseconds; at least one for each column.
    pub fn length(self) -> i128 {
        length(self.span).max(i128::from(self.columns))
    }

    /// The column after its last one.
    pub const fn end(self) -> u16 {
        self.first + self.columns
    }
}

/// How long a bounded span is, both ends included, in microseconds.
fn length(span: Span) -> i128 {
    i128::from(span.latest.micros()) - i128::from(span.earliest.micros()) + 1
}

fn cell_length(length: i128, columns: u16) -> i64 {
    let cell = length / i128::from(columns);
    i64::try_from(cell).unwrap_or(i64::MAX).max(1)
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
