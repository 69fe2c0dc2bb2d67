//! Rows that are chosen while a log is read are those that a filter finds in the whole log.

use std::path::PathBuf;
use std::sync::Arc;

use dateline::date::Truth;
use dateline::formats::import::TimelineImport;
use dateline::formats::progress::Progress;
use dateline::formats::{
    self, ExportOptions, FormatWriter, InputFile, OpenedTimeline, RowSelection, text,
};
use dateline::query::Filter;
use dateline::timeline::EventId;

use super::streams::{CHUNK_SIZE, rows};
use crate::support::program;

/// What `list`, `list --count`, `import` and `export` show of the events that a filter leaves.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    list: String,
    import: String,
    records: String,
    count: (usize, usize, usize),
}

fn shown(opened: &OpenedTimeline, filter: &Filter, left_out: usize) -> Shown {
    let timeline = &opened.timeline;
    let matches = filter.matches(timeline);
    let events: Vec<(EventId, Truth)> = matches.events().collect();
    let ids: Vec<EventId> = events.iter().map(|(id, _)| *id).collect();
    let writer = FormatWriter::find("jsonl").expect("the format exists");
    let counts = matches.counts();
    let all = counts.surely + counts.possibly + counts.hidden + left_out;
    Shown {
        list: text::list(timeline, &events, None),
        import: TimelineImport::new(timeline, &ids).write(None),
        records: (writer.write)(timeline, &ExportOptions::new(&matches)),
        count: (counts.surely, counts.possibly, all),
    }
}

fn opened(files: &[(String, Vec<u8>)], selection: Option<&Arc<RowSelection>>) -> OpenedTimeline {
    let input = |(name, bytes): &(String, Vec<u8>)| {
        let bytes = std::io::Cursor::new(bytes.clone());
        let file = InputFile::new(name, Box::new(bytes), None).in_chunks_of(CHUNK_SIZE);
        file.with_selection(selection.cloned())
    };
    let files = files.iter().map(input).collect();
    formats::open_files(files, &Progress::default()).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Whether rows were chosen while the files were read.
#[track_caller]
fn check(files: &[(String, Vec<u8>)], filter: &str) -> bool {
    check_with(files, &opened(files, None), filter)
}

/// The same for files that were also read whole.
#[track_caller]
fn check_with(files: &[(String, Vec<u8>)], whole: &OpenedTimeline, filter: &str) -> bool {
    let selection = RowSelection::new(filter, Arc::default()).map(Arc::new);
    let Some(selection) = selection else {
        return false;
    };
    let chosen = opened(files, Some(&selection));
    if !selection.has_begun() || !selection.is_enough() {
        return false;
    }
    let name = &files[0].0;
    match Filter::parse(&whole.timeline, filter) {
        Ok(bound) => {
            assert_eq!(selection.unknown_names(), [], "{name}: {filter}");
            let (of_part, _) = Filter::parse_in_part(&chosen.timeline, filter).expect(filter);
            let expected = shown(whole, &bound, 0);
            let found = shown(&chosen, &of_part, selection.left_out());
            assert_eq!(found, expected, "{name}: {filter}");
            assert!(chosen.timeline.len() + selection.left_out() == whole.timeline.len());
        }
        Err(mistakes) => {
            let places = |mistakes: &[dateline::query::QueryError]| {
                let places = mistakes
                    .iter()
                    .map(|it| (it.range.clone(), it.message.clone()));
                places.collect::<Vec<_>>()
            };
            let unknown = selection.unknown_names();
            assert_eq!(places(&unknown), places(&mistakes), "{name}: {filter}");
        }
    }
    true
}

const FILTERS: &[&str] = &[
    "logon",
    "-logon",
    "when:2021-08-14",
    "-when:2021-08-14",
    "surely(when<2021-08-14T12:00) or tag:high",
    "tag:high,ioc -tag:low",
    "technique:T1505*",
    "attribute:computer=*0*",
    "-attribute:nowhere",
    "has:technique",
    "source:*",
    "entity:mail01",
    "phase:response",
    "dated:no",
    "lane:*",
    "tlp:RED",
    "claims:0",
];

pub fn samples(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/formats")
        .join(folder);
    let files = std::fs::read_dir(folder).expect("the folder exists");
    let mut paths: Vec<_> = files.map(|it| it.expect("a file").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        (name, std::fs::read(&path).expect("it can be read"))
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn each_sample_shows_the_same_as_if_it_was_read_whole() {
    let mut chosen = 0;
    for folder in ["logs", "presets"] {
        let files = samples(folder);
        for file in &files {
            let file = std::slice::from_ref(file);
            let whole = opened(file, None);
            for filter in FILTERS {
                chosen += usize::from(check_with(file, &whole, filter));
            }
        }
    }
    assert!(chosen > 500, "{chosen}");
}

#[test]
fn several_logs_have_their_own_lanes_and_sources() {
    let files = samples("logs");
    let [hayabusa, plaso] = ["hayabusa.csv", "plaso-l2t.csv"].map(|name| {
        let file = files.iter().find(|file| file.0 == name);
        file.expect("the sample exists").clone()
    });
    let files = [hayabusa.clone(), plaso, hayabusa];
    for filter in [
        "lane:hayabusa.csv",
        "source:hayabusa-csv-2",
        "-source:plaso-l2t-csv",
        "logon",
    ] {
        assert!(check(&files, filter), "{filter}");
    }
}

#[test]
fn a_name_may_be_in_only_some_of_the_chunks() {
    let mut csv = rows("csv", 60);
    csv.insert(0, "datetime,message,notes,tag\n".to_owned());
    csv[55] = "2021-08-14T10:00:00Z,\"row\n of two lines\",x,rare\n".to_owned();
    let csv = csv.concat();
    assert!(csv.len() > 3 * CHUNK_SIZE);
    let file = [("a.csv".to_owned(), csv.into_bytes())];
    for filter in [
        "tag:rare",
        "-tag:rare \"row 17\"",
        "tag:rare,none",
        "attribute:notes=x",
    ] {
        assert!(check(&file, filter), "{filter}");
    }
    let json = rows("jsonl", 60).concat().into_bytes();
    assert!(check(&[("a.jsonl".to_owned(), json)], "\"row 59\""));
}

#[test]
fn a_filter_about_more_than_a_row_needs_the_whole() {
    for filter in [
        "",
        "id:a",
        "link:b",
        "before:event(a)",
        "changed:yes",
        "nonsense:x",
        "tag:",
    ] {
        assert!(
            RowSelection::new(filter, Arc::default()).is_none(),
            "{filter}"
        );
    }
    let timeline = program::read("tests/frames/timelines/harbour.toml").into_bytes();
    assert!(!check(&[("a.toml".to_owned(), timeline)], "logon"));
}

#[test]
fn rows_with_ids_or_markings_need_the_whole() {
    let marked = "datetime,message,tlp\n2021,a,RED\n2021,b,CLEAR\n";
    assert!(!check(&[("a.csv".to_owned(), marked.into())], "b"));
    let named = program::written(&program::open("harbour").timeline, "jsonl");
    assert!(!check(&[("a.jsonl".to_owned(), named.into())], "logon"));
}
