//! Orientation: every screen shows its marking and its title, and says why events are missing.

use crate::support::program::{fed, run};

/// The lines of a frame, after some keys.
fn frame(text: &str, arguments: &[&str]) -> Vec<String> {
    let all = [&["frame", "-", "--size", "100x24"], arguments].concat();
    let output = fed(&all, text.as_bytes());
    let printed = String::from_utf8(output.stdout).expect("the output is UTF-8");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(!printed.is_empty(), "{problem}");
    printed
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

const MARKED: &str = r#"
[timeline]
title = "The case"
tlp   = "CLEAR"

[[events]]
when  = "2021"
title = "Entry"
tlp   = "RED"

[[events]]
when  = "2022"
title = "A letter"
phase = "disclosure"

[views.early]
title  = "Early"
filter = "when:2021"

[[scenes]]
title = "The beginning"
view  = "early"
say   = "It began."
"#;

/// A photograph of a projector must have the marking that applies, whatever the file has.
#[test]
fn both_bars_have_the_strictest_marking_of_anything_shown() {
    for keys in ["", "b", "i", "?"] {
        let lines = frame(MARKED, &["--keys", keys]);
        for line in [lines.first(), lines.last()] {
            let line = line.expect("a frame has lines");
            assert!(line.ends_with("TLP:RED"), "{keys}: {line}");
        }
    }
    let about = frame(MARKED, &["--keys", "i"]).join("\n");
    assert!(about.contains("TLP:CLEAR, parts up to TLP:RED"), "{about}");
    let below = frame(MARKED, &["--max-tlp", "AMBER"]);
    assert!(
        below.last().is_some_and(|line| line.ends_with("TLP:CLEAR")),
        "{below:?}"
    );
}

#[test]
fn lists_have_the_strictest_marking_of_anything_in_them() {
    let first = |arguments: &[&str]| {
        let output = fed(arguments, MARKED.as_bytes());
        let printed = String::from_utf8(output.stdout).expect("the output is UTF-8");
        printed.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&["list", "-"]), "TLP:RED");
    assert_eq!(first(&["list", "-", "--max-tlp", "AMBER"]), "TLP:CLEAR");
    assert_eq!(first(&["--linear", "-"]), "Marking: TLP:RED.");
}

/// Promise 3: nothing is hidden silently, not even by a marking from a scene.
#[test]
fn an_empty_list_says_what_hides_its_events() {
    let scene = frame(MARKED, &["--max-tlp", "AMBER", "--keys", "b"]).join("\n");
    for reason in [
        "no event is left in the view of this scene",
        "its filter is when:2021",
        "1 event hidden, marked more strictly than TLP:AMBER",
    ] {
        assert!(scene.contains(reason), "{reason}\n{scene}");
    }
    let unsure = "[[events]]\nwhen = \"2021\"\ntitle = \"Entry\"\n";
    let surely = frame(unsure, &["--filter", "when:2021-08", "--surely"]).join("\n");
    assert!(
        surely.contains("1 event may match: s shows what possibly matches too"),
        "{surely}"
    );
}

#[test]
fn a_timeline_without_a_title_has_the_name_of_its_file() {
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"Entry\"\n";
    let bar = |text: &str, arguments: &[&str]| frame(text, arguments).swap_remove(0);
    assert!(
        bar(text, &[]).starts_with(" dateline  standard input"),
        "{}",
        bar(text, &[])
    );
    assert!(bar(text, &["--keys", "vt"]).contains("standard input ▸ Entry ▸ timeline"));
    // The name of the file does not replace a withheld title, which it might reveal.
    let hidden = "[timeline]\ntitle = \"Talks\"\ntlp = \"RED\"\n[[events]]\ntitle = \"Entry\"\ntlp = \"CLEAR\"\n";
    assert!(bar(hidden, &["--max-tlp", "CLEAR"]).contains("(untitled timeline)"));
}

#[test]
fn notes_come_after_errors() {
    let text =
        "[sources.memo]\ntitle = \"A memo\"\n[[events]]\ntitle = \"Entry\"\nwhen = \"soon\"\n";
    let lines = frame(text, &["--keys", "p"]);
    let at = |words: &str| lines.iter().position(|line| line.contains(words));
    assert!(at("1 error, 1 note").is_some(), "{lines:?}");
    assert!(
        at("error[date-not-edtf]") < at("note[unused-source]"),
        "{lines:?}"
    );
    // Notes are not mistakes, so the status line does not mention them.
    let only = text.replace("soon", "2021");
    let status = frame(&only, &[]).pop().unwrap_or_default();
    assert!(
        status.contains("help") && !status.contains("error"),
        "{status}"
    );
}

#[test]
fn a_day_that_hides_the_scene_leaves_exploring_in_the_breadcrumbs() {
    let bar = frame(MARKED, &["--keys", "b<tab>"]).swap_remove(0);
    assert!(bar.contains("scene 1 of 1 ▸ exploring"), "{bar}");
    let dated = MARKED.replace(
        "title = \"A letter\"",
        "title = \"A letter\"\ndisclosed = \"2022\"",
    );
    let bar = frame(&dated, &["--keys", "b<tab>@2021<enter>"]).swap_remove(0);
    assert!(
        bar.contains("timeline ▸ exploring") && bar.contains("as of 2021: 1 event hidden"),
        "{bar}"
    );
}

#[test]
fn an_unreadable_day_on_the_command_line_is_reported_with_a_remedy() {
    for (day, remedy) in [
        ("2021-Q3", "write `Q3 2021`"),
        ("soon", "expected a date such as `2021-08-14`"),
        ("2021/..", "a day that has an end"),
    ] {
        let output = run(&["list", "--as-of", day]);
        assert_eq!(output.status.code(), Some(2), "{day}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(remedy), "{error}");
    }
}
