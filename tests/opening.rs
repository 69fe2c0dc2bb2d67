//! The first screen: the event that it selects, and the panel that explains it until the first move.

use std::fmt::Write as _;
use std::fs;

use dateline::app::screen::Screen;
use ratatui::layout::Size;

use crate::support::program::{self, Stage, opened};

const ROOM: Size = Size::new(110, 36);

fn stage(text: &str, size: Size) -> Stage {
    Stage::show(opened("case.toml", text), size)
}

fn shown(stage: &Stage) -> String {
    stage.frame(dateline::ui::screenshot::ScreenshotFormat::Text)
}

/// The title of the selected event.
fn selected(stage: &Stage) -> String {
    let Screen::Timeline(screen) = stage.model.screen() else {
        panic!("no timeline is on top");
    };
    let event = screen.event().expect("an event is selected");
    stage.model.timeline().event(event).title().to_owned()
}

/// A case of twelve events on the axis and one long before it; `head` follows `[timeline]`, `rest` the events.
fn case(head: &str, rest: &str) -> String {
    let mut text = format!(
        "[timeline]\ntitle = \"Case\"\n{head}\n[[events]]\nid = \"origin\"\ntitle = \"Origin\"\nwhen = \"1990\"\n"
    );
    for month in 1..=12 {
        writeln!(
            text,
            "[[events]]\nid = \"m{month}\"\ntitle = \"Month {month}\"\nwhen = \"2021-{month:02}-03\""
        )
        .expect("a string takes all");
    }
    text + rest
}

#[test]
fn the_viewer_starts_at_the_named_event_else_at_the_first_scene_else_on_the_axis() {
    let scene = "[[scenes]]\nselect = \"m4\"\n";
    for (head, rest, expected) in [
        ("start = \"m9\"", scene, "Month 9"),
        ("", scene, "Month 4"),
        ("", "[[scenes]]\ntitle = \"No event\"\n", "Month 1"),
        ("", "", "Month 1"),
    ] {
        assert_eq!(selected(&stage(&case(head, rest), ROOM)), expected);
    }
}

#[test]
fn rows_above_the_first_selected_event_are_on_the_screen() {
    let stage = stage(&case("start = \"m9\"", ""), Size::new(110, 18));
    let text = shown(&stage);
    assert!(
        text.contains("Month 8") && text.contains("Month 10"),
        "{text}"
    );
}

#[test]
fn a_withheld_start_leaves_no_trace() {
    let marked = "start = \"m9\"\ntlp = \"CLEAR\"";
    let text = case(marked, "").replace("id = \"m9\"", "id = \"m9\"\ntlp = \"RED\"");
    let without = text.replace("start = \"m9\"\n", "");
    let path = std::env::temp_dir().join(format!("dateline-start-{}.toml", std::process::id()));
    let frame = |text: &str| {
        fs::write(&path, text).expect("the file can be written");
        let path = path.display().to_string();
        let output = program::run(&["frame", "--max-tlp", "green", &path]);
        String::from_utf8(output.stdout).expect("a frame is text")
    };
    let (with, without) = (frame(&text), frame(&without));
    fs::remove_file(&path).expect("the file can be removed");
    assert!(with.contains("Month 8"), "{with}");
    assert_eq!(with, without);
}

const SIGNS: &str = r#"
[[events]]
title = "Entry"
when = "2021-02-03"
phase = "compromise"
[[events]]
title = "Report"
when = "late 2021"
phase = "disclosure"
"#;

#[test]
fn the_legend_has_the_signs_on_this_screen_and_no_others() {
    let mut stage = stage(&case("summary = \"What the case is.\"", SIGNS), ROOM);
    let text = shown(&stage);
    for sign in [
        "What the case is.",
        "◆ hostile act",
        "● became known",
        "○ context",
        "▒ likely by the words",
        "░ possible",
    ] {
        assert!(text.contains(sign), "{sign}\n{text}");
    }
    for sign in ["■ response", "▲ denial", "█ certain", "⚑ claims differ"] {
        assert!(!text.contains(sign), "{sign}\n{text}");
    }
    stage.press("j");
    let text = shown(&stage);
    assert!(!text.contains("hostile act"), "{text}");
}

#[test]
fn the_first_move_replaces_the_panel_and_a_page_does_not() {
    let opening = "What the case is.";
    let text = case(&format!("summary = \"{opening}\""), "");
    for keys in ["i<esc>", "?<esc>", "o", "+", "<ctrl-l>"] {
        let mut stage = stage(&text, ROOM);
        stage.press(keys);
        assert!(shown(&stage).contains(opening), "{keys}");
    }
    for keys in [
        "j",
        "k",
        "G",
        "<enter>",
        "<tab>",
        "/Month<enter>",
        "fid:m3<enter>",
        "T",
    ] {
        let mut stage = stage(&text, ROOM);
        stage.press(keys);
        assert!(!shown(&stage).contains(opening), "{keys}");
    }
}

#[test]
fn the_panel_names_the_keys_that_the_settings_give() {
    let path = std::env::temp_dir().join(format!("dateline-keys-{}.toml", std::process::id()));
    fs::write(&path, "[keys]\nbrief = \"B\"\nfilter = []\n").expect("the file can be written");
    let config = path.display().to_string();
    let output = program::run(&["frame", "--size", "120x36", "--config", &config]);
    fs::remove_file(&path).expect("the file can be removed");
    let text = String::from_utf8(output.stdout).expect("a frame is text");
    let panel: Vec<&str> = text
        .lines()
        .filter_map(|row| row.split_once('│'))
        .map(|(_, it)| it)
        .collect();
    let panel = panel.join("\n");
    assert!(panel.contains("B briefing, "), "{panel}");
    assert!(
        panel.contains("q quit") && !panel.contains("filter"),
        "{panel}"
    );
}

/// A long summary is cut, and the keys are always there.
#[test]
fn the_panel_has_a_form_for_each_size() {
    let summary = "A long sentence about the case. ".repeat(30);
    let text = case(&format!("summary = \"{summary}\""), SIGNS);
    for (width, height) in [(200, 50), (120, 36), (100, 24), (80, 24), (60, 16)] {
        let stage = stage(&text, Size::new(width, height));
        let frame = shown(&stage);
        assert!(
            frame.contains("A long sentence"),
            "{width}x{height}\n{frame}"
        );
        assert!(frame.contains("q quit"), "{width}x{height}\n{frame}");
        // No line break separates a sign from its meaning.
        assert!(
            frame.contains("● became known"),
            "{width}x{height}\n{frame}"
        );
    }
}

#[test]
fn without_a_summary_the_panel_says_what_the_file_is() {
    let stage = stage(&case("", ""), ROOM);
    let text = shown(&stage);
    for fact in ["time    1990 to 3 Dec 2021", "events  13", "/ search"] {
        assert!(text.contains(fact), "{fact}\n{text}");
    }
}
