//! A terminal or an output that takes no more, and devices where a file should be.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::given_back::{PATH, is_drawn};
use super::{PATIENCE, Terminal};
use crate::support::program::{dateline, read};

/// A device that is always full when it is written to, and never ends when it is read.
const FULL: &str = "/dev/full";

#[test]
fn an_output_that_is_full_is_told_with_its_reason_and_a_status_of_its_own() {
    if !Path::new(FULL).exists() {
        return;
    }
    let case = "timelines/uk-democratic-institutions.toml";
    for arguments in [
        &["list"][..],
        &["check", case],
        &["export", "--to", "markdown"],
        &["frame"],
        &["--linear"],
        &["config"],
        &["completions", "bash"],
        &["--help"],
        &["help", "list"],
        &["--version"],
    ] {
        let full = fs::OpenOptions::new().write(true).open(FULL);
        let ended = dateline()
            .args(arguments)
            .stdout(full.expect("it can be opened"))
            .stderr(Stdio::piped())
            .output()
            .expect("it can be started");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{arguments:?}: {told}");
        assert!(
            told.starts_with("error: cannot write to standard output: "),
            "{arguments:?}: {told}"
        );
        assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
    }
}

#[test]
fn a_file_that_cannot_be_written_whole_is_not_left_half() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export-half.html");
    let _ = fs::remove_file(&path);
    let program = env!("CARGO_BIN_EXE_dateline");
    // No file may be longer than a few blocks, and whoever tries is not ended by a signal.
    let line = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{program}' export --to html --output '{}'",
        path.display()
    );
    let ended = std::process::Command::new("sh")
        .args(["-c", &line])
        .output();
    let ended = ended.expect("there is a shell");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{told}");
    assert!(told.contains("cannot write"), "{told}");
    assert!(!path.exists());
}

/// Starts the program so that it does not take all memory, whatever it reads.
fn bounded(arguments: &str) -> Terminal {
    let program = env!("CARGO_BIN_EXE_dateline");
    let line = format!("ulimit -v 2000000; exec '{program}' {arguments}");
    Terminal::start_program("/bin/sh", &["-c", &line], &[PATH])
}

#[test]
fn a_device_is_no_file_and_is_not_read() {
    for device in ["/dev/zero", FULL, "/dev/tty"] {
        if !Path::new(device).exists() {
            continue;
        }
        for command in ["", "list", "check"] {
            let mut terminal = bounded(&format!("{command} {device}"));
            terminal.wait_for_text(&format!("`{device}` is a device"));
            assert!(!terminal.parser.screen().alternate_screen());
            assert_eq!(terminal.ends().exit_code(), 3, "{command} {device}");
        }
    }
}

#[test]
fn a_device_that_takes_the_place_of_the_file_takes_nothing_away() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("refused-reload");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("it is of an earlier run");
    }
    fs::create_dir_all(&folder).expect("it can be made");
    let file = folder.join("t.toml");
    fs::write(&file, read("tests/frames/timelines/undated.toml")).expect("it can be written");
    let mut terminal = bounded(&format!("'{}'", file.display()));
    terminal.wait_for("the first frame", is_drawn);
    let link = folder.join("link");
    symlink("/dev/zero", &link).expect("it can be made");
    fs::rename(&link, &file).expect("it can be renamed");
    terminal.wait_for_text("`t.toml` is no file any more");
    assert!(is_drawn(terminal.parser.screen()));
    terminal.press("e");
    terminal.wait_for_text("`t.toml` is no file any more");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_terminal_that_goes_away_while_a_frame_is_written_ends_it_without_a_panic() {
    let Terminal {
        master,
        slave,
        mut keyboard,
        output,
        ended,
        ..
    } = Terminal::with_first_frame(&[], &[]);
    // From here on nobody reads: what is written soon finds no more room.
    drop(output);
    for keys in ["G", "gg", "S", "\x7f"].repeat(200) {
        let pressed = keyboard.write_all(keys.as_bytes());
        pressed.expect("the terminal takes keys");
    }
    drop((slave, keyboard, master));
    let status = ended.recv_timeout(PATIENCE).expect("nobody can see it");
    assert_ne!(status.exit_code(), 101, "it panicked");
}
