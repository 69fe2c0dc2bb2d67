//! Long logs: read in stretches by several threads, and the same as if read in one go.

use std::fmt::Write as _;

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;

/// Several stretches of a log in which line breaks stand between quotation marks.
fn long(rows: usize, with: impl Fn(usize) -> Option<String>) -> String {
    let mut text = String::from("datetime,message,notes\n");
    let filler = "line one\nline \"\"two\"\", ".repeat(12);
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
    let told = (findings.iter())
        .map(|it| (it.kind.name, source.position(it.place.start()).line))
        .collect();
    (timeline, told)
}

#[test]
fn a_long_log_is_read_whole() {
    let text = long(80_000, |_| None);
    assert!(text.len() > 2 << 23, "{}", text.len());
    let (timeline, told) = open(&text);
    assert_eq!((timeline.len(), told.len()), (80_000, 0));
    for (row, event) in timeline.events().enumerate() {
        assert_eq!(event.title(), format!("row {row}"));
        let notes = event
            .attributes()
            .map(|(_, value)| value.len())
            .sum::<usize>();
        assert_eq!(notes, 12 * "line one\nline \"two\", ".len() - 1);
    }
}

/// A mark without a partner turns what is inside and outside of quotation marks around, so that stretches seem to
/// begin where none does.
#[test]
fn a_quotation_mark_without_a_partner_takes_nothing_with_it() {
    let text = long(80_000, |row| {
        (row == 40_000).then(|| "2021-08-14T12:00:00Z,\"lost,x\n".to_owned())
    });
    let (timeline, told) = open(&text);
    let line = 2 + 40_000 * 13;
    assert_eq!(told.first(), Some(&("row-unreadable", line)));
    assert!(told.len() <= 2, "{told:?}");
    assert_eq!(timeline.len(), 80_000);
    assert!(timeline.events().any(|event| event.title() == "\"lost"));
    let plain = long(80_000, |row| {
        (row == 40_000).then(|| "2021-08-14T12:00:00Z,5\" disk,x\n".to_owned())
    });
    let (timeline, told) = open(&plain);
    assert_eq!((timeline.len(), told.len()), (80_000, 0));
}
