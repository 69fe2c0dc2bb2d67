//! The number formats of the cells of an ODS workbook: the styles of cells, each with a data style (ODF 1.3, 16.29).

use std::collections::HashMap;
use std::io::BufRead;

use crate::formats::workbook::fault::WorkbookFault;
use crate::formats::workbook::number_format::{DatePart, NumberFormat};
use crate::formats::workbook::xml::{XmlItem, XmlReader, XmlTag};

/// How many parents of a style are asked: a circle of parents has no end.
const MOST_PARENTS: usize = 16;

/// The styles of a workbook, from both of its parts that have some.
#[derive(Debug, Default)]
pub(super) struct OdsStyles {
    /// The data style of a cell style, and its parent.
    cells: HashMap<String, (Option<String>, Option<String>)>,
    formats: HashMap<String, NumberFormat>,
    /// Styles of tables that are not shown.
    hidden_tables: Vec<String>,
    open: OpenStyle,
}

/// A style whose parts follow.
#[derive(Debug, Default)]
struct OpenStyle {
    /// The name of a data style of dates or times.
    data: Option<String>,
    finest: Option<DatePart>,
    is_elapsed: bool,
    /// The name of a style of tables.
    table: Option<String>,
}

impl OdsStyles {
    pub fn read(&mut self, part: impl BufRead) -> Result<(), WorkbookFault> {
        let mut xml = XmlReader::new(part);
        loop {
            match xml.next()? {
                XmlItem::Open(tag) => self.open(&tag),
                XmlItem::Close(name) => self.close(&name),
                XmlItem::Text(_) => {}
                XmlItem::End => return Ok(()),
            }
        }
    }

    pub fn open(&mut self, tag: &XmlTag<'_>) {
        let text = |name| tag.attribute(name).map(std::borrow::Cow::into_owned);
        let part = match tag.name() {
            "style" => {
                let name = text("name").unwrap_or_default();
                match tag.attribute("family").as_deref() {
                    Some("table-cell") => {
                        let style = (text("data-style-name"), text("parent-style-name"));
                        self.cells.insert(name, style);
                    }
                    Some("table") => self.open.table = Some(name),
                    _ => {}
                }
                return;
            }
            "table-properties" => {
                let is_hidden = tag.attribute("display").is_some_and(|it| it == "false");
                self.hidden_tables
                    .extend(self.open.table.take().filter(|_| is_hidden));
                return;
            }
            "date-style" | "time-style" => {
                let is_elapsed = tag
                    .attribute("truncate-on-overflow")
                    .is_some_and(|it| it == "false");
                self.open.data = text("name");
                (self.open.finest, self.open.is_elapsed) = (None, is_elapsed);
                return;
            }
            "year" | "era" => DatePart::Year,
            "month" | "quarter" => DatePart::Month,
            "day" | "day-of-week" | "week-of-year" => DatePart::Day,
            "hours" => DatePart::Hour,
            "minutes" => DatePart::Minute,
            "seconds" => {
                let digits = tag.number("decimal-places").unwrap_or(0).min(3);
                DatePart::Second(u8::try_from(digits).unwrap_or(0))
            }
            _ => return,
        };
        self.open.finest = self.open.finest.max(Some(part));
    }

    pub fn close(&mut self, name: &str) {
        match name {
            "date-style" | "time-style" => {
                let OpenStyle {
                    data,
                    finest,
                    is_elapsed,
                    ..
                } = &mut self.open;
                let format = match finest {
                    _ if *is_elapsed => NumberFormat::Elapsed,
                    Some(part) => NumberFormat::Date(*part),
                    None => NumberFormat::Plain,
                };
                self.formats.extend(data.take().map(|name| (name, format)));
            }
            "style" => self.open.table = None,
            _ => {}
        }
    }

    /// The format of a cell style, or of the nearest of its parents that has one.
    pub fn format(&self, style: &str) -> Option<NumberFormat> {
        let mut name = style;
        for _ in 0..MOST_PARENTS {
            let (data, parent) = self.cells.get(name)?;
            let format = data.as_ref().and_then(|data| self.formats.get(data));
            if let Some(format) = format {
                return Some(*format);
            }
            name = parent.as_deref()?;
        }
        None
    }

    pub fn is_hidden(&self, table: &str) -> bool {
        self.hidden_tables.iter().any(|name| name == table)
    }
}
