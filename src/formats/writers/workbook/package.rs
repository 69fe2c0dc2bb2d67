//! The parts around the sheets of a workbook: what they are, how they belong together, and their styles.

use super::parts::put;
use super::sheet::SheetWriter;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The styles of cells: text, header, and a date with its time.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"3\">\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
    <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
    </cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// What a program that opens the workbook takes each part for.
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const RELATIONSHIPS: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// The parts of a workbook, with its marking on every printed page.
pub(super) fn assembled(sheets: &[SheetWriter], marking: &str) -> String {
    let mut out = String::new();
    put(&mut out, "[Content_Types].xml", &content_types(sheets));
    let main = relationship(1, "officeDocument", "xl/workbook.xml");
    put(&mut out, "_rels/.rels", &relationships(&main));
    put(&mut out, "xl/workbook.xml", &workbook(sheets));
    let mut links: String = (1..=sheets.len())
        .map(|number| {
            relationship(
                number,
                "worksheet",
                &format!("worksheets/sheet{number}.xml"),
            )
        })
        .collect();
    links.push_str(&relationship(sheets.len() + 1, "styles", "styles.xml"));
    put(
        &mut out,
        "xl/_rels/workbook.xml.rels",
        &relationships(&links),
    );
    put(
        &mut out,
        "xl/styles.xml",
        &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"),
    );
    for (number, sheet) in (1..).zip(sheets) {
        put(
            &mut out,
            &format!("xl/worksheets/sheet{number}.xml"),
            &sheet.xml(marking),
        );
    }
    out
}

fn content_types(sheets: &[SheetWriter]) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{name}\" ContentType=\"{TYPES}.{kind}+xml\"/>")
    };
    let of_sheets: String = (1..=sheets.len())
        .map(|number| part(&format!("worksheets/sheet{number}.xml"), "worksheet"))
        .collect();
    let (main, styles) = (
        part("workbook.xml", "sheet.main"),
        part("styles.xml", "styles"),
    );
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"{RELATIONSHIPS}\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{main}{styles}{of_sheets}</Types>"
    )
}

fn workbook(sheets: &[SheetWriter]) -> String {
    let entry = |(number, sheet): (usize, &SheetWriter)| {
        format!(
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            sheet.name
        )
    };
    let filter = |(number, sheet): (usize, &SheetWriter)| {
        let (name, area) = (&sheet.name, sheet.area("$"));
        format!(
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{number}\" hidden=\"1\">'{name}'!{area}</definedName>"
        )
    };
    let entries: String = (1..).zip(sheets).map(entry).collect();
    let filters: String = sheets.iter().enumerate().map(filter).collect();
    format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{entries}</sheets><definedNames>{filters}</definedNames></workbook>"
    )
}

fn relationships(inside: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inside}</Relationships>")
}

fn relationship(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}
