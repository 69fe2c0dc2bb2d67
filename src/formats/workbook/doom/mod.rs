//! Spreadsheets of doom: workbooks that keep a whole case, in the form of Kanvas.
//!
//! The timeline becomes events, the case its title and marking, systems and accounts entities, evidence sources, work
//! streams questions, and containment events of the response. Columns without a place of their own become lines of a
//! summary or note. Sheets that are not read are reported.

mod names;
mod rows;
mod sheet_kind;

use self::rows::DoomDraft;
use self::sheet_kind::{DoomSheet, DoomTable};
use super::cell_findings;
use super::sheet::Sheet;
use super::workbook_text::WorkbookText;
use crate::diagnostic::{FileId, TextPlace};
use crate::formats::readers::format_reader::FileDraft;

/// A workbook with the sheet of a timeline and another of a case.
pub(super) struct DoomWorkbook<'s> {
    /// In the order in which they are read: what others refer to comes first.
    tables: Vec<DoomTable<'s>>,
}

impl<'s> DoomWorkbook<'s> {
    /// `None` if the workbook is not a spreadsheet of doom.
    pub fn of(sheets: &'s [Sheet]) -> Option<Self> {
        const ORDER: [DoomSheet; 7] = [
            DoomSheet::CaseInfo,
            DoomSheet::Systems,
            DoomSheet::Accounts,
            DoomSheet::Evidence,
            DoomSheet::Timeline,
            DoomSheet::Containment,
            DoomSheet::Streams,
        ];
        let mut found: Vec<DoomTable<'s>> = sheets.iter().filter_map(DoomTable::of).collect();
        let has_timeline = found.iter().any(|table| table.kind == DoomSheet::Timeline);
        found.sort_by_key(|table| ORDER.iter().position(|kind| *kind == table.kind));
        (has_timeline && found.len() > 1).then_some(Self { tables: found })
    }

    pub fn read(self, sheets: &[Sheet], name: &str, file: FileId) -> FileDraft {
        let mut text = WorkbookText::new(file);
        let mut draft = DoomDraft::new(name, TextPlace::new(file, 0..0));
        for table in &self.tables {
            let placed = text.place(table.sheet, table.sheet.text.clone(), 0);
            draft.table(table, TextPlace::new(file, placed.begin..placed.begin));
            draft
                .findings
                .extend(cell_findings::of(table.sheet, placed, &text));
        }
        let is_read = |sheet: &Sheet| {
            self.tables
                .iter()
                .any(|table| std::ptr::eq(table.sheet, sheet))
        };
        for sheet in sheets.iter().filter(|sheet| !is_read(sheet)) {
            draft
                .findings
                .extend(cell_findings::not_read(sheet, &mut text));
        }
        let (draft, findings) = draft.end();
        FileDraft {
            is_marked: draft.head.tlp.is_some(),
            // The whole text: findings about all files may quote any of its lines.
            text: Some(text.whole(name)),
            draft,
            findings,
            ..FileDraft::default()
        }
    }
}
