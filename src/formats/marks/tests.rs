//! Marks files: what is read of them, and what an edit leaves as it was.

use crate::diagnostic::{FileId, SourceText, TextPlace};
use crate::timeline::term::Tlp;
use crate::timeline::{ItemEdit, MarkEdit, MarkedItem, RowPrint};

use super::{UnwritableMarks, edited, read};

fn row(line: u32, print: Option<u32>, edit: MarkEdit) -> ItemEdit {
    ItemEdit {
        of: "a.csv".to_owned(),
        item: MarkedItem::Row {
            line,
            print: print.map(RowPrint),
        },
        edit,
        place: TextPlace::default(),
        marking: None,
    }
}

fn event(id: &str, edit: MarkEdit) -> ItemEdit {
    ItemEdit {
        item: MarkedItem::Event(id.to_owned()),
        ..row(0, None, edit)
    }
}

fn tag(tag: &str) -> MarkEdit {
    MarkEdit::Tag(tag.to_owned())
}

fn note(note: &str) -> MarkEdit {
    MarkEdit::Note(note.to_owned())
}

#[track_caller]
fn check(text: &str, edits: &[ItemEdit], expected: &str) {
    let written = edited(text, edits).expect("it is a marks file");
    assert_eq!(written, expected);
    let (_, findings) = read(
        &SourceText::new("a.csv.marks.toml", written.as_str()),
        FileId(0),
    );
    assert_eq!(findings, [], "{written}");
    assert_eq!(edited(&written, edits).as_deref(), Ok(expected), "twice");
}

#[test]
fn the_first_marks_make_a_file_that_is_sorted() {
    check(
        "",
        &[
            event("web-shell", note("Ask \"them\".")),
            row(12, Some(0x1f), MarkEdit::Star(true)),
            row(3, Some(0xc3f0_a1d2), tag("ioc")),
            row(12, Some(0x1f), tag("host")),
        ],
        "format = 1\n\n[[marks]]\nof    = \"a.csv\"\nline  = 3\nprint = \"c3f0a1d2\"\ntags  = [\"ioc\"]\n\n\
         [[marks]]\nof    = \"a.csv\"\nline  = 12\nprint = \"0000001f\"\nstar  = true\ntags  = [\"host\"]\n\n\
         [[marks]]\nof    = \"a.csv\"\nevent = \"web-shell\"\nnote  = \"Ask \\\"them\\\".\"\n",
    );
}

const WRITTEN: &str = r#"# Marks of the night shift.

by = "Ana"   # on call
format = 1

# The entry point.
[[marks]]
of   = "a.csv"
line = 3   # was 2
tags = [ 'ioc' ]   # sure
note = """
Two
lines."""

[[marks]]
of = "b.csv"
line = 1
star = true
# Ben has seen it.
"#;

#[test]
fn an_edit_leaves_comments_and_the_other_marks_as_they_are() {
    let expected = WRITTEN
        .replace("[ 'ioc' ]", "[\"ioc\", \"host\"]")
        .replace("lines.\"\"\"\n", "lines.\"\"\"\nstar  = true\n");
    let edits = [
        row(3, None, tag("host")),
        row(3, None, MarkEdit::Star(true)),
    ];
    check(WRITTEN, &edits, &expected);
    let expected = WRITTEN
        .replace("\"\"\"\nTwo\nlines.\"\"\"", "\"One\"")
        .replace("note = \"One\"\n", "note = \"One\"\nprint = \"00000007\"\n");
    check(WRITTEN, &[row(3, Some(7), note("One"))], &expected);
    check(WRITTEN, &[row(3, None, tag("ioc"))], WRITTEN);
}

#[test]
fn a_mark_without_anything_goes_and_its_comments_stay() {
    let edits = [
        row(3, None, MarkEdit::Untag("ioc".to_owned())),
        row(3, None, note("")),
    ];
    let start = WRITTEN.find("# The entry").expect("it is there");
    let end = WRITTEN.find("[[marks]]\nof = \"b").expect("it is there");
    let (head, rest) = (WRITTEN.split_at(start).0, WRITTEN.split_at(end).1);
    check(
        WRITTEN,
        &edits,
        &format!("{head}# The entry point.\n{rest}"),
    );
}

#[test]
fn a_row_whose_line_moved_keeps_its_mark() {
    let text =
        "format = 1\n\n[[marks]]\nof = \"a.csv\"\nline = 3\nprint = \"0000001f\"\nstar = true\n";
    let expected = text
        .replace("line = 3", "line = 40")
        .replace("star = true\n", "star = true\nnote  = \"x\"\n");
    check(text, &[row(40, Some(0x1f), note("x"))], &expected);
}

#[test]
fn the_file_is_as_strictly_marked_as_its_marks_and_their_events() {
    let text = "format = 1\ntlp = \"GREEN\" # for the team\n";
    let strict = |tlp| ItemEdit {
        marking: Some(tlp),
        ..event("a", MarkEdit::Star(true))
    };
    let mark = "\n[[marks]]\nof    = \"a.csv\"\nevent = \"a\"\nstar  = true\n";
    check(text, &[strict(Tlp::Clear)], &format!("{text}{mark}"));
    let raised = text.replace("GREEN", "RED");
    check(text, &[strict(Tlp::Red)], &format!("{raised}{mark}"));
    check(
        "",
        &[strict(Tlp::Amber)],
        &format!("format = 1\ntlp = \"AMBER\"\n{mark}"),
    );
}

#[test]
fn hostile_texts_are_written_as_pictures() {
    let hostile = "a\u{1b}[2J\"\"\"\n[[marks]]\u{202e}'\\";
    let edits = [event("a", note(hostile)), event("a", tag(hostile))];
    let written = edited("", &edits).expect("it is a marks file");
    assert!(!written.contains(['\u{1b}', '\u{202e}']), "{written}");
    let (marks, findings) = read(&SourceText::new("a", written.as_str()), FileId(0));
    assert_eq!(findings, []);
    let shown = "a␛[2J\"\"\"\n[[marks]]⟨U+202E⟩'\\";
    assert_eq!(marks.marks[0].mark.note, shown);
    assert_eq!(marks.marks[0].mark.tags, [shown]);
    let undone = [
        event("a", note("")),
        event("a", MarkEdit::Untag(hostile.to_owned())),
    ];
    assert_eq!(edited(&written, &undone).as_deref(), Ok("format = 1\n\n"));
}

#[test]
fn only_a_marks_file_is_written() {
    let star = [event("a", MarkEdit::Star(true))];
    for (text, why) in [
        ("format = 1\n[[marks]\n", UnwritableMarks::Broken),
        ("datetime,message\n2021,a\n", UnwritableMarks::Broken),
        ("[[events]]\ntitle = \"a\"\n", UnwritableMarks::NotMarks),
        (
            "marks = [{ of = \"a\", line = 2 }]\n",
            UnwritableMarks::NotMarks,
        ),
        ("format = 2\n", UnwritableMarks::OtherFormat),
    ] {
        assert_eq!(edited(text, &star), Err(why), "{text}");
    }
}

#[test]
fn a_mark_that_cannot_be_read_stays() {
    let text = "format = 1\n\n[[marks]]\nlines = 3\nstar = \"yes\"\n\n[[marks]]\nof = \"a.csv\"\nline = 9\nstar = true\n";
    let written = edited(text, &[row(4, None, MarkEdit::Star(true))]).expect("it is a marks file");
    assert!(
        written.contains("[[marks]]\nlines = 3\nstar = \"yes\"\n"),
        "{written}"
    );
    assert!(
        written.contains("line  = 4\n") && written.contains("line = 9\n"),
        "{written}"
    );
}

#[test]
fn a_marking_that_cannot_be_read_counts_as_red() {
    let marks = |text: &str| read(&SourceText::new("a.csv.marks.toml", text), FileId(0)).0;
    let mark = "[[marks]]\nof = \"a\"\nline = 2\nstar = true\n";
    for text in [
        format!("tlp = \"pink\"\n{mark}"),
        format!("tpl = \"GREEN\"\n{mark}"),
        format!("by = \"Ana\n{mark}"),
    ] {
        assert_eq!(marks(&text).tlp, Some(Tlp::Red), "{text}");
    }
    let own = marks(&format!("tlp = \"GREEN\"\n{mark}tlp = \"pink\"\n"));
    assert_eq!(
        (own.tlp, own.marks[0].mark.tlp),
        (Some(Tlp::Green), Some(Tlp::Red))
    );
    assert_eq!(own.by, "a.csv");
}

#[test]
fn twenty_thousand_marks_are_written_in_one_pass() {
    let edits: Vec<_> = (1..=20_000u32)
        .map(|line| row(line, Some(line), MarkEdit::Star(true)))
        .collect();
    let written = edited("", &edits).expect("it is a marks file");
    let (marks, findings) = read(&SourceText::new("a", written.as_str()), FileId(0));
    assert_eq!((marks.marks.len(), findings.len()), (20_000, 0));
    let again = edited(&written, &edits[..1]).expect("it is a marks file");
    assert!(again == written);
}
