//! The draft of a workbook: a log for each sheet that is a timeline, and findings about the rest.

use std::io::{self, Cursor};
use std::ops::Range;

use memchr::memchr_iter;

use super::sheet::Sheet;
use super::table::SheetTable;
use crate::date::Zone;
use crate::diagnostic::{
    CELL_WITHOUT_VALUE, Diagnostic, FileId, HIDDEN_ROWS, SHEET_NOT_READ, SheetLine, SheetRows,
    SourceText, TextPlace, UNKNOWN_LOG,
};
use crate::formats::log::{LogStream, file_name, known_logs};
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
    zone: Option<Zone>,
    file: FileId,
    /// The rows of the sheets, one sheet behind the other.
    text: String,
    rows: SheetRows,
    /// The lines of the text so far.
    lines: u32,
    logs: Vec<DraftLog>,
    findings: Vec<Diagnostic>,
}

/// Where a sheet is in the text of the workbook.
struct PlacedSheet {
    /// Its first byte.
    begin: usize,
    /// Where its lines begin in [`SheetRows::lines`].
    lines: usize,
}

impl<'s> WorkbookDraft<'s> {
    pub fn new(stream: &LogStream<'s>, file: FileId) -> Self {
        Self {
            name: stream.name,
            zone: stream.zone.clone(),
            file,
            text: String::new(),
            rows: SheetRows::default(),
            lines: 0,
            logs: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub fn read(mut self, sheets: Vec<Sheet>, progress: &Progress) -> io::Result<FileDraft> {
        let tables: Vec<_> = sheets.iter().map(SheetTable::of).collect();
        let count = tables.iter().flatten().count();
        if count == 0 {
            self.report_unknown(&sheets);
        }
        for (sheet, table) in sheets.into_iter().zip(tables) {
            match table {
                Some(table) => self.add_table(sheet, &table, count > 1, progress)?,
                None if count > 0 => self.report_not_read(&sheet),
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
        let placed = self.place(&sheet, text, short(skipped));
        let range = placed.begin..self.text.len();
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let stream = LogStream {
            name: self.name,
            bytes: Box::new(Cursor::new(text)),
            is_utf16: false,
            damage: &[],
            zone: self.zone.clone(),
        };
        let reading = table.format.read(stream, self.file, progress)?;
        let mut log = reading.log;
        let first_line = self
            .rows
            .lines
            .get(placed.lines)
            .map_or(1, |line| line.line);
        for part in &mut log.parts {
            for (start, end) in &mut part.bytes {
                *start = short(placed.begin + *start as usize);
                *end = short(placed.begin + *end as usize);
            }
            for line in &mut part.lines {
                let (_, row) = self
                    .rows
                    .of_line((first_line + *line - 1) as usize)
                    .unwrap_or(("", 0));
                *line = short(row);
            }
        }
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
        self.report_cells(&sheet, &placed);
        Ok(())
    }

    /// Adds rows of a sheet to the text. `skipped`: how many of its lines are left out before them.
    fn place(&mut self, sheet: &Sheet, text: String, skipped: u32) -> PlacedSheet {
        let begin = self.text.len();
        let lines = self.rows.lines.len();
        let number = u16::try_from(self.rows.sheets.len()).unwrap_or(u16::MAX);
        self.rows.sheets.push(sheet.name.clone());
        let first = SheetLine {
            sheet: number,
            ..row_of(&sheet.lines, skipped + 1)
        };
        let later = sheet.lines.iter().filter(|it| it.line > skipped + 1);
        for known in std::iter::once(&first).chain(later) {
            self.rows.lines.push(SheetLine {
                line: (known.line - skipped).saturating_add(self.lines),
                sheet: number,
                row: known.row,
            });
        }
        self.lines += short(memchr_iter(b'\n', text.as_bytes()).count());
        if begin == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
        PlacedSheet { begin, lines }
    }

    /// Adds only the first line of a sheet.
    fn place_first_line(&mut self, sheet: &Sheet) -> TextPlace {
        let first = sheet.text.lines().next().unwrap_or_default();
        let len = first.len();
        let placed = self.place(sheet, format!("{first}\n"), 0);
        TextPlace::new(self.file, placed.begin..placed.begin + len)
    }

    /// The line of a row of a sheet. Its first line if the row is not in the text.
    fn place_of_row(&self, placed: &PlacedSheet, row: u32) -> TextPlace {
        let lines = self.rows.lines.get(placed.lines..).unwrap_or_default();
        // A row of several lines begins with the first of them.
        let first = lines.iter().find(|it| it.row == row);
        let before = || lines.iter().take_while(|it| it.row <= row).last();
        let known = first.or_else(before).or(lines.first());
        let line = known.map_or(1, |it| it.line.saturating_add(row.saturating_sub(it.row)));
        let text = self.text.as_bytes();
        let mut start = 0;
        for _ in 1..line {
            let rest = text.get(start..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'\n', rest) else {
                break;
            };
            start += end + 1;
        }
        let rest = text.get(start..).unwrap_or_default();
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        TextPlace::new(self.file, start..start + len)
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Reports the rows that a sheet hides, and the values that its cells lack.
    fn report_cells(&mut self, sheet: &Sheet, placed: &PlacedSheet) {
        let mut found = self.hidden(sheet, placed);
        let lacks = [
            (
                sheet.errors,
                format!("an error such as `{}`", sheet.first_error),
                "taken for empty",
                "correct the formula, and save the workbook",
            ),
            (
                sheet.without_value,
                "a formula that was never computed".to_owned(),
                "taken for empty",
                "open the workbook in a spreadsheet program and save it: that computes all formulas",
            ),
            (
                sheet.merged_rows,
                "a value for several rows".to_owned(),
                "only the first of these rows has the value",
                "split the merged cells, and fill the value down",
            ),
        ];
        for (cells, what, label, help) in lacks {
            if cells.count == 0 {
                continue;
            }
            let count = crate::document::count(cells.count, "cell");
            let verb = if cells.count == 1 { "has" } else { "have" };
            let message = format!("{count} of sheet `{}` {verb} {what}", sheet.name);
            let place = self.place_of_row(placed, cells.first_row);
            let finding = Diagnostic::new(&CELL_WITHOUT_VALUE, place, message);
            found.push(finding.label(label).help(help));
        }
        self.findings.extend(found);
    }

    fn hidden(&self, sheet: &Sheet, placed: &PlacedSheet) -> Vec<Diagnostic> {
        let name = &sheet.name;
        let mut found = Vec::new();
        if sheet.hidden_rows.count > 0 || sheet.is_filtered {
            let rows = crate::document::count(sheet.hidden_rows.count, "row");
            let why = if sheet.is_filtered {
                " by a filter"
            } else {
                ""
            };
            let message = format!("sheet `{name}` hides {rows}{why}");
            let place = self.place_of_row(placed, sheet.hidden_rows.first_row);
            found.push(
                Diagnostic::new(&HIDDEN_ROWS, place, message)
                    .label("read as all others")
                    .help("leave out rows with `--filter` if they do not belong to the timeline"),
            );
        }
        if sheet.is_hidden {
            let place = self.place_of_row(placed, 0);
            found.push(
                Diagnostic::new(&HIDDEN_ROWS, place, format!("the sheet `{name}` is hidden"))
                    .label("read as if it were shown")
                    .help("delete the sheet if it does not belong to the timeline"),
            );
        }
        found
    }

    fn report_above(&mut self, sheet: &Sheet, above: &str) {
        let words = above.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = self.place_first_line(sheet);
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

    fn report_not_read(&mut self, sheet: &Sheet) {
        if sheet.text.is_empty() {
            return;
        }
        let place = self.place_first_line(sheet);
        let hidden = if sheet.is_hidden { "hidden " } else { "" };
        self.report(
            Diagnostic::new(
                &SHEET_NOT_READ,
                place,
                format!("the {hidden}sheet `{}` is not read", sheet.name),
            )
            .label("expected the columns of a timeline")
            .help("save the sheet as a file of its own if it has events"),
        );
    }

    /// Reports a workbook without a timeline, at the first row of its first sheet.
    fn report_unknown(&mut self, sheets: &[Sheet]) {
        let mut first = None;
        let mut help = Vec::new();
        for sheet in sheets.iter().filter(|sheet| !sheet.text.is_empty()) {
            let place = self.place_first_line(sheet);
            first = first.or(Some(place));
            let names = self.text.get(place.range()).unwrap_or_default().split('\t');
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
        let place = first.unwrap_or(TextPlace::new(self.file, 0..0));
        let message = if first.is_none() {
            "the workbook has no cell with a value"
        } else {
            "no sheet of the workbook has the columns of a log that dateline knows"
        };
        let finding = Diagnostic::new(&UNKNOWN_LOG, place, message)
            .label("expected columns such as `datetime` and `message`");
        let help = help.into_iter().chain(known_logs());
        self.report(help.fold(finding, Diagnostic::help));
    }

    fn end(self) -> FileDraft {
        let is_refused = self.logs.is_empty();
        let is_marked = self.logs.iter().all(|log| log.widest().is_some());
        let places = self.findings.iter().flat_map(|finding| {
            let related = finding.related.iter().map(|(place, _)| place.range());
            related.chain([finding.place.range()])
        });
        let places: Vec<Range<usize>> = places.collect();
        let text = SourceText::new(self.name, self.text).in_sheets(self.rows);
        FileDraft {
            draft: DraftTimeline {
                logs: self.logs,
                ..DraftTimeline::default()
            },
            findings: self.findings,
            is_marked,
            is_refused,
            text: Some(text.quoting(places)),
            ..FileDraft::default()
        }
    }
}

/// The row of a line among the lines of a sheet.
fn row_of(lines: &[SheetLine], line: u32) -> SheetLine {
    let known = lines.iter().take_while(|it| it.line <= line).last();
    let row = known.map_or(1, |known| known.row.saturating_add(line - known.line));
    SheetLine {
        line,
        row,
        sheet: 0,
    }
}

/// Texts have fewer than 2^32 bytes: their budget says so.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
