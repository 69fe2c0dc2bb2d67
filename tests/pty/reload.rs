//! A save is seen, and nothing that is saved takes the view away.

use std::fs;
use std::path::PathBuf;

use super::Terminal;

const A: &str =
    "[timeline]\ntitle = \"T\"\n[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"The first\"\n";
const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"The second\"\n";

/// A file of its own in an empty folder below that of the tests.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("reload-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("it is of an earlier run");
    }
    fs::create_dir_all(&folder).expect("it can be made");
    let file = folder.join("t.toml");
    fs::write(&file, A).expect("it can be written");
    file
}

#[test]
fn a_save_is_shown_with_marks_however_the_editor_saves() {
    let file = file("save");
    let mut terminal = Terminal::on(&file, &[]);
    fs::write(&file, format!("{A}{B}")).expect("it can be written");
    terminal.wait_for_text("read again: 1 new");
    terminal.wait_for_text("+       2022");

    // As most editors do: another file takes the name.
    let other = file.with_extension("new");
    fs::write(&other, format!("{A}{}", B.replace("second", "other"))).expect("written");
    fs::rename(&other, &file).expect("it can be renamed");
    terminal.wait_for_text("read again: 1 changed");
    terminal.wait_for_text("The other");

    fs::write(&file, format!("{A}{B}[[")).expect("it can be written");
    terminal.wait_for_text("(p shows all)");
    assert!(terminal.parser.screen().contents().contains("The other"));
    fs::write(&file, format!("{A}{B}")).expect("it can be written");
    terminal.wait_for_text("The second");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn what_takes_the_place_of_the_file_is_told_and_the_view_stays() {
    let file = file("place");
    let mut terminal = Terminal::on(&file, &[]);
    let remove = || fs::remove_file(&file).expect("it can be removed");
    remove();
    terminal.wait_for_text("`t.toml` cannot be read");
    fs::create_dir(&file).expect("it can be made");
    terminal.wait_for_text("`t.toml` is a directory now");
    fs::remove_dir(&file).expect("it can be removed");
    let made = std::process::Command::new("mkfifo").arg(&file).status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "there is a mkfifo"
    );
    terminal.wait_for_text("is no file any more");
    remove();
    fs::write(&file, "").expect("it can be written");
    terminal.wait_for_text("there are no events in the file now");
    assert!(terminal.parser.screen().contents().contains("The first"));
    fs::write(&file, format!("{A}{B}")).expect("it can be written");
    terminal.wait_for_text("read again: 1 new");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_file_that_is_not_watched_is_read_again_when_asked_for() {
    let file = file("no-watch");
    let mut terminal = Terminal::on(&file, &["--no-watch"]);
    fs::write(&file, format!("{A}{B}")).expect("it can be written");
    terminal.rest();
    assert!(!terminal.parser.screen().contents().contains("The second"));
    terminal.press("gr");
    terminal.wait_for_text("read again: 1 new");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_save_during_a_briefing_keeps_the_scene() {
    let file = file("brief");
    let scenes = "[[scenes]]\ntitle = \"One\"\n[[scenes]]\ntitle = \"Two\"\n";
    fs::write(&file, format!("{A}{scenes}")).expect("it can be written");
    let name = file.display().to_string();
    let mut terminal = Terminal::start(&["brief", &name], &[]);
    terminal.wait_for_text("scene 1 of 2");
    terminal.press("2");
    terminal.wait_for_text("scene 2 of 2");
    fs::write(&file, format!("{A}{B}{scenes}")).expect("it can be written");
    terminal.wait_for_text("read again: 1 new");
    assert!(terminal.parser.screen().contents().contains("scene 2 of 2"));
    terminal.press("\x03");
    assert_eq!(terminal.ends().exit_code(), 0);
}
