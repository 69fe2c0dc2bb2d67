//! The sheets of a workbook that dateline wrote, each known by its columns, and their rows.

use std::collections::HashMap;
use std::ops::Range;

use crate::formats::workbook::columns::{
    ABOUT, CellForm, DECLARED, DeclaredSheet, EVENT_SIGNS, SheetColumn,
};
use crate::formats::workbook::sheet::{Sheet, SheetCell, letters_of};

/// How many rows may be above a header.
const MOST_ABOVE: usize = 40;

/// What a sheet lists.
#[derive(Clone, Copy)]
pub(super) enum OwnSheet {
    Events,
    Declared(&'static DeclaredSheet),
}

/// A sheet whose columns are known.
pub(super) struct OwnTable<'s> {
    pub kind: OwnSheet,
    pub sheet: &'s Sheet,
    /// The names of its columns, with their places in the sheet.
    pub names: Vec<SheetCell>,
    header: usize,
    /// Where the sheet begins in the text of the workbook.
    pub begin: usize,
}

/// A row of such a sheet. Its places are in the text of the workbook.
pub(super) struct OwnRow {
    pub cells: Vec<SheetCell>,
    pub range: Range<usize>,
}

impl<'s> OwnTable<'s> {
    /// `None` if no row of the sheet is a known header.
    pub fn of(sheet: &'s Sheet) -> Option<Self> {
        let rows = sheet.rows.iter().take(MOST_ABOVE).enumerate();
        rows.into_iter().find_map(|(header, row)| {
            let mut names = sheet.cells(*row);
            for (column, cell) in names.iter_mut().enumerate() {
                cell.text = match cell.text.trim() {
                    "" => format!("column {}", letters_of(column)),
                    name => name.to_owned(),
                };
            }
            let has = |name: &str| names.iter().any(|cell| cell.text == name);
            // Any table may have the two columns of the sheet about the file.
            let declares = |it: &&&DeclaredSheet| {
                let is_named = it.name != ABOUT.name || it.name == sheet.name;
                is_named && it.signs.iter().all(|sign| has(sign))
            };
            let kind = if EVENT_SIGNS.into_iter().all(has) {
                OwnSheet::Events
            } else {
                OwnSheet::Declared(DECLARED.iter().find(declares).copied()?)
            };
            Some(Self {
                kind,
                sheet,
                names,
                header,
                begin: 0,
            })
        })
    }

    pub fn is(&self, declared: &DeclaredSheet) -> bool {
        matches!(self.kind, OwnSheet::Declared(it) if std::ptr::eq(it, declared))
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = OwnRow> {
        let placed = |range: Range<usize>| range.start + self.begin..range.end + self.begin;
        let rows = self.sheet.rows_below(self.header);
        rows.map(move |(row, range)| {
            let mut cells = self.sheet.cells(row);
            for cell in &mut cells {
                cell.range = placed(cell.range.clone());
            }
            OwnRow {
                cells,
                range: placed(range),
            }
        })
    }

    /// The known columns, by their numbers in the sheet.
    pub fn columns(&self) -> HashMap<usize, &'static SheetColumn> {
        let OwnSheet::Declared(declared) = self.kind else {
            return HashMap::new();
        };
        let numbered = self.names.iter().enumerate();
        let known = numbered.filter_map(|(number, name)| {
            let mut columns = declared.columns.iter();
            Some((number, columns.find(|column| column.name == name.text)?))
        });
        known.collect()
    }
}

impl OwnRow {
    /// The first cell with a value in a column of a name.
    pub fn get<'r>(&'r self, table: &OwnTable<'_>, name: &str) -> Option<&'r SheetCell> {
        let mut pairs = table.names.iter().zip(&self.cells);
        let found = pairs.find(|(column, cell)| column.text == name && is_filled(cell));
        found.map(|(_, cell)| cell)
    }

    /// The text of such a cell; empty without one.
    pub fn text<'r>(&'r self, table: &OwnTable<'_>, name: &str) -> &'r str {
        self.get(table, name).map_or("", |cell| cell.text.trim())
    }

    /// The cells with a value, each with its known column.
    pub fn known<'r>(
        &'r self,
        columns: &'r HashMap<usize, &'static SheetColumn>,
    ) -> impl Iterator<Item = (&'static SheetColumn, &'r SheetCell)> {
        let cells = self.cells.iter().enumerate();
        let cells = cells.filter(|(_, cell)| is_filled(cell));
        cells.filter_map(|(number, cell)| Some((*columns.get(&number)?, cell)))
    }

    /// The cell with a marking of a form.
    pub fn marking<'r>(
        &'r self,
        columns: &'r HashMap<usize, &'static SheetColumn>,
        form: CellForm,
    ) -> Option<&'r SheetCell> {
        let mut known = self.known(columns);
        let found = known.find(|(column, _)| column.form == form);
        found.map(|(_, cell)| cell)
    }
}

fn is_filled(cell: &SheetCell) -> bool {
    !cell.text.trim().is_empty()
}
