//! Workbooks of Excel 97 to 2003: XLS. The number formats of cells count, as in newer ones.

mod compound_file;
mod records;

use std::collections::{BTreeMap, HashMap, HashSet};

pub(super) use self::compound_file::CompoundFile;
use self::records::{PartsReader, Record, Records, error_of, float_at, number_of_rk};
use super::fault::{OtherDocument, WorkbookFault};
use super::number_format::NumberFormat;
use super::serial_date::{DateSystem, shown};
use super::sheet::{CellValue, Sheet, SheetBuilder, TextBudget};
use crate::formats::zip::{u16_at, u32_at};

/// The version of the records of Excel 97 and later.
const BIFF8: u16 = 0x0600;

/// Sheets other than of cells are charts and macros.
const IS_OF_CELLS: u8 = 0;

/// A row is hidden.
const IS_ROW_HIDDEN: u32 = 0x20;

/// The sheets of a workbook with cells, in its order.
pub(super) fn read(bytes: &[u8], budget: &mut TextBudget) -> Result<Vec<Sheet>, WorkbookFault> {
    let file = CompoundFile::open(bytes).ok_or(WorkbookFault::Damaged)?;
    if file.has("EncryptedPackage") {
        return Err(WorkbookFault::Encrypted);
    }
    if !file.has("Workbook") {
        let is_old = file.has("Book");
        let other = if is_old {
            OtherDocument::OldWorkbook
        } else {
            OtherDocument::OldOffice
        };
        return Err(WorkbookFault::Other(other));
    }
    let stream = file.stream("Workbook").ok_or(WorkbookFault::Damaged)?;
    let workbook = XlsWorkbook::read(&stream)?;
    let sheets = workbook
        .sheets
        .iter()
        .filter(|entry| entry.kind == IS_OF_CELLS);
    sheets
        .map(|entry| workbook.sheet(&stream, entry, budget))
        .collect()
}

/// What the records before the sheets say.
#[derive(Default)]
struct XlsWorkbook {
    sheets: Vec<SheetEntry>,
    strings: Vec<String>,
    codes: HashMap<u16, NumberFormat>,
    /// The number of the format of each style.
    styles: Vec<u16>,
    system: DateSystem,
}

struct SheetEntry {
    name: String,
    kind: u8,
    is_hidden: bool,
    /// Where its records begin.
    at: usize,
}

/// The cells of a sheet: records do not promise any order.
#[derive(Default)]
struct SheetCells {
    cells: BTreeMap<(u16, u16), XlsValue>,
    hidden_rows: HashSet<u16>,
    /// The cell of a formula whose text follows.
    awaited: Option<(u16, u16)>,
    merged_rows: Vec<u16>,
    is_filtered: bool,
}

enum XlsValue {
    Text(String),
    Shared(usize),
    Error(u8),
}

impl XlsWorkbook {
    fn read(stream: &[u8]) -> Result<Self, WorkbookFault> {
        let mut workbook = Self::default();
        for record in Records::new(stream, 0) {
            let bytes = record.bytes();
            match record.kind {
                records::BOF if u16_at(bytes, 0) != Some(BIFF8) => {
                    return Err(WorkbookFault::Other(OtherDocument::OldWorkbook));
                }
                records::FILE_PASS => return Err(WorkbookFault::Encrypted),
                records::DATE_1904 if u16_at(bytes, 0) == Some(1) => {
                    workbook.system = DateSystem::From1904;
                }
                records::FORMAT => {
                    let code = PartsReader::new(&record.parts, 2).text(2);
                    if let (Some(id), Some(code)) = (u16_at(bytes, 0), code) {
                        workbook.codes.insert(id, NumberFormat::of_code(&code));
                    }
                }
                records::XF => workbook.styles.push(u16_at(bytes, 2).unwrap_or(0)),
                records::BOUND_SHEET => workbook.sheets.extend(SheetEntry::read(&record)),
                records::SST => workbook.strings = strings(&record),
                records::EOF => break,
                _ => {}
            }
        }
        if workbook.sheets.is_empty() {
            return Err(WorkbookFault::Damaged);
        }
        Ok(workbook)
    }

    fn sheet(
        &self,
        stream: &[u8],
        entry: &SheetEntry,
        budget: &mut TextBudget,
    ) -> Result<Sheet, WorkbookFault> {
        let mut sheet = SheetCells::default();
        let mut depth = 0;
        for record in Records::new(stream, entry.at) {
            match record.kind {
                // A chart on the sheet has records of its own.
                records::BOF => depth += 1,
                records::EOF if depth <= 1 => break,
                records::EOF => depth -= 1,
                _ if depth == 1 => drop(self.take(&mut sheet, &record)),
                _ => {}
            }
        }
        let mut builder = SheetBuilder::new(&entry.name, entry.is_hidden, budget);
        self.write(&sheet, &mut builder)?;
        builder.end()
    }

    /// Takes a record of a sheet. `None` if it is too short; then its cells are lost, and no other.
    fn take(&self, sheet: &mut SheetCells, record: &Record<'_>) -> Option<()> {
        let bytes = record.bytes();
        let cell = || Some((u16_at(bytes, 0)?, u16_at(bytes, 2)?));
        let style = || u16_at(bytes, 4);
        match record.kind {
            records::ROW if u32_at(bytes, 12)? & IS_ROW_HIDDEN != 0 => {
                sheet.hidden_rows.insert(u16_at(bytes, 0)?);
            }
            records::FILTER_MODE => sheet.is_filtered = true,
            records::MERGE_CELLS => {
                let areas = bytes.get(2..)?.chunks_exact(8);
                let tall = areas.filter(|area| u16_at(area, 0) < u16_at(area, 2));
                sheet
                    .merged_rows
                    .extend(tall.filter_map(|area| u16_at(area, 0)));
            }
            records::NUMBER => sheet.put(cell()?, self.number(float_at(bytes, 6)?, style()?)),
            records::RK => {
                let number = number_of_rk(u32_at(bytes, 6)?);
                sheet.put(cell()?, self.number(number, style()?));
            }
            records::MUL_RK => {
                let (row, first) = cell()?;
                let values = bytes.get(4..bytes.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, value) in (first..).zip(values) {
                    let number = number_of_rk(u32_at(value, 2)?);
                    sheet.put((row, column), self.number(number, u16_at(value, 0)?));
                }
            }
            records::LABEL_SST => sheet.put(cell()?, XlsValue::Shared(u32_at(bytes, 6)? as usize)),
            records::LABEL => {
                let text = PartsReader::new(&record.parts, 6).text(2)?;
                sheet.put(cell()?, XlsValue::Text(text));
            }
            records::BOOL_ERR => {
                let (value, is_error) = (*bytes.get(6)?, *bytes.get(7)? != 0);
                sheet.put(
                    cell()?,
                    if is_error {
                        XlsValue::Error(value)
                    } else {
                        boolean(value)
                    },
                );
            }
            records::FORMULA => self.formula(sheet, bytes, cell()?)?,
            records::STRING => {
                let text = PartsReader::new(&record.parts, 0).text(2)?;
                let cell = sheet.awaited.take()?;
                sheet.put(cell, XlsValue::Text(text));
            }
            _ => {}
        }
        Some(())
    }

    /// Takes the stored value of a formula.
    fn formula(&self, sheet: &mut SheetCells, bytes: &[u8], cell: (u16, u16)) -> Option<()> {
        const OTHER_THAN_NUMBER: u16 = 0xFFFF;
        if u16_at(bytes, 12)? != OTHER_THAN_NUMBER {
            sheet.put(cell, self.number(float_at(bytes, 6)?, u16_at(bytes, 4)?));
            return Some(());
        }
        let value = *bytes.get(8)?;
        match *bytes.get(6)? {
            0 => sheet.awaited = Some(cell),
            1 => sheet.put(cell, boolean(value)),
            2 => sheet.put(cell, XlsValue::Error(value)),
            _ => {}
        }
        Some(())
    }

    fn number(&self, number: f64, style: u16) -> XlsValue {
        let id = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        let known = self.codes.get(&id).copied();
        let format = known.unwrap_or_else(|| NumberFormat::built_in(u32::from(id)));
        let is_number = number.is_finite();
        XlsValue::Text(if is_number {
            shown(number, format, self.system)
        } else {
            String::new()
        })
    }

    fn write(
        &self,
        sheet: &SheetCells,
        builder: &mut SheetBuilder<'_>,
    ) -> Result<(), WorkbookFault> {
        let mut current = None;
        for ((row, column), value) in &sheet.cells {
            if current != Some(row) {
                builder.row(Some(u32::from(*row) + 1), sheet.hidden_rows.contains(row))?;
                current = Some(row);
            }
            let value = match value {
                XlsValue::Text(text) => CellValue::Text(text.as_str().into()),
                XlsValue::Shared(number) => {
                    let text = self.strings.get(*number).map_or("", String::as_str);
                    CellValue::Text(text.into())
                }
                XlsValue::Error(code) => CellValue::Error(error_of(*code).into()),
            };
            builder.cell(usize::from(*column), value);
        }
        for row in &sheet.merged_rows {
            builder.merge_rows(u32::from(*row) + 1);
        }
        if sheet.is_filtered {
            builder.filter();
        }
        Ok(())
    }
}

fn boolean(value: u8) -> XlsValue {
    let text = if value == 0 { "FALSE" } else { "TRUE" };
    XlsValue::Text(text.to_owned())
}

/// The texts that cells refer to by number.
fn strings(record: &Record<'_>) -> Vec<String> {
    let mut reader = PartsReader::new(&record.parts, 8);
    std::iter::from_fn(|| reader.text(2)).collect()
}

impl SheetCells {
    fn put(&mut self, cell: (u16, u16), value: XlsValue) {
        self.cells.insert(cell, value);
    }
}

impl SheetEntry {
    fn read(record: &Record<'_>) -> Option<Self> {
        let bytes = record.bytes();
        Some(Self {
            name: PartsReader::new(&record.parts, 6).text(1)?,
            kind: *bytes.get(5)?,
            is_hidden: bytes.get(4)? & 3 != 0,
            at: u32_at(bytes, 0)? as usize,
        })
    }
}
