//! The values of rows reach every export and the screen whole, with their tabs and line breaks.

use std::fmt::Write as _;

use dateline::document::{Document, DocumentBlock, PageSubject, TextRun};
use dateline::formats::import::TimelineImport;
use dateline::formats::linear;
use dateline::timeline::{Event, EventId, Timeline};

use super::open;
use crate::support::program;

fn all(timeline: &Timeline) -> Vec<EventId> {
    timeline.events().map(Event::id).collect()
}

fn exported(timeline: &Timeline, form: &str) -> String {
    program::written(timeline, form)
}

const LINES: &str = "datetime,message,timestamp_desc,summary,strings\n\
    2024-01-02T03:04:05Z,\"tab\there\",x,\"one\ttwo\nthree\n\nfour\",\"attr\tone\r\nattr two\"\n";

#[test]
fn every_export_keeps_tabs_and_line_breaks() {
    let (timeline, findings) = open("a.csv", LINES);
    assert_eq!(findings, [""; 0]);
    for form in ["jsonl", "timesketch-csv", "csv"] {
        let (back, findings) = open("b.log", &exported(&timeline, form));
        assert_eq!(findings, [""; 0], "{form}");
        let event = back.events().next().expect("a row");
        assert_eq!(event.title(), "tab\there", "{form}");
        assert_eq!(event.summary(), "one\ttwo\nthree\n\nfour", "{form}");
        let mut kept = event.attributes();
        let strings = kept.find(|(name, _)| *name == "strings");
        assert_eq!(strings, Some(("strings", "attr\tone\nattr two")), "{form}");
    }
}

#[test]
fn an_import_keeps_tabs_and_line_breaks() {
    let (timeline, _) = open("a.csv", LINES);
    let text = TimelineImport::new(&timeline, &all(&timeline)).write(None);
    let expected = [
        "title = \"tab\\there\"\n",
        "summary = \"\"\"\none\\ttwo\nthree\n\nfour\"\"\"\n",
        "# strings: attr\tone\n#     attr two\n",
    ];
    for part in expected {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let (back, findings) = open("case.toml", &text);
    assert_eq!(findings, [""; 0]);
    let event = back.events().next().expect("an event");
    assert_eq!(event.title(), "tab\there");
    assert_eq!(event.summary(), "one\ttwo\nthree\n\nfour");
}

#[test]
fn a_text_of_several_lines_keeps_its_lines_on_the_screen() {
    let words = |runs: &[TextRun]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    for name in ["a.csv", "case.toml"] {
        let (log, _) = open("a.csv", LINES);
        let imported = TimelineImport::new(&log, &all(&log)).write(None);
        let text = if name == "a.csv" { LINES } else { &imported };
        let (timeline, _) = open(name, text);
        let event = timeline.events().next().expect("an event").id();
        let document = Document::about(&timeline, PageSubject::Event(event));
        let of = |block: &DocumentBlock| match block {
            DocumentBlock::Paragraph(runs) => Some(words(runs)),
            DocumentBlock::Gap => Some(String::new()),
            _ => None,
        };
        let shown: Vec<_> = document.blocks.iter().filter_map(of).collect();
        let expected = ["one two", "three", "", "four"];
        let found = shown.windows(4).any(|window| window == expected);
        assert!(found, "{name}: {shown:?}");
        let said = linear::event(&timeline, event);
        assert!(said.contains("\none two.\nthree.\nfour.\n"), "{said}");
    }
    let (timeline, _) = open("a.csv", LINES);
    let event = timeline.events().next().expect("a row").id();
    let document = Document::about(&timeline, PageSubject::Event(event));
    let strings = document.blocks.iter().find_map(|block| match block {
        DocumentBlock::Item { mark, body, notes } if words(mark) == "strings" => {
            let notes = notes.iter().map(|it| words(it));
            Some((words(body), notes.collect::<Vec<_>>()))
        }
        _ => None,
    });
    let expected = ("attr one".to_owned(), vec!["attr two".to_owned()]);
    assert_eq!(strings, Some(expected));
}

#[test]
fn the_type_of_l2tcsv_becomes_the_timestamp_description() {
    let text = "date,time,timezone,MACB,type,desc\n08/14/2021,10:22:33,UTC,M...,Content Modification Time,a\n";
    let (timeline, _) = open("a.csv", text);
    for form in ["jsonl", "timesketch-csv"] {
        let (back, _) = open("b.log", &exported(&timeline, form));
        let event = back.events().next().expect("a row");
        let kept: Vec<_> = event.attributes().collect();
        assert!(
            kept.contains(&("timestamp_desc", "Content Modification Time")),
            "{form}: {kept:?}"
        );
        assert!(!kept.iter().any(|(name, _)| *name == "type"), "{kept:?}");
    }
    let other = "datetime,message,type\n2024-01-02T03:04:05Z,a,b\n";
    let (timeline, _) = open("a.csv", other);
    assert!(exported(&timeline, "jsonl").contains("\"type\":\"b\""));
    assert!(exported(&timeline, "csv").contains("type"));
}

#[test]
fn names_beyond_the_column_limit_go_into_the_last_column() {
    // By its date, the first row shows that this is a log.
    let mut text = "{\"datetime\":\"2024\",\"message\":\"m0\",\"k0\":\"v0\"}\n".to_owned();
    let count = 66_000;
    for number in 1..count {
        writeln!(text, "{{\"message\":\"m\",\"k{number}\":\"v{number}\"}}").expect("a string");
    }
    let (timeline, findings) = open("a.jsonl", &text);
    assert_eq!(findings, [""; 0]);
    let table = exported(&timeline, "csv");
    let header = table.lines().next().expect("a header");
    let names: Vec<_> = header.split(',').collect();
    assert_eq!(names.len(), 1025);
    assert_eq!(names.last(), Some(&"further_attributes"));
    let first = table.lines().nth(1).expect("a row");
    assert!(first.contains(",v0,") && !first.contains('{'), "{first}");
    let last = table.lines().last().expect("a row");
    let expected = format!("\"{{\"\"k{0}\"\":\"\"v{0}\"\"}}\"", count - 1);
    assert!(last.ends_with(&expected), "{last}");
}

/// The addresses and the texts of the first sheet of a workbook whose one row has attributes of these names.
fn cells_of_one_row(names: &[String]) -> Vec<(String, String)> {
    let values = names.iter().map(|name| format!(",\"{name}\":\"v\""));
    let values: String = values.collect();
    let log = format!("{{\"datetime\":\"2024\",\"message\":\"m\"{values}}}\n");
    let (timeline, findings) = open("a.jsonl", &log);
    assert_eq!(findings, [""; 0]);
    let workbook = exported(&timeline, "xlsx");
    let sheet = workbook.split("</sheetData>").next().unwrap_or_default();
    let cells = sheet.split("<c r=\"").skip(1).filter_map(|cell| {
        let (address, rest) = cell.split_once('"')?;
        let text = rest.split_once("preserve\">")?.1.split_once('<')?.0;
        Some((address.to_owned(), text.to_owned()))
    });
    cells.collect()
}

#[test]
fn a_name_like_that_of_the_last_column_is_written_once() {
    let names: Vec<String> = (0..1100).map(|number| format!("k{number}")).collect();
    let plain = cells_of_one_row(&names);
    let is_there = |name: &String| plain.iter().any(|(_, text)| text == name);
    let first = names.iter().position(|name| !is_there(name));
    let first = first.expect("not every name has a column");
    for (place, last) in [(first, "further_attributes"), (0, "further_attributes_2")] {
        let mut names = names.clone();
        names[place] = "further_attributes".to_owned();
        let mut cells = cells_of_one_row(&names);
        let (_, further) = cells.last().expect("there are cells");
        let is_further = further.contains("&quot;further_attributes&quot;:&quot;v&quot;");
        assert_eq!(is_further, place == first, "{further}");
        assert_eq!(
            further.matches(":&quot;v&quot;").count(),
            names.len() - first
        );
        assert!(cells.contains(&("AMK1".to_owned(), last.to_owned())));
        let written = cells.len();
        cells.sort();
        cells.dedup_by(|one, other| one.0 == other.0);
        assert_eq!(cells.len(), written, "a cell is written twice");
    }
}

#[test]
fn a_handout_keeps_the_lines_of_a_value() {
    let opened = crate::support::program::opened("a.csv", LINES);
    let markdown = crate::support::program::exported(&opened, "markdown");
    assert!(
        markdown.contains("\n- strings: attr one\\\n  attr two\n"),
        "{markdown}"
    );
    let html = crate::support::program::exported(&opened, "html");
    assert!(html.contains("attr one<br>attr two</li>"), "{html}");
}
