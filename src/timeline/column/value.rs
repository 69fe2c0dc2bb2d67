//! One value a row, and values that few rows have.

use std::ops::Range;

/// How many different values are numbered.
const FEW: usize = 64;

/// One value a row. While all rows have the same, it is stored once; while there are few, each row has only its number.
#[derive(Clone, Debug)]
pub struct ValueColumn<T> {
    /// The different values in the order of their first rows, or one for each row.
    values: Vec<T>,
    numbers: ValueNumbers,
    rows: usize,
}

/// Which of the values a row has.
#[derive(Clone, Debug)]
enum ValueNumbers {
    /// The first, if any.
    Alike,
    Few(Vec<u8>),
    /// The one at the same place.
    Each,
}

impl<T> Default for ValueColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            numbers: ValueNumbers::Alike,
            rows: 0,
        }
    }
}

impl<T: Copy + PartialEq> PartialEq for ValueColumn<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
            && (self.alike().is_some() && self.alike() == other.alike()
                || self.iter().eq(other.iter()))
    }
}

impl<T: Copy + Eq> Eq for ValueColumn<T> {}

impl<T: Copy + PartialEq> ValueColumn<T> {
    /// Adds a row.
    #[inline]
    pub fn push(&mut self, value: T) {
        // Most columns are alike.
        if matches!(self.numbers, ValueNumbers::Alike) && self.values.first() == Some(&value) {
            self.rows += 1;
        } else {
            self.push_alike(value, 1);
        }
    }

    /// Adds rows with the same value.
    pub fn push_alike(&mut self, value: T, rows: usize) {
        if rows == 0 {
            return;
        }
        if let Some(number) = self.number(value) {
            self.push_number(number, rows);
        } else {
            self.values.resize(self.rows + rows, value);
        }
        self.rows += rows;
    }

    /// The number of a value; `None` if there are too many.
    fn number(&mut self, value: T) -> Option<u8> {
        if matches!(self.numbers, ValueNumbers::Each) {
            return None;
        }
        // Most rows are as the one before.
        if let ValueNumbers::Few(numbers) = &self.numbers
            && let Some(&last) = numbers.last()
            && self.values[usize::from(last)] == value
        {
            return Some(last);
        }
        let known = self.values.iter().position(|&known| known == value);
        if known.is_none() && self.values.len() == FEW {
            self.values = self.iter().collect();
            self.numbers = ValueNumbers::Each;
            return None;
        }
        let number = known.unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        });
        u8::try_from(number).ok()
    }

    fn push_number(&mut self, number: u8, rows: usize) {
        match &mut self.numbers {
            ValueNumbers::Alike if number == 0 => {}
            ValueNumbers::Alike => {
                let mut numbers = vec![0; self.rows];
                numbers.resize(self.rows + rows, number);
                self.numbers = ValueNumbers::Few(numbers);
            }
            ValueNumbers::Few(numbers) if rows == 1 => numbers.push(number),
            ValueNumbers::Few(numbers) => numbers.resize(self.rows + rows, number),
            ValueNumbers::Each => {}
        }
    }

    /// Appends rows of another column, mapping each value.
    pub fn extend_with(&mut self, other: &Self, rows: Range<usize>, mut make: impl FnMut(T) -> T) {
        match &other.numbers {
            _ if rows.is_empty() => {}
            ValueNumbers::Alike => self.push_alike(make(other.values[0]), rows.len()),
            ValueNumbers::Each => rows.for_each(|row| self.push(make(other.values[row]))),
            ValueNumbers::Few(numbers) => {
                let mut taken = [None; FEW];
                for run in numbers[rows].chunk_by(PartialEq::eq) {
                    let number = usize::from(run[0]);
                    let value = *taken[number].get_or_insert_with(|| make(other.values[number]));
                    self.push_alike(value, run.len());
                }
            }
        }
    }

    /// Appends all rows of another column, mapping each value. Takes its memory if this one is empty.
    pub(crate) fn append_with(&mut self, other: Self, make: impl FnMut(T) -> T) {
        if self.rows == 0 {
            *self = other;
            let values = std::mem::take(&mut self.values);
            self.values = values.into_iter().map(make).collect();
        } else {
            self.extend_with(&other, 0..other.rows, make);
        }
    }

    /// The value that all rows have; `None` if they differ or the column is empty.
    pub fn alike(&self) -> Option<T> {
        match self.numbers {
            ValueNumbers::Alike => self.values.first().copied(),
            ValueNumbers::Few(_) | ValueNumbers::Each => None,
        }
    }

    /// The value of a row; `None` if it does not exist.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        let at = match &self.numbers {
            ValueNumbers::Alike if row < self.rows => 0,
            ValueNumbers::Alike => return None,
            ValueNumbers::Few(numbers) => usize::from(*numbers.get(row)?),
            ValueNumbers::Each => row,
        };
        self.values.get(at).copied()
    }

    /// Every row's value, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> {
        (0..self.rows).map(|row| match &self.numbers {
            ValueNumbers::Alike => self.values[0],
            ValueNumbers::Few(numbers) => self.values[usize::from(numbers[row])],
            ValueNumbers::Each => self.values[row],
        })
    }

    /// The number of leading rows whose values pass a test, if all others fail it.
    pub fn partition_point(&self, test: impl Fn(T) -> bool) -> usize {
        let (mut passing, mut failing) = (0, self.rows);
        while passing < failing {
            let middle = passing.midpoint(failing);
            if self.get(middle).is_some_and(&test) {
                passing = middle + 1;
            } else {
                failing = middle;
            }
        }
        passing
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
        if let ValueNumbers::Few(numbers) = &mut self.numbers {
            numbers.shrink_to_fit();
        }
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
        for different in [FEW - 1, FEW, FEW + 1, 200] {
            let all = (0..500).map(|row| u8::try_from(row % different));
            check(&all.collect::<Result<Vec<u8>, _>>().expect("all are small"));
        }
    }

    #[test]
    fn few_values_take_a_byte_each_and_columns_are_equal_however_they_are_stored() {
        let mut few = ValueColumn::default();
        (0..100).for_each(|row| few.push(row % 3 * 1000));
        assert_eq!(few.values, [0, 1000, 2000]);
        let each = ValueColumn {
            values: few.iter().collect(),
            numbers: ValueNumbers::Each,
            rows: 100,
        };
        assert_eq!(few, each);
        for other in [&few, &each] {
            let mut taken = ValueColumn::default();
            taken.push(7);
            taken.extend_with(other, 1..4, |it| it + 1);
            assert_eq!(taken.iter().collect::<Vec<_>>(), [7, 1001, 2001, 1]);
            let mut taken = ValueColumn::default();
            taken.append_with(other.clone(), |it| it + 1);
            assert_eq!(taken.get(4), Some(1001));
            taken.append_with(other.clone(), |it| it);
            assert_eq!((taken.len(), taken.get(104)), (200, Some(1000)));
        }
        for rows in [0, 1, 50, 100] {
            let mut halves = ValueColumn::default();
            (0..100).for_each(|row| halves.push(row < rows));
            assert_eq!(halves.partition_point(|is_in| is_in), rows);
        }
        few.push(1);
        assert_ne!(few, each);
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
