//! A follower of a briefing: the briefer's screen for each status of the presenter. Its frames are in
//! `frames/follower-*.txt`.

use std::sync::Arc;

use dateline::app::reload::{
    FileReading, FileRequest, ReadOutcome, ReadRequest, ReadingFingerprints, ReloadEvent,
};
use dateline::app::screen::{FollowerScreen, PresenterPresence, PresenterReport, PublishedStatus};
use dateline::app::state::briefing::{BriefingStatus, Stopwatch, mark, script};
use dateline::app::state::drive_request::DriveRequest;
use dateline::app::state::time_of_day::TimeOfDay;
use dateline::app::{self, Effect, Message};
use dateline::cli::input::LoadedTimeline;
use dateline::timeline::term::Tlp;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

/// The start of the briefing's clock, in milliseconds since the machine started.
const BEGAN: u64 = 1_700_000_000;

const USUAL: Size = Size::new(80, 24);

/// The version of the briefing that an audience sees.
fn script_for(audience: Option<&str>) -> u64 {
    script(&program::ready("ten-scenes").0, audience)
}

/// The fourth of ten scenes of two minutes each, due from 6:00 to 8:00.
fn status() -> BriefingStatus {
    BriefingStatus {
        audience: None,
        at: 3,
        scene: None,
        step: 1,
        exploring: false,
        blank: false,
        scenes: 10,
        script: script_for(None),
        withheld: 0,
        stopwatch: Stopwatch {
            before: 0,
            since: Some(BEGAN),
        },
        entered: 360_000,
        due_from: 360,
    }
}

fn published(status: BriefingStatus, presence: PresenterPresence) -> PresenterReport {
    PresenterReport::Published(PublishedStatus {
        status,
        published_at: BEGAN + 400_000,
        presence,
        has_restarted: false,
        takes_steps: false,
    })
}

fn present(status: BriefingStatus) -> PresenterReport {
    published(status, PresenterPresence::Present)
}

/// A follower of the ten scenes, some seconds after the start.
fn ten_scenes(seconds: u64, report: PresenterReport) -> Stage {
    at_size(USUAL, seconds, report)
}

fn at_size(size: Size, seconds: u64, report: PresenterReport) -> Stage {
    let mut stage = Stage::open("ten-scenes", size);
    stage.follow(None);
    stage.set_clock(BEGAN + seconds * 1000);
    stage.hear(report);
    stage
}

/// A follower of a file.
fn of_file(text: &str) -> Stage {
    let mut stage = Stage::show(program::opened("t.toml", text), USUAL);
    stage.follow(None);
    stage
}

fn screen(stage: &mut Stage) -> &FollowerScreen {
    stage
        .model
        .follower_mut()
        .expect("the follower screen is on top")
}

/// The position of the scene on the path.
fn place(stage: &mut Stage) -> usize {
    let timeline = Arc::clone(stage.model.timeline());
    screen(stage).at(&timeline)
}

fn text(stage: &Stage) -> String {
    stage.frame(ScreenshotFormat::Text)
}

#[track_caller]
fn shows(stage: &Stage, words: &str) {
    let text = text(stage);
    assert!(text.contains(words), "no `{words}` in\n{text}");
}

/// Whether the only effect is a request to reload the files.
fn is_reading(effects: &[Effect]) -> bool {
    matches!(
        effects,
        [Effect::Files(FileRequest::Read(ReadRequest::Again { .. }))]
    )
}

#[test]
fn frame_prints_the_follower_after_keys_of_the_presenter_and_a_time() {
    let printed = |arguments: &[&str]| {
        let output = program::dateline()
            .args([
                "frame",
                "tests/frames/timelines/ten-scenes.toml",
                "--size=80x24",
            ])
            .args(arguments)
            .output()
            .expect("the program can be started");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let mut stage = ten_scenes(
        395,
        present(BriefingStatus {
            entered: 0,
            ..status()
        }),
    );
    assert_eq!(
        printed(&["--follow=4<space>", "--elapsed=6:35"]),
        text(&stage)
    );
    stage.press("G");
    assert_eq!(
        printed(&["--follow=4<space>", "--elapsed=6:35", "--keys=G"]),
        text(&stage)
    );
    // The clock starts with the first move.
    assert!(printed(&["--follow="]).contains("the clock has not started"));
    let refused = program::dateline()
        .args([
            "frame",
            "--follow=",
            "tests/frames/timelines/three-lines.toml",
        ])
        .output()
        .expect("the program can be started");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_clock_stops_when_the_presenter_leaves_but_not_while_its_status_is_unreadable() {
    for presence in [PresenterPresence::Left, PresenterPresence::Lost] {
        let stage = ten_scenes(9000, published(status(), presence));
        shows(&stage, "elapsed     6:40 of");
    }
    let mut unreadable = ten_scenes(500, present(status()));
    unreadable.hear(PresenterReport::Unreadable);
    shows(&unreadable, "the presenter's status is unreadable");
    shows(&unreadable, "elapsed     8:20 of");
    shows(&unreadable, "Inside the network");
    let other = ten_scenes(500, PresenterReport::OtherVersion);
    shows(&other, "another version of dateline");
    assert!(!text(&other).contains("no presenter yet"));
}

#[test]
fn the_screen_changes_without_a_message_only_while_a_clock_runs() {
    let wakes = |seconds: u64, report: PresenterReport| {
        let stage = ten_scenes(seconds, report);
        let next = stage.model.next_change();
        next.map(|next| next - (BEGAN + seconds * 1000))
    };
    let stopped = BriefingStatus {
        stopwatch: Stopwatch {
            before: 9000,
            since: None,
        },
        ..status()
    };
    assert_eq!(wakes(395, PresenterReport::Absent), None);
    assert_eq!(wakes(395, PresenterReport::Unreadable), None);
    assert_eq!(wakes(395, present(stopped)), None);
    assert_eq!(wakes(395, present(status())), Some(1000));
    // The age of the status is counted in minutes, then in hours.
    for presence in [PresenterPresence::Left, PresenterPresence::Lost] {
        let gone = || published(status(), presence);
        assert_eq!(wakes(410, gone()), Some(50_000));
        assert_eq!(wakes(4100, gone()), Some(3_500_000));
    }
    assert_eq!(Stage::open("ten-scenes", USUAL).model.next_change(), None);
}

#[test]
fn every_state_of_the_presenter_has_a_text() {
    let paused = Stopwatch {
        before: 9000,
        since: None,
    };
    let both = ten_scenes(
        395,
        present(BriefingStatus {
            exploring: true,
            stopwatch: paused,
            ..status()
        }),
    );
    shows(&both, "the presenter is exploring · the clock is stopped");
    let other_file = ten_scenes(
        395,
        present(BriefingStatus {
            scenes: 3,
            script: 1,
            at: 99,
            ..status()
        }),
    );
    shows(&other_file, "the presenter has 3 scenes, this file 10");
    shows(&other_file, "this file has no such scene");
    let restarted = PresenterReport::Published(PublishedStatus {
        status: status(),
        published_at: BEGAN,
        presence: PresenterPresence::Lost,
        has_restarted: true,
        takes_steps: false,
    });
    let restarted = ten_scenes(9000, restarted);
    shows(
        &restarted,
        "lost the presenter before this machine was restarted",
    );
    assert_eq!(restarted.model.next_change(), None);
    let mut lost = ten_scenes(395, present(status()));
    lost.hear(PresenterReport::Absent);
    shows(&lost, "lost the presenter");
    let why = "`/x` is not a folder of yours alone";
    shows(
        &ten_scenes(0, PresenterReport::Refused(why.to_owned())),
        why,
    );
}

const LARGE: Size = Size::new(120, 36);

#[test]
fn a_small_picture_shows_what_the_room_sees() {
    let mut room = Stage::open("ten-scenes", Size::new(60, 16));
    app::open_briefing(&mut room.model, None);
    room.press("4");
    let title = "Inside the network";
    assert!(text(&room).contains(title));
    let mut stage = at_size(LARGE, 395, present(status()));
    let picture = |stage: &Stage| {
        let text = text(stage);
        let rows = text.lines().filter_map(|line| line.split_once('│'));
        rows.map(|(_, row)| row.trim_end_matches('│').trim().to_owned())
            .collect::<Vec<_>>()
    };
    shows(&stage, "the room sees");
    let first = picture(&stage);
    assert!(first.iter().any(|row| row == title), "{first:#?}");
    // The time axis and the list of the scene, then the layers of its event.
    stage.hear(present(BriefingStatus {
        step: 0,
        ..status()
    }));
    let view = picture(&stage);
    assert_ne!(view, first);
    assert!(view.iter().any(|row| row.starts_with('▸')), "{view:#?}");
    assert!(
        view.iter()
            .any(|row| row.contains("10 Jan 2023") && row.contains('─')),
        "no axis: {view:#?}"
    );
    for (status, words) in [
        (
            BriefingStatus {
                exploring: true,
                ..status()
            },
            "the presenter is exploring",
        ),
        (
            BriefingStatus {
                blank: true,
                ..status()
            },
            "the screen is blank",
        ),
    ] {
        stage.hear(present(status));
        let rows = picture(&stage);
        let shown: Vec<&String> = rows.iter().filter(|row| !row.is_empty()).collect();
        assert_eq!(shown, [words]);
    }
    stage.hear(published(status(), PresenterPresence::Left));
    assert!(
        picture(&stage)
            .iter()
            .any(|row| row == "the presenter has left")
    );
    // On a small terminal words say it.
    shows(&ten_scenes(395, present(status())), "and sees: layer 1 of ");
}

#[test]
fn the_picture_follows_another_path_and_another_version_of_the_file() {
    let board = BriefingStatus {
        audience: Some("board".into()),
        at: 0,
        step: 0,
        ..status()
    };
    let mut stage = at_size(LARGE, 395, present(status()));
    stage.hear(present(board));
    let scene = |stage: &Stage| stage.model.scene().map(|(scene, _)| scene.at);
    assert_eq!(scene(&stage), Some(0));
    stage.hear(present(BriefingStatus { at: 99, ..status() }));
    assert_eq!(scene(&stage), None);
    shows(&stage, "this file has no such scene");
    stage.hear(present(status()));
    save(&mut stage, reading(program::open("ten-scenes")));
    assert_eq!(scene(&stage), Some(3));
}

#[test]
fn the_time_of_day_is_shown_and_wakes_the_program_each_minute() {
    let mut stage = ten_scenes(395, PresenterReport::Absent);
    assert!(!text(&stage).contains("21:04"));
    let time = TimeOfDay::new((21 * 60 + 4) * 60_000 + 59_000);
    app::run(&mut stage.model, Message::TimeOfDay(time));
    shows(&stage, " 21:04 ");
    let now = BEGAN + 395_000;
    assert_eq!(stage.model.next_change(), Some(now + 1000));
    stage.hear(present(BriefingStatus {
        stopwatch: Stopwatch {
            before: 0,
            since: Some(BEGAN + 500),
        },
        ..status()
    }));
    assert_eq!(stage.model.next_change(), Some(now + 500));
}

/// A question sends the presenter back to an early scene.
#[test]
fn a_jump_back_is_not_over_time() {
    let mut presenter = Stage::open("ten-scenes", USUAL);
    app::open_briefing(&mut presenter.model, None);
    let mut at = |seconds: u64, keys: &str| {
        let status = publishes(&mut presenter, seconds, keys).pop();
        let status = status.expect("the presenter takes a step");
        text(&ten_scenes(seconds, present(status)))
    };
    at(0, "<space>");
    for scene in 2..9 {
        at(120 * (scene - 1), &scene.to_string());
    }
    let back = at(15 * 60 + 10, "2");
    assert!(back.contains("15:10 of 20:00  on time"), "{back}");
    assert!(back.contains("0:00 of 2:00  2:00 left"), "{back}");
    // Scenes that were skipped for lack of time are not to come.
    let ahead = at(15 * 60 + 20, "0");
    assert!(ahead.contains("2:40 ahead"), "{ahead}");
}

#[test]
fn a_hostile_status_is_shown_without_control_characters() {
    let mut stage = Stage::open("hostile", USUAL);
    stage.follow(None);
    stage.hear(present(BriefingStatus {
        audience: Some("\u{1b}[2Jministers\n".to_owned()),
        ..status()
    }));
    shows(&stage, "audience: ␛[2Jminister");
    stage.press("j");
    shows(&stage, "the presenter has 10 scenes, this file 0");
    assert!(!text(&stage).contains('\u{1b}'));
}

#[test]
fn the_path_is_that_of_the_presenters_audience() {
    let board = BriefingStatus {
        audience: Some("board".into()),
        at: 0,
        step: 0,
        scenes: 2,
        script: script_for(Some("board")),
        ..status()
    };
    let mut stage = ten_scenes(395, present(board));
    let scenes = screen(&mut stage).briefing.path.len();
    assert!((1..10).contains(&scenes), "{scenes}");
    shows(&stage, "audience: board");
    stage.hear(present(status()));
    assert_eq!(screen(&mut stage).briefing.path.len(), 10);
}

#[test]
fn the_notes_follow_the_presenters_scene_even_in_another_version_of_the_file() {
    let timeline = &program::ready("ten-scenes").0;
    let mark_of = |at: usize| timeline.scenes().get(at).map(mark);
    let after = |at: usize, scene: Option<u64>, script: u64| {
        let report = present(BriefingStatus {
            at,
            scene,
            script,
            ..status()
        });
        let mut stage = ten_scenes(395, report);
        let words = "the presenter has another version of the file: reload there, or here with r";
        (place(&mut stage), text(&stage).contains(words))
    };
    let same = script_for(None);
    assert_eq!(after(3, mark_of(3), same), (3, false));
    assert_eq!(after(3, mark_of(3), 1), (3, true), "the notes may differ");
    assert_eq!(
        after(3, mark_of(5), 1),
        (5, true),
        "the scene is elsewhere in this version"
    );
    assert_eq!(
        after(3, Some(1), 1),
        (3, true),
        "this version lacks the scene"
    );
}

const SMALL: &str = "[[events]]\nwhen = \"2021\"\ntitle = \"E\"\n\
                     [[scenes]]\ntitle = \"A\"\nnotes = \"old notes\"\n\
                     [[scenes]]\ntitle = \"B\"\nnotes = \"other notes\"\n";

/// The result of reading a file.
fn reading(opened: LoadedTimeline) -> ReadOutcome {
    let problems = opened.problems();
    ReadOutcome::Read(Box::new(FileReading {
        timeline: Arc::new(opened.timeline),
        problems,
        fingerprints: ReadingFingerprints::default(),
        read_at: None,
        stopped_at: None,
    }))
}

fn reading_of(text: &str) -> ReadOutcome {
    reading(program::opened("t.toml", text))
}

/// Saves the files and reads them.
fn save(stage: &mut Stage, outcome: ReadOutcome) -> Vec<Effect> {
    let saved = ReloadEvent::Saved {
        watch_failure: None,
        is_missing_saves: false,
    };
    app::run(&mut stage.model, Message::Files(saved));
    app::run(&mut stage.model, Message::Files(ReloadEvent::Read(outcome)))
}

/// The presenter is at the second scene of a version of the file.
fn at_second(text: &str) -> PresenterReport {
    let timeline = program::opened("t.toml", text).timeline;
    present(BriefingStatus {
        at: 1,
        scene: timeline.scenes().get(1).map(mark),
        scenes: timeline.scenes().len(),
        script: script(&timeline, None),
        ..status()
    })
}

#[test]
fn the_files_are_read_once_for_each_version_of_the_presenter() {
    let saved = SMALL.replace("other notes", "new notes");
    let mut stage = of_file(SMALL);
    assert!(stage.hear(at_second(SMALL)).is_empty());

    assert!(is_reading(&stage.hear(at_second(&saved))));
    shows(&stage, "another version of the file");
    assert!(
        stage.hear(at_second(&saved)).is_empty(),
        "the files are read only once"
    );
    let read = ReloadEvent::Read(reading_of(&saved));
    app::run(&mut stage.model, Message::Files(read));
    shows(&stage, "new notes");
    shows(&stage, "scene 2 of 2");
    assert!(!text(&stage).contains("another version"));

    assert!(
        is_reading(&stage.hear(at_second(SMALL))),
        "the old version returns"
    );
}

#[test]
fn a_save_keeps_the_place_in_the_notes() {
    let mut stage = at_size(Size::new(40, 12), 395, present(status()));
    stage.press("jj");
    let before = text(&stage);
    save(&mut stage, reading(program::open("ten-scenes")));
    stage.press("<ctrl-l>");
    let after = |text: &str| text.lines().take(8).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(after(&text(&stage)), after(&before));
    assert_eq!(screen(&mut stage).scroll, 2);
}

#[test]
fn the_briefer_can_reload_and_a_broken_save_keeps_the_notes() {
    let mut stage = of_file(SMALL);
    for keys in ["r", "gr"] {
        assert!(is_reading(&stage.press(keys)), "{keys} reads nothing");
        let unchanged = ReloadEvent::Read(ReadOutcome::Unchanged);
        app::run(&mut stage.model, Message::Files(unchanged));
        shows(&stage, "Reloaded: no changes");
    }
    let broken = SMALL.replace("title = \"A\"", "title = ");
    for (reading, why) in [
        (reading_of(&broken), "(p shows all)"),
        (reading_of(""), "the file has no events"),
        (ReadOutcome::Failed("no `t`".into()), "no `t`"),
    ] {
        save(&mut stage, reading);
        shows(&stage, why);
        shows(&stage, "old notes");
    }
    stage.press("j");
    assert!(!text(&stage).contains("no `t`"), "the next key hides it");
}

#[test]
fn a_configured_key_works_and_is_shown() {
    use dateline::app::commands::COMMANDS;
    use dateline::app::input::keymap::KeySequence;
    let mut stage = ten_scenes(
        395,
        present(BriefingStatus {
            script: 1,
            ..status()
        }),
    );
    let unchanged = ReloadEvent::Read(ReadOutcome::Unchanged);
    app::run(&mut stage.model, Message::Files(unchanged));
    let reload = COMMANDS.iter().find(|it| it.name == "follower-reload");
    let keys = vec![KeySequence::parse("u").expect("a key")];
    let mut keymap = stage.model.keymap().clone();
    keymap.set(reload.expect("the table has the command").command(), keys);
    stage.model.set_keymap(keymap);
    shows(&stage, "or here with u");
    shows(&stage, "u reload");
    assert!(is_reading(&stage.press("u")));
    assert!(stage.press("r").is_empty());
}

#[test]
fn the_status_of_the_presenter_names_the_scene_and_the_version_of_the_file() {
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"E\"\n[[scenes]]\ntitle = \"A\"\n";
    let mut presenter = Stage::show(program::opened("t.toml", text), USUAL);
    let scene = presenter.model.timeline().scenes().first().map(mark);
    let version = script(presenter.model.timeline(), None);
    let status = &publishes(&mut presenter, 0, "b")[0];
    assert!(scene.is_some());
    assert_eq!((status.scene, status.script), (scene, version));
    // The presenter's screen does not show the notes, so only the version differs.
    let effects = save(
        &mut presenter,
        reading_of(&format!("{text}notes = \"n\"\n")),
    );
    let status = effects.iter().find_map(|effect| match effect {
        Effect::PublishStatus(status) => Some(status.script),
        _ => None,
    });
    assert!(status.is_some_and(|script| script != version), "{status:?}");
}

#[test]
fn notes_scroll_and_start_at_the_top_in_each_scene() {
    let mut stage = at_size(Size::new(40, 12), 395, present(status()));
    let notes = screen(&mut stage).layout.notes.clone();
    let last = notes.lines.len() - usize::from(notes.area.height);
    assert!(last > 1, "{notes:?}");
    stage.press("jjk");
    assert_eq!(screen(&mut stage).scroll, 1);
    stage.press("<pgdn><pgdn><pgdn><pgdn><pgdn>");
    assert_eq!(screen(&mut stage).scroll, last);
    shows(&stage, notes.lines.last().expect("the notes have lines"));
    stage.press("<home>");
    assert_eq!(screen(&mut stage).scroll, 0);
    stage.press("<end>");
    assert_eq!(screen(&mut stage).scroll, last);
    stage.hear(present(BriefingStatus {
        step: 2,
        ..status()
    }));
    assert_ne!(screen(&mut stage).scroll, 0, "the scene is the same");
    stage.hear(present(BriefingStatus { at: 4, ..status() }));
    assert_eq!(screen(&mut stage).scroll, 0);
}

#[test]
fn the_count_of_scrolled_lines_has_the_right_plural() {
    let mut stage = at_size(Size::new(40, 20), 395, present(status()));
    stage.press("j");
    shows(&stage, " 1 line above");
    stage.press("j");
    shows(&stage, " 2 lines above");
}

#[test]
fn only_the_usual_keys_quit() {
    for keys in ["q", "<esc>", "<ctrl-c>"] {
        let effects = ten_scenes(0, PresenterReport::Absent).press(keys);
        assert!(matches!(effects[..], [Effect::Quit]), "{keys}");
    }
    let effects = ten_scenes(0, PresenterReport::Absent).press("?<esc>xb<enter><tab><space>");
    assert!(effects.is_empty(), "{effects:?}");
}

#[test]
fn a_follower_publishes_nothing() {
    let mut stage = ten_scenes(395, present(status()));
    let effects = stage.press("jbx:brief<esc>");
    assert!(effects.is_empty(), "{effects:?}");
}

#[test]
fn withheld_items_are_counted() {
    let mut stage = ten_scenes(0, PresenterReport::Absent);
    assert!(!text(&stage).contains("withheld"));
    stage.hear(present(BriefingStatus {
        withheld: 4,
        ..status()
    }));
    shows(&stage, " 4 withheld ");
}

#[test]
fn no_size_is_too_small_and_no_number_too_large() {
    let wild = BriefingStatus {
        at: usize::MAX,
        step: usize::MAX,
        scenes: usize::MAX,
        stopwatch: Stopwatch {
            before: u64::MAX,
            since: Some(0),
        },
        entered: u64::MAX,
        due_from: u64::MAX,
        ..status()
    };
    for status in [wild, status()] {
        for (width, height) in [(0, 0), (1, 1), (7, 3), (23, 5), (60, 17), (300, 100)] {
            for presence in [
                PresenterPresence::Present,
                PresenterPresence::Left,
                PresenterPresence::Lost,
            ] {
                let report = published(status.clone(), presence);
                let stage = at_size(Size::new(width, height), 395, report);
                assert_eq!(text(&stage).lines().count(), usize::from(height));
                _ = stage.model.next_change();
            }
        }
    }
}

/// The statuses that the presenter publishes after some keys, pressed some seconds after the start.
fn publishes(stage: &mut Stage, seconds: u64, keys: &str) -> Vec<BriefingStatus> {
    stage.set_clock(BEGAN + seconds * 1000);
    let effects = stage.press(keys).into_iter();
    let published = effects.filter_map(|effect| match effect {
        Effect::PublishStatus(status) => Some(status),
        _ => None,
    });
    published.collect()
}

#[test]
fn the_presenter_publishes_each_change_and_nothing_else() {
    let mut stage = Stage::open("ten-scenes", USUAL);
    assert_eq!(
        publishes(&mut stage, 0, "jk"),
        [],
        "nothing is published before the briefing"
    );
    let begun = publishes(&mut stage, 0, "b");
    assert_eq!((begun.len(), begun[0].at, begun[0].scenes), (1, 0, 10));
    assert!(begun[0].stopwatch.is_fresh());
    let layer = &publishes(&mut stage, 5, "<space>")[0];
    assert_eq!((layer.at, layer.step, layer.entered), (0, 1, 0));
    assert_eq!(layer.stopwatch.since, Some(BEGAN + 5000));
    let scene = &publishes(&mut stage, 65, "<space>")[0];
    assert_eq!((scene.at, scene.step, scene.entered), (1, 0, 60_000));
    assert!(publishes(&mut stage, 70, "<tab>")[0].exploring);
    assert_eq!(
        publishes(&mut stage, 75, "jj"),
        [],
        "the followers stay at the scene"
    );
    let back = &publishes(&mut stage, 80, "b")[0];
    assert_eq!((back.at, back.entered, back.exploring), (1, 60_000, false));
    assert!(publishes(&mut stage, 85, ".")[0].blank);
    let paused = &publishes(&mut stage, 95, "P")[0];
    assert_eq!(
        (paused.stopwatch.before, paused.stopwatch.since),
        (90_000, None)
    );
    assert_eq!(publishes(&mut stage, 97, "R"), [], "it asks first");
    let again = &publishes(&mut stage, 99, "R")[0];
    assert_eq!((again.stopwatch, again.entered), (Stopwatch::default(), 0));
}

#[test]
fn the_presenter_publishes_how_much_is_withheld_from_the_room() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n\
                [[events]]\nid = \"one\"\nwhen = \"2021\"\ntitle = \"One\"\n\
                [[events]]\nid = \"two\"\nwhen = \"2022\"\ntitle = \"Two\"\ntlp = \"RED\"\n\
                [[scenes]]\ntitle = \"First\"\nselect = \"one\"\n\
                [[scenes]]\ntitle = \"Second\"\nselect = \"two\"\n";
    let mut opened = program::opened("small.toml", text);
    opened.timeline = opened
        .timeline
        .up_to(Tlp::Clear)
        .expect("everything is marked");
    let mut stage = Stage::show(opened, USUAL);
    let status = &publishes(&mut stage, 0, "b")[0];
    assert_eq!(
        (status.scenes, status.withheld),
        (1, 2),
        "an event and its scene"
    );
}

/// A follower that may take steps, and a presenter that has pressed keys.
fn driver(keys: &str) -> (Stage, Stage) {
    let mut presenter = Stage::open("ten-scenes", USUAL);
    app::open_briefing(&mut presenter.model, None);
    let mut follower = Stage::open("ten-scenes", USUAL);
    follower.follow(None);
    app::let_drive(&mut follower.model);
    let status = publishes(&mut presenter, 0, keys).pop();
    follower.set_clock(BEGAN);
    follower.hear(accepting(status.expect("the presenter has begun")));
    (presenter, follower)
}

fn accepting(status: BriefingStatus) -> PresenterReport {
    PresenterReport::Published(PublishedStatus {
        status,
        published_at: BEGAN,
        presence: PresenterPresence::Present,
        has_restarted: false,
        takes_steps: true,
    })
}

/// The follower presses keys, and the presenter shows what they ask for. Returns its place, and whether it is blank.
fn drives(presenter: &mut Stage, follower: &mut Stage, keys: &str) -> (usize, usize, bool) {
    for effect in follower.press(keys) {
        let Effect::Drive(request) = effect else {
            panic!("{keys}: {effect:?}");
        };
        let effects = app::run(&mut presenter.model, Message::Drive(request));
        for effect in effects {
            if let Effect::PublishStatus(status) = effect {
                follower.hear(accepting(status));
            }
        }
    }
    let (scene, is_left) = presenter
        .model
        .scene()
        .expect("the presenter is at a scene");
    assert!(!is_left && presenter.model.overlay().is_none(), "{keys}");
    (scene.at, scene.step, scene.is_blank)
}

#[test]
fn a_follower_takes_steps_in_the_room_as_the_presenter_does() {
    let (mut presenter, mut follower) = driver("4");
    let mut after = |keys: &str| drives(&mut presenter, &mut follower, keys);
    assert_eq!(after("<space>"), (3, 1, false));
    assert_eq!(after("<space><space>"), (4, 0, false));
    assert_eq!(after("<left><left>"), (3, 1, false));
    assert_eq!(after("."), (3, 1, true));
    assert_eq!(after("."), (3, 1, false));
    assert_eq!(after("0"), (9, 0, false));
    assert_eq!(after("1<left>"), (0, 0, false));
    shows(&follower, "First scene");
    shows(&follower, "drives the room");
    shows(&follower, "space next   ← back   . blank");
}

/// The presenter has not published the first step when the second key comes.
#[test]
fn two_quick_keys_are_two_steps_and_a_late_request_is_harmless() {
    let (mut presenter, mut follower) = driver("4");
    let asked: Vec<Effect> = ["<space>", "<space>", "<space>"]
        .into_iter()
        .flat_map(|key| follower.press(key))
        .collect();
    let Some(Effect::Drive(last)) = asked.last() else {
        panic!("{asked:?}");
    };
    assert_eq!((asked.len(), last.at, last.step), (3, 4, 0));
    // Only the last request is read, and it is read twice.
    for _ in 0..2 {
        app::run(&mut presenter.model, Message::Drive(*last));
        let (scene, _) = presenter.model.scene().expect("a scene");
        assert_eq!((scene.at, scene.step), (4, 0));
    }
    // A request that is not granted is forgotten after a while.
    follower.set_clock(BEGAN + 5000);
    let Some(Effect::Drive(next)) = follower.press("<space>").pop() else {
        panic!("the follower drives");
    };
    assert_eq!((next.at, next.step), (3, 1));
}

/// The follower has missed the status before the presenter began to explore.
#[test]
fn a_step_leads_back_even_if_exploring_is_the_first_that_is_heard() {
    let (mut presenter, mut follower) = driver("4");
    let Some(Effect::Drive(request)) = follower.press("<space>").pop() else {
        panic!("the follower drives");
    };
    app::run(&mut presenter.model, Message::Drive(request));
    let effects = presenter.press("<tab>");
    let status = effects.into_iter().find_map(|effect| match effect {
        Effect::PublishStatus(status) => Some(status),
        _ => None,
    });
    let status = status.expect("the presenter publishes that it explores");
    assert!(status.exploring);
    follower.hear(accepting(status));
    assert_eq!(
        drives(&mut presenter, &mut follower, "<space>"),
        (3, 1, false)
    );
}

#[test]
fn the_first_step_leads_back_from_wherever_the_presenter_is() {
    for keys in [
        "4<tab>",
        "4w",
        "4fphase:<esc>",
        "4f",
        "4/x",
        "4@",
        "4?",
        "4:",
        "4q",
        "4g",
        "4<esc>",
    ] {
        let (mut presenter, mut follower) = driver(keys);
        assert_eq!(drives(&mut presenter, &mut follower, "4").0, 3, "{keys}");
        let (mut presenter, mut follower) = driver(keys);
        let (at, step, _) = drives(&mut presenter, &mut follower, "<space>");
        assert!(at == 3 && step <= 1, "{keys}");
        assert!(!text(&presenter).contains("again quits"), "{keys}");
    }
}

#[test]
fn steps_are_refused_unless_both_terminals_were_started_for_them() {
    let mut plain = ten_scenes(395, accepting(status()));
    assert!(plain.press("<space>").is_empty());
    shows(&plain, "start this terminal and the presenter with --drive");
    assert!(!text(&plain).contains("drives the room"));
    let mut unheard = ten_scenes(395, present(status()));
    app::let_drive(&mut unheard.model);
    unheard.press("<ctrl-l>");
    shows(&unheard, "the presenter does not accept steps");
    assert!(unheard.press("3").is_empty());
    shows(&unheard, "The presenter was not started with --drive");
    for report in [
        PresenterReport::Absent,
        published(status(), PresenterPresence::Left),
    ] {
        let mut alone = ten_scenes(395, report);
        app::let_drive(&mut alone.model);
        assert!(alone.press("<space>").is_empty());
        shows(&alone, "No presenter to take steps for");
    }
}

#[test]
fn a_request_for_a_scene_that_is_not_on_the_path_is_ignored() {
    let (mut presenter, mut follower) = driver("4");
    let Some(Effect::Drive(request)) = follower.press("2").pop() else {
        panic!("the follower drives");
    };
    let mut ask = |request| {
        app::run(&mut presenter.model, Message::Drive(request));
        presenter
            .model
            .scene()
            .map(|(scene, _)| (scene.at, scene.step))
    };
    assert_eq!(
        ask(DriveRequest {
            scene: 1,
            ..request
        }),
        Some((3, 0))
    );
    // In another version of the file the scene is elsewhere, with fewer layers.
    let moved = DriveRequest {
        at: usize::MAX,
        step: usize::MAX,
        ..request
    };
    assert_eq!(ask(moved).map(|(at, _)| at), Some(1));
}
