//! Marks of people: found again in logs that changed, or else reported, never written into the evidence, and withheld
//! with what they are on.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Output;
use std::time::SystemTime;

use dateline::cli::marks_args::MarksFiles;
use dateline::cli::marks_store::save;
use dateline::diagnostic::{FileId, TextPlace};
use dateline::timeline::{ItemEdit, MarkEdit, MarkedItem};

use crate::support::program::run;

/// A folder of its own for a test.
struct TestFolder(PathBuf);

impl TestFolder {
    fn new(test: &str) -> Self {
        let name = format!("dateline-marks-{}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder can be made");
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).expect("the file can be written");
        path.to_str().expect("the path is UTF-8").to_owned()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

/// The standard output of a command that ends well.
#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    text(&output.stdout)
}

/// The titles that `list` prints for a filter, in order.
#[track_caller]
fn titles(file: &str, filter: &str) -> Vec<String> {
    // A log in UTF-16 has an error, and is read.
    let listed = text(&run(&["list", file, "--filter", filter]).stdout);
    let titles = listed.lines().filter_map(|line| {
        let start = line.find("row ")?;
        line.get(start..)?.split("  ").next().map(str::to_owned)
    });
    titles.collect()
}

const HEAD: &str = "datetime,message,host\n";

fn row(number: u32) -> String {
    format!("2021-08-{number:02}T10:00:00Z,row {number},web-1\n")
}

fn log(rows: impl IntoIterator<Item = u32>) -> String {
    HEAD.to_owned() + &rows.into_iter().map(row).collect::<String>()
}

/// A mark on the row of a number, which was in this line when it was made.
fn mark(line: u32, number: u32, rest: &str) -> String {
    let print = dateline::formats::marks::row_print(row(number).as_bytes());
    format!("[[marks]]\nof = \"a.csv\"\nline = {line}\nprint = \"{print}\"\n{rest}\n\n")
}

#[test]
fn marks_are_found_by_their_lines_and_by_their_bytes_if_lines_moved() {
    let folder = TestFolder::new("found");
    let marks = mark(3, 2, "star = true") + &mark(5, 4, "tags = [\"ioc\"]");
    let marks = marks + "[[marks]]\nof = \"a.csv\"\nline = 2\nnote = \"the first one\"\n";
    folder.file("a.csv.marks.toml", marks);
    let log_file = folder.file("a.csv", log(1..=6));
    assert_eq!(titles(&log_file, "marked:yes"), ["row 1", "row 2", "row 4"]);
    assert_eq!(titles(&log_file, "star:yes"), ["row 2"]);
    assert_eq!(titles(&log_file, "mark:ioc"), ["row 4"]);
    assert_eq!(titles(&log_file, "note:first"), ["row 1"]);
    assert_eq!(titles(&log_file, "marked:no"), ["row 3", "row 5", "row 6"]);
    // Two rows were added above, and one was removed.
    folder.file("a.csv", log([8, 9, 1, 2, 4, 5, 6]));
    assert_eq!(
        titles(&log_file, "mark:ioc or star:yes"),
        ["row 2", "row 4"]
    );
    assert_eq!(
        titles(&log_file, "note:first"),
        ["row 8"],
        "only its line is known"
    );
    let with_carriage_returns = log(1..=6).replace('\n', "\r\n");
    folder.file("a.csv", with_carriage_returns);
    assert_eq!(titles(&log_file, "star:yes"), ["row 2"]);
}

#[test]
fn of_rows_with_the_same_bytes_the_one_in_the_line_is_marked() {
    let folder = TestFolder::new("alike");
    let log_file = folder.file("a.csv", log([1, 2, 2, 2, 3]));
    folder.file("a.csv.marks.toml", mark(4, 2, "star = true"));
    let count = |filter: &str| printed(&["list", "--count", &log_file, "--filter", filter]);
    assert_eq!(count("star:yes"), "1 surely, 0 possibly, 5 in all\n");
    assert_eq!(count("star:no"), "4 surely, 0 possibly, 5 in all\n");
    assert_eq!(count("star:no host"), count("star:no host"));
    let two = mark(4, 2, "star = true") + &mark(9, 2, "star = true");
    folder.file("a.csv.marks.toml", two);
    assert_eq!(count("star:yes"), "2 surely, 0 possibly, 5 in all\n");
}

/// The streaming way and the loaded way give the same answers: a row of several lines, a mark without a print and the filter
/// of a view prevent the first.
#[test]
fn rows_that_are_chosen_while_they_are_read_are_those_of_the_whole_log() {
    let folder = TestFolder::new("streamed");
    let mut rows = String::from(HEAD);
    for number in 0..4_500u32 {
        let day = 1 + number % 28;
        writeln!(
            rows,
            "2021-08-{day:02}T10:00:00Z,row {number} {},web-{}",
            "x".repeat(2_000),
            number % 7
        )
        .expect("a string takes everything");
    }
    let log_file = folder.file("a.csv", &rows);
    assert!(rows.len() > 8 << 20, "it is read in several chunks");
    let of_line = |line: usize, rest: &str, has_print: bool| {
        let bytes = rows.lines().nth(line - 1).expect("it has the line");
        let print = dateline::formats::marks::row_print(bytes.as_bytes());
        let print = if has_print {
            format!("print = \"{print}\"\n")
        } else {
            String::new()
        };
        format!("[[marks]]\nof = \"a.csv\"\nline = {line}\n{print}{rest}\n\n")
    };
    let marked = |has_print| {
        let lines = [2usize, 777, 3_000, 4_501];
        lines
            .map(|line| of_line(line, "tags = [\"ioc\"]", has_print))
            .concat()
    };
    let answers = || {
        let filters = [
            "mark:ioc",
            "marked:yes host",
            "marked:yes when:2021-08-02",
            "marked:yes web-1",
        ];
        filters.map(|filter| printed(&["list", &log_file, "--filter", filter]))
    };
    folder.file("a.csv.marks.toml", marked(true));
    let streamed = answers();
    assert_eq!(
        streamed[0]
            .lines()
            .filter(|line| line.contains("row "))
            .count(),
        4
    );
    folder.file("a.csv.marks.toml", marked(false));
    assert_eq!(answers(), streamed);
}

#[test]
fn marks_whose_rows_are_gone_are_findings_and_stay_in_their_file() {
    let folder = TestFolder::new("gone");
    let marks = mark(3, 2, "star = true") + &mark(40, 30, "note = \"gone\"");
    let marks = marks + "[[marks]]\nof = \"a.csv\"\nevent = \"a-csv-none\"\nstar = true\n";
    let marks = marks + "[[marks]]\nof = \"b.csv\"\nline = 2\nstar = true\n";
    let marks_file = folder.file("a.csv.marks.toml", &marks);
    let log_file = folder.file("a.csv", log(1..=6));
    let output = run(&["check", &log_file]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert_eq!(report.matches("mark-without-row").count(), 2, "{report}");
    for words in [
        "no row in line 40",
        "no event `a-csv-none`",
        "a.csv.marks.toml:7",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert_eq!(fs::read_to_string(&marks_file).ok(), Some(marks));
    // The file was renamed: its marks are given by name.
    let renamed = folder.file("renamed.csv", log(1..=6));
    let listed = printed(&[
        "list",
        &renamed,
        "--marks",
        &marks_file,
        "--count",
        "--filter",
        "marked:yes",
    ]);
    assert_eq!(listed, "0 surely, 0 possibly, 6 in all\n");
    folder.file("renamed.csv.marks.toml", mark(3, 2, "star = true"));
    let report = text(&run(&["check", &renamed]).stdout);
    assert!(
        report.contains("marks-of-other-files") && report.contains("`a.csv`"),
        "{report}"
    );
}

#[test]
fn mistakes_in_a_marks_file_are_reported_like_those_of_other_files() {
    let folder = TestFolder::new("mistakes");
    let log_file = folder.file("a.csv", log(1..=3));
    let marks = "[[marks]]\nof = \"a.csv\"\nlien = 2\nstar = \"yes\"\n\n[[marks]]\nof = \"a.csv\"\nline = 3\nevent = \"x\"\n\n\
                 [[marks]]\nof = \"a.csv\"\nline = 4\nprint = \"zz\"\nnotes = \"x\"\ntlp = \"PINK\"\n";
    let marks_file = folder.file("a.csv.marks.toml", marks);
    let report = text(&run(&["check", &log_file]).stdout);
    let alone = text(&run(&["check", &marks_file]).stdout);
    for words in [
        "`lien` is not a key of a mark",
        "did you mean `line`",
        "`star` is text",
        "a mark with `event` has no `line`",
        "this is not a print",
        "did you mean `note`",
        "`PINK` is not a TLP marking",
    ] {
        assert!(report.contains(words), "{words}: {report}");
        assert!(alone.contains(words), "{words}: {alone}");
    }
}

fn ends_with(arguments: &[&str], status: i32, words: &str) {
    let Output {
        status: ended,
        stderr,
        ..
    } = run(arguments);
    let errors = text(&stderr);
    assert_eq!(ended.code(), Some(status), "{errors}");
    assert!(errors.contains(words), "{words}: {errors}");
}

#[test]
fn a_marks_file_is_not_a_timeline_nor_a_timeline_a_marks_file() {
    let folder = TestFolder::new("kinds");
    let log_file = folder.file("a.csv", log(1..=3));
    let marks = folder.file("night.marks.toml", mark(3, 2, "star = true"));
    ends_with(&["list", &marks], 2, "is a marks file, and has no events");
    ends_with(&["list", &marks], 2, "--marks");
    ends_with(
        &["list", &log_file, "--marks", &log_file],
        2,
        "is not a marks file",
    );
    ends_with(
        &["list", &log_file, "--marks", "no-such.marks.toml"],
        3,
        "make an empty file",
    );
    ends_with(
        &["list", &log_file, "--marks", &marks, "--no-marks"],
        2,
        "--no-marks",
    );
    assert_eq!(titles(&log_file, "marked:yes"), [""; 0]);
}

#[test]
fn marks_of_two_people_are_read_side_by_side_and_may_be_left_out() {
    let folder = TestFolder::new("two");
    let log_file = folder.file("a.csv", log(1..=4));
    let one = folder.file("ana.marks.toml", mark(3, 2, "star = true"));
    let other = folder.file(
        "ben.marks.toml",
        "by = \"Ben\"\n".to_owned() + &mark(4, 3, "note = \"x\"") + &mark(3, 2, "note = \"y\""),
    );
    let both = [
        "list",
        &log_file,
        "--count",
        "--filter",
        "marked:yes",
        "--marks",
        &one,
        "--marks",
        &other,
    ];
    assert_eq!(printed(&both), "2 surely, 0 possibly, 4 in all\n");
    folder.file("a.csv.marks.toml", mark(2, 1, "star = true"));
    assert_eq!(titles(&log_file, "marked:yes"), ["row 1"]);
    let none = [
        "list",
        &log_file,
        "--count",
        "--filter",
        "marked:yes",
        "--no-marks",
    ];
    assert_eq!(printed(&none), "0 surely, 0 possibly, 4 in all\n");
}

/// The titles of the marked events that `--max-tlp` leaves, and whether the list is marked as RED.
fn shown_up_to(file: &str, level: &str) -> (String, bool) {
    let output = run(&["list", file, "--max-tlp", level, "--filter", "marked:yes"]);
    // A marking that cannot be read is an error, and its mark is withheld all the same.
    let listed = text(&output.stdout);
    let titles = listed.lines().filter_map(|line| {
        let start = line.find("row ")?;
        line.get(start..)?.split("  ").next().map(str::to_owned)
    });
    let titles: Vec<_> = titles.collect();
    (titles.join(" "), listed.contains("TLP:RED"))
}

#[test]
fn a_mark_is_withheld_with_its_event_and_by_its_own_marking() {
    let folder = TestFolder::new("withheld");
    let event = |id: &str, tlp: &str| {
        format!("[[events]]\nid = \"{id}\"\ntitle = \"row {id}\"\ntlp = \"{tlp}\"\n")
    };
    let events = event("a", "CLEAR") + &event("b", "RED") + &event("c", "CLEAR");
    let case_file = folder.file(
        "case.toml",
        "[timeline]\ntlp = \"RED\"\n".to_owned() + &events,
    );
    let mark = |id: &str, tlp: &str| {
        format!("[[marks]]\nof = \"case.toml\"\nevent = \"{id}\"\nstar = true\n{tlp}\n")
    };
    let of = |marks: &str, level: &str| {
        folder.file("case.toml.marks.toml", marks);
        shown_up_to(&case_file, level)
    };
    let clear = mark("a", "tlp = \"CLEAR\"") + &mark("b", "tlp = \"CLEAR\"");
    assert_eq!(of(&clear, "RED"), ("row a row b".to_owned(), true));
    assert_eq!(of(&clear, "GREEN"), ("row a".to_owned(), false));
    // A mark without a marking has that of its file: the strictest of its marks and of what they are on.
    assert_eq!(
        of(&(mark("a", "") + &mark("c", "tlp = \"CLEAR\"")), "CLEAR").0,
        "row a row c"
    );
    assert_eq!(
        of(&(mark("a", "") + &mark("c", "tlp = \"AMBER\"")), "GREEN").0,
        ""
    );
    assert_eq!(
        of(&(mark("a", "") + &mark("b", "tlp = \"CLEAR\"")), "GREEN").0,
        ""
    );
    assert_eq!(of(&mark("a", "tlp = \"PINK\""), "AMBER").0, "");
    // Marks are written with hindsight.
    folder.file("case.toml.marks.toml", mark("a", ""));
    let early = [
        "list",
        &case_file,
        "--as-of",
        "2020-01-01",
        "--count",
        "--filter",
        "marked:yes",
    ];
    assert!(printed(&early).starts_with("0 surely, 0 possibly, 0 in all"));
}

fn event_edit(id: &str, edit: MarkEdit) -> ItemEdit {
    ItemEdit {
        of: "case.toml".to_owned(),
        item: MarkedItem::Event(id.to_owned()),
        edit,
        place: TextPlace::default(),
        marking: None,
    }
}

fn row_edit(number: u32, log: &str) -> ItemEdit {
    let written = row(number);
    let start = log.find(written.trim_end()).expect("the log has the row");
    ItemEdit {
        of: "a.csv".to_owned(),
        item: MarkedItem::Row {
            line: number + 1,
            print: None,
        },
        place: TextPlace::new(FileId(0), start..start + written.trim_end().len()),
        ..event_edit("", MarkEdit::Star(true))
    }
}

fn marks_files(paths: &[&str]) -> MarksFiles {
    MarksFiles {
        paths: paths.iter().map(PathBuf::from).collect(),
        are_named: true,
    }
}

/// The bytes of a file and the time of its last change.
fn state(path: &str) -> (Vec<u8>, SystemTime) {
    let changed = fs::metadata(path).and_then(|it| it.modified());
    (
        fs::read(path).expect("it is there"),
        changed.expect("the system knows"),
    )
}

#[test]
fn saved_marks_are_found_again_and_the_evidence_is_as_it_was() {
    let folder = TestFolder::new("saved");
    let plain = log(1..=6);
    let marked = "\u{feff}".to_owned() + &plain;
    let wide: Vec<u8> = (b"\xFF\xFE".iter().copied())
        .chain(plain.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed
        .write_all(plain.as_bytes())
        .expect("a vector takes everything");
    let packed = packed.finish().expect("a vector takes everything");
    let accented = plain.replace("row 1", "row \u{e9}");
    let aligned = |line, number| {
        let mark = mark(line, number, "star  = true");
        let mark = mark.replace("of =", "of    =").replace("line =", "line  =");
        mark.trim_end().to_owned() + "\n"
    };
    let forms = [
        (plain.as_bytes(), &plain),
        (marked.as_bytes(), &plain),
        (&wide, &plain),
        (&packed, &plain),
        (accented.as_bytes(), &accented),
    ];
    for (bytes, log_text) in forms {
        let log_file = folder.file("a.csv", bytes);
        let marks_file = folder.file("a.csv.marks.toml", "");
        let before = state(&log_file);
        let edits = [row_edit(4, log_text), row_edit(2, log_text)];
        let saved = save(
            &marks_files(&[&marks_file]),
            &[PathBuf::from(&log_file)],
            &edits,
        );
        saved.expect("they are saved");
        let saved = fs::read_to_string(&marks_file).expect("it is there");
        let expected = [aligned(3, 2), aligned(5, 4)].join("\n");
        assert_eq!(saved, format!("format = 1\n\n{expected}"));
        assert_eq!(titles(&log_file, "star:yes"), ["row 2", "row 4"]);
        assert!(state(&log_file) == before);
    }
}

#[test]
fn the_last_writer_keeps_the_marks_of_the_other() {
    let folder = TestFolder::new("writers");
    let marks_file = folder.file("case.toml.marks.toml", "");
    let save_one = |edit| {
        let saved = save(&marks_files(&[&marks_file]), &[], &[edit]);
        saved.expect("it is saved");
    };
    save_one(event_edit("b", MarkEdit::Star(true)));
    // Another person edits the file by hand meanwhile.
    let by_hand = fs::read_to_string(&marks_file).expect("it is there")
        + "# Ben\n[[marks]]\nof = \"case.toml\"\nevent = \"a\"\nnote = \"by hand\"\n";
    fs::write(&marks_file, &by_hand).expect("it is written");
    save_one(event_edit("b", MarkEdit::Tag("ioc".to_owned())));
    save_one(event_edit("b", MarkEdit::Note("first use".to_owned())));
    save_one(event_edit("b", MarkEdit::Star(false)));
    let saved = fs::read_to_string(&marks_file).expect("it is there");
    assert_eq!(
        saved,
        "format = 1\n\n# Ben\n[[marks]]\nof = \"case.toml\"\nevent = \"a\"\nnote = \"by hand\"\n\n[[marks]]\nof    = \"case.toml\"\n\
         event = \"b\"\ntags  = [\"ioc\"]\nnote  = \"first use\"\n"
    );
}

#[test]
fn a_marks_file_is_replaced_whole_or_stays_as_it_was() {
    let folder = TestFolder::new("whole");
    let marks_file = folder.file("case.toml.marks.toml", "format = 1\n# kept\n");
    // A crash left its unfinished file.
    let unfinished = folder.file("case.toml.marks.toml.new-0", "format = 1\n[[ma");
    let edit = || [event_edit("a", MarkEdit::Star(true))];
    save(&marks_files(&[&marks_file]), &[], &edit()).expect("it is saved");
    let saved = fs::read_to_string(&marks_file).expect("it is there");
    assert!(
        saved.contains("# kept") && saved.contains("event = \"a\""),
        "{saved}"
    );
    assert_eq!(
        fs::read_to_string(&unfinished).expect("it is there"),
        "format = 1\n[[ma"
    );
    for text in [
        "format = 1\n[[marks]\n",
        "[[events]]\ntitle = \"a\"\n",
        "a,b\n",
    ] {
        let wrong = folder.file("wrong.marks.toml", text);
        let refused = save(&marks_files(&[&wrong]), &[], &edit());
        assert!(
            refused.is_err_and(|error| error.to_string().contains("cannot write")),
            "{text}"
        );
        assert_eq!(fs::read_to_string(&wrong).expect("it is there"), text);
    }
    let evidence = folder.file("case.toml", "format = 1\n");
    let refused = save(
        &marks_files(&[&evidence]),
        &[PathBuf::from(&evidence)],
        &edit(),
    );
    assert!(refused.is_err_and(|error| error.to_string().contains("never change")));
    assert!(save(&MarksFiles::default(), &[], &edit()).is_err());
    let names = fs::read_dir(&folder.0).expect("it is a folder").count();
    assert_eq!(
        names, 4,
        "nothing unfinished is left but the other program's"
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_read_only_file_stays_as_it_was() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = TestFolder::new("links");
    let real = folder.file("real.marks.toml", "format = 1\n");
    let link = folder.0.join("link.marks.toml");
    symlink("real.marks.toml", &link).expect("a link can be made");
    let evidence = folder.file("a.csv", log(1..=2));
    let trap = folder.0.join("a.csv.marks.toml");
    symlink("a.csv", &trap).expect("a link can be made");
    let edit = [event_edit("a", MarkEdit::Star(true))];
    let to = |path: &std::path::Path| marks_files(&[path.to_str().expect("the path is UTF-8")]);
    save(&to(&link), &[], &edit).expect("it is saved");
    assert!(fs::symlink_metadata(&link).is_ok_and(|it| it.file_type().is_symlink()));
    assert!(fs::read_to_string(&real).is_ok_and(|it| it.contains("event = \"a\"")));
    assert!(save(&to(&trap), &[PathBuf::from(&evidence)], &edit).is_err());
    assert_eq!(fs::read_to_string(&evidence).ok(), Some(log(1..=2)));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o444)).expect("they can be set");
    let before = fs::read_to_string(&real).ok();
    let again = [event_edit("b", MarkEdit::Star(true))];
    assert!(save(&to(&link), &[], &again).is_err());
    assert_eq!(fs::read_to_string(&real).ok(), before);
}

/// A file as Timesketch exports it, with its lists as Python writes them.
const SKETCH: &str = "message,timestamp,datetime,timestamp_desc,tag,label,comment\n\
    row 1,1628935200000000,2021-08-14T10:00:00+00:00,Logon,[],[],[]\n\
    row 2,1628935260000000,2021-08-14T10:01:00+00:00,Logon,\"['ioc', 'host']\",\"['__ts_star', '__ts_comment']\",\"['First\u{1b}[2J use.', 'Ask Ben.']\"\n\
    row 3,1628935320000000,2021-08-14T10:02:00+00:00,Logon,[],['__ts_star'],[]\n";

#[test]
fn stars_comments_and_tags_of_timesketch_become_marks() {
    let folder = TestFolder::new("taken");
    let log_file = folder.file("sketch.csv", SKETCH);
    let marks_file = folder.file(
        "sketch.csv.marks.toml",
        "# Ana's\n[[marks]]\nof = \"sketch.csv\"\nline = 3\nnote = \"Mine.\"\n",
    );
    let shown = printed_with(
        &["import", "--take-marks", &log_file],
        "wrote the marks of 2 events",
    );
    assert!(
        shown.contains("row 2  [star]  [mark: ioc, host]  [note: Mine. First␛[2J use. Ask Ben.]"),
        "{shown}"
    );
    let saved = fs::read_to_string(&marks_file).expect("it is there");
    assert!(
        saved.starts_with("format = 1\n# Ana's\n[[marks]]\n"),
        "{saved}"
    );
    assert_eq!(titles(&log_file, "star:yes"), ["row 2", "row 3"]);
    assert_eq!(titles(&log_file, "note:mine note:ben mark:ioc"), ["row 2"]);
    printed_with(
        &["import", "--take-marks", &log_file],
        "in the marks file already",
    );
    assert_eq!(fs::read_to_string(&marks_file).ok(), Some(saved));
    let other = folder.file("a.csv", log(1..=2));
    ends_with(
        &["import", "--take-marks", &other],
        2,
        "no star, comment or tag",
    );
    // And back: the tags of marks are among those for Timesketch.
    let back = printed(&["export", "--to", "timesketch-csv", "--marked", &log_file]);
    assert!(back.contains("host") && !back.contains("row 1"), "{back}");
}

/// The standard output of a command that ends well, with a note.
#[track_caller]
fn printed_with(arguments: &[&str], note: &str) -> String {
    let output = run(arguments);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    assert!(errors.contains(note), "{note}: {errors}");
    text(&output.stdout)
}

#[test]
fn an_import_of_what_is_marked_has_exactly_that_and_checks_clean() {
    let folder = TestFolder::new("import");
    let log_file = folder.file("a.csv", log(1..=6));
    let words = "note = \"First use\\nof the token\"\ntags = [\"ioc\"]\ntlp = \"AMBER\"";
    folder.file(
        "a.csv.marks.toml",
        mark(3, 2, words) + &mark(6, 5, "star = true"),
    );
    let case = printed_with(&["import", "--marked", &log_file], "imported 2 events of 6");
    assert!(
        case.contains("tlp = \"AMBER\"") && case.contains("tags = [\"ioc\"]"),
        "{case}"
    );
    assert!(
        case.contains("# note: First use\n#     of the token\n"),
        "{case}"
    );
    let case_file = folder.file("case.toml", &case);
    assert!(printed(&["check", &case_file]).ends_with("no findings\n"));
    assert_eq!(titles(&case_file, "when:2021"), ["row 2", "row 5"]);
    let narrowed = printed_with(
        &["import", "--marked", "--filter", "row 5", &log_file],
        "imported 1 event of 6",
    );
    assert!(!narrowed.contains("row 2"), "{narrowed}");
    let listed = printed(&["list", &log_file, "--filter", "mark:ioc"]);
    assert!(
        listed.contains("[mark: ioc]  [note: First use of the token]"),
        "{listed}"
    );
}

/// The disk is full in the middle of the new file.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_the_old_marks_file() {
    let folder = TestFolder::new("full");
    let sketch = SKETCH.replace("Ask Ben.", &"Ask Ben. ".repeat(400));
    let log_file = folder.file("sketch.csv", sketch);
    let old = "format = 1\n# kept\n";
    let marks_file = folder.file("sketch.csv.marks.toml", old);
    let program = env!("CARGO_BIN_EXE_dateline");
    let line = format!("ulimit -f 1; exec '{program}' import --take-marks '{log_file}'");
    let ended = std::process::Command::new("sh")
        .args(["-c", &line])
        .output();
    let ended = ended.expect("the system has a shell");
    let errors = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{errors}");
    assert!(errors.contains("cannot write"), "{errors}");
    assert_eq!(fs::read_to_string(&marks_file).ok().as_deref(), Some(old));
    let names = fs::read_dir(&folder.0).expect("it is a folder").count();
    assert_eq!(names, 2, "no half of a file is left");
}
