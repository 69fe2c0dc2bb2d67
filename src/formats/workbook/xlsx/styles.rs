//! The number formats of the cells of an XLSX workbook: `xl/styles.xml`.

use std::collections::HashMap;
use std::io::BufRead;

use crate::formats::workbook::fault::WorkbookFault;
use crate::formats::workbook::number_format::NumberFormat;
use crate::formats::workbook::xml::{XmlItem, XmlReader};

/// The format of each style, by the number that cells have.
#[derive(Debug, Default)]
pub(super) struct CellStyles(Vec<NumberFormat>);

impl CellStyles {
    pub fn read(part: impl BufRead) -> Result<Self, WorkbookFault> {
        let mut xml = XmlReader::new(part);
        let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
        let mut formats = Vec::new();
        let mut is_of_cells = false;
        loop {
            match xml.next()? {
                XmlItem::Open(tag) => match tag.name() {
                    "numFmt" => {
                        let code = tag.attribute("formatCode").unwrap_or_default();
                        if let Some(id) = tag.number("numFmtId") {
                            codes.insert(id, NumberFormat::of_code(&code));
                        }
                    }
                    "cellXfs" => is_of_cells = true,
                    "xf" if is_of_cells => {
                        let id = tag.number("numFmtId").unwrap_or(0);
                        let known = codes.get(&id).copied();
                        formats.push(known.unwrap_or_else(|| NumberFormat::built_in(id)));
                    }
                    _ => {}
                },
                XmlItem::Close(name) if name == "cellXfs" => is_of_cells = false,
                XmlItem::Close(_) | XmlItem::Text(_) => {}
                XmlItem::End => return Ok(Self(formats)),
            }
        }
    }

    pub fn format(&self, style: Option<usize>) -> NumberFormat {
        let format = self.0.get(style.unwrap_or(0));
        format.copied().unwrap_or_default()
    }
}
