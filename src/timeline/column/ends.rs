//! Row ends in shared storage: 32 bits a row, however large the storage.

use std::ops::Range;
use std::slice;

/// The end of each row in an arena or a vector. Ends never decrease.
///
/// Only the lower `BITS` bits are stored for each row; the rows where they wrap are stored once. So a row costs four
/// bytes even if several files together exceed 4 GiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowEnds<const BITS: u32 = 32> {
    /// How many leading rows are empty: values that all rows lack cost nothing.
    blank: usize,
    lower: Vec<u32>,
    /// The row of each wrap of the lower bits.
    carries: Vec<usize>,
}

impl<const BITS: u32> RowEnds<BITS> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.blank + self.lower.len()
    }

    /// Adds a row.
    pub fn push(&mut self, end: usize) {
        if end == 0 {
            self.blank += 1;
            return;
        }
        let row = self.len();
        self.carries.resize(end >> BITS, row);
        self.lower.push(Self::lower(end));
    }

    /// Adds empty rows.
    pub fn push_blank(&mut self, rows: usize) {
        if self.lower.is_empty() {
            self.blank += rows;
            return;
        }
        let last = self.lower.last().copied().unwrap_or_default();
        self.lower.resize(self.lower.len() + rows, last);
    }

    /// Appends rows of another column. Its data from `start` on was appended to this storage at `offset`.
    pub fn extend(&mut self, other: &Self, rows: Range<usize>, start: usize, offset: usize) {
        self.lower.reserve(rows.len());
        for end in other.iter_from(rows.start).take(rows.len()) {
            self.push(end - start + offset);
        }
    }

    /// Reserves exactly `rows` rows.
    pub fn reserve(&mut self, rows: usize) {
        self.lower.reserve_exact(rows);
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.lower.shrink_to_fit();
        self.carries.shrink_to_fit();
    }

    /// The end of a row; `None` if it does not exist.
    pub fn get(&self, row: usize) -> Option<usize> {
        let Some(at) = row.checked_sub(self.blank) else {
            return Some(0);
        };
        let &lower = self.lower.get(at)?;
        let carries = self.carries.partition_point(|&first| first <= row);
        Some(carries << BITS | lower as usize)
    }

    /// The range of a row; `None` if it does not exist.
    pub fn range(&self, row: usize) -> Option<Range<usize>> {
        let end = self.get(row)?;
        let start = row.checked_sub(1).and_then(|before| self.get(before));
        Some(start.unwrap_or_default()..end)
    }

    /// The end of every row, in order.
    pub fn iter(&self) -> RowEndsIter<'_, BITS> {
        self.iter_from(0)
    }

    /// The end of a row and of all later rows, in order.
    pub fn iter_from(&self, row: usize) -> RowEndsIter<'_, BITS> {
        let at = row.saturating_sub(self.blank);
        let passed = self.carries.partition_point(|&first| first <= row);
        RowEndsIter {
            blank: self.blank.saturating_sub(row),
            lower: self.lower.get(at..).unwrap_or_default().iter(),
            upper: passed << BITS,
            row,
            carries: &self.carries[passed..],
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the rest is in `carries`")]
    const fn lower(end: usize) -> u32 {
        (end & ((1 << BITS) - 1)) as u32
    }
}

/// The ends of rows, in order.
#[derive(Clone)]
pub(crate) struct RowEndsIter<'e, const BITS: u32> {
    /// How many leading empty rows are still to come.
    blank: usize,
    lower: slice::Iter<'e, u32>,
    upper: usize,
    row: usize,
    carries: &'e [usize],
}

impl<const BITS: u32> Iterator for RowEndsIter<'_, BITS> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.blank > 0 {
            self.blank -= 1;
            self.row += 1;
            return Some(0);
        }
        let lower = *self.lower.next()? as usize;
        while let [first, rest @ ..] = self.carries
            && *first <= self.row
        {
            self.upper += 1 << BITS;
            self.carries = rest;
        }
        self.row += 1;
        Some(self.upper | lower)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.blank + self.lower.len();
        (left, Some(left))
    }
}

impl<const BITS: u32> ExactSizeIterator for RowEndsIter<'_, BITS> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks with three bits, so that eight bytes act as 4 GiB.
    #[track_caller]
    fn check(ends: &[usize]) -> RowEnds<3> {
        let mut column: RowEnds<3> = RowEnds::default();
        for &end in ends {
            column.push(end);
        }
        assert_eq!(column.len(), ends.len());
        assert_eq!(column.iter().collect::<Vec<_>>(), ends);
        for (row, &end) in ends.iter().enumerate() {
            let start = if row == 0 { 0 } else { ends[row - 1] };
            assert_eq!(column.range(row), Some(start..end), "{row} of {ends:?}");
            assert_eq!(column.iter_from(row).collect::<Vec<_>>(), ends[row..]);
        }
        assert_eq!(column.get(ends.len()), None);
        column
    }

    #[test]
    fn an_end_beyond_what_its_bits_can_say_is_right_all_the_same() {
        check(&[]);
        check(&[0, 0, 3, 3, 7]);
        check(&[0, 8, 8, 9, 16, 17]);
        check(&[1, 7, 8, 15, 100, 100, 101, 1000]);
        check(&[64]);
    }

    #[test]
    fn rows_at_the_beginning_that_hold_nothing_cost_nothing() {
        let mut column = check(&[0, 0, 0]);
        assert_eq!(column.lower.capacity(), 0);
        column.push_blank(2);
        column.push(9);
        column.push_blank(2);
        assert_eq!(column.iter().collect::<Vec<_>>(), [0, 0, 0, 0, 0, 9, 9, 9]);
        assert_eq!(column.lower.len(), 3);
    }

    #[test]
    fn rows_of_another_column_follow_on_those_that_are_here() {
        let mut column = check(&[0, 5, 7]);
        let other = check(&[2, 9, 12, 30]);
        column.extend(&other, 1..4, 2, 7);
        assert_eq!(column, check(&[0, 5, 7, 14, 17, 35]));
    }
}
