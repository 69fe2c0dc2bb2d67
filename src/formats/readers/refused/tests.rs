//! What is said of files of other programs; and that a damaged timeline is not taken for one.

use super::*;
use crate::diagnostic::{FOREIGN_FORMAT, UNKNOWN_LOG};
use crate::formats::progress::Progress;
use crate::formats::readers::recognise::{self, Recognition};
use crate::formats::{InputFile, TableOptions, open_files};

/// The findings in a file, which must be one error of under 2 KB, and not show any events or marking.
#[track_caller]
fn only_finding(bytes: &[u8]) -> Diagnostic {
    let file = InputFile::new("a", Box::new(bytes), Some(bytes.len() as u64));
    let reading = open_files(vec![file], &Progress::default()).expect("bytes can be read");
    let [finding] = &reading.findings[..] else {
        panic!("{:#?}", reading.findings);
    };
    assert!(finding.is_error());
    assert!(reading.timeline.is_empty());
    assert_eq!(reading.timeline.effective_marking(), None);
    assert!(reading.files.iter().all(|file| file.reader.is_none()));
    let text = &reading.texts[0];
    assert!(!text.line(text.line_of(finding.place.start())).is_empty());
    let words = finding.help.iter().map(String::len).sum::<usize>();
    assert!(words + finding.message.len() + finding.label.len() < 1600);
    finding.clone()
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let finding = only_finding(bytes);
    assert_eq!(*finding.kind, FOREIGN_FORMAT);
    let message = format!("the file is {expected}, which dateline does not read");
    assert_eq!(finding.message, message);
    let advice = finding.help.join("\n");
    assert!(!advice.is_empty(), "{message}");
}

/// Bytes like those of a compressed file.
fn noise() -> Vec<u8> {
    let numbers =
        (0..3000_u32).map(|number| number.wrapping_mul(2_654_435_761).rotate_left(number % 31));
    numbers.flat_map(u32::to_le_bytes).collect()
}

#[test]
fn the_first_bytes_show_what_a_file_is() {
    let with_noise = |magic: &[u8]| [magic, &noise()].concat();
    let files: [(&[u8], &str); 17] = [
        (
            b"PK\x03\x04\x14\0\0\0\0\0xl/workbook.xml",
            "a damaged workbook",
        ),
        (
            b"PK\x03\x04\x14\0\0\0\0\0a.csv",
            "a ZIP archive or an office document",
        ),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"ElfFile\0", "a Windows event log (EVTX)"),
        (b"PAR1", "a Parquet table"),
        (
            b"version https://git-lfs.github.com/spec/v1\n",
            "a pointer of Git LFS",
        ),
        (b"BZh91AY&SY", "packed with bzip2"),
        (b"\xFD7zXZ\0", "packed with xz"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a damaged workbook"),
        (b"\x7FELF\x02\x01", "a program"),
        (b"MZ\x90\0\x03", "a program"),
        (b"\xFF\xFE\0\0d\0\0\0", "text as UTF-32"),
        (b"tlp = \xFF\0", "not text"),
        (b"datetime", "not text"),
        (b"", "not text"),
    ];
    for (magic, expected) in files {
        check(&with_noise(magic), expected);
    }
    let without_nul: Vec<u8> = noise().into_iter().filter(|&byte| byte != 0).collect();
    check(&without_nul, "not text");
}

#[test]
fn the_first_lines_show_what_a_text_is() {
    let ten = |line: &str| line.repeat(12);
    let files = [
        (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned(),
            "a calendar (ICS)",
        ),
        ("<!doctype html><html>".to_owned(), "an HTML page"),
        (
            "\u{feff}<?xml version=\"1.0\"?><Events>".to_owned(),
            "an XML document",
        ),
        ("<Events><Event/></Events>".to_owned(), "an XML document"),
        (
            "---\ntitle: A, b\ndate: 2021\n---\n".to_owned(),
            "a YAML document, or a text with front matter",
        ),
        (
            "+++\ntitle = \"A\"\n+++\n".to_owned(),
            "a text with front matter",
        ),
        (ten("2021-08: First access\n"), "a timeline of markwhen"),
        (
            ten("when: \"2021\"\ntitle: First access\n"),
            "YAML or something like it",
        ),
        (
            ten("Jan  1 10:00:00 host sshd[7]: failed, uid=0\nx\n"),
            "neither TOML nor a table",
        ),
    ];
    for (text, expected) in files {
        check(text.as_bytes(), expected);
    }
}

#[test]
fn a_table_whose_columns_do_not_say_when_and_what_is_one_question() {
    for delimiter in [",", ";", "\t", "|"] {
        for start in ["", "\u{feff}", "\r\n", "sep=D\r\n"] {
            let text = format!(
                "{start}Host,Code\r\n{}",
                "\"web 1\"\"\r\nx\",7\r\n".repeat(30)
            );
            let text = text
                .replace(',', delimiter)
                .replace("=D", &format!("={delimiter}"));
            let finding = only_finding(text.as_bytes());
            assert_eq!(*finding.kind, UNKNOWN_LOG);
            assert_eq!(finding.label, "found `Host`, `Code`");
        }
    }
    let asked = |text: &str| {
        let finding = only_finding(text.as_bytes());
        (finding.message, finding.help[0].clone())
    };
    let (message, help) = asked("Host,Code\nweb-1,7\nweb-2,8\n");
    let none = "unrecognised columns: no column has dates, and none says what happened";
    assert_eq!(message, none);
    let map =
        "name the columns: `--map when=COLUMN,title=COLUMN`, where COLUMN is `Host` or `Code`";
    assert_eq!(help, map);
    let (message, help) = asked("Event,Code\nLogged on,7\nLogged off,8\n");
    assert_eq!(message, "unrecognised columns: no column has dates");
    let map = "name the columns: `--map when=COLUMN,title=Event`, where COLUMN is `Code`";
    assert_eq!(help, map);
    let (message, help) = asked("Date,A,B\n2021-01-02,x y,z z\n2021-01-03,x y,z z\n");
    assert_eq!(
        message,
        "unrecognised columns: no column is sure to say what happened"
    );
    let map = "name the columns: `--map when=Date,title=COLUMN`, where COLUMN is `A` or `B`";
    assert_eq!(help, map);
    let names: Vec<String> = (0..3000).map(|number| format!("{number:0>90}")).collect();
    let wide = only_finding(format!("{}\n{}\n", names.join(","), names.join(",")).as_bytes());
    assert!(wide.label.ends_with("…`, …"), "{}", wide.label);
}

#[test]
fn utf_16_without_a_mark_is_recognised_as_with_one() {
    let bytes =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let finding = only_finding(&bytes("Host,Event\r\nweb-1,a\r\n"));
    assert_eq!(finding.label, "found `Host`, `Event`");
    let known = bytes("datetime,message\r\n2021-01-02T03:04:05Z,später\r\n");
    let file = InputFile::new("a", Box::new(&known[..]), None);
    let reading = open_files(vec![file], &Progress::default()).expect("bytes can be read");
    let titles: Vec<_> = reading
        .timeline
        .events()
        .map(|event| event.title().to_owned())
        .collect();
    assert_eq!(titles, ["später"]);
    let kinds: Vec<_> = reading.findings.iter().map(|it| it.kind.name).collect();
    assert_eq!(kinds, ["not-utf8"]);
}

#[test]
fn json_of_another_program_says_how_to_make_a_log_of_it() {
    let asked = |text: &str| {
        let finding = only_finding(text.as_bytes());
        assert!(finding.message.starts_with("unrecognised names"));
        finding.help[0].clone()
    };
    let help = asked("[{\"uuid\":\"u\",\"published\":\"2024-01-02\",\"code\":7}]");
    assert!(
        help.contains("`--map when=published,title=COLUMN`"),
        "{help}"
    );
    only_finding(b"[{}]");
    only_finding(b"{ not JSON");
}

#[test]
fn the_error_of_an_engine_is_quoted_and_a_log_with_errors_is_not_taken_for_one() {
    let search = r#"{"error":{"root_cause":[{"type":"parsing_exception","reason":"unknown query [x]"}],
        "type":"parsing_exception","reason":"all shards failed"},"status":400}"#;
    let monitor = r#"{"error":{"message":"The request is invalid","code":"BadArgumentError","innererror":
        {"code":"SyntaxError","message":"A recognition error occurred"}}}"#;
    let errors = [
        (search, "unknown query [x]"),
        (
            r#"{"error":"no handler found for uri [/x]"}"#,
            "no handler found for uri [/x]",
        ),
        (monitor, "A recognition error occurred"),
        (
            r#"{"error":{"code":"General_BadRequest","message":"Invalid","@message":"Syntax error: x"}}"#,
            "Syntax error: x",
        ),
        (
            "Code: 62. DB::Exception: Syntax error: (SELEC), expected x, y. (SYNTAX_ERROR)\n",
            "Code: 62. DB::Exception: Syntax error: (SELEC), expected x, y. (SYNTAX_ERROR)",
        ),
        (
            "Received exception from server (version 24.3.1):\nCode: 241. DB::Exception: Memory\n",
            "Code: 241. DB::Exception: Memory",
        ),
        (
            r#"{"exception": "Code: 241. DB::Exception: Memory"}"#,
            "Code: 241. DB::Exception: Memory",
        ),
    ];
    for (text, said) in errors {
        let finding = only_finding(text.as_bytes());
        let expected = format!("an engine reported an error instead of rows: {said}");
        assert_eq!(finding.message, expected, "{text}");
        assert!(finding.help[0].starts_with("correct the query"));
    }
    let long = only_finding(format!("{{\"error\":\"{}\"}}", "x".repeat(5000)).as_bytes());
    assert!(long.message.ends_with("xx…") && long.message.len() < 400);
    for text in [
        r#"{"error":"refused","host":"web-1"}"#,
        r#"{"error":{}}"#,
        "{\"error\":\"a\"}\n{\"error\":\"b\"}",
    ] {
        let finding = only_finding(text.as_bytes());
        assert!(finding.message.starts_with("unrecognised names"), "{text}");
    }
}

#[test]
fn a_damaged_timeline_is_still_read_as_one() {
    let events = "[[evnts]]\nwhen = \"2021\"\ntitle = \"A\"\n".repeat(5);
    let damaged = [
        "[timeline]\ntlp = \"RED\0\"\n".to_owned(),
        "[[event]]\ntitle, a\nwhen, b\n".repeat(10),
        events.replace("[[", "((").replace("]]", "))"),
        "title = \"a, b\"\nwhen, c\n".to_owned(),
        "tlp \"RED\"\n".to_owned(),
        "# Title\na, b\nc, d\n[timeline]\n".to_owned(),
        "a\n".repeat(10),
    ];
    for text in damaged {
        let text = SourceText::new("a", text);
        assert!(
            matches!(recognise::by_text(&text, &TableOptions::default()), Recognition::Read(reader, _) if reader.name == "timeline"),
            "{}",
            text.text()
        );
    }
}

#[test]
fn nothing_behind_the_first_bytes_of_a_table_is_read() {
    let row = "a,1234\n";
    let head = format!("Event,Code\n{}", row.repeat(HEAD_BYTES / row.len()));
    let mut rest = std::io::Cursor::new(row.repeat(1 << 20).into_bytes());
    let whole = std::io::Read::chain(head.as_bytes(), &mut rest);
    let file = InputFile::new("a", Box::new(whole), None);
    let reading = open_files(vec![file], &Progress::default()).expect("bytes can be read");
    assert_eq!(reading.findings.len(), 1);
    assert!(rest.position() <= 1 << 19, "{} bytes", rest.position());
}
