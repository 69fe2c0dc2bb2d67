//! `dateline check --format`: findings for programs. `findings/wrong.toml` is the file, and each format has a snapshot.

use dateline::diagnostic::{KINDS, with_edits};
use dateline::formats::findings::{FindingsFormat, write_findings};
use dateline::formats::progress::Progress;
use dateline::formats::{self, InputFile, OpenedTimeline};
use serde_json::Value;

use crate::support::program;

const FORMATS: [(FindingsFormat, &str); 3] = [
    (FindingsFormat::Github, "github"),
    (FindingsFormat::Json, "json"),
    (FindingsFormat::Sarif, "sarif"),
];

fn opened(name: &str, text: &str) -> OpenedTimeline {
    let file = InputFile::new(name, Box::new(std::io::Cursor::new(text.to_owned())), None);
    formats::open_with_fixes(vec![file], &Progress::default()).expect("a text can be read")
}

fn wrong() -> String {
    program::read("tests/findings/wrong.toml")
}

fn written(format: FindingsFormat, name: &str, text: &str) -> String {
    let opened = opened(name, text);
    write_findings(format, &opened.findings, &opened.texts)
}

#[test]
fn each_format_has_all_findings_of_a_file() {
    for (format, name) in FORMATS {
        let mut text = written(format, "cases/a b, 100%.toml", &wrong());
        if format == FindingsFormat::Sarif {
            text = without_rules(&text);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "findings" }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

/// SARIF with only its first rule: the others follow from the table of kinds.
fn without_rules(sarif: &str) -> String {
    let mut log: Value = serde_json::from_str(sarif).expect("it is JSON");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut();
    let rules = rules.expect("there are rules");
    assert_eq!(rules.len(), KINDS.len());
    rules.truncate(1);
    log["runs"][0]["tool"]["driver"]["version"] = "0.0.0".into();
    log["runs"][0]["tool"]["driver"]["semanticVersion"] = "0.0.0".into();
    serde_json::to_string_pretty(&log).expect("JSON can be written")
}

/// The byte of a line and a column in characters, both from 1.
fn byte_at(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| {
        let number = value.as_u64().expect("a number from 1");
        usize::try_from(number).expect("it is small") - 1
    };
    let before: usize = text
        .split_inclusive('\n')
        .take(number(line))
        .map(str::len)
        .sum();
    let rest = text.get(before..).expect("the line is in the text");
    let letters = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    before + letters.take(number(column) + 1).last().unwrap_or(0)
}

/// A reader of JSON that knows nothing but lines and columns gets the text that `dateline` gets.
#[test]
fn the_edits_of_json_lines_apply_by_line_and_column() {
    let text = wrong();
    let opened = opened("a.toml", &text);
    let lines = write_findings(FindingsFormat::Json, &opened.findings, &opened.texts);
    let mut compared = 0;
    for (finding, line) in opened.findings.iter().zip(lines.lines()) {
        let line: Value = serde_json::from_str(line).expect("it is JSON");
        assert_eq!(line["kind"], finding.kind.name);
        let place = byte_at(&text, &line["line"], &line["column"]);
        assert_eq!(place, finding.place.start(), "{line}");
        for (number, fix) in finding.fixes.iter().enumerate() {
            let mut edited = text.clone();
            let edits = line["fixes"][number]["edits"].as_array().expect("edits");
            for edit in edits.iter().rev() {
                let start = byte_at(&text, &edit["line"], &edit["column"]);
                let end = byte_at(&text, &edit["end-line"], &edit["end-column"]);
                edited.replace_range(start..end, edit["text"].as_str().expect("a text"));
            }
            assert_eq!(edited, with_edits(&text, fix.edits()), "{}", fix.label);
            compared += 1;
        }
    }
    assert!(compared > 4, "{compared}");
}

#[test]
fn no_text_of_a_file_ends_an_annotation_or_reaches_a_terminal() {
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nphase = \"a%0A\\n::error::b\"\n[[events]]\nwhen = \"2021\"\ntitle = \"\u{1b}[2J\"\n";
    let annotations = written(FindingsFormat::Github, "a\n::error::.toml", text);
    for line in annotations.lines() {
        let is_command = ["::error ", "::warning ", "::notice "]
            .iter()
            .any(|it| line.starts_with(it));
        assert!(is_command, "{annotations}");
    }
    assert!(annotations.contains("a%250A ::error::b"), "{annotations}");
    for (format, _) in FORMATS {
        let written = written(format, "a.toml", text);
        let unseen = dateline::text::unprintable_in(&written).find(|(_, it, _)| *it != '\n');
        assert_eq!(unseen, None, "{written}");
    }
}

#[test]
fn standard_output_has_the_format_alone_and_the_status_is_that_of_check() {
    let file = "tests/findings/wrong.toml";
    for (_, name) in FORMATS {
        let output = program::run(&["check", "--format", name, file]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(output.stderr.is_empty(), "{name}");
        let text = String::from_utf8(output.stdout).expect("it is UTF-8");
        match name {
            "json" => text.lines().for_each(|line| {
                serde_json::from_str::<Value>(line).expect("each line is JSON");
            }),
            "sarif" => _ = serde_json::from_str::<Value>(&text).expect("it is JSON"),
            _ => assert!(text.lines().all(|line| line.starts_with("::")), "{text}"),
        }
    }
    let clean = "timelines/uk-democratic-institutions.toml";
    let output = program::run(&["check", "--format", "json", clean]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn findings_in_a_log_have_places_and_no_fixes() {
    let log = "datetime,message,tlp\n2021-13-01,X,WHITE\n2021-03-01,Y,WHITE\n";
    let lines = written(FindingsFormat::Json, "a.csv", log);
    assert!(lines.contains("\"line\":2"), "{lines}");
    assert!(!lines.contains("\"fixes\""), "{lines}");
}
