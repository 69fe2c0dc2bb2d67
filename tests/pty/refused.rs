//! Outputs and terminals that refuse to be written, and devices in place of files.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::given_back::{PATH, is_drawn};
use super::{HARBOUR, PATIENCE, Terminal};
use crate::support::program::{dateline, read, root};

/// A device that is always full when written, and endless when read.
const FULL: &str = "/dev/full";

#[test]
fn a_full_output_is_reported_with_its_reason_and_its_own_status() {
    if !Path::new(FULL).exists() {
        return;
    }
    for arguments in [
        &["list", HARBOUR][..],
        &["check", HARBOUR],
        &["export", HARBOUR, "--to", "markdown"],
        &["frame", HARBOUR],
        &["--linear", HARBOUR],
        &["config"],
        &["completions", "bash"],
        &["--help"],
        &["help", "list"],
        &["--version"],
    ] {
        let full = fs::OpenOptions::new().write(true).open(FULL);
        let ended = dateline()
            .args(arguments)
            .stdout(full.expect("the device can be opened"))
            .stderr(Stdio::piped())
            .output()
            .expect("the program can be started");
        let error = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{arguments:?}: {error}");
        assert!(
            error.starts_with("error: cannot write to standard output: "),
            "{arguments:?}: {error}"
        );
        assert_eq!(error.lines().count(), 1, "{arguments:?}: {error}");
    }
}

#[test]
fn a_workbook_is_not_written_to_a_terminal() {
    for more in [&[][..], &["--output", "-"]] {
        let arguments = [&["export", HARBOUR, "--to", "xlsx"][..], more].concat();
        let mut terminal = Terminal::start(&arguments, &[PATH]);
        terminal.wait_for_text("`xlsx` is not text: a terminal cannot show it");
        terminal.wait_for_text("--output case.xlsx");
        assert_eq!(terminal.ends().exit_code(), 2, "{more:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_whole_is_removed() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export-half.html");
    let _ = fs::remove_file(&path);
    let program = env!("CARGO_BIN_EXE_dateline");
    // The limit is a few blocks for each file; the trap makes a longer write fail instead of ending the program.
    let line = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{program}' export {HARBOUR} --to html --output '{}'",
        path.display()
    );
    let ended = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(root())
        .output();
    let ended = ended.expect("the system has a shell");
    let error = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{error}");
    assert!(error.contains("cannot write"), "{error}");
    assert!(!path.exists());
}

/// Starts the program with limited memory, in case it reads without end.
fn bounded(arguments: &str) -> Terminal {
    let program = env!("CARGO_BIN_EXE_dateline");
    let line = format!("ulimit -v 2000000; exec '{program}' {arguments}");
    Terminal::start_program("/bin/sh", &["-c", &line], &[PATH])
}

#[test]
fn a_device_is_refused_unread() {
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
fn a_device_in_place_of_the_file_keeps_the_view() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("refused-reload");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run left the folder");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    let file = folder.join("t.toml");
    fs::write(&file, read("tests/frames/timelines/undated.toml")).expect("the file can be written");
    let mut terminal = bounded(&format!("'{}'", file.display()));
    terminal.wait_for("the first frame", is_drawn);
    let link = folder.join("link");
    symlink("/dev/zero", &link).expect("the link can be made");
    fs::rename(&link, &file).expect("the link can be renamed");
    terminal.wait_for_text("`t.toml` is not a file any more");
    assert!(is_drawn(terminal.parser.screen()));
    terminal.press("e");
    terminal.wait_for_text("`t.toml` is not a file any more");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn it_ends_without_a_panic_if_the_terminal_goes_away_during_a_frame() {
    let Terminal {
        master,
        slave,
        mut keyboard,
        output,
        ended,
        ..
    } = Terminal::with_first_frame(&[HARBOUR], &[]);
    // From here on the output is not read, so the terminal is soon full.
    drop(output);
    for keys in ["G", "gg", "S", "\x7f"].repeat(200) {
        let pressed = keyboard.write_all(keys.as_bytes());
        pressed.expect("the terminal takes keys");
    }
    drop((slave, keyboard, master));
    let status = ended
        .recv_timeout(PATIENCE)
        .expect("the program ends without its terminal");
    assert_ne!(status.exit_code(), 101, "the program panicked");
}
