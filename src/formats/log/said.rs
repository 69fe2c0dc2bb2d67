//! What the values of a row say of its event. Where two say the same, the first is taken, but for one whose column is
//! called as it should be to the letter.

use std::mem;

use super::dialect::Role;
use crate::diagnostic::{DUPLICATE_COLUMN, Diagnostic, Place};
use crate::text::trimmed;
use crate::timeline::facts::SINGLE_FACTS;
use crate::timeline::{TermId, Vocabulary};

/// A column: what it means, and the number of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub role: Role,
    /// Whether its name is the known one to the letter.
    pub is_exact: bool,
    pub name: TermId,
}

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'v> {
    pub column: Column,
    pub text: &'v str,
    /// How many values of the row are before it.
    pub number: usize,
}

/// The text of a value, without white space around it; empty if there is none.
pub(super) fn text_of(value: Option<Value<'_>>) -> &str {
    value.map_or("", |value| trimmed(value.text))
}

/// What a row says of the event itself.
#[derive(Default)]
pub(super) struct Said<'v> {
    pub title: Option<Value<'v>>,
    pub short: Option<Value<'v>>,
    pub when: Option<Value<'v>>,
    pub epoch: Option<Value<'v>>,
    pub imprecise: Option<Value<'v>>,
    pub day: Option<Value<'v>>,
    pub time: Option<Value<'v>>,
    pub zone: Option<Value<'v>>,
    pub clock: Option<Value<'v>>,
    pub id: Option<Value<'v>>,
    /// By the numbers of `SINGLE_FACTS`.
    pub facts: [Option<Value<'v>>; SINGLE_FACTS.len()],
}

impl<'v> Said<'v> {
    /// Everything of which a date is made.
    pub fn stamps(&self) -> [Option<Value<'v>>; 6] {
        [
            self.imprecise,
            self.when,
            self.epoch,
            self.day,
            self.time,
            self.zone,
        ]
    }
}

/// Puts a value in its place. If two say something there, returns the one that is taken and the other.
pub(super) fn put<'v>(
    place: &mut Option<Value<'v>>,
    new: Value<'v>,
) -> Option<(Value<'v>, Value<'v>)> {
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

/// The columns of a header that say the same as another: which one is taken, and the number of the other.
pub(super) fn doubles(columns: &[Column]) -> Vec<(Column, usize)> {
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
    let double = |(at, column): (usize, &Column)| {
        let same = taken.iter().find(|it| columns[**it].role == column.role)?;
        (*same != at).then_some((columns[*same], at))
    };
    of_one().filter_map(double).collect()
}

/// What is told of two columns that say the same, at a place of the one that is not taken.
pub(super) fn of_two(place: Place, taken: Column, other: Column, words: &Vocabulary) -> Diagnostic {
    let what = taken.role.of_one().unwrap_or("same");
    let (first, second) = (words.word(taken.name), words.word(other.name));
    let message = if first == second {
        format!("`{first}` is there twice, and an event has one {what}")
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

    fn column(is_exact: bool, name: u32) -> Column {
        Column {
            role: Role::Title,
            is_exact,
            name: TermId(name),
        }
    }

    /// Which of several values is taken, and which are kept beside it.
    fn taken<'v>(values: &[(bool, &'v str)]) -> (&'v str, Vec<&'v str>) {
        let (mut place, mut others) = (None, Vec::new());
        for &(is_exact, text) in values {
            let column = column(is_exact, 0);
            let value = Value {
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
            let columns: Vec<Column> = numbered.map(|(at, &it)| column(it, at)).collect();
            let doubles = doubles(&columns).into_iter();
            doubles.map(|(it, at)| (it.name.0, at)).collect::<Vec<_>>()
        };
        assert_eq!(exact(&[true]), []);
        assert_eq!(exact(&[true, false, true]), [(0, 1), (0, 2)]);
        assert_eq!(exact(&[false, true, true]), [(1, 0), (1, 2)]);
    }
}
