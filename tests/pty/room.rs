//! A briefing before a room, in a real terminal.

use std::fs;
use std::path::{Path, PathBuf};

use ratatui::layout::Size;

use super::follow::{briefing, runtime};
use super::{SMALL, Terminal};

#[test]
fn a_briefing_that_was_left_is_resumed_with_a_key_or_an_option() {
    let runtime = runtime("resumed");
    let quit = |mut presenter: Terminal| {
        presenter.press("qq");
        assert_eq!(presenter.ends().exit_code(), 0);
    };
    let refused = briefing(&["--resume", SMALL], &runtime);
    assert_eq!(refused.ends().exit_code(), 2);

    let mut presenter = briefing(&[SMALL], &runtime);
    presenter.wait_for_text("scene 1 of ");
    assert!(!presenter.parser.screen().contents().contains("resume"));
    presenter.press("3 ");
    presenter.wait_for_text("scene 3 of ");
    quit(presenter);

    // Nothing is lost if the next briefing is quit before its first step.
    for _ in 0..2 {
        let mut presenter = briefing(&[SMALL], &runtime);
        presenter.wait_for_text("resume scene 3, 0:0");
        quit(presenter);
    }
    let mut presenter = briefing(&[SMALL], &runtime);
    presenter.wait_for_text("resume scene 3, 0:0");
    presenter.press("gb");
    presenter.wait_for_text("scene 3 of ");
    presenter.press("4");
    presenter.wait_for_text("scene 4 of ");
    quit(presenter);

    let mut presenter = briefing(&["--from-start", SMALL], &runtime);
    presenter.wait_for_text("scene 1 of ");
    presenter.rest();
    assert!(!presenter.parser.screen().contents().contains("resume"));
    quit(presenter);
    let mut presenter = briefing(&["--resume", SMALL], &runtime);
    presenter.wait_for_text("scene 4 of ");
    quit(presenter);
}

const TITLES: [&str; 3] = ["First things", "Second things", "Third things"];

/// A briefing of three scenes.
fn saved(ending: &str) -> String {
    let event = "[timeline]\ntitle = \"A briefing\"\n\
                 [[events]]\nid = \"one\"\nwhen = \"2021\"\ntitle = \"The event\"\nphase = \"denial\"\n\
                 actors = [\"x\"]\n[[events.claims]]\nby = \"x\"\ntext = \"It was so.\"\n";
    let scene = |title: &str| {
        format!(
            "[[scenes]]\ntitle = \"{title}\"\nselect = \"one\"\nnotes = \"Notes on {title}\"\n\
             reveal = [\"claims\"]\n"
        )
    };
    let scenes: String = TITLES.into_iter().map(scene).collect();
    format!("{event}{scenes}{ending}")
}

fn save(file: &Path, ending: &str) {
    let new = file.with_extension("new");
    fs::write(&new, saved(ending)).expect("the file can be written");
    fs::rename(&new, file).expect("the file can be renamed");
}

/// Waits until the room is as wanted. No frame until then shows a file or its errors.
fn room_shows(presenter: &mut Terminal, text: &str, gone: &str) {
    presenter.wait_for(text, |screen| {
        let seen = screen.contents();
        for private in [".toml", "error", "never closed", "Notes on"] {
            assert!(
                !seen.contains(private),
                "the room sees `{private}`:\n{seen}"
            );
        }
        seen.contains(text) && (gone.is_empty() || !seen.contains(gone))
    });
}

/// A presenter and a second terminal that takes steps for it, over a file that a colleague edits.
struct Driven {
    room: Terminal,
    follower: Terminal,
    file: PathBuf,
}

impl Driven {
    fn open(name: &str) -> Self {
        let runtime = runtime(name);
        let file = Path::new(&runtime).join("t.toml");
        save(&file, "");
        let path = file.display().to_string();
        let mut room = briefing(&["--drive", &path], &runtime);
        room_shows(&mut room, "scene 1 of 3", "");
        let mut follower = briefing(&["--follow", "--drive", &path], &runtime);
        follower.wait_for_text("drives the room");
        Self {
            room,
            follower,
            file,
        }
    }

    /// The second terminal presses a key, and the room shows one text and not the other.
    fn step(&mut self, key: &str, text: &str, gone: &str) {
        self.follower.press(key);
        room_shows(&mut self.room, text, gone);
    }

    /// The audience asks for a filter, and for who says so.
    fn answer_questions(&mut self) {
        self.room.press("fphase:denial\r");
        room_shows(&mut self.room, "b briefing (scene 1)", "");
        self.follower.wait_for_text("the presenter is exploring");
        self.step(" ", "It was so.", "briefing (scene");
        self.step("2", "scene 2 of 3", "");
        self.room.press("w");
        room_shows(&mut self.room, "b briefing (scene 2)", "");
        self.room.press("b");
        room_shows(&mut self.room, "scene 2 of 3", "briefing (scene");
    }

    fn slip(&mut self) {
        self.room.press("q");
        room_shows(&mut self.room, "q again quits the briefing", "");
        self.follower.wait_for_text("Notes on Second");
        self.step("3", "scene 3 of 3", "again quits");
        self.follower.wait_for_text("Notes on Third");
    }

    fn save_badly(&mut self) {
        save(&self.file, "[[");
        self.follower.wait_for_text("t.toml:");
        self.step(" ", "It was so.", "");
        self.step(".", "", "A briefing");
        self.follower.wait_for_text("the screen is blank");
        self.step(".", "scene 3 of 3", "");
        self.follower.wait_for_text("showing the");
        save(&self.file, "");
        self.follower.wait_for("the fixed version", |screen| {
            !screen.contents().contains("showing the")
        });
    }

    fn resize(&mut self) {
        let small = Size::new(64, 20);
        self.room.resize(small);
        self.room.wait_for("the smaller frame", |screen| {
            let last = screen.rows(0, small.width).last();
            last.is_some_and(|row| row.contains("space on"))
        });
        self.step("1", "scene 1 of 3", "");
        self.follower.wait_for_text("Notes on First");
    }
}

/// A whole briefing is led from the second terminal, which brings the room back after each interruption: a filter that the
/// audience asks for, who says so, a slip of the finger, a colleague's bad save, and another size of the projector.
#[test]
fn a_briefing_is_driven_from_the_second_terminal_through_five_interruptions() {
    let mut briefing = Driven::open("driven");
    briefing.step(" ", "It was so.", "");
    briefing.follower.wait_for_text("scene 2: Second things");
    briefing.answer_questions();
    briefing.slip();
    briefing.save_badly();
    briefing.resize();
    let Driven {
        mut room,
        mut follower,
        ..
    } = briefing;
    room.press("qq");
    assert_eq!(room.ends().exit_code(), 0);
    follower.wait_for_text("the presenter has left");
    follower.press(" ");
    follower.wait_for_text("No presenter to take steps for");
    follower.press("q");
    assert_eq!(follower.ends().exit_code(), 0);
}
