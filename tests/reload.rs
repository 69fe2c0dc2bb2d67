//! Reloading files while they are on the screen: the reports, and the state that survives.

mod beginning;
mod saves;
mod transitions;

use std::sync::Arc;

use dateline::app::input::key;
use dateline::app::model::Model;
use dateline::app::overlay::Overlay;
use dateline::app::reload::{FileReading, ReadOutcome, ReadingFingerprints, ReloadEvent};
use dateline::app::state::problem::Problem;
use dateline::app::state::promotion::{FileChange, FileWrite};
use dateline::app::state::settings::Settings;
use dateline::app::{self, Effect, Message};
use dateline::change::TimelineComparison;
use dateline::diagnostic::{FileId, Severity, SourceText};
use dateline::document::PageSubject;
use dateline::formats;
use dateline::timeline::{ChangesSince, Timeline, VisitControl};
use dateline::ui::screenshot::ScreenshotFormat;
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
    dateline::app::open(Arc::new(timeline(text)), Vec::new(), Size::new(80, 24))
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let inputs = key::parse(keys).expect("keys are written in the notation");
    let effects = inputs
        .into_iter()
        .map(|it| app::run(model, Message::Input(it)));
    effects.flatten().collect()
}

/// A version of a file, compared with the version before it.
fn saved_after(before: &Timeline, text: &str) -> Timeline {
    let timeline = timeline(text);
    let changes = TimelineComparison::between(before, &timeline).changes(ChangesSince::Save);
    timeline.with_changes(changes)
}

/// A reading of a text, compared with the timeline on the screen.
fn reading(model: &Model, text: &str, problems: Vec<Problem>) -> FileReading {
    FileReading {
        timeline: Arc::new(saved_after(model.whole(), text)),
        problems,
        fingerprints: ReadingFingerprints::default(),
        read_at: Some("21:04".to_owned()),
        stopped_at: None,
    }
}

fn report(model: &mut Model, event: ReloadEvent) -> Vec<Effect> {
    app::run(model, Message::Files(event))
}

fn read(reading: FileReading) -> ReloadEvent {
    ReloadEvent::Read(ReadOutcome::Read(Box::new(reading)))
}

const fn saved() -> ReloadEvent {
    ReloadEvent::Saved {
        watch_failure: None,
        is_missing_saves: false,
    }
}

fn save_with(model: &mut Model, text: &str, problems: Vec<Problem>) {
    let reading = reading(model, text, problems);
    report(model, saved());
    report(model, read(reading));
}

fn save(model: &mut Model, text: &str) {
    save_with(model, text, Vec::new());
}

fn problem(message: &str, severity: Severity) -> Problem {
    Problem {
        kind: "toml-syntax",
        place: "t:1:1".to_owned(),
        at: None,
        message: message.to_owned(),
        expected: String::new(),
        help: Vec::new(),
        severity,
        more: 0,
    }
}

fn warning(message: &str) -> Problem {
    problem(message, Severity::Warning)
}

fn error(message: &str) -> Problem {
    problem(message, Severity::Error)
}

fn notice(model: &Model) -> (&str, bool) {
    let notice = model.notice().expect("there is a notice");
    (&notice.text, notice.is_error)
}

/// The number of events that differ.
fn different(old: &Timeline, new: &Timeline) -> usize {
    let changes = TimelineComparison::between(old, new).changes(ChangesSince::Save);
    changes.events().count()
}

/// Removes the lines of an event with every key, and of its claims, one by one.
#[test]
fn an_event_differs_without_any_key_of_it_or_its_claims() {
    // A key with its default value would make no difference, so these have others.
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
    let last = first + last.expect("the file has two events");
    let mut keys = Vec::new();
    for at in first..last {
        let Some((key, _)) = lines[at].split_once('=') else {
            continue;
        };
        // A text of several lines is removed with its key.
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
fn moved_events_do_not_differ() {
    let text = program::read("timelines/uk-democratic-institutions.toml");
    let old = timeline(&text);
    let (head, events) = text.split_once("[[events]]").expect("the case has events");
    let mut events: Vec<&str> = events.split("\n[[events]]").collect();
    let rest = events.pop().expect("the case has events");
    let (last, rest) = rest.split_once("\n[").expect("the views follow");
    events.push(last);
    events.reverse();
    let moved = format!("{head}[[events]]{}\n[{rest}", events.join("\n[[events]]"));
    let new = timeline(&moved);
    assert_eq!((new.len(), different(&old, &new)), (old.len(), 0));
}

#[test]
fn findings_on_the_settings_survive_a_save() {
    let a = event("a", "2021", "x");
    let mut model = model(&a).with_settings(
        Settings::new(app::commands::keymap()),
        vec![warning("of the settings")],
    );
    for wrong in [vec![warning("of the file")], Vec::new()] {
        let before: Vec<String> = wrong.iter().map(|it| it.message.clone()).collect();
        save_with(&mut model, &a, wrong);
        let messages: Vec<String> = model
            .problems()
            .each()
            .map(|it| it.message.clone())
            .collect();
        assert_eq!(
            messages,
            [before, vec!["of the settings".to_owned()]].concat()
        );
    }
}

#[test]
fn open_findings_follow_the_remaining_ones_and_close_with_the_last() {
    let a = event("a", "2021", "x");
    let mut model = model(&a);
    let wrong: Vec<Problem> = ["one", "two", "three"].map(warning).to_vec();
    model.set_file_problems(wrong.clone());
    press(&mut model, "pG");
    assert!(matches!(model.overlay(), Some(Overlay::Problems(2))));
    save_with(&mut model, &a, wrong[..1].to_vec());
    assert!(matches!(model.overlay(), Some(Overlay::Problems(0))));
    save(&mut model, &a);
    assert!(model.overlay().is_none());
}

#[test]
fn facets_stay_closed_under_a_filter_with_unknown_names() {
    let said = |day: &str| format!("disclosed = \"{day}\"\n");
    let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
    let text = format!("{a}{}{b}{}", said("2022"), said("2023"));
    for key in ["F", "M"] {
        let mut model = model(&text);
        press(&mut model, "fid:b<enter>@<home>");
        let notice = |model: &Model| model.notice().map_or("", |it| &it.text).to_owned();
        assert!(notice(&model).contains("Not known by then: id:b"));
        press(&mut model, "<enter>");
        press(&mut model, key);
        assert!(model.overlay().is_none());
        assert!(
            notice(&model).contains("Cannot use this filter"),
            "{}",
            notice(&model)
        );
        press(&mut model, "u");
        press(&mut model, key);
        assert!(model.overlay().is_some(), "the earlier filter can be used");
    }
}

/// Both must fit into a line of eighty cells.
#[test]
fn the_slider_says_that_no_name_of_the_filter_was_known() {
    let mut stage = program::Stage::open("harbour", Size::new(80, 24));
    stage.press("fid:denial<enter>@<home>");
    let frame = stage.frame(ScreenshotFormat::Text);
    let line = frame.lines().last().expect("there is a line");
    assert!(line.contains("as of ‹ 11 May 2021 ›"), "{line}");
    assert!(line.contains("Not known by then: id:denial"), "{line}");
    assert!(stage.press("l").is_empty() && stage.model.notice().is_some());
}

/// Presses keys without answering. Returns the effects to answer.
fn press_unanswered(model: &mut Model, keys: &str) -> Vec<Effect> {
    let inputs = key::parse(keys).expect("keys are written in the notation");
    let effects = inputs
        .into_iter()
        .map(|it| app::update(model, Message::Input(it)));
    effects.flatten().collect()
}

/// Answers earlier effects late, and those that follow from them at once.
fn answer(model: &mut Model, effects: &[Effect]) {
    for effect in effects {
        if let Some(msg) = app::answer(model.timeline(), effect, &VisitControl::default()) {
            app::run(model, msg);
        }
    }
}

fn keys(model: &Model) -> Vec<String> {
    let events = model.timeline().events();
    events.map(|event| event.key().into_owned()).collect()
}

#[test]
fn a_late_answer_about_an_older_file_never_replaces_a_newer_one() {
    let known = |id: &str, day: &str| format!("{}disclosed = \"{day}\"\n", event(id, "2021", "x"));
    let (old, new) = (known("old", "2022-01-01"), known("new", "2022-01-01"));
    let later = known("later", "2024-01-01");
    let mut model = model(&format!("{old}{later}"));
    let late = press_unanswered(&mut model, "@<home>");
    save(&mut model, &format!("{new}{later}"));
    assert_eq!(keys(&model), ["new"], "as of the requested day");
    answer(&mut model, &late);
    assert_eq!(keys(&model), ["new"]);
    let late = press_unanswered(&mut model, "<esc>");
    answer(&mut model, &late);
    assert_eq!(keys(&model), ["new", "later"]);
}

#[test]
fn keys_during_a_reload_keep_their_effect() {
    let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
    let mut model = model(&format!("{a}{b}"));
    let text = format!("{a}{b}{}", event("c", "2023", "y"));
    let reading = read(reading(&model, &text, Vec::new()));
    report(&mut model, saved());
    let late = app::update(&mut model, Message::Files(reading));
    assert_eq!(
        model.timeline().len(),
        2,
        "the reload is not partly applied"
    );
    press(&mut model, "factor:y<enter>");
    answer(&mut model, &late);
    assert_eq!(
        (model.filter_text(), model.timeline().len()),
        ("actor:y", 3)
    );
    assert_eq!(
        model
            .active_filter()
            .expect("some screen is a timeline")
            .rows()
            .len(),
        2
    );
    assert!(
        model
            .timeline()
            .changes()
            .and_then(|changes| changes.of(model
                .timeline()
                .find_event("c")
                .expect("the event exists")
                .id()))
            .is_some()
    );
}

const SCENES: &str = r#"
[views.one]
filter = "actor:x"
group = "actor"
[[scenes]]
title = "First"
[[scenes]]
title = "Second"
view = "one"
select = "a"
reveal = ["summary", "claims", "links"]
"#;

/// A second into a briefing, at its second scene with a layer revealed.
fn presenter(text: &str) -> Model {
    let mut model = model(text);
    app::run(&mut model, Message::Time(1_000));
    press(&mut model, "b<space>1");
    app::run(&mut model, Message::Time(61_000));
    press(&mut model, "2<right>");
    model
}

#[test]
fn a_save_does_not_touch_the_clocks_of_a_briefing() {
    let events = [event("a", "2021", "x"), event("b", "2022", "y")].concat();
    let mut model = presenter(&format!("{events}{SCENES}"));
    let before = model.briefing().cloned().expect("the briefing has begun");
    assert_eq!((before.entered, before.left_at), (60_000, (1, 1)));
    app::run(&mut model, Message::Time(90_000));
    save(
        &mut model,
        &format!("{events}{}{SCENES}", event("c", "2023", "z")),
    );
    assert_eq!(model.briefing(), Some(&before));
}

#[test]
fn a_scene_follows_its_saved_view_without_new_lanes() {
    let lane = |event: String, lane: &str| format!("{event}lane = \"{lane}\"\n");
    let events = [
        lane(event("a", "2021", "x"), "one"),
        lane(event("b", "2022", "y"), "two"),
        lane(event("c", "2023", "z"), "three"),
    ]
    .concat();
    let scenes = SCENES.replace("group = \"actor\"", "");
    let mut model = presenter(&format!("{events}{scenes}"));
    let seen = |model: &Model| {
        let (scene, _) = model.scene().expect("the scene is there");
        let view = &scene.timeline;
        let event = model
            .timeline()
            .event(scene.event().expect("the scene shows an event"));
        (
            view.lanes.names.clone(),
            event.key().into_owned(),
            scene.step,
        )
    };
    let is = |lanes: &[&str], event: &str| {
        let lanes = lanes.iter().map(|&lane| lane.to_owned()).collect();
        (lanes, event.to_owned(), 1)
    };
    assert_eq!(seen(&model), is(&["one"], "a"));
    save(
        &mut model,
        &format!("{}{events}{scenes}", event("d", "2020", "v")),
    );
    assert_eq!(seen(&model), is(&["one"], "a"));
    // Exploring from the scene keeps its lanes too.
    press(&mut model, "<tab>");
    save(&mut model, &format!("{events}{scenes}"));
    let explored = model.timeline_screen_mut().expect("a timeline is on top");
    assert_eq!(explored.lanes.names, ["one"]);
    press(&mut model, "x");
    let explored = model.timeline_screen_mut().expect("a timeline is on top");
    assert_eq!(
        explored.lanes.names.len(),
        3,
        "the lanes of the remaining events"
    );
    press(&mut model, "b");
    let fixed = scenes
        .replace("actor:x", "actor:x,z")
        .replace("select = \"a\"", "select = \"c\"");
    save(&mut model, &format!("{events}{fixed}"));
    assert_eq!(seen(&model), is(&["one", "three"], "c"));
    let (scene, _) = model.scene().expect("the scene is there");
    let layers = scene.layers.as_ref().expect("a layer is revealed");
    assert_eq!(
        layers.subject,
        PageSubject::Event(scene.event().expect("some"))
    );
}

#[test]
fn open_facets_are_counted_again() {
    let (a, b, c) = (
        event("a", "2021", "x"),
        event("b", "2022", "x"),
        event("c", "2023", "y"),
    );
    let count = |model: &Model| match model.overlay() {
        Some(Overlay::Facets(facets)) => {
            let actors = facets
                .groups
                .iter()
                .find(|group| group.field.name == "actor");
            let values = actors.map(|group| &group.values).into_iter().flatten();
            Some(values.map(|value| value.surely).sum::<usize>())
        }
        _ => None,
    };
    let mut model = model(&format!("{a}{c}"));
    press(&mut model, "F");
    assert_eq!(count(&model), Some(2));
    save(&mut model, &format!("{a}{b}{c}"));
    assert_eq!(count(&model), Some(3));
    press(&mut model, "<esc>factor:y<enter>F");
    save(&mut model, &format!("{a}{b}"));
    assert!(
        model.overlay().is_none(),
        "no entity has the name in the filter"
    );
    let notice = model.notice().map_or("", |notice| &notice.text);
    assert_eq!(
        notice,
        "Reloaded: 1 withdrawn. The filter names nothing in this version: actor:y"
    );
}

#[test]
fn a_prompt_knows_the_names_that_a_save_adds_and_removes() {
    let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
    let mut model = model(&a);
    press(&mut model, "factor:y");
    let is_mistaken = |model: &Model| match model.overlay() {
        Some(Overlay::Filter(prompt)) => prompt.mistake.is_some(),
        _ => panic!("the prompt is open"),
    };
    assert!(is_mistaken(&model));
    save(&mut model, &format!("{a}{b}"));
    assert!(!is_mistaken(&model));
    assert_eq!(
        model
            .active_filter()
            .expect("some screen is a timeline")
            .rows()
            .len(),
        1
    );
    save(&mut model, &a);
    assert!(is_mistaken(&model));
}

#[test]
fn the_slider_goes_through_the_days_of_the_saved_file() {
    let known = |id: &str, day: &str| format!("{}disclosed = \"{day}\"\n", event(id, "2021", "x"));
    let (a, b) = (known("a", "2022-01-01"), known("b", "2023-01-01"));
    let mut model = model(&b);
    press(&mut model, "@h");
    save(&mut model, &format!("{a}{b}"));
    assert_eq!(model.timeline().len(), 2, "the day stays");
    press(&mut model, "h");
    assert_eq!(keys(&model), ["a"]);
}

#[test]
fn a_save_keeps_the_place_in_the_detail_and_the_selected_link() {
    let links =
        "links = [{ to = \"b\", as = \"caused-by\" }, { to = \"c\", as = \"caused-by\" }]\n";
    let claim = "[[events.claims]]\nabout = \"event\"\nby = \"x\"\ntext = \"It was so\"\n";
    let long = format!("summary = \"{}\"\n", "Many words. ".repeat(150));
    let rest = [event("b", "2022", "x"), event("c", "2023", "x")].concat();
    let text = format!(
        "{}{long}{links}{}{rest}",
        event("a", "2021", "x"),
        claim.repeat(2)
    );
    let reading = |model: &mut Model| {
        let reading = model.page_view_mut().expect("something is read");
        (reading.scroll, reading.followed(), reading.link)
    };
    let event_c = |model: &Model| {
        Some(PageSubject::Event(
            model
                .timeline()
                .find_event("c")
                .expect("the event exists")
                .id(),
        ))
    };
    for keys in ["<enter>", "v"] {
        let mut model = model(&text);
        press(&mut model, keys);
        press(&mut model, &"<tab>".repeat(12));
        while reading(&mut model).1 != event_c(&model) {
            press(&mut model, "<tab>");
        }
        let before = reading(&mut model);
        assert!(before.0 > 0, "{keys}: it is scrolled");
        // The save renumbers all events.
        save(&mut model, &format!("{}{text}", event("z", "2019", "x")));
        let after = reading(&mut model);
        assert_eq!((after.0, after.1), (before.0, event_c(&model)), "{keys}");
        // Several links lead to the same entity; the selected one is known by its number among them.
        press(&mut model, "gg");
        while reading(&mut model)
            .1
            .is_none_or(|to| !matches!(to, PageSubject::Entity(_)))
        {
            press(&mut model, "<tab>");
        }
        press(&mut model, "<tab><tab>");
        let before = reading(&mut model);
        save(&mut model, &text);
        assert_eq!(reading(&mut model).2, before.2, "{keys}");
    }
}

/// The follower reads the same files and shows these notices; the room does not.
#[test]
fn a_room_reads_nothing_about_the_files() {
    let scenes = "[[scenes]]\ntitle = \"A\"\n";
    let text = |title: &str| format!("[[events]]\ntitle = \"{title}\"\nwhen = \"2021\"\n{scenes}");
    for keys in ["b", "b<tab>", "bi"] {
        let mut model = model(&text("Entry"));
        press(&mut model, keys);
        save_with(
            &mut model,
            &text("Entry"),
            vec![error("this text is never closed")],
        );
        assert_eq!(model.notice(), None, "{keys}");
        save(&mut model, &text("Exit"));
        assert_eq!(model.notice(), None, "{keys}");
        assert_eq!(model.timeline().len(), 1);
        report(&mut model, ReloadEvent::Asked);
        assert_eq!(model.notice(), None, "{keys}");
    }
}

/// The file that was written is reloaded after a second write has failed.
#[test]
fn the_notice_of_a_failed_write_is_not_covered_by_the_reload_after_an_earlier_one() {
    let mut model = model(&event("a", "2021", "x"));
    let change = FileChange {
        file: FileId(0),
        name: "case.toml".to_owned(),
        before: b"before".as_slice().into(),
        after: b"after".as_slice().into(),
    };
    let mut written = |is_undo: bool, outcome: Result<(), String>| {
        let write = FileWrite {
            change: change.clone(),
            rows: 1,
            is_undo,
        };
        app::run(&mut model, Message::Written { write, outcome });
    };
    written(false, Ok(()));
    written(true, Err("`case.toml` has changed meanwhile".to_owned()));
    save(&mut model, &event("b", "2022", "y"));
    let expected = "Cannot undo: `case.toml` has changed meanwhile";
    assert_eq!(notice(&model), (expected, true));
    save(&mut model, &event("c", "2023", "z"));
    assert!(!notice(&model).1, "the next reload reports what changed");
}
