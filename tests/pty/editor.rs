//! The user's editor in the viewer's terminal. A script replaces it and records its arguments.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::Terminal;
use super::given_back::{PATH, in_a_shell_with, is_drawn, is_given_back, is_ready, leaves};

const FILE: &str = "\
[timeline]
title = \"T\"

[[events]]
id = \"a\"
when = \"2021\"
title = \"The first\"

[[events]]
id = \"b\"
when = \"2022\"
title = \"The second\"
";

const MORE: &str = "[[events]]\nwhen = \"2023\"\ntitle = \"The third\"\n";

/// A folder with a timeline, and with a script under the name of an editor.
struct EditorFixture {
    folder: PathBuf,
}

impl EditorFixture {
    /// The script writes its arguments to a file, waits for a line, and runs `deed`.
    fn new(name: &str, deed: &str) -> Self {
        Self::prepared(name, "", deed)
    }

    /// The same, but the script runs `before` first.
    fn prepared(name: &str, before: &str, deed: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("editor-{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an earlier run left the folder");
        }
        fs::create_dir_all(&folder).expect("the folder can be made");
        let desk = Self { folder };
        fs::write(desk.file(), FILE).expect("the file can be written");
        let script = format!(
            "#!/bin/sh\ncd '{}'\nprintf '%s\\n' \"$@\" > record\n\
             test -t 0 && test -t 1 && echo on a terminal >> record\n\
             trap 'echo edited' EXIT\n{before}\nprintf 'editing> '\n{deed}\n",
            desk.folder.display()
        );
        for name in ["vim", "unknown"] {
            let path = desk.path(name);
            fs::write(&path, &script).expect("the script can be written");
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(&path, mode).expect("the script can be made executable");
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn file(&self) -> PathBuf {
        self.path("t.toml")
    }

    /// Opens the timeline with the script as the editor.
    fn open(&self, more: &[&str]) -> Terminal {
        self.open_in("vim", more)
    }

    fn open_in(&self, editor: &str, more: &[&str]) -> Terminal {
        let file = self.file().display().to_string();
        let mut arguments = vec![file.as_str()];
        arguments.extend(more);
        let editor = format!("'{}'", self.path(editor).display());
        Terminal::with_first_frame(&arguments, &[PATH, ("VISUAL", &editor)])
    }

    /// The lines that the script recorded.
    fn recorded(&self) -> Vec<String> {
        let record = fs::read_to_string(self.path("record")).expect("the editor ran");
        record.lines().map(str::to_owned).collect()
    }
}

/// Opens the editor, and waits for its prompt.
fn edit(terminal: &mut Terminal, keys: &str) {
    terminal.press(keys);
    terminal.wait_for("the editor", |screen| {
        is_given_back(screen) && screen.contents().trim_end().ends_with("editing>")
    });
}

fn quits(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_editor_gets_the_terminal_and_the_line_and_its_save_is_read() {
    let add = format!("read line\necho \"typed: $line\" >> record\nprintf '{MORE}' >> t.toml");
    for more in [&[][..], &["--no-watch"]] {
        let desk = EditorFixture::new("saves", &add);
        let mut terminal = desk.open(more);
        edit(&mut terminal, "je");
        assert_eq!(
            super::settings(terminal.master.as_ref()),
            terminal.before,
            "the editor has the terminal as it was"
        );
        terminal.press("jjq\r");
        terminal.wait_for_text("Reloaded: 1 new");
        assert!(is_drawn(terminal.parser.screen()));
        let file = desk.file().display().to_string();
        assert_eq!(
            desk.recorded(),
            ["+9", &file, "on a terminal", "typed: jjq"],
            "the second event is in line 9"
        );
        // The viewer reads keys again.
        terminal.press("j");
        terminal.wait_for_text(" 3 of 3");
        quits(terminal);
    }
}

#[test]
fn a_workbook_is_not_opened_in_an_editor_but_its_row_is_named() {
    let desk = EditorFixture::new("workbook", "read line");
    let timeline = crate::support::program::opened("t.toml", FILE).timeline;
    let workbook = crate::support::program::written_file(&timeline, "xlsx");
    fs::write(desk.file(), workbook).expect("the file can be written");
    let mut terminal = desk.open(&[]);
    terminal.press("je");
    terminal.wait_for_text("sheet Timeline, row 3");
    assert!(!desk.path("record").exists(), "no editor ran");
    quits(terminal);
}

#[test]
fn an_editor_opens_a_journal_at_the_line_of_the_entry() {
    let desk = EditorFixture::new("journal", "read line");
    let journal = fs::read("tests/formats/presets/journald.export");
    fs::write(desk.file(), journal.expect("it can be read")).expect("the file can be written");
    let mut terminal = desk.open(&[]);
    edit(&mut terminal, "je");
    terminal.press("\r");
    terminal.wait_for_text("2 of 2");
    let file = desk.file().display().to_string();
    assert_eq!(desk.recorded(), ["+11", &file, "on a terminal"]);
    quits(terminal);
}

#[test]
fn an_unknown_editor_gets_only_the_file_and_the_viewer_shows_the_line() {
    let desk = EditorFixture::new("unknown", "read line");
    let mut terminal = desk.open_in("unknown", &[]);
    edit(&mut terminal, "e");
    terminal.press("\r");
    terminal.wait_for_text("Cannot open `unknown` at a line: this is line 4 of `t.toml`");
    let file = desk.file().display().to_string();
    assert_eq!(desk.recorded(), [&file, "on a terminal"]);
    quits(terminal);
}

#[test]
fn the_failure_of_an_editor_is_reported_in_the_restored_view() {
    for (name, deed, expected) in [
        ("status", "read line\nexit 3", "`vim` ended with status 3"),
        (
            "killed",
            "read line\nkill -KILL $$",
            "`vim` was ended by SIGKILL",
        ),
        (
            "raw",
            "read line\nstty raw -echo\nkill -KILL $$",
            "`vim` was ended by SIGKILL",
        ),
        (
            "silent",
            "read line\nstty -echo\nexit 1",
            "`vim` ended with status 1",
        ),
    ] {
        let desk = EditorFixture::new(name, deed);
        let mut terminal = desk.open(&[]);
        edit(&mut terminal, "e");
        terminal.press("\r");
        terminal.wait_for_text(expected);
        assert!(is_drawn(terminal.parser.screen()));
        quits(terminal);
    }
    let desk = EditorFixture::new("missing", "");
    let mut terminal = desk.open_in("no-such-editor", &[]);
    terminal.press("e");
    terminal.wait_for_text("`no-such-editor` cannot be started");
    assert!(is_drawn(terminal.parser.screen()));
    quits(terminal);
}

#[test]
fn only_the_editor_receives_an_interrupt() {
    // A trapped signal also ends the reading of a line. If it comes just before, the shell runs its trap behind the line.
    let deed = "for i in 1 2 3 4 5 6; do read line && test \"$line\" = end && break; done";
    let desk = EditorFixture::prepared("interrupt", "trap 'echo heard' INT QUIT", deed);
    let mut terminal = desk.open(&[]);
    edit(&mut terminal, "e");
    terminal.press("\x03\r");
    terminal.wait_for_text("heard");
    terminal.press("\x1c\r");
    terminal.wait_for("both", |screen| {
        screen.contents().matches("heard").count() == 2
    });
    terminal.press("end\r");
    terminal.wait_for("the view", is_drawn);
    terminal.press("j");
    terminal.wait_for_text(" 2 of 2");
    // Afterwards the viewer receives the signal again.
    terminal.kill("INT");
    assert!(terminal.ends().signal().is_some());

    let desk = EditorFixture::new("interrupted", "read line");
    let mut terminal = desk.open(&[]);
    edit(&mut terminal, "e");
    terminal.press("\x03");
    terminal.wait_for_text("`vim` was ended by SIGINT");
    quits(terminal);
}

#[test]
fn a_termination_signal_ends_the_viewer_after_the_editor() {
    let desk = EditorFixture::new("ends", "read line\necho saved >> record");
    let mut terminal = desk.open(&[]);
    edit(&mut terminal, "e");
    terminal.kill("TERM");
    terminal.press("\r");
    assert!(terminal.ends().signal().is_some());
    assert_eq!(desk.recorded().last().map(String::as_str), Some("saved"));
}

#[test]
fn a_suspended_editor_suspends_the_viewer_and_both_resume() {
    let desk = EditorFixture::new("stopped", "read line\necho \"typed: $line\" >> record");
    let editor = desk.path("vim").display().to_string();
    let file = desk.file().display().to_string();
    let mut terminal = in_a_shell_with(&file, &[("VISUAL", &editor)]);
    edit(&mut terminal, "e");
    terminal.press("\x1a");
    terminal.wait_for("the shell", is_ready);
    terminal.press("echo $((6 * 7))\r");
    terminal.wait_for_text("42");
    terminal.press("fg\ron\r");
    terminal.wait_for("the view", is_drawn);
    assert_eq!(
        desk.recorded().last().map(String::as_str),
        Some("typed: on")
    );
    leaves(terminal);
}

#[test]
fn the_editor_opens_a_finding_at_its_line() {
    let desk = EditorFixture::new("finding", "read line");
    let broken = FILE.replace("when = \"2022\"", "when = \"2022-13\"");
    fs::write(desk.file(), broken).expect("the file can be written");
    let mut terminal = desk.open(&[]);
    terminal.press("p");
    terminal.wait_for_text("t.toml:11:");
    edit(&mut terminal, "e");
    terminal.press("\r");
    terminal.wait_for("the view", is_drawn);
    assert_eq!(desk.recorded().first().map(String::as_str), Some("+11"));
    terminal.press("\x1b");
    terminal.wait_for("no findings", |screen| {
        !screen.contents().contains("t.toml:11:")
    });
    quits(terminal);
}

#[test]
fn the_line_is_that_of_the_file_on_disk() {
    let desk = EditorFixture::new("moved", "read line");
    let mut terminal = desk.open(&["--no-watch"]);
    fs::write(desk.file(), format!("# one\n# two\n{FILE}")).expect("the file can be written");
    edit(&mut terminal, "je");
    assert_eq!(desk.recorded().first().map(String::as_str), Some("+11"));
    // The viewer keeps its last good version of a broken file, and the editor opens the file all the same.
    fs::write(desk.file(), format!("{MORE}{FILE}[[")).expect("the file can be written");
    terminal.press("\r");
    terminal.wait_for_text("(p shows all)");
    edit(&mut terminal, "e");
    assert_eq!(desk.recorded().first().map(String::as_str), Some("+12"));
    terminal.press("\r");
    terminal.wait_for("the view", is_drawn);
    quits(terminal);
}

#[test]
fn input_that_is_not_an_editable_file_is_refused_with_a_remedy() {
    let refused = |mut terminal: Terminal, expected: &str| {
        terminal.press("e");
        terminal.wait_for_text(expected);
        assert!(is_drawn(terminal.parser.screen()));
        quits(terminal);
    };
    refused(
        Terminal::with_first_frame(&[], &[]),
        "cannot edit the shipped case",
    );
    let desk = EditorFixture::new("packed", "");
    let pack = |file: &Path| std::process::Command::new("gzip").arg(file).status();
    assert!(
        pack(&desk.file()).is_ok_and(|status| status.success()),
        "gzip"
    );
    let packed = desk.path("t.toml.gz").display().to_string();
    refused(
        Terminal::with_first_frame(&[&packed], &[]),
        "cannot edit `t.toml.gz`, which is packed: unpack it with `gunzip`",
    );
    let ceiling = ["tests/frames/timelines/marked.toml", "--max-tlp", "green"];
    refused(
        Terminal::with_first_frame(&ceiling, &[]),
        "the file has parts above TLP:GREEN",
    );
    let mut piped = piped("- < tests/frames/timelines/undated.toml", &[]);
    piped.wait_for("the first frame", is_drawn);
    refused(piped, "cannot edit standard input");
}

/// Starts the program with its standard input redirected.
fn piped(arguments: &str, environment: &[(&str, &str)]) -> Terminal {
    let line = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_dateline"));
    let environment = [&[PATH], environment].concat();
    Terminal::start_program("/bin/sh", &["-c", &line], &environment)
}

#[test]
fn the_editor_gets_the_terminal_even_if_standard_input_is_redirected() {
    let desk = EditorFixture::new("piped", "read line\necho \"typed: $line\" >> record");
    let editor = desk.path("vim").display().to_string();
    let line = format!("'{}' < /dev/null", desk.file().display());
    let mut terminal = piped(&line, &[("EDITOR", &editor)]);
    terminal.wait_for("the first frame", is_drawn);
    edit(&mut terminal, "e");
    terminal.press("on\r");
    terminal.wait_for("the view", is_drawn);
    assert_eq!(desk.recorded().split_off(2), ["on a terminal", "typed: on"]);
    quits(terminal);
}

/// A mistake in the settings is fixed like a mistake in any file. A marking does not withhold the settings.
#[test]
fn a_mistake_in_the_settings_is_edited_in_their_file() {
    for more in [&[][..], &["--max-tlp", "green"]] {
        let desk = EditorFixture::new("settings", "read line");
        fs::write(
            desk.file(),
            FILE.replace("title = \"T\"", "tlp = \"clear\""),
        )
        .expect("the file can be written");
        let config = desk.path("config.toml");
        fs::write(&config, "theme = \"dark\"\nwatch = 3\n").expect("the file can be written");
        let name = config.display().to_string();
        let mut terminal = desk.open(&[&["--config", &name], more].concat());
        terminal.press("p");
        terminal.wait_for_text("setting-wrong");
        edit(&mut terminal, "e");
        terminal.press("\r");
        terminal.wait_for_text("Settings take effect when dateline starts");
        assert_eq!(desk.recorded(), ["+2", &name, "on a terminal"]);
        terminal.press("\x1b");
        terminal.wait_for("no findings", |screen| {
            !screen.contents().contains("setting-wrong")
        });
        quits(terminal);
    }
}
