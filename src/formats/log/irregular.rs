//! Rows whose number of values is not that of the columns. What can be read of them is kept.

use std::borrow::Cow;
use std::ops::Range;

use super::delimited::Layout;
use super::dialect::Role;
use super::joined::line_at;
use super::row::Rows;
use super::rows::Filler;
use super::said::Column;
use crate::diagnostic::{Diagnostic, Place, ROW_UNREADABLE, UNEVEN_ROW};
use crate::formats::guard::unguarded;

/// What is wrong with the number of values of a row.
#[derive(Clone, Copy)]
enum Fault {
    /// A quotation mark opens a value, and none closes it: the row is taken for its first line.
    Open,
    /// There are more values than columns, and something is in them.
    Surplus,
    /// There are fewer: the others are empty. Spreadsheets leave out empty cells at the end of a row.
    Missing,
}

impl Layout {
    /// Adds a row that has another number of values than there are columns, as far as it can be read, and reports
    /// it. `is_open`: a quotation mark in it has no partner.
    pub(super) fn irregular(
        &self,
        filler: &mut Filler<'_>,
        rows: &mut Rows<'_>,
        row: &Range<usize>,
        is_open: bool,
    ) {
        let is_of_one_line = line_at(filler.part.text, row.start).end >= row.end;
        let whole = row.clone();
        let row = if is_open {
            rows.split_first_line()
        } else {
            row.clone()
        };
        let guarded = rows.values().map(|value| {
            if self.is_guarded {
                unguarded(value)
            } else {
                Cow::Borrowed(value)
            }
        });
        let guarded: Vec<Cow<'_, str>> = guarded.collect();
        let values: Vec<&str> = guarded.iter().map(AsRef::as_ref).collect();
        let wanted = self.names.len();
        let surplus = values.get(wanted..).unwrap_or_default();
        let fault = if is_open {
            Some(Fault::Open)
        } else if surplus.iter().any(|it| !it.trim().is_empty()) {
            Some(Fault::Surplus)
        } else if self.has_name_from(values.len()) {
            Some(Fault::Missing)
        } else {
            None
        };
        filler.notation = rows.notation();
        let is_kept = match fault {
            None => true,
            Some(Fault::Missing) => self.is_readable(filler, &values, |title, date| title || date),
            Some(Fault::Open | Fault::Surplus) => {
                self.is_readable(filler, &values, |title, date| title && date)
            }
        };
        if let Some(fault) = fault {
            let place = first_line(filler, &row);
            let finding = self.finding(place, fault, values.len(), is_kept);
            filler.tell(finding);
        }
        if is_kept {
            let columns = self.columns(filler, values.len());
            filler.add(row, columns.into_iter().zip(values));
        }
        if is_open || !is_kept && !is_of_one_line {
            rows.go_on_behind(&whole);
        }
    }

    /// Whether a column from a number on has a name.
    fn has_name_from(&self, number: usize) -> bool {
        let names = self.names.get(number..).unwrap_or_default();
        names.iter().any(|name| !name.is_empty())
    }

    /// The columns of so many values: those behind the header are called by their numbers.
    fn columns(&self, filler: &mut Filler<'_>, values: usize) -> Vec<Column> {
        let names = self.names.iter().take(values);
        let mut columns: Vec<Column> = names.map(|name| filler.column(name)).collect();
        let further = columns.len()..values;
        columns.extend(further.map(|number| filler.column(&surplus_name(number))));
        columns
    }

    /// Whether some values have what is asked of them: a title, and a date.
    fn is_readable(
        &self,
        filler: &Filler<'_>,
        values: &[&str],
        wanted: impl Fn(bool, bool) -> bool,
    ) -> bool {
        let role = |name: &str| self.dialect.known(name).0;
        let has_title = (self.names.iter().zip(values)).any(|(name, value)| {
            matches!(role(name), Role::Title | Role::Short) && !value.trim().is_empty()
        });
        if wanted(has_title, false) || !wanted(has_title, true) {
            return wanted(has_title, false);
        }
        // Only the reader of rows knows what a date is.
        let mut trial = Filler::new(filler.part, self.dialect, filler.notation);
        trial.has_header = true;
        let columns = self.columns(&mut trial, values.len());
        trial.add(0..0, columns.into_iter().zip(values.iter().copied()));
        wanted(has_title, trial.rows.when.written(0).is_some())
    }

    fn finding(&self, place: Place, fault: Fault, values: usize, is_kept: bool) -> Diagnostic {
        let wanted = self.names.len();
        let said = crate::document::count(values, "value");
        let counts = format!("the row has {said}, and there are {wanted} columns");
        let left_out = if is_kept { "" } else { "; left out" };
        match fault {
            Fault::Open => {
                let message = "a quotation mark in the row has no partner";
                let label = if is_kept {
                    "read up to the end of the line"
                } else {
                    "left out"
                };
                Diagnostic::new(&ROW_UNREADABLE, place, message)
                    .label(label)
                    .help("write a quotation mark inside a value twice, and put the value in quotation marks")
            }
            Fault::Missing if is_kept => Diagnostic::new(&UNEVEN_ROW, place, counts)
                .label(format!(
                    "expected {wanted} values; the others are taken as empty"
                ))
                .help("write an empty value for each column that has none"),
            Fault::Surplus if is_kept => Diagnostic::new(&ROW_UNREADABLE, place, counts)
                .label(format!(
                    "expected {wanted} values; what follows is kept as `{}`",
                    surplus_name(wanted)
                ))
                .help("put a value that has the delimiter in it in quotation marks"),
            Fault::Missing | Fault::Surplus => Diagnostic::new(&ROW_UNREADABLE, place, counts)
                .label(format!("expected {wanted} values{left_out}"))
                .help("put a value that has the delimiter in it in quotation marks"),
        }
    }
}

/// The place of a row, or of its first line if it has several.
fn first_line(filler: &Filler<'_>, row: &Range<usize>) -> Place {
    let line = line_at(filler.part.text, row.start);
    filler.place(row.start..row.end.min(line.end).max(row.start))
}

/// What a value is called that has no column.
fn surplus_name(number: usize) -> String {
    format!("column {}", number + 1)
}
