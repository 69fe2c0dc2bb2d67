//! Tables on paper: cells that the screen shows below one another are one cell here.

use std::ops::Range;

use crate::document::text_run::plain;
use crate::document::{Table, TextRun};

/// The columns of a table that form one column on paper.
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

/// The header of a column on paper.
pub fn label(table: &Table, columns: &Range<usize>) -> String {
    let columns = table.columns.get(columns.clone()).unwrap_or_default();
    let labels: Vec<&str> = columns.iter().map(|column| column.label).collect();
    labels.join(", ")
}

/// The cell of a row in a column on paper.
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
