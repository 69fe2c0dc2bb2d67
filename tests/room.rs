//! A briefing before an audience: no slip of a finger shows the room a shell, an editor, a file or an error.

use dateline::app;
use dateline::app::effect::Effect;
use dateline::app::state::briefing::{BriefingStatus, Stopwatch, mark};
use dateline::app::state::resume_point::ResumePoint;
use dateline::ui::screenshot::ScreenshotFormat;
use dateline::ui::theme::Theme;
use ratatui::layout::Size;

use crate::support::program::Stage;

/// A scene, the timeline and a page above it, and the viewer below it in a program that `dateline brief` started.
const PLACES: [&str; 5] = ["", "<tab>", "w", "<tab><enter>", "<esc>"];

fn briefing(keys: &str, size: Size) -> Stage {
    let mut stage = Stage::open("harbour", size);
    app::open_briefing(&mut stage.model, None);
    stage.press(keys);
    stage
}

fn at(keys: &str) -> Stage {
    briefing(keys, Size::new(80, 24))
}

fn bottom(stage: &Stage) -> String {
    let frame = stage.frame(ScreenshotFormat::Text);
    frame.lines().last().unwrap_or_default().trim().to_owned()
}

fn quits(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Quit))
}

#[test]
fn no_slip_shows_a_shell_an_editor_a_file_or_its_errors() {
    for place in PLACES {
        for (keys, answer) in [
            ("e", "Cannot edit during a briefing"),
            ("p", "Problems are not shown during"),
            ("<ctrl-z>", "Cannot suspend a briefing"),
            ("<ctrl-c>", "ctrl-c again quits the briefing"),
        ] {
            let mut stage = at(place);
            let before = stage.place();
            let effects = stage.press(keys);
            assert!(effects.is_empty(), "{place} {keys}: {effects:?}");
            assert_eq!(stage.place(), before, "{place} {keys}");
            let bottom = bottom(&stage);
            assert!(bottom.contains(answer), "{place} {keys}: {bottom}");
        }
    }
    for keys in ["Y", "gs", "<tab>Y", "<tab>gs"] {
        let stage = at(keys);
        assert_ne!(stage.place(), "lines to paste", "{keys}");
        assert!(
            bottom(&stage).contains("Lines to paste are not shown"),
            "{keys}"
        );
    }
}

#[test]
fn q_leads_back_to_the_scene_and_asks_there() {
    let question = "q again quits the briefing; any other key continues it";
    for place in PLACES {
        let mut stage = at(place);
        let mut presses = 0;
        while !bottom(&stage).contains(question) {
            assert!(!quits(&stage.press("q")), "{place}");
            presses += 1;
        }
        let back = match place {
            "" | "<esc>" => 0,
            "<tab><enter>" => 2,
            _ => 1,
        };
        assert_eq!(presses, back + 1, "{place}");
        if place != "<esc>" {
            assert_eq!(stage.place(), "scene", "{place}");
        }
        assert!(quits(&stage.press("q")), "{place}");
    }
}

#[test]
fn outside_of_a_briefing_nothing_asks() {
    for keys in ["", "b<esc>", "wq"] {
        for (key, is_quit) in [("q", true), ("<ctrl-c>", true), ("<ctrl-z>", false)] {
            let mut stage = Stage::open("harbour", Size::new(80, 24));
            stage.press(keys);
            let effects = stage.press(key);
            assert_eq!(effects.len(), 1, "{keys} {key}: {effects:?}");
            assert_eq!(quits(&effects), is_quit, "{keys} {key}");
        }
    }
}

#[test]
fn a_second_key_quits_and_any_other_goes_on() {
    for keys in [
        "<ctrl-c><ctrl-c>",
        "<ctrl-c>q",
        ":quit<enter>q",
        ":q<enter>q",
    ] {
        for place in PLACES {
            let effects = at(place).press(keys);
            assert!(quits(&effects), "{place} {keys}");
        }
    }
    for keys in ["qq", "q<ctrl-c>", "q<ctrl-l>q"] {
        assert!(quits(&at("").press(keys)), "{keys}");
    }
    for keys in [
        ":quit<enter>",
        "qwq",
        "q<tab>q",
        "q<click-3-3>q",
        "q<space>q",
        "qgqq",
    ] {
        assert!(!quits(&at("").press(keys)), "{keys}");
    }
    assert_eq!(at("qw").place(), at("w").place());
    assert!(!bottom(&at("qw")).contains("again"));
}

/// An invisible question would be a trap: the second key would quit without a word.
#[test]
fn the_question_is_seen_on_a_blank_screen_and_over_a_prompt() {
    let stage = at(".q");
    let frame = stage.frame(ScreenshotFormat::Text);
    let seen: Vec<&str> = frame
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert_eq!(seen.len(), 1, "{seen:#?}");
    assert!(seen[0].contains("q again quits"), "{seen:#?}");
    for keys in [
        "<tab>f<ctrl-c>",
        "<tab>/x<ctrl-c>",
        "<tab>@<ctrl-c>",
        ":<ctrl-c>",
    ] {
        assert!(bottom(&at(keys)).contains("ctrl-c again quits"), "{keys}");
    }
}

#[test]
fn away_from_a_scene_the_way_back_is_the_first_hint_at_any_width() {
    for width in [200, 120, 80, 64, 40, 24] {
        for keys in [
            "2<tab>",
            "2w",
            "2<tab><enter>",
            "2<tab>fphase:denial<enter>",
            "2<esc>",
        ] {
            let stage = briefing(keys, Size::new(width, 24));
            let bottom = bottom(&stage);
            let hint = match width {
                64.. => "b briefing (scene 2) ",
                40.. => "b briefing ",
                _ => "b ",
            };
            assert!(bottom.starts_with(hint), "{width} {keys}: {bottom}");
        }
        if width >= 64 {
            // A notice shortens the way back, and on a narrower terminal covers it.
            let hint = bottom(&briefing("2x", Size::new(width, 24)));
            assert!(hint.starts_with("b briefing "), "{width}: {hint}");
            assert!(hint.contains("u brings it back"), "{width}: {hint}");
            let bottom = bottom(&briefing("2w", Size::new(width, 24)));
            assert!(bottom.contains("scene 2)   esc back"), "{width}: {bottom}");
        }
    }
    for keys in ["", "2", "2<space>"] {
        assert!(!bottom(&at(keys)).contains("briefing"), "{keys}");
    }
}

/// A short notice does not cover the way back.
#[test]
fn the_way_back_stays_next_to_a_notice() {
    let bottom = bottom(&at("<tab>O"));
    assert!(bottom.starts_with("b briefing (scene 1)"), "{bottom}");
    assert!(bottom.contains("Lanes: by"), "{bottom}");
}

/// A minister asks "and the denial?": what is typed is the question, not an addition to the filter of the scene.
#[test]
fn a_filter_that_is_typed_in_a_scene_replaces_that_of_the_scene() {
    for (keys, filter) in [
        ("fphase:denial<enter>", "phase:denial"),
        (
            "f<end>phase:denial<enter>",
            "tag:pilots or phase:compromise phase:denial",
        ),
    ] {
        let stage = at(keys);
        let scene = at("");
        let begin = scene.model.filter_text().to_owned();
        let filter = filter.replace("tag:pilots or phase:compromise", &begin);
        assert_eq!(stage.model.filter_text(), filter, "{keys}");
    }
    let stage = at("f");
    let bottom = bottom(&stage);
    assert!(bottom.contains("type to replace it"), "{bottom}");
    assert_eq!(
        at("f<enter>").model.filter_text(),
        at("").model.filter_text()
    );
    assert_eq!(
        at("fphase:denial<esc>").model.filter_text(),
        at("").model.filter_text()
    );
}

/// A title that changes its size from scene to scene, or when a layer comes in, looks broken on a wall.
#[test]
fn every_title_of_a_briefing_has_the_same_size_and_is_whole() {
    use dateline::app::screen::scene_layout::TitleSize;
    for (name, width, height, size) in [
        ("shipped", 80, 24, TitleSize::Plain),
        ("shipped", 120, 36, TitleSize::Large),
        ("shipped", 200, 50, TitleSize::Large),
        ("harbour", 80, 24, TitleSize::Plain),
        ("harbour", 120, 36, TitleSize::Large),
    ] {
        let mut stage = Stage::open(name, Size::new(width, height));
        app::open_briefing(&mut stage.model, None);
        let mut steps = 0;
        loop {
            let (scene, _) = stage.model.scene().expect("a scene");
            let place = (scene.at, scene.step);
            let briefing = stage.model.briefing().expect("a briefing");
            let title = &briefing
                .scene(stage.model.timeline(), scene.at)
                .expect("it is there")
                .title;
            let layout = &scene.layout;
            assert_eq!(layout.title_size, size, "{name} {width}x{height} {place:?}");
            assert_eq!(
                layout.title_lines.join(" "),
                *title,
                "{name} {width}x{height}"
            );
            assert!(layout.fits, "{name} {width}x{height} {place:?}");
            stage.press("<right>");
            steps += 1;
            if stage
                .model
                .scene()
                .is_none_or(|(scene, _)| (scene.at, scene.step) == place)
            {
                break;
            }
        }
        assert!(steps > 8, "{name}: {steps} steps");
    }
}

/// The clock of the presenter's status, after some keys.
fn clock_after(stage: &mut Stage, keys: &str) -> Option<Stopwatch> {
    let published = stage.press(keys).into_iter().filter_map(|it| match it {
        Effect::PublishStatus(status) => Some(status.stopwatch),
        _ => None,
    });
    published.last()
}

#[test]
fn the_clock_is_reset_by_the_second_key_only() {
    let mut stage = at("<space>");
    assert_eq!(clock_after(&mut stage, "R"), None);
    let question = "R again resets the clock; any other key keeps it";
    assert!(bottom(&stage).contains(question));
    // Another question takes its place, and does not count as an answer.
    assert!(stage.press("q").is_empty());
    assert!(bottom(&stage).contains("q again quits"));
    assert_ne!(clock_after(&mut stage, "RwR"), Some(Stopwatch::default()));
    assert_eq!(clock_after(&mut stage, "bRR"), Some(Stopwatch::default()));
    let mut by_name = at("<space>");
    let reset = clock_after(&mut by_name, ":reset-clock<enter>");
    assert_eq!(reset, Some(Stopwatch::default()));
}

/// Where a briefing of the ten scenes stopped: at the second layer of the fourth, after 7:12.
fn stopped(audience: Option<&str>, at: usize, step: usize) -> (Stage, Option<ResumePoint>) {
    let mut stage = Stage::open("ten-scenes", Size::new(80, 24));
    app::open_briefing(&mut stage.model, audience);
    let scene = stage.model.timeline().scenes().get(at).map(mark);
    let status = BriefingStatus {
        audience: None,
        at,
        scene,
        step,
        exploring: false,
        blank: false,
        scenes: 10,
        script: 1,
        withheld: 0,
        stopwatch: Stopwatch {
            before: 0,
            since: Some(8000),
        },
        entered: 400_000,
        due_from: 0,
    };
    (stage, ResumePoint::of(status, 440_000))
}

#[test]
fn a_briefing_goes_on_where_an_earlier_one_stopped() {
    let (mut stage, point) = stopped(None, 3, 1);
    assert!(app::offer_to_resume(
        &mut stage.model,
        point.expect("it had begun")
    ));
    stage.set_clock(1_000_000);
    stage.press("<tab>b");
    let offer = "gb resume scene 4, 7:12";
    assert!(bottom(&stage).starts_with(offer), "{}", bottom(&stage));
    let clock = clock_after(&mut stage, "gb");
    let expected = Stopwatch {
        before: 432_000,
        since: Some(1_000_000),
    };
    assert_eq!(clock, Some(expected));
    let (scene, _) = stage.model.scene().expect("a scene");
    assert_eq!((scene.at, scene.step), (3, 1));
    assert_eq!(stage.model.briefing().map(|it| it.entered), Some(400_000));
    assert!(!bottom(&stage).contains("resume"));
    stage.press("gb");
    assert!(bottom(&stage).contains("No earlier briefing to resume"));
}

#[test]
fn a_step_declines_the_offer_and_a_scene_that_is_gone_is_not_offered() {
    let (mut stage, point) = stopped(None, 3, 1);
    let point = point.expect("it had begun");
    app::offer_to_resume(&mut stage.model, point.clone());
    stage.press("<space><left>");
    assert!(!bottom(&stage).contains("resume"));
    let gone = ResumePoint { scene: 1, ..point };
    assert!(!app::offer_to_resume(&mut stage.model, gone));
    let (mut board, point) = stopped(Some("board"), 3, 1);
    assert!(
        !app::offer_to_resume(&mut board.model, point.expect("it had begun")),
        "another audience has another path"
    );
    let (mut end, point) = stopped(None, 9, 9);
    assert!(!app::offer_to_resume(
        &mut end.model,
        point.expect("it had begun")
    ));
}

#[test]
fn a_theme_is_changed_while_dateline_runs_and_nothing_else_changes() {
    let mut stage = at("");
    let before = stage.frame(ScreenshotFormat::Text);
    let dark = stage.buffer(Theme::Dark);
    stage.press("gt");
    assert!(bottom(&stage).contains("Theme: light"));
    stage.press("<ctrl-l><tab>b");
    assert_ne!(stage.buffer(Theme::Dark), dark);
    assert_eq!(stage.frame(ScreenshotFormat::Text), before);
    for (keys, name) in [
        ("gt", "contrast"),
        ("gt", "mono"),
        ("gt", "dark"),
        (":theme light<enter>", "light"),
        ("w:theme contrast<enter>", "contrast"),
    ] {
        stage.press(keys);
        let chosen = stage.model.chosen_theme().map(Theme::as_str);
        assert_eq!(chosen, Some(name), "{keys}");
    }
}
