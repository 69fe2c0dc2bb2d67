//! The viewer reloads a saved file, and keeps its last good version of a broken one.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::Terminal;

const A: &str =
    "[timeline]\ntitle = \"T\"\n[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"The first\"\n";
const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"The second\"\n";

/// A new file in an empty folder for the test.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("reload-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an earlier run left the folder");
    }
    fs::create_dir_all(&folder).expect("it can be created");
    let file = folder.join("t.toml");
    fs::write(&file, A).expect("the file can be written");
    file
}

#[test]
fn a_save_is_shown_with_change_marks_for_any_editor() {
    let file = file("save");
    let mut terminal = Terminal::on(&file, &[]);
    fs::write(&file, format!("{A}{B}")).expect("the file can be written");
    terminal.wait_for_text("Reloaded: 1 new");
    terminal.wait_for_text("+        2022");

    // Most editors write a new file and rename it.
    let other = file.with_extension("new");
    fs::write(&other, format!("{A}{}", B.replace("second", "other"))).expect("written");
    fs::rename(&other, &file).expect("the file can be renamed");
    terminal.wait_for_text("Reloaded: 1 changed");
    terminal.wait_for_text("The other");

    fs::write(&file, format!("{A}{B}[[")).expect("the file can be written");
    terminal.wait_for_text("(p shows all)");
    assert!(terminal.parser.screen().contents().contains("The other"));
    fs::write(&file, format!("{A}{B}")).expect("the file can be written");
    terminal.wait_for_text("The second");
    terminal.wait_for_text("Δ        2022");
    terminal.press("gr");
    terminal.wait_for_text("Reloaded: no changes");
    assert!(
        terminal
            .parser
            .screen()
            .contents()
            .contains("Δ        2022")
    );
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_replacement_that_is_not_a_file_is_reported_and_the_view_stays() {
    let file = file("place");
    let mut terminal = Terminal::on(&file, &[]);
    let remove = || fs::remove_file(&file).expect("the file can be removed");
    remove();
    terminal.wait_for_text("`t.toml` cannot be read");
    fs::create_dir(&file).expect("it can be created");
    terminal.wait_for_text("`t.toml` is a directory now");
    fs::remove_dir(&file).expect("the file can be removed");
    let made = std::process::Command::new("mkfifo").arg(&file).status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "the system has mkfifo"
    );
    terminal.wait_for_text("is not a file any more");
    remove();
    fs::write(&file, "").expect("the file can be written");
    terminal.wait_for_text("the file has no events now");
    assert!(terminal.parser.screen().contents().contains("The first"));
    fs::write(&file, format!("{A}{B}")).expect("the file can be written");
    terminal.wait_for_text("Reloaded: 1 new");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_save_without_events_shows_its_first_mistake_and_the_rest_on_a_key() {
    let file = file("mistakes");
    let mut terminal = Terminal::on(&file, &[]);
    let saves: [(&[u8], &str, &str); 4] = [
        (
            b"[timeline\n",
            "t.toml:1:1: this heading is never closed",
            "not-closed",
        ),
        (
            &[0; 100],
            "t.toml:1:1: the file is not text",
            "foreign-format",
        ),
        (
            b"\x07 and nothing else",
            "t.toml:1:1: a control character in the text",
            "control-character",
        ),
        (
            &[0xc1, 0xff],
            "t.toml:1:1: a byte here is not UTF-8",
            "not-utf8",
        ),
    ];
    let event = A.replace("[[events]]", "[[event]]");
    let event = (
        event.as_bytes(),
        "t.toml:3:3: `event` is not a key",
        "unknown-key",
    );
    for (bytes, notice, kind) in saves.into_iter().chain([event]) {
        fs::write(&file, bytes).expect("the file can be written");
        terminal.wait_for_text(notice);
        let screen = terminal.parser.screen().contents();
        assert!(
            screen.contains("(p shows all)") && screen.contains("The first"),
            "{screen}"
        );
        terminal.press("p");
        terminal.wait_for_text(kind);
        terminal.press("\x1b");
        terminal.wait_for("no findings", |screen| !screen.contents().contains(kind));
    }
    fs::write(&file, "[timeline]\ntitle = \"T\"\n").expect("the file can be written");
    terminal.wait_for_text("the file has no events now");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_file_without_a_watcher_is_reloaded_on_request() {
    let file = file("no-watch");
    let mut terminal = Terminal::on(&file, &["--no-watch"]);
    fs::write(&file, format!("{A}{B}")).expect("the file can be written");
    terminal.rest();
    assert!(!terminal.parser.screen().contents().contains("The second"));
    terminal.press("gr");
    terminal.wait_for_text("Reloaded: 1 new");
    terminal.press("gr");
    terminal.wait_for_text("Reloaded: no changes");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_save_during_a_briefing_keeps_the_scene() {
    let file = file("brief");
    let scenes = "[[scenes]]\ntitle = \"One\"\n[[scenes]]\ntitle = \"Two\"\n";
    fs::write(&file, format!("{A}{scenes}")).expect("the file can be written");
    let name = file.display().to_string();
    let mut terminal = Terminal::start(&["brief", &name], &[]);
    terminal.wait_for_text("scene 1 of 2");
    terminal.press("2");
    terminal.wait_for_text("scene 2 of 2");
    fs::write(&file, format!("{A}{B}{scenes}")).expect("the file can be written");
    terminal.wait_for_text("The second");
    // The room reads nothing about the file.
    let contents = terminal.parser.screen().contents();
    assert!(contents.contains("scene 2 of 2") && !contents.contains("Reloaded"));
    terminal.press("\x03\x03");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Saves the file with a second event of this title, and waits until the screen has it.
fn save_and_see(terminal: &mut Terminal, file: &Path, title: &str) {
    let text = format!("{A}{}", B.replace("The second", title));
    fs::write(file, text).expect("the file can be written");
    terminal.wait_for_text(title);
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("the file can be renamed");
}

fn make(folder: &Path) {
    fs::create_dir(folder).expect("it can be created");
}

#[cfg(unix)]
#[test]
fn a_save_behind_a_retargeted_link_is_seen() {
    let file = file("link");
    let folder = file.parent().expect("the file has a folder");
    let (link, new) = (folder.join("l.toml"), folder.join("l.new"));
    for version in ["v1", "v2", "v3"] {
        make(&folder.join(version));
    }
    rename(&file, &folder.join("v1/x.toml"));
    symlink("v1/x.toml", &link).expect("it can be created");
    let mut terminal = Terminal::on(&link, &[]);
    save_and_see(&mut terminal, &folder.join("v1/x.toml"), "One");
    for (version, first, then) in [("v2", "Two", "Three"), ("v3", "Four", "Five")] {
        let there = folder.join(version).join("x.toml");
        fs::write(&there, format!("{A}{}", B.replace("The second", first))).expect("written");
        symlink(&there, &new).expect("it can be created");
        rename(&new, &link);
        terminal.wait_for_text(first);
        save_and_see(&mut terminal, &there, then);
    }
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Kubernetes volumes swap links like this.
#[cfg(unix)]
#[test]
fn a_save_behind_a_swapped_link_in_the_path_is_seen() {
    let file = file("swapped");
    let folder = file.parent().expect("the file has a folder");
    for (version, title) in [("..1", "One"), ("..2", "Two")] {
        make(&folder.join(version));
        let text = format!("{A}{}", B.replace("The second", title));
        fs::write(folder.join(version).join("x.toml"), text).expect("the file can be written");
    }
    let (data, new, link) = (
        folder.join("..data"),
        folder.join("..new"),
        folder.join("l.toml"),
    );
    symlink("..1", &data).expect("it can be created");
    symlink("..data/x.toml", &link).expect("it can be created");
    let mut terminal = Terminal::on(&link, &[]);
    terminal.wait_for_text("One");
    symlink("..2", &new).expect("it can be created");
    rename(&new, &data);
    terminal.wait_for_text("Two");
    save_and_see(&mut terminal, &folder.join("..2/x.toml"), "Three");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_save_in_a_replaced_directory_is_seen() {
    let folder = file("replaced").parent().expect("a folder").to_owned();
    let (outer, old) = (folder.join("outer"), folder.join("old"));
    let file = outer.join("d/t.toml");
    fs::create_dir_all(outer.join("d")).expect("it can be created");
    rename(&folder.join("t.toml"), &file);
    let mut terminal = Terminal::on(&file, &[]);
    // The directory of the file, and the directory above it.
    for (replaced, titles) in [
        (outer.join("d"), ["One", "Two"]),
        (outer, ["Three", "Four"]),
    ] {
        rename(&replaced, &old);
        terminal.wait_for_text("`t.toml` cannot be read");
        fs::create_dir_all(file.parent().expect("a folder")).expect("it can be created");
        for title in titles {
            save_and_see(&mut terminal, &file, title);
        }
        fs::remove_dir_all(&old).expect("the file can be removed");
    }
    // The replaced directories are gone, so the file is missing until a new directory has it.
    fs::remove_dir_all(folder.join("outer/d")).expect("the file can be removed");
    terminal.wait_for_text("`t.toml` cannot be read");
    make(&folder.join("outer/d"));
    save_and_see(&mut terminal, &file, "Five");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// A directory without read permission cannot be watched, though its files can be opened.
#[cfg(target_os = "linux")]
#[test]
fn a_failing_watcher_is_reported_and_retried_on_reload() {
    use std::os::unix::fs::PermissionsExt;

    let file = file("unseen");
    let folder = file.parent().expect("the file has a folder");
    let allow = |mode: u32| {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder, mode).expect("the test owns the folder");
    };
    allow(0o311);
    // A privileged user must drop the capabilities that override permissions.
    let line = "test \"$(id -u)\" -ne 0 || with='setpriv --bounding-set=-dac_override,-dac_read_search'; \
        exec $with \"$0\" \"$1\"";
    let name = file.display().to_string();
    let program = env!("CARGO_BIN_EXE_dateline");
    let path = [super::given_back::PATH];
    let mut terminal = Terminal::start_program("/bin/sh", &["-c", line, program, &name], &path);
    terminal.wait_for_text("Saves are missed: `");
    fs::write(&file, format!("{A}{B}")).expect("the file can be written");
    terminal.press("gr");
    terminal.wait_for("both", |screen| {
        let text = screen.contents();
        text.contains("+        2022") && text.contains("Saves are missed: `")
    });
    allow(0o755);
    terminal.press("gr");
    terminal.wait_for("no word of it", |screen| {
        !screen.contents().contains("Saves are missed")
    });
    save_and_see(&mut terminal, &file, "Three");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn nothing_runs_while_a_watched_file_does_not_change() {
    let file = file("rest");
    let mut terminal = Terminal::on(&file, &[]);
    save_and_see(&mut terminal, &file, "One");
    terminal.stays_at_rest();
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
