//! A long file shows its beginning at once, and keys work while the rest loads.

use std::fs;
use std::path::PathBuf;

use super::Terminal;
use crate::support::logs;

/// Enough events to take a while to read.
const EVENTS: usize = 8_000;

/// A new log in the folder for tests.
fn log(name: &str) -> PathBuf {
    write(&format!("{name}.csv"), &logs::text("csv", EVENTS))
}

/// A new timeline there. It is read in smaller chunks than a log.
fn timeline(name: &str) -> PathBuf {
    let head = "[timeline]\ntitle = \"T\"\n[[events]]";
    let text = logs::text("toml", EVENTS).replacen("[[events]]", head, 1);
    write(&format!("{name}.toml"), &text)
}

fn write(name: &str, text: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("loading-{name}"));
    fs::write(&file, text).expect("the file can be written");
    file
}

#[test]
fn the_beginning_is_shown_and_the_selection_survives_loading() {
    let mut terminal = Terminal::on(&log("whole"), &[]);
    let shown = terminal.parser.screen().contents();
    assert!(shown.contains("reading 0 %: esc stops"), "{shown}");
    terminal.press("jjj");
    terminal.wait_for_text(" 4 of ");
    terminal.wait_for_text(&format!("4 of {EVENTS}"));
    terminal.wait_for_text(&format!(" {EVENTS} events"));
    let shown = terminal.parser.screen().contents();
    assert!(!shown.contains("reading"), "{shown}");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn escape_stops_loading_and_the_files_can_be_loaded_later() {
    let mut terminal = Terminal::on(&timeline("stopped"), &[]);
    terminal.press("\x1b");
    terminal.wait_for_text("% is read");
    terminal.wait_for_text("Stopped loading; gr loads everything");
    terminal.press("gr");
    terminal.wait_for_text("Everything is loaded");
    terminal.wait_for_text(&format!(" {EVENTS} events"));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_filter_without_matches_in_the_beginning_finds_later_events() {
    let file = log("filter");
    let last = EVENTS - 1;
    let arguments = [
        file.display().to_string(),
        format!("--filter=EVT-{last:07}"),
    ];
    let mut terminal = Terminal::start(&arguments.each_ref().map(String::as_str), &[]);
    terminal.wait_for_text("no event that has been read yet matches");
    terminal.wait_for_text(&format!("EVT-{last:07} "));
    terminal.wait_for_text(&format!(" {EVENTS} events"));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn nothing_is_shown_before_loading_ends_if_something_may_be_withheld() {
    let file = log("withheld");
    let arguments = [file.display().to_string(), "--as-of=2030-01-01".to_owned()];
    let mut terminal = Terminal::start(&arguments.each_ref().map(String::as_str), &[]);
    terminal.wait_for_text(" dateline ");
    let shown = terminal.parser.screen().contents();
    assert!(
        shown.contains("as of 1 Jan 2030") && !shown.contains("reading"),
        "{shown}"
    );
}
