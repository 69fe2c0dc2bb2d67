//! `dateline brief --check`: what would embarrass the briefer is told, and the shipped case is ready.

use crate::support::program::{fed, run};

/// A briefing of one scene with nothing wrong with it; each test changes one line of it.
const READY: &str = r#"
[[events]]
id    = "entry"
when  = "2021"
title = "Mail server entered"
phase = "compromise"

[[events]]
id    = "letter"
when  = "2022"
title = "A letter"
phase = "disclosure"

[views.mail]
title  = "Mail"
filter = "phase:compromise"

[[scenes]]
title    = "How it began"
view     = "mail"
select   = "entry"
say      = "The mail server was entered in 2021."
notes    = "No source gives the month."
minutes  = 2
audience = ["board"]
reveal   = ["claims"]
"#;

/// What is told of an error in the file.
const ERROR: &str = "1 error in the timeline: `dateline check` shows it";

/// What is told of a text, and the exit status.
#[track_caller]
fn told(text: &str, arguments: &[&str]) -> (String, Option<i32>) {
    let output = fed(
        &[&["brief", "--check", "-"], arguments].concat(),
        text.as_bytes(),
    );
    let told = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
    (told, output.status.code())
}

/// Changes the one line that begins so, and expects what is told, in this order, and nothing else.
#[track_caller]
fn fault(line: &str, instead: &str, arguments: &[&str], expected: &[&str]) {
    let is_meant = |it: &&str| it.starts_with(line);
    let meant = READY.lines().rfind(is_meant).expect("it has such a line");
    let text = READY.replacen(meant, instead, 1);
    let (told, status) = told(&text, arguments);
    let faults: Vec<&str> = told.lines().collect();
    let (sum, faults) = faults.split_last().expect("the last line sums up");
    assert_eq!(faults, expected, "{told}");
    assert!(sum.contains("to mend"), "{told}");
    assert_eq!(status, Some(1), "{told}");
}

#[test]
fn the_shipped_case_is_ready_for_everyone_at_every_size() {
    for (audience, minutes) in [
        (&[][..], "30"),
        (&["--audience", "ministers"], "20"),
        (&["--audience", "technical"], "25"),
        (&["--audience", "board"], "15"),
    ] {
        let sizes = [
            "brief",
            "--check",
            "--size",
            "80x24,120x36,40x12",
            "--minutes",
            minutes,
        ];
        let output = run(&[&sizes, audience].concat());
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.ends_with("planned: ready\n"), "{told}");
        assert_eq!(
            (told.lines().count(), output.status.code()),
            (1, Some(0)),
            "{told}"
        );
    }
}

#[test]
fn a_scene_with_nothing_wrong_is_ready() {
    assert_eq!(
        told(READY, &[]),
        ("1 scene, 2 min planned: ready\n".to_owned(), Some(0))
    );
    let budget = ["--minutes", "2", "--audience", "board", "--size", "40x12"];
    assert_eq!(told(READY, &budget).1, Some(0));
}

#[test]
fn each_fault_of_a_scene_is_told_with_its_number_and_title() {
    let name = "scene 1 “How it began”: ";
    for (line, instead, expected) in [
        ("notes ", "", "the briefer has no notes: give it `notes`"),
        (
            "notes ",
            "notes = \" \\n\"",
            "the briefer has no notes: give it `notes`",
        ),
        ("say ", "", "the room hears nothing: give it `say`"),
        ("minutes ", "", "no time is planned: give it `minutes`"),
        ("select ", "", "no event is selected: give it `select`"),
        (
            "select ",
            "select = \"letter\"",
            "its view hides the event that it selects",
        ),
        (
            "filter ",
            "filter = \"phase:denial\"",
            "its view leaves no event",
        ),
    ] {
        fault(line, instead, &[], &[&format!("{name}{expected}")]);
    }
    fault("title    ", "", &[], &["scene 1 “”: it has no title"]);
    // What is an error in the file is told as one, too.
    for (line, instead, expected) in [
        (
            "select ",
            "select = \"nobody\"",
            "no event is selected: give it `select`",
        ),
        ("view ", "view = \"post\"", "there is no view `post`"),
        (
            "filter ",
            "filter = \"phase:\"",
            "the filter of its view `mail` cannot be used: a value is missing after `:`",
        ),
    ] {
        fault(line, instead, &[], &[ERROR, &format!("{name}{expected}")]);
    }
}

#[test]
fn a_scene_of_nothing_with_layers_keeps_none_that_come_after_it_from_being_gone_through() {
    let (_, scene) = READY.split_once("[[scenes]]").expect("it has one");
    let nothing = READY.replace("phase:compromise", "phase:denial");
    let nothing = nothing.replace("select   = \"entry\"", "");
    let scene = scene.replace("select   = \"entry\"", "select = \"letter\"");
    let (told, _) = told(&format!("{nothing}[[scenes]]{scene}"), &[]);
    let empty = told.matches("its view leaves no event").count();
    assert_eq!(empty, 2, "{told}");
}

#[test]
fn words_that_do_not_fit_are_told_for_each_size_that_is_too_small() {
    let say = format!("say = \"{}\"", "Very many words for a room. ".repeat(30));
    let misfit =
        |size: &str| format!("scene 1 “How it began”: its title and words do not fit {size}");
    let sizes = ["--size", "40x12,80x24,120x36"];
    let both = [misfit("40x12"), misfit("80x24")];
    let expected: Vec<&str> = both.iter().map(String::as_str).take(1).collect();
    fault("say ", &say, &sizes, &expected);
    let longer = format!("say = \"{}\"", "Very many words for a room. ".repeat(60));
    fault(
        "say ",
        &longer,
        &sizes,
        &both.each_ref().map(String::as_str),
    );
}

#[test]
fn a_briefing_beyond_its_budget_is_told_by_how_much() {
    fault(
        "minutes ",
        "minutes = 2.5",
        &["--minutes", "1"],
        &["the scenes take 2 min 30 s and the budget is 1 min: 1 min 30 s too much"],
    );
}

#[test]
fn without_scenes_there_is_nothing_to_be_ready_with() {
    let (told, status) = told("[[events]]\ntitle = \"x\"\n", &[]);
    assert_eq!(told, "there are no scenes\n0 scenes: 1 thing to mend\n");
    assert_eq!(status, Some(1));
}

#[test]
fn an_audience_that_no_scene_names_is_wrong_usage() {
    for (audience, hint) in [
        ("bord", "did you mean `board`?"),
        ("press", "the audiences are board"),
    ] {
        let output = fed(
            &["brief", "--check", "--audience", audience, "-"],
            READY.as_bytes(),
        );
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains(&format!("no scene is for `{audience}`\nhint: {hint}")),
            "{told}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn hostile_words_are_told_without_harm() {
    let text = READY
        .replace("How it began", "\\u001B[2Jtitle\\u202E")
        .replace("notes ", "# ");
    let (told, status) = told(&text, &[]);
    assert_eq!(status, Some(1));
    assert!(told.contains("scene 1 “␛[2Jtitle⟨U+202E⟩”"), "{told:?}");
}

#[test]
fn no_time_is_told_of_a_briefing_for_which_none_is_planned() {
    let text = READY.replace("minutes  = 2\n", "");
    let (told, _) = told(&text, &[]);
    assert!(told.ends_with("\n1 scene: 1 thing to mend\n"), "{told}");
}

#[test]
fn an_error_in_the_file_is_to_be_mended_before_the_room_sees_it() {
    fault(
        "phase = \"disclosure\"",
        "phase = \"disclosure\"\nlane = 3",
        &[],
        &[ERROR],
    );
}
