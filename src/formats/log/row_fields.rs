//! Sorts the values of a row by their meaning. Of two values with one meaning the first is taken, unless only the
//! second has the exact name of its column.

use std::mem;

use super::column_role::ColumnRole;
use crate::diagnostic::{DUPLICATE_COLUMN, Diagnostic, TextPlace};
use crate::text::trimmed;
use crate::timeline::facts::SINGLE_FACTS;
use crate::timeline::{TermId, Vocabulary};

/// A column: its role, and the number of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LogColumn {
    pub role: ColumnRole,
    /// Whether its name is exactly the known one.
    pub is_exact: bool,
    pub name: TermId,
    /// Its number among the columns from which other values are made; [`NO_CELL`] if it is none of them.
    pub cell: u16,
}

pub(super) const NO_CELL: u16 = u16::MAX;

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldValue<'v> {
    pub column: LogColumn,
    pub text: &'v str,
    /// Its number in the row.
    pub number: usize,
}

impl<'v> FieldValue<'v> {
    /// The value of a column, with its number in the row.
    pub fn numbered((number, (column, text)): (usize, (LogColumn, &'v str))) -> Self {
        Self {
            column,
            text,
            number,
        }
    }
}

/// The text of a value without white space around it. Empty for no value.
pub(super) fn text_of(value: Option<FieldValue<'_>>) -> &str {
    value.map_or("", |value| trimmed(value.text))
}

/// The values of a row that an event has only one of.
#[derive(Default)]
pub(super) struct RowFields<'v> {
    pub title: Option<FieldValue<'v>>,
    pub short: Option<FieldValue<'v>>,
    pub when: Option<FieldValue<'v>>,
    pub epoch: Option<FieldValue<'v>>,
    pub imprecise: Option<FieldValue<'v>>,
    pub day: Option<FieldValue<'v>>,
    pub time: Option<FieldValue<'v>>,
    pub zone: Option<FieldValue<'v>>,
    pub until: Option<FieldValue<'v>>,
    pub clock: Option<FieldValue<'v>>,
    pub id: Option<FieldValue<'v>>,
    /// By the numbers of `SINGLE_FACTS`.
    pub facts: [Option<FieldValue<'v>>; SINGLE_FACTS.len()],
}

impl<'v> RowFields<'v> {
    /// Every value from which the date is made.
    pub fn stamps(&self) -> [Option<FieldValue<'v>>; 7] {
        [
            self.imprecise,
            self.when,
            self.epoch,
            self.day,
            self.time,
            self.zone,
            self.until,
        ]
    }
}

/// Puts a value in its field. If the field has one already, returns the taken value and the other.
pub(super) fn put<'v>(
    place: &mut Option<FieldValue<'v>>,
    new: FieldValue<'v>,
) -> Option<(FieldValue<'v>, FieldValue<'v>)> {
    let Some(known) = place
        .as_mut()
        .filter(|known| !trimmed(known.text).is_empty())
    else {
        *place = Some(new);
        return None;
    };
    if trimmed(new.text).is_empty() {
        return None;
    }
    let mut other = new;
    if other.column.is_exact && !known.column.is_exact {
        mem::swap(known, &mut other);
    }
    Some((*known, other))
}

/// The columns of a header with the role of another: the taken column, and the number of the other.
pub(super) fn doubles(columns: &[LogColumn]) -> Vec<(LogColumn, usize)> {
    let mut taken: Vec<usize> = Vec::new();
    let of_one = || (columns.iter().enumerate()).filter(|(_, it)| it.role.of_one().is_some());
    for (at, column) in of_one() {
        match taken
            .iter_mut()
            .find(|it| columns[**it].role == column.role)
        {
            None => taken.push(at),
            Some(first) if column.is_exact && !columns[*first].is_exact => *first = at,
            Some(_) => {}
        }
    }
    let double = |(at, column): (usize, &LogColumn)| {
        let same = taken.iter().find(|it| columns[**it].role == column.role)?;
        (*same != at).then_some((columns[*same], at))
    };
    of_one().filter_map(double).collect()
}

/// The finding about two columns of one role, at a place of the other.
pub(super) fn of_two(
    place: TextPlace,
    taken: LogColumn,
    other: LogColumn,
    words: &Vocabulary,
) -> Diagnostic {
    let what = taken.role.of_one().unwrap_or("same");
    let (first, second) = (words.word(taken.name), words.word(other.name));
    let message = if first == second {
        format!("`{first}` is there twice, but an event has one {what}")
    } else {
        format!("`{first}` and `{second}` both give the {what} of an event")
    };
    Diagnostic::new(&DUPLICATE_COLUMN, place, message)
        .label("where both say something, this is kept under its own name")
        .help("give it a name of its own")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(is_exact: bool, name: u32) -> LogColumn {
        LogColumn {
            role: ColumnRole::Title,
            is_exact,
            name: TermId(name),
            cell: NO_CELL,
        }
    }

    /// Which of several values is taken, and which are also kept.
    fn taken<'v>(values: &[(bool, &'v str)]) -> (&'v str, Vec<&'v str>) {
        let (mut place, mut others) = (None, Vec::new());
        for &(is_exact, text) in values {
            let column = column(is_exact, 0);
            let value = FieldValue {
                column,
                text,
                number: 0,
            };
            others.extend(put(&mut place, value).map(|(_, other)| other.text));
        }
        (text_of(place), others)
    }

    #[test]
    fn an_exact_name_comes_before_another_and_the_first_before_the_second() {
        assert_eq!(taken(&[(true, "a"), (true, "b")]), ("a", vec!["b"]));
        assert_eq!(taken(&[(false, "a"), (false, "b")]), ("a", vec!["b"]));
        assert_eq!(taken(&[(false, "a"), (true, "b")]), ("b", vec!["a"]));
        let three = [(false, "a"), (true, "b"), (true, "c")];
        assert_eq!(taken(&three), ("b", vec!["a", "c"]));
        assert_eq!(taken(&[(true, " "), (false, "b")]), ("b", vec![]));
        assert_eq!(taken(&[(true, "a"), (true, "")]), ("a", vec![]));
    }

    #[test]
    fn the_columns_of_a_header_are_chosen_as_those_of_a_row() {
        let exact = |columns: &[bool]| {
            let numbered = (0u32..).zip(columns);
            let columns: Vec<LogColumn> = numbered.map(|(at, &it)| column(it, at)).collect();
            let doubles = doubles(&columns).into_iter();
            doubles.map(|(it, at)| (it.name.0, at)).collect::<Vec<_>>()
        };
        assert_eq!(exact(&[true]), []);
        assert_eq!(exact(&[true, false, true]), [(0, 1), (0, 2)]);
        assert_eq!(exact(&[false, true, true]), [(1, 0), (1, 2)]);
    }
}
