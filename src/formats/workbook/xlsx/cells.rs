//! The cells of a sheet of an XLSX workbook.

use std::io::BufRead;

use super::strings::{RichText, SharedStrings, unescaped};
use super::styles::CellStyles;
use crate::formats::workbook::fault::WorkbookFault;
use crate::formats::workbook::number_format::NumberFormat;
use crate::formats::workbook::serial_date::{DateSystem, iso_shown, shown};
use crate::formats::workbook::sheet::{CellValue, SheetBuilder};
use crate::formats::workbook::xml::{XmlItem, XmlReader, XmlTag};

/// What the cells of all sheets refer to.
pub(super) struct CellReader<'w> {
    pub strings: &'w SharedStrings,
    pub styles: &'w CellStyles,
    pub system: DateSystem,
}

/// A cell while it is read.
#[derive(Default)]
struct OpenCell {
    column: usize,
    style: Option<usize>,
    kind: CellKind,
    value: String,
    has_value: bool,
    is_formula: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    /// A text by its number.
    Shared,
    /// A text in the cell, or the result of a formula.
    Text,
    Inline,
    Boolean,
    Error,
    /// A date in the notation of ISO 8601.
    Iso,
}

impl CellReader<'_> {
    pub fn read(
        &self,
        part: impl BufRead,
        builder: &mut SheetBuilder<'_>,
    ) -> Result<(), WorkbookFault> {
        let mut xml = XmlReader::new(part);
        let mut cell = OpenCell::default();
        let mut text = RichText::default();
        let (mut is_value, mut column) = (false, 0);
        loop {
            match xml.next()? {
                XmlItem::Open(tag) => match tag.name() {
                    "row" => {
                        builder.row(tag.number("r"), tag.is("hidden"))?;
                        column = 0;
                    }
                    "c" => {
                        cell.begin(&tag, column);
                        column = cell.column + 1;
                    }
                    "v" => (is_value, cell.has_value) = (true, true),
                    "f" => cell.is_formula = true,
                    "filterColumn" => builder.filter(),
                    "mergeCell" => {
                        let first_row = tag.attribute("ref").and_then(|area| row_of_tall(&area));
                        if let Some(row) = first_row {
                            builder.merge_rows(row);
                        }
                    }
                    name => text.open(name),
                },
                XmlItem::Close(name) => match name.as_ref() {
                    "v" => is_value = false,
                    "c" => {
                        let inline = text.take();
                        if let Some(value) = self.value(&cell, &inline) {
                            builder.cell(cell.column, value);
                        }
                    }
                    name => text.close(name),
                },
                XmlItem::Text(part) if is_value => cell.value.push_str(&part),
                XmlItem::Text(part) => text.push(&part),
                XmlItem::End => return Ok(()),
            }
        }
    }

    fn value<'c>(&'c self, cell: &'c OpenCell, inline: &'c str) -> Option<CellValue<'c>> {
        if cell.kind == CellKind::Inline {
            return Some(CellValue::Text(inline.into()));
        }
        if !cell.has_value {
            return cell.is_formula.then_some(CellValue::NotComputed);
        }
        let value = cell.value.as_str();
        let text = match cell.kind {
            CellKind::Shared => self.strings.get(value.trim().parse().ok()?)?.into(),
            CellKind::Text | CellKind::Inline => unescaped(value),
            CellKind::Boolean if value == "1" => "TRUE".into(),
            CellKind::Boolean => "FALSE".into(),
            CellKind::Error => return Some(CellValue::Error(value.into())),
            CellKind::Iso => iso_shown(value, self.styles.format(cell.style)).into(),
            CellKind::Number => {
                let format = self.styles.format(cell.style);
                let is_short = value.len() <= 15 && value.bytes().all(|it| it.is_ascii_digit());
                if format == NumberFormat::Plain && is_short {
                    value.into()
                } else {
                    let number = value
                        .trim()
                        .parse::<f64>()
                        .ok()
                        .filter(|it| it.is_finite())?;
                    shown(number, format, self.system).into()
                }
            }
        };
        Some(CellValue::Text(text))
    }
}

impl OpenCell {
    /// Begins a cell. Without an address it is in the next column.
    fn begin(&mut self, tag: &XmlTag<'_>, next: usize) {
        self.value.clear();
        self.column = next;
        (self.style, self.kind) = (None, CellKind::default());
        (self.has_value, self.is_formula) = (false, false);
        for (name, value) in tag.attributes() {
            match name {
                "r" => self.column = column_of(&value).unwrap_or(next),
                "s" => self.style = value.trim().parse().ok(),
                "t" => {
                    self.kind = match value.as_ref() {
                        "s" => CellKind::Shared,
                        "str" => CellKind::Text,
                        "inlineStr" => CellKind::Inline,
                        "b" => CellKind::Boolean,
                        "e" => CellKind::Error,
                        "d" => CellKind::Iso,
                        _ => CellKind::Number,
                    }
                }
                _ => {}
            }
        }
    }
}

/// The column of an address such as `AB7`, from 0.
fn column_of(address: &str) -> Option<usize> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.take(4).fold(0, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    column.checked_sub(1)
}

/// The first row of an area such as `A7:A9`, if it has more than one.
fn row_of_tall(area: &str) -> Option<u32> {
    let row = |address: &str| -> Option<u32> {
        address
            .trim_start_matches(|it: char| !it.is_ascii_digit())
            .parse()
            .ok()
    };
    let (first, last) = area.split_once(':')?;
    let (first, last) = (row(first)?, row(last)?);
    (first < last).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let columns = ["A1", "Z9", "AA1", "XFD1048576", "$", ""].map(column_of);
        assert_eq!(
            columns,
            [Some(0), Some(25), Some(26), Some(16_383), None, None]
        );
        let rows = ["A7:A9", "A7:C7", "A7", "x:y"].map(row_of_tall);
        assert_eq!(rows, [Some(7), None, None, None]);
    }
}
