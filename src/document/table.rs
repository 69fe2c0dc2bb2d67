//! Tables: rows of cells under labels, with what becomes of each column where there is no room for a table.
//!
//! A table does not know how wide it is set. Where it does not fit, each of its rows is set as an item:
//! [`Folded`] says what then stands where.

use super::run::{Run, quiet};

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub label: &'static str,
    /// Whether its cells stand under those of the column before it, as one column on a screen.
    pub under: bool,
    /// Where its cells go if the table does not fit.
    pub fold: Fold,
    /// What leads to a cell where the table is folded: punctuation after what stands before it on its
    /// line, then words, such as `, confidence `. The punctuation is left out at the head of a line.
    pub lead: &'static str,
}

/// A place in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// What the item is known by.
    Mark,
    /// On the line of what is said.
    Body,
    /// On a note under it, from 0.
    Note(usize),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The head of the rows that follow, across all columns.
    Group(Vec<Run>),
    /// One cell a column; empty ones are empty.
    Cells(Vec<Vec<Run>>),
}

/// A row that is set as an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// What it is known by.
    pub mark: Vec<Run>,
    /// What is said.
    pub body: Vec<Run>,
    /// Further lines, none of them empty.
    pub notes: Vec<Vec<Run>>,
}

impl Table {
    /// Leaves out the columns in which every cell is empty. What stood under one of them takes its place.
    pub fn without_empty_columns(&mut self, is_wanted: impl Fn(&Column) -> bool) {
        let rows = || self.rows.iter().filter_map(Row::cells);
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
            if let Row::Cells(cells) = row {
                let mut is_kept = kept.iter();
                cells.retain(|_| is_kept.next() != Some(&false));
            }
        }
    }

    /// One row as an item.
    pub fn fold(&self, cells: &[Vec<Run>]) -> Folded {
        let mut folded = Folded::default();
        for (column, cell) in self.columns.iter().zip(cells) {
            if cell.is_empty() {
                continue;
            }
            let line = match column.fold {
                Fold::Mark => &mut folded.mark,
                Fold::Body => &mut folded.body,
                Fold::Note(at) => {
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

impl Row {
    /// Its cells; none if it is the head of a group.
    pub fn cells(&self) -> Option<&[Vec<Run>]> {
        match self {
            Self::Cells(cells) => Some(cells),
            Self::Group(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::plain;
    use super::*;

    fn column(label: &'static str, fold: Fold, lead: &'static str) -> Column {
        Column {
            label,
            under: false,
            fold,
            lead,
        }
    }

    fn cell(text: &str) -> Vec<Run> {
        vec![plain(text)]
    }

    fn table() -> Table {
        Table {
            columns: vec![
                column("day", Fold::Mark, ""),
                column("words", Fold::Note(1), ""),
                column("confidence", Fold::Note(1), ", confidence "),
            ],
            rows: vec![
                Row::Group(cell("who")),
                Row::Cells(vec![cell("1 May"), vec![], cell("high")]),
            ],
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
        assert_eq!(table.fold(&[]), Folded::default());
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
        assert_eq!(used.rows[1], Row::Cells(vec![cell("1 May"), cell("high")]));
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
