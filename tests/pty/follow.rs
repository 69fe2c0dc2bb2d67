//! A presenter and its followers, each in its own terminal.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use ratatui::layout::Size;

use super::{Terminal, rows};

/// Wide enough for a message with the path of a folder, wherever the tests are built.
const WIDE: Size = Size::new(500, 36);

/// An empty runtime directory for the test.
pub(super) fn runtime(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("an earlier run left the folder");
    }
    fs::create_dir_all(&path).expect("it can be created");
    path.display().to_string()
}

pub(super) fn briefing(arguments: &[&str], runtime: &str) -> Terminal {
    let arguments = [&["brief"], arguments].concat();
    Terminal::start(&arguments, &[("XDG_RUNTIME_DIR", runtime)])
}

#[test]
fn followers_connect_before_or_after_the_presenter_and_outlive_it() {
    let runtime = runtime("outlive");
    let mut early = briefing(&["--follow"], &runtime);
    early.wait_for_text("no presenter yet");

    let mut presenter = briefing(&[], &runtime);
    early.wait_for_text("the clock has not started");
    presenter.press(" ");
    // The first layer of the first scene starts the clock.
    early.wait_for("the next scene to be next", |screen| {
        let text = screen.contents();
        text.contains("scene 1 of ") && !text.contains("layer:")
    });

    let mut late = briefing(&["--follow"], &runtime);
    late.wait_for_text("scene 1 of ");
    presenter.press(" ");
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("scene 2 of ");
    }
    presenter.press(".");
    late.wait_for_text("the screen is blank");
    presenter.press(".\t");
    late.wait_for_text("the presenter is exploring");
    presenter.press("bP");
    late.wait_for("the clock to stop", |screen| {
        let text = screen.contents();
        text.contains("the clock is stopped") && !text.contains("exploring")
    });

    presenter.kill("KILL");
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("lost the presenter");
        assert!(rows(follower.parser.screen()).contains("scene 2 of "));
    }
    let mut presenter = briefing(&["--audience", "board"], &runtime);
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("audience: board");
    }
    presenter.press("qq");
    assert_eq!(presenter.ends().exit_code(), 0);
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("the presenter has left");
    }
    early.press("q");
    assert_eq!(early.ends().exit_code(), 0);
    late.kill("TERM");
    assert!(late.ends().signal().is_some());
}

#[test]
fn a_signal_ends_the_presenter_and_each_timeline_has_its_own() {
    let runtime = runtime("signal");
    let file = "timelines/uk-democratic-institutions.toml";
    let mut other = briefing(&["--follow"], &runtime);
    let mut follower = briefing(&["--follow", &format!("timelines/../{file}")], &runtime);
    let presenter = briefing(&[file], &runtime);
    follower.wait_for_text("the clock has not started");
    presenter.kill("TERM");
    follower.wait_for_text("the presenter has left");
    other.rest();
    assert!(
        other
            .parser
            .screen()
            .contents()
            .contains("no presenter yet")
    );
    for mut terminal in [other, follower] {
        terminal.press("\x1b");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

#[test]
fn the_status_is_private_to_the_user_and_garbage_in_it_is_reported() {
    let runtime = runtime("own");
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of ");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for_text("the clock has not started");
    let folder = Path::new(&runtime).join("dateline");
    let mode = |path: &Path| {
        let found = fs::metadata(path).expect("the path exists");
        found.permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    let state = folder.join("shipped");
    assert_eq!(mode(&state), 0o600);
    for (text, notice) in [
        ("{\"version\": 2}", "another version of dateline"),
        ("\u{1b}[2J", "the presenter's status is unreadable"),
        ("", "the presenter's status is unreadable"),
    ] {
        fs::write(&state, text).expect("the file can be written");
        follower.wait_for_text(notice);
    }
    presenter.press(" ");
    follower.wait_for_text("elapsed");
    follower.wait_for("the presenter to be understood", |screen| {
        !screen.contents().contains("is unreadable")
    });
    for mut terminal in [presenter, follower] {
        terminal.press("qq");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

#[test]
fn a_folder_of_another_user_is_refused_and_the_briefing_continues() {
    let linked = runtime("linked");
    let elsewhere = runtime("elsewhere");
    symlink(&elsewhere, format!("{linked}/dateline")).expect("it can be created");
    let open = runtime("open");
    let folder = format!("{open}/dateline");
    fs::create_dir(&folder).expect("it can be created");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))
        .expect("the test owns the path");
    for runtime in [linked, open] {
        let mut presenter = briefing(&[], &runtime);
        presenter.wait_for_text("Followers are cut off");
        presenter.press(" ");
        presenter.wait_for("the notice to go", |screen| {
            !screen.contents().contains("Followers are cut off")
        });
        let mut follower = briefing(&["--follow"], &runtime);
        follower.resize(WIDE);
        follower.wait_for_text("is not a folder that only you can use");
        for mut terminal in [presenter, follower] {
            terminal.press("qq");
            assert_eq!(terminal.ends().exit_code(), 0);
        }
    }
    let left = fs::read_dir(elsewhere).expect("the path exists");
    assert_eq!(left.count(), 0, "the presenter wrote through the link");
}

#[test]
fn a_presenter_with_followers_is_at_rest_while_the_clock_runs() {
    let runtime = runtime("rest");
    let mut follower = briefing(&["--follow"], &runtime);
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of ");
    presenter.press(" ");
    follower.wait_for("the clock to run", |screen| {
        screen.contents().contains("elapsed     0:01")
    });
    presenter.stays_at_rest();
    for mut terminal in [presenter, follower] {
        terminal.press("qq");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

#[test]
fn a_follower_rests_while_its_clock_does_not_run() {
    let runtime = runtime("follower-rest");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for_text("no presenter yet");
    follower.stays_at_rest();
    let mut presenter = briefing(&[], &runtime);
    follower.wait_for_text("the clock has not started");
    follower.stays_at_rest();
    presenter.press(" ");
    follower.wait_for("the clock to run", |screen| {
        screen.contents().contains("elapsed     0:01")
    });
    presenter.press("P");
    follower.wait_for_text("the clock is stopped");
    follower.stays_at_rest();
    presenter.kill("KILL");
    follower.wait_for_text("lost the presenter a moment ago");
    follower.stays_at_rest();
    // It was at rest, not dead.
    follower.press("?");
    follower.wait_for_text("Keys: follower");
    follower.press("\x03");
    assert_eq!(follower.ends().exit_code(), 0);
}

/// The lock of the presenter in a folder.
fn lock_in(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).expect("the path exists").flatten();
    let mut locks = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension() == Some("lock".as_ref()));
    let lock = locks.next().expect("the presenter has a lock");
    assert_eq!(locks.next(), None, "there is only one lock");
    lock
}

/// Opening a pipe blocks until its other end is open, and no key works meanwhile.
#[test]
fn a_pipe_in_place_of_a_file_is_refused_without_waiting() {
    let make_pipe = |path: &Path| {
        fs::remove_file(path).expect("the test owns the path");
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("the system has pipes").success());
    };
    let runtime = runtime("pipe");
    let folder = Path::new(&runtime).join("dateline");
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of ");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.resize(WIDE);
    follower.wait_for_text("the clock has not started");
    make_pipe(&lock_in(&folder));
    follower.wait_for_text("is not a regular file: remove it");
    presenter.press("2");
    follower.wait_for("the presenter to have another lock", |screen| {
        let text = screen.contents();
        text.contains("scene 2 of ") && !text.contains("regular file")
    });
    presenter.press("qq");
    assert_eq!(presenter.ends().exit_code(), 0);
    follower.wait_for_text("the presenter has left");

    // One follower sees the file become a pipe; another starts with the pipe.
    make_pipe(&folder.join("shipped"));
    follower.wait_for_text("is not a regular file: remove it");
    let mut late = briefing(&["--follow"], &runtime);
    late.resize(WIDE);
    late.wait_for_text("is not a regular file: remove it");
    for mut terminal in [late, follower] {
        terminal.press("qq");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

/// A disk may be full for a moment. A directory in place of the file fails in the same way.
#[test]
fn followers_lose_a_presenter_while_it_cannot_publish() {
    let runtime = runtime("full");
    let mut presenter = briefing(&[], &runtime);
    presenter.resize(WIDE);
    presenter.press(" ");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for("the clock to run", |screen| {
        let text = screen.contents();
        text.contains("scene 1 of ") && !text.contains("not started")
    });
    let folder = Path::new(&runtime).join("dateline");
    let (status, kept) = (folder.join("shipped"), folder.join("kept"));
    fs::rename(&status, &kept).expect("the test owns the path");
    fs::create_dir(&status).expect("it can be created");
    presenter.press("3");
    presenter.wait_for_text("Followers are cut off: cannot write");
    presenter.press("4");
    presenter.wait_for("the notice to go", |screen| {
        let text = screen.contents();
        text.contains("scene 4 of ") && !text.contains("cut off")
    });
    let left: Vec<_> = fs::read_dir(&folder)
        .expect("the path exists")
        .flatten()
        .collect();
    assert_eq!(left.len(), 2, "no lock and no partial file: {left:?}");
    // The restored status is the old one, of scene 1.
    fs::remove_dir(&status).expect("the directory is empty");
    fs::rename(&kept, &status).expect("the test owns the path");
    follower.wait_for("the presenter to be lost", |screen| {
        let text = screen.contents();
        text.contains("scene 1 of ") && text.contains("lost the presenter")
    });
    presenter.press("5");
    presenter.wait_for_text("Followers are connected again");
    follower.wait_for("the presenter to be back", |screen| {
        let text = screen.contents();
        text.contains("scene 5 of ") && !text.contains("lost the presenter")
    });
    for mut terminal in [presenter, follower] {
        terminal.press("qq");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

/// The presenter and the second terminal both reload a saved file, so the notes match the version that the room sees.
#[test]
fn the_second_terminal_reloads_a_saved_file_and_keeps_its_place() {
    let runtime = runtime("saved");
    let file = Path::new(&runtime).join("t.toml");
    let save = |notes: &str| {
        let text = format!(
            "[[events]]\nwhen = \"2021\"\ntitle = \"E\"\n[[scenes]]\ntitle = \"A\"\n\
             [[scenes]]\ntitle = \"B\"\nnotes = \"{notes}\"\n"
        );
        let new = file.with_extension("new");
        fs::write(&new, text).expect("the file can be written");
        fs::rename(&new, &file).expect("the file can be renamed");
    };
    save("old notes");
    let path = file.display().to_string();
    let config = Path::new(&runtime).join("config.toml");
    fs::write(&config, "watch = false\n").expect("the file can be written");
    let config = format!("--config={}", config.display());
    // One follower watches the file; the other reloads because the presenter did.
    let mut presenter = briefing(&[&path], &runtime);
    presenter.press("2");
    let mut followers = [
        briefing(&["--follow", &path], &runtime),
        briefing(&["--follow", &config, &path], &runtime),
    ];
    for follower in &mut followers {
        follower.wait_for_text("old notes");
    }
    save("new notes");
    for follower in &mut followers {
        follower.wait_for("the new notes", |screen| {
            let text = screen.contents();
            text.contains("new notes")
                && text.contains("scene 2 of 2")
                && !text.contains("another version")
        });
    }
    presenter.press("qq");
    assert_eq!(presenter.ends().exit_code(), 0);
    for follower in &mut followers {
        follower.wait_for_text("the presenter has left");
    }
    // Without a presenter, the watcher or a key reloads the file.
    save("last notes");
    followers[0].wait_for_text("last notes");
    followers[1].press("gr");
    followers[1].wait_for_text("last notes");
    for mut follower in followers {
        follower.press("q");
        assert_eq!(follower.ends().exit_code(), 0);
    }
}

/// Some systems clean up runtime directories during a session.
#[test]
fn a_presenter_recreates_a_deleted_folder_at_the_next_change() {
    let runtime = runtime("tidied");
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of ");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for_text("the clock has not started");
    let folder = Path::new(&runtime).join("dateline");
    fs::remove_dir_all(&folder).expect("the test owns the path");
    presenter.press("2");
    follower.wait_for_text("scene 2 of ");
    fs::remove_file(lock_in(&folder)).expect("the test owns the path");
    follower.wait_for_text("lost the presenter");
    presenter.press("3");
    follower.wait_for("the presenter to be back", |screen| {
        let text = screen.contents();
        text.contains("scene 3 of ") && !text.contains("lost the presenter")
    });
    for mut terminal in [presenter, follower] {
        terminal.press("qq");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}
