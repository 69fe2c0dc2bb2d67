//! Events as rows and objects, and reading them back.

use std::fmt::Write as _;

use dateline::formats::{ExportOptions, FormatWriter};
use dateline::query::Filter;
use dateline::timeline::{Event, Timeline};

use super::{open, sample};
use crate::support::program;

const IMPRECISE: &str = "[timeline]\ntlp = \"GREEN\"\n\n[[events]]\nwhen = \"late 2021\"\ntitle = \"=cmd, \\\"x\\\"\"\ntags = [\"a b\", \"c\"]\n\n[[events]]\nwhen = \"2021-08-14T10:22:33Z\"\ntitle = \"B\"\n\n[[events]]\nwhen = \"by 2022-03\"\ntitle = \"C\"\n\n[[events]]\ntitle = \"D\"\n";

fn exported(timeline: &Timeline, form: &str) -> String {
    program::written(timeline, form)
}

#[test]
fn an_imprecise_date_is_exported_with_its_full_range() {
    let (timeline, _) = open("case.toml", IMPRECISE);
    let text = exported(&timeline, "jsonl");
    let vague = text
        .lines()
        .find(|line| line.contains("=cmd"))
        .expect("the export has the event");
    for said in [
        r#""datetime":"2021-07-01T00:00:00.000000+00:00""#,
        r#""earliest":"2021-07-01T00:00:00.000000+00:00""#,
        r#""latest":"2021-12-31T23:59:59.999999+00:00""#,
        r#""when_edtf":"late 2021""#,
        r#""precision":"half""#,
        r#""timestamp_desc":"Earliest possible; the source says late 2021""#,
        r#""tlp":"GREEN""#,
    ] {
        assert!(vague.contains(said), "no {said} in {vague}");
    }
    let by = text
        .lines()
        .find(|line| line.contains("by 2022-03"))
        .expect("the export has the event");
    assert!(
        by.contains("Latest possible; the source says by 2022-03"),
        "{by}"
    );
    assert!(!by.contains("earliest"), "{by}");
}

#[test]
fn a_record_names_no_event_that_is_not_exported() {
    let text = "[[events]]\nid = \"hidden\"\ntitle = \"A\"\nwhen = \"2021\"\n\n[[events]]\nid = \"near\"\ntitle = \"B\"\n\
                when = \"2022\"\n\n[[events]]\nid = \"last\"\ntitle = \"C\"\nwhen = \"2023\"\nafter = [\"hidden\", \"near\"]\n";
    let (timeline, findings) = open("case.toml", text);
    assert_eq!(findings, [""; 0]);
    let filter = Filter::parse(&timeline, "id:near,last").expect("a filter");
    let matches = filter.matches(&timeline);
    for form in ["jsonl", "csv", "timesketch-csv"] {
        let writer = FormatWriter::find(form).expect("the format exists");
        let records = (writer.write)(&timeline, &ExportOptions::new(&matches));
        assert!(!records.contains("hidden"), "{form}: {records}");
        assert!(records.contains("near"), "{form}: {records}");
        assert!(exported(&timeline, form).contains("hidden"), "{form}");
    }
}

#[test]
fn several_lines_stay_several_lines() {
    let file =
        "[[events]]\nwhen = \"2021-08-14\"\ntitle = \"A\"\nsummary = \"one\\n\\n\\u0007two\"\n";
    let (timeline, _) = open("case.toml", file);
    let log = "{\"datetime\":\"2021-08-14T00:00:00Z\",\"message\":\"first\\nsecond\",\"summary\":\"of it\",\"timestamp_desc\":\"x\"}\n";
    let (rows, _) = open("log.jsonl", log);
    for form in program::records() {
        let (again, findings) = open("again", &exported(&timeline, form.name));
        assert!(findings.is_empty(), "{findings:?}");
        let event = again.events().next().expect("there is an event");
        assert_eq!(event.summary(), "one\n\n␇two", "{}", form.name);
        let (again, _) = open("again", &exported(&rows, form.name));
        if let Some(event) = again.events().next() {
            let said = event.attributes().find(|(name, _)| *name == "message");
            assert_eq!(said, Some(("message", "first\nsecond")), "{}", form.name);
            assert_eq!(event.summary(), "of it");
        }
    }
}

#[test]
fn exports_for_timesketch_are_read_back_without_losing_imprecision() {
    let whens = |timeline: &Timeline| -> Vec<(String, Option<String>, Vec<String>)> {
        let of = |event: Event<'_>| {
            let when = event.when().map(|when| when.written().to_owned());
            (
                event.title().to_owned(),
                when,
                event.tags().map(str::to_owned).collect(),
            )
        };
        timeline.events().map(of).collect()
    };
    let (timeline, _) = open("case.toml", IMPRECISE);
    let (again, findings) = open("a.jsonl", &exported(&timeline, "jsonl"));
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(whens(&again), whens(&timeline));
    let (again, findings) = open("a.csv", &exported(&timeline, "timesketch-csv"));
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(whens(&again), whens(&timeline)[..3]);
    for name in ["hayabusa.csv", "plaso-l2t.csv", "timesketch.jsonl"] {
        let (timeline, _) = open(name, &sample(name));
        let (again, findings) = open(name, &exported(&timeline, "jsonl"));
        assert!(findings.is_empty(), "{name}: {findings:?}");
        assert_eq!(whens(&again), whens(&timeline), "{name}");
    }
}

#[test]
fn objects_are_read_back_even_if_the_first_is_undated() {
    let undated = "[[events]]\ntitle = \"C\"\n\n[[events]]\ntitle = \"D\"\n";
    let (timeline, _) = open("case.toml", undated);
    let (again, findings) = open("a.jsonl", &exported(&timeline, "jsonl"));
    assert!(findings.is_empty(), "{findings:?}");
    assert!(again.events().map(Event::title).eq(["C", "D"]));
}

#[test]
fn a_spreadsheet_computes_no_value() {
    let (timeline, _) = open("case.toml", IMPRECISE);
    let text = exported(&timeline, "csv");
    assert!(text.contains("\"'=cmd, \"\"x\"\"\""), "{text}");
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(!text.contains("datetime"), "{text}");
}

/// The events of a log as exported objects.
fn objects(text: &str) -> Vec<serde_json::Value> {
    let (timeline, _) = open("a.csv", text);
    let out = exported(&timeline, "jsonl");
    let objects = out.lines().map(serde_json::from_str);
    objects.map(|it| it.expect("the line is JSON")).collect()
}

/// A row of a table: the names of its columns and its values.
fn cells(table: &str, row: usize) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().expect("there is a header").clone();
    let row = reader.records().nth(row).expect("the table has the row");
    let row = row.expect("the row has as many values as the header");
    let cells = names.iter().zip(row.iter());
    cells
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn an_attribute_with_the_name_of_a_column_takes_it_or_gets_a_suffix() {
    let log = "\
        message,datetime,timestamp_desc,contested,precision,Summary,event_id,latest,Message,summary\n\
        a,2021-08-14T10:00:00Z,x,unsure,MYPREC,more,4624,MYLATE,second,mine\n";
    let objects = objects(log);
    for (name, value) in [
        ("message", "a"),
        ("Message_of_log", "second"),
        ("contested", "unsure"),
        ("precision", "second"),
        ("precision_of_log", "MYPREC"),
        ("latest_of_log", "MYLATE"),
        ("summary", "mine"),
        ("Summary_of_log", "more"),
        ("event_id", "a-csv-2"),
        ("event_id_of_log", "4624"),
    ] {
        assert_eq!(objects[0][name], value, "{name} in {}", objects[0]);
    }
    let (timeline, _) = open("a.csv", log);
    for form in program::records() {
        let (again, findings) = open("again", &exported(&timeline, form.name));
        if form.name != "csv" {
            assert!(findings.is_empty(), "{}: {findings:?}", form.name);
            let event = again.events().next().expect("there is an event");
            for (name, value) in event.attributes() {
                assert!(!value.is_empty(), "{name}");
            }
            let kept = event.attributes().find(|it| it.0 == "precision_of_log");
            assert_eq!(kept, Some(("precision_of_log", "MYPREC")), "{}", form.name);
        }
    }
}

#[test]
fn two_attributes_with_the_same_name_get_distinct_names() {
    let log = "message,datetime,message,event_id,event_id_of_log,event_id\na,2021,b,c,d,e\n";
    let objects = objects(log);
    for (name, value) in [
        ("message", "a"),
        ("message_of_log", "b"),
        ("event_id_of_log", "c"),
        ("event_id_of_log_of_log", "d"),
        ("event_id_of_log_2", "e"),
    ] {
        assert_eq!(objects[0][name], value, "{name} in {}", objects[0]);
    }
}

#[test]
fn an_unreadable_stamp_keeps_its_description() {
    let log = "\
        message,datetime,timestamp_desc\n\
        a,garbage,Creation Time\n\
        b,2021-08-14T10:22Z,Content Modification Time\n\
        c,2021-08-14T10:22:33Z,Access Time\n";
    let by_title = |title: &str| {
        let objects = objects(log).into_iter();
        let mut of_title = objects.filter(|it| it["message"] == title);
        of_title.next().expect("the log has the title")
    };
    let unread = by_title("a");
    assert_eq!(unread["datetime"], "garbage");
    assert_eq!(unread["timestamp_desc"], "Creation Time");
    let said = "Content Modification Time; Earliest possible; the source says 2021-08-14T10:22Z";
    assert_eq!(by_title("b")["timestamp_desc"], said);
    assert_eq!(by_title("c")["timestamp_desc"], "Access Time");
    let (timeline, _) = open("a.csv", log);
    let table = exported(&timeline, "csv");
    let stamps: Vec<_> = (0..3).map(|row| cells(&table, row)).collect();
    let has = |name: &str, value: &str| {
        let cell = (name.to_owned(), value.to_owned());
        stamps.iter().any(|row| row.contains(&cell))
    };
    assert!(has("datetime", "garbage"), "{table}");
    assert!(has("timestamp_desc", "Creation Time"), "{table}");
    assert!(
        has("timestamp_desc", "Content Modification Time"),
        "{table}"
    );
    let zero = objects("message,timestamp,timestamp_desc\na,0,x\n");
    assert_eq!(zero[0]["timestamp"], 0, "{}", zero[0]);
    // The description of the second export is already that of the first.
    let first = exported(&timeline, "jsonl");
    let (again, _) = open("a.csv", &first);
    assert_eq!(exported(&again, "jsonl"), first);
}

#[test]
fn only_a_message_that_the_title_begins_replaces_it() {
    let message = "x".repeat(300);
    let log = format!(
        "message,datetime,message,summary\nfirst,2021,first and more,\n{message},2022,other,s\n"
    );
    let objects = objects(&log);
    assert_eq!(objects[0]["message"], "first");
    assert_eq!(objects[0]["message_of_log"], "first and more");
    assert_eq!(objects[1]["message"], message);
    assert_eq!(objects[1]["message_of_log"], "other");
}

/// Texts that a spreadsheet computes with some list separator.
const FORMULAS: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "x;=cmd|' /C calc'!A0",
    "x;\"=1+1\"; y",
    "x|@SUM(A1)",
    "one\n=1+1\n-2",
    "one; ;\n'=1",
    "x;＝1+1",
    "'=1;''-2",
    "\"=1\";\"\"=2",
    "; +1",
];

pub fn is_computed(cell: &str) -> bool {
    cell.trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[test]
fn a_spreadsheet_computes_nothing_with_any_list_separator() {
    let quoted = |text: &str| serde_json::to_string(text).expect("the value is text");
    let mut file = String::new();
    for formula in FORMULAS {
        let (summary, text) = (quoted(formula), quoted(&formula.replace('\n', " ")));
        write!(
            file,
            "[[events]]\ntitle = \"T\"\nsummary = {summary}\nphase = {text}\nlane = [{text}, {text}]\ntags = [{text}]\n\n"
        )
        .expect("a string takes everything");
    }
    let (timeline, _) = open("case.toml", &file);
    let table = exported(&timeline, "csv");
    for delimiter in *b",;\t|" {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(table.as_bytes());
        for row in reader.records() {
            let row = row.expect("the row is text");
            let computed: Vec<&str> = row.iter().filter(|cell| is_computed(cell)).collect();
            assert!(
                computed.is_empty(),
                "{computed:?} with {:?}",
                char::from(delimiter)
            );
        }
    }
    let (again, findings) = open("again", &table);
    assert!(findings.is_empty(), "{findings:?}");
    let summaries = |timeline: &Timeline| -> Vec<(String, String, Vec<String>)> {
        let of = |event: Event<'_>| {
            let tags = event.tags().map(str::to_owned).collect();
            (event.summary().to_owned(), event.phase().to_owned(), tags)
        };
        timeline.events().map(of).collect()
    };
    assert_eq!(summaries(&again), summaries(&timeline));
}

#[test]
fn an_export_without_events_is_its_header() {
    let (timeline, _) = open("case.toml", IMPRECISE);
    for form in ["csv", "timesketch-csv"] {
        let writer = FormatWriter::find(form).expect("it is a form");
        let none = Filter::parse(&timeline, "when:1000").expect("a filter without mistakes");
        let none = none.matches(&timeline);
        let options = ExportOptions {
            surely: true,
            ..ExportOptions::new(&none)
        };
        let written = (writer.write)(&timeline, &options);
        let whole = exported(&timeline, form);
        let (head, _) = whole.split_once('\n').expect("it has rows");
        assert_eq!(written, format!("{head}\n"), "{form}");
        let (again, findings) = open("again", &written);
        assert_eq!(again.len(), 0);
        assert!(
            matches!(findings.as_slice(), [one] if one.contains("no rows")),
            "{form}: {findings:?}"
        );
    }
}

#[test]
fn a_spreadsheet_computes_no_column_name() {
    let log = "message,datetime,\"=HYPERLINK(1)\",@x\na,2021,b,c\n";
    let (timeline, _) = open("a.csv", log);
    let row = cells(&exported(&timeline, "csv"), 0);
    let last: Vec<_> = row.iter().rev().take(2).rev().collect();
    assert_eq!(last[0], &("'=HYPERLINK(1)".to_owned(), "b".to_owned()));
    assert_eq!(last[1], &("'@x".to_owned(), "c".to_owned()));
}

#[test]
fn no_export_has_control_characters() {
    let text = "datetime,message,no\u{1b}te\n2021-08-14T10:00:00Z,a\u{1b}[31m,\u{202e}b\n";
    let (timeline, _) = open("a.csv", text);
    for form in program::records() {
        let out = exported(&timeline, form.name);
        assert!(
            dateline::text::unprintable_in(&out).all(|(_, it, _)| it == '\n'),
            "{out:?}"
        );
        assert!(out.contains("no␛te") && !out.contains("\\u001b"), "{out:?}");
    }
}

#[test]
fn a_year_beyond_the_calendar_has_no_stamp_and_no_invented_bound() {
    let toml = "[[events]]\nwhen = \"Y300000\"\ntitle = \"far\"\n[[events]]\nwhen = \"Y-170000002\"\ntitle = \"past\"\n";
    let (timeline, findings) = open("a.toml", toml);
    assert_eq!(findings, [""; 0]);
    for form in program::records() {
        let text = exported(&timeline, form.name);
        assert!(!text.contains("26214"), "{}: {text}", form.name);
    }
}
