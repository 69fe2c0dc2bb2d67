//! Ten times the events cost ten times as much. The test counts allocations, which are the same on every machine, not
//! seconds. It runs alone in its process, so no other work is counted.

#[path = "../support/logs.rs"]
mod logs;

use std::alloc::System;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dateline::app::page::Page;
use dateline::diagnostic::SourceText;
use dateline::document::{Document, PageSubject};
use dateline::formats::import::TimelineImport;
use dateline::formats::progress::Progress;
use dateline::formats::{self, ExportOptions, FormatWriter, InputFile};
use dateline::query::Matches;
use dateline::timeline::Event;
use ratatui::layout::Size;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Vectors double, so a size just beyond a power of two costs more than its share.
const AT_MOST: usize = 13;

/// The allocations, and their bytes, that loading some events takes.
fn cost(form: &str, events: usize) -> (usize, usize) {
    let source = SourceText::new(format!("growth.{form}"), logs::text(form, events));
    let region = Region::new(COUNTING);
    let (timeline, findings) = dateline::formats::open(&[source]);
    let change = region.change();
    assert_eq!((timeline.len(), findings.len()), (events, 0), "{form}");
    (
        change.allocations + change.reallocations,
        change.bytes_allocated,
    )
}

/// The formats for large numbers of events.
const FORMS: [&str; 3] = ["csv", "jsonl", "toml"];

/// The bytes that a loaded timeline keeps, and the size of its file.
fn kept(form: &str, events: usize) -> (usize, usize) {
    let text = logs::text(form, events);
    let size = text.len();
    let sources = [SourceText::new(format!("kept.{form}"), text)];
    let region = Region::new(COUNTING);
    let (timeline, _) = dateline::formats::open(&sources);
    let change = region.change();
    assert_eq!(timeline.len(), events, "{form}");
    (change.bytes_allocated - change.bytes_deallocated, size)
}

/// A pipe that notes the most bytes in memory whenever it is read.
struct MeasuredPipe<'t> {
    text: &'t [u8],
    region: Region<'static, System>,
    most: &'t AtomicUsize,
}

impl Read for MeasuredPipe<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let change = self.region.change();
        let kept = change
            .bytes_allocated
            .saturating_sub(change.bytes_deallocated);
        self.most.fetch_max(kept, Relaxed);
        self.text.read(into)
    }
}

/// The bytes in memory at most while a log is read from a pipe for the viewer, those that are kept, and the size of the log.
fn piped(form: &str, events: usize) -> (usize, usize, usize) {
    let text = logs::text(form, events);
    let most = AtomicUsize::new(0);
    let region = Region::new(COUNTING);
    let pipe = MeasuredPipe {
        text: text.as_bytes(),
        region: Region::new(COUNTING),
        most: &most,
    };
    let file = InputFile::new("piped", Box::new(pipe), None).leaving_texts(0);
    let opened = formats::open_files(vec![file], &Progress::default()).expect("it is in memory");
    let change = region.change();
    assert_eq!(opened.timeline.len(), events, "{form}");
    let kept = change.bytes_allocated - change.bytes_deallocated;
    drop(opened);
    (most.into_inner(), kept, text.len())
}

#[test]
fn a_log_from_a_pipe_is_never_whole_in_memory() {
    let _alone = alone();
    for form in ["csv", "jsonl"] {
        let (most, kept, size) = piped(form, 100_000);
        assert!(kept * 10 < size * 7, "{form}: {kept} bytes of {size}");
        assert!(most * 10 < size * 9, "{form}: {most} bytes of {size}");
    }
}

/// One test at a time, since the allocations of another test would be counted too.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_loaded_timeline_is_little_larger_than_its_file() {
    let _alone = alone();
    for form in FORMS {
        let (bytes, size) = kept(form, 20_000);
        assert!(
            bytes * 10 <= size * 12,
            "{form}: {bytes} bytes of a file of {size}"
        );
    }
}

#[test]
fn ten_times_the_events_cost_ten_times_as_much() {
    let _alone = alone();
    for form in FORMS {
        let (few, few_bytes) = cost(form, 10_000);
        let (many, many_bytes) = cost(form, 100_000);
        assert!(
            many <= AT_MOST * few,
            "{form}: {few} allocations, then {many}"
        );
        assert!(
            many_bytes <= AT_MOST * few_bytes,
            "{form}: {few_bytes} bytes, then {many_bytes}"
        );
    }
}

/// The bytes allocated to show the first event, with a summary of some length, in a window.
fn shown(summary: usize, size: (u16, u16)) -> usize {
    // The test harness allocates now and then, on a thread of its own, and so does whatever is computed only once.
    let runs = (0..3).map(|_| shown_once(summary, size));
    runs.min().expect("there are three runs")
}

fn shown_once(summary: usize, size: (u16, u16)) -> usize {
    let words = "lorem ipsum dolor sit amet ".repeat(summary / 27);
    let text = format!("[[events]]\ntitle = \"T\"\nwhen = \"2024\"\nsummary = \"{words}\"\n");
    let (timeline, _) = dateline::formats::open(&[SourceText::new("t.toml", text)]);
    let timeline = Arc::new(timeline);
    let region = Region::new(COUNTING);
    let model = dateline::app::open(timeline, Vec::new(), Size::new(size.0, size.1));
    assert_eq!(model.timeline().len(), 1);
    region.change().bytes_allocated
}

#[test]
fn the_detail_costs_only_its_visible_part() {
    const LONG: usize = 3_000_000;
    let _alone = alone();
    for size in [(80, 12), (50, 24), (59, 40)] {
        let (short, long) = (shown(27, size), shown(LONG, size));
        assert_eq!(short, long, "{size:?}: the detail is hidden");
    }
    for size in [(60, 24), (80, 24), (200, 50)] {
        let long = shown(LONG, size);
        assert!(
            long <= 8 * LONG,
            "{size:?}: {long} bytes for {LONG} of text"
        );
    }
}

/// A log whose single row grows in width, and the format to write it in.
struct WideRow {
    name: &'static str,
    text: fn(usize) -> String,
    form: Option<&'static str>,
}

/// Rows with equal names, tags or markings.
const WIDE: [WideRow; 5] = [
    WideRow {
        name: "equal keys, jsonl",
        text: equal_keys,
        form: Some("jsonl"),
    },
    WideRow {
        name: "equal keys, csv",
        text: equal_keys,
        form: Some("csv"),
    },
    WideRow {
        name: "equal columns, csv",
        text: equal_columns,
        form: Some("csv"),
    },
    WideRow {
        name: "tags, import",
        text: tags,
        form: None,
    },
    WideRow {
        name: "unreadable markings, csv",
        text: markings,
        form: Some("csv"),
    },
];

const ROW: &str = "{\"datetime\":\"2024-01-02T03:04:05Z\",\"message\":\"m\"";

fn equal_keys(count: usize) -> String {
    format!("{ROW}{}}}", ",\"k\":\"v\"".repeat(count))
}

fn equal_columns(count: usize) -> String {
    let (names, values) = (",k".repeat(count), ",v".repeat(count));
    format!("datetime,message{names}\n2024-01-02T03:04:05Z,m{values}\n")
}

fn tags(count: usize) -> String {
    let tags: Vec<_> = (0..count).map(|tag| format!("\"t{tag}\"")).collect();
    format!("{ROW},\"tag\":[{}]}}", tags.join(","))
}

fn markings(count: usize) -> String {
    format!("{ROW}{}}}", ",\"tlp\":\"GREENISH\"".repeat(count))
}

/// The allocations, and their bytes, that it takes to read such a log and to write it.
fn cost_of_width(wide: &WideRow, count: usize) -> (usize, usize) {
    let source = [SourceText::new("wide.log", (wide.text)(count))];
    let region = Region::new(COUNTING);
    let (timeline, _) = dateline::formats::open(&source);
    let all: Vec<_> = timeline.events().map(Event::id).collect();
    let written = match wide.form.and_then(FormatWriter::find) {
        Some(form) => {
            let matches = Matches::everything(timeline.len());
            (form.write)(&timeline, &ExportOptions::new(&matches))
        }
        None => TimelineImport::new(&timeline, &all).write(None),
    };
    let change = region.change();
    assert!(written.len() > count, "{}", wide.name);
    (
        change.allocations + change.reallocations,
        change.bytes_allocated,
    )
}

#[test]
fn the_cost_of_a_row_is_proportional_to_its_names_and_tags() {
    let _alone = alone();
    for wide in &WIDE {
        let (few, few_bytes) = cost_of_width(wide, 2_000);
        let (many, many_bytes) = cost_of_width(wide, 20_000);
        let name = wide.name;
        assert!(
            many <= AT_MOST * few,
            "{name}: {few} allocations, then {many}"
        );
        assert!(
            many_bytes <= AT_MOST * few_bytes,
            "{name}: {few_bytes} bytes, then {many_bytes}"
        );
    }
}

/// The bytes allocated to read a broken text.
fn cost_of_broken(text: String) -> usize {
    let source = SourceText::new("broken.toml", text);
    let region = Region::new(COUNTING);
    let (_, findings) = dateline::formats::open(&[source]);
    assert!(
        findings
            .iter()
            .any(dateline::diagnostic::Diagnostic::is_error)
    );
    region.change().bytes_allocated
}

/// Broken timelines, by their number of broken lines.
const BROKEN: [fn(usize) -> String; 4] = [
    // The parser once read the first line again for each broken line.
    |lines| {
        format!(
            "{}\n{}[[events]]\n",
            "Z".repeat(200_000),
            "a\n".repeat(lines)
        )
    },
    |lines| format!("[[events]]\ntitle = \"A\"\n{}", "a = \"\n".repeat(lines)),
    |lines| format!("[[events]]\ntitle = \"A\"\n{}", "a = [\n".repeat(lines)),
    |lines| format!("[timeline]\n{}", "tlp = \"RED\"\n".repeat(lines)),
];

#[test]
fn ten_times_the_broken_lines_cost_ten_times_as_much() {
    let _alone = alone();
    for (form, text) in BROKEN.iter().enumerate() {
        let (few, many) = (cost_of_broken(text(200)), cost_of_broken(text(2000)));
        assert!(many <= AT_MOST * few, "{form}: {few} bytes, then {many}");
        // The cost of a broken line does not depend on the length of the first line.
        assert!(many <= 40_000_000, "{form}: {many} bytes");
    }
}

/// dateline reads only the first bytes of a table whose columns do not say when and what, whatever the number of rows.
#[test]
fn the_cost_of_a_foreign_table_does_not_depend_on_its_length() {
    let _alone = alone();
    let cost = |rows: usize| {
        let text = format!("Host,Code\n{}", "web-1,12345\n".repeat(rows));
        let file = dateline::formats::InputFile::new("a.csv", Box::new(text.as_bytes()), None);
        let region = Region::new(COUNTING);
        let reading = dateline::formats::open_files(vec![file], &Progress::default());
        assert_eq!(reading.expect("bytes can be read").findings.len(), 1);
        region.change().bytes_allocated
    };
    // The 90,000 rows between the two are 1.1 MB; the test runner allocates a little while threads start.
    assert!(cost(100_000) < cost(10_000) + 100_000);
}

/// A TOML timeline with `count` items of a kind.
fn many(what: &str, count: usize) -> String {
    let list = |name: &str| {
        let words: Vec<String> = (0..count).map(|at| format!("\"{name}{at}\"")).collect();
        words.join(", ")
    };
    let event = "[[events]]\ntitle = \"T\"\nwhen = \"2024\"\n";
    let each = |text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<Vec<_>>().concat();
    match what {
        "claims" => {
            let claim = "[[events.claims]]\nabout = \"actor\"\nsaid = \"2024\"\n";
            let claims =
                each(&|at| format!("{claim}value = \"who {at}\"\ntext = \"statement {at}\"\n"));
            format!("{event}{claims}")
        }
        "lanes" => each(&|at| format!("{event}lane = \"lane {at}\"\n")),
        "lanes of one" => format!("{event}lane = [{}]\n", list("lane")),
        "actors" => format!("{event}actors = [{}]\n", list("actor")),
        _ => {
            let sources = each(&|at| {
                let origins: Vec<String> = (at.saturating_sub(9)..at)
                    .map(|at| format!("\"s{at}\""))
                    .collect();
                format!(
                    "[sources.s{at}]\ntitle = \"S\"\nderives-from = [{}]\n",
                    origins.join(", ")
                )
            });
            format!("{sources}{event}sources = [\"s{}\"]\n", count - 1)
        }
    }
}

/// The bytes allocated to show the page of the first event and to write both handouts.
fn cost_of_showing(what: &str, count: usize) -> usize {
    let (timeline, _) = dateline::formats::open(&[SourceText::new("t.toml", many(what, count))]);
    let timeline = Arc::new(timeline);
    let region = Region::new(COUNTING);
    let model = dateline::app::open(Arc::clone(&timeline), Vec::new(), Size::new(120, 36));
    assert_eq!(model.timeline().len(), timeline.len());
    for event in timeline.events().take(1) {
        let document = Document::about(&timeline, PageSubject::Event(event.id()));
        assert!(!Page::set(&document, 120).lines.is_empty());
    }
    let matches = Matches::everything(timeline.len());
    for name in ["html", "markdown"] {
        let writer = FormatWriter::find(name).expect("it is a format");
        assert!(!(writer.write)(&timeline, &ExportOptions::new(&matches)).is_empty());
    }
    region.change().bytes_allocated
}

#[test]
fn eight_times_the_items_on_an_event_cost_eight_times_as_much() {
    let _alone = alone();
    for what in ["claims", "lanes", "lanes of one", "actors", "sources"] {
        let (few, many) = (cost_of_showing(what, 300), cost_of_showing(what, 2_400));
        assert!(many <= 11 * few, "{what}: {few} bytes, then {many}");
    }
}
