//! Named values that only some rows have.

use std::ops::Range;

use super::words::TextRows;
use super::{RowEnds, TermId, TextColumn};

/// How many values of a name are looked up before deciding whether interning pays.
const TRIED: u32 = 4096;

/// A name with more values than this has many: too many to choose from a list.
pub const FEW_VALUES: usize = 50;

/// Named values that only some rows have. Recurring values of a name are stored once.
#[derive(Clone, Debug, Default)]
pub struct AttributeColumn {
    /// The name of each stored value.
    names: Vec<TermId>,
    /// Each stored value.
    values: TextColumn,
    /// The values of each row, by number.
    numbers: Vec<u32>,
    ends: RowEnds,
    known: TextRows,
    /// By name number.
    tried: Vec<NameRecurrence>,
}

/// How often the values of a name recur.
#[derive(Clone, Copy, Debug, Default)]
struct NameRecurrence {
    values: u32,
    new: u32,
}

impl NameRecurrence {
    /// Whether to keep interning: values that never recur would only fill the table.
    const fn is_worth_it(self) -> bool {
        self.values < TRIED || self.new < self.values / 2
    }

    const fn has_few(self) -> bool {
        self.new as usize <= FEW_VALUES
    }
}

impl PartialEq for AttributeColumn {
    fn eq(&self, other: &Self) -> bool {
        let rows = |column: &Self| 0..column.len();
        rows(self) == rows(other) && rows(self).all(|row| self.get(row).eq(other.get(row)))
    }
}

impl Eq for AttributeColumn {}

impl AttributeColumn {
    /// Adds a value to the current row.
    pub fn add(&mut self, name: TermId, value: &str) {
        let number = self.number(name, value);
        self.numbers.push(number);
    }

    /// Adds a value to the current row, unless its name has many values so far.
    pub fn add_of_few(&mut self, name: TermId, value: &str) {
        if self
            .tried
            .get(name.0 as usize)
            .is_none_or(|it| it.has_few())
        {
            self.add(name, value);
        }
    }

    /// Without the values of names that have many.
    pub fn drop_many(&mut self) {
        if self.tried.iter().any(|it| !it.has_few()) {
            let tried = std::mem::take(&mut self.tried);
            *self = self.retaining(|name| tried[name.0 as usize].has_few());
        }
    }

    /// Only the values of some names.
    #[must_use]
    pub fn retaining(&self, is_kept: impl Fn(TermId) -> bool) -> Self {
        let mut left = Self::default();
        let mut numbers = vec![None; self.names.len()];
        for row in self.rows() {
            for &number in row {
                let at = number as usize;
                if is_kept(self.names[at]) {
                    let new = numbers[at]
                        .unwrap_or_else(|| left.number(self.names[at], self.values.get(at)));
                    numbers[at] = Some(new);
                    left.numbers.push(new);
                }
            }
            left.end_row();
        }
        left
    }

    /// Ends the current row.
    pub fn end_row(&mut self) {
        self.ends.push(self.numbers.len());
    }

    /// Appends rows of another column. `taken` maps its value numbers to this column's.
    pub(crate) fn extend(
        &mut self,
        other: &Self,
        rows: Range<usize>,
        taken: &mut Vec<Option<u32>>,
        mut name: impl FnMut(TermId) -> TermId,
    ) {
        taken.resize(other.names.len(), None);
        let start = rows
            .start
            .checked_sub(1)
            .and_then(|row| other.ends.get(row));
        let start = start.unwrap_or_default();
        let end = rows.end.checked_sub(1).and_then(|row| other.ends.get(row));
        self.ends
            .extend(&other.ends, rows, start, self.numbers.len());
        for &number in &other.numbers[start..end.unwrap_or(start).max(start)] {
            let at = number as usize;
            let here = taken[at]
                .unwrap_or_else(|| self.number(name(other.names[at]), other.values.get(at)));
            taken[at] = Some(here);
            self.numbers.push(here);
        }
    }

    /// Reserves exactly `rows` rows with `values` values.
    pub(crate) fn reserve(&mut self, rows: usize, values: usize) {
        self.numbers.reserve_exact(values);
        self.ends.reserve(if values == 0 { 0 } else { rows });
    }

    /// Releases unused capacity, and the index for adding more.
    pub(crate) fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.values.shrink();
        self.numbers.shrink_to_fit();
        self.ends.shrink();
        self.known = TextRows::default();
        self.tried = Vec::new();
    }

    fn number(&mut self, name: TermId, value: &str) -> u32 {
        if self.tried.len() <= name.0 as usize {
            self.tried
                .resize(name.0 as usize + 1, NameRecurrence::default());
        }
        let tried = &mut self.tried[name.0 as usize];
        let is_looked_up = tried.is_worth_it();
        let (names, values) = (&self.names, &self.values);
        let held = |at: u32| (names[at as usize].0, values.get(at as usize));
        if is_looked_up {
            tried.values = tried.values.saturating_add(1);
            if let Some(number) = self.known.find((name.0, value), held) {
                return number;
            }
            tried.new = tried.new.saturating_add(1);
        }
        let number =
            u32::try_from(names.len()).expect("a timeline has fewer than 2^32 different values");
        self.names.push(name);
        self.values.push(value);
        if is_looked_up {
            let (names, values) = (&self.names, &self.values);
            self.known
                .insert(number, |at| (names[at as usize].0, values.get(at as usize)));
        }
        number
    }

    /// The names and values of a row in the order of addition; empty if the row does not exist.
    pub fn get(&self, row: usize) -> impl ExactSizeIterator<Item = (TermId, &str)> {
        self.numbers(row).iter().map(|&number| {
            let at = number as usize;
            (self.names[at], self.values.get(at))
        })
    }

    /// The values of a row, as indices into the stored values; empty if the row does not exist.
    pub fn numbers(&self, row: usize) -> &[u32] {
        let range = self.ends.range(row).unwrap_or_default();
        self.numbers.get(range).unwrap_or_default()
    }

    /// The stored values, each with its name.
    pub fn kept(&self) -> impl ExactSizeIterator<Item = (TermId, &str)> {
        let names = self.names.iter().enumerate();
        names.map(|(at, &name)| (name, self.values.get(at)))
    }

    /// The stored values.
    pub fn values(&self) -> &TextColumn {
        &self.values
    }

    /// The values of each row, as indices into the stored values.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let row = self.numbers.get(start..end).unwrap_or_default();
            start = end;
            row
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of values in all rows.
    pub fn total(&self) -> usize {
        self.numbers.len()
    }

    /// Whether no row has a value.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rows<'r> = &'r [&'r [(u32, &'r str)]];

    fn column(rows: Rows<'_>) -> AttributeColumn {
        let mut column = AttributeColumn::default();
        for row in rows {
            for (name, value) in *row {
                column.add(TermId(*name), value);
            }
            column.end_row();
        }
        column
    }

    fn rows(column: &AttributeColumn) -> Vec<Vec<(u32, String)>> {
        let row = |row| {
            column
                .get(row)
                .map(|(name, value)| (name.0, value.to_owned()))
        };
        (0..column.len()).map(|at| row(at).collect()).collect()
    }

    const ROWS: Rows<'static> = &[
        &[],
        &[(0, "web-1"), (1, "root")],
        &[(0, "web-1")],
        &[],
        &[(1, "web-1"), (0, "root"), (0, "web-1")],
    ];

    #[test]
    fn a_value_that_recurs_under_its_name_is_kept_once() {
        let column = column(ROWS);
        let read = rows(&column);
        for (row, expected) in read.iter().zip(ROWS) {
            assert!(
                row.iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .eq(expected.iter().copied())
            );
        }
        assert_eq!((column.total(), column.values().len()), (6, 4));
        assert_eq!(column.get(9).len(), 0);
    }

    #[test]
    fn rows_that_follow_from_another_column_are_as_if_they_had_been_added() {
        let other = column(ROWS);
        let (mut taken, mut numbers) = (column(&[&[(7, "root")]]), Vec::new());
        taken.extend(&other, 1..2, &mut numbers, |name| TermId(name.0 + 6));
        taken.extend(&other, 2..5, &mut numbers, |name| TermId(name.0 + 6));
        let expected = column(&[
            &[(7, "root")],
            &[(6, "web-1"), (7, "root")],
            &[(6, "web-1")],
            &[],
            &[(7, "web-1"), (6, "root"), (6, "web-1")],
        ]);
        assert_eq!(taken, expected);
        assert_eq!(taken.values().len(), 4);
        assert_ne!(taken, other);
    }

    #[test]
    fn values_that_never_recur_are_no_longer_looked_up() {
        let mut column = AttributeColumn::default();
        for number in 0..10_000 {
            column.add(TermId(0), &number.to_string());
            column.add(TermId(1), "again");
            column.end_row();
        }
        assert!(!column.tried[0].is_worth_it());
        assert_eq!(
            (column.tried[0].values, column.tried[1].values),
            (TRIED, 10_000)
        );
        assert_eq!(column.values().len(), 10_001);
        let last: Vec<_> = column.get(9_999).map(|(_, value)| value).collect();
        assert_eq!(last, ["9999", "again"]);
    }
}
