//! Marks are written next to the evidence, arrive from outside, and survive a second viewer.

use std::fs;
use std::path::PathBuf;

use super::Terminal;

const LOG: &str = "datetime,message,timestamp_desc\n2021-08-14T10:00:00Z,Logon of alice,Logon\n\
                   2021-08-14T11:00:00Z,Logon of bob,Logon\n";

/// A folder with a log.
struct LogFolder(PathBuf);

impl LogFolder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("marks-{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an earlier run left the folder");
        }
        fs::create_dir_all(&folder).expect("it can be created");
        let folder = Self(folder);
        fs::write(folder.log(), LOG).expect("the file can be written");
        folder
    }

    fn log(&self) -> PathBuf {
        self.0.join("mail.csv")
    }

    fn marks_file(&self) -> PathBuf {
        self.0.join("mail.csv.marks.toml")
    }

    fn marks(&self) -> String {
        fs::read_to_string(self.marks_file()).unwrap_or_default()
    }

    fn open(&self) -> Terminal {
        Terminal::on(&self.log(), &[])
    }
}

fn quits(terminal: Terminal) {
    quits_by(terminal, "q");
}

fn quits_by(mut terminal: Terminal, keys: &str) {
    terminal.press(keys);
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn marks_are_written_next_to_the_log_which_stays_as_it_is() {
    let folder = LogFolder::new("written");
    let before = fs::metadata(folder.log()).and_then(|it| it.modified());
    let mut terminal = folder.open();
    terminal.press("!");
    terminal.wait_for_text("Starred");
    terminal.press("AFirst use\r");
    terminal.wait_for_text("Note added");
    terminal.press("Vioc\r");
    terminal.wait_for_text("Tagged `ioc`");
    terminal.press("j!");
    terminal.wait_for_text("Starred");
    terminal.press("u");
    terminal.wait_for_text("1 mark undone");
    quits(terminal);
    let marks = folder.marks();
    let marks = marks.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "of = \"mail.csv\"",
        "line = 2",
        "star = true",
        "note = \"First use\"",
        "\"ioc\"",
    ] {
        assert!(marks.contains(line), "{line}: {marks}");
    }
    assert!(!marks.contains("line = 3"), "{marks}");
    assert_eq!(fs::read_to_string(folder.log()).expect("a file"), LOG);
    let after = fs::metadata(folder.log()).and_then(|it| it.modified());
    assert_eq!(before.expect("a time"), after.expect("a time"));
    // They are there when the log is opened again.
    let mut terminal = folder.open();
    terminal.wait_for_text("★");
    quits(terminal);
}

#[test]
fn two_viewers_keep_each_others_marks() {
    let folder = LogFolder::new("two");
    let (mut one, mut other) = (folder.open(), folder.open());
    one.press("!");
    one.wait_for_text("Starred");
    other.wait_for_text("★");
    other.press("jAby the other\r");
    other.wait_for_text("Note added");
    one.press("j");
    one.wait_for_text("by the other");
    quits(one);
    quits(other);
    let marks = folder.marks();
    assert!(
        marks.contains("star") && marks.contains("by the other"),
        "{marks}"
    );
}

#[test]
fn a_conversation_writes_marks_and_says_if_it_cannot() {
    let folder = LogFolder::new("conversation");
    let log = folder.log();
    let log = log.to_str().expect("the path is UTF-8");
    let mut terminal = Terminal::start(&["--linear", log], &[]);
    terminal.press("1\rstar\r");
    terminal.wait_for_text("Starred.");
    let starred = folder.marks();
    assert!(starred.contains("star"), "{starred}");
    fs::remove_file(folder.marks_file()).expect("it was written");
    fs::create_dir(folder.marks_file()).expect("a folder in its place");
    terminal.press("tag ioc\r");
    terminal.wait_for_text("Not saved: cannot write");
    fs::remove_dir(folder.marks_file()).expect("it can be removed");
    terminal.press("note First use\r");
    terminal.wait_for_text("Note added.");
    quits_by(terminal, "q\r");
    let marks = folder.marks();
    assert!(
        marks.contains("ioc") && marks.contains("First use"),
        "{marks}"
    );
}

#[test]
fn marks_that_cannot_be_written_are_kept_for_the_session() {
    let folder = LogFolder::new("broken");
    let mut terminal = folder.open();
    fs::create_dir(folder.marks_file()).expect("a folder in its place");
    terminal.press("!");
    terminal.wait_for_text("Marks are kept for this session only");
    terminal.wait_for_text("★");
    fs::remove_dir(folder.marks_file()).expect("it can be removed");
    terminal.press("j!");
    terminal.wait_for_text("Starred");
    quits(terminal);
    assert_eq!(
        folder.marks().matches("star").count(),
        2,
        "{}",
        folder.marks()
    );
}
