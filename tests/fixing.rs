//! `dateline check --fix`: it shows, asks, writes whole files or none, and reports what is left.

use std::fs;
use std::io::{self, BufRead, Cursor, Read};
use std::path::{Path, PathBuf};

use dateline::cli::fix::{FixAuthor, FixOutput, run};
use dateline::cli::status::ExitStatus;
use dateline::diagnostic::SourceText;
use dateline::formats::{TableOptions, read_and_check};

use crate::support::program;

/// A folder of its own for a test.
struct TestFolder(PathBuf);

impl TestFolder {
    fn new(test: &str) -> Self {
        let name = format!("dateline-fix-{}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder can be made");
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).expect("the file can be written");
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be read");
        let names = entries.map(|it| it.expect("the folder can be read").file_name());
        let mut names: Vec<_> = names.map(|it| it.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A session, and its output with file names instead of paths.
fn session(paths: &[PathBuf], author: FixAuthor) -> (anyhow::Result<ExitStatus>, String) {
    let mut out = Vec::new();
    let output = &mut FixOutput {
        out: &mut out,
        colour: false,
    };
    let done = run(paths, &TableOptions::default(), author, output);
    let mut text = String::from_utf8(out).expect("the output is UTF-8");
    for path in paths {
        let folder = path.parent().expect("the file is in a folder");
        text = text.replace(&format!("{}/", folder.display()), "");
    }
    (done, text)
}

fn answers(text: &str) -> FixAuthor {
    FixAuthor::Asked(Box::new(Cursor::new(text.to_owned())))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

const WRONG: &str = "\
# A file with mistakes that have fixes.
[timeline]
tlp = \"TLP:WHITE\"   # old

[[events]]
when   = 2021-08
titel  = \"First access\"

[[events]]
when   = \"04/08/2021\"
title  = \"Second\"
tags   = [\"a\", \"b\", \"a\"] # twice
";

#[test]
fn a_session_shows_each_fix_and_asks() {
    let folder = TestFolder::new("session");
    let path = folder.file("a.toml", WRONG);
    let (done, shown) = session(
        std::slice::from_ref(&path),
        answers("y\nwhat\nn\ny\n2\nq\n"),
    );
    assert_eq!(done.expect("the file can be fixed"), ExitStatus::Errors);
    let report = format!("{shown}\n--- a.toml\n{}", read(&path));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "diagnostics/snapshots" }, {
        insta::assert_snapshot!("fix-session", report);
    });
}

#[test]
fn without_questions_only_sure_fixes_are_applied() {
    let folder = TestFolder::new("yes");
    let path = folder.file("a.toml", WRONG);
    let (done, shown) = session(std::slice::from_ref(&path), FixAuthor::Yes);
    assert_eq!(done.expect("the file can be fixed"), ExitStatus::Errors);
    let fixed = WRONG
        .replace("TLP:WHITE", "CLEAR")
        .replace("2021-08\n", "\"2021-08\"\n")
        .replace("\"b\", \"a\"]", "\"b\"]");
    assert_eq!(read(&path), fixed);
    assert!(shown.contains("a.toml: 3 fixes applied\n"), "{shown}");
    assert!(
        shown.contains("2 fixes are left for you to choose"),
        "{shown}"
    );
}

#[test]
fn all_takes_the_sure_fixes_and_asks_about_the_others() {
    let folder = TestFolder::new("all");
    let path = folder.file("a.toml", WRONG);
    let (done, shown) = session(std::slice::from_ref(&path), answers("a\ny\n1\n"));
    assert_eq!(done.expect("the file can be fixed"), ExitStatus::Fine);
    let text = read(&path);
    assert!(text.contains("title  = \"First access\""), "{text}");
    assert!(text.contains("when   = \"2021-08-04\""), "{text}");
    assert!(
        shown.contains("a.toml: no findings\na.toml: 5 fixes applied\n"),
        "{shown}"
    );
}

#[test]
fn every_bad_file_comes_to_rest() {
    let folder = TestFolder::new("rest");
    let bad =
        fs::read_dir(program::root().join("tests/diagnostics")).expect("the folder can be read");
    let bad = bad.map(|entry| entry.expect("the folder can be read").path());
    for bad in bad.filter(|path| path.extension().is_some_and(|it| it == "toml")) {
        let bytes = fs::read(&bad).expect("the file can be read");
        let path = folder.file("a.toml", &bytes);
        let Ok(before) = String::from_utf8(bytes) else {
            continue;
        };
        let (done, shown) = session(std::slice::from_ref(&path), FixAuthor::Yes);
        assert!(done.is_ok(), "{}: {done:?}", bad.display());
        let errors = |text: &str| {
            let (_, found) = read_and_check(&[SourceText::new("a.toml", text)]);
            found
                .iter()
                .map(dateline::diagnostic::Diagnostic::count)
                .sum::<usize>()
        };
        let after = read(&path);
        assert!(
            before == after || errors(&after) < errors(&before),
            "{}: {shown}",
            bad.display()
        );
        let again = session(std::slice::from_ref(&path), FixAuthor::Yes).1;
        assert!(!again.contains(" applied"), "{}: {again}", bad.display());
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let folder = TestFolder::new("bytes");
    let windows = format!("\u{feff}{}", WRONG.replace('\n', "\r\n"));
    let path = folder.file("a.toml", &windows);
    session(std::slice::from_ref(&path), FixAuthor::Yes)
        .0
        .expect("the file can be fixed");
    let fixed = windows
        .replace("TLP:WHITE", "CLEAR")
        .replace("2021-08\r", "\"2021-08\"\r")
        .replace("\"b\", \"a\"]", "\"b\"]");
    assert_eq!(read(&path), fixed);
}

/// Answers `y`, and changes a file at the same time.
struct Meddler(PathBuf, bool);

impl Read for Meddler {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}

impl BufRead for Meddler {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.1 {
            return Ok(b"q\n");
        }
        Ok(b"y\n")
    }

    fn consume(&mut self, _: usize) {
        if self.1 {
            fs::write(&self.0, "# another\n").expect("the file can be written");
        }
        self.1 = true;
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_not_overwritten() {
    let folder = TestFolder::new("meanwhile");
    let path = folder.file("a.toml", WRONG);
    let author = FixAuthor::Asked(Box::new(Meddler(path.clone(), false)));
    let (done, _) = session(std::slice::from_ref(&path), author);
    let error = format!("{:#}", done.expect_err("the file has changed"));
    assert!(error.ends_with("a.toml` has changed meanwhile"), "{error}");
    assert_eq!(read(&path), "# another\n");
    assert_eq!(folder.names(), ["a.toml"]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = TestFolder::new("link");
    let path = folder.file("a.toml", WRONG);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the file is ours");
    let link = folder.0.join("link.toml");
    symlink(&path, &link).expect("links can be made");
    session(std::slice::from_ref(&link), FixAuthor::Yes)
        .0
        .expect("the file can be fixed");
    assert!(
        fs::symlink_metadata(&link)
            .expect("it is there")
            .is_symlink()
    );
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(read(&path).contains("\"CLEAR\""));
    assert_eq!(folder.names(), ["a.toml", "link.toml"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = TestFolder::new("read-only");
    let path = folder.file("a.toml", WRONG);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("the file is ours");
    let (done, _) = session(std::slice::from_ref(&path), FixAuthor::Yes);
    let error = format!("{:#}", done.expect_err("the file is read-only"));
    assert!(error.ends_with("a.toml` is read-only"), "{error}");
    assert_eq!(read(&path), WRONG);
}

#[test]
fn a_file_in_another_encoding_is_left_as_it_is() {
    let folder = TestFolder::new("encoding");
    let latin = b"[[events]]\nwhen = 2021-08\ntitle = \"Comit\xE9\"\n";
    let path = folder.file("a.toml", latin);
    let (done, _) = session(std::slice::from_ref(&path), FixAuthor::Yes);
    let error = format!("{:#}", done.expect_err("the file is not UTF-8"));
    assert!(error.contains("is not plain UTF-8"), "{error}");
    assert_eq!(fs::read(&path).expect("the file can be read"), latin);
}

#[test]
fn without_a_terminal_nothing_is_asked_or_changed() {
    let folder = TestFolder::new("no-terminal");
    let path = folder.file("a.toml", WRONG);
    let name = path.display().to_string();
    let output = program::run(&["check", "--fix", &name]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert_eq!(
        errors,
        "error: there is no terminal to ask about each fix\n\
         hint: add `--yes` to apply every sure fix\n"
    );
    assert_eq!(read(&path), WRONG);
    let output = program::run(&["check", "--fix", "--yes", &name]);
    assert_eq!(output.status.code(), Some(1));
    assert!(read(&path).contains("\"CLEAR\""));
    let output = program::fed(&["check", "--fix", "--yes", "-"], WRONG.as_bytes());
    assert_eq!(output.status.code(), Some(2));
}
