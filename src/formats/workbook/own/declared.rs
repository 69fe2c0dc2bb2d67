//! What the sheets of a workbook declare, as trees of a timeline: its head, entities, sources and questions.

use std::collections::HashMap;

use super::markings::{MarkingCells, OwnMarkings};
use super::names::NameIds;
use super::sheets::{OwnRow, OwnTable};
use crate::diagnostic::{DUPLICATE_ID, Diagnostic, FileId, TextPlace};
use crate::formats::log::list_items;
use crate::formats::toml::key_names::{MARKING, PUBLISHED};
use crate::formats::toml::trees::{self, DeTable, DeValue, Spanned, TreeValue};
use crate::formats::workbook::columns::{
    ABOUT, ABOUT_KEYS, CellForm, ENTITIES, QUESTIONS, SOURCES, SheetColumn,
};
use crate::formats::workbook::sheet::SheetCell;
use crate::timeline::term::Tlp;

/// What the rows of events refer to.
pub(super) struct DeclaredItems {
    pub file: FileId,
    pub entities: NameIds,
    pub sources: NameIds,
    pub markings: OwnMarkings,
    /// The day of publication of each source, as it is written, by its id.
    pub published: HashMap<String, String>,
    pub findings: Vec<Diagnostic>,
}

type Columns = HashMap<usize, &'static SheetColumn>;

impl DeclaredItems {
    pub fn new(file: FileId) -> Self {
        Self {
            file,
            entities: NameIds::new("entity"),
            sources: NameIds::new("source"),
            markings: OwnMarkings::default(),
            published: HashMap::new(),
            findings: Vec::new(),
        }
    }

    /// The tree of everything but events.
    pub fn read(&mut self, tables: &[OwnTable<'_>]) -> DeTable<'static> {
        let mut tree = DeTable::new();
        self.head(tables, &mut tree);
        // Rows name what other rows declare, in any order.
        let entities = self.declare(tables, true);
        let sources = self.declare(tables, false);
        self.named_tables(&mut tree, ENTITIES.table, entities);
        self.named_tables(&mut tree, SOURCES.table, sources);
        let mut questions = Vec::new();
        for table in tables.iter().filter(|table| table.is(&QUESTIONS)) {
            let columns = table.columns();
            for row in table.rows() {
                questions.push(self.table(&row, &columns, Vec::new()));
            }
        }
        put_list(&mut tree, QUESTIONS.table, questions);
        tree
    }

    fn head(&mut self, tables: &[OwnTable<'_>], tree: &mut DeTable<'static>) {
        let mut head = DeTable::new();
        let mut whole = None;
        for table in tables.iter().filter(|table| table.is(&ABOUT)) {
            for row in table.rows() {
                let key = row.text(table, "about");
                let Some(value) = row
                    .get(table, "value")
                    .filter(|_| ABOUT_KEYS.contains(&key))
                else {
                    continue;
                };
                if key == MARKING {
                    self.markings.of_file = Some(super::markings::level(value));
                }
                whole.get_or_insert(row.range.clone());
                trees::put(&mut head, key, text_of(value));
            }
        }
        if let Some(range) = whole {
            let head = Spanned::new(range, DeValue::Table(head));
            trees::put(tree, ABOUT.table, head);
        }
    }

    /// Declares the names of a sort of rows. Returns each row with its id.
    fn declare(&mut self, tables: &[OwnTable<'_>], are_entities: bool) -> Vec<DeclaredRow> {
        let (declared, name, names) = if are_entities {
            (&ENTITIES, "name", &mut self.entities)
        } else {
            (&SOURCES, "title", &mut self.sources)
        };
        let mut rows = Vec::new();
        for table in tables.iter().filter(|table| table.is(declared)) {
            let columns = table.columns();
            for row in table.rows() {
                let id = row.text(table, "id");
                let Some(id) = names.declare(id, row.text(table, name)) else {
                    let place = TextPlace::new(self.file, row.range.clone());
                    let message = format!("`{id}` is declared twice");
                    let finding = Diagnostic::new(&DUPLICATE_ID, place, message);
                    let help = "give it an id of its own, or delete the row";
                    self.findings
                        .push(finding.label("only the first row is read").help(help));
                    continue;
                };
                let marking = self.markings.written(marking_cells(&row, &columns));
                if are_entities {
                    self.markings.entities.insert(id.clone(), marking);
                } else {
                    self.markings.sources.insert(id.clone(), marking);
                    let day = row.text(table, PUBLISHED).to_owned();
                    self.published.insert(id.clone(), day);
                }
                rows.push(DeclaredRow {
                    id,
                    row,
                    columns: columns.clone(),
                });
            }
        }
        rows
    }

    fn named_tables(&mut self, tree: &mut DeTable<'static>, key: &str, rows: Vec<DeclaredRow>) {
        let mut tables = DeTable::new();
        let range = rows.first().map(|row| row.row.range.clone());
        for DeclaredRow { id, row, columns } in rows {
            let table = self.table(&row, &columns, Vec::new());
            // Keys are read in the order of their places.
            let place = row
                .cells
                .first()
                .map_or(row.range, |cell| cell.range.clone());
            tables.insert(Spanned::new(place, id.into()), table);
        }
        if let Some(range) = range {
            trees::put(tree, key, Spanned::new(range, DeValue::Table(tables)));
        }
    }

    /// The table of a row. `named`: the markings of what else the row names, next to those of its cells.
    pub fn table(
        &mut self,
        row: &OwnRow,
        columns: &Columns,
        mut named: Vec<Option<Tlp>>,
    ) -> TreeValue {
        let mut tree = DeTable::new();
        for (column, cell) in row
            .known(columns)
            .filter(|(column, _)| !column.key.is_empty())
        {
            let value = self.value(column.form, cell, &mut named);
            trees::put(&mut tree, column.key, value);
        }
        let strictest = || named.into_iter().max().flatten();
        let marking = self.markings.cell(marking_cells(row, columns), strictest);
        if let Some(marking) = marking {
            trees::put(&mut tree, MARKING, text_of(marking));
        }
        Spanned::new(row.range.clone(), DeValue::Table(tree))
    }

    /// The value of a cell. Adds the markings of what it names.
    pub fn value(
        &mut self,
        form: CellForm,
        cell: &SheetCell,
        named: &mut Vec<Option<Tlp>>,
    ) -> TreeValue {
        let range = &cell.range;
        let (ids, markings) = match form {
            CellForm::List => return trees::texts(range, list_items(&cell.text)),
            CellForm::Value | CellForm::Text | CellForm::Marking | CellForm::OwnMarking => {
                return text_of(cell);
            }
            CellForm::Entity | CellForm::Entities => (&mut self.entities, &self.markings.entities),
            CellForm::Source | CellForm::Sources => (&mut self.sources, &self.markings.sources),
        };
        let place = TextPlace::new(self.file, range.clone());
        if matches!(form, CellForm::Entity | CellForm::Source) {
            let id = ids.id(cell.text.trim(), place);
            named.extend(markings.get(&id));
            return trees::text(range.clone(), id);
        }
        let ids: Vec<String> = (list_items(&cell.text).iter())
            .map(|item| ids.id(item, place))
            .collect();
        named.extend(ids.iter().filter_map(|id| markings.get(id)));
        trees::texts(range, ids)
    }
}

/// A row of a sheet that declares items, with the id of its item.
struct DeclaredRow {
    id: String,
    row: OwnRow,
    columns: Columns,
}

pub(super) fn marking_cells<'r>(row: &'r OwnRow, columns: &'r Columns) -> MarkingCells<'r> {
    MarkingCells {
        shown: row.marking(columns, CellForm::Marking),
        own: row.marking(columns, CellForm::OwnMarking),
    }
}

pub(super) fn text_of(cell: &SheetCell) -> TreeValue {
    trees::text(cell.range.clone(), cell.text.clone())
}

/// Puts a list of tables, if it has any.
pub(super) fn put_list(tree: &mut DeTable<'static>, key: &str, tables: Vec<TreeValue>) {
    if let Some(first) = tables.first() {
        let list = Spanned::new(first.span(), DeValue::Array(tables.into_iter().collect()));
        trees::put(tree, key, list);
    }
}
