//! Logs: any log can be opened, checked, imported and written as records without harm.

use std::fmt::Write as _;

use dateline::cli::check::check_texts;
use dateline::date::{EventDate, Truth};
use dateline::diagnostic::SourceText;
use dateline::formats::import::{MidnightPrecision, TimelineImport};
use dateline::formats::progress::Progress;
use dateline::formats::{self, text};
use dateline::formats::{DateOrder, GivenMapping, InputFile, TableOptions};
use dateline::timeline::{Event, EventId, Timeline};

use super::random::Random;
use crate::safety::hostile::{HOSTILE, forbidden};
use crate::support::program;

/// The columns that identify each dialect.
const SORTS: &[&[&str]] = &[
    &["Timestamp", "RuleTitle"],
    &["date", "time", "timezone", "desc"],
    &["data_type", "timestamp", "message"],
    &["datetime", "message", "parser"],
    &["message", "datetime", "timestamp_desc"],
    &["message", "timestamp"],
    // Tables that no program is known to write.
    &["Date", "Time", "Activity"],
    &["Year", "Month", "Day", "Headline"],
    &["Start", "End", "Title"],
    &["a", "b", "c"],
];

/// Columns that mean something in some dialect, and some that do not.
const OTHERS: &[&str] = &[
    "summary",
    "when_edtf",
    "phase",
    "tag",
    "tags",
    "techniques",
    "Level",
    "MitreTags",
    "Details",
    "timezone",
    "timestamp",
    "datetime",
    "time",
    "short",
    "host",
    "port",
    "_index",
    "message",
    "",
    "a b",
    "\u{feff}message",
    "event",
    "earliest",
];

const VALUES: &[&str] = &[
    "2021-08-14T10:22:33.123456+00:00",
    "2021-08-14 12:22:33.123 +02:00",
    "2021-08-14T10:22:33Z",
    "2021-08-01T00:00:00Z",
    "2021-01-01T00:00:00.000000+00:00",
    "0000-00-00T00:00:00.000000+00:00",
    "2021-02-30T25:61:61Z",
    "08/14/2021",
    "00/00/0000",
    "10:22:33",
    "--:--:--",
    "UTC",
    "Europe/London",
    "1628936553123456",
    "1628936553",
    "-1",
    "9223372036854775807",
    "1e400",
    "0",
    "late 2021",
    "2021-08/2022-10",
    "[\"ioc\",\"review later\"]",
    "ioc,review later",
    "T1543.003 ¦ T1036",
    "compromise",
    "high",
    "-",
    "",
    "a \"quoted\" text",
    "line one\nline two",
    "=1+1",
    "C:\\Users\\Public\\a.exe",
    "[",
    "{}",
    "null",
    "日本 é",
];

const SAMPLES: &[&str] = &[
    "hayabusa.csv",
    "plaso-dynamic.csv",
    "plaso-l2t.csv",
    "plaso.jsonl",
    "timesketch.csv",
    "timesketch.jsonl",
];

fn value(random: &mut Random) -> &'static str {
    if random.one_in(6) {
        return HOSTILE
            .get(random.below(HOSTILE.len()))
            .map_or("", |(text, _)| text);
    }
    random.pick(VALUES)
}

fn columns(random: &mut Random) -> Vec<&'static str> {
    let mut columns = random.pick(SORTS).to_vec();
    for _ in 0..random.below(5) {
        let at = random.below(columns.len() + 1);
        columns.insert(at, random.pick(OTHERS));
    }
    columns
}

/// Rows with a delimiter, most with as many cells as there are columns.
fn table(random: &mut Random) -> String {
    let columns = columns(random);
    let delimiter = random.pick(&[",", ",", ",", ";", "\t", "|"]);
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut out = columns.join(delimiter);
    for _ in 0..random.below(8) {
        out.push_str(random.pick(&["\n", "\n", "\r\n", "\n\n"]));
        let one_off = usize::from(random.one_in(9));
        let cells: Vec<String> = (0..columns.len() + one_off)
            .map(|_| quoted(value(random)))
            .collect();
        out.push_str(&cells.join(delimiter));
    }
    out
}

/// An object on each line, with values of any type.
fn lines(random: &mut Random) -> String {
    let columns = columns(random);
    let mut out = String::new();
    for _ in 0..=random.below(8) {
        let members = columns.iter().map(|column| {
            let name = serde_json::Value::from(*column);
            let value = value(random);
            match random.below(6) {
                0 => format!(
                    "{name}:{}",
                    random.pick(&[
                        "1628936553123456",
                        "1.5",
                        "true",
                        "null",
                        "{\"a\":[1]}",
                        "[[],1]"
                    ])
                ),
                1 => format!("{name}:[{}]", serde_json::Value::from(value)),
                _ => format!("{name}:{}", serde_json::Value::from(value)),
            }
        });
        let members: Vec<String> = members.collect();
        writeln!(out, "{{{}}}", members.join(",")).expect("a string takes everything");
    }
    out
}

/// What a user may state about tables.
fn options(random: &mut Random) -> TableOptions {
    let map = random.pick(&[
        "",
        "",
        "",
        "when=datetime,title=message",
        "when=Date+Time,title={Activity} {host},tags=Level,tag",
        "when=a,until=b,title=c",
        "title=message",
    ]);
    let order = random.pick(&[None, None, Some(DateOrder::DayFirst)]);
    let options = TableOptions::default().with_order(order);
    options.with_mapping(GivenMapping::parse(map).ok())
}

/// A mapping file of the right shape, slightly mutated: reading it never fails, and its findings have places in it.
fn mapping(random: &mut Random) {
    let shape = "name = \"x\"\nneeds = [\"a\", [\"b\", \"c\"]]\nzone = \"UTC\"\ndate-order = \"dmy\"\n\
                 precision = \"days\"\nunit = \"seconds\"\nseparator = \";\"\ndelimiter = \"|\"\n\
                 header = [\"a\", \"b\"]\n[columns]\nwhen = \"{a} {b}\"\ntitle = [\"c\", \"{a}\"]\ntags = \"d\"\n\
                 [[stamps]]\ncolumn = \"e\"\nmeans = \"f\"\n";
    let text = SourceText::new("m.toml", random.spoiled(shape, 6));
    let (mapping, findings) = GivenMapping::read(&text);
    for finding in &findings {
        assert!(
            text.text().get(finding.place.range()).is_some(),
            "{finding:?}"
        );
    }
    let options = TableOptions::default().with_mapping(Some(mapping));
    let table = SourceText::new("a", "a|b|c|d|e\n2021-08-14|10:22|x|y|2021\n");
    formats::open_in(&[table], &options);
}

/// A log of the right shape, slightly mutated.
fn file(random: &mut Random) -> (String, String) {
    let (name, shape) = match random.below(5) {
        0 => ("fuzz.csv".to_owned(), table(random)),
        1 => ("fuzz.jsonl".to_owned(), lines(random)),
        2 => {
            let all = program::files("tests/formats/presets", "");
            let path = &all[random.below(all.len())];
            (path.replace('/', "-"), program::read(path))
        }
        _ => {
            let name = random.pick(SAMPLES);
            (
                name.to_owned(),
                program::read(&format!("tests/formats/logs/{name}")),
            )
        }
    };
    let times = if random.one_in(3) { 0 } else { 8 };
    (name, random.spoiled(&shape, times))
}

pub fn round(random: &mut Random) {
    let (name, file) = file(random);
    mapping(random);
    let texts = [SourceText::new(name, file.as_str())];
    let _ = formats::open_in(&texts, &options(random));
    let (timeline, findings) = formats::open(&texts);
    // Of a journal in its export format, findings quote the JSON that it becomes.
    let is_journal = formats::is_binary(file.as_bytes());
    for finding in findings.iter().filter(|_| !is_journal) {
        let marked = texts[0].text().get(finding.place.range());
        assert!(marked.is_some(), "{file:?}: {finding:?}");
    }
    let mut report = Vec::new();
    if !is_journal {
        check_texts(&texts, &mut report, false).expect("a vector takes everything");
    }
    let report = String::from_utf8(report).expect("a report is UTF-8");
    assert_eq!(forbidden(&report), None, "{file:?}");
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let listed: Vec<_> = all.iter().map(|&id| (id, Truth::Yes)).collect();
    assert_eq!(
        forbidden(&text::list(&timeline, &listed, None)),
        None,
        "{file:?}"
    );
    if is_log(&file) {
        imports(&timeline, &all, &file, random);
    }
    records(&timeline, &file);
}

fn is_log(file: &str) -> bool {
    let file = InputFile::new("t", Box::new(file.as_bytes()), None);
    let reading = formats::open_files(vec![file], &Progress::default());
    reading.is_ok_and(|reading| {
        for finding in &reading.findings {
            assert!(finding.place.end() <= reading.texts[0].len(), "{finding:?}");
        }
        let reader = reading.files[0].reader;
        reader.is_some_and(|reader| reader.name == "log")
    })
}

/// An import must be a timeline without errors and with the same events.
fn imports(timeline: &Timeline, all: &[EventId], file: &str, random: &mut Random) {
    let coarse = random.pick(&[
        None,
        Some(MidnightPrecision::Days),
        Some(MidnightPrecision::Months),
        Some(MidnightPrecision::Years),
    ]);
    let written = TimelineImport::new(timeline, all).write(coarse);
    assert_eq!(forbidden_in_file(&written), None, "{file:?}");
    let again = program::opened("case.toml", &written);
    let errors: Vec<_> = again.findings.iter().filter(|it| it.is_error()).collect();
    assert!(errors.is_empty(), "{file:?}: {errors:?}\n{written}");
    let titles = |timeline: &Timeline| {
        let events = timeline.events().map(|event| {
            let title = event.title().replace(['\t', '\n'], " ");
            let title = dateline::text::visible(&title);
            let words: Vec<&str> = title.split_whitespace().collect();
            (words.join(" "), event.when().is_some())
        });
        let mut titles: Vec<_> = events.collect();
        titles.sort();
        titles
    };
    assert_eq!(
        titles(&again.timeline),
        titles(timeline),
        "{file:?}\n{written}"
    );
}

/// Reports characters that no file for other programs may have. A tab is data there.
fn forbidden_in_file(written: &str) -> Option<String> {
    forbidden(&written.replace('\t', " "))
}

/// Exported records must open again with as many events.
fn records(timeline: &Timeline, file: &str) {
    for form in program::records() {
        let written = program::written(timeline, form.name);
        assert_eq!(forbidden_in_file(&written), None, "{}: {file:?}", form.name);
        if form.name == "csv" || timeline.is_empty() {
            continue;
        }
        let kept = (timeline.events())
            .filter(|event| {
                let has_stamp = |when: EventDate| {
                    formats::writers::record_stamps::stamp(when.bounds()).is_some()
                };
                form.name != "timesketch-csv" || event.when().is_some_and(has_stamp)
            })
            .count();
        let again = program::opened(form.name, &written);
        assert_eq!(
            again.timeline.len(),
            kept,
            "{}: {file:?}\n{written}",
            form.name
        );
    }
}
