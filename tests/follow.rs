//! The second terminal: what the briefer sees for what the presenter says. Snapshots are in `follow/`.
//!
//! Time is told, not read: the clock began at [`BEGAN`].

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use dateline::app::follow::{Follower, Heard, Msg, Presence, Report};
use dateline::app::input::key::{self, Input};
use dateline::app::reload::{
    FileReading, FileRequest, ReadOutcome, ReadRequest, ReadingFingerprints, ReloadEvent,
    TimelineChanges,
};
use dateline::app::state::briefing::{Stopwatch, Told, mark, script};
use dateline::app::{self, Effect};
use dateline::timeline::term::Tlp;
use dateline::ui;
use dateline::ui::screenshot::{self, Format};
use dateline::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::support::program;

/// When the clock of the briefing began, in milliseconds since the machine was started.
const BEGAN: u64 = 1_700_000_000;

const SIZES: &[&str] = &["120x36", "80x24", "40x12"];

/// The version of the briefing that an audience sees.
fn script_for(audience: Option<&str>) -> u64 {
    script(&program::ready("ten-scenes").0, audience)
}

/// The fourth of ten scenes, two minutes each, so that it is due from 6:00 to 8:00.
fn told() -> Told {
    Told {
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
    }
}

fn heard(told: Told, presence: Presence) -> Heard {
    Heard::Report(Report {
        told,
        said: BEGAN + 400_000,
        presence,
        has_restarted: false,
    })
}

/// A second terminal so many seconds after the beginning.
struct Stage(Follower);

impl Stage {
    fn open(name: &str, size: Size, seconds: u64) -> Self {
        let timeline = Arc::clone(&program::ready(name).0);
        let mut stage = Self(Follower::new(timeline, &[], None, size));
        stage.tell(Msg::Time(BEGAN + seconds * 1000));
        stage
    }

    fn ten_scenes(seconds: u64) -> Self {
        Self::open("ten-scenes", Size::new(80, 24), seconds)
    }

    fn tell(&mut self, msg: Msg) {
        assert!(self.0.update(msg).is_continue());
    }

    fn hear(mut self, heard: Heard) -> Self {
        self.tell(Msg::Heard(heard));
        self
    }

    fn press(&mut self, keys: &str) -> ControlFlow<()> {
        for input in key::parse(keys).expect("keys are written in the notation") {
            let Input::Key(key) = input else { continue };
            self.0.update(Msg::Key(key))?;
        }
        ControlFlow::Continue(())
    }

    fn frame(&self, format: Format) -> String {
        let theme = if format == Format::Roles {
            Theme::Roles
        } else {
            Theme::default()
        };
        let mut buffer = Buffer::empty(Rect::from(((0, 0).into(), self.0.size)));
        ui::follow::draw(&self.0, theme, &mut buffer);
        screenshot::print(&buffer, format, theme)
    }

    fn text(&self) -> String {
        self.frame(Format::Text)
    }
}

/// What is seen at each size, with its meanings at the usual one.
fn frames(timeline: &str, seconds: u64, heard: &Heard) -> String {
    let mut all = String::new();
    for size in SIZES {
        let stage = Stage::open(timeline, program::size(size), seconds).hear(heard.clone());
        let format = if *size == "80x24" {
            Format::Roles
        } else {
            Format::Text
        };
        let frame = stage.frame(format);
        write!(
            all,
            "=== {timeline} at {size}
{frame}"
        )
        .expect("a string takes all");
    }
    all
}

#[test]
#[expect(clippy::too_many_lines, reason = "a script of one evening")]
fn the_frames_are_as_they_were_judged() {
    let here = |told| heard(told, Presence::Here);
    let fresh = Told {
        at: 0,
        step: 0,
        stopwatch: Stopwatch::default(),
        entered: 0,
        ..told()
    };
    let rows: &[(&str, &str, u64, Heard)] = &[
        ("nobody", "ten-scenes", 0, Heard::Nobody),
        ("not-started", "ten-scenes", 0, here(fresh)),
        ("on-time", "ten-scenes", 395, here(told())),
        (
            "ahead",
            "ten-scenes",
            330,
            here(Told {
                entered: 300_000,
                ..told()
            }),
        ),
        (
            "behind",
            "ten-scenes",
            500,
            here(Told {
                entered: 400_000,
                ..told()
            }),
        ),
        ("over-budget", "ten-scenes", 481, here(told())),
        (
            "over-time",
            "ten-scenes",
            1300,
            here(Told {
                at: 9,
                step: 0,
                entered: 1_200_000,
                ..told()
            }),
        ),
        (
            "exploring",
            "ten-scenes",
            395,
            here(Told {
                exploring: true,
                ..told()
            }),
        ),
        (
            "blank",
            "ten-scenes",
            395,
            here(Told {
                blank: true,
                ..told()
            }),
        ),
        ("ended", "ten-scenes", 640, heard(told(), Presence::Left)),
        ("lost", "ten-scenes", 8000, heard(told(), Presence::Lost)),
        (
            "hostile",
            "hostile",
            395,
            here(Told {
                audience: Some("\u{1b}[2Jministers\n".into()),
                ..told()
            }),
        ),
    ];
    insta::with_settings!({ snapshot_path => "follow", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, timeline, seconds, heard) in rows {
            insta::assert_snapshot!(*name, frames(timeline, *seconds, heard));
        }
    });
}

#[test]
fn the_clock_stands_once_the_presenter_is_not_there_and_goes_on_while_it_cannot_be_understood() {
    for presence in [Presence::Left, Presence::Lost] {
        let stage = Stage::ten_scenes(9000).hear(heard(told(), presence));
        assert!(
            stage.text().contains("elapsed     6:40 of"),
            "{}",
            stage.text()
        );
    }
    let broken = Stage::ten_scenes(500)
        .hear(heard(told(), Presence::Here))
        .hear(Heard::Broken);
    let text = broken.text();
    assert!(
        text.contains("what the presenter says cannot be read"),
        "{text}"
    );
    assert!(
        text.contains("elapsed     8:20 of") && text.contains("Inside the network"),
        "{text}"
    );
    let other = Stage::ten_scenes(500).hear(Heard::OtherVersion).text();
    assert!(other.contains("another version of dateline"), "{other}");
    assert!(!other.contains("no presenter yet"), "{other}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of states and their words")]
fn every_state_of_the_presenter_is_told_in_words() {
    let text = |told: Told| {
        Stage::ten_scenes(395)
            .hear(heard(told, Presence::Here))
            .text()
    };
    assert_eq!(
        Stage::ten_scenes(395)
            .hear(heard(told(), Presence::Here))
            .0
            .states(),
        []
    );
    let paused = Stopwatch {
        before: 9000,
        since: None,
    };
    let both = text(Told {
        exploring: true,
        stopwatch: paused,
        ..told()
    });
    assert!(
        both.contains("the presenter is exploring · the clock stands"),
        "{both}"
    );
    let other_file = text(Told {
        scenes: 3,
        script: 1,
        at: 99,
        ..told()
    });
    assert!(
        other_file.contains("the presenter has 3 scenes, this file 10"),
        "{other_file}"
    );
    assert!(
        other_file.contains("this file has no such scene"),
        "{other_file}"
    );
    let restarted = Heard::Report(Report {
        told: told(),
        said: BEGAN,
        presence: Presence::Lost,
        has_restarted: true,
    });
    let restarted = Stage::ten_scenes(9000).hear(restarted).text();
    assert!(
        restarted.contains("lost the presenter before this machine was restarted"),
        "{restarted}"
    );
    let lost = Stage::ten_scenes(395)
        .hear(heard(told(), Presence::Here))
        .hear(Heard::Nobody);
    assert!(
        lost.text().contains("lost the presenter"),
        "{}",
        lost.text()
    );
    let refused =
        Stage::ten_scenes(0).hear(Heard::Refused("`/x` is not a folder of yours alone".into()));
    assert!(
        refused
            .text()
            .contains("`/x` is not a folder of yours alone")
    );
}

#[test]
fn the_path_is_that_of_the_audience_that_the_presenter_names() {
    let board = Told {
        audience: Some("board".into()),
        at: 0,
        step: 0,
        scenes: 2,
        script: script_for(Some("board")),
        ..told()
    };
    let mut stage = Stage::ten_scenes(395).hear(heard(board, Presence::Here));
    let scenes = stage.0.briefing.path.len();
    assert!((1..10).contains(&scenes), "{scenes}");
    assert!(stage.text().contains("audience: board"), "{}", stage.text());
    stage = stage.hear(heard(told(), Presence::Here));
    assert_eq!(stage.0.briefing.path.len(), 10);
}

#[test]
fn notes_are_those_of_the_scene_that_is_shown_though_the_presenter_has_another_version_of_the_file()
{
    let here = Stage::ten_scenes(0);
    let mark_of = |at: usize| here.0.timeline.scenes().get(at).map(mark);
    let says = |at: usize, scene: Option<u64>, script: u64| {
        let stage = Stage::ten_scenes(395).hear(heard(
            Told {
                at,
                scene,
                script,
                ..told()
            },
            Presence::Here,
        ));
        let is_told = stage.text().contains(
            "the presenter has another version of the file: reload there, or here with r",
        );
        (stage.0.at(), is_told)
    };
    let same = script_for(None);
    assert_eq!(says(3, mark_of(3), same), (3, false));
    assert_eq!(says(3, mark_of(3), 1), (3, true), "its notes may differ");
    assert_eq!(says(3, mark_of(5), 1), (5, true), "it is elsewhere here");
    assert_eq!(says(3, Some(1), 1), (3, true), "it is not here");
}

const SMALL: &str = "[[events]]\nwhen = \"2021\"\ntitle = \"E\"\n\
                     [[scenes]]\ntitle = \"A\"\nnotes = \"old notes\"\n\
                     [[scenes]]\ntitle = \"B\"\nnotes = \"other notes\"\n";

/// What reading a file comes to.
fn reading(text: &str) -> ReloadEvent {
    let opened = program::opened("t.toml", text);
    let problems = opened.problems();
    ReloadEvent::Read(ReadOutcome::Read(Box::new(FileReading {
        timeline: Arc::new(opened.timeline),
        problems,
        changes: TimelineChanges::default(),
        fingerprints: ReadingFingerprints::default(),
        stopped_at: None,
    })))
}

fn saved(watch_failure: Option<&str>) -> ReloadEvent {
    ReloadEvent::Saved {
        watch_failure: watch_failure.map(str::to_owned),
    }
}

/// How many readings of the files are asked for.
fn reads(stage: &mut Stage) -> usize {
    let requests = stage.0.take_requests();
    let is_read = |it: &&FileRequest| matches!(it, FileRequest::Read(ReadRequest::Again { .. }));
    requests.iter().filter(is_read).count()
}

/// The presenter is at the second scene of a version of the file.
fn at_second(text: &str) -> Heard {
    let timeline = program::opened("t.toml", text).timeline;
    let told = Told {
        at: 1,
        scene: timeline.scenes().get(1).map(mark),
        scenes: timeline.scenes().len(),
        script: script(&timeline, None),
        ..told()
    };
    heard(told, Presence::Here)
}

#[test]
fn the_files_are_read_again_when_the_presenter_shows_another_version_and_once_for_each() {
    let saved = SMALL.replace("other notes", "new notes");
    let timeline = Arc::new(program::opened("t.toml", SMALL).timeline);
    let mut stage = Stage(Follower::new(timeline, &[], None, Size::new(80, 24)));
    stage = stage.hear(at_second(SMALL));
    assert_eq!(reads(&mut stage), 0);
    assert_eq!(stage.0.states(), []);

    stage = stage.hear(at_second(&saved));
    assert!(stage.text().contains("another version of the file"));
    assert_eq!(reads(&mut stage), 1);
    stage = stage.hear(at_second(&saved));
    assert_eq!(reads(&mut stage), 0, "once is enough");
    stage.tell(Msg::Files(reading(&saved)));
    let text = stage.text();
    assert!(
        text.contains("new notes") && text.contains("scene 2 of 2"),
        "{text}"
    );
    assert!(!text.contains("another version"), "{text}");

    stage = stage.hear(at_second(SMALL));
    assert_eq!(reads(&mut stage), 1, "back again");
}

#[test]
fn the_briefer_can_have_the_files_read_and_a_broken_save_takes_nothing_away() {
    let timeline = Arc::new(program::opened("t.toml", SMALL).timeline);
    let mut stage = Stage(Follower::new(timeline, &[], None, Size::new(80, 24)));
    for keys in ["r", "gr"] {
        assert!(stage.press(keys).is_continue());
        assert_eq!(reads(&mut stage), 1, "{keys}");
        stage.tell(Msg::Files(ReloadEvent::Read(ReadOutcome::Unchanged)));
        assert!(stage.text().contains("reloaded: no changes"));
    }
    let broken = SMALL.replace("title = \"A\"", "title = ");
    for (reading, why) in [
        (reading(&broken), "kept the last good version: "),
        (
            reading(""),
            "kept the last good version: there are no events",
        ),
        (
            ReloadEvent::Read(ReadOutcome::Failed("no `t`".into())),
            "kept the last good version: no `t`",
        ),
    ] {
        stage.tell(Msg::Files(saved(None)));
        stage.tell(Msg::Files(reading));
        let text = stage.text();
        assert!(text.contains(why) && text.contains("old notes"), "{text}");
    }
    assert!(stage.press("j").is_continue());
    assert!(!stage.text().contains("kept"), "the next key takes it away");
    stage.tell(Msg::Files(saved(Some("no room"))));
    assert!(stage.text().contains("saves are not seen: no room"));
}

#[test]
fn the_presenter_says_which_scene_and_version_it_shows() {
    let text = "[[events]]\nwhen = \"2021\"\ntitle = \"E\"\n[[scenes]]\ntitle = \"A\"\n";
    let mut presenter = program::Stage::show(program::opened("t.toml", text), Size::new(80, 24));
    let scene = presenter.model.timeline.scenes().first().map(mark);
    let version = script(&presenter.model.timeline, None);
    let told = &tells(&mut presenter, 0, "b")[0];
    assert!(scene.is_some());
    assert_eq!((told.scene, told.script), (scene, version));
    // Nothing that the presenter shows is different, but the notes are.
    let reading = reading(&format!("{text}notes = \"n\"\n"));
    app::run(&mut presenter.model, app::Msg::Files(saved(None)));
    let effects = app::run(&mut presenter.model, app::Msg::Files(reading));
    let told = effects.iter().find_map(|effect| match effect {
        Effect::Tell(told) => Some(told.script),
        _ => None,
    });
    assert!(told.is_some_and(|script| script != version), "{told:?}");
}

#[test]
fn notes_are_scrolled_and_begin_anew_with_each_scene() {
    let mut stage =
        Stage::open("ten-scenes", Size::new(40, 12), 395).hear(heard(told(), Presence::Here));
    let notes = stage.0.setting.notes.clone();
    assert!(
        notes.lines.len() > usize::from(notes.area.height),
        "{notes:?}"
    );
    assert!(stage.press("jjk").is_continue());
    assert_eq!(stage.0.scroll, 1);
    assert!(stage.press("<pgdn><pgdn><pgdn><pgdn><pgdn>").is_continue());
    assert_eq!(
        stage.0.scroll,
        notes.lines.len() - usize::from(notes.area.height)
    );
    assert!(
        stage
            .text()
            .contains(notes.lines.last().expect("there are some"))
    );
    let layer = Told { step: 2, ..told() };
    stage = stage.hear(heard(layer, Presence::Here));
    assert_ne!(stage.0.scroll, 0, "the scene is the same");
    let next = Told { at: 4, ..told() };
    stage = stage.hear(heard(next, Presence::Here));
    assert_eq!(stage.0.scroll, 0);
}

#[test]
fn how_much_of_the_notes_stands_above_is_told_in_good_english() {
    let mut stage =
        Stage::open("ten-scenes", Size::new(40, 20), 395).hear(heard(told(), Presence::Here));
    assert!(stage.press("j").is_continue());
    assert!(stage.text().contains(" 1 line above"), "{}", stage.text());
    assert!(stage.press("j").is_continue());
    assert!(stage.text().contains(" 2 lines above"), "{}", stage.text());
}

#[test]
fn it_is_left_with_any_of_the_usual_keys_and_by_no_other() {
    for keys in ["q", "<esc>", "<ctrl-c>"] {
        assert!(Stage::ten_scenes(0).press(keys).is_break(), "{keys}");
    }
    assert!(
        Stage::ten_scenes(0)
            .press("?xb<enter><tab><space>")
            .is_continue()
    );
}

#[test]
fn what_is_withheld_is_counted() {
    let mut stage = Stage::ten_scenes(0);
    assert!(!stage.text().contains("withheld"));
    let told = Told {
        withheld: 4,
        ..told()
    };
    stage = stage.hear(heard(told, Presence::Here));
    assert!(stage.text().contains(" 4 withheld "), "{}", stage.text());
}

#[test]
fn no_size_is_too_small_and_no_number_too_large() {
    let wild = Told {
        at: usize::MAX,
        step: usize::MAX,
        scenes: usize::MAX,
        stopwatch: Stopwatch {
            before: u64::MAX,
            since: Some(0),
        },
        entered: u64::MAX,
        ..told()
    };
    for told in [wild, told()] {
        for (width, height) in [(0, 0), (1, 1), (7, 3), (23, 5), (60, 17), (300, 100)] {
            for presence in [Presence::Here, Presence::Left, Presence::Lost] {
                let heard = heard(told.clone(), presence);
                let stage = Stage::open("ten-scenes", Size::new(width, height), 395).hear(heard);
                assert_eq!(stage.text().lines().count(), usize::from(height));
            }
        }
    }
}

/// What the presenter tells after some keys, each pressed so many seconds after the beginning.
fn tells(stage: &mut program::Stage, seconds: u64, keys: &str) -> Vec<Told> {
    app::update(&mut stage.model, app::Msg::Time(BEGAN + seconds * 1000));
    let effects = stage.press(keys).into_iter();
    let told = effects.filter_map(|effect| match effect {
        Effect::Tell(told) => Some(told),
        _ => None,
    });
    told.collect()
}

#[test]
fn the_presenter_tells_of_each_change_and_of_nothing_else() {
    let mut stage = program::Stage::open("ten-scenes", Size::new(80, 24));
    assert_eq!(tells(&mut stage, 0, "jk"), [], "there is no briefing yet");
    let begun = tells(&mut stage, 0, "b");
    assert_eq!((begun.len(), begun[0].at, begun[0].scenes), (1, 0, 10));
    assert!(begun[0].stopwatch.is_fresh());
    let layer = &tells(&mut stage, 5, "<space>")[0];
    assert_eq!((layer.at, layer.step, layer.entered), (0, 1, 0));
    assert_eq!(layer.stopwatch.since, Some(BEGAN + 5000));
    let scene = &tells(&mut stage, 65, "<space>")[0];
    assert_eq!((scene.at, scene.step, scene.entered), (1, 0, 60_000));
    assert!(tells(&mut stage, 70, "<tab>")[0].exploring);
    assert_eq!(
        tells(&mut stage, 75, "jj"),
        [],
        "the followers stay at the scene"
    );
    let back = &tells(&mut stage, 80, "b")[0];
    assert_eq!((back.at, back.entered, back.exploring), (1, 60_000, false));
    assert!(tells(&mut stage, 85, ".")[0].blank);
    let paused = &tells(&mut stage, 95, "P")[0];
    assert_eq!(
        (paused.stopwatch.before, paused.stopwatch.since),
        (90_000, None)
    );
    let again = &tells(&mut stage, 99, "R")[0];
    assert_eq!((again.stopwatch, again.entered), (Stopwatch::default(), 0));
}

#[test]
fn the_presenter_tells_how_much_is_withheld_from_the_room() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n\
                [[events]]\nid = \"one\"\nwhen = \"2021\"\ntitle = \"One\"\n\
                [[events]]\nid = \"two\"\nwhen = \"2022\"\ntitle = \"Two\"\ntlp = \"RED\"\n\
                [[scenes]]\ntitle = \"First\"\nselect = \"one\"\n\
                [[scenes]]\ntitle = \"Second\"\nselect = \"two\"\n";
    let mut opened = program::opened("small.toml", text);
    opened.timeline = opened.timeline.up_to(Tlp::Clear).expect("all is marked");
    let mut stage = program::Stage::show(opened, Size::new(80, 24));
    let told = &tells(&mut stage, 0, "b")[0];
    assert_eq!(
        (told.scenes, told.withheld),
        (1, 2),
        "an event and its scene"
    );
}
