//! Commands that take long say on standard error how far they are, and take that back.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread;

use ratatui::layout::Size;

use super::given_back::PATH;
use super::{Terminal, rows};
use crate::support::{logs, program};

/// A new folder with pipes that have names.
fn folder(name: &str, pipes: &[&str]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("progress-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run left the folder");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    for pipe in pipes {
        let made = std::process::Command::new("mkfifo")
            .arg(folder.join(pipe))
            .status();
        assert!(made.expect("the system has mkfifo").success());
    }
    folder
}

/// Writes a text to a pipe that a program reads. The pipe stays open until the sender is dropped.
fn feed(pipe: PathBuf, text: String) -> Sender<()> {
    let (end, ended) = mpsc::channel();
    thread::spawn(move || {
        let mut pipe = OpenOptions::new().write(true).open(pipe)?;
        pipe.write_all(text.as_bytes())?;
        let _ = ended.recv();
        std::io::Result::Ok(())
    });
    end
}

fn shell(line: &str) -> Terminal {
    let line = line.replace("dateline", env!("CARGO_BIN_EXE_dateline"));
    Terminal::start_program("/bin/sh", &["-c", &line], &[PATH])
}

/// The beginning of the line when as much of a text was read of a pipe as can be while the pipe is open. Fingerprints are
/// taken of whole blocks.
fn line(text: &str) -> String {
    let blocks = text.len() >> 16;
    format!("reading {}.0 KiB", blocks << 6)
}

fn in_folder(folder: &Path, line: &str) -> String {
    format!("cd '{}'; {line}", folder.display())
}

#[test]
fn a_slow_pipe_has_a_line_that_goes_before_the_output_and_fits_the_terminal() {
    let folder = folder("slow", &["pipe"]);
    let text = logs::text("csv", 500);
    let mut terminal = shell(&in_folder(&folder, "dateline list --count pipe"));
    terminal.resize(Size::new(20, 10));
    let end = feed(folder.join("pipe"), text.clone());
    terminal.wait_for_text(&line(&text));
    let shown = rows(terminal.parser.screen());
    assert_eq!(shown.trim_end(), line(&text), "there is no room for more");
    terminal.resize(Size::new(80, 10));
    terminal.wait_for_text(" s");
    drop(end);
    terminal.wait_for_text("500 surely, 0 possibly, 500 in all");
    let shown = rows(terminal.parser.screen());
    assert_eq!(shown.trim_end(), "500 surely, 0 possibly, 500 in all");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn control_c_removes_the_line_and_leaves_no_file() {
    let folder = folder("interrupted", &["pipe"]);
    let text = logs::text("csv", 500);
    let command = "trap : INT; dateline import pipe --output case.toml; echo \"ended $?\"";
    let mut terminal = shell(&in_folder(&folder, command));
    let _end = feed(folder.join("pipe"), text.clone());
    terminal.wait_for_text(&line(&text));
    terminal.press("\x03");
    terminal.wait_for_text("ended 130");
    let shown = rows(terminal.parser.screen());
    assert!(!shown.contains("reading"), "{shown}");
    let left = fs::read_dir(&folder).expect("the folder is there");
    let left: Vec<_> = left
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    assert_eq!(left, ["pipe"]);
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// The other command begins later: when its line is there, these have run long enough to have one.
#[test]
fn there_is_no_line_in_a_file_or_for_a_screen_reader() {
    let folder = folder("silent", &["a", "b", "c"]);
    let text = logs::text("csv", 500);
    let commands = "dateline list --count a 2>errors >counted & \
                    dateline --linear b >sentences & \
                    dateline list --count c; wait; cat counted";
    let mut terminal = shell(&in_folder(&folder, commands));
    let silent = ["a", "b"].map(|pipe| feed(folder.join(pipe), text.clone()));
    let end = feed(folder.join("c"), text.clone());
    terminal.wait_for_text(&line(&text));
    let shown = rows(terminal.parser.screen());
    assert_eq!(shown.matches("reading").count(), 1, "{shown}");
    drop((silent, end));
    let counted = "500 surely, 0 possibly, 500 in all";
    terminal.wait_for_text(&format!("{counted}\n{counted}"));
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(
        program::read(&folder.join("errors").display().to_string()),
        ""
    );
}
