//! Several threads read a long log in chunks, with the same result as one thread.

use std::fmt::Write as _;

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;

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

fn open(text: &str) -> (Timeline, Vec<(&'static str, usize)>) {
    let source = SourceText::new("long.csv", text);
    let (timeline, findings) = formats::open(std::slice::from_ref(&source));
    let kinds_and_lines = (findings.iter())
        .map(|it| (it.kind.name, source.position(it.place.start()).line))
        .collect();
    (timeline, kinds_and_lines)
}

#[test]
fn a_long_log_is_read_whole() {
    let text = long(8_000, |_| None);
    assert!(text.len() > 2 << 23, "{}", text.len());
    let (timeline, findings) = open(&text);
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
    let text = long(8_000, |row| {
        (row == 4_000).then(|| "2021-08-14T12:00:00Z,\"lost,x\n".to_owned())
    });
    let (timeline, findings) = open(&text);
    let line = 2 + 4_000 * 121;
    assert_eq!(findings.first(), Some(&("row-unreadable", line)));
    assert!(findings.len() <= 2, "{findings:?}");
    assert_eq!(timeline.len(), 8_000);
    assert!(timeline.events().any(|event| event.title() == "\"lost"));
    let plain = long(8_000, |row| {
        (row == 4_000).then(|| "2021-08-14T12:00:00Z,5\" disk,x\n".to_owned())
    });
    let (timeline, findings) = open(&plain);
    assert_eq!((timeline.len(), findings.len()), (8_000, 0));
}
