//! Workbooks: people can sort and filter them, each page is marked, and no text of a timeline is computed.

use dateline::formats::FormatWriter;
use dateline::timeline::Timeline;

use super::{HandoutRequest, everything, exported};
use crate::formats::streams::read;
use crate::support::program;

const SHEETS: [&str; 7] = [
    "Timeline",
    "Claims",
    "Links",
    "Entities",
    "Sources",
    "Questions",
    "About",
];

fn written(timeline: &Timeline) -> String {
    program::written(timeline, "xlsx")
}

/// The XML of a sheet, by its number.
fn sheet(written: &str, number: usize) -> &str {
    let begins = format!("<!-- xl/worksheets/sheet{number}.xml -->");
    let (_, rest) = written.split_once(&begins).expect("the sheet is there");
    rest.split("<!-- ").next().unwrap_or_default()
}

fn opened(text: &str) -> Timeline {
    program::opened("case.toml", text).timeline
}

#[test]
fn a_workbook_has_a_sheet_for_each_sort_of_content() {
    let opened = everything();
    let written = written(&opened.timeline);
    for (number, name) in (1..).zip(SHEETS) {
        assert!(
            written.contains(&format!("<sheet name=\"{name}\" sheetId=\"{number}\"")),
            "{name}"
        );
        let sheet = sheet(&written, number);
        assert!(
            sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:"),
            "{sheet}"
        );
        assert!(sheet.contains("<col min=\"1\" max=\"1\" width="), "{sheet}");
    }
    let claims = sheet(&written, 2);
    assert_eq!(
        claims.matches("<row ").count(),
        opened.timeline.claims().count() + 1
    );
    let entities = sheet(&written, 4);
    assert_eq!(
        entities.matches("<row ").count(),
        opened.timeline.entities().count() + 1
    );
    let sources = sheet(&written, 5);
    assert_eq!(
        sources.matches("<row ").count(),
        opened.timeline.sources().count() + 1
    );
}

#[test]
fn the_marking_is_on_every_printed_page() {
    let timeline = opened(
        "[timeline]\ntlp = \"GREEN\"\nbanner = \"R&D only\"\n[[events]]\ntitle = \"A\"\ntlp = \"AMBER\"\n",
    );
    let written = written(&timeline);
    for number in 1..=SHEETS.len() {
        let sheet = sheet(&written, number);
        let marking = "TLP:AMBER  R&amp;&amp;D only";
        assert!(
            sheet.contains(&format!(
                "<oddHeader>&amp;C&amp;\"-,Bold\"{marking}</oddHeader>"
            )),
            "{sheet}"
        );
        assert!(
            sheet.contains(&format!(
                "<oddFooter>&amp;C&amp;\"-,Bold\"{marking}&amp;R&amp;P</oddFooter>"
            )),
            "{sheet}"
        );
    }
}

#[test]
fn a_date_is_text_next_to_real_dates_for_its_bounds() {
    let timeline = opened(
        "[[events]]\nwhen = \"2021-08\"\ntitle = \"A\"\n[[events]]\nwhen = \"1850\"\ntitle = \"B\"\n",
    );
    let written = written(&timeline);
    let sheet = sheet(&written, 1);
    assert!(
        sheet.contains("<t xml:space=\"preserve\">2021-08</t>"),
        "{sheet}"
    );
    assert!(sheet.contains(" s=\"2\"><v>44409</v></c>"), "{sheet}");
    assert!(
        sheet.contains("1850-01-01T00:00:00"),
        "Excel knows no days before 1900: {sheet}"
    );
    assert_eq!(sheet.matches("<v>").count(), 2);
}

#[test]
fn no_text_is_a_formula_and_none_is_markup() {
    let timeline = opened(
        "[[events]]\nwhen = \"2021\"\ntitle = \"=1+1 </t><f>2</f>\"\nsummary = \"'=2 _x0041_\"\n",
    );
    let file = program::written_file(&timeline, "xlsx");
    let written = written(&timeline);
    assert!(
        !written.contains("<f>") && !written.contains("</t><f"),
        "{written}"
    );
    let again = read("case.xlsx", &file);
    let event = again.timeline.events().next().expect("there is an event");
    assert_eq!(
        (event.title(), event.summary()),
        ("=1+1 </t><f>2</f>", "'=2 _x0041_")
    );
}

#[test]
fn the_same_timeline_gives_the_same_bytes() {
    let timeline = everything().timeline;
    let file = program::written_file(&timeline, "xlsx");
    assert_eq!(program::written_file(&timeline, "xlsx"), file);
    assert!(file.starts_with(b"PK\x03\x04"));
    let text = written(&timeline);
    let writer = FormatWriter::find("xlsx").expect("the format exists");
    assert!(file.len() < text.len() && writer.bytes(text) == file);
}

#[test]
fn a_filtered_workbook_names_only_what_its_events_name() {
    let text = "[entities.a]\nname = \"Kept\"\n[entities.b]\nname = \"Hidden\"\n\
                [[events]]\nid = \"x\"\ntitle = \"X\"\nactors = [\"a\"]\n[[events]]\nid = \"y\"\ntitle = \"Y\"\nactors = [\"b\"]\n\
                [[questions]]\ntext = \"Why Y?\"\nevents = [\"y\"]\n";
    let opened = program::opened("case.toml", text);
    let request = HandoutRequest {
        filter: "id:x",
        ..HandoutRequest::default()
    };
    let written = exported(&opened, "xlsx", request);
    assert!(written.contains("Kept") && written.contains("id:x") && written.contains("1 of 2"));
    assert!(
        !written.contains("Hidden") && !written.contains("Why Y?"),
        "{written}"
    );
}

#[test]
fn an_empty_timeline_is_a_workbook_with_headers() {
    let written = written(&opened("[timeline]\ntitle = \"T\"\n"));
    assert!(sheet(&written, 1).contains("when_edtf"), "{written}");
    assert_eq!(sheet(&written, 1).matches("<row ").count(), 1);
}
