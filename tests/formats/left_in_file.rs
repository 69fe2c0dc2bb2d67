//! Logs whose texts stay in their files or in packed blocks show, find and write the same as logs in columns.

use std::io::{self, Cursor, Write as _};
use std::sync::{Arc, Mutex};

use dateline::formats::progress::Progress;
use dateline::formats::{self, ExportOptions, FileBytes, FormatWriter, InputFile, OpenedTimeline};
use dateline::query::search::SearchPhrase;
use dateline::query::{Filter, Matches};
use dateline::timeline::Timeline;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::all_ways::{AllWays, in_columns, in_file};
use super::chosen::samples;
use super::streams::{CHUNK_SIZE, rows};
use crate::support::logs;

/// Filters for what is in a log, and for what is not.
fn filters(timeline: &Timeline) -> Vec<String> {
    let mut filters: Vec<String> = [
        "",
        "logon",
        "a",
        "e.",
        "untitled",
        "\"(untitled)\"",
        "title:the",
        "summary:user",
        "has:summary",
        "-has:summary",
        "attribute:*",
        "attribute:nowhere",
        "attribute:nowhere=x",
        "attribute:",
        "\u{e9}",
        "\\",
        "\"\\\"\"",
    ]
    .map(str::to_owned)
    .into();
    for event in timeline.events().take(2) {
        let words = event.title().split_whitespace().take(2).collect::<Vec<_>>();
        filters.push(format!("{:?}", words.join(" ")));
        for (name, value) in event.attributes() {
            let part: String = value.chars().skip(1).take(5).collect();
            filters.extend([
                format!("attribute:{name:?}"),
                format!("attribute:{:?}", format!("{name}={value}")),
                format!("attribute:{:?}", format!("{name}=*{part}*")),
                format!("{part:?}"),
            ]);
        }
    }
    filters.sort();
    filters.dedup();
    filters
}

#[test]
fn each_sample_says_the_same() {
    let mut paged = 0;
    for folder in ["logs", "presets"] {
        for (name, bytes) in samples(folder) {
            let log = AllWays::new(&name, &bytes);
            log.same_events();
            paged += usize::from(log.is_paged());
            let again = AllWays::new(&name, &bytes);
            again.same_answers(&filters(&log.columns.timeline));
        }
    }
    assert!(paged > 40, "{paged}");
}

#[test]
fn each_sample_is_written_alike() {
    for (name, bytes) in samples("logs") {
        let log = AllWays::new(&name, &bytes);
        for writer in ["jsonl", "csv", "markdown"] {
            let writer = FormatWriter::find(writer).expect("the format exists");
            let all = |it: &OpenedTimeline| Matches::everything(it.timeline.len());
            log.same(writer.name, |it| {
                (writer.write)(&it.timeline, &ExportOptions::new(&all(it)))
            });
        }
    }
}

/// Lines of a log in an order that is not that of their times.
fn shuffled(text: &str, header: usize) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut numbers = 7_u64;
    for at in (header + 1..lines.len()).rev() {
        numbers = numbers
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let other = usize::try_from(numbers >> 33).expect("64 bits") % (at + 1 - header);
        lines.swap(at, header + other);
    }
    lines.join("\n") + "\n"
}

#[test]
fn a_log_of_several_chunks_says_the_same_in_any_order() {
    for (form, header) in [("csv", 1), ("jsonl", 0)] {
        let text = logs::text(form, 3_500);
        assert!(text.len() > 17 * CHUNK_SIZE, "{}", text.len());
        for text in [shuffled(&text, header), text] {
            let log = AllWays::new(&format!("a.{form}"), text.as_bytes());
            log.same_answers(&[
                "NEEDLE-LAST".into(),
                "rare-beacon -encoded".into(),
                "attribute:notes=*observed*".into(),
                "attribute:host=web-1".into(),
                "attribute:\"timestamp_desc\"".into(),
                "tag:ioc".into(),
            ]);
            log.same_events();
        }
    }
}

/// Rows that a chunk reads by what is around them: unpaired marks, bytes that are not UTF-8, several lines, too few values.
#[test]
fn odd_rows_say_the_same() {
    for form in ["csv", "jsonl"] {
        let mut rows = rows(form, 140);
        rows[10] = "\n\n".to_owned();
        if form == "csv" {
            rows[20] = "2021-08-14T10:00:00Z,\"two\nlines\",\"of, it\"\n".to_owned();
            rows[110] = "2021-08-14T10:00:00Z,row \"open,x\n".to_owned();
            rows[120] = "2021-08-14T10:00:00Z,\"row open,x\n".to_owned();
            rows[130] = "2021-08-14T10:00:00Z,short\n".to_owned();
        } else {
            rows[110] =
                "{\"datetime\":\"2021-08-14T10:00:00Z\",\"message\":\"\\u0072ow \\u0061\"}\n"
                    .to_owned();
            rows[120] = "{\"datetime\": broken\n".to_owned();
        }
        let header = if form == "csv" {
            "datetime,message,notes\n"
        } else {
            ""
        };
        let mut bytes = format!("{header}{}", rows.concat()).into_bytes();
        for at in [30_000, 30_001, CHUNK_SIZE - 4, 450_000] {
            let line = memchr::memchr(b'\n', &bytes[at..]).expect("a later line");
            bytes[at + line - 9] = b'\xff';
        }
        let log = AllWays::new(&format!("odd.{form}"), &bytes);
        log.same_answers(&[
            "row".into(),
            "two".into(),
            "short".into(),
            "sp\u{e4}te".into(),
            "row a".into(),
        ]);
        log.same_events();
        let marked = [b"\xEF\xBB\xBF".as_slice(), &bytes].concat();
        AllWays::new(&format!("marked.{form}"), &marked).same_events();
    }
}

/// A file that changes while it is open.
#[derive(Default)]
struct ChangingFile(Mutex<Vec<u8>>);

impl FileBytes for ChangingFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.lock().expect("no panic").read_at(into, offset)
    }
}

#[test]
fn no_words_of_another_version_of_the_file_are_shown() {
    let text = logs::text("csv", 2_000);
    let all = |timeline: &Timeline| -> Vec<String> {
        timeline.events().map(|it| it.title().to_owned()).collect()
    };
    let titles = |change: &dyn Fn(&mut Vec<u8>)| {
        let file = Arc::new(ChangingFile(Mutex::new(text.clone().into_bytes())));
        let opened = in_file("a.csv", text.as_bytes(), Arc::<ChangingFile>::clone(&file));
        change(&mut file.0.lock().expect("no panic"));
        let beacon = SearchPhrase::new("rare-beacon").expect("a word");
        (
            all(&opened.timeline),
            beacon.events(&opened.timeline).counts().surely,
        )
    };
    let known = all(&in_columns("a.csv", text.as_bytes()).timeline);
    let changed = "(the file has changed; reload it)";
    assert_eq!(
        titles(&|bytes| bytes.extend(b"2021,more\n")),
        (known.clone(), 19)
    );
    let (of_other, found) = titles(&|bytes| bytes.make_ascii_uppercase());
    assert!(
        of_other.iter().all(|title| title == changed) && found == 0,
        "{found}"
    );
    let (shorter, _) = titles(&|bytes| bytes.truncate(text.len() / 2));
    let (cut, left): (Vec<_>, Vec<_>) = shorter
        .iter()
        .zip(&known)
        .partition(|(title, _)| *title == changed);
    assert!(
        cut.len() > 900 && left.len() > 900,
        "{} of {}",
        cut.len(),
        known.len()
    );
    assert!(left.iter().all(|(title, known)| title == known));
}

#[test]
fn texts_that_were_shown_are_freed_and_read_again() {
    let text = logs::text("csv", 2_000);
    let mut opened = in_file(
        "a.csv",
        text.as_bytes(),
        Arc::new(text.clone().into_bytes()),
    );
    let timeline = &mut opened.timeline;
    let filter = "NEEDLE-LAST attribute:notes=*observed*";
    let filter = Filter::parse(timeline, filter).expect("there are attributes");
    assert_eq!(filter.matches(timeline).counts().surely, 1);
    assert_eq!(timeline.pages_in_memory(), 0);
    let title = |timeline: &Timeline| {
        timeline
            .events()
            .next_back()
            .map(|it| it.title().to_owned())
    };
    let last = title(timeline);
    assert_eq!(timeline.pages_in_memory(), 1);
    timeline.forget_pages();
    assert_eq!(timeline.pages_in_memory(), 0);
    assert!(last.is_some_and(|it| it.contains("NEEDLE-LAST")));
    assert_eq!(
        title(timeline),
        title(&in_columns("a.csv", text.as_bytes()).timeline)
    );
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

#[test]
fn packed_logs_and_those_in_utf_16_say_the_same() {
    let mut logs = samples("packed");
    logs.retain(|(name, _)| name.starts_with("hayabusa"));
    for (name, bytes) in samples("logs") {
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let marked = format!("\u{feff}{text}");
            let wide = marked.encode_utf16().flat_map(u16::to_be_bytes);
            logs.push((format!("wide {name}"), wide.collect()));
        }
        logs.push((format!("{name}.gz"), gzip(&bytes)));
    }
    let mut paged = 0;
    for (name, bytes) in &logs {
        let log = AllWays::new(name, bytes);
        log.same_events();
        paged += usize::from(log.is_paged());
    }
    assert!(paged > 20 && logs.len() > 30, "{paged} of {}", logs.len());
}

#[test]
fn a_log_of_several_chunks_from_a_packed_file_says_the_same() {
    let text = logs::text("csv", 4_000);
    let log = AllWays::new("a.csv.gz", &gzip(text.as_bytes()));
    log.same_answers(&["NEEDLE-LAST".into(), "rare-beacon -encoded".into()]);
    log.same_events();
    assert!(log.is_paged());
    let half = &text.as_bytes()[..text.len() / 2];
    AllWays::new("half.csv", half).same_events();
}

/// The error, if a log cannot be read.
fn failure(bytes: &[u8], leaves_texts: bool) -> Option<String> {
    let mut input = InputFile::new("a.csv", Box::new(Cursor::new(bytes.to_vec())), None);
    if leaves_texts {
        input = input.leaving_texts(0);
    }
    let opened = formats::open_files(vec![input], &Progress::default());
    opened.err().map(|error| error.to_string())
}

#[test]
fn a_packed_log_that_breaks_off_or_is_damaged_is_refused_alike() {
    let whole = gzip(logs::text("csv", 4_000).as_bytes());
    let mut wrong_sum = whole.clone();
    let sum = whole.len() - 5;
    wrong_sum[sum] ^= 1;
    for (bytes, expected) in [
        (&whole[..whole.len() - 1], "breaks off"),
        (&whole[..whole.len() / 2], "breaks off"),
        (&wrong_sum, "is damaged"),
    ] {
        let refused = failure(bytes, true);
        assert!(
            refused.as_ref().is_some_and(|it| it.contains(expected)),
            "{refused:?}"
        );
        assert_eq!(refused, failure(bytes, false));
    }
}
