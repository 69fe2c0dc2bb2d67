//! Logs: each dialect with its delimiters, quotes, line breaks and characters, and how much of a bad log survives.

mod all_ways;
mod answers;
mod back;
mod bundles;
mod carried;
mod chosen;
mod counts_in_file;
mod doom;
mod hostile_searches;
mod import;
mod json;
mod kept;
mod laws;
mod left_in_file;
mod left_in_file_frames;
mod many;
mod misp;
mod odd_logs;
mod own_workbooks;
pub mod records;
mod rows;
pub mod streams;
mod tables;
mod workbooks;
mod wrong_types;
mod zones;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::cli::input;
use dateline::diagnostic::SourceText;
use dateline::document::{Document, PageSubject};
use dateline::formats;
use dateline::query::Filter;
use dateline::timeline::{Event, Timeline};

fn open(name: &str, text: &str) -> (Timeline, Vec<String>) {
    let (timeline, findings) = formats::open(&[SourceText::new(name, text)]);
    let findings = findings
        .iter()
        .map(|it| format!("{}: {}", it.kind.name, it.message));
    (timeline, findings.collect())
}

/// Everything that a reader made of a log, to compare with the log by eye.
fn description(timeline: &Timeline, findings: &[String]) -> String {
    let mut out = String::new();
    for event in timeline.events() {
        let when = event.when().map_or_else(
            || "undated".to_owned(),
            |when| format!("{} ({:?})", when.written(), when.precision()),
        );
        writeln!(out, "{}: {when}", event.key()).expect("a string");
        writeln!(out, "    title: {}", event.title()).expect("a string");
        let tags = event.tags().collect::<Vec<_>>().join(" | ");
        let techniques = event.techniques().collect::<Vec<_>>().join(" | ");
        let sources = event
            .sources()
            .iter()
            .map(|&it| timeline.source(it).title.as_str());
        let sources = sources.collect::<Vec<_>>().join(" | ");
        let lanes = event
            .lanes()
            .iter()
            .map(|&lane| timeline.lanes().word(lane));
        let lanes = lanes.collect::<Vec<_>>().join(" | ");
        let parties = event.all_parties();
        let parties = parties.map(|(_, id)| timeline.entity(id).name.as_str());
        let parties = parties.collect::<Vec<_>>().join(" | ");
        let marking = event.tlp().map(|tlp| format!("{tlp:?}"));
        let more = [
            ("marking", marking.as_deref().unwrap_or_default()),
            ("lanes", lanes.as_str()),
            ("parties", &parties),
            ("summary", event.summary()),
            ("phase", event.phase()),
            ("tags", &tags),
            ("techniques", &techniques),
            ("source", &sources),
        ];
        for (label, text) in more.into_iter().filter(|(_, text)| !text.is_empty()) {
            writeln!(out, "    {label}: {text:?}").expect("a string");
        }
        for (name, value) in event.attributes() {
            writeln!(out, "    - {name}: {value}").expect("a string");
        }
    }
    for finding in findings {
        writeln!(out, "{finding}").expect("a string");
    }
    out
}

#[test]
fn every_log_format_is_read() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "formats/snapshots" }, {
        insta::glob!("formats/logs/*.*", |path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let bytes = fs::read(path).expect("the file can be read");
            let (timeline, findings) = formats::open(&[SourceText::from_bytes(name, bytes)]);
            assert!(findings.is_empty(), "{findings:?}");
            insta::assert_snapshot!("log", description(&timeline, &[]));
        });
    });
}

/// Each preset has a sample in the form that its program documents.
#[test]
fn every_preset_reads_its_sample() {
    let mut known: Vec<&str> = Vec::new();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "formats/snapshots" }, {
        insta::glob!("formats/presets/*.*", |path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let bytes = fs::read(path).expect("the file can be read");
            let text = SourceText::from_bytes(name.clone(), bytes);
            let (timeline, findings) = formats::open(&[text]);
            let kinds = findings.iter().map(|it| format!("{}: {}", it.kind.name, it.message));
            let kinds: Vec<String> = kinds.collect();
            let note = timeline.sources().next().and_then(|(_, source)| source.note.as_deref());
            let note = note.unwrap_or_default();
            let preset = formats::presets().find(|preset| preset.name() == note);
            let preset = preset.unwrap_or_else(|| panic!("{name} was read as `{note}`: {kinds:?}"));
            known.push(preset.file);
            insta::assert_snapshot!("preset", description(&timeline, &kinds));
        });
    });
    let all = formats::presets().map(|preset| preset.file);
    let without: Vec<&str> = all.filter(|file| !known.contains(file)).collect();
    assert!(without.is_empty(), "presets without a sample: {without:?}");
}

fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/logs");
    fs::read_to_string(folder.join(name)).expect("the sample can be read")
}

#[test]
fn a_finding_marks_a_whole_stamp_unless_only_its_end_is_wrong() {
    let marked = |text: &str| {
        let text = SourceText::new("a.csv", text);
        let (_, findings) = formats::open(std::slice::from_ref(&text));
        let place = findings.first().expect("there is a finding").place;
        text.slice(place.range()).to_owned()
    };
    let stamp = "2021-08-14 12:22:33.123 +02:008é";
    assert_eq!(marked(&format!("datetime,message\n{stamp},a\n")), stamp);
    let joined = "date,time,timezone,desc\n08/14/2021,25:61:61é,UTC,a\n";
    assert_eq!(marked(joined), "25:61:61é");
    let as_written = "datetime,message\n2021-08-14T12:22:33+02:0x,a\n";
    assert_eq!(marked(as_written), "+02:0x");
}

#[test]
fn a_column_may_have_any_name_and_a_line_of_toml_is_not_a_row() {
    let (timeline, findings) = open("a.csv", "datetime,message,a=b\n2021-08-14T10:00:00Z,x,y\n");
    assert_eq!((timeline.len(), findings.len()), (1, 0));
    let toml = "title = [\"x\",\"message\",\"datetime\",\"y\"]\n";
    let (_, findings) = open("a.toml", toml);
    let is_reported = |finding: &String| finding.starts_with("unknown-key");
    assert!(findings.iter().any(is_reported), "{findings:?}");
}

#[test]
fn rows_that_end_with_only_a_carriage_return_have_distinct_ids() {
    let text = "datetime,message\n2021-08-14T10:00:00Z,a\r2021-08-14T09:00:00Z,b\r2021-08-14T11:00:00Z,c\n2021-08-14T12:00:00Z,d\n";
    let (timeline, findings) = open("a.csv", text);
    assert_eq!(findings, [""; 0]);
    let keys: Vec<_> = timeline.events().map(|it| (it.title(), it.key())).collect();
    let keys: Vec<_> = keys
        .iter()
        .map(|(title, key)| (*title, key.as_ref()))
        .collect();
    let expected = [
        ("b", "a-csv-2-2"),
        ("a", "a-csv-2"),
        ("c", "a-csv-2-3"),
        ("d", "a-csv-3"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn delimiters_line_breaks_and_a_byte_order_mark_change_nothing() {
    let text = "datetime,message,host\n2021-08-14T10:00:00Z,\"a; b\",x\n2021-08-14T11:00:00Z,c,y\n";
    let (plain, findings) = open("a.csv", text);
    let expected = description(&plain, &findings);
    assert!(
        expected.contains("title: a; b") && findings.is_empty(),
        "{expected}"
    );
    let others = [
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
        text.replace(',', ";"),
        text.replace(',', "\t"),
    ];
    for other in others {
        let (timeline, findings) = open("a.csv", &other);
        assert_eq!(description(&timeline, &findings), expected, "{other:?}");
    }
    let spread = text.replace('\n', "\n\n");
    let (timeline, findings) = open("a.csv", &spread);
    let lines: Vec<_> = timeline.events().map(|it| it.key().into_owned()).collect();
    assert_eq!(
        (lines, findings.len()),
        (vec!["a-csv-3".to_owned(), "a-csv-5".to_owned()], 0)
    );
}

#[test]
fn a_file_name_does_not_decide_the_format() {
    for name in ["hayabusa.csv", "plaso.jsonl", "timesketch.csv"] {
        let text = sample(name);
        let (as_named, _) = open(name, &text);
        let (misnamed, findings) = open("case.toml", &text);
        assert!(findings.is_empty());
        let titles = |timeline: &Timeline| {
            timeline
                .events()
                .map(|it| it.title().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(&as_named), titles(&misnamed));
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_reported_and_the_row_stays() {
    let bytes = b"datetime,message\n2021-08-14T10:00:00Z,caf\xe9\n".to_vec();
    let (timeline, findings) = formats::open(&[SourceText::from_bytes("a.csv", bytes)]);
    assert_eq!(
        timeline.events().next().map(Event::title),
        Some("caf\u{fffd}")
    );
    assert_eq!(findings[0].kind.name, "not-utf8");
}

/// Packed with `gzip -n9` and `zstd -19`, since a test that packs with our own crates would only compare them with
/// themselves.
#[test]
fn a_packed_log_opens_like_the_plain_log() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/packed");
    let plain = open("hayabusa.csv", &sample("hayabusa.csv"));
    for packed in ["hayabusa.gz", "hayabusa.zst"] {
        let source = input::read_file(&folder.join(packed)).expect("the log can be unpacked");
        assert_eq!(source.text(), sample("hayabusa.csv"));
        let (timeline, findings) = formats::open(&[source]);
        assert_eq!((timeline.len(), findings.len()), (plain.0.len(), 0));
    }
    let broken = folder.join("broken.gz");
    let failure = input::read_file(&broken)
        .expect_err("the packed log is truncated")
        .to_string();
    assert!(
        failure.starts_with("cannot unpack `") && !failure.contains('\n'),
        "{failure}"
    );
}

#[test]
fn a_bad_line_is_reported_with_its_place_and_the_rest_opens() {
    let text = "{\"message\":\"a\",\"datetime\":\"2021-08-14T10:00:00Z\"}\nnot json\n[1]\n{\"message\":\"b\"\n{\"message\":\"c\",\"datetime\":\"2021-08-14T11:00:00Z\"}\n{\"message\":\"d\",\"datetime\":\"soon\"}";
    let source = SourceText::new("a.jsonl", text);
    let (timeline, findings) = formats::open(std::slice::from_ref(&source));
    let kinds_and_lines: Vec<_> = (findings.iter())
        .map(|it| (it.kind.name, source.position(it.place.start()).line))
        .collect();
    let unreadable = "row-unreadable";
    let expected = [
        (unreadable, 2),
        (unreadable, 3),
        (unreadable, 4),
        ("date-not-edtf", 6),
    ];
    assert_eq!(kinds_and_lines, expected);
    let titles: Vec<_> = timeline.events().map(Event::title).collect();
    assert_eq!(titles, ["a", "c", "d"]);
}

#[test]
fn a_long_message_is_complete_below_its_truncated_title() {
    let long = "word ".repeat(100);
    let (timeline, _) = open("a.csv", &format!("datetime,message\n2021,{long}\n"));
    let event = timeline.events().next().expect("the log has a row");
    assert!(event.title().ends_with(" …") && event.title().chars().count() <= 242);
    assert_eq!(event.summary(), long.trim());
}

#[test]
fn attributes_of_a_row_are_searched_and_shown() {
    let (timeline, _) = open("hayabusa.csv", &sample("hayabusa.csv"));
    let found = |text: &str| {
        let filter = Filter::parse(&timeline, text).expect("a filter without mistakes");
        let counts = filter.matches(&timeline).counts();
        (counts.surely, counts.possibly)
    };
    assert_eq!(found("1204"), (1, 0));
    assert_eq!(found("web-1"), (2, 0));
    assert_eq!(found("alice"), (1, 0));
    assert_eq!(found("tag:high technique:T1036"), (1, 0));
    assert_eq!(found("12041203"), (0, 0));
    let event = timeline.events().last().expect("the log has a row").id();
    let page = Document::about(&timeline, PageSubject::Event(event));
    let text = format!("{page:?}");
    assert!(text.contains("In the log") && text.contains("RecordID") && text.contains("1204"));
}

#[test]
fn each_of_several_files_has_a_lane_unless_an_event_names_one() {
    let written = "[[events]]\nwhen = \"2021-08-14\"\ntitle = \"A\"\n\n[[events]]\nwhen = \"2021-08-15\"\ntitle = \"B\"\nlane = \"Commission\"\n";
    let texts = [
        SourceText::new("cases/notes.toml", written),
        SourceText::new("cases/hayabusa.csv", sample("hayabusa.csv")),
        SourceText::new("other/hayabusa.csv", sample("hayabusa.csv")),
    ];
    let (timeline, findings) = formats::open(&texts);
    assert!(findings.is_empty(), "{findings:?}");
    let lanes: Vec<String> = timeline
        .events()
        .map(|event| {
            let lanes = event
                .lanes()
                .iter()
                .map(|&lane| timeline.lanes().word(lane));
            format!(
                "{} on {}",
                event.key(),
                lanes.collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    assert_eq!(
        lanes,
        [
            "a on notes.toml",
            "hayabusa-csv-2 on hayabusa.csv",
            "hayabusa-csv-2-2 on hayabusa.csv",
            "hayabusa-csv-3 on hayabusa.csv",
            "hayabusa-csv-2-3 on hayabusa.csv",
            "b on Commission",
        ]
    );
    let (alone, _) = formats::open(&texts[1..2]);
    assert!(alone.lanes().is_empty());
}
