//! Several threads read a long log in chunks, with the same result as one thread.

use std::fmt::Write as _;

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;

use super::streams::{CHUNK_SIZE, read_in_chunks};

/// Several chunks of a log with line breaks between quotation marks.
fn long(rows: usize, with: impl Fn(usize) -> Option<String>) -> String {
    let mut text = String::from("datetime,message,notes\n");
    let filler = "line one\nline \"\"two\"\", ".repeat(120);
    for row in 0..rows {
        match with(row) {
            Some(line) => text.push_str(&line),
            None => writeln!(
                text,
                "2021-08-14T{:02}:{:02}:{:02}Z,row {row},\"{filler}\"",
                row / 3600 % 24,
                row / 60 % 60,
                row % 60
            )
            .expect("a string"),
        }
    }
    text
}

/// The events, and the kinds of the findings with their lines.
fn opened_in_chunks(text: &str) -> (Timeline, Vec<(&'static str, usize)>) {
    let opened = read_in_chunks("long.csv", text.as_bytes());
    let source = &opened.texts[0];
    let kinds_and_lines = (opened.findings.iter())
        .map(|it| (it.kind.name, source.position(it.place.start()).line))
        .collect();
    (opened.timeline, kinds_and_lines)
}

#[test]
fn a_long_log_is_read_whole() {
    let text = long(8_000, |_| None);
    assert!(text.len() > 2 << 23, "{}", text.len());
    let (timeline, findings) = formats::open(&[SourceText::new("long.csv", text)]);
    assert_eq!((timeline.len(), findings.len()), (8_000, 0));
    for (row, event) in timeline.events().enumerate() {
        assert_eq!(event.title(), format!("row {row}"));
        let notes = event
            .attributes()
            .map(|(_, value)| value.len())
            .sum::<usize>();
        assert_eq!(notes, 120 * "line one\nline \"two\", ".len() - 1);
    }
}

/// An unpaired quotation mark swaps the inside and the outside of the quotations behind it, and so the apparent starts
/// of chunks.
#[test]
fn an_unpaired_quotation_mark_loses_no_other_row() {
    let text = long(800, |row| {
        (row == 400).then(|| "2021-08-14T12:00:00Z,\"lost,x\n".to_owned())
    });
    assert!(text.len() > 20 * CHUNK_SIZE, "{}", text.len());
    let (timeline, findings) = opened_in_chunks(&text);
    let line = 2 + 400 * 121;
    assert_eq!(findings.first(), Some(&("row-unreadable", line)));
    assert!(findings.len() <= 2, "{findings:?}");
    assert_eq!(timeline.len(), 800);
    assert!(timeline.events().any(|event| event.title() == "\"lost"));
    let plain = long(800, |row| {
        (row == 400).then(|| "2021-08-14T12:00:00Z,5\" disk,x\n".to_owned())
    });
    let (timeline, findings) = opened_in_chunks(&plain);
    assert_eq!((timeline.len(), findings.len()), (800, 0));
}
