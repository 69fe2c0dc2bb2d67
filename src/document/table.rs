//! Tables: rows of cells under labels, and the place of each column where a table does not fit.
//!
//! A table does not know its width. Where it does not fit, each row becomes an item: see [`FoldedRow`].

use super::text_run::{TextRun, quiet};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<TableColumn>,
    /// From top to bottom.
    pub rows: Vec<TableRow>,
    /// Whether its columns behind the first are compared with each other: they have one width.
    pub is_comparison: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// The label above its cells.
    pub label: &'static str,
    /// Whether its cells are under those of the previous column, as one column on a screen.
    pub under: bool,
    /// The place of its cells if the table does not fit.
    pub fold: FoldPlace,
    /// The lead of a cell in a folded row: punctuation, then words, such as `, confidence `. The punctuation is dropped
    /// at the beginning of a line.
    pub lead: &'static str,
}

/// A place in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldPlace {
    /// The mark of the item.
    Mark,
    /// The body of the item.
    Body,
    /// A note under the body, from 0.
    Note(usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableRow {
    /// A heading for the rows that follow, across all columns.
    Group(Vec<TextRun>),
    /// One cell for each column; may be empty.
    Cells(Vec<Vec<TextRun>>),
}

/// A row as an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedRow {
    pub mark: Vec<TextRun>,
    pub body: Vec<TextRun>,
    /// Further lines, none of them empty.
    pub notes: Vec<Vec<TextRun>>,
}

impl Table {
    /// Drops the columns whose cells are all empty. A column under a dropped one takes its place.
    pub fn without_empty_columns(&mut self, is_wanted: impl Fn(&TableColumn) -> bool) {
        let rows = || self.rows.iter().filter_map(TableRow::cells);
        let is_used =
            |at: usize| rows().any(|cells| cells.get(at).is_some_and(|cell| !cell.is_empty()));
        let kept: Vec<bool> = (0..)
            .zip(&self.columns)
            .map(|(at, column)| is_wanted(column) || is_used(at))
            .collect();
        let mut is_headless = false;
        for (column, &is_kept) in self.columns.iter_mut().zip(&kept) {
            if is_kept {
                column.under &= !is_headless;
                is_headless = false;
            } else {
                is_headless |= !column.under;
            }
        }
        let mut is_kept = kept.iter();
        self.columns.retain(|_| is_kept.next() != Some(&false));
        for row in &mut self.rows {
            if let TableRow::Cells(cells) = row {
                let mut is_kept = kept.iter();
                cells.retain(|_| is_kept.next() != Some(&false));
            }
        }
    }

    /// Folds one row into an item.
    pub fn fold(&self, cells: &[Vec<TextRun>]) -> FoldedRow {
        let mut folded = FoldedRow::default();
        for (column, cell) in self.columns.iter().zip(cells) {
            if cell.is_empty() {
                continue;
            }
            let line = match column.fold {
                FoldPlace::Mark => &mut folded.mark,
                FoldPlace::Body => &mut folded.body,
                FoldPlace::Note(at) => {
                    let lines = folded.notes.len().max(at + 1);
                    folded.notes.resize(lines, Vec::new());
                    &mut folded.notes[at]
                }
            };
            let lead = if line.is_empty() {
                column.lead.trim_start_matches([',', ':', ' '])
            } else {
                column.lead
            };
            if !lead.is_empty() {
                line.push(quiet(lead));
            }
            line.extend(cell.iter().cloned());
        }
        folded.notes.retain(|note| !note.is_empty());
        folded
    }
}

impl TableRow {
    /// The cells; `None` for a heading.
    pub fn cells(&self) -> Option<&[Vec<TextRun>]> {
        match self {
            Self::Cells(cells) => Some(cells),
            Self::Group(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text_run::plain;
    use super::*;

    fn column(label: &'static str, fold: FoldPlace, lead: &'static str) -> TableColumn {
        TableColumn {
            label,
            under: false,
            fold,
            lead,
        }
    }

    fn cell(text: &str) -> Vec<TextRun> {
        vec![plain(text)]
    }

    fn table() -> Table {
        Table {
            columns: vec![
                column("day", FoldPlace::Mark, ""),
                column("words", FoldPlace::Note(1), ""),
                column("confidence", FoldPlace::Note(1), ", confidence "),
            ],
            rows: vec![
                TableRow::Group(cell("who")),
                TableRow::Cells(vec![cell("1 May"), vec![], cell("high")]),
            ],
            is_comparison: false,
        }
    }

    #[test]
    fn what_leads_on_from_another_cell_does_not_begin_a_line() {
        let mut table = table();
        let folded = table.fold(&[cell("1 May"), cell("likely"), cell("high")]);
        assert_eq!(
            folded.notes,
            [vec![plain("likely"), quiet(", confidence "), plain("high")]]
        );
        let folded = table.fold(table.rows[1].cells().expect("it has cells"));
        assert_eq!(
            (folded.mark, folded.notes),
            (
                cell("1 May"),
                vec![vec![quiet("confidence "), plain("high")]]
            )
        );
        table.rows.clear();
        assert_eq!(table.fold(&[]), FoldedRow::default());
    }

    #[test]
    fn a_column_without_a_value_is_left_out_unless_it_is_wanted() {
        let labels = |table: &Table| {
            table
                .columns
                .iter()
                .map(|column| column.label)
                .collect::<Vec<_>>()
        };
        let mut kept = table();
        kept.without_empty_columns(|column| column.label == "words");
        assert_eq!(labels(&kept), ["day", "words", "confidence"]);
        let mut used = table();
        used.without_empty_columns(|_| false);
        assert_eq!(labels(&used), ["day", "confidence"]);
        assert_eq!(
            used.rows[1],
            TableRow::Cells(vec![cell("1 May"), cell("high")])
        );
    }

    #[test]
    fn what_stood_under_a_column_that_is_left_out_takes_its_place() {
        let mut table = table();
        table.columns[2].under = true;
        let mut whole = table.clone();
        whole.without_empty_columns(|column| column.label == "words");
        assert!(whole.columns[2].under);
        table.without_empty_columns(|_| false);
        assert!(!table.columns[1].under && table.columns[1].label == "confidence");
    }
}
