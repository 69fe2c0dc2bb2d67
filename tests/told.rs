//! What a screen tells of itself: how it is marked, what it is called, what is missing on it and why.

use crate::support::program::{fed, run};

/// The lines of a frame of a timeline, after some keys.
fn frame(text: &str, arguments: &[&str]) -> Vec<String> {
    let all = [&["frame", "-", "--size", "100x24"], arguments].concat();
    let output = fed(&all, text.as_bytes());
    let told = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(!told.is_empty(), "{problem}");
    told.lines()
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

/// Whoever photographs a projector has the marking that counts, whatever the file says of itself.
#[test]
fn both_bars_are_marked_as_strictly_as_anything_that_is_shown() {
    for keys in ["", "b", "i", "?"] {
        let lines = frame(MARKED, &["--keys", keys]);
        for line in [lines.first(), lines.last()] {
            let line = line.expect("a frame has lines");
            assert!(line.ends_with("TLP:RED"), "{keys}: {line}");
        }
    }
    let about = frame(MARKED, &["--keys", "i"]).join("\n");
    assert!(
        about.contains("TLP:CLEAR, and parts of it up to TLP:RED"),
        "{about}"
    );
    let below = frame(MARKED, &["--max-tlp", "AMBER"]);
    assert!(
        below.last().is_some_and(|line| line.ends_with("TLP:CLEAR")),
        "{below:?}"
    );
}

#[test]
fn lists_are_marked_as_strictly_as_anything_in_them() {
    let first = |arguments: &[&str]| {
        let output = fed(arguments, MARKED.as_bytes());
        let told = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
        told.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&["list", "-"]), "TLP:RED");
    assert_eq!(first(&["list", "-", "--max-tlp", "AMBER"]), "TLP:CLEAR");
    assert_eq!(first(&["--linear", "-"]), "Marking: TLP:RED.");
}

/// Promise 3: nothing is hidden silently, not even by a marking from a scene.
#[test]
fn an_empty_list_says_what_keeps_its_events_away() {
    let scene = frame(MARKED, &["--max-tlp", "AMBER", "--keys", "b"]).join("\n");
    for told in [
        "no event is left in the view of this scene",
        "its filter is when:2021",
        "1 event hidden, marked more strictly than TLP:AMBER",
    ] {
        assert!(scene.contains(told), "{told}\n{scene}");
    }
    let unsure = "[[events]]\nwhen = \"2021\"\ntitle = \"Entry\"\n";
    let surely = frame(unsure, &["--filter", "when:2021-08", "--surely"]).join("\n");
    assert!(
        surely.contains("1 event may match: s shows what possibly matches too"),
        "{surely}"
    );
}

#[test]
fn a_timeline_without_a_title_is_called_by_its_file() {
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"Entry\"\n";
    let bar = |text: &str, arguments: &[&str]| frame(text, arguments).swap_remove(0);
    assert!(
        bar(text, &[]).starts_with(" dateline  standard input"),
        "{}",
        bar(text, &[])
    );
    assert!(bar(text, &["--keys", "vt"]).contains("standard input ▸ Entry ▸ timeline"));
    // A title that is withheld is not told by the file.
    let hidden = "[timeline]\ntitle = \"Talks\"\ntlp = \"RED\"\n[[events]]\ntitle = \"Entry\"\ntlp = \"CLEAR\"\n";
    assert!(bar(hidden, &["--max-tlp", "CLEAR"]).contains("(untitled timeline)"));
}

#[test]
fn notes_stand_behind_what_has_to_be_mended() {
    let text =
        "[sources.memo]\ntitle = \"A memo\"\n[[events]]\ntitle = \"Entry\"\nwhen = \"soon\"\n";
    let lines = frame(text, &["--keys", "p"]);
    let at = |words: &str| lines.iter().position(|line| line.contains(words));
    assert!(at("1 error, 1 note").is_some(), "{lines:?}");
    assert!(
        at("error[date-not-edtf]") < at("note[unused-source]"),
        "{lines:?}"
    );
    // They are no mistakes: whoever opens the file is not told of them.
    let only = text.replace("soon", "2021");
    let status = frame(&only, &[]).pop().unwrap_or_default();
    assert!(
        status.contains("help") && !status.contains("error"),
        "{status}"
    );
}

#[test]
fn where_a_day_hides_the_scene_that_led_there_the_way_is_no_timeline_in_a_timeline() {
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
fn a_day_on_the_command_line_that_cannot_be_read_is_told_with_its_remedy() {
    for (day, told) in [
        ("2021-Q3", "write `Q3 2021`"),
        ("soon", "expected a date such as `2021-08-14`"),
        ("2021/..", "a day that has an end"),
    ] {
        let output = run(&["list", "--as-of", day]);
        assert_eq!(output.status.code(), Some(2), "{day}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(told), "{error}");
    }
}
