//! Tables on paper: a cell that is below another on the screen is in the same cell here.

use std::ops::Range;

use crate::document::text_run::plain;
use crate::document::{Table, TextRun};

/// The columns of a table that are one column on paper.
pub fn columns(table: &Table) -> Vec<Range<usize>> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        match columns.last_mut() {
            Some(last) if column.under => last.end = at + 1,
            _ => columns.push(at..at + 1),
        }
    }
    columns
}

/// The head of such a column.
pub fn label(table: &Table, columns: &Range<usize>) -> String {
    let columns = table.columns.get(columns.clone()).unwrap_or_default();
    let labels: Vec<&str> = columns.iter().map(|column| column.label).collect();
    labels.join(", ")
}

/// What a row has in such a column.
pub fn cell(cells: &[Vec<TextRun>], columns: &Range<usize>) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    for cell in cells.get(columns.clone()).unwrap_or_default() {
        if !runs.is_empty() && !cell.is_empty() {
            runs.push(plain(" · "));
        }
        runs.extend(cell.iter().cloned());
    }
    runs
}
