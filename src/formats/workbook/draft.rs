//! The draft of a workbook: a log for each sheet that is a timeline, and findings about the rest.

use std::io;

use memchr::memchr_iter;

use super::cell_findings;
use super::sheet::{Sheet, short};
use super::table::{SheetTable, head};
use super::workbook_text::{PlacedSheet, WorkbookText};
use crate::diagnostic::{Diagnostic, FileId, SHEET_NOT_READ, TextPlace, UNKNOWN_LOG};
use crate::formats::log::{LogStream, TableOptions, TextStore, file_name, question};
use crate::formats::marks::WantedPrints;
use crate::formats::progress::Progress;
use crate::formats::readers::format_reader::FileDraft;
use crate::timeline::draft::DraftTimeline;
use crate::timeline::log::DraftLog;
use crate::timeline::slug;

/// How many names of columns a finding lists.
const MOST_NAMES: usize = 12;

/// What was read of a workbook so far.
pub(super) struct WorkbookDraft<'s> {
    name: &'s str,
    options: TableOptions,
    prints: Option<&'s WantedPrints>,
    text: WorkbookText,
    logs: Vec<DraftLog>,
    findings: Vec<Diagnostic>,
}

impl<'s> WorkbookDraft<'s> {
    pub fn new(stream: &LogStream<'s>, file: FileId) -> Self {
        Self {
            name: stream.name,
            options: stream.options.clone(),
            prints: stream.prints,
            text: WorkbookText::new(file),
            logs: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub fn read(mut self, sheets: Vec<Sheet>, progress: &Progress) -> io::Result<FileDraft> {
        let mut tables: Vec<_> = (sheets.iter())
            .map(|sheet| SheetTable::of(sheet, &self.options))
            .collect();
        let is_guess = |table: &SheetTable| table.format.guess.is_some();
        // Next to a timeline, a sheet with dates in it may be anything: the claims, the sources, the tasks.
        if tables.iter().flatten().any(|table| !is_guess(table)) {
            for table in &mut tables {
                table.take_if(|table| is_guess(table));
            }
        }
        let count = tables.iter().flatten().count();
        if count == 0 {
            self.report_unknown(&sheets);
        }
        for (sheet, table) in sheets.into_iter().zip(tables) {
            match table {
                Some(table) => self.add_table(sheet, &table, count > 1, progress)?,
                None if count > 0 => self
                    .findings
                    .extend(cell_findings::not_read(&sheet, &mut self.text)),
                None => {}
            }
        }
        Ok(self.end())
    }

    fn add_table(
        &mut self,
        mut sheet: Sheet,
        table: &SheetTable,
        is_one_of_several: bool,
        progress: &Progress,
    ) -> io::Result<()> {
        let start = sheet
            .rows
            .get(table.header)
            .map_or(0, |row| row.start as usize);
        let above = sheet.text.get(..start).unwrap_or_default();
        if !above.is_empty() {
            self.report_above(&sheet, above);
        }
        let skipped = memchr_iter(b'\n', above.as_bytes()).count();
        let text = sheet.table(table.header);
        sheet.text = String::new();
        let placed = self.text.place(&sheet, text, short(skipped));
        let text = self.text.text.get(placed.begin..).unwrap_or_default();
        let stream = LogStream {
            name: self.name,
            bytes: Box::new(text.as_bytes()),
            is_utf16: false,
            damage: &[],
            options: self.options.clone(),
            selection: None,
            texts: TextStore::Columns,
            prints: self.prints,
            chunk_size: None,
        };
        let reading = table.format.read(stream, self.text.file, progress)?;
        let mut log = reading.log;
        self.number_rows(&mut log, placed);
        if is_one_of_several {
            log.title = format!("{}, sheet {}", file_name(self.name), sheet.name);
            log.id = slug(&log.title, "log");
        }
        self.logs.push(log);
        self.findings
            .extend(reading.findings.into_iter().map(|mut finding| {
                finding.place = finding.place.behind(placed.begin);
                for (place, _) in &mut finding.related {
                    *place = place.behind(placed.begin);
                }
                finding
            }));
        self.findings
            .extend(cell_findings::of(&sheet, placed, &self.text));
        Ok(())
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Gives the rows of a log their places in the whole text, and the numbers that they have in their sheet.
    fn number_rows(&self, log: &mut DraftLog, placed: PlacedSheet) {
        let first_line = self
            .text
            .rows
            .lines
            .get(placed.lines)
            .map_or(1, |line| line.line);
        for part in &mut log.parts {
            for (start, end) in &mut part.bytes {
                *start = short(placed.begin + *start as usize);
                *end = short(placed.begin + *end as usize);
            }
            part.lines = part.lines.mapped(|line| {
                let line = (first_line + line - 1) as usize;
                let (_, row) = self.text.rows.of_line(line).unwrap_or(("", 0));
                short(row)
            });
        }
    }

    fn report_above(&mut self, sheet: &Sheet, above: &str) {
        let words = above.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = self.text.place_first_line(sheet);
        self.report(
            Diagnostic::new(
                &SHEET_NOT_READ,
                place,
                format!("the header of sheet `{}` is further down: the rows above it are not read", sheet.name),
            )
            .label(format!("above it: {words}"))
            .help("write a title or a marking that is there below `[timeline]` of an imported timeline"),
        );
    }

    /// Reports a workbook without a timeline, at the first row of its first sheet.
    fn report_unknown(&mut self, sheets: &[Sheet]) {
        let mut first = None;
        let mut help = Vec::new();
        for sheet in sheets.iter().filter(|sheet| !sheet.text.is_empty()) {
            let place = self.text.place_first_line(sheet);
            first = first.or(Some(place));
            let names = self
                .text
                .text
                .get(place.range())
                .unwrap_or_default()
                .split('\t');
            let names = names.map(str::trim).filter(|name| !name.is_empty());
            let names: Vec<_> = names
                .take(MOST_NAMES)
                .map(|name| format!("`{name}`"))
                .collect();
            help.push(format!(
                "sheet `{}` begins with {}",
                sheet.name,
                names.join(", ")
            ));
        }
        let place = first.unwrap_or(TextPlace::new(self.text.file, 0..0));
        let message = if first.is_none() {
            "the workbook has no cell with a value"
        } else {
            "no sheet of the workbook has columns that say when and what"
        };
        let finding = Diagnostic::new(&UNKNOWN_LOG, place, message)
            .label("expected columns such as `datetime` and `message`");
        let mut heads = sheets
            .iter()
            .filter_map(|sheet| head(sheet, *sheet.rows.first()?));
        let asked = heads.find_map(|head| question(head.text(), &self.options));
        let help = help.into_iter().chain(asked.map(|question| question.help));
        self.report(help.fold(finding, Diagnostic::help));
    }

    fn end(self) -> FileDraft {
        let is_refused = self.logs.is_empty();
        let is_marked = self.logs.iter().all(|log| log.widest().is_some());
        let text = self.text.quoted(self.name, &self.findings);
        FileDraft {
            draft: DraftTimeline {
                logs: self.logs,
                ..DraftTimeline::default()
            },
            findings: self.findings,
            is_marked,
            is_refused,
            text: Some(text),
            ..FileDraft::default()
        }
    }
}
