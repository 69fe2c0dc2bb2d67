//! Ten times the events cost ten times as much, and not more: counted in allocations, which are the same on every
//! machine, and not in seconds. It runs alone in its process, so that nothing else is counted.

#[path = "../support/logs.rs"]
mod logs;

use std::alloc::System;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dateline::app::model::Model;
use dateline::app::page::Page;
use dateline::diagnostic::SourceText;
use dateline::document::{Document, Subject};
use dateline::formats::export;
use dateline::formats::handout::{Handout, Wishes};
use dateline::formats::import::Import;
use dateline::formats::progress::Progress;
use dateline::formats::records;
use dateline::query::Matches;
use dateline::timeline::Event;
use dateline::timeline::term::Grouping;
use ratatui::layout::Size;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Vectors double, so that a size just beyond a power of two costs more than its share.
const AT_MOST: usize = 13;

/// How many allocations it takes to load so many events, and of how many bytes.
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

/// Every form in which events come in numbers.
const FORMS: [&str; 3] = ["csv", "jsonl", "toml"];

/// How many bytes a timeline keeps, and how many its file has.
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

/// One test at a time: what another allocates would be counted too.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn what_is_kept_of_events_is_little_more_than_their_file() {
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

/// How many bytes it takes to show the first event, which has a summary of some length, in a window.
fn shown(summary: usize, size: (u16, u16)) -> usize {
    let words = "lorem ipsum dolor sit amet ".repeat(summary / 27);
    let text = format!("[[events]]\ntitle = \"T\"\nwhen = \"2024\"\nsummary = \"{words}\"\n");
    let (timeline, _) = dateline::formats::open(&[SourceText::new("t.toml", text)]);
    let timeline = Arc::new(timeline);
    let region = Region::new(COUNTING);
    let model = Model::new(timeline, Vec::new(), Size::new(size.0, size.1));
    assert_eq!(model.timeline.len(), 1);
    region.change().bytes_allocated
}

#[test]
fn a_detail_costs_what_is_seen_of_it() {
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

/// A log of one row that grows in width, and what is done with it.
struct Wide {
    name: &'static str,
    text: fn(usize) -> String,
    form: Option<&'static str>,
}

/// Rows with so many equal names, tags or markings.
const WIDE: [Wide; 5] = [
    Wide {
        name: "equal keys, jsonl",
        text: equal_keys,
        form: Some("jsonl"),
    },
    Wide {
        name: "equal keys, csv",
        text: equal_keys,
        form: Some("csv"),
    },
    Wide {
        name: "equal columns, csv",
        text: equal_columns,
        form: Some("csv"),
    },
    Wide {
        name: "tags, import",
        text: tags,
        form: None,
    },
    Wide {
        name: "markings that cannot be read, csv",
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

/// How many allocations it takes to read such a log and to write it, and of how many bytes.
fn cost_of_width(wide: &Wide, count: usize) -> (usize, usize) {
    let source = [SourceText::new("wide.log", (wide.text)(count))];
    let region = Region::new(COUNTING);
    let (timeline, _) = dateline::formats::open(&source);
    let all: Vec<_> = timeline.events().map(Event::id).collect();
    let written = match wide.form.and_then(records::find) {
        Some(form) => (form.write)(&timeline, &all),
        None => Import::new(&timeline, &all).write(None),
    };
    let change = region.change();
    assert!(written.len() > count, "{}", wide.name);
    (
        change.allocations + change.reallocations,
        change.bytes_allocated,
    )
}

#[test]
fn a_row_of_many_names_or_tags_costs_no_more_than_its_width() {
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

/// How many bytes are allocated to read a text that is broken.
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

/// Broken forms of a timeline, each with so many broken lines.
const BROKEN: [fn(usize) -> String; 4] = [
    // The first line was once parsed again for each line that is lost.
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
        // However long the first line is, what a broken line costs does not depend on it.
        assert!(many <= 40_000_000, "{form}: {many} bytes");
    }
}

/// However many rows a table of another program has, only its first bytes are read.
#[test]
fn a_foreign_table_costs_the_same_however_long_it_is() {
    let _alone = alone();
    let cost = |rows: usize| {
        let text = format!("Date,Event\n{}", "2021-01-02,A\n".repeat(rows));
        let file = dateline::formats::Incoming::new("a.csv", Box::new(text.as_bytes()), None);
        let region = Region::new(COUNTING);
        let reading = dateline::formats::open_files(vec![file], &Progress::default());
        assert_eq!(reading.expect("bytes can be read").findings.len(), 1);
        region.change().bytes_allocated
    };
    // The 90,000 rows between the two are 1.2 MB; the test runner allocates a little while threads start.
    assert!(cost(100_000) < cost(10_000) + 100_000);
}

/// A timeline of so many of one thing, in TOML.
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

/// How many bytes it takes to show the page of the first event, and to write both handouts.
fn cost_of_showing(what: &str, count: usize) -> usize {
    let (timeline, _) = dateline::formats::open(&[SourceText::new("t.toml", many(what, count))]);
    let timeline = Arc::new(timeline);
    let region = Region::new(COUNTING);
    let model = Model::new(Arc::clone(&timeline), Vec::new(), Size::new(120, 36));
    assert_eq!(model.timeline.len(), timeline.len());
    for event in timeline.events().take(1) {
        let document = Document::about(&timeline, Subject::Event(event.id()));
        assert!(!Page::set(&document, 120).lines.is_empty());
    }
    let matches = Matches::everything(timeline.len());
    let wishes = Wishes {
        matches: &matches,
        filter: "",
        surely: false,
        grouping: Grouping::default(),
        audience: None,
        notes: false,
    };
    let handout = Handout::new(&timeline, &wishes);
    for name in ["html", "markdown"] {
        let format = export::find(name).expect("it is a format");
        assert!(!(format.write)(&handout).is_empty());
    }
    region.change().bytes_allocated
}

#[test]
fn eight_times_of_anything_on_an_event_cost_eight_times_as_much() {
    let _alone = alone();
    for what in ["claims", "lanes", "lanes of one", "actors", "sources"] {
        let (few, many) = (cost_of_showing(what, 300), cost_of_showing(what, 2_400));
        assert!(many <= 11 * few, "{what}: {few} bytes, then {many}");
    }
}
