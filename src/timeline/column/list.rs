//! Many lists in one vector.

use std::ops::Range;

use super::RowEnds;

/// Many lists in one vector.
///
/// While all rows have the same list, it is stored once: rows of a log name no actor, and all have the same source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumn<T> {
    values: Vec<T>,
    rows: ListRows,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ListRows {
    /// The number of rows, each with all of the values.
    Alike(usize),
    /// The end of each row.
    Each(RowEnds),
}

impl<T> Default for ListColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            rows: ListRows::Alike(0),
        }
    }
}

impl<T: Copy + PartialEq> ListColumn<T> {
    /// Adds a row.
    pub fn push(&mut self, values: impl IntoIterator<Item = T>) {
        let before = self.values.len();
        self.values.extend(values);
        let (known, new) = self.values.split_at(before);
        match &mut self.rows {
            ListRows::Each(ends) => ends.push(self.values.len()),
            ListRows::Alike(rows) if *rows == 0 => *rows = 1,
            ListRows::Alike(rows) if known == new => {
                *rows += 1;
                self.values.truncate(before);
            }
            ListRows::Alike(rows) => {
                let rows = *rows;
                let new = self.values.split_off(before);
                self.store_each(rows);
                self.push(new);
            }
        }
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
            ListRows::Each(ends) => {
                let mut start = rows.start.checked_sub(1).and_then(|row| ends.get(row));
                for end in ends.iter_from(rows.start).take(rows.len()) {
                    let from = start.replace(end).unwrap_or_default();
                    let list = other.values.get(from..end).unwrap_or_default();
                    self.push(list.iter().map(|&value| make(value)));
                }
            }
        }
    }

    /// Adds rows with the same list.
    pub fn push_alike(&mut self, list: &[T], rows: usize) {
        for left in (1..=rows).rev() {
            self.push(list.iter().copied());
            // Equal rows stay stored once.
            if let ListRows::Alike(known) = &mut self.rows {
                *known += left - 1;
                return;
            }
        }
    }

    /// Releases unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.values.shrink_to_fit();
        if let ListRows::Each(ends) = &mut self.rows {
            ends.shrink();
        }
    }

    /// Stores a list for each row, where one was stored for all.
    fn store_each(&mut self, rows: usize) {
        let list = self.values.len();
        self.values = self.values.repeat(rows);
        let mut ends = RowEnds::default();
        (1..=rows).for_each(|row| ends.push(row * list));
        self.rows = ListRows::Each(ends);
    }
}

impl<T> ListColumn<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            ListRows::Alike(rows) => *rows,
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
        let mut ends = match &self.rows {
            ListRows::Alike(_) => None,
            ListRows::Each(ends) => Some(ends.iter()),
        };
        let mut start = 0;
        (0..self.len()).map(move |_| {
            let Some(ends) = &mut ends else {
                return &self.values[..];
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
