//! The viewer compares a file with its last commit.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::Terminal;

const OLD: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"The first\"\n\
                   [[events]]\nid = \"z\"\nwhen = \"2020\"\ntitle = \"A rumour\"\n";
const NEW: &str = "[[events]]\nid = \"a\"\nwhen = \"late 2021\"\ntitle = \"The first\"\n\
                   [[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"The second\"\n";

/// A folder with a timeline, and a program called `git` that knows one revision of it.
fn repository() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pty-baseline");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).expect("the file can be written");
    };
    write("old.toml", OLD);
    write("t.toml", NEW);
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *' HEAD:./t.toml')\nwhile IFS= read -r line; do printf '%s\\n' \"$line\"; \
         done < '{}' ;;\n*) echo 'fatal: invalid object name' >&2; exit 128 ;;\nesac\n",
        folder.join("old.toml").display()
    );
    write("git", &script);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.join("git"), executable).expect("it can be made executable");
    folder
}

#[test]
fn a_key_compares_with_the_last_commit_and_a_flag_begins_so() {
    let folder = repository();
    let (file, path) = (folder.join("t.toml"), folder.display().to_string());
    let file = file.display().to_string();
    let environment = [("PATH", path.as_str())];
    let mut terminal = Terminal::with_first_frame(&[&file], &environment);
    terminal.press("Dv9\r");
    terminal.wait_for_text("the repository has no revision `v9`");
    terminal.press("\u{15}HEAD\r");
    terminal.wait_for_text("since HEAD: 1 new, 1 changed, 1 withdrawn");
    terminal.wait_for_text("- 1 withdrawn since HEAD");
    terminal.wait_for_text("+        2022");
    terminal.press("gg");
    terminal.wait_for_text("narrowed: 2021 → late 2021");
    terminal.press("D");
    terminal.wait_for_text("No longer compared with HEAD");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);

    let flags = [&file, "--since", "HEAD", "--filter", "changed:new"];
    let mut terminal = Terminal::with_first_frame(&flags, &environment);
    terminal.wait_for_text("since HEAD: 1 new, 1 changed, 1 withdrawn");
    assert!(!terminal.parser.screen().contents().contains("The first"));
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
