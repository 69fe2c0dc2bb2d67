//! Many lists in one vector.

use std::ops::Range;

use super::Ends;

/// Many lists in one vector.
///
/// As long as all rows have the same list, it is kept once: of a log, no row names an actor and each has the same
/// source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumn<T> {
    values: Vec<T>,
    rows: Rows,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rows {
    /// So many rows, each with all of the values.
    Alike(usize),
    /// Where the values of each row end.
    Each(Ends),
}

impl<T> Default for ListColumn<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            rows: Rows::Alike(0),
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
            Rows::Each(ends) => ends.push(self.values.len()),
            Rows::Alike(rows) if *rows == 0 => *rows = 1,
            Rows::Alike(rows) if known == new => {
                *rows += 1;
                self.values.truncate(before);
            }
            Rows::Alike(rows) => {
                let rows = *rows;
                let new = self.values.split_off(before);
                self.tell_apart(rows);
                self.push(new);
            }
        }
    }

    /// Adds rows of another column, each value made into one of this.
    pub(crate) fn extend_with<U: Copy>(
        &mut self,
        other: &ListColumn<U>,
        rows: Range<usize>,
        mut make: impl FnMut(U) -> T,
    ) {
        match &other.rows {
            Rows::Alike(_) => {
                let list: Vec<T> = other.values.iter().map(|&value| make(value)).collect();
                self.push_alike(&list, rows.len());
            }
            Rows::Each(ends) => {
                let mut start = rows.start.checked_sub(1).and_then(|row| ends.get(row));
                for end in ends.iter_from(rows.start).take(rows.len()) {
                    let from = start.replace(end).unwrap_or_default();
                    let list = other.values.get(from..end).unwrap_or_default();
                    self.push(list.iter().map(|&value| make(value)));
                }
            }
        }
    }

    /// Adds so many rows with the same list.
    pub fn push_alike(&mut self, list: &[T], rows: usize) {
        for left in (1..=rows).rev() {
            self.push(list.iter().copied());
            // What is alike already stays alike.
            if let Rows::Alike(known) = &mut self.rows {
                *known += left - 1;
                return;
            }
        }
    }

    /// Gives back what was reserved and not used.
    pub(crate) fn shrink(&mut self) {
        self.values.shrink_to_fit();
        if let Rows::Each(ends) = &mut self.rows {
            ends.shrink();
        }
    }

    /// Gives each of so many rows, which were alike, a list of its own.
    fn tell_apart(&mut self, rows: usize) {
        let list = self.values.len();
        self.values = self.values.repeat(rows);
        let mut ends = Ends::default();
        (1..=rows).for_each(|row| ends.push(row * list));
        self.rows = Rows::Each(ends);
    }
}

impl<T> ListColumn<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Alike(rows) => *rows,
            Rows::Each(ends) => ends.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list of a row; empty for a row that does not exist.
    pub fn get(&self, row: usize) -> &[T] {
        let range = match &self.rows {
            Rows::Alike(rows) if row < *rows => return &self.values,
            Rows::Alike(_) => return &[],
            Rows::Each(ends) => ends.range(row).unwrap_or_default(),
        };
        self.values.get(range).unwrap_or_default()
    }

    /// The list that all rows have; none if they differ.
    pub fn alike(&self) -> Option<&[T]> {
        matches!(self.rows, Rows::Alike(_)).then_some(&self.values)
    }

    /// The list of every row, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        let mut ends = match &self.rows {
            Rows::Alike(_) => None,
            Rows::Each(ends) => Some(ends.iter()),
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

    /// How many values all rows hold together.
    pub fn total(&self) -> usize {
        match &self.rows {
            Rows::Alike(rows) => rows * self.values.len(),
            Rows::Each(_) => self.values.len(),
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
