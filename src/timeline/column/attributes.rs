//! Named values that only some rows have.

use std::ops::Range;

use super::words::TextRows;
use super::{TermId, TextColumn};
use crate::packed::{NarrowNumbers, NumbersSlice, Offsets};

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
    numbers: NarrowNumbers,
    ends: Offsets,
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
        self.numbers.push(number as usize);
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
            for at in row.iter() {
                if is_kept(self.names[at]) {
                    let new = numbers[at]
                        .unwrap_or_else(|| left.number(self.names[at], self.values.get(at)));
                    numbers[at] = Some(new);
                    left.numbers.push(new as usize);
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
        let start = rows.start.checked_sub(1);
        let start = start.and_then(|row| other.ends.get(row)).unwrap_or(0);
        let (mut end, offset) = (start, self.numbers.len());
        for of_row in other.ends.iter_from(rows.start).take(rows.len()) {
            end = of_row;
            self.ends.push(end - start + offset);
        }
        for at in other.numbers.slice(start..end).iter() {
            let here = taken[at]
                .unwrap_or_else(|| self.number(name(other.names[at]), other.values.get(at)));
            taken[at] = Some(here);
            self.numbers.push(here as usize);
        }
    }

    /// Appends all rows of another column, mapping each name. Takes its memory if this one is empty.
    pub(crate) fn append_with(&mut self, other: Self, mut name: impl FnMut(TermId) -> TermId) {
        if !self.ends.is_empty() {
            return self.extend(&other, 0..other.len(), &mut Vec::new(), name);
        }
        *self = other;
        self.names.iter_mut().for_each(|it| *it = name(*it));
        // Values are found by the new numbers of their names.
        self.known = TextRows::default();
        self.tried = Vec::new();
        let (names, values) = (&self.names, &self.values);
        for number in (0u32..).take(names.len()) {
            let held = |at: u32| (names[at as usize].0, values.get(at as usize));
            self.known.insert(number, held);
        }
    }

    /// Reserves capacity for `values` values of all rows.
    pub(crate) fn reserve(&mut self, values: usize) {
        self.numbers.reserve(values);
    }

    /// Releases unused capacity, and the index for adding more.
    pub(crate) fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.values.shrink();
        self.numbers.shrink();
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
        let numbers = self.numbers(row).iter();
        numbers.map(|at| (self.names[at], self.values.get(at)))
    }

    /// The values of a row, as indices into the stored values; empty if the row does not exist.
    pub fn numbers(&self, row: usize) -> NumbersSlice<'_> {
        let Some(end) = self.ends.get(row) else {
            return self.numbers.slice(0..0);
        };
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before));
        self.numbers.slice(start.unwrap_or_default()..end)
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
    pub fn rows(&self) -> impl ExactSizeIterator<Item = NumbersSlice<'_>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let row = self.numbers.slice(start..end);
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
        let mut all = AttributeColumn::default();
        all.append_with(other.clone(), |name| name);
        assert_eq!(all, other);
        all.append_with(column(&[&[(0, "new"), (1, "root")]]), |name| name);
        assert_eq!(all.len(), 6);
        assert_eq!(
            all.get(5).collect::<Vec<_>>(),
            [(TermId(0), "new"), (TermId(1), "root")]
        );
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
