//! Workbooks: dates are as precise as their cells show them, and what a workbook hides or lacks is reported.

use std::fmt::Write as _;

use dateline::cli::check::print_findings;
use dateline::formats::OpenedTimeline;

use super::streams::read;
use crate::support::workbooks::Cell::{Error, Formula, Nothing, Number, Text};
use crate::support::workbooks::{self, Cell, Sheet, record, xls, xlsx};

const HEADER: &[Cell] = &[Text("datetime"), Text("message"), Text("notes")];

fn open(bytes: &[u8]) -> OpenedTimeline {
    read("case.xlsx", bytes)
}

/// The date and the title of each event, in the order of the timeline.
fn events(opened: &OpenedTimeline) -> Vec<String> {
    let events = opened.timeline.events().map(|event| {
        let when = event.when();
        let when = when.as_ref().map_or("undated", |when| when.written());
        format!("{when}: {}", event.title())
    });
    events.collect()
}

fn messages(opened: &OpenedTimeline) -> Vec<&str> {
    let findings = opened.findings.iter();
    findings.map(|finding| finding.message.as_str()).collect()
}

fn report(opened: &OpenedTimeline) -> String {
    let mut out = Vec::new();
    print_findings(&opened.texts, &opened.findings, &mut out, false)
        .expect("a vector takes everything");
    String::from_utf8(out).expect("findings are UTF-8")
}

#[test]
fn a_date_is_as_precise_as_its_cell_shows_it() {
    let formats = [
        "yyyy",
        "mmm-yy",
        "17",
        "yyyy-mm-dd",
        "14",
        "22",
        "yyyy-mm-dd hh:mm:ss",
        "hh:mm:ss.00",
    ];
    let rows: Vec<Vec<Cell>> = (formats.iter())
        .map(|&format| vec![Number(44_409.420_219_907_41, format), Text(format)])
        .collect();
    let rows = [HEADER].into_iter().chain(rows.iter().map(Vec::as_slice));
    let sheet = Sheet::new("Timeline", &rows.collect::<Vec<_>>());
    let opened = open(&xlsx(&[sheet], ""));
    let expected = [
        "2021: yyyy",
        "2021-08: mmm-yy",
        "2021-08: 17",
        "2021-08-01: yyyy-mm-dd",
        "2021-08-01: 14",
        "2021-08-01T10:05: 22",
        "2021-08-01T10:05:07: yyyy-mm-dd hh:mm:ss",
        "2021-08-01T10:05:07.00: hh:mm:ss.00",
    ];
    let mut found = events(&opened);
    found.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected, "{}", report(&opened));
}

#[test]
fn days_are_counted_from_1900_or_from_1904() {
    let rows: &[&[Cell]] = &[
        HEADER,
        &[Number(42947.0, "yyyy-mm-dd"), Text("a")],
        &[Number(59.0, "yyyy-mm-dd"), Text("b")],
    ];
    let sheet = Sheet::new("Timeline", rows);
    let of_1904 = open(&xlsx(std::slice::from_ref(&sheet), "date1904=\"1\""));
    assert_eq!(events(&of_1904), ["1904-02-29: b", "2021-08-01: a"]);
    let of_1900 = open(&xlsx(&[sheet], ""));
    assert_eq!(events(&of_1900), ["1900-02-28: b", "2017-07-31: a"]);
    let leap = Sheet::new("A", &[HEADER, &[Number(60.0, "yyyy-mm-dd"), Text("c")]]);
    let opened = open(&xlsx(&[leap], ""));
    assert_eq!(events(&opened), ["undated: c"]);
    assert!(
        report(&opened).contains("there is no day `1900-02-29`"),
        "{}",
        report(&opened)
    );
}

#[test]
fn a_date_as_text_is_read_as_of_a_log() {
    let rows: &[&[Cell]] = &[
        HEADER,
        &[Text("2021-08-14 10:05"), Text("a")],
        &[Text("04/08/2021 10:00"), Text("b")],
        &[Number(46056.0, "General"), Text("c")],
    ];
    let opened = open(&xlsx(&[Sheet::new("Timeline", rows)], ""));
    assert_eq!(
        events(&opened),
        ["2021-08-14T10:05: a", "undated: b", "undated: c"]
    );
    let report = report(&opened);
    assert!(
        report.contains("--> case.xlsx, sheet Timeline, row 3\n"),
        "{report}"
    );
    assert!(report.contains("3 | 04/08/2021 10:00 b"), "{report}");
    assert!(
        opened
            .timeline
            .events()
            .all(|event| { event.when().is_none_or(|when| when.lacks_zone()) })
    );
}

#[test]
fn a_header_may_have_a_title_above_it_and_rows_may_be_empty() {
    let mut sheet = Sheet {
        name: "Events",
        ..Sheet::default()
    };
    sheet.rows = vec![
        (
            1,
            false,
            vec![Text("Incident 42"), Nothing, Text("TLP:AMBER")],
        ),
        (4, false, HEADER.to_vec()),
        (
            7,
            false,
            vec![
                Number(44409.0, "14"),
                Text("one\nline & \"two\""),
                Text("x"),
            ],
        ),
        (9, false, vec![Number(44410.0, "14"), Text("two")]),
        (1_048_576, false, vec![Nothing, Nothing]),
    ];
    let opened = open(&xlsx(&[sheet], ""));
    assert_eq!(events(&opened), ["2021-08-01: one …", "2021-08-02: two"]);
    let first = opened.timeline.events().next().expect("it has events");
    assert_eq!(first.summary(), "one\nline & \"two\"");
    assert_eq!(first.key(), "case-xlsx-7");
    let last = opened.timeline.events().last().expect("it has events");
    assert_eq!(last.key(), "case-xlsx-9");
    let report = report(&opened);
    assert!(
        report.contains("note[sheet-not-read]: the header of sheet `Events` is further down"),
        "{report}"
    );
    assert!(
        report.contains("above it: Incident 42 TLP:AMBER"),
        "{report}"
    );
    assert!(
        report.contains("--> case.xlsx, sheet Events, row 1\n"),
        "{report}"
    );
}

#[test]
fn every_sheet_with_events_is_read_and_the_others_are_named() {
    let event = |title| vec![Number(44409.0, "14"), Text(title)];
    let mut second = Sheet::new("Cloud", &[HEADER, &event("b")]);
    second.is_hidden = true;
    let sheets = [
        Sheet::new("Hosts", &[&[Text("Host"), Text("Owner")], &[Text("web-1")]]),
        Sheet::new("Timeline", &[HEADER, &event("a")]),
        second,
        Sheet::new("Empty", &[]),
    ];
    let opened = open(&xlsx(&sheets, ""));
    assert_eq!(events(&opened), ["2021-08-01: a", "2021-08-01: b"]);
    let titles: Vec<_> = (opened.timeline.sources())
        .map(|(_, source)| source.title.clone())
        .collect();
    assert_eq!(
        titles,
        ["case.xlsx, sheet Timeline", "case.xlsx, sheet Cloud"]
    );
    let expected = [
        "the sheet `Hosts` is not read",
        "the sheet `Cloud` is hidden",
    ];
    assert_eq!(messages(&opened), expected, "{}", report(&opened));
    assert!(report(&opened).contains("--> case.xlsx, sheet Hosts, row 1\n"));
}

#[test]
fn hidden_rows_are_read_and_reported() {
    let mut sheet = Sheet::new(
        "Timeline",
        &[
            HEADER,
            &[Text("2021"), Text("a\nb")],
            &[Text("2022"), Text("b\nc")],
        ],
    );
    sheet.rows[2].1 = true;
    let opened = open(&xlsx(std::slice::from_ref(&sheet), ""));
    assert_eq!(events(&opened), ["2021: a …", "2022: b …"]);
    assert_eq!(messages(&opened), ["sheet `Timeline` hides 1 row"]);
    assert!(
        report(&opened).contains("--> case.xlsx, sheet Timeline, row 3\n"),
        "{}",
        report(&opened)
    );
    sheet.behind = "<autoFilter ref=\"A1:C3\"><filterColumn colId=\"0\"><filters/></filterColumn></autoFilter>";
    let opened = open(&xlsx(&[sheet], ""));
    assert_eq!(
        messages(&opened),
        ["sheet `Timeline` hides 1 row by a filter"]
    );
}

#[test]
fn formulas_have_their_stored_values_and_errors_are_empty() {
    let rows: &[&[Cell]] = &[
        HEADER,
        &[
            Text("2021"),
            Formula("A1&amp;B1", Some("a &amp; b")),
            Error("#N/A"),
        ],
        &[Text("2022"), Text("c"), Formula("NOW()", None)],
        &[Error("#REF!"), Text("d")],
    ];
    let opened = open(&xlsx(&[Sheet::new("Timeline", rows)], ""));
    assert_eq!(events(&opened), ["2021: a & b", "2022: c", "undated: d"]);
    let expected = [
        "2 cells of sheet `Timeline` have an error such as `#N/A`",
        "1 cell of sheet `Timeline` has a formula that was never computed",
    ];
    let found = messages(&opened);
    assert!(expected.iter().all(|it| found.contains(it)), "{found:?}");
    assert!(
        opened
            .timeline
            .events()
            .all(|event| event.attributes().count() == 0)
    );
}

#[test]
fn cells_merged_over_rows_are_reported() {
    let mut sheet = Sheet::new(
        "Timeline",
        &[HEADER, &[Text("2021"), Text("a")], &[Nothing, Text("b")]],
    );
    sheet.behind = "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A1:C1\"/></mergeCells>";
    let opened = open(&xlsx(&[sheet], ""));
    assert_eq!(events(&opened), ["2021: a", "undated: b"]);
    let expected = "1 cell of sheet `Timeline` has a value for several rows";
    assert!(messages(&opened).contains(&expected), "{}", report(&opened));
}

#[test]
fn a_workbook_without_a_timeline_says_what_its_sheets_have() {
    let opened = open(&xlsx(
        &[Sheet::new("Hosts", &[&[Text("Host"), Text("Owner")]])],
        "",
    ));
    assert!(opened.timeline.is_empty() && opened.files[0].reader.is_none());
    let report = report(&opened);
    assert!(
        report.starts_with(
            "error[unknown-log]: no sheet of the workbook has columns that say when and what"
        ),
        "{report}"
    );
    assert!(
        report.contains("sheet `Hosts` begins with `Host`, `Owner`"),
        "{report}"
    );
    let opened = open(&xlsx(&[Sheet::new("Empty", &[])], ""));
    assert_eq!(messages(&opened), ["the workbook has no cell with a value"]);
}

#[test]
fn an_ods_workbook_has_the_precision_of_its_styles() {
    let styles = "<number:date-style style:name=\"N1\"><number:month number:textual=\"true\"/><number:year/></number:date-style>\
        <number:date-style style:name=\"N2\"><number:day/><number:month/><number:year/><number:hours/><number:minutes/></number:date-style>\
        <style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
        <style:style style:name=\"ce2\" style:family=\"table-cell\" style:parent-style-name=\"ce3\"/>\
        <style:style style:name=\"ce3\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\
        <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let date = |style: &str, value: &str| {
        format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"date\" office:date-value=\"{value}\"><text:p>?</text:p></table:table-cell>"
        )
    };
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let mut table = String::from("<table:table table:name=\"Timeline\" table:style-name=\"ta2\">");
    table += &row(&[text("datetime"), text("message")]);
    table += &row(&[
        date("ce1", "2021-08-01"),
        text("a<text:line-break/>b<office:annotation><text:p>no</text:p></office:annotation>"),
    ]);
    table += &row(&[
        date("ce2", "2021-08-14T10:05:07"),
        text("c<text:s text:c=\"2\"/>d"),
    ]);
    table += &row(&[date("ce9", "2021-08-15"), text("e")]);
    table += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    _ = write!(table, "</table:table>");
    let opened = read("case.ods", &workbooks::ods(styles, &table));
    assert_eq!(
        events(&opened),
        ["2021-08: a …", "2021-08-14T10:05: c  d", "2021-08-15: e"],
        "{}",
        report(&opened)
    );
    assert!(messages(&opened).contains(&"the sheet `Timeline` is hidden"));
}

/// A text of an XLS workbook.
fn xls_text(text: &str) -> Vec<u8> {
    let len = u16::try_from(text.len()).expect("the text is short");
    [&len.to_le_bytes()[..], &[0], text.as_bytes()].concat()
}

/// The records before the sheets of an XLS workbook: the system of dates, a format of months, two styles and three texts.
fn xls_globals(system: u16) -> Vec<u8> {
    let format = [&164_u16.to_le_bytes()[..], &xls_text("mmm yyyy")].concat();
    let style = [&[0, 0][..], &164_u16.to_le_bytes(), &[0; 16]].concat();
    let texts = ["datetime", "message", "A date of a month"].map(xls_text);
    let texts = [&[3, 0, 0, 0, 3, 0, 0, 0][..], &texts.concat()].concat();
    [
        record(0x0022, &system.to_le_bytes()),
        record(0x041E, &format),
        record(0x00E0, &[0; 20]),
        record(0x00E0, &style),
        record(0x00FC, &texts),
    ]
    .concat()
}

/// An XLS workbook with dates as an integer and as a float, a computed text, an error and a hidden row.
fn xls_of(system: u16) -> Vec<u8> {
    let cell = |row: u8, column: u8, style: u8, value: &[u8]| {
        [&[row, 0, column, 0, style, 0][..], value].concat()
    };
    let hidden = [&[2, 0][..], &[0; 10], &0x20_u32.to_le_bytes()].concat();
    let integer = 44409_u32 << 2 | 2;
    let computed =
        |kind: u8, value: u8| [kind, 0, value, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0];
    let cells = [
        record(0x0208, &hidden),
        record(0x00FD, &cell(0, 0, 0, &[0, 0, 0, 0])),
        record(0x00FD, &cell(0, 1, 0, &[1, 0, 0, 0])),
        record(0x027E, &cell(1, 0, 1, &integer.to_le_bytes())),
        record(0x00FD, &cell(1, 1, 0, &[2, 0, 0, 0])),
        record(0x0203, &cell(2, 0, 1, &44440.5_f64.to_le_bytes())),
        record(0x0006, &cell(2, 1, 0, &computed(0, 0))),
        record(0x0207, &xls_text("A computed text")),
        record(0x0006, &cell(2, 2, 0, &computed(2, 0x2A))),
    ];
    xls(&xls_globals(system), &cells.concat())
}

#[test]
fn an_xls_workbook_has_the_precision_of_its_formats() {
    let opened = read("case.xls", &xls_of(0));
    assert_eq!(
        events(&opened),
        ["2021-08: A date of a month", "2021-09: A computed text"],
        "{}",
        report(&opened)
    );
    let found = messages(&opened);
    let expected = [
        "sheet `Log` hides 1 row",
        "1 cell of sheet `Log` has an error such as `#N/A`",
    ];
    assert!(expected.iter().all(|it| found.contains(it)), "{found:?}");
    let of_1904 = read("case.xls", &xls_of(1));
    assert_eq!(events(&of_1904)[0], "2025-08: A date of a month");
}

#[test]
fn a_workbook_that_cannot_be_read_is_one_sentence() {
    let refused = |bytes: &[u8]| {
        let opened = open(bytes);
        assert!(opened.timeline.is_empty() && opened.files[0].reader.is_none());
        messages(&opened).concat()
    };
    let said = |what: &str| format!("the file is {what}, which dateline does not read");
    let encrypted = workbooks::compound_file("EncryptedPackage", Vec::new());
    assert_eq!(refused(&encrypted), said("an encrypted workbook"));
    assert_eq!(
        refused(&workbooks::xls(&record(0x002F, &[0; 6]), &[])),
        said("an encrypted workbook")
    );
    let old = workbooks::compound_file("Book", Vec::new());
    assert_eq!(refused(&old), said("an Excel workbook of before 1997"));
    let word = workbooks::compound_file("WordDocument", Vec::new());
    assert_eq!(
        refused(&word),
        said("an office document of before 2007 (.doc, .ppt or .msg)")
    );
    let whole = xlsx(
        &[Sheet::new(
            "Timeline",
            &[HEADER, &[Text("2021"), Text("a")]],
        )],
        "",
    );
    assert_eq!(
        refused(&whole[..whole.len() / 2]),
        said("a damaged workbook")
    );
    let part = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    let manifest = part("META-INF/manifest.xml", "<manifest:encryption-data/>");
    let ods = part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    assert_eq!(
        refused(&workbooks::zip(&[ods, manifest])),
        said("an encrypted workbook")
    );
    let main = "<Relationships><Relationship Id=\"m\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>";
    let binary = workbooks::zip(&[part("_rels/.rels", main), part("xl/workbook.bin", "")]);
    assert_eq!(refused(&binary), said("a binary workbook (XLSB)"));
}

/// One text of a megabyte, which a thousand cells show.
#[test]
fn a_workbook_with_more_text_than_fits_in_its_size_is_refused() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let row = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"sheet.xml\"/>\
        <Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"strings.xml\"/></Relationships>";
    let workbook = "<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>";
    let parts = [
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/strings.xml", &strings),
        ("xl/sheet.xml", &sheet),
    ];
    let parts = parts.map(|(name, content)| (name.to_owned(), content.to_owned()));
    let bytes = workbooks::zip(&parts);
    assert!(bytes.len() < 1 << 17, "{}", bytes.len());
    let opened = open(&bytes);
    let expected =
        "the file is a workbook with more text than fits in its size, which dateline does not read";
    assert_eq!(messages(&opened), [expected]);
}
