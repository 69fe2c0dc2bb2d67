//! One value a row, and values that few rows have.

use std::ops::Range;

/// One value a row, stored once while all rows have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueColumn<T> {
    /// One for each row, or a single one if all are alike.
    values: Vec<T>,
    rows: usize,
}

impl<T> Default for ValueColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            rows: 0,
        }
    }
}

impl<T: Copy + PartialEq> ValueColumn<T> {
    /// Adds a row.
    pub fn push(&mut self, value: T) {
        self.push_alike(value, 1);
    }

    /// Adds rows with the same value.
    pub fn push_alike(&mut self, value: T, rows: usize) {
        if rows == 0 {
            return;
        }
        match self.alike() {
            None if self.rows == 0 => self.values.push(value),
            Some(known) if known == value => {}
            Some(known) => {
                self.values.resize(self.rows, known);
                self.values.resize(self.rows + rows, value);
            }
            None => self.values.resize(self.rows + rows, value),
        }
        self.rows += rows;
    }

    /// Appends rows of another column, mapping each value.
    pub fn extend_with(&mut self, other: &Self, rows: Range<usize>, mut make: impl FnMut(T) -> T) {
        match other.alike() {
            Some(value) if !rows.is_empty() => self.push_alike(make(value), rows.len()),
            _ => rows.for_each(|row| self.push(make(other.values[row]))),
        }
    }

    /// The value that all rows have; `None` if they differ or the column is empty.
    pub fn alike(&self) -> Option<T> {
        let &first = self.values.first()?;
        (self.values.len() == 1).then_some(first)
    }

    /// The value of a row; `None` if it does not exist.
    pub fn get(&self, row: usize) -> Option<T> {
        if row < self.rows {
            self.alike().or_else(|| self.values.get(row).copied())
        } else {
            None
        }
    }

    /// Every row's value, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> {
        let alike = self.alike();
        (0..self.rows).map(move |row| alike.unwrap_or_else(|| self.values[row]))
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.values.shrink_to_fit();
    }
}

/// Values that few rows have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SparseColumn<T> {
    rows: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for SparseColumn<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<T> SparseColumn<T> {
    /// Adds a value for a row. Rows must be added in order.
    pub fn push(&mut self, row: u32, value: T) {
        debug_assert!(
            self.rows.last().is_none_or(|&last| last < row),
            "rows are given values in order"
        );
        self.rows.push(row);
        self.values.push(value);
    }

    /// The value of a row, if any.
    pub fn get(&self, row: usize) -> Option<&T> {
        let row = u32::try_from(row).ok()?;
        let at = self.rows.binary_search(&row).ok()?;
        self.values.get(at)
    }

    /// Whether no row has a value.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows with a value, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u32, &T)> {
        self.rows.iter().copied().zip(&self.values)
    }

    /// The rows with a value within a range, in order.
    pub fn within(&self, rows: Range<u32>) -> impl ExactSizeIterator<Item = (u32, &T)> {
        let at = |row: u32| self.rows.partition_point(|&other| other < row);
        let range = at(rows.start)..at(rows.end).max(at(rows.start));
        let rows = self.rows[range.clone()].iter().copied();
        rows.zip(&self.values[range])
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.values.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[u8]) {
        let mut column = ValueColumn::default();
        for &value in values {
            column.push(value);
        }
        assert_eq!(column.iter().collect::<Vec<_>>(), values);
        for (row, &value) in values.iter().enumerate() {
            assert_eq!(column.get(row), Some(value), "{row} of {values:?}");
        }
        assert_eq!(
            (column.len(), column.get(values.len())),
            (values.len(), None)
        );
    }

    #[test]
    fn a_value_is_what_was_pushed() {
        check(&[]);
        check(&[4]);
        check(&[4, 4, 4]);
        check(&[4, 5]);
        check(&[4, 4, 5, 4]);
    }

    #[test]
    fn a_value_that_all_rows_have_is_kept_once() {
        let mut column = ValueColumn::default();
        column.push_alike(4, 1000);
        assert_eq!((column.len(), column.values.len()), (1000, 1));
        column.push_alike(5, 2);
        let mut other = ValueColumn::default();
        other.extend_with(&column, 998..1001, |it| it * 2);
        assert_eq!(other.iter().collect::<Vec<_>>(), [8, 8, 10]);
        other.extend_with(&column, 0..0, |it| it);
        assert_eq!(other.len(), 3);
    }

    #[test]
    fn few_rows_have_a_value_of_their_own() {
        let mut column = SparseColumn::default();
        column.push(2, 'a');
        column.push(7, 'b');
        let found = [0, 2, 3, 7, 8].map(|row| column.get(row).copied());
        assert_eq!(found, [None, Some('a'), None, Some('b'), None]);
        assert_eq!(column.iter().collect::<Vec<_>>(), [(2, &'a'), (7, &'b')]);
        assert_eq!(column.within(3..8).collect::<Vec<_>>(), [(7, &'b')]);
        assert_eq!(column.within(3..7).len(), 0);
    }
}
