//! `dateline brief --check` reports problems in a briefing; the shipped case has none.

use crate::support::program::{fed, run};

/// A faultless briefing of one scene; each test changes one line.
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

/// The report of an error in the file.
const ERROR: &str = "1 error in the timeline: `dateline check` shows it";

/// The report on a text, and the exit status.
#[track_caller]
fn report(text: &str, arguments: &[&str]) -> (String, Option<i32>) {
    let output = fed(
        &[&["brief", "--check", "-"], arguments].concat(),
        text.as_bytes(),
    );
    let report = String::from_utf8(output.stdout).expect("the output is UTF-8");
    (report, output.status.code())
}

/// Replaces the last line with this beginning, and expects exactly these faults in this order.
#[track_caller]
fn fault(line: &str, instead: &str, arguments: &[&str], expected: &[&str]) {
    let is_meant = |it: &&str| it.starts_with(line);
    let meant = READY
        .lines()
        .rfind(is_meant)
        .expect("the briefing has the line");
    let text = READY.replacen(meant, instead, 1);
    let (report, status) = report(&text, arguments);
    let faults: Vec<&str> = report.lines().collect();
    let (sum, faults) = faults.split_last().expect("the last line sums up");
    assert_eq!(faults, expected, "{report}");
    assert!(sum.contains("to fix"), "{report}");
    assert_eq!(status, Some(1), "{report}");
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
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(report.ends_with("planned: ready\n"), "{report}");
        assert_eq!(
            (report.lines().count(), output.status.code()),
            (1, Some(0)),
            "{report}"
        );
    }
}

#[test]
fn a_room_sees_what_the_claims_of_a_revealed_event_say() {
    let aspects = [
        "actor", "status", "target", "method", "number", "reason", "effect",
    ];
    let long =
        "a value that takes much more than one line of a small screen, and then some ".repeat(2);
    let claim = |aspect: &&str| {
        format!(
            "[[events.claims]]\nby = \"team\"\nsource = \"report\"\nabout = \"{aspect}\"\nvalue = \"{long}\"\n"
        )
    };
    let claims: String = aspects.iter().map(claim).collect();
    let letter = "[[events]]\nid    = \"letter\"";
    let text = READY.replacen(letter, &format!("{claims}{letter}"), 1);
    let text =
        format!("{text}[sources.report]\ntitle = \"Report\"\n[entities.team]\nname = \"Team\"\n");
    let fault = "scene 1 “How it began”: what the claims of its event say does not fit 80x24";
    let (found, status) = report(&text, &["--size", "80x24,120x50"]);
    assert_eq!(found.lines().next(), Some(fault), "{found}");
    assert_eq!((found.lines().count(), status), (2, Some(1)), "{found}");
    // The lines scroll on a smaller screen, and they are not revealed where the scene does not say so.
    assert_eq!(report(&text, &["--size", "60x20"]).1, Some(0));
    let text = text.replace("reveal   = [\"claims\"]\n", "");
    assert_eq!(report(&text, &["--size", "80x24"]).1, Some(0));
}

#[test]
fn a_faultless_scene_is_ready() {
    assert_eq!(
        report(READY, &[]),
        ("1 scene, 2 min planned: ready\n".to_owned(), Some(0))
    );
    let budget = ["--minutes", "2", "--audience", "board", "--size", "40x12"];
    assert_eq!(report(READY, &budget).1, Some(0));
}

#[test]
fn each_fault_of_a_scene_is_reported_with_its_number_and_title() {
    let name = "scene 1 “How it began”: ";
    for (line, instead, expected) in [
        ("notes ", "", "no notes for the briefer: give it `notes`"),
        (
            "notes ",
            "notes = \" \\n\"",
            "no notes for the briefer: give it `notes`",
        ),
        ("say ", "", "nothing to say: give it `say`"),
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
            "its view has no events",
        ),
    ] {
        fault(line, instead, &[], &[&format!("{name}{expected}")]);
    }
    fault(
        "title    ",
        "",
        &[],
        &["scene 1 “”: no title: give it `title`"],
    );
    // An error in the file is reported too.
    for (line, instead, expected) in [
        (
            "select ",
            "select = \"unknown\"",
            "no event is selected: give it `select`",
        ),
        ("view ", "view = \"post\"", "there is no view `post`"),
        (
            "filter ",
            "filter = \"phase:\"",
            "mistake in the filter of its view `mail`: a value is missing after `:`",
        ),
    ] {
        fault(line, instead, &[], &[ERROR, &format!("{name}{expected}")]);
    }
}

#[test]
fn an_empty_scene_with_layers_does_not_hide_the_faults_of_later_scenes() {
    let (_, scene) = READY
        .split_once("[[scenes]]")
        .expect("the briefing has a scene");
    let nothing = READY.replace("phase:compromise", "phase:denial");
    let nothing = nothing.replace("select   = \"entry\"", "");
    let scene = scene.replace("select   = \"entry\"", "select = \"letter\"");
    let (report, _) = report(&format!("{nothing}[[scenes]]{scene}"), &[]);
    let empty = report.matches("its view has no events").count();
    assert_eq!(empty, 2, "{report}");
}

#[test]
fn words_that_do_not_fit_are_reported_for_each_size_that_is_too_small() {
    let say = format!("say = \"{}\"", "Very many words for a room. ".repeat(30));
    let misfit = |size: &str| format!("scene 1 “How it began”: title and words do not fit {size}");
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
fn a_briefing_beyond_its_budget_is_reported_with_the_excess() {
    fault(
        "minutes ",
        "minutes = 2.5",
        &["--minutes", "1"],
        &["the scenes take 2 min 30 s, 1 min 30 s over the budget of 1 min"],
    );
}

#[test]
fn a_timeline_without_scenes_is_not_ready() {
    let (report, status) = report("[[events]]\ntitle = \"x\"\n", &[]);
    assert_eq!(report, "there are no scenes\n0 scenes: 1 problem to fix\n");
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
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{report}");
        assert!(
            report.contains(&format!("no scene is for `{audience}`\nhint: {hint}")),
            "{report}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn hostile_words_are_reported_without_control_characters() {
    let text = READY
        .replace("How it began", "\\u001B[2Jtitle\\u202E")
        .replace("notes ", "# ");
    let (report, status) = report(&text, &[]);
    assert_eq!(status, Some(1));
    assert!(report.contains("scene 1 “␛[2Jtitle⟨U+202E⟩”"), "{report:?}");
}

#[test]
fn a_briefing_without_planned_time_reports_no_time() {
    let text = READY.replace("minutes  = 2\n", "");
    let (report, _) = report(&text, &[]);
    assert!(
        report.ends_with("\n1 scene: 1 problem to fix\n"),
        "{report}"
    );
}

#[test]
fn an_error_in_the_file_is_a_fault() {
    fault(
        "phase = \"disclosure\"",
        "phase = \"disclosure\"\nlane = 3",
        &[],
        &[ERROR],
    );
}
