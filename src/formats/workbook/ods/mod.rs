//! Workbooks of `LibreOffice` and other programs (`OpenDocument` 1.3): ODS.

mod styles;

use std::borrow::Cow;
use std::io::{BufRead, Read};

use self::styles::OdsStyles;
use super::fault::WorkbookFault;
use super::number_format::NumberFormat;
use super::serial_date::iso_shown;
use super::sheet::{CellValue, MOST_COLUMNS, Sheet, SheetBuilder, TextBudget};
use super::xml::{XmlItem, XmlReader, XmlTag};
use crate::formats::zip::ZipArchive;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// How long a manifest may be, in bytes.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// The sheets of a workbook, in its order.
pub(super) fn read(
    archive: &ZipArchive<'_>,
    budget: &mut TextBudget,
) -> Result<Vec<Sheet>, WorkbookFault> {
    if is_encrypted(archive) {
        return Err(WorkbookFault::Encrypted);
    }
    let mut styles = OdsStyles::default();
    if archive.has(STYLES) {
        styles.read(archive.part(STYLES)?)?;
    }
    let mut reader = ContentReader {
        xml: XmlReader::new(archive.part(CONTENT)?),
        styles,
        sheets: Vec::new(),
    };
    reader.read(budget)?;
    Ok(reader.sheets)
}

/// Whether the parts are encrypted: only the manifest says so.
fn is_encrypted(archive: &ZipArchive<'_>) -> bool {
    let mut manifest = Vec::new();
    let part = archive.part(MANIFEST);
    let read = part.map(|part| part.take(LONGEST_MANIFEST).read_to_end(&mut manifest));
    let word = b"encryption-data";
    matches!(read, Ok(Ok(_))) && memchr::memmem::find(&manifest, word).is_some()
}

struct ContentReader<R> {
    xml: XmlReader<R>,
    styles: OdsStyles,
    sheets: Vec<Sheet>,
}

/// What a cell or column says of itself.
#[derive(Clone, Debug, Default)]
struct CellHead {
    kind: ValueKind,
    /// Its value, if that is not its text.
    value: String,
    style: Option<String>,
    repeated: usize,
    is_formula: bool,
    /// How many rows it is merged over.
    rows: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ValueKind {
    #[default]
    Text,
    Number,
    Date,
    Time,
    Boolean,
    Nothing,
}

impl<R: BufRead> ContentReader<R> {
    /// Reads the styles of the content, and its tables.
    fn read(&mut self, budget: &mut TextBudget) -> Result<(), WorkbookFault> {
        loop {
            match self.xml.next()? {
                XmlItem::Open(tag) if tag.name() == "table" => {
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let style = tag.attribute("style-name").unwrap_or_default();
                    let is_hidden = self.styles.is_hidden(&style);
                    let builder = SheetBuilder::new(&name, is_hidden, budget);
                    let sheet = self.table(builder)?;
                    self.sheets.push(sheet);
                }
                XmlItem::Open(tag) if tag.name() == "filter" => {
                    // Filters follow the tables. Which table one is of is not worth a look into its address.
                    self.sheets
                        .iter_mut()
                        .for_each(|sheet| sheet.is_filtered = true);
                }
                XmlItem::Open(tag) => self.styles.open(&tag),
                XmlItem::Close(name) => self.styles.close(&name),
                XmlItem::Text(_) => {}
                XmlItem::End => return Ok(()),
            }
        }
    }

    /// Reads a table to its end.
    fn table(&mut self, mut builder: SheetBuilder<'_>) -> Result<Sheet, WorkbookFault> {
        let mut column_styles: Vec<Option<String>> = Vec::new();
        let (mut column, mut times, mut depth) = (0, 1, 1);
        loop {
            match self.xml.next()? {
                XmlItem::Open(tag) => match tag.name() {
                    // A table within a cell.
                    "table" => depth += 1,
                    "table-column" => {
                        let head = CellHead::of(&tag);
                        let style = tag
                            .attribute("default-cell-style-name")
                            .map(Cow::into_owned);
                        let count = head
                            .repeated
                            .min(MOST_COLUMNS - column_styles.len().min(MOST_COLUMNS));
                        column_styles.extend(std::iter::repeat_n(style, count));
                    }
                    "table-row" => {
                        let visibility = tag.attribute("visibility");
                        let is_hidden = visibility.is_some_and(|it| it != "visible");
                        times = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                        builder.row(None, is_hidden)?;
                        column = 0;
                    }
                    "table-cell" | "covered-table-cell" => {
                        let head = CellHead::of(&tag);
                        let end = tag.name().to_owned();
                        let text = self.text_of_cell(&end)?;
                        let style = column_styles.get(column).and_then(Option::as_deref);
                        self.put(&mut builder, column, &head, (&text, style));
                        column = column.saturating_add(head.repeated);
                    }
                    _ => {}
                },
                XmlItem::Close(name) => match name.as_ref() {
                    "table-row" => builder.repeat(times)?,
                    "table" if depth == 1 => return builder.end(),
                    "table" => depth -= 1,
                    _ => {}
                },
                XmlItem::Text(_) => {}
                XmlItem::End => return builder.end(),
            }
        }
    }

    fn put(
        &self,
        builder: &mut SheetBuilder<'_>,
        column: usize,
        head: &CellHead,
        (text, column_style): (&str, Option<&str>),
    ) {
        let style = head.style.as_deref().or(column_style);
        let format = style.and_then(|style| self.styles.format(style));
        if head.rows > 1 {
            builder.merge_rows(builder.row_number());
        }
        let last = column.saturating_add(head.repeated).min(MOST_COLUMNS);
        for column in column..last {
            if let Some(value) = head.shown(text, format) {
                builder.cell(column, value);
            } else {
                return;
            }
        }
    }

    /// The text of a cell, whose paragraphs are lines. Comments on it are left out.
    fn text_of_cell(&mut self, end: &str) -> Result<String, WorkbookFault> {
        let mut text = String::new();
        let (mut paragraphs, mut notes, mut is_in_paragraph) = (0, 0, false);
        loop {
            match self.xml.next()? {
                XmlItem::Open(tag) => match tag.name() {
                    "annotation" => notes += 1,
                    "p" | "h" if notes == 0 => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        (paragraphs, is_in_paragraph) = (paragraphs + 1, true);
                    }
                    "s" if is_in_paragraph => {
                        let count = tag.number("c").unwrap_or(1).min(1 << 10);
                        text.extend(std::iter::repeat_n(' ', count as usize));
                    }
                    "tab" if is_in_paragraph => text.push('\t'),
                    "line-break" if is_in_paragraph => text.push('\n'),
                    _ => {}
                },
                XmlItem::Close(name) => match name.as_ref() {
                    "annotation" => notes -= 1,
                    "p" | "h" if notes == 0 => is_in_paragraph = false,
                    name if name == end => return Ok(text),
                    _ => {}
                },
                XmlItem::Text(part) if is_in_paragraph && notes == 0 => text.push_str(&part),
                XmlItem::Text(_) => {}
                XmlItem::End => return Err(WorkbookFault::Damaged),
            }
        }
    }
}

impl CellHead {
    fn of(tag: &XmlTag<'_>) -> Self {
        let mut head = Self {
            repeated: 1,
            rows: 1,
            kind: ValueKind::Nothing,
            ..Self::default()
        };
        for (name, value) in tag.attributes() {
            match name {
                "value-type" => {
                    head.kind = match value.as_ref() {
                        "float" | "percentage" | "currency" => ValueKind::Number,
                        "date" => ValueKind::Date,
                        "time" => ValueKind::Time,
                        "boolean" => ValueKind::Boolean,
                        _ => ValueKind::Text,
                    }
                }
                "value" | "date-value" | "time-value" | "boolean-value" => {
                    head.value = value.into_owned();
                }
                "style-name" => head.style = Some(value.into_owned()),
                "number-columns-repeated" => head.repeated = value.parse().unwrap_or(1).max(1),
                "number-rows-spanned" => head.rows = value.parse().unwrap_or(1),
                "formula" => head.is_formula = true,
                _ => {}
            }
        }
        head
    }

    /// What the cell shows. `None` for an empty cell.
    fn shown<'c>(&'c self, text: &'c str, format: Option<NumberFormat>) -> Option<CellValue<'c>> {
        let shown = match self.kind {
            ValueKind::Nothing if self.is_formula && text.is_empty() => {
                return Some(CellValue::NotComputed);
            }
            ValueKind::Nothing if text.is_empty() => return None,
            // The value of an error is a text or a zero, and only what is shown says that it is one.
            _ if self.is_formula && is_error(text) => return Some(CellValue::Error(text.into())),
            ValueKind::Date if !self.value.is_empty() => match format {
                Some(format @ NumberFormat::Date(_)) => iso_shown(&self.value, format).into(),
                _ => self.value.as_str().into(),
            },
            ValueKind::Time => time_of_duration(&self.value).map_or(text.into(), Into::into),
            ValueKind::Number if !self.value.is_empty() => self.value.as_str().into(),
            _ => text.into(),
        };
        Some(CellValue::Text(shown))
    }
}

fn is_error(text: &str) -> bool {
    (text.starts_with('#') && text.ends_with(['!', '?', 'A'])) || text.starts_with("Err:")
}

/// The time of the day in a duration such as `PT10H05M07S`. `None` for one of more than a day.
fn time_of_duration(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let hours: u32 = hours.parse().ok().filter(|&it| it < 24)?;
    let minutes: u32 = minutes.parse().ok()?;
    let seconds = seconds.replace(',', ".");
    let seconds = seconds.trim_end_matches(".000000000");
    Some(format!("{hours:02}:{minutes:02}:{seconds:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_of_less_than_a_day_is_a_time() {
        assert_eq!(time_of_duration("PT10H05M07S").as_deref(), Some("10:05:07"));
        assert_eq!(
            time_of_duration("PT00H05M07.000000000S").as_deref(),
            Some("00:05:07")
        );
        assert_eq!(time_of_duration("PT26H05M07S"), None);
        assert_eq!(time_of_duration("P1D"), None);
    }
}
