//! The command line: exit codes, streams and messages.

use std::process::{Output, Stdio};

use crate::support::program::{dateline, fed, root, run};

const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";
const HARBOUR: &str = "tests/frames/timelines/harbour.toml";
const BROKEN: &str = "tests/frames/timelines/broken.toml";
const SMALL: &str = "tests/frames/timelines/three-lines.toml";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the messages are UTF-8")
}

/// Checks the exit status, and the parts of the message on standard error.
#[track_caller]
fn assert_ends(arguments: &[&str], status: i32, reported: &[&str]) {
    let output = run(arguments);
    let err = err(&output);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {err}");
    for words in reported {
        assert!(err.contains(words), "{arguments:?}: no `{words}` in: {err}");
    }
    assert_eq!(err.is_empty(), reported.is_empty(), "{arguments:?}: {err}");
}

#[test]
fn success_ends_with_0_without_a_message() {
    for arguments in [
        &["list"][..],
        &["list", SMALL],
        &["list", SMALL, "--clock", "attributed"],
        &["check", SMALL],
        &["check", "--explain", "unquoted-date"],
        &["frame"],
        &["frame", "--size", "0x0"],
        &["frame", SMALL, "--theme", "light", "--format", "ansi"],
        &["export", HARBOUR, "--to", "html", "--audience", "board"],
        &[
            "export",
            HARBOUR,
            "--to",
            "markdown",
            "--brief",
            "--as-of",
            "2022-03-03",
        ],
        &["export", SMALL, "--to", "markdown", "--notes"],
        &["--help"],
        &["--version"],
        &["list", "--help"],
        &["help", "frame"],
    ] {
        assert_ends(arguments, 0, &[]);
    }
}

#[test]
fn an_audience_keeps_the_brief_handout_and_the_annex_has_the_rest() {
    let export = |options: &[&str]| {
        let all = [&["export", HARBOUR, "--to", "markdown"], options].concat();
        out(&run(&all))
    };
    let brief = export(&["--brief"]);
    assert!(!brief.contains("## Annex"), "{brief}");
    let heading = "## Briefing (3 of 4 scenes, for board)";
    let board = export(&["--audience", "board"]);
    assert!(board.contains(heading) && !board.contains("## Annex"));
    assert_eq!(board, export(&["--audience", "board", "--brief"]));
    let annexed = export(&["--audience", "board", "--annex"]);
    assert!(annexed.contains(heading) && annexed.contains("## Annex: all events (14)"));
    assert_eq!(export(&["--annex"]), export(&["--annex", "--brief"]));
    let full = export(&[]);
    assert!(full.contains("## Events (14)") && !full.contains("## Annex"));
}

#[test]
fn a_timeline_with_errors_ends_with_1() {
    assert_ends(&["check", BROKEN], 1, &[]);
    assert_ends(&["list", BROKEN], 1, &["5 errors", "`dateline check`"]);
    assert_ends(&["frame", BROKEN], 1, &["5 errors", "`dateline check`"]);
    let frame = out(&run(&["frame", BROKEN, "--size", "100x30"]));
    assert_eq!(frame.lines().count(), 30, "the frame is still printed");
    assert_ends(&["check", SMALL, BROKEN], 1, &[]);
    assert_ends(
        &["export", BROKEN, "--to", "html"],
        1,
        &["5 errors", "`dateline check`"],
    );
}

#[test]
fn a_timeline_with_warnings_only_ends_with_0() {
    let empty = "tests/frames/timelines/empty.toml";
    let output = run(&["check", empty]);
    assert!(out(&output).contains("warning[no-events]"), "{output:?}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn only_handouts_of_scenes_can_be_brief() {
    for option in ["--brief", "--annex", "--audience=board"] {
        let needs = "`--brief`, `--audience`, `--annex` and `--notes` are for handouts";
        assert_ends(
            &["export", HARBOUR, "--to", "csv", option],
            2,
            &["`csv` has no scenes", needs],
        );
    }
    assert_ends(
        &["export", SMALL, "--to", "html", "--brief"],
        2,
        &["the timeline has no scenes to present"],
    );
}

#[test]
fn an_export_says_what_the_format_loses() {
    let export = |options: &[&str]| run(&[&["export", HARBOUR, "--to", "csv"], options].concat());
    let written = export(&[]);
    let note = err(&written);
    assert!(
        note.starts_with("note: ") && note.ends_with(": `--explain` lists them\n"),
        "{note}"
    );
    assert!(
        note.contains(" claims") && note.lines().count() == 1,
        "{note}"
    );
    let explained = export(&["--explain"]);
    assert_eq!(
        (explained.status.code(), err(&explained).as_str()),
        (Some(0), "")
    );
    assert!(
        out(&explained).contains("\nleft out  4 scenes\n"),
        "{}",
        out(&explained)
    );
    let json = out(&export(&["--explain=json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["format"], "csv");
    // Nothing is written, so that no program takes a part for the whole.
    let refused = export(&["--strict"]);
    assert_eq!(
        (refused.status.code(), out(&refused).as_str()),
        (Some(1), "")
    );
    assert!(
        err(&refused).starts_with("error: `--strict`: `csv` does not keep everything: "),
        "{refused:?}"
    );
    assert!(
        err(&refused).ends_with("\nhint: `--explain` lists it\n"),
        "{refused:?}"
    );
    let both = export(&["--strict", "--explain"]);
    assert_eq!((both.status.code(), out(&both)), (Some(1), out(&explained)));
    let whole = run(&["export", SMALL, "--to", "csv", "--strict"]);
    assert_eq!((whole.status.code(), err(&whole).as_str()), (Some(0), ""));
    assert_ends(
        &["export", HARBOUR, "--to", "csv", "--explain=xml"],
        2,
        &["xml", "json"],
    );
    let brief = ["export", HARBOUR, "--to", "html", "--brief"];
    assert_eq!(err(&run(&brief)), "");
    assert_ends(
        &[&brief[..], &["--strict"]].concat(),
        2,
        &["a brief handout leaves things out on purpose"],
    );
}

#[test]
fn wrong_options_of_pictures_end_with_2_and_a_remedy() {
    assert_ends(
        &["export", SMALL, "--to", "html", "--size", "a4"],
        2,
        &["`html` is not a picture", "`--to svg`"],
    );
    assert_ends(
        &["export", SMALL, "--to", "svg", "--size", "400x300"],
        2,
        &["expected `a4`", "each from 400 to 10000"],
    );
    assert_ends(
        &["export", HARBOUR, "--to", "svg", "--size", "400x400"],
        2,
        &["400x400 does not hold 14 events", "`--size 400x"],
    );
    assert_ends(
        &["export", HARBOUR, "--to", "svg", "--brief"],
        2,
        &["`svg` has no scenes"],
    );
}

#[test]
fn a_bundle_of_stix_has_its_own_options() {
    const LOG: &str = "tests/formats/logs/timesketch.csv";
    let stix = |options: &[&str]| run(&[&["export", HARBOUR, "--to", "stix"], options].concat());
    let plain = stix(&[]);
    assert_eq!(plain.status.code(), Some(0), "{plain:?}");
    assert_eq!(out(&plain), out(&stix(&["--profile", "plain"])));
    // Both versions have the same objects, and say the same about what they lose.
    let incident = stix(&["--profile", "incident"]);
    let next = stix(&["--spec", "2.2"]);
    assert_ne!(err(&plain), err(&incident));
    assert_eq!(err(&incident), err(&next));
    assert!(out(&next).contains("\"spec_version\":\"2.2\""));
    let dated = out(&stix(&["--created", "2020-01-02T03:04:05Z"]));
    assert!(
        dated.contains("\"created\":\"2020-01-02T03:04:05.000Z\""),
        "{dated}"
    );
    for (options, reported) in [
        (
            &["--spec", "2.2", "--profile", "plain"][..],
            "`--profile incident`",
        ),
        (&["--created", "2026-11"], "such as 2026-11-22"),
        (&["--created", "late 2021"], "such as 2026-11-22"),
        (&["--created", "10000-01-01"], "10000-01-01"),
        (&["--profile", "full"], "incident"),
        (&["--spec", "2.0"], "2.1"),
    ] {
        assert_ends(
            &[&["export", HARBOUR, "--to", "stix"], options].concat(),
            2,
            &[reported],
        );
    }
    for option in ["--profile=plain", "--spec=2.1", "--created=2026-11-22"] {
        let refused = format!(
            "`{}` is not for `csv`",
            option.split('=').next().unwrap_or_default()
        );
        let arguments = ["export", HARBOUR, "--to", "csv", option];
        assert_ends(&arguments, 2, &[&refused, "use it with `--to stix`"]);
    }
    let undated = ["export", LOG, "--to", "stix"];
    assert_ends(
        &undated,
        2,
        &["needs a date of creation", "`--created 2026-11-22`"],
    );
    let created = [&undated[..], &["--created", "2026-11-22"]].concat();
    assert_eq!(run(&created).status.code(), Some(0));
    let explained = [&undated[..], &["--explain"]].concat();
    assert_ends(&explained, 0, &[]);
}

#[test]
fn an_event_of_misp_states_when_it_was_made() {
    const LOG: &str = "tests/formats/logs/timesketch.csv";
    let undated = ["export", LOG, "--to", "misp"];
    assert_ends(
        &undated,
        2,
        &["`misp` needs a date of creation", "`--created 2026-11-22`"],
    );
    let created = [&undated[..], &["--created", "2026-11-22"]].concat();
    let made = run(&created);
    assert_eq!(made.status.code(), Some(0));
    // 2026-11-22T00:00:00Z
    assert!(out(&made).contains("\"timestamp\": \"1795305600\""));
    let profile = [&created[..], &["--profile", "plain"]].concat();
    assert_ends(&profile, 2, &["`--profile` is not for `misp`"]);
}

#[test]
fn wrong_usage_ends_with_2() {
    assert_ends(&["--no-such-option"], 2, &["--no-such-option"]);
    assert_ends(&["check"], 2, &["FILE"]);
    assert_ends(
        &["frame", "--size", "80"],
        2,
        &["columns and rows", "120x36"],
    );
    assert_ends(&["frame", "--size", "9999x9999"], 2, &["columns and rows"]);
    assert_ends(&["frame", "--keys", "<entr>"], 2, &["<entr>", "<enter>"]);
    assert_ends(&["frame", "--format", "png"], 2, &["png", "svg"]);
    assert_ends(&["frame", "--theme", "pink"], 2, &["pink", "mono"]);
    assert_ends(&["export"], 2, &["--to"]);
    assert_ends(&["export", "--to", "pdf"], 2, &["pdf", "markdown", "html"]);
    assert_ends(
        &["export", "--to", "html", "--audience", "minister"],
        2,
        &["`minister`", "did you mean `ministers`?"],
    );
    assert_ends(
        &["export", "--to", "html", "--audience", "xyzzy"],
        2,
        &["`xyzzy`", "the audiences are ministers, technical, board"],
    );
    assert_ends(
        &["frame", "--audience", "minister"],
        2,
        &["`minister`", "did you mean `ministers`?"],
    );
    assert_ends(
        &["export", SMALL, "--to", "html", "--audience", "board"],
        2,
        &["`board`", "no scene names an audience"],
    );
    assert_ends(
        &["export", "--to", "html", "--filter", "phas:x"],
        2,
        &["phas", "phase"],
    );
    assert_ends(
        &["check", "--explain", "unquoted-dat"],
        2,
        &["unquoted-dat", "did you mean `unquoted-date`?"],
    );
    assert_ends(
        &["check", "--explain", "xyzzy"],
        2,
        &["xyzzy", "`dateline help checks` lists the kinds"],
    );
    assert_ends(
        &["check", "--explain", "no-events", SMALL],
        2,
        &["--explain"],
    );
}

#[test]
fn an_export_to_a_dash_goes_to_standard_output() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("dash");
    std::fs::create_dir_all(&folder).expect("the folder can be created");
    let small = root().join(SMALL).display().to_string();
    let log = "datetime,message\n2021-01-01T00:00:00Z,x\n";
    std::fs::write(folder.join("log.csv"), log).expect("the file can be written");
    for arguments in [
        &["export", &small, "--to", "markdown"][..],
        &["import", "log.csv"],
    ] {
        let reported = |more: &[&str]| {
            let output = dateline()
                .args(arguments)
                .args(more)
                .current_dir(&folder)
                .output()
                .expect("the program can be started");
            assert!(output.status.success(), "{output:?}");
            out(&output)
        };
        assert_eq!(reported(&["--output", "-"]), reported(&[]));
        assert!(!folder.join("-").exists());
    }
}

/// A page that fails to be written leaves no partial file, and the error lists the written pages.
#[test]
fn manual_pages_are_written_whole_or_not_at_all() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    _ = std::fs::remove_dir_all(&folder);
    let path = folder.display().to_string();
    assert_ends(&["man", "--dir", &path], 0, &[]);
    let pages = || -> std::collections::BTreeMap<String, u64> {
        let entries = std::fs::read_dir(&folder)
            .expect("the path exists")
            .flatten();
        let page = |entry: std::fs::DirEntry| {
            let size = entry.metadata().map_or(0, |found| found.len());
            (entry.file_name().to_string_lossy().into_owned(), size)
        };
        entries.map(page).collect()
    };
    let all = pages();
    assert!(
        all.contains_key("dateline.1") && all.contains_key("dateline-check.1"),
        "{all:?}"
    );
    let page = std::fs::read_to_string(folder.join("dateline.1")).expect("the path exists");
    assert_eq!(page, out(&run(&["man"])));

    // A directory in place of a page makes its write fail.
    std::fs::remove_dir_all(&folder).expect("the test owns the folder");
    std::fs::create_dir_all(folder.join("dateline-export.1/x")).expect("the folder can be created");
    let reported = [
        "only these pages were written: dateline-new.1, dateline-list.1",
        "dateline-export.1",
    ];
    assert_ends(&["man", "--dir", &path], 3, &reported);
    for (name, size) in pages() {
        assert!(
            name == "dateline-export.1" || size == all[&name],
            "{name}: {size}"
        );
    }
}

#[test]
fn an_export_never_overwrites_a_file() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("export-once.md");
    _ = std::fs::remove_file(&path);
    let path = path.display().to_string();
    let arguments = ["export", SMALL, "--to", "markdown", "--output", &path];
    assert_ends(&arguments, 0, &[]);
    let written = std::fs::read_to_string(&path).expect("the file was written");
    let printed = out(&run(&["export", SMALL, "--to", "markdown"]));
    assert_eq!(written, printed);
    assert_ends(
        &arguments,
        3,
        &["already exists\nhint: remove it first", &path],
    );
    assert_ends(
        &["export", SMALL, "--to", "html", "--output", &path],
        3,
        &["already exists\nhint: remove it first"],
    );
    assert_eq!(
        std::fs::read_to_string(&path).expect("the path exists"),
        written
    );
}

#[cfg(unix)]
#[test]
fn a_file_beyond_the_size_limit_is_removed() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("over-the-limit.html");
    let _ = std::fs::remove_file(&path);
    let line = format!(
        "ulimit -f 1; exec '{}' export {HARBOUR} --to html --output '{}'",
        env!("CARGO_BIN_EXE_dateline"),
        path.display()
    );
    let ended = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(root())
        .output();
    let ended = ended.expect("the system has a shell");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{said}");
    assert!(said.contains("cannot write"), "{said}");
    assert!(!path.exists());
}

/// Both files are sparse after their beginnings, and none of their content is read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_too_large_for_memory_is_refused_before_it_is_read() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let row = "2021-08-14T10:22:33Z,User logged on\n";
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"a\"\n";
    let files = [
        (
            "hole.csv",
            format!("datetime,message\n{}", row.repeat(4000)),
        ),
        ("hole.toml", event.repeat(4000)),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("the file can be written");
        let file = std::fs::OpenOptions::new().write(true).open(&path);
        let file = file.expect("the path exists");
        file.set_len(3 << 30).expect("a hole takes no room");
        let line = format!(
            "ulimit -v 2000000; exec '{}' list --count '{}'",
            env!("CARGO_BIN_EXE_dateline"),
            path.display()
        );
        let ended = std::process::Command::new("sh")
            .args(["-c", &line])
            .output()
            .expect("the system has a shell");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{name}: {said}");
        assert!(said.contains("MiB of memory"), "{name}: {said}");
        std::fs::remove_file(&path).expect("the path exists");
    }
}

#[test]
fn an_import_reports_its_number_of_events_on_standard_error() {
    const LOG: &str = "tests/formats/packed/hayabusa.gz";
    let reported = "note: imported 1 event of 2\n";
    let import = ["import", LOG, "--filter", "tag:high when:2021-08"];
    assert_ends(&import, 0, &[reported]);
    let written = run(&import).stdout;
    let checked = fed(&["check", "-"], &written);
    assert_eq!(out(&checked), "standard input: no findings\n");
    assert_ends(&["import"], 2, &["FILE"]);
    assert_ends(
        &["import", SMALL],
        2,
        &["`tests/frames/timelines/three-lines.toml` is already a timeline"],
    );
    assert_ends(
        &["import", LOG, "--precision", "weeks"],
        2,
        &["weeks", "months"],
    );
    assert_ends(
        &["import", "tests/formats/packed/broken.gz"],
        3,
        &["cannot unpack `tests/formats/packed/broken.gz`: it is packed with gzip and breaks off"],
    );
}

#[test]
fn a_failure_of_the_system_ends_with_3_and_names_the_file() {
    for command in ["list", "check", "frame"] {
        assert_ends(
            &[command, "no-such-file.toml"],
            3,
            &["error: `no-such-file.toml` does not exist"],
        );
        assert_ends(
            &[command, "timelines"],
            3,
            &["`timelines` is a directory\nhint: name the file in it\n"],
        );
        assert_ends(&[command, SMALL, "no-such-file.toml"], 3, &["no-such-file"]);
    }
    assert_ends(&["no-such-file.toml"], 3, &["no-such-file.toml"]);
}

#[test]
fn a_mistyped_subcommand_is_suggested_unless_it_can_be_a_file() {
    assert_ends(
        &["lst"],
        3,
        &[
            "error: cannot read `lst`: No such file",
            "hint: did you mean `dateline list`?",
        ],
    );
    assert_ends(
        &["exprot", "--to", "html"],
        2,
        &["error: unexpected argument '--to' found\nhint: did you mean `dateline export`?\n"],
    );
    for file in [
        &["lst.toml"][..],
        &["./lst"],
        &["list", "lst"],
        &["nothing"],
    ] {
        let output = run(file);
        assert_eq!(output.status.code(), Some(3), "{file:?}");
        assert!(!err(&output).contains("did you mean"), "{file:?}");
    }
}

#[test]
fn a_file_name_with_control_characters_is_reported_safely() {
    let output = run(&["list", "\u{1b}[31mred\u{202e}.toml"]);
    let reported = err(&output);
    assert_eq!(output.status.code(), Some(3));
    assert!(reported.contains("␛[31mred⟨U+202E⟩.toml"), "{reported:?}");
    let output = run(&["check", "--explain", "\u{1b}[31mred"]);
    assert!(!err(&output).contains('\u{1b}'), "{output:?}");
    let output = run(&["frame", "--keys", "<\u{1b}[31m>"]);
    assert!(!err(&output).contains('\u{1b}'), "{output:?}");
    let output = run(&["frame", "--\u{1b}[31m"]);
    assert!(!err(&output).contains('\u{1b}'), "{output:?}");
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    // More output than any pipe holds, so the program is still writing when the pipe is closed.
    for arguments in [
        &["frame", HARBOUR, "--size", "600x400", "--format", "svg"][..],
        &["frame", HARBOUR, "--size", "600x400"],
    ] {
        let mut child = dateline()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it assert_ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(err(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_check_with_a_closed_output_keeps_its_exit_status() {
    for (file, status) in [(BROKEN, 1), (SMALL, 0)] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let mut child = dateline()
            .args(["check", file])
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let ended = child.wait().expect("it assert_ends");
        assert_eq!(ended.code(), Some(status), "{file}");
        let mut reported = String::new();
        let mut stderr = child.stderr.take().expect("standard error is piped");
        std::io::Read::read_to_string(&mut stderr, &mut reported).expect("the message is UTF-8");
        assert_eq!(reported, "");
    }
}

#[test]
fn every_command_recognises_a_file_of_another_program() {
    for arguments in [
        &["list", "-"][..],
        &["export", "-", "--to", "csv"],
        &["import", "-"],
        &["frame", "-"],
        &["--linear", "-"],
    ] {
        let output = fed(arguments, b"PK\x03\x04\0\0word/document.xml");
        let reported = err(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {reported}");
        assert!(
            reported.contains("standard input: the file is a ZIP archive or an office document"),
            "{arguments:?}: {reported}"
        );
        assert!(
            reported.contains("unpack an archive"),
            "{arguments:?}: {reported}"
        );
        assert!(!out(&output).contains("TLP"), "{arguments:?}");
    }
    let table = fed(&["list", "-"], b"Date,Code\n2021-01-02,7\n");
    assert!(
        err(&table).contains("`--map when=Date,title=COLUMN`"),
        "{table:?}"
    );
}

#[test]
fn without_a_terminal_the_viewer_prints_the_list() {
    let listed = run(&["list"]);
    assert_eq!(out(&run(&[])), out(&listed));
    assert_eq!(out(&run(&[SHIPPED])), out(&listed));
    assert_eq!(out(&run(&[SMALL])), out(&run(&["list", SMALL])));
    assert!(!out(&listed).contains('\u{1b}'));
    assert!(out(&listed).lines().count() > 40);
    assert!(!out(&run(&["check", BROKEN])).contains('\u{1b}'));
}

#[test]
fn a_hyphen_is_standard_input() {
    let text = crate::support::program::read(SMALL);
    // A frame of an untitled timeline has the name of the file, so the frame here is of a titled one.
    for (command, file) in [("list", SMALL), ("list", HARBOUR), ("frame", HARBOUR)] {
        let piped = fed(
            &[command, "-"],
            crate::support::program::read(file).as_bytes(),
        );
        assert_eq!(piped.status.code(), Some(0), "{command}");
        assert_eq!(out(&piped), out(&run(&[command, file])), "{command}");
    }
    assert_eq!(
        out(&fed(&["-"], text.as_bytes())),
        out(&run(&["list", SMALL]))
    );
    let piped = fed(&["check", "-"], b"x =");
    assert_eq!(piped.status.code(), Some(1));
    assert!(out(&piped).contains("standard input:1:"), "{}", out(&piped));
}

/// An answer of an engine need not have every name that the filter asks for.
#[test]
fn a_name_that_a_pipe_lacks_is_noted_and_matches_nothing() {
    let rows = "datetime,message,tag\n2021-08-14T10:22Z,Logon,rdp\n2021-08-15T10:22Z,Scan,\n";
    let timeline = "[[events]]\nwhen = \"2021-08-14\"\ntitle = \"Logon\"\ntags = [\"rdp\"]\n\n\
                    [[events]]\nwhen = \"2021-08-15\"\ntitle = \"Scan\"\n";
    let note = "note: this timeline has no tag `ioc`, so nothing matches it\n";
    for text in [rows, timeline] {
        for (filter, count) in [("tag:ioc or tag:rdp", 1), ("-tag:ioc", 2), ("tag:ioc", 0)] {
            for arguments in [&["list", "-"][..], &["-"]] {
                let output = fed(
                    &[arguments, &["--filter", filter]].concat(),
                    text.as_bytes(),
                );
                let status = output.status.code();
                assert_eq!((status, err(&output).as_str()), (Some(0), note), "{filter}");
                assert_eq!(out(&output).lines().count(), count, "{filter}");
            }
            let frame = fed(&["frame", "-", "--filter", filter], text.as_bytes());
            assert_eq!(err(&frame), note, "{filter}");
        }
        let output = fed(&["list", "-", "--filter", "tga:ioc"], text.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    }
    assert_ends(
        &["list", SMALL, "--filter", "tag:ioc"],
        2,
        &["no tag `ioc`"],
    );
}

#[test]
fn any_bytes_are_handled() {
    for bytes in [
        &b""[..],
        b"\xff\xfe\0\x1b[2J",
        b"[[events]]\nwhen = \"2021\"\ntitle = \"caf\xe9\"\n",
        b"[[[[",
    ] {
        for command in ["list", "check", "frame"] {
            let output = fed(&[command, "-"], bytes);
            let status = output.status.code();
            assert!(
                matches!(status, Some(0 | 1)),
                "{command} {bytes:?}: {output:?}"
            );
            assert!(!out(&output).contains('\u{1b}'), "{command} {bytes:?}");
        }
    }
}

#[test]
fn each_format_of_a_frame_has_its_form() {
    let frame = |format: &str| {
        out(&run(&[
            "frame", SMALL, "--size", "70x20", "--keys", "j", "--format", format,
        ]))
    };
    let text = frame("text");
    assert_eq!(text.lines().count(), 20);
    assert!(text.lines().any(|line| line.starts_with('▸')));
    assert_eq!(
        text,
        out(&run(&["frame", SMALL, "--size", "70x20", "--keys", "j"])),
        "text is the default format"
    );
    assert!(frame("roles").starts_with(&text) && frame("roles").contains("Selected"));
    assert!(frame("ansi").contains("\u{1b}[") && frame("ansi").lines().count() == 20);
    let svg = frame("svg");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains(">Intruder</text>") || svg.contains("Intruder"));
}

#[test]
fn several_files_are_one_timeline() {
    let undated = "tests/frames/timelines/undated.toml";
    let both = out(&run(&["list", SMALL, undated]));
    for title in ["First access", "A letter that bears no date"] {
        assert!(both.contains(title), "{both}");
    }
}

#[test]
fn a_view_and_a_filter_must_both_match() {
    let count = |arguments: &[&str]| out(&run(&[&["list", "--count"], arguments].concat()));
    let view = count(&["--view", "attribution"]);
    assert_eq!(count(&["--view", "attribution", "--filter", ""]), view);
    let either = count(&[
        "--view",
        "attribution",
        "--filter",
        "phase:sanction or tlp:clear",
    ]);
    assert_eq!(either, view);
    assert_ends(
        &["list", "--view", "attribution", "--filter", "x) or (y"],
        2,
        &["--filter:1:2"],
    );
}

#[test]
fn a_filter_may_begin_with_a_minus() {
    let apart = out(&run(&["list", "--count", "--filter", "-tag:context"]));
    assert_eq!(
        apart,
        out(&run(&["list", "--count", "--filter=-tag:context"]))
    );
    assert_ends(&["list", "--filter", "-tag:context"], 0, &[]);
    assert_ends(&["frame", "--keys", "--"], 0, &[]);
}

#[test]
fn a_mistake_in_the_filter_of_a_view_names_the_view() {
    let text = "[[events]]\ntitle = \"x\"\n[views.v]\ntitle = \"V\"\nfilter = \"phase:x (\"\n";
    let output = fed(&["list", "--view", "v", "-"], text.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("views.v:1:"), "{}", err(&output));
}

#[test]
fn a_frame_of_a_briefing_for_an_audience_has_its_path() {
    let first = |arguments: &[&str]| {
        let frame = out(&run(&[&["frame", HARBOUR, "--keys"], arguments].concat()));
        frame.lines().next().unwrap_or_default().to_owned()
    };
    let (all, some) = (first(&["b"]), first(&["b", "--audience", "board"]));
    let scenes = |line: &str| -> usize {
        let (_, rest) = line.split_once("scene 1 of ").expect("a briefing");
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a number of scenes")
    };
    assert!(scenes(&some) < scenes(&all), "{some} {all}");
    assert_eq!(first(&["", "--audience", "board"]), first(&[""]));
}

#[test]
fn a_view_sorts_by_its_clock_and_the_option_overrides_it() {
    let event = |id: &str, when: &str, disclosed: &str| {
        format!(
            "[[events]]\nid = \"{id}\"\nwhen = \"{when}\"\ndisclosed = \"{disclosed}\"\ntitle = \"{id}\"\n"
        )
    };
    let view = "[views.disclosed]\nsort = \"disclosed\"\n";
    let text = event("first", "2020", "2024") + &event("second", "2021", "2023") + view;
    let order = |arguments: &[&str]| {
        let printed = out(&fed(&[arguments, &["-"]].concat(), text.as_bytes()));
        printed.find("second") < printed.find("first")
    };
    assert!(!order(&["list"]));
    assert!(order(&["list", "--view", "disclosed"]));
    assert!(!order(&[
        "list",
        "--view",
        "disclosed",
        "--clock",
        "happened"
    ]));
    let frame = out(&fed(
        &["frame", "--view", "disclosed", "--size", "80x20", "-"],
        text.as_bytes(),
    ));
    assert!(frame.contains("DISCLOSED"), "{frame}");
    let wrong = text.replace("\"disclosed\"", "\"disclosd\"");
    let output = fed(&["check", "-"], wrong.as_bytes());
    assert!(
        out(&output).contains("did you mean `disclosed`?"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_list_on_another_clock_has_its_order_and_counts_events_without_a_date() {
    let of = |arguments: &[&str]| -> Vec<String> {
        let all = [&["list", HARBOUR][..], arguments].concat();
        let printed = out(&run(&all));
        // Drops the marking and the title at the top, and the marking at the bottom.
        let mut lines: Vec<String> = printed.lines().skip(3).map(str::to_owned).collect();
        assert_eq!(lines.split_off(lines.len() - 2), ["", "TLP:AMBER"]);
        lines
    };
    let lines = of(&["--clock", "disclosed"]);
    let days: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split("  ").next())
        .collect();
    assert_eq!(
        days[..3],
        [
            "2 Mar 2022",
            "10 May 2022",
            "12 without a date on this clock: disclosed"
        ]
    );
    assert!(days[3..].iter().all(|day| *day == "-"), "{days:?}");
    assert_eq!(days.len(), 15);

    // The count follows the filter: without undated matches there is nothing to count.
    let lines = of(&[
        "--clock",
        "discovered",
        "--filter",
        "discovered:* phase:compromise",
    ]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let lines = of(&["--clock", "happened", "--filter", "phase:response"]);
    assert!(
        lines
            .iter()
            .any(|line| line == "1 without a date on this clock: happened")
    );
    assert!(
        lines.last().is_some_and(|line| line.starts_with("undated")),
        "{lines:?}"
    );
}

const MARKED: &str = "tests/frames/timelines/marked.toml";

#[test]
fn withheld_items_are_reported_only_as_counts() {
    let listed = out(&run(&["list", MARKED, "--max-tlp", "green"]));
    let reported =
        "withheld above TLP:GREEN: 1 event, 2 claims, 1 source, 2 entities, 1 note or summary";
    assert!(listed.contains(reported), "{listed}");
    let listed = out(&run(&["list", MARKED, "--as-of", "2022"]));
    assert!(
        listed.contains("as of 2022, not yet public: 1 event\n"),
        "{listed}"
    );
    let both = ["--max-tlp", "GREEN", "--as-of", "2022"];
    for command in ["list", "frame"] {
        let reported = out(&run(&[
            &[command, MARKED, "--keys", "i"][..usize::from(command == "frame") * 2 + 2],
            &both,
        ]
        .concat()));
        for words in ["TLP:GREEN: 1 event", "as of 2022"] {
            assert!(reported.contains(words), "{command}: {reported}");
        }
    }
    let count = out(&run(&["list", MARKED, "--count", "--max-tlp", "GREEN"]));
    assert!(
        count.contains("2 in all\nwithheld above TLP:GREEN: 1 event"),
        "{count}"
    );
    assert_eq!(
        out(&run(&[&[MARKED], &both[..]].concat())),
        out(&run(&[&["list", MARKED], &both[..]].concat()))
    );
    assert_ends(&["list", MARKED, "--max-tlp", "RED"], 0, &[]);
}

#[test]
fn a_ceiling_that_cannot_be_applied_is_wrong_usage() {
    assert_ends(
        &["list", SMALL, "--max-tlp", "GREEN"],
        2,
        &[
            "`--max-tlp`: no marking is given for 3 events",
            "write `tlp` below `[timeline]`",
        ],
    );
    assert_ends(
        &["list", MARKED, SMALL, "--max-tlp", "GREEN"],
        2,
        &["three-lines.toml` has no marking"],
    );
    assert_ends(
        &["list", "--max-tlp", "WHITE"],
        2,
        &["WHITE", "AMBER+STRICT"],
    );
    assert_ends(
        &["frame", "--as-of", "since 2021"],
        2,
        &["--as-of", "a day that has an end"],
    );
    assert_ends(
        &["list", "--as-of", "04/08/2021"],
        2,
        &["--as-of", "04/08/2021"],
    );
}

#[test]
fn a_log_without_a_marking_is_refused_with_a_remedy() {
    let refused = |text: &str| {
        let reported = fed(&["list", "-", "--max-tlp", "GREEN"], text.as_bytes());
        assert_eq!(reported.status.code(), Some(2));
        String::from_utf8_lossy(&reported.stderr).into_owned()
    };
    let log = "message,datetime,tlp\na,2021,GREEN\nb,2022,\n";
    let reported = refused(log);
    assert!(
        reported.contains("no marking is given for 1 event, 1 source"),
        "{reported}"
    );
    assert!(reported.contains("`dateline import`"), "{reported}");
    let unread = "[timeline]\ntlp = \"REDD\"\n[[events]]\ntitle = \"a\"\n";
    let reported = refused(unread);
    assert!(
        reported.contains("the marking of the file cannot be read"),
        "{reported}"
    );
    assert!(!reported.contains("no marking is given"), "{reported}");
    // The remedy works.
    let imported = out(&fed(&["import", "-"], log.as_bytes()));
    let marked = imported.replacen("[timeline]\n", "[timeline]\ntlp = \"AMBER\"\n", 1);
    let left = fed(&["list", "-", "--max-tlp", "GREEN"], marked.as_bytes());
    assert!(left.status.success());
    assert!(out(&left).contains("2021  a"), "{}", out(&left));
}

#[test]
fn every_error_is_counted() {
    let log = format!("message,datetime\n{}", "r,nonsense\n".repeat(15));
    let checked = fed(&["check", "-"], log.as_bytes());
    let reported = out(&checked);
    assert!(
        reported.contains("and so on: 4 more of this kind"),
        "{reported}"
    );
    assert!(
        reported.ends_with("standard input: 15 errors\n"),
        "{reported}"
    );
    let listed = fed(&["list", "-"], log.as_bytes());
    let reported = String::from_utf8_lossy(&listed.stderr);
    assert!(
        reported.contains("error: 15 errors in the timeline\nhint: "),
        "{reported}"
    );
    for (keys, words) in [("", "15 errors in the file"), ("p", "─ 15 errors ─")] {
        let frame = out(&fed(&["frame", "-", "--keys", keys], log.as_bytes()));
        assert!(frame.contains(words), "{frame}");
    }
}

#[test]
fn a_finding_does_not_quote_withheld_content() {
    let text = "[timeline]\ntlp = \"RED\"\n[[events]]\ntitle = \"Shown\"\ntlp = \"CLEAR\"\n[[events]]\ntitle = \"Hidden\"\nwhen = \"the secret day\"\n";
    for option in [&["--max-tlp", "GREEN"], &["--as-of", "2021"]] {
        for keys in ["", "p"] {
            let arguments = [&["frame", "-", "--keys", keys], &option[..]].concat();
            let frame = out(&fed(&arguments, text.as_bytes()));
            assert!(
                !frame.contains("secret") && !frame.contains("standard input:"),
                "{frame}"
            );
            assert!(frame.contains("error"), "{frame}");
        }
    }
    let whole = out(&fed(&["frame", "-", "--keys", "p"], text.as_bytes()));
    assert!(whole.contains("the secret day"), "{whole}");
}

/// `dateline query` prints the query alone, and on standard error what it does not ask.
#[test]
fn a_filter_becomes_a_query() {
    let columns = ["--columns", "datetime,message,tag,computer"];
    let filter = "when:2021-08 tag:ioc -attribute:computer=dc* contested:no";
    for language in ["clickhouse", "duckdb", "kusto"] {
        let output = run(&[
            &["query", "--for", language, "--limit", "9"],
            &columns[..],
            &[filter],
        ]
        .concat());
        assert_eq!(output.status.code(), Some(0), "{language}");
        let query = out(&output);
        for words in ["2021-07-31", "2021-09-02", "'ioc'", "dc", "9\n"] {
            assert!(
                query.contains(words),
                "{language}: no `{words}` in: {query}"
            );
        }
        assert_eq!(
            err(&output),
            "note: the query does not ask `contested:no`: dateline does, of the answer\n\
             note: the answer may lack events that match: it has at most 9 rows\n"
        );
    }
    assert_ends(
        &["query", "--for", "duckdb", "contested:no"],
        0,
        &[
            "the query asks for every row",
            "took the column `datetime` alone for the date; `--map` changes that",
        ],
    );
    // Exports of one program differ in how they call the column of the date: a table has only one of them.
    let sentinel = run(&["query", "--for", "kusto", "--map", "sentinel", "x"]);
    assert!(!out(&sentinel).contains("sort by"), "{}", out(&sentinel));
    let one = run(&[
        "query",
        "--for",
        "kusto",
        "--map",
        "when=Time,title=Text",
        "x",
    ]);
    assert!(out(&one).contains("| sort by "), "{}", out(&one));
}

#[test]
fn a_mistake_in_a_query_is_reported_with_what_to_do() {
    assert_ends(
        &["query", "--for", "click", "x"],
        2,
        &["possible values: clickhouse", "similar"],
    );
    assert_ends(
        &["query", "--for", "kusto", "phse:x"],
        2,
        &["FILTER:1:1", "did you mean `phase`"],
    );
    assert_ends(
        &["query", "--for", "kusto", "--columns", "a,b", "x"],
        2,
        &["no known program", "hint: say which has the date"],
    );
    assert_ends(
        &[
            "query",
            "--for",
            "kusto",
            "--columns",
            "a,b",
            "--map",
            "when=c,title=b",
            "x",
        ],
        2,
        &["the mapping needs the column `c`"],
    );
    assert_ends(
        &["query", "--for", "kusto", "--map", "evtxcmd", "x"],
        2,
        &[
            "neither a mapping file nor a preset",
            "did you mean `evtxecmd`",
        ],
    );
    assert_ends(
        &["query", "--for", "kusto", "--like", SHIPPED, "x"],
        2,
        &["no columns that are known"],
    );
    assert_ends(&["query", "--for", "kusto"], 2, &["<FILTER>"]);
}
