//! Rows with more or fewer values than there are columns. Everything that can be read of them is kept.

use std::borrow::Cow;
use std::ops::Range;

use super::chunk_text::{KeptTexts, line_at};
use super::delimited_log::TableLayout;
use super::delimited_rows::DelimitedRows;
use super::row_builder::RowBuilder;
use super::row_fields::{FieldValue, LogColumn};
use crate::diagnostic::{Diagnostic, ROW_UNREADABLE, TextPlace, UNEVEN_ROW};
use crate::formats::guard::unguarded;

/// The mistake in the number of values of a row.
#[derive(Clone, Copy)]
enum RowFault {
    /// A quotation mark opens a value and is unpaired: only the first line of the row is read.
    Open,
    /// There are more values than columns, and not all are empty.
    Surplus,
    /// There are fewer: the others are empty. Spreadsheets leave out empty cells at the end of a row.
    Missing,
}

impl TableLayout {
    /// Adds and reports a row that has another number of values than there are columns, as far as it can be read.
    /// `is_open`: it has an unpaired quotation mark.
    pub(super) fn irregular(
        &self,
        builder: &mut RowBuilder<'_>,
        rows: &mut DelimitedRows<'_>,
        row: &Range<usize>,
        is_open: bool,
    ) {
        builder.is_irregular = true;
        let is_of_one_line = line_at(builder.part.text, row.start).end >= row.end;
        let whole = row.clone();
        let row = if is_open {
            rows.split_first_line()
        } else {
            row.clone()
        };
        let guarded = rows.values().map(|value| {
            if self.mapping.layout.is_guarded() {
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
            Some(RowFault::Open)
        } else if surplus.iter().any(|it| !it.trim().is_empty()) {
            Some(RowFault::Surplus)
        } else if self.has_name_from(values.len()) {
            Some(RowFault::Missing)
        } else {
            None
        };
        builder.notation = rows.notation();
        let is_kept = match fault {
            None => true,
            Some(RowFault::Missing) => {
                let (has_title, has_date) = self.trial(builder, &values);
                has_title || has_date
            }
            Some(RowFault::Open | RowFault::Surplus) => {
                let (has_title, has_date) = self.trial(builder, &values);
                has_title && has_date
            }
        };
        if let Some(fault) = fault {
            let place = first_line(builder, &row);
            let finding = self.finding(place, fault, values.len(), is_kept);
            builder.report(finding);
        }
        if is_kept {
            let columns = self.columns(builder, values.len());
            let values = columns.into_iter().zip(values).enumerate();
            builder.add(row, values.map(FieldValue::numbered));
        }
        if is_open || !is_kept && !is_of_one_line {
            rows.go_on_behind(&whole);
        }
    }

    /// Whether any column from this number on has a name. A table without a header may end with the last column that its
    /// mapping needs.
    fn has_name_from(&self, number: usize) -> bool {
        let names = self.names.get(number..).unwrap_or_default();
        let has_header = self.mapping.layout.header.is_empty();
        let mut names = names.iter().filter(|name| !name.is_empty());
        names.any(|name| has_header || self.mapping.requires(name))
    }

    /// The columns of this number of values. Those behind the header are called by their numbers.
    fn columns(&self, builder: &mut RowBuilder<'_>, values: usize) -> Vec<LogColumn> {
        let names = self.names.iter().take(values);
        let mut columns: Vec<LogColumn> = names.map(|name| builder.column(name)).collect();
        let further = columns.len()..values;
        columns.extend(further.map(|number| builder.column(&surplus_name(number))));
        columns
    }

    /// Whether some values have a title, and a date. Only a row builder can decide that.
    fn trial(&self, builder: &RowBuilder<'_>, values: &[&str]) -> (bool, bool) {
        let mut trial = RowBuilder::new(builder.part, &self.mapping, builder.notation);
        trial.has_header = true;
        trial.texts = KeptTexts::All;
        let columns = self.columns(&mut trial, values.len());
        let values = columns.into_iter().zip(values.iter().copied()).enumerate();
        trial.add(0..0, values.map(FieldValue::numbered));
        let has_title = trial.rows.has_title(0);
        (has_title, trial.rows.when.written(0).is_some())
    }

    fn finding(
        &self,
        place: TextPlace,
        fault: RowFault,
        values: usize,
        is_kept: bool,
    ) -> Diagnostic {
        let wanted = self.names.len();
        let said = crate::document::count(values, "value");
        let counts = format!("the row has {said}, and there are {wanted} columns");
        let left_out = if is_kept { "" } else { "; left out" };
        match fault {
            RowFault::Open => {
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
            RowFault::Missing if is_kept => Diagnostic::new(&UNEVEN_ROW, place, counts)
                .label(format!(
                    "expected {wanted} values; the others are taken as empty"
                ))
                .help("write an empty value for each column that has none"),
            RowFault::Surplus if is_kept => Diagnostic::new(&ROW_UNREADABLE, place, counts)
                .label(format!(
                    "expected {wanted} values; what follows is kept as `{}`",
                    surplus_name(wanted)
                ))
                .help("put a value that has the delimiter in it in quotation marks"),
            RowFault::Missing | RowFault::Surplus => {
                Diagnostic::new(&ROW_UNREADABLE, place, counts)
                    .label(format!("expected {wanted} values{left_out}"))
                    .help("put a value that has the delimiter in it in quotation marks")
            }
        }
    }
}

/// The place of a row, or of its first line if it has several.
fn first_line(builder: &RowBuilder<'_>, row: &Range<usize>) -> TextPlace {
    let line = line_at(builder.part.text, row.start);
    builder.place(row.start..row.end.min(line.end).max(row.start))
}

/// The name of a value without a column.
fn surplus_name(number: usize) -> String {
    format!("column {}", number + 1)
}
