//! A row of a log is promoted into the timeline next to it: shown, written, undone and refused.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use super::Terminal;

const LOG: &str = "datetime,message,timestamp_desc\n2021-08-14T10:00:00Z,Logon of alice,Logon\n";
const CASE: &str = "# ours\n\n[[events]]\nwhen = \"2022\"\ntitle = \"Alert\"\n";

/// A folder with a log and a timeline.
struct CaseFolder(PathBuf);

impl CaseFolder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("promotion-{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an earlier run left the folder");
        }
        fs::create_dir_all(&folder).expect("it can be created");
        fs::write(folder.join("mail.csv"), LOG).expect("the file can be written");
        fs::write(folder.join("case.toml"), CASE).expect("the file can be written");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn case(&self) -> String {
        fs::read_to_string(self.0.join("case.toml")).expect("the file can be read")
    }

    fn open(&self, files: &[&str], more: &[&str]) -> Terminal {
        let paths: Vec<String> = files.iter().map(|file| self.path(file)).collect();
        let mut arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
        arguments.extend(more);
        Terminal::with_first_frame(&arguments, &[])
    }
}

fn quits(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_row_is_shown_written_reloaded_and_taken_back() {
    for more in [&[][..], &["--no-watch"]] {
        let folder = CaseFolder::new("whole");
        let case = folder.0.join("case.toml");
        let mode = fs::Permissions::from_mode(0o640);
        fs::set_permissions(&case, mode).expect("the mode can be set");
        fs::rename(&case, folder.0.join("real.toml")).expect("the file can be renamed");
        symlink("real.toml", &case).expect("the link can be made");
        let mut terminal = folder.open(&["case.toml", "mail.csv"], more);
        terminal.press("ggP");
        terminal.wait_for_text("Add to case.toml");
        terminal.wait_for_text("+ when = \"2021-08-14T10:00:00Z\"");
        assert_eq!(folder.case(), CASE, "nothing is written yet");
        terminal.press("\r");
        terminal.wait_for_text("Added 1 event to `case.toml`; u undoes it");
        terminal.wait_for_text("3 events");
        let written = folder.case();
        assert!(
            written.starts_with("# ours\n\n[sources.mail-csv]\n"),
            "{written}"
        );
        assert!(
            written.contains(CASE.trim_start_matches("# ours\n"))
                && written.contains("# mail.csv, line 2"),
            "{written}"
        );
        let of_link = fs::symlink_metadata(&case).expect("the link is there");
        assert!(of_link.is_symlink(), "the file behind the link is written");
        let mode = fs::metadata(&case)
            .expect("the file is there")
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o640);
        assert_eq!(
            fs::read_dir(&folder.0).expect("a folder").count(),
            3,
            "nothing is left behind"
        );
        assert_eq!(
            fs::read_to_string(folder.0.join("mail.csv")).expect("a file"),
            LOG
        );
        terminal.press("u");
        terminal.wait_for_text("Removed 1 event from `case.toml` again");
        terminal.wait_for_text("2 events");
        assert_eq!(folder.case(), CASE);
        quits(terminal);
    }
}

#[test]
fn a_file_that_changed_meanwhile_keeps_what_was_written_to_it() {
    let folder = CaseFolder::new("changed");
    let mut terminal = folder.open(&["case.toml", "mail.csv"], &["--no-watch"]);
    terminal.press("ggP");
    terminal.wait_for_text("Add to case.toml");
    let other = format!("{CASE}# by another hand\n");
    fs::write(folder.path("case.toml"), &other).expect("the file can be written");
    terminal.press("\r");
    terminal.wait_for_text("`case.toml` has changed meanwhile, and nothing is written");
    assert_eq!(folder.case(), other);
    terminal.press("P");
    terminal.wait_for_text("Add to case.toml");
    terminal.press("\r");
    terminal.wait_for_text("Added 1 event");
    let changed = format!("{}# again\n", folder.case());
    fs::write(folder.path("case.toml"), &changed).expect("the file can be written");
    terminal.press("u");
    terminal.wait_for_text("Cannot undo: `case.toml` has changed meanwhile");
    assert_eq!(folder.case(), changed);
    quits(terminal);
}

#[test]
fn what_cannot_be_written_is_refused_with_the_reason() {
    let folder = CaseFolder::new("refused");
    let mut terminal = folder.open(&["mail.csv"], &[]);
    terminal.press("P");
    terminal.wait_for_text("no timeline is open next to the log");
    quits(terminal);
    let mut terminal = folder.open(&["case.toml", "mail.csv"], &[]);
    terminal.press("GP");
    terminal.wait_for_text("this event is of `case.toml`, which is not a log");
    let read_only = fs::Permissions::from_mode(0o444);
    fs::set_permissions(folder.path("case.toml"), read_only).expect("the mode can be set");
    terminal.press("ggP");
    terminal.wait_for_text("Add to case.toml");
    terminal.press("\r");
    terminal.wait_for_text("Cannot promote: `case.toml` is read-only");
    assert_eq!(folder.case(), CASE);
    quits(terminal);
}
