//! Workbooks that dateline wrote, read back whole: the events with their claims and links, entities, sources, questions,
//! and what the sheet about the file says.
//!
//! The rows become trees of a timeline, so that the same rules hold for their values as in TOML. People may have added rows
//! and columns: a column of events that is not known is kept under its name.

mod declared;
mod events;
mod markings;
mod names;
mod sheets;

use self::declared::DeclaredItems;
use self::events::EventTrees;
use self::sheets::{OwnSheet, OwnTable};
use super::cell_findings;
use super::sheet::Sheet;
use super::workbook_text::WorkbookText;
use crate::diagnostic::{Diagnostic, FileId, SHEET_NOT_READ, TextPlace};
use crate::formats::progress::Progress;
use crate::formats::readers::format_reader::FileDraft;
use crate::formats::toml::trees;
use crate::timeline::draft::{DraftEntity, DraftSource, DraftTimeline, Located};

/// A workbook with a sheet of events as dateline writes it.
pub(super) struct OwnWorkbook<'s> {
    tables: Vec<OwnTable<'s>>,
}

impl<'s> OwnWorkbook<'s> {
    /// `None` if no sheet is known by the columns of events.
    pub fn of(sheets: &'s [Sheet]) -> Option<Self> {
        let tables: Vec<OwnTable<'s>> = sheets.iter().filter_map(OwnTable::of).collect();
        let is_of_events = |table: &OwnTable<'_>| matches!(table.kind, OwnSheet::Events);
        tables.iter().any(is_of_events).then_some(Self { tables })
    }

    pub fn read(
        mut self,
        sheets: &[Sheet],
        name: &str,
        file: FileId,
        progress: &Progress,
    ) -> FileDraft {
        let mut text = WorkbookText::new(file);
        let mut findings = Vec::new();
        for table in &mut self.tables {
            let placed = text.place(table.sheet, table.sheet.text.clone(), 0);
            table.begin = placed.begin;
            findings.extend(cell_findings::of(table.sheet, placed, &text));
            findings.extend(columns_not_read(table, file));
        }
        let is_read = |sheet: &Sheet| {
            let mut tables = self.tables.iter();
            tables.any(|table| std::ptr::eq(table.sheet, sheet))
        };
        for sheet in sheets.iter().filter(|sheet| !is_read(sheet)) {
            findings.extend(cell_findings::not_read(sheet, &mut text));
        }
        let source = text.whole(name);
        let mut items = DeclaredItems::new(file);
        let declared = items.read(&self.tables);
        let mut events = EventTrees::new(&mut items, &self.tables);
        events.note_markings();
        let all = [declared].into_iter().chain(events.trees());
        let mut reading = trees::read(&source, file, progress, all);
        events.report_left();
        let attributes = std::mem::take(&mut events.attributes);
        for (event, attributes) in reading.draft.events.iter_mut().zip(attributes) {
            event.attributes = attributes;
        }
        declare_found(&mut reading.draft, &mut items);
        findings.append(&mut items.findings);
        findings.append(&mut reading.findings);
        FileDraft {
            is_marked: reading.marked.contains(&file),
            zone: reading.zones.into_iter().map(|(_, zone)| zone).next(),
            draft: reading.draft,
            findings,
            unread: reading.unread,
            // The whole text: findings about all files may quote any of its lines.
            text: Some(source),
            ..FileDraft::default()
        }
    }
}

/// Declares what cells name and no sheet declares.
fn declare_found(draft: &mut DraftTimeline, items: &mut DeclaredItems) {
    for (id, name, place) in items.entities.found.drain(..) {
        draft.entities.push(DraftEntity {
            id: Located::new(id.into(), place),
            name: Some(Located::new(name.into(), place)),
            ..DraftEntity::default()
        });
    }
    for (id, title, place) in items.sources.found.drain(..) {
        draft.sources.push(DraftSource {
            id: Located::new(id.into(), place),
            title: Some(Located::new(title.into(), place)),
            ..DraftSource::default()
        });
    }
}

/// The columns that someone has added to a sheet that is not one of events.
fn columns_not_read(table: &OwnTable<'_>, file: FileId) -> Vec<Diagnostic> {
    let OwnSheet::Declared(declared) = table.kind else {
        return Vec::new();
    };
    let is_known = |name: &str| declared.columns.iter().any(|column| column.name == name);
    let unknown = table.names.iter().filter(|name| !is_known(&name.text));
    let finding = |name: &super::sheet::SheetCell| {
        let range = name.range.start + table.begin..name.range.end + table.begin;
        let message = format!(
            "the column `{}` of sheet `{}` is not read",
            name.text, table.sheet.name
        );
        Diagnostic::new(&SHEET_NOT_READ, TextPlace::new(file, range), message)
            .label("only a sheet of events may have further columns")
            .help("move it to the sheet of events, or into a note")
    };
    unknown.map(finding).collect()
}
