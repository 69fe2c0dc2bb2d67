//! Workbooks of Excel since 2007 (ECMA-376): XLSX and XLSM. Macros are never read.

mod cells;
mod strings;
mod styles;

use std::collections::HashMap;
use std::io::BufReader;
use std::path::Path;

use self::cells::CellReader;
use self::strings::SharedStrings;
use self::styles::CellStyles;
use super::fault::{OtherDocument, WorkbookFault};
use super::serial_date::DateSystem;
use super::sheet::{Sheet, SheetBuilder, TextBudget};
use super::xml::{XmlItem, XmlReader};
use crate::formats::zip::{ZipArchive, ZipFault, ZipPart};

/// The sheets of a workbook with cells, in its order. Sheets of charts are left out.
pub(super) fn read(
    archive: &ZipArchive<'_>,
    budget: &mut TextBudget,
) -> Result<Vec<Sheet>, WorkbookFault> {
    let main = main_part(archive)?;
    if Path::new(&main).extension().is_some_and(|it| it == "bin") {
        return Err(WorkbookFault::Other(OtherDocument::BinaryWorkbook));
    }
    let targets = Relations::of(archive, &main)?;
    let index = WorkbookIndex::read(archive.part(&main)?)?;
    let strings = match optional(archive, targets.of_kind("sharedStrings"))? {
        Some(part) => SharedStrings::read(part)?,
        None => SharedStrings::default(),
    };
    let styles = match optional(archive, targets.of_kind("styles"))? {
        Some(part) => CellStyles::read(part)?,
        None => CellStyles::default(),
    };
    let cells = CellReader {
        strings: &strings,
        styles: &styles,
        system: index.system,
    };
    let mut sheets = Vec::new();
    for entry in &index.sheets {
        let target = targets.by_id.get(&entry.relation);
        let Some((_, target)) = target.filter(|(kind, _)| kind == "worksheet") else {
            continue;
        };
        let mut builder = SheetBuilder::new(&entry.name, entry.is_hidden, budget);
        cells.read(archive.part(target)?, &mut builder)?;
        sheets.push(builder.end()?);
    }
    Ok(sheets)
}

fn optional<'a>(
    archive: &'a ZipArchive<'_>,
    name: Option<&str>,
) -> Result<Option<BufReader<ZipPart<'a>>>, WorkbookFault> {
    match name.map(|name| archive.part(name)) {
        None | Some(Err(ZipFault::Missing)) => Ok(None),
        Some(part) => Ok(Some(part?)),
    }
}

/// The name of the part of the workbook itself.
fn main_part(archive: &ZipArchive<'_>) -> Result<String, WorkbookFault> {
    const USUAL: &str = "xl/workbook.xml";
    let relations = Relations::of(archive, "")?;
    let main = relations.of_kind("officeDocument").unwrap_or(USUAL);
    Ok(main.to_owned())
}

/// The parts to which a part refers.
#[derive(Default)]
struct Relations {
    /// The last word of the type, and the name of the part, by id.
    by_id: HashMap<String, (String, String)>,
}

impl Relations {
    /// The relations of a part; those of the package for an empty name.
    fn of(archive: &ZipArchive<'_>, part: &str) -> Result<Self, WorkbookFault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{separator}_rels/{file}.rels");
        let mut relations = Self::default();
        let Some(part) = optional(archive, Some(&name))? else {
            return Ok(relations);
        };
        let mut xml = XmlReader::new(part);
        loop {
            match xml.next()? {
                XmlItem::Open(tag) if tag.name() == "Relationship" => {
                    let [id, kind, target] = ["Id", "Type", "Target"]
                        .map(|name| tag.attribute(name).unwrap_or_default());
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations
                        .by_id
                        .insert(id.into_owned(), (kind, resolved(folder, &target)));
                }
                XmlItem::End => return Ok(relations),
                XmlItem::Open(_) | XmlItem::Close(_) | XmlItem::Text(_) => {}
            }
        }
    }

    fn of_kind(&self, kind: &str) -> Option<&str> {
        let of_kind = self.by_id.values().filter(|(found, _)| found == kind);
        // Of several, the choice must not depend on the order of the map.
        of_kind.map(|(_, target)| target.as_str()).min()
    }
}

/// The name of a part that is given relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// What `xl/workbook.xml` says.
#[derive(Default)]
struct WorkbookIndex {
    sheets: Vec<SheetEntry>,
    system: DateSystem,
}

struct SheetEntry {
    name: String,
    is_hidden: bool,
    relation: String,
}

impl WorkbookIndex {
    fn read(part: BufReader<ZipPart<'_>>) -> Result<Self, WorkbookFault> {
        let mut xml = XmlReader::new(part);
        let mut index = Self::default();
        loop {
            match xml.next()? {
                XmlItem::Open(tag) => match tag.name() {
                    "workbookPr" if tag.is("date1904") => index.system = DateSystem::From1904,
                    "sheet" => {
                        let state = tag.attribute("state");
                        index.sheets.push(SheetEntry {
                            name: tag.attribute("name").unwrap_or_default().into_owned(),
                            is_hidden: state.is_some_and(|state| state != "visible"),
                            relation: tag.attribute("id").unwrap_or_default().into_owned(),
                        });
                    }
                    _ => {}
                },
                XmlItem::Close(_) | XmlItem::Text(_) => {}
                XmlItem::End => return Ok(index),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_relative_to_another() {
        assert_eq!(
            resolved("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
