//! Workbooks: any bytes in any of the containers are opened as far as they are readable, or refused.

use dateline::formats::import::TimelineImport;
use dateline::formats::progress::Progress;
use dateline::formats::{self, InputFile};
use dateline::timeline::Event;

use super::random::Random;
use crate::support::program;
use crate::support::workbooks::{self, Cell, Sheet, record};

const PIECES: &[&str] = &[
    "<row r=\"7\">",
    "</row>",
    "<c r=\"B2\" t=\"s\">",
    "<c r=\"XFD1048576\" s=\"1\">",
    "</c>",
    "<v>",
    "</v>",
    "<is><t>",
    "</t></is>",
    "44409.5",
    "0",
    "-1",
    "1e308",
    "&amp;",
    "&#0;",
    "&#x202E;",
    "&nope;",
    "_x000D_",
    "<!--",
    "]]>",
    "\"",
    "\t",
    "\n",
    "date1904=\"1\"",
    "<mergeCell ref=\"A1:B9\"/>",
    "<filterColumn/>",
    " r=\"99999999999\"",
    " s=\"-1\"",
    " t=\"d\"",
    "<table:table-row table:number-rows-repeated=\"999999999\">",
    "</table:table-row>",
    "<text:p>",
    "</text:p>",
    "<table:table-cell table:number-columns-repeated=\"99999\">",
    "</table:table-cell>",
    "datetime",
    "message",
    "2021-08-14T10:05:07Z",
];

fn mutated(random: &mut Random, text: &mut String) {
    for _ in 0..=random.below(3) {
        let mut at = random.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        match random.below(4) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..).take(random.below(40)).collect::<String>()),
            _ => text.insert_str(at, PIECES[random.below(PIECES.len())]),
        }
    }
}

fn mutated_bytes(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1));
        match random.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at.min(bytes.len()), random.byte()),
            2 => bytes.extend_from_within(at.min(bytes.len())..),
            _ => bytes
                .iter_mut()
                .skip(at)
                .take(1 + random.below(4))
                .for_each(|byte| *byte = random.byte()),
        }
    }
}

/// An XLSX workbook, in parts whose XML is not what any program writes.
fn open_xml(random: &mut Random) -> Vec<u8> {
    let row = [
        Cell::Number(44409.5, "mmm-yy"),
        Cell::Text("a"),
        Cell::Error("#N/A"),
    ];
    let header = [
        Cell::Text("datetime"),
        Cell::Text("message"),
        Cell::Text("tag"),
    ];
    let sheet = Sheet::new("Timeline", &[&header, &row, &row]);
    let mut parts = workbooks::xlsx_parts(&[sheet], "");
    for _ in 0..random.below(3) {
        let part = random.below(parts.len());
        mutated(random, &mut parts[part].1);
    }
    workbooks::zip(&parts)
}

fn open_document(random: &mut Random) -> Vec<u8> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2021-08-14\" table:style-name=\"c\"/>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let mut table = format!(
        "<table:table table:name=\"T\">{}{}</table:table>",
        row(&(cell("datetime") + &cell("message"))),
        row(&(date.to_owned() + &cell("a"))),
    );
    let mut styles = "<number:date-style style:name=\"N\"><number:year/></number:date-style>\
        <style:style style:name=\"c\" style:family=\"table-cell\" style:data-style-name=\"N\" style:parent-style-name=\"c\"/>"
        .to_owned();
    if random.one_in(2) {
        mutated(random, &mut table);
    }
    if random.one_in(3) {
        mutated(random, &mut styles);
    }
    workbooks::ods(&styles, &table)
}

fn compound(random: &mut Random) -> Vec<u8> {
    let text = |text: &str| {
        [
            &[u8::try_from(text.len()).unwrap_or(0), 0, 0],
            text.as_bytes(),
        ]
        .concat()
    };
    let strings = [
        &[2, 0, 0, 0, 2, 0, 0, 0][..],
        &text("datetime"),
        &text("message"),
    ]
    .concat();
    let mut globals = [
        record(0x00FC, &strings),
        record(0x003C, &[1, 0x41, 0]),
        record(0x00E0, &[0; 20]),
    ]
    .concat();
    let mut cells = [
        record(0x00FD, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        record(0x00FD, &[0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
        record(
            0x00BD,
            &[1, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 8, 0, 0, 0, 1, 0],
        ),
    ]
    .concat();
    if random.one_in(2) {
        mutated_bytes(random, &mut globals);
    }
    if random.one_in(2) {
        mutated_bytes(random, &mut cells);
    }
    workbooks::xls(&globals, &cells)
}

const CASE: &str = "[timeline]\ntlp = \"GREEN\"\n[entities.a]\nname = \"A, B\"\ntlp = \"AMBER\"\n[sources.s]\ntitle = \"S\"\n\
                    [[events]]\nid = \"x\"\nwhen = \"2021\"\ntitle = \"X\"\nactors = [\"a\"]\nsources = [\"s\"]\ntlp = \"CLEAR\"\n\
                    [[events.claims]]\nid = \"c\"\nby = \"a\"\nsource = \"s\"\nabout = \"actor\"\nvalue = \"a\"\n\
                    [[events]]\ntitle = \"Y\"\nlinks = [{ to = \"x\", as = \"part-of\" }]\n[[questions]]\ntext = \"Q\"\nevents = [\"x\"]\n";

/// Where the text of a cell begins that ends at a byte.
fn begin(parts: &str, end: usize) -> usize {
    let before = parts.get(..end).unwrap_or_default();
    before.rfind('>').map_or(0, |at| at + 1)
}

/// A workbook of dateline, whose cells someone has changed.
fn own(random: &mut Random) -> Vec<u8> {
    let timeline = program::opened("case.toml", CASE).timeline;
    let mut parts = program::written(&timeline, "xlsx");
    for _ in 0..=random.below(3) {
        let cells: Vec<usize> = parts.match_indices("</t>").map(|(at, _)| at).collect();
        let end = cells[random.below(cells.len())];
        let start = begin(&parts, end);
        let other = cells[random.below(cells.len())];
        let text = match random.below(3) {
            0 => random.pick(PIECES).replace(['<', '>', '&'], ""),
            1 => String::new(),
            _ => (parts.get(begin(&parts, other)..other).unwrap_or_default()).to_owned(),
        };
        parts.replace_range(start..end, &text);
    }
    let writer = formats::FormatWriter::find("xlsx").expect("the format exists");
    writer.bytes(parts)
}

pub fn round(random: &mut Random) {
    // Only the errors of a workbook of dateline are also those of what is imported from it.
    let is_own = random.one_in(8);
    let mut bytes = match random.below(3) {
        _ if is_own => own(random),
        0 => open_xml(random),
        1 => open_document(random),
        _ => compound(random),
    };
    if random.one_in(3) {
        mutated_bytes(random, &mut bytes);
    }
    let file = InputFile::new("t", Box::new(bytes.as_slice()), Some(bytes.len() as u64));
    // A file that begins like a packed one may fail.
    let Ok(opened) = formats::open_files(vec![file], &Progress::default()) else {
        return;
    };
    for finding in &opened.findings {
        let text = &opened.texts[usize::from(finding.place.file.0)];
        assert!(finding.place.end() <= text.len(), "{finding:?}");
        assert!(!text.place_name(finding.place.start()).is_empty());
    }
    let events: Vec<_> = opened.timeline.events().map(Event::id).collect();
    let imported = TimelineImport::new(&opened.timeline, &events).write(None);
    let again = program::opened("case.toml", &imported);
    let errors: Vec<_> = again.findings.iter().filter(|it| it.is_error()).collect();
    assert!(is_own || errors.is_empty(), "{errors:?}\n{imported}");
    assert_eq!(again.timeline.len(), events.len());
}
