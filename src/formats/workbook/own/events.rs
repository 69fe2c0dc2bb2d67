//! The rows of events as trees of a timeline, each with its claims and links from other sheets.

use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;

use super::declared::{DeclaredItems, put_list, text_of};
use super::markings::MarkingCells;
use super::sheets::{OwnRow, OwnSheet, OwnTable};
use crate::diagnostic::{Diagnostic, TextPlace, UNKNOWN_EVENT};
use crate::formats::guard::unguarded;
use crate::formats::log::{list_items, title_of};
use crate::formats::toml::key_names::{ID, MARKING, SAID, SOURCES, TITLE, WHEN};
use crate::formats::toml::trees::{self, DeTable, DeValue, Spanned, TreeValue};
use crate::formats::workbook::columns::{
    CLAIMS, CellForm, DeclaredSheet, EVENT_ID, LINKS, LISTED_SOURCES, OWN_MARKING, STATED,
    SheetColumn,
};
use crate::formats::workbook::sheet::SheetCell;
use crate::timeline::facts::{FactColumn, FactId};
use crate::timeline::term::{Aspect, Stance, Tlp};

/// Values under the names of a log.
pub(super) type EventAttributes = Vec<(CompactString, CompactString)>;

/// What a column of a sheet of events says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EventColumn {
    /// The value of a key.
    Key(&'static str, CellForm),
    /// The documents of the event and of its claims.
    Sources,
    /// Those of the event, where they are also those of its claims.
    ListedSources,
    Marking,
    OwnMarking,
    /// Follows from the claims.
    Contested,
    /// Follows from the date.
    Nothing,
    Attribute,
}

impl EventColumn {
    fn of(name: &str) -> Self {
        match name {
            "message" => return Self::Key(TITLE, CellForm::Text),
            "when_edtf" => return Self::Key(WHEN, CellForm::Text),
            "contested" => return Self::Contested,
            "earliest" | "latest" | "precision" | "approximate" | "uncertain" => {
                return Self::Nothing;
            }
            OWN_MARKING => return Self::OwnMarking,
            LISTED_SOURCES => return Self::ListedSources,
            EVENT_ID => return Self::Key(ID, CellForm::Text),
            _ => {}
        }
        let mut facts = FactId::all().map(FactId::row);
        let Some(fact) = facts.find(|fact| fact.record == Some(name)) else {
            return Self::Attribute;
        };
        let form = match fact.column {
            FactColumn::Marking => return Self::Marking,
            FactColumn::Sources => return Self::Sources,
            FactColumn::Parties(_) => CellForm::Entities,
            FactColumn::Words(..) | FactColumn::After | FactColumn::Before => CellForm::List,
            FactColumn::Text(_)
            | FactColumn::When
            | FactColumn::Date(..)
            | FactColumn::Word(..) => CellForm::Text,
        };
        fact.key.map_or(Self::Nothing, |key| Self::Key(key, form))
    }
}

/// Rows of other sheets, by the id of the event to which they belong.
struct RowsOfEvents<'w, 's> {
    tables: Vec<(&'w OwnTable<'s>, HashMap<usize, &'static SheetColumn>)>,
    rows: BTreeMap<String, Vec<(usize, OwnRow)>>,
}

impl<'w, 's> RowsOfEvents<'w, 's> {
    fn of(tables: &'w [OwnTable<'s>], declared: &DeclaredSheet) -> Self {
        let tables = tables.iter().filter(|table| table.is(declared));
        let tables: Vec<_> = tables.map(|table| (table, table.columns())).collect();
        let mut rows: BTreeMap<String, Vec<(usize, OwnRow)>> = BTreeMap::new();
        for (number, (table, _)) in tables.iter().enumerate() {
            for row in table.rows() {
                let id = row.text(table, EVENT_ID).to_owned();
                rows.entry(id).or_default().push((number, row));
            }
        }
        Self { tables, rows }
    }

    fn take(&mut self, id: &str) -> Vec<(usize, OwnRow)> {
        self.rows.remove(id).unwrap_or_default()
    }
}

/// Makes trees of rows of events.
pub(super) struct EventTrees<'w, 's> {
    items: &'w mut DeclaredItems,
    tables: &'w [OwnTable<'s>],
    claims: RowsOfEvents<'w, 's>,
    links: RowsOfEvents<'w, 's>,
    /// Of each event so far.
    pub attributes: Vec<EventAttributes>,
}

/// A row of an event while its tree is made.
#[derive(Default)]
struct EventRow<'r> {
    tree: DeTable<'static>,
    title: Option<(&'r SheetCell, String)>,
    sources: Option<(&'r SheetCell, Vec<String>)>,
    is_listed: bool,
    marking: MarkingCells<'r>,
    attributes: EventAttributes,
    named: Vec<Option<Tlp>>,
}

impl<'w, 's> EventTrees<'w, 's> {
    pub fn new(items: &'w mut DeclaredItems, tables: &'w [OwnTable<'s>]) -> Self {
        Self {
            claims: RowsOfEvents::of(tables, &CLAIMS),
            links: RowsOfEvents::of(tables, &LINKS),
            attributes: Vec::new(),
            items,
            tables,
        }
    }

    /// Notes the marking of each event, if any row has another than that of what it names.
    pub fn note_markings(&mut self) {
        for table in events(self.tables) {
            let names = table.names.iter();
            if !names
                .map(|cell| cell.text.as_str())
                .any(|name| name == OWN_MARKING)
            {
                continue;
            }
            for row in table.rows() {
                let cells = MarkingCells {
                    shown: row.get(table, MARKING),
                    own: row.get(table, OWN_MARKING),
                };
                let marking = self.items.markings.written(cells);
                let id = row.text(table, EVENT_ID).to_owned();
                self.items.markings.events.insert(id, marking);
            }
        }
    }

    /// The tree of each event, in the order of the sheets.
    pub fn trees(&mut self) -> impl Iterator<Item = DeTable<'static>> {
        let tables = self.tables;
        let rows = events(tables).flat_map(|table| {
            let columns: Vec<EventColumn> = (table.names.iter())
                .map(|name| EventColumn::of(&name.text))
                .collect();
            table.rows().map(move |row| (table, columns.clone(), row))
        });
        rows.map(|(table, columns, row)| {
            let mut tree = DeTable::new();
            let event = self.event(table, &columns, &row);
            put_list(&mut tree, "events", vec![event]);
            tree
        })
    }

    fn event(&mut self, table: &OwnTable<'_>, columns: &[EventColumn], row: &OwnRow) -> TreeValue {
        let claims = self.claims.take(row.text(table, EVENT_ID));
        let links = self.links.take(row.text(table, EVENT_ID));
        let mut event = EventRow::default();
        let cells = row.cells.iter().zip(columns.iter().zip(&table.names));
        for (cell, (&column, name)) in cells.filter(|(cell, _)| !cell.text.trim().is_empty()) {
            let is_contested = column == EventColumn::Contested && !claims.is_empty();
            if column != EventColumn::Nothing && !is_contested {
                self.cell(&mut event, column, &name.text, cell);
            }
        }
        Self::put_title(&mut event);
        self.put_sources(&mut event, &claims);
        let strictest = || event.named.iter().copied().max().flatten();
        let marking = self.items.markings.cell(event.marking, strictest);
        if let Some(marking) = marking {
            trees::put(&mut event.tree, MARKING, text_of(marking));
        }
        let own = marking
            .map(super::markings::level)
            .or(self.items.markings.of_file);
        let claims = claims
            .iter()
            .map(|(table, row)| self.claim(*table, row, own))
            .collect();
        put_list(&mut event.tree, CLAIMS.table, claims);
        let links = links.iter().map(|(table, row)| {
            let (_, columns) = &self.links.tables[*table];
            self.items.table(row, columns, Vec::new())
        });
        put_list(&mut event.tree, LINKS.table, links.collect());
        self.attributes.push(event.attributes);
        Spanned::new(row.range.clone(), DeValue::Table(event.tree))
    }

    fn cell<'r>(
        &mut self,
        event: &mut EventRow<'r>,
        column: EventColumn,
        name: &str,
        cell: &'r SheetCell,
    ) {
        // A guard keeps a spreadsheet from computing a text.
        let text = unguarded(&cell.text);
        match column {
            EventColumn::Key(TITLE, _) => event.title = Some((cell, text.into_owned())),
            EventColumn::Key(key, CellForm::Text) => {
                let value = trees::text(cell.range.clone(), text.into_owned());
                trees::put(&mut event.tree, key, value);
            }
            EventColumn::Key(key, form) => {
                let cell = SheetCell {
                    range: cell.range.clone(),
                    text: text.into_owned(),
                };
                let value = self.items.value(form, &cell, &mut event.named);
                if key == "after" {
                    let markings = &self.items.markings.events;
                    let earlier = list_items(&cell.text);
                    event
                        .named
                        .extend(earlier.iter().filter_map(|id| markings.get(id)));
                }
                trees::put(&mut event.tree, key, value);
            }
            EventColumn::Sources | EventColumn::ListedSources => {
                let place = TextPlace::new(self.items.file, cell.range.clone());
                let titles = list_items(&text);
                let ids: Vec<String> = (titles.iter())
                    .map(|title| self.items.sources.id(title, place))
                    .collect();
                let markings = &self.items.markings.sources;
                event
                    .named
                    .extend(ids.iter().filter_map(|id| markings.get(id)));
                if column == EventColumn::ListedSources || !event.is_listed {
                    event.sources = Some((cell, ids));
                }
                event.is_listed |= column == EventColumn::ListedSources;
            }
            EventColumn::Marking => event.marking.shown = Some(cell),
            EventColumn::OwnMarking => event.marking.own = Some(cell),
            EventColumn::Contested | EventColumn::Attribute => {
                event.attributes.push((name.into(), text.trim().into()));
            }
            EventColumn::Nothing => {}
        }
    }

    /// What a log says at more length than a title has room for is also a value of the log.
    fn put_title(event: &mut EventRow<'_>) {
        let Some((cell, mut title)) = event.title.take() else {
            return;
        };
        if !event.attributes.is_empty()
            && let Some(short) = title_of(&title)
        {
            event
                .attributes
                .push(("message".into(), title.as_str().into()));
            title = short;
        }
        trees::put(
            &mut event.tree,
            TITLE,
            trees::text(cell.range.clone(), title),
        );
    }

    /// The documents of an event are those that no claim of it names, unless a column says which they are.
    fn put_sources(&mut self, event: &mut EventRow<'_>, claims: &[(usize, OwnRow)]) {
        let Some((cell, mut ids)) = event.sources.take() else {
            return;
        };
        if !event.is_listed {
            for (table, row) in claims {
                let (table, _) = &self.claims.tables[*table];
                let is_silent = Stance::parse(row.text(table, "stance")) == Some(Stance::Silent);
                let of_claim = self.items.sources.known(row.text(table, "source"));
                ids.retain(|id| is_silent || Some(id.as_str()) != of_claim);
            }
        }
        if !ids.is_empty() {
            trees::put(&mut event.tree, SOURCES, trees::texts(&cell.range, ids));
        }
    }

    fn claim(&mut self, table: usize, row: &OwnRow, of_event: Option<Tlp>) -> TreeValue {
        let (table, columns) = &self.claims.tables[table];
        let about = Aspect::parse(row.text(table, "about"));
        let value = row
            .get(table, "value")
            .filter(|_| about.is_some_and(Aspect::is_party));
        let entity = value.and_then(|cell| self.items.entities.known(cell.text.trim()));
        let entity = entity.map(str::to_owned);
        let markings = &self.items.markings.entities;
        let of_value = entity.as_ref().and_then(|id| markings.get(id)).copied();
        let source = self.items.sources.known(row.text(table, "source"));
        let published = source.and_then(|id| self.items.published.get(id));
        let is_of_source = published.is_some_and(|day| *day == row.text(table, SAID));
        let is_of_source = is_of_source && row.text(table, STATED).is_empty();
        let named = of_value.into_iter().chain([of_event]).collect();
        let mut claim = self.items.table(row, columns, named);
        if let DeValue::Table(tree) = claim.get_mut() {
            if let (Some(id), Some(cell)) = (entity, value) {
                trees::put(tree, "value", trees::text(cell.range.clone(), id));
            }
            // The day of a claim is that of its source, unless it says another.
            if is_of_source {
                tree.remove(SAID);
            }
        }
        claim
    }

    /// Reports the rows of claims and links that belong to no event.
    pub fn report_left(&mut self) {
        for left in [&self.claims, &self.links] {
            for (id, rows) in &left.rows {
                for (_, row) in rows {
                    let place = TextPlace::new(self.items.file, row.range.clone());
                    let message = if id.is_empty() {
                        "the row does not say to which event it belongs".to_owned()
                    } else {
                        format!("no event has the id `{id}`")
                    };
                    let finding = Diagnostic::new(&UNKNOWN_EVENT, place, message);
                    let help = "write the `event_id` of a row of the sheet of events";
                    let finding = finding.label("the row is not read").help(help);
                    self.items.findings.push(finding);
                }
            }
        }
    }
}

fn events<'t, 's>(tables: &'t [OwnTable<'s>]) -> impl Iterator<Item = &'t OwnTable<'s>> {
    let is_of_events = |table: &&OwnTable<'_>| matches!(table.kind, OwnSheet::Events);
    tables.iter().filter(is_of_events)
}
