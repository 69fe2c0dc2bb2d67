//! Timelines to begin with: every file that `dateline new` writes checks clean and opens, with and without its next steps.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;
use dateline::timeline::term::Tlp;

use crate::support::program::{fed, run};

/// The arguments that give each template.
const TEMPLATES: &[&[&str]] = &[
    &[],
    &["--kind", "incident"],
    &["--kind", "campaign"],
    &["--kind", "after-action"],
];

const TABLE: &str = "tests/diagnostics/columns-guessed.csv";

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("TOML is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the messages are UTF-8")
}

fn begun(arguments: &[&str]) -> String {
    out(&run(&[&["new"], arguments].concat()))
}

/// A timeline with every line that a `#` in front of a key or a heading switches off.
fn switched_on(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let (indent, rest) = line.split_at(line.len() - line.trim_start_matches(' ').len());
        match rest.strip_prefix('#') {
            Some(toml) if !toml.starts_with([' ', '\n']) => format!("{indent}{toml}"),
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

/// The timeline of a text that must be clean.
#[track_caller]
fn clean(text: &str) -> Timeline {
    let (timeline, findings) = formats::open(&[SourceText::new("new.toml", text)]);
    let findings: Vec<_> = findings.iter().map(|it| &it.message).collect();
    assert!(findings.is_empty(), "{findings:?} in\n{text}");
    timeline
}

/// A path in a folder of its own, without a file.
fn new_path(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("new-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder.join("case.toml")
}

#[test]
fn every_template_is_clean_as_it_is_and_with_every_key_switched_on() {
    for arguments in TEMPLATES {
        let text = begun(arguments);
        clean(&text);
        let whole = switched_on(&text);
        assert_ne!(whole, text, "{arguments:?} has no next steps");
        clean(&whole);
        let checked = out(&fed(&["check", "-"], text.as_bytes()));
        assert_eq!(checked, "standard input: no findings\n");
    }
}

#[test]
fn every_template_asks_the_author_what_to_write() {
    for arguments in TEMPLATES {
        let timeline = clean(&switched_on(&begun(arguments)));
        let events = timeline.events();
        let events = events.map(|event| event.title().to_owned());
        let scenes = timeline.scenes().iter();
        let scenes = scenes.map(|scene| scene.title.clone());
        let entities = timeline.entities().map(|(_, entity)| entity.name.clone());
        let questions = timeline.questions().iter().map(|it| it.text.clone());
        let titles = events.chain(scenes).chain(entities).chain(questions);
        for title in titles.filter(|title| !title.contains("Write a role")) {
            assert!(title.ends_with('?'), "{arguments:?} does not ask: {title}");
        }
    }
}

#[test]
fn the_viewer_opens_every_template_and_a_kind_is_ready_to_brief() {
    for arguments in TEMPLATES {
        let text = begun(arguments);
        let timeline = clean(&text);
        let frame = out(&fed(&["frame", "-", "--size", "100x30"], text.as_bytes()));
        assert!(frame.contains(&timeline.head().title), "{frame}");
        if arguments.is_empty() {
            continue;
        }
        let briefing = ["frame", "-", "--size", "100x30", "--keys", "b"];
        let frame = out(&fed(&briefing, text.as_bytes()));
        assert!(frame.contains("scene 1 of"), "{frame}");
        let rehearsed = out(&fed(&["brief", "--check", "-"], text.as_bytes()));
        assert!(rehearsed.contains("ready"), "{rehearsed}");
    }
}

#[test]
fn the_title_and_the_marking_are_those_of_the_options() {
    let title = "A \"server\"\u{1b}[31m";
    let table = ["--from", TABLE];
    let with_table = TEMPLATES.iter().copied().chain([&table[..]]);
    for arguments in with_table {
        let options = ["--title", title, "--tlp", "amber"];
        let timeline = clean(&begun(&[&options[..], arguments].concat()));
        assert_eq!(timeline.head().title, "A \"server\"␛[31m");
        let tlp = timeline.head().tlp.expect("the marking is given");
        assert_eq!(tlp.as_str(), "AMBER");
        assert_eq!(clean(&begun(arguments)).head().tlp, None);
    }
    for (option, value) in [("--title", " "), ("--tlp", "white"), ("--kind", "case")] {
        assert_eq!(run(&["new", option, value]).status.code(), Some(2));
    }
}

#[test]
fn a_timeline_from_a_table_has_its_events_and_the_next_steps() {
    let output = run(&["new", "--from", TABLE]);
    let text = out(&output);
    let imported = out(&run(&["import", TABLE]));
    let (opening, rest) = text.split_once("format = 1\n").expect("the format");
    let (events, steps) = rest.split_once("\n# Next steps.").expect("the steps");
    assert!(
        opening
            .lines()
            .all(|line| line.starts_with('#') || line.is_empty())
    );
    assert_eq!(format!("format = 1\n{events}"), imported);
    let shortest = begun(&[]);
    assert!(shortest.ends_with(steps) && !steps.is_empty(), "{steps}");
    let some = clean(&text).len();
    assert_eq!(clean(&switched_on(&text)).len(), some + 1);
    let said = err(&output);
    assert!(said.contains("took `Timestamp` for the date"), "{said}");
    assert!(said.contains("imported"), "{said}");
}

#[test]
fn every_table_of_a_known_program_begins_a_clean_timeline() {
    let presets = "tests/formats/presets";
    for name in ["mftecmd.csv", "suricata.jsonl", "timelinejs.csv"] {
        let output = run(&[
            "new",
            "--zone",
            "UTC",
            "--from",
            &format!("{presets}/{name}"),
        ]);
        clean(&out(&output));
        let said = err(&output);
        assert!(
            said.contains(&format!("note: read `{name}` as a table of ")),
            "{said}"
        );
    }
}

#[test]
fn options_of_an_import_work_with_a_table_and_only_with_one() {
    let table = "d;t;what\n04/08/2021;10:22;Exec\n05/08/2021;;Stop\n";
    let options = [
        "--map",
        "when=d+t,title=what",
        "--dates",
        "dmy",
        "--zone",
        "UTC",
    ];
    let arguments = [&["new", "--from", "-", "--filter", "exec"][..], &options].concat();
    let text = out(&fed(&arguments, table.as_bytes()));
    assert!(
        text.contains("when = \"2021-08-04T10:22Z\"\ntitle = \"Exec\""),
        "{text}"
    );
    assert!(!text.contains("Stop"), "{text}");
    for pair in options
        .chunks(2)
        .chain([&["--filter", "exec"][..], &["--precision", "days"]])
    {
        let output = run(&[&["new"], pair].concat());
        assert_eq!(output.status.code(), Some(2), "{pair:?}");
        let expected = format!(
            "error: `{}` needs a table\nhint: name the table with `--from TABLE`\n",
            pair[0]
        );
        assert_eq!(err(&output), expected);
    }
}

#[test]
fn a_file_is_not_marked_wider_than_anything_in_its_table() {
    let table =
        "datetime,message,tlp\n2021-08-14T10:22:33Z,a,AMBER\n2021-08-15T10:22:33Z,b,CLEAR\n";
    let refused = fed(&["new", "--from", "-", "--tlp", "green"], table.as_bytes());
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let expected = "error: the table has something marked TLP:AMBER\nhint: write `--tlp AMBER`, or";
    assert!(err(&refused).starts_with(expected), "{refused:?}");
    assert_eq!(refused.stdout, b"");
    for tlp in ["amber", "red"] {
        let written = fed(&["new", "--from", "-", "--tlp", tlp], table.as_bytes());
        let timeline = clean(&out(&written));
        let marked = timeline.events().map(|event| event.tlp().map(Tlp::as_str));
        assert_eq!(marked.collect::<Vec<_>>(), [Some("AMBER"), Some("CLEAR")]);
    }
}

#[test]
fn a_new_file_is_whole_and_never_in_the_place_of_another() {
    let path = new_path("file");
    let name = path.display().to_string();
    let output = run(&["new", &name]);
    assert!(
        err(&output).contains(&format!("note: wrote `{name}`\n")),
        "{output:?}"
    );
    assert_eq!(out(&output), "");
    let written = fs::read_to_string(&path).expect("it is written");
    assert_eq!(written, begun(&[]));
    for arguments in [&["new", &name][..], &["new", &name, "--from", TABLE]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(3));
        assert!(err(&output).starts_with(&format!("error: `{name}` already exists\nhint: ")));
    }
    assert_eq!(fs::read_to_string(&path).expect("it is there"), written);
    let folder = path.parent().expect("it is in a folder");
    let files = fs::read_dir(folder).expect("the folder is there").count();
    assert_eq!(files, 1, "nothing is next to the file");
    for (place, expected) in [
        (
            folder.to_path_buf(),
            "is a directory\nhint: name a new file in it",
        ),
        (
            folder.join("no/case.toml"),
            "no such folder\nhint: make the folder first",
        ),
    ] {
        let output = run(&["new", &place.display().to_string()]);
        assert_eq!(output.status.code(), Some(3));
        assert!(err(&output).contains(expected), "{output:?}");
    }
    let output = run(&["new", "incident"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("hint: write `--kind incident`"),
        "{output:?}"
    );
}

#[test]
fn nothing_is_written_where_no_event_could_be_read() {
    let path = new_path("refused");
    let name = path.display().to_string();
    for text in ["[[events]]\n", "PK\x03\x04\0\0word/document.xml"] {
        let output = fed(&["new", &name, "--from", "-"], text.as_bytes());
        assert!(matches!(output.status.code(), Some(1 | 2)), "{output:?}");
        assert!(!err(&output).contains("wrote"), "{output:?}");
        assert!(!path.exists());
    }
}
