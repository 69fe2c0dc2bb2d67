//! Logs that arrive in chunks give the same findings as whole logs, though only the lines that findings quote are kept.

use std::io::{self, Read};

use dateline::cli::check::check_texts;
use dateline::diagnostic::SourceText;
use dateline::formats::progress::Progress;
use dateline::formats::{self, FormatReader, InputFile, OpenedTimeline, TableColumns};
use dateline::timeline::Event;

use super::sample;

pub fn read(name: &str, bytes: &[u8]) -> OpenedTimeline {
    let progress = Progress::default();
    let file = InputFile::new(name, Box::new(bytes), None);
    formats::open_files(vec![file], &progress).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The bytes of a chunk in tests: with the usual megabytes, a log of several chunks takes seconds to read here.
pub const CHUNK_SIZE: usize = 1 << 16;

pub fn read_in_chunks(name: &str, bytes: &[u8]) -> OpenedTimeline {
    let file = InputFile::new(name, Box::new(bytes), None).in_chunks_of(CHUNK_SIZE);
    formats::open_files(vec![file], &Progress::default()).unwrap_or_else(|it| panic!("{it}"))
}

/// Rows of some thousand bytes each: fifteen or fewer are in a chunk.
pub fn rows(form: &str, count: usize) -> Vec<String> {
    let filler = "späte 日本 ".repeat(300);
    let row = |row: usize| {
        let when = format!("2021-08-14T{:02}:{:02}:00Z", row / 60 % 24, row % 60);
        match form {
            "csv" => format!("{when},row {row},{filler}\n"),
            _ => format!(
                "{{\"datetime\":\"{when}\",\"message\":\"row {row}\",\"notes\":\"{filler}\"}}\n"
            ),
        }
    };
    (0..count).map(row).collect()
}

/// The names of the readers of the files.
fn formats_of(reading: &OpenedTimeline) -> Vec<&'static str> {
    let readers = reading.files.iter().filter_map(|file| file.reader);
    readers.map(|reader| reader.name).collect()
}

fn titles(reading: &OpenedTimeline) -> usize {
    let titles = reading.timeline.events().map(Event::title);
    titles.filter(|title| title.starts_with("row ")).count()
}

#[test]
fn a_finding_deep_in_a_log_quotes_its_line() {
    let mut bytes = b"datetime,message,notes\n".to_vec();
    let mut rows = rows("csv", 80);
    rows[70] = "2021-08-14T10:00:00Z,a,b,c\n".to_owned();
    rows[75] = "soon,row,x\n".to_owned();
    bytes.extend(rows.concat().into_bytes());
    assert!(bytes.len() > 3 * CHUNK_SIZE, "{}", bytes.len());
    let damaged = bytes.len() - 300;
    bytes[damaged] = b'\xff';
    let reading = read_in_chunks("a.csv", &bytes);
    let kinds_and_lines: Vec<_> = (reading.findings.iter())
        .map(|it| {
            (
                it.kind.name,
                reading.texts[0].position(it.place.start()).line,
            )
        })
        .collect();
    let expected = [("row-unreadable", 72), ("date-not-edtf", 77)];
    assert_eq!(kinds_and_lines[..2], expected);
    assert_eq!(kinds_and_lines[2], ("not-utf8", 81));
    assert_eq!(reading.texts[0].line(72), "2021-08-14T10:00:00Z,a,b,c");
    assert_eq!(reading.texts[0].line(30), "", "no finding quotes the line");
    assert_eq!(formats_of(&reading), ["log"]);

    let whole = SourceText::from_bytes("a.csv", bytes);
    let (timeline, findings) = formats::open(std::slice::from_ref(&whole));
    assert_eq!(findings, reading.findings);
    assert_eq!(timeline.len(), reading.timeline.len());
    for (one, other) in timeline.events().zip(reading.timeline.events()) {
        let (one, other) = (one.place(), other.place());
        assert_eq!(one, other);
        assert_eq!(
            whole.position(one.start()),
            reading.texts[0].position(one.start())
        );
    }
    for finding in &findings {
        let place = finding.place;
        assert_eq!(
            whole.position(place.start()),
            reading.texts[0].position(place.start())
        );
    }
}

#[test]
fn a_log_in_utf_16_is_read_in_chunks() {
    let text = sample("hayabusa.csv");
    let marked = format!("\u{feff}{text}");
    let bytes: Vec<u8> = (marked.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let reading = read("a.csv", &bytes);
    let kinds: Vec<_> = reading.findings.iter().map(|it| it.kind.name).collect();
    assert_eq!(kinds, ["not-utf8"]);
    let (timeline, _) = formats::open(&[SourceText::new("a.csv", text)]);
    let places = |timeline: &dateline::timeline::Timeline| {
        let events = timeline.events();
        let places = events.map(|it| (it.key().into_owned(), it.place()));
        places.collect::<Vec<_>>()
    };
    assert_eq!(places(&reading.timeline), places(&timeline));
}

/// Yields some bytes, and then runs a function.
struct ReadThen<'b, F>(&'b [u8], F);

impl<F: FnMut() -> io::Result<()>> Read for ReadThen<'_, F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            (self.1)()?;
        }
        self.0.read(into)
    }
}

#[test]
fn stopped_reading_keeps_everything_before_the_reported_place() {
    for form in ["csv", "jsonl"] {
        let rows = rows(form, 200);
        let head = if form == "csv" {
            "datetime,message,notes\n"
        } else {
            ""
        };
        let text = format!("{head}{}", rows.concat());
        let (first, rest) = text.as_bytes().split_at(text.len() / 2);
        let progress = Progress::default();
        let stop = ReadThen(first, || {
            progress.stop();
            Ok(())
        });
        let source = Box::new(stop.chain(rest));
        let size = Some(text.len() as u64);
        let file = InputFile::new("a.log", source, size).in_chunks_of(CHUNK_SIZE);
        let reading = formats::open_files(vec![file], &progress).expect("bytes in memory");
        let kinds: Vec<_> = reading.findings.iter().map(|it| it.kind.name).collect();
        assert_eq!(kinds, ["reading-stopped"]);
        let at = reading.findings[0].place.start();
        let left = titles(&reading);
        // The reader may finish the chunk that it has begun.
        let latest = first.len() + CHUNK_SIZE;
        assert!(at > text.len() / 4 && at <= latest, "{form}: {at}");
        assert!(at < text.len(), "{form}: part of the log is unread");
        assert!(text.get(at..) == Some(&rows[left..].concat()), "{form}");
        assert_eq!(
            reading.texts[0].line_of(at),
            1 + left + head.lines().count()
        );
        assert!((25..99).contains(&progress.percent()), "{form}");
    }
}

#[test]
fn a_file_that_fails_midway_is_not_a_timeline() {
    let text = format!("datetime,message,notes\n{}", rows("csv", 60).concat());
    let progress = Progress::default();
    let torn = ReadThen(text.as_bytes(), || {
        Err(io::Error::other("the cable is out"))
    });
    let file = InputFile::new("a.csv", Box::new(torn), None).in_chunks_of(CHUNK_SIZE);
    let failure = formats::open_files(vec![file], &progress).err();
    let said = failure.map(|failure| failure.to_string());
    assert_eq!(
        said.as_deref(),
        Some("cannot read `a.csv`: the cable is out")
    );
}

#[test]
fn progress_ends_with_the_file() {
    for name in ["hayabusa.csv", "plaso.jsonl"] {
        let text = sample(name);
        let progress = Progress::default();
        let size = Some(text.len() as u64);
        let file = InputFile::new(name, Box::new(text.as_bytes()), size);
        assert!(formats::open_files(vec![file], &progress).is_ok());
        assert_eq!(progress.percent(), 99, "{name}");
    }
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"A\"\n";
    let progress = Progress::default();
    let size = Some(text.len() as u64);
    let file = InputFile::new("a.toml", Box::new(text.as_bytes()), size);
    let reading = formats::open_files(vec![file], &progress).expect("bytes in memory");
    assert_eq!(progress.percent(), 99);
    assert_eq!(formats_of(&reading), ["timeline"]);
    assert!(!reading.files[0].is_marked);
}

/// A report quotes lines, which must be among those that are kept.
#[test]
fn a_report_is_the_same_with_and_without_the_whole_text() {
    let far = "\n".repeat(70);
    let near = "\n".repeat(20);
    let event = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\n";
    let view = "[views.v]\nfilter = \"nonsense:x\"\ngroup = \"b\"\n";
    for text in [
        format!("{event}{far}{event}"),
        format!("{event}{near}{event}# between\n{near}{event}"),
        format!("{event}{view}"),
    ] {
        let reading = read("a.toml", text.as_bytes());
        assert_eq!(reading.texts[0].text(), "");
        assert!(!reading.findings.is_empty());
        let mut whole = Vec::new();
        let source = [SourceText::new("a.toml", text)];
        check_texts(&source, &mut whole, false).expect("a vector takes everything");
        let mut kept = Vec::new();
        dateline::cli::check::print_findings(&reading.texts, &reading.findings, &mut kept, false)
            .expect("a vector takes everything");
        assert_eq!(
            String::from_utf8_lossy(&kept),
            String::from_utf8_lossy(&whole)
        );
    }
}

/// The reader must go to the end of the text to find that a quotation mark is unpaired.
#[test]
fn an_unpaired_quotation_mark_loses_only_its_own_row() {
    let mut rows = rows("csv", 100);
    rows[4] = "2021-08-14T10:00:00Z,\"row 4,x\n".to_owned();
    let text = format!("datetime,message,notes\n{}", rows.concat());
    assert!(text.len() > 5 * CHUNK_SIZE, "{}", text.len());
    let reading = read_in_chunks("a.csv", text.as_bytes());
    let kinds_and_texts: Vec<_> = (reading.findings.iter())
        .map(|it| (it.kind.name, text.get(it.place.range())))
        .collect();
    assert_eq!(
        kinds_and_texts,
        [("row-unreadable", Some(rows[4].trim_end()))]
    );
    assert_eq!(titles(&reading), 99);
    let last = reading.timeline.events().map(|it| it.place().range().end);
    assert_eq!(last.max(), Some(text.len() - 1));
}

/// Objects over several lines, and in a list; enough for several chunks.
#[test]
fn objects_over_several_lines_are_read_one_by_one() {
    let notes = "}, {\\\"日本\\n".repeat(400);
    let object = |row: usize, between: &str| {
        format!(
            "{{{between}\"datetime\": \"2021-08-14T10:00:00Z\",{between}\"message\": \"row {row}\",\
             {between}\"inner\": [{{\"a\":1}},{{\"b\":2}}],{between}\"notes\": \"{notes}\"}}"
        )
    };
    for (head, within, between, tail) in [
        ("", "\n    ", "\n", "\n"),
        ("[\n", "\n    ", ",\n", "\n]\n"),
        ("[", "", ",", "]"),
    ] {
        let mut objects: Vec<_> = (0..240).map(|row| object(row, within)).collect();
        objects[150] = "{\"message\": \"row\" \"x\"}".to_owned();
        let text = format!("{head}{}{tail}", objects.join(between));
        assert!(text.len() > 9 * CHUNK_SIZE, "{}", text.len());
        let reading = read_in_chunks("a.json", text.as_bytes());
        let kinds_and_texts: Vec<_> = (reading.findings.iter())
            .map(|it| (it.kind.name, text.get(it.place.range())))
            .collect();
        assert_eq!(
            kinds_and_texts,
            [("row-unreadable", Some("\""))],
            "{between:?}"
        );
        assert_eq!(reading.timeline.len(), 239, "{between:?}");
        assert_eq!(titles(&reading), 239, "{between:?}");
        let mut keys: Vec<_> = reading.timeline.events().map(Event::key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 239, "{between:?}");
        for (row, event) in reading.timeline.events().enumerate().step_by(7) {
            let row = row + usize::from(row >= 150);
            let written = text.get(event.place().range());
            assert_eq!(written, Some(objects[row].as_str()));
        }
    }
}

#[test]
fn the_format_and_the_columns_of_a_log_of_any_size_are_known_from_its_beginning() {
    let text = "datetime,message,computer\n2024-01-02T03:04:05Z,in,web-1\n";
    // More than a text in memory can have.
    let file = || InputFile::new("big.csv", Box::new(text.as_bytes()), Some(15 << 30));
    let format = formats::format_of(file()).expect("it can be read");
    assert!(format.is_some_and(FormatReader::is_table));
    let columns = formats::columns_of(file()).expect("it can be read");
    let columns = columns.expect("it is a table");
    assert!(columns.contains("datetime"), "{columns}");
    let asked = TableColumns::of_file(file()).expect("it can be read");
    assert!(asked.is_some());
    // A text that must be read as a whole is refused before memory is asked for.
    let json = InputFile::new("big.json", Box::new(&b"{\"a\": 1}"[..]), Some(15 << 30));
    let refused = formats::open_files(vec![json], &Progress::default());
    let refused = refused.err().expect("it is too large").to_string();
    assert!(refused.contains("15360 MiB"), "{refused}");
}
