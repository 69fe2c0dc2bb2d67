//! Many lists in one vector.

use std::hash::{BuildHasher, Hash};
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::RowEnds;
use crate::packed::NarrowNumbers;

/// The most different lists that are numbered.
const MOST_LISTS: usize = 1 << 16;

/// How many different lists are numbered even if few rows share them.
const FEW_LISTS: usize = 64;

/// Many lists in one vector.
///
/// While all rows have the same list, it is stored once: rows of a log name no actor, and all have the same source. While
/// rows share lists, each list is stored once, and each row has only its number.
#[derive(Clone, Debug)]
pub struct ListColumn<T> {
    values: Vec<T>,
    rows: ListRows,
}

#[derive(Clone, Debug)]
enum ListRows {
    /// The number of rows, each with all of the values.
    Alike(usize),
    Shared(SharedLists),
    /// The end of each row.
    Each(RowEnds),
}

/// Lists that are stored once.
#[derive(Clone, Debug, Default)]
struct SharedLists {
    /// The end of each list.
    ends: Vec<usize>,
    /// The list of each row.
    numbers: NarrowNumbers,
    /// How many values the rows have together.
    total: usize,
    /// The numbers of lists, by their values.
    known: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl SharedLists {
    fn range(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[number]
    }

    fn of_row<'t, T>(&self, row: usize, values: &'t [T]) -> &'t [T] {
        let number = self.numbers.get(row);
        number.map_or(&[], |number| &values[self.range(number)])
    }

    /// The number of the list behind the others; `None` if there are too many lists. A new one is added.
    fn number<T: Eq + Hash>(&mut self, values: &[T]) -> Option<usize> {
        let start = self.ends.last().copied().unwrap_or_default();
        let list = &values[start..];
        let before = self.numbers.len().checked_sub(1);
        let before = before.and_then(|row| self.numbers.get(row));
        let is_same = |number: &usize| &values[self.range(*number)] == list;
        if let Some(before) = before.filter(is_same) {
            return Some(before);
        }
        let hash = self.hasher.hash_one(list);
        if let Some(&number) = self.known.find(hash, is_same) {
            return Some(number);
        }
        let number = self.ends.len();
        let is_shared = number < FEW_LISTS || number <= self.numbers.len() / 4;
        if !is_shared || number == MOST_LISTS {
            return None;
        }
        self.add(values);
        Some(number)
    }

    /// Adds the list behind the others.
    fn add<T: Hash>(&mut self, values: &[T]) {
        let number = self.ends.len();
        self.ends.push(values.len());
        let mut known = std::mem::take(&mut self.known);
        let hash = |number: &usize| self.hasher.hash_one(&values[self.range(*number)]);
        known.insert_unique(hash(&number), number, hash);
        self.known = known;
    }

    fn push(&mut self, number: usize, rows: usize) {
        self.total += self.range(number).len() * rows;
        self.numbers.repeat(number, rows);
    }

    /// Finds lists again after [`Self::forget`].
    fn remember<T: Hash>(&mut self, values: &[T]) {
        if self.known.is_empty() {
            let ends = std::mem::take(&mut self.ends);
            for end in ends {
                self.add(&values[..end]);
            }
        }
    }

    /// Frees what only finds lists.
    fn forget(&mut self) {
        self.known = HashTable::new();
    }
}

impl<T> Default for ListColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            rows: ListRows::Alike(0),
        }
    }
}

impl<T: PartialEq> PartialEq for ListColumn<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self.alike(), other.alike()) {
            (Some(one), Some(two)) => self.len() == other.len() && one == two,
            _ => self.len() == other.len() && self.iter().eq(other.iter()),
        }
    }
}

impl<T: Eq> Eq for ListColumn<T> {}

impl<T: Copy + Eq + Hash> ListColumn<T> {
    /// Adds a row.
    pub fn push(&mut self, values: impl IntoIterator<Item = T>) {
        let before = self.values.len();
        self.values.extend(values);
        self.add_last(before, 1);
    }

    /// Adds rows with the same list.
    pub fn push_alike(&mut self, list: &[T], rows: usize) {
        if rows > 0 {
            let before = self.values.len();
            self.values.extend_from_slice(list);
            self.add_last(before, rows);
        }
    }

    /// Adds rows with the list that is at the end of the values.
    fn add_last(&mut self, before: usize, count: usize) {
        match &mut self.rows {
            ListRows::Alike(0) => self.rows = ListRows::Alike(count),
            ListRows::Alike(rows) => {
                let (known, new) = self.values.split_at(before);
                if known == new {
                    *rows += count;
                    self.values.truncate(before);
                    return;
                }
                let mut shared = SharedLists::default();
                shared.add(known);
                shared.push(0, *rows);
                self.rows = ListRows::Shared(shared);
                self.add_last(before, count);
            }
            ListRows::Shared(shared) => {
                shared.remember(&self.values[..before]);
                let lists = shared.ends.len();
                let Some(number) = shared.number(&self.values) else {
                    let list = self.values.split_off(before);
                    self.store_each();
                    return self.push_alike(&list, count);
                };
                if number < lists {
                    self.values.truncate(before);
                }
                shared.push(number, count);
            }
            ListRows::Each(ends) => {
                let list = before..self.values.len();
                ends.push(list.end);
                for _ in 1..count {
                    self.values.extend_from_within(list.clone());
                    ends.push(self.values.len());
                }
            }
        }
    }

    /// Stores a list for each row, where lists were stored once.
    fn store_each(&mut self) {
        let mut ends = RowEnds::default();
        let mut values = Vec::with_capacity(self.total());
        for list in self.iter() {
            values.extend_from_slice(list);
            ends.push(values.len());
        }
        self.values = values;
        self.rows = ListRows::Each(ends);
    }

    /// Appends rows of another column, mapping each value.
    pub(crate) fn extend_with<U: Copy>(
        &mut self,
        other: &ListColumn<U>,
        rows: Range<usize>,
        mut make: impl FnMut(U) -> T,
    ) {
        match &other.rows {
            ListRows::Alike(_) => {
                let list: Vec<T> = other.values.iter().map(|&value| make(value)).collect();
                self.push_alike(&list, rows.len());
            }
            ListRows::Shared(shared) if rows.len() > 1 => {
                // The numbers of the lists here.
                let mut taken = vec![None; shared.ends.len()];
                for number in shared.numbers.slice(rows).iter() {
                    if let (Some(known), ListRows::Shared(into)) = (taken[number], &mut self.rows) {
                        into.push(known, 1);
                        continue;
                    }
                    let list = &other.values[shared.range(number)];
                    self.push(list.iter().map(|&value| make(value)));
                    if let ListRows::Shared(into) = &self.rows {
                        taken[number] = into.numbers.get(into.numbers.len() - 1);
                    }
                }
            }
            ListRows::Shared(_) | ListRows::Each(_) => {
                for list in other.iter_from(rows.start).take(rows.len()) {
                    self.push(list.iter().map(|&value| make(value)));
                }
            }
        }
    }

    /// Appends all rows of another column, mapping each value. Takes its memory if this one is empty.
    pub(crate) fn append_with(&mut self, other: Self, make: impl FnMut(T) -> T) {
        if self.is_empty() {
            *self = other;
            let values = std::mem::take(&mut self.values);
            self.values = values.into_iter().map(make).collect();
            if let ListRows::Shared(shared) = &mut self.rows {
                shared.forget();
            }
        } else {
            self.extend_with(&other, 0..other.len(), make);
        }
    }

    /// Releases unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.values.shrink_to_fit();
        match &mut self.rows {
            ListRows::Alike(_) => {}
            ListRows::Shared(shared) => {
                shared.forget();
                shared.ends.shrink_to_fit();
                shared.numbers.shrink();
            }
            ListRows::Each(ends) => ends.shrink(),
        }
    }
}

impl<T> ListColumn<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            ListRows::Alike(rows) => *rows,
            ListRows::Shared(shared) => shared.numbers.len(),
            ListRows::Each(ends) => ends.len(),
        }
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list of a row; empty if the row does not exist.
    pub fn get(&self, row: usize) -> &[T] {
        let range = match &self.rows {
            ListRows::Alike(rows) if row < *rows => return &self.values,
            ListRows::Alike(_) => return &[],
            ListRows::Shared(shared) => return shared.of_row(row, &self.values),
            ListRows::Each(ends) => ends.range(row).unwrap_or_default(),
        };
        self.values.get(range).unwrap_or_default()
    }

    /// The list that all rows have; `None` if they differ.
    pub fn alike(&self) -> Option<&[T]> {
        matches!(self.rows, ListRows::Alike(_)).then_some(&self.values)
    }

    /// The list of every row, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.iter_from(0)
    }

    fn iter_from(&self, row: usize) -> impl ExactSizeIterator<Item = &[T]> {
        let mut ends = match &self.rows {
            ListRows::Alike(_) | ListRows::Shared(_) => None,
            ListRows::Each(ends) => Some(ends.iter_from(row)),
        };
        let before = row.checked_sub(1);
        let mut start = match &self.rows {
            ListRows::Alike(_) | ListRows::Shared(_) => 0,
            ListRows::Each(ends) => before.and_then(|row| ends.get(row)).unwrap_or_default(),
        };
        (row..self.len()).map(move |row| {
            let Some(ends) = &mut ends else {
                return self.get(row);
            };
            let end = ends.next().unwrap_or(start);
            let list = self.values.get(start..end).unwrap_or_default();
            start = end;
            list
        })
    }

    /// The number of values in all rows.
    pub fn total(&self) -> usize {
        match &self.rows {
            ListRows::Alike(rows) => rows * self.values.len(),
            ListRows::Shared(shared) => shared.total,
            ListRows::Each(_) => self.values.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(lists: &[&[u8]]) -> ListColumn<u8> {
        let mut column = ListColumn::default();
        for list in lists {
            column.push(list.iter().copied());
        }
        column
    }

    #[track_caller]
    fn check(lists: &[&[u8]]) {
        let column = column(lists);
        assert_eq!(column.len(), lists.len());
        assert_eq!(column.iter().collect::<Vec<_>>(), lists);
        for (row, &list) in lists.iter().enumerate() {
            assert_eq!(column.get(row), list, "{row} of {lists:?}");
        }
        assert!(column.get(lists.len()).is_empty());
        assert_eq!(column.total(), lists.concat().len());
    }

    #[test]
    fn a_list_is_what_was_pushed_and_a_missing_row_is_empty() {
        check(&[]);
        check(&[&[]]);
        check(&[&[1, 2], &[], &[3]]);
        check(&[&[], &[], &[3], &[]]);
        check(&[&[1], &[1], &[1, 1], &[1]]);
        check(&[&[1, 2], &[1, 2], &[1]]);
    }

    #[test]
    fn lists_that_rows_share_are_kept_once() {
        let mut column = ListColumn::default();
        (0..1000).for_each(|row| column.push(0..row % 5));
        assert_eq!((column.total(), column.values.len()), (2000, 10));
        column.shrink();
        column.push(0..4);
        column.push_alike(&[7], 2);
        assert_eq!((column.total(), column.values.len()), (2006, 11));
        let expected = (0..1000).map(|row| (0..row % 5).collect::<Vec<_>>());
        let expected: Vec<_> = expected
            .chain([vec![0, 1, 2, 3], vec![7], vec![7]])
            .collect();
        assert!(column.iter().eq(expected.iter()));
        let mut taken = ListColumn::default();
        taken.append_with(column.clone(), |it| it + 1);
        taken.append_with(column, |it| it);
        assert_eq!(taken.get(999), [1, 2, 3, 4]);
        assert_eq!(taken.get(1003 + 1002), [7]);
    }

    #[test]
    fn lists_that_few_rows_share_are_kept_for_each_row() {
        let mut column = ListColumn::default();
        let list = |row: usize| [row, row / 50];
        (0..1000).for_each(|row| column.push(list(row)));
        assert!(matches!(column.rows, ListRows::Each(_)));
        assert!(column.iter().eq((0..1000).map(list)));
        assert_eq!(column.get(999), list(999));
        let mut shared = ListColumn::default();
        (0..9).for_each(|row| shared.push(list(row)));
        let mut taken = ListColumn::default();
        taken.extend_with(&column, 0..9, |it| it);
        assert_eq!(taken, shared);
    }

    #[test]
    fn a_list_that_all_rows_have_is_kept_once() {
        let column = column(&[&[7, 8], &[7, 8], &[7, 8]]);
        assert_eq!(column.alike(), Some(&[7, 8][..]));
        assert_eq!((column.total(), column.values.len()), (6, 2));
    }

    #[test]
    fn rows_that_follow_from_another_column_are_as_if_they_had_been_pushed() {
        let other = column(&[&[1], &[], &[2, 3], &[4]]);
        let mut taken = column(&[&[9]]);
        taken.extend_with(&other, 1..4, |it| it + 1);
        assert_eq!(taken, column(&[&[9], &[], &[3, 4], &[5]]));
        let mut taken = column(&[&[5]]);
        taken.extend_with(&column(&[&[4], &[4], &[4]]), 0..2, |it| it + 1);
        assert_eq!(taken, column(&[&[5], &[5], &[5]]));
        assert!(taken.alike().is_some());
        taken.push_alike(&[6], 2);
        assert_eq!(taken, column(&[&[5], &[5], &[5], &[6], &[6]]));
    }
}
