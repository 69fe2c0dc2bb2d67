//! Small workbooks, made of XML that a reviewer can read: no file of a spreadsheet program is in the repository.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A cell, with what its program stores in it.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
    /// A text that cells share.
    Text(&'static str),
    /// A number, and the number format that its cell shows it in.
    Number(f64, &'static str),
    /// A formula, and its stored value if it was ever computed.
    Formula(&'static str, Option<&'static str>),
    Error(&'static str),
    Nothing,
}

/// A sheet: its name, its state (`visible` or `hidden`), its rows and XML behind them.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: &'static str,
    pub is_hidden: bool,
    /// Each row with its number and whether it is hidden.
    pub rows: Vec<(u32, bool, Vec<Cell>)>,
    pub behind: &'static str,
}

impl Sheet {
    /// A sheet whose rows begin in the first.
    pub fn new(name: &'static str, rows: &[&[Cell]]) -> Self {
        let rows = (1..)
            .zip(rows)
            .map(|(row, cells)| (row, false, cells.to_vec()));
        Self {
            name,
            rows: rows.collect(),
            ..Self::default()
        }
    }
}

/// Sheets as text: a line `== NAME`, and below it a line for each row, with ` | ` between its cells. A cell such as
/// `45290 @ yyyy-mm-dd` is a number and its format.
pub fn sheets(text: &'static str) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            sheets.push(Sheet::new(name, &[]));
            continue;
        }
        let cells = line.split('|').map(str::trim);
        let cells = cells.map(|cell| match cell.split_once(" @ ") {
            Some((number, format)) => Cell::Number(number.parse().expect("a number"), format),
            None if cell.is_empty() => Cell::Nothing,
            None => Cell::Text(cell),
        });
        let sheet = sheets.last_mut().expect("a sheet begins first");
        let row = u32::try_from(sheet.rows.len() + 1).expect("there are few rows");
        sheet.rows.push((row, false, cells.collect()));
    }
    sheets
}

/// The bytes of an XLSX workbook. `properties` are attributes of `workbookPr`.
pub fn xlsx(sheets: &[Sheet], properties: &str) -> Vec<u8> {
    zip(&xlsx_parts(sheets, properties))
}

/// The parts of an XLSX workbook, each with its name.
pub fn xlsx_parts(sheets: &[Sheet], properties: &str) -> Vec<(String, String)> {
    let mut strings: Vec<&str> = Vec::new();
    let mut formats: Vec<&str> = vec!["General"];
    let mut parts: Vec<(String, String)> = Vec::new();
    let (mut entries, mut relations) = (String::new(), String::new());
    for (number, sheet) in (1..).zip(sheets) {
        let mut rows = String::new();
        for (row, is_hidden, cells) in &sheet.rows {
            let hidden = if *is_hidden { " hidden=\"1\"" } else { "" };
            _ = write!(rows, "<row r=\"{row}\"{hidden}>");
            for (column, cell) in (b'A'..).map(char::from).zip(cells) {
                rows.push_str(&cell_xml(*cell, column, *row, &mut strings, &mut formats));
            }
            rows.push_str("</row>");
        }
        let behind = sheet.behind;
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>"),
        ));
        let state = if sheet.is_hidden {
            " state=\"hidden\""
        } else {
            ""
        };
        let name = sheet.name;
        _ = write!(
            entries,
            "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"r{number}\"/>"
        );
        _ = write!(
            relations,
            "<Relationship Id=\"r{number}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    parts.push(("xl/sharedStrings.xml".to_owned(), strings_xml(&strings)));
    parts.push(("xl/styles.xml".to_owned(), styles_xml(&formats)));
    relations
        .push_str("<Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>");
    relations.push_str("<Relationship Id=\"t\" Type=\"x/styles\" Target=\"/xl/styles.xml\"/>");
    let workbook =
        format!("<workbook><workbookPr {properties}/><sheets>{entries}</sheets></workbook>");
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    let list = |inside: &str| format!("<Relationships>{inside}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), list(&relations)));
    let main = "<Relationship Id=\"m\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/>";
    parts.push(("_rels/.rels".to_owned(), list(main)));
    parts
}

fn cell_xml(
    cell: Cell,
    column: char,
    row: u32,
    strings: &mut Vec<&'static str>,
    formats: &mut Vec<&'static str>,
) -> String {
    let at = format!("r=\"{column}{row}\"");
    match cell {
        Cell::Text(text) => {
            strings.push(text);
            format!("<c {at} t=\"s\"><v>{}</v></c>", strings.len() - 1)
        }
        Cell::Number(number, format) => {
            let known = formats.iter().position(|it| *it == format);
            let style = known.unwrap_or_else(|| {
                formats.push(format);
                formats.len() - 1
            });
            format!("<c {at} s=\"{style}\"><v>{number}</v></c>")
        }
        Cell::Formula(formula, Some(value)) => {
            format!("<c {at} t=\"str\"><f>{formula}</f><v>{value}</v></c>")
        }
        Cell::Formula(formula, None) => format!("<c {at}><f>{formula}</f></c>"),
        Cell::Error(error) => format!("<c {at} t=\"e\"><v>{error}</v></c>"),
        Cell::Nothing => format!("<c {at}/>"),
    }
}

fn strings_xml(strings: &[&str]) -> String {
    let mut xml = String::from("<sst>");
    for text in strings {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        _ = write!(xml, "<si><t xml:space=\"preserve\">{text}</t></si>");
    }
    xml + "</sst>"
}

/// The styles of cells, one for each number format.
fn styles_xml(formats: &[&str]) -> String {
    let (mut codes, mut styles) = (String::new(), String::new());
    for (id, code) in (164..).zip(formats) {
        // A number is that of a format without a code.
        let id = code.parse().unwrap_or(id);
        let code = code.replace('"', "&quot;");
        if id >= 164 {
            _ = write!(codes, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        }
        _ = write!(styles, "<xf numFmtId=\"{id}\"/>");
    }
    format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>")
}

/// An ODS workbook of these styles and tables.
pub fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        (
            "mimetype".to_owned(),
            "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
        ),
        ("content.xml".to_owned(), content),
    ])
}

/// A ZIP archive of these parts. It stores the first as it is.
pub fn zip(parts: &[(String, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (number, (name, content)) in parts.iter().enumerate() {
        let is_stored = number == 0;
        let packed = if is_stored {
            content.clone().into_bytes()
        } else {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder
                .write_all(content.as_bytes())
                .expect("a vector takes everything");
            encoder.finish().expect("a vector takes everything")
        };
        let mut crc = Crc::new();
        crc.update(content.as_bytes());
        let at = short(out.len());
        let head = [
            &20_u16.to_le_bytes()[..],
            &0_u16.to_le_bytes(),
            &(if is_stored { 0_u16 } else { 8 }).to_le_bytes(),
            &[0; 4],
            &crc.sum().to_le_bytes(),
            &short(packed.len()).to_le_bytes(),
            &short(content.len()).to_le_bytes(),
            &u16::try_from(name.len())
                .expect("names are short")
                .to_le_bytes(),
            &[0; 2],
        ]
        .concat();
        out.extend([b"PK\x03\x04", &head[..], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02", &20_u16.to_le_bytes()[..], &head].concat());
        directory.extend([&[0; 10][..], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let count = u16::try_from(parts.len())
        .expect("there are few parts")
        .to_le_bytes();
    let end = [
        b"PK\x05\x06",
        &[0; 4][..],
        &count,
        &count,
        &short(directory.len()).to_le_bytes(),
        &short(out.len()).to_le_bytes(),
        &[0; 2],
    ]
    .concat();
    [out, directory, end].concat()
}

fn short(len: usize) -> u32 {
    u32::try_from(len).expect("the archive is small")
}

/// An XLS workbook of one sheet, `Log`, from records of its cells. `globals` are records before those of the sheet.
pub fn xls(globals: &[u8], cells: &[u8]) -> Vec<u8> {
    let bof = |kind: u16| {
        record(
            0x0809,
            &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat(),
        )
    };
    let name = b"Log";
    let len = u8::try_from(name.len()).expect("the name is short");
    let sheet_entry = |at: u32| {
        let entry = [&at.to_le_bytes()[..], &[0, 0, len, 0], name].concat();
        record(0x0085, &entry)
    };
    let end = record(0x000A, &[]);
    let before = bof(5).len() + globals.len() + sheet_entry(0).len() + end.len();
    let stream = [
        bof(5),
        globals.to_vec(),
        sheet_entry(short(before)),
        end.clone(),
    ]
    .concat();
    let stream = [stream, bof(0x10), cells.to_vec(), end].concat();
    compound_file("Workbook", stream)
}

/// A record of an XLS workbook.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(data.len()).expect("the record is short");
    [&kind.to_le_bytes()[..], &len.to_le_bytes(), data].concat()
}

/// A container of one stream ([MS-CFB]): a sector with the table of sectors, one with the directory, and the stream.
pub fn compound_file(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    // Longer streams are not in the mini stream.
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = short(stream.len() / SECTOR);
    let mut header = vec![0; SECTOR];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    put(30, &9_u16.to_le_bytes());
    put(32, &6_u16.to_le_bytes());
    put(48, &1_u32.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    put(76, &0_u32.to_le_bytes());
    (80..SECTOR)
        .step_by(4)
        .for_each(|at| put(at, &u32::MAX.to_le_bytes()));
    let chain = (3..2 + sectors).chain([END]);
    let mut table: Vec<u32> = [0xFFFF_FFFD, END].into_iter().chain(chain).collect();
    table.resize(SECTOR / 4, u32::MAX);
    let table = table.into_iter().flat_map(u32::to_le_bytes).collect();
    let mut directory = entry("Root Entry", 5, END, 0);
    directory.extend(entry(name, 2, 2, short(stream.len())));
    directory.resize(SECTOR, 0);
    [header, table, directory, stream].concat()
}

fn entry(name: &str, kind: u8, first: u32, len: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_len = u16::try_from(entry.len() + 2).expect("the name is short");
    entry.resize(128, 0);
    entry[64..66].copy_from_slice(&name_len.to_le_bytes());
    entry[66] = kind;
    entry[116..120].copy_from_slice(&first.to_le_bytes());
    entry[120..124].copy_from_slice(&len.to_le_bytes());
    entry
}
