//! What `dateline diff` prints, and how it ends.

use std::process::Output;

use dateline::change::TimelineComparison;
use dateline::formats::comparison::{COMPARISON_WRITERS, ComparedSides, ComparisonWriter};

use super::timeline;
use crate::support::program::{self, run};

const BASE: &str = "tests/changes/base.toml";
const AFTER: &str = "tests/changes/after.toml";
const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";
const HARBOUR: &str = "tests/frames/timelines/harbour.toml";

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn message(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the messages are UTF-8")
}

#[test]
fn each_format_is_as_reviewed() {
    let (old, new) = (program::read(BASE), program::read(AFTER));
    let (old, new) = (timeline(&old), timeline(&new));
    let comparison = TimelineComparison::between(&old, &new);
    let sides = ComparedSides {
        old: "base.toml".to_owned(),
        new: "after.toml".to_owned(),
    };
    for writer in COMPARISON_WRITERS {
        let written = (writer.write)(&comparison, &sides);
        insta::with_settings!({
            prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots",
        }, {
            insta::assert_snapshot!(writer.name, written);
        });
    }
}

#[test]
fn the_exit_status_says_whether_anything_differs() {
    let same = run(&["diff", BASE, BASE]);
    assert_eq!(same.status.code(), Some(0), "{}", message(&same));
    assert!(
        text(&same).contains("3 events before, 3 now: 3 the same"),
        "{}",
        text(&same)
    );
    let differs = run(&["diff", BASE, AFTER]);
    assert_eq!(differs.status.code(), Some(1), "{}", message(&differs));
    let git = [
        "diff",
        "--git",
        "case.toml",
        BASE,
        "0",
        "0",
        AFTER,
        "0",
        "0",
    ];
    let git = run(&git);
    assert_eq!(git.status.code(), Some(0), "{}", message(&git));
    assert!(text(&git).contains("from case.toml before to case.toml after"));
    let added = run(&[
        "diff",
        "--git",
        "case.toml",
        "/dev/null",
        ".",
        ".",
        BASE,
        "0",
        "0",
    ]);
    assert!(
        text(&added).contains("0 events before, 3 now: 3 new"),
        "{}",
        text(&added)
    );
}

#[test]
fn wrong_arguments_are_refused_with_a_remedy() {
    for (arguments, reported) in [
        (
            &["diff", BASE, AFTER, HARBOUR][..],
            "two files are compared, not 3",
        ),
        (&["diff", "-", "-"], "standard input is only one file"),
        (
            &["diff", "--rev", "HEAD", BASE, AFTER],
            "compare one file with itself",
        ),
        (&["diff", "--rev=-x", BASE], "cannot be a revision"),
        (&["diff", "--known", "2024", BASE], "expected two days"),
        (
            &["diff", "--known", "2024..2023", BASE],
            "expected the earlier day first",
        ),
        (
            &["diff", "--git", BASE],
            "takes the arguments of an external diff of git",
        ),
        (
            &["diff", BASE, AFTER, "--filter", "phase:sanctoin"],
            "no phase",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = message(&output);
        assert!(message.contains(reported), "{arguments:?}: {message}");
    }
}

#[test]
fn a_filter_keeps_events_that_match_before_or_after() {
    let output = run(&["diff", BASE, AFTER, "--filter", "when:2024-03"]);
    let text = text(&output);
    assert!(text.contains("(later)"), "{text}");
    assert!(
        !text.contains("(entry)") && !text.contains("Sources"),
        "{text}"
    );
}

#[test]
fn a_marking_applies_to_both_sides() {
    let output = run(&["diff", BASE, AFTER, "--max-tlp", "AMBER"]);
    let text = text(&output);
    assert!(text.starts_with("TLP:AMBER\n"), "{text}");
    assert!(text.contains("Mail server entered"), "{text}");
    for withheld in [
        "Law changed",
        "Breach made public",
        "Fine announced",
        "response team",
    ] {
        assert!(!text.contains(withheld), "`{withheld}` in: {text}");
    }
}

#[test]
fn an_object_is_marked_as_strictly_as_its_claim() {
    let event = "[timeline]\ntlp = \"RED\"\n[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"x\"\ntlp = \"GREEN\"\n";
    let claim = "[[events.claims]]\nabout = \"actor\"\ntext = \"y\"\ntlp = \"AMBER\"\n";
    let (old, new) = (timeline(event), timeline(&format!("{event}{claim}")));
    let comparison = TimelineComparison::between(&old, &new);
    let writer = ComparisonWriter::find("json").expect("the format exists");
    let sides = ComparedSides {
        old: String::new(),
        new: String::new(),
    };
    let json = (writer.write)(&comparison, &sides);
    assert_eq!(json.lines().count(), 1, "{json}");
    assert!(json.contains("\"tlp\":\"AMBER\""), "{json}");
}

#[test]
fn nothing_of_a_file_is_a_control_character() {
    let (old, new) = (
        "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"x\"\n",
        "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"x\\u001b[2J\\u202e\"\n",
    );
    let (old, new) = (timeline(old), timeline(new));
    let comparison = TimelineComparison::between(&old, &new);
    let sides = ComparedSides {
        old: "a\u{1b}".to_owned(),
        new: "b".to_owned(),
    };
    for writer in COMPARISON_WRITERS {
        let written = (writer.write)(&comparison, &sides);
        assert!(
            !written.contains(['\u{1b}', '\u{202e}']),
            "{}: {written:?}",
            writer.name
        );
    }
}

#[test]
fn a_handout_begins_with_what_changed() {
    let arguments = ["export", AFTER, "--since", BASE, "--to", "markdown"];
    let markdown = text(&run(&arguments));
    let at = |words: &str| {
        let found = markdown.find(words);
        found.unwrap_or_else(|| panic!("no `{words}` in\n{markdown}"))
    };
    let order = [
        "## What changed (since base.toml)",
        "3 events before, 3 now: 1 new, 1 withdrawn, 2 changed.",
        "late 2021, Mail server entered",
        "- when: narrowed: 2021 → late 2021",
        "New: 20 Jan 2025, Fine announced",
        "- status: answered: open → answered",
        "## Overview",
    ];
    let places = order.map(at);
    assert!(places.is_sorted(), "{places:?}\n{markdown}");
    let one = [
        "export", AFTER, "--since", BASE, "--to", "markdown", "--filter", "id:later",
    ];
    let one = text(&run(&one));
    let (_, changed) = one
        .split_once("## What changed")
        .expect("it has the section");
    let changed = changed.split("## Overview").next().unwrap_or_default();
    assert!(changed.contains("Law changed"), "{changed}");
    assert!(
        changed.contains("1 event before, 1 now: 1 changed."),
        "{changed}"
    );
    assert!(!changed.contains("Breach made public"), "{changed}");
    assert!(!changed.contains("Mail server entered"), "{changed}");
}

#[test]
fn a_handout_is_marked_as_strictly_as_what_was_withdrawn() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("since");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("the file can be written");
        path.display().to_string()
    };
    let head = "[timeline]\ntitle = \"A case\"\ntlp = \"CLEAR\"\n";
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"Secret\"\ntlp = \"RED\"\n";
    let (old, new) = (
        write("old.toml", &format!("{head}{event}")),
        write("new.toml", head),
    );
    let markdown = text(&run(&["export", &new, "--since", &old, "--to", "markdown"]));
    assert!(markdown.contains("Withdrawn: 2021, Secret"), "{markdown}");
    assert!(markdown.starts_with("**TLP:RED**"), "{markdown}");
    assert!(!markdown.contains("TLP:CLEAR"), "{markdown}");
    let clear = [
        "export",
        &new,
        "--since",
        &old,
        "--to",
        "markdown",
        "--max-tlp",
        "CLEAR",
    ];
    let clear = text(&run(&clear));
    assert!(
        clear.starts_with("**TLP:CLEAR**") && !clear.contains("Secret"),
        "{clear}"
    );
}

#[test]
fn a_day_is_something_to_compare_with() {
    let known = text(&run(&[
        "export",
        "--to",
        "markdown",
        "--since",
        "2023-08-07",
        SHIPPED,
    ]));
    assert!(known.contains("## What changed (since 7 Aug 2023)"));
    assert!(known.contains("New: 8 Aug 2023, Commission makes the breach public"));
}

#[test]
fn a_list_marks_what_changed_and_names_what_was_withdrawn() {
    let list = text(&run(&["list", AFTER, "--since", BASE]));
    for expected in [
        "since base.toml: 1 new, 2 changed, 1 withdrawn",
        "Fine announced  [new]",
        "[changed: summary, when, ",
        "withdrawn since base.toml:\n2021  Breach made public",
    ] {
        assert!(list.contains(expected), "no `{expected}` in\n{list}");
    }
    let new = [
        "list",
        AFTER,
        "--since",
        BASE,
        "--count",
        "--filter",
        "changed:new",
    ];
    assert!(text(&run(&new)).starts_with("1 surely"));
    let alone = run(&["list", AFTER, "--filter", "changed:new"]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(
        message(&alone).contains("--since HEAD"),
        "{}",
        message(&alone)
    );
    // A day is one of the shipped case and of several files too.
    let shipped = text(&run(&[
        "list",
        "--since",
        "2023-08-07",
        "--filter",
        "changed:yes",
    ]));
    assert!(shipped.contains("since 7 Aug 2023: "), "{shipped}");
    let several = text(&run(&["list", BASE, HARBOUR, "--since", "2022"]));
    assert!(several.contains("since 2022: "), "{several}");
    let revision = run(&["list", BASE, HARBOUR, "--since", "HEAD"]);
    assert_eq!(revision.status.code(), Some(2));
    assert!(message(&revision).contains("no common revision"));
}

#[test]
fn what_changed_is_for_handouts_of_one_file() {
    for (arguments, reported) in [
        (
            &["export", AFTER, "--since", BASE, "--to", "csv"][..],
            "cannot include what changed",
        ),
        (
            &["export", AFTER, BASE, "--since", BASE, "--to", "html"],
            "compares one file with what it was",
        ),
        (
            &["export", "--since", BASE, "--to", "html"],
            "compares one file with what it was",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = message(&output);
        assert!(message.contains(reported), "{arguments:?}: {message}");
    }
}

#[cfg(unix)]
mod git {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;
    use std::process::{Command, Output};

    use super::{AFTER, BASE, message, text};
    use crate::support::program;

    /// A folder with a program called `git`, and the output of `dateline diff` that finds no other.
    fn diff_with(name: &str, script: &str) -> Output {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("git-{name}"));
        fs::create_dir_all(&folder).expect("the folder can be made");
        let git = folder.join("git");
        fs::write(&git, format!("#!/bin/sh\n{script}\n")).expect("the script can be written");
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&git, executable).expect("the script can be made executable");
        Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["diff", "--rev", "v1", AFTER])
            .env("PATH", &folder)
            .current_dir(program::root())
            .output()
            .expect("dateline runs")
    }

    #[test]
    fn git_gives_the_bytes_and_never_fetches() {
        let base = program::root().join(BASE);
        let script = format!(
            "[ \"$*\" = '-C tests/changes cat-file blob v1:./after.toml' ] && [ \"$GIT_NO_LAZY_FETCH\" = 1 ] && \
             while IFS= read -r line; do printf '%s\\n' \"$line\"; done < '{}'",
            base.display()
        );
        let output = diff_with("bytes", &script);
        assert_eq!(output.status.code(), Some(1), "{}", message(&output));
        let text = text(&output);
        assert!(
            text.contains("from tests/changes/after.toml at v1 to tests/changes/after.toml"),
            "{text}"
        );
        assert!(text.contains("(later)"), "{text}");
    }

    #[test]
    fn each_refusal_of_git_is_a_sentence_of_its_own() {
        for (name, said, reported) in [
            (
                "trust",
                "fatal: detected dubious ownership in repository at '/x'",
                "does not trust the folder",
            ),
            (
                "none",
                "fatal: not a git repository (or any of the parent directories): .git",
                "is not in a git repository",
            ),
            (
                "new",
                "fatal: path 'after.toml' exists on disk, but not in 'v1'",
                "was not yet in v1",
            ),
            (
                "path",
                "fatal: path 'after.toml' does not exist in 'v1'",
                "v1 has no file",
            ),
            (
                "revision",
                "fatal: invalid object name 'v1'.",
                "no revision `v1`",
            ),
            ("other", "fatal: out of paper", "git refused: out of paper"),
        ] {
            let output = diff_with(name, &format!("echo \"{said}\" >&2; exit 128"));
            assert_eq!(output.status.code(), Some(3), "{name}");
            let message = message(&output);
            assert!(message.contains(reported), "{name}: {message}");
        }
    }
}
