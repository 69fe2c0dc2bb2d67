//! Files that are read again while they are shown: what is told to be different, and what becomes of what is shown.

use std::sync::Arc;

use dateline::app::model::{Model, Problem};
use dateline::app::overlay::Overlay;
use dateline::app::reload::{Changes, Reading};
use dateline::app::settings::Settings;
use dateline::app::{self, Effect, Msg, key};
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;
use dateline::ui::screenshot::Format;
use ratatui::layout::Size;

use crate::support::program;

fn timeline(text: &str) -> Timeline {
    formats::open(&[SourceText::new("t.toml", text)]).0
}

/// An event that happened in a year.
fn event(id: &str, year: &str, actor: &str) -> String {
    format!(
        "[[events]]\nid = \"{id}\"\nwhen = \"{year}\"\ntitle = \"The {id}\"\nactors = [\"{actor}\"]\n"
    )
}

fn model(text: &str) -> Model {
    Model::new(Arc::new(timeline(text)), Vec::new(), Size::new(80, 24))
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let inputs = key::parse(keys).expect("keys are written in the notation");
    let effects = inputs.into_iter().map(|it| app::run(model, Msg::Input(it)));
    effects.flatten().collect()
}

/// What comes of reading a text in the place of the present one.
fn reading(model: &Model, text: &str, problems: Vec<Problem>) -> Msg {
    let timeline = Arc::new(timeline(text));
    let changes = Changes::between(&model.whole, &timeline);
    Msg::Read(Box::new(Reading::Read {
        timeline,
        problems,
        changes,
    }))
}

fn save(model: &mut Model, text: &str) {
    let reading = reading(model, text, Vec::new());
    app::run(model, reading);
}

fn problem(message: &str) -> Problem {
    Problem {
        kind: "unknown-key",
        place: String::new(),
        at: None,
        message: message.to_owned(),
        expected: String::new(),
        help: Vec::new(),
        severity: dateline::diagnostic::Severity::Warning,
    }
}

/// How many events are different.
fn different(old: &Timeline, new: &Timeline) -> usize {
    let changes = Changes::between(old, new);
    let events = new.events();
    events.filter(|event| changes.of(*event).is_some()).count()
}

/// The first event with every key and its claims, without one line after the other.
#[test]
fn whatever_key_of_an_event_or_a_claim_is_taken_away_the_event_is_different() {
    // What a key says when it is left out is no difference.
    let text = program::read("tests/diagnostics/every-key.toml")
        .replacen("yardstick = \"phia\"", "yardstick = \"none\"", 1)
        .replace("\"asserts\"", "\"denies\"");
    let whole = timeline(&text);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| *line == "[[events]]");
    let first = first.expect("there are events") + 1;
    let last = lines
        .iter()
        .skip(first)
        .position(|line| *line == "[[events]]");
    let last = first + last.expect("there are two");
    let mut keys = Vec::new();
    for at in first..last {
        let Some((key, _)) = lines[at].split_once('=') else {
            continue;
        };
        // A text of several lines goes with its key.
        let more = lines[at + 1..last].iter();
        let more = more
            .take_while(|line| line.ends_with("\"\"\"") && !line.contains('='))
            .count();
        let left = [&lines[..at], &lines[at + 1 + more..]].concat().join("\n");
        let new = timeline(&left);
        assert!(
            different(&whole, &new) > 0,
            "without line {}: {key}",
            at + 1
        );
        keys.push(key.trim());
    }
    assert!(keys.len() > 25 && keys.contains(&"lane"), "{keys:?}");
}

#[test]
fn what_is_only_moved_says_the_same() {
    let text = program::read("timelines/uk-democratic-institutions.toml");
    let old = timeline(&text);
    let (head, events) = text.split_once("[[events]]").expect("there are some");
    let mut events: Vec<&str> = events.split("\n[[events]]").collect();
    let rest = events.pop().expect("there are some");
    let (last, rest) = rest.split_once("\n[").expect("the views follow");
    events.push(last);
    events.reverse();
    let moved = format!("{head}[[events]]{}\n[{rest}", events.join("\n[[events]]"));
    let new = timeline(&moved);
    assert_eq!((new.len(), different(&old, &new)), (old.len(), 0));
}

#[test]
fn what_is_wrong_with_the_settings_outlives_a_save() {
    let a = event("a", "2021", "x");
    let mut model = model(&a).with_settings(Settings::default(), vec![problem("of the settings")]);
    for wrong in [vec![problem("of the file")], Vec::new()] {
        let before: Vec<String> = wrong.iter().map(|it| it.message.clone()).collect();
        let reading = reading(&model, &a, wrong);
        app::run(&mut model, reading);
        let told: Vec<String> = model.problems.each().map(|it| it.message.clone()).collect();
        assert_eq!(told, [before, vec!["of the settings".to_owned()]].concat());
    }
}

#[test]
fn the_findings_that_are_open_follow_those_that_are_left_and_close_with_the_last() {
    let a = event("a", "2021", "x");
    let mut model = model(&a);
    let wrong: Vec<Problem> = ["one", "two", "three"].map(problem).to_vec();
    model.problems.of_files.clone_from(&wrong);
    press(&mut model, "pG");
    assert!(matches!(model.overlay, Some(Overlay::Problems(2))));
    let fewer = reading(&model, &a, wrong[..1].to_vec());
    app::run(&mut model, fewer);
    assert!(matches!(model.overlay, Some(Overlay::Problems(0))));
    save(&mut model, &a);
    assert!(model.overlay.is_none());
}

#[test]
fn values_are_not_counted_under_a_filter_whose_names_are_not_there() {
    let said = |day: &str| format!("disclosed = \"{day}\"\n");
    let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
    let text = format!("{a}{}{b}{}", said("2022"), said("2023"));
    for key in ["F", "M"] {
        let mut model = model(&text);
        press(&mut model, "fid:b<enter>@<home>");
        let told = |model: &Model| model.notice.as_ref().map_or("", |it| &it.text).to_owned();
        assert!(told(&model).contains("not known then: id:b"));
        press(&mut model, "<enter>");
        press(&mut model, key);
        assert!(model.overlay.is_none());
        assert!(told(&model).contains("cannot be used"), "{}", told(&model));
        press(&mut model, "u");
        press(&mut model, key);
        assert!(model.overlay.is_some(), "the filter before can be used");
    }
}

/// There is room for little else in a line of eighty cells.
#[test]
fn the_slider_tells_that_nothing_the_filter_names_was_known() {
    let mut stage = program::Stage::open("shipped", Size::new(80, 24));
    stage.press("fid:volt-typhoon-2024<enter>@<home>");
    let frame = stage.frame(Format::Text);
    let line = frame.lines().last().expect("there is a line");
    assert!(line.contains("as of ‹ 4 June 2020 ›"), "{line}");
    assert!(
        line.contains("not known then: id:volt-typhoon-2024"),
        "{line}"
    );
    assert!(stage.press("l").is_empty() && stage.model.notice.is_some());
}
