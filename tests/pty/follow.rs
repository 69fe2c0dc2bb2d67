//! A presenter and its followers, each in a terminal of its own.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;

use ratatui::layout::Size;

use super::{Terminal, WATCH, rows, wake_ups};

/// Wide enough for a message with the way to a folder in it, wherever the tests are built.
const WIDE: Size = Size::new(500, 36);

/// A runtime directory of its own, empty, below that of the tests.
fn runtime(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("it is of an earlier run");
    }
    fs::create_dir_all(&path).expect("it can be made");
    path.display().to_string()
}

fn briefing(arguments: &[&str], runtime: &str) -> Terminal {
    let arguments = [&["brief"], arguments].concat();
    Terminal::start(&arguments, &[("XDG_RUNTIME_DIR", runtime)])
}

#[test]
fn followers_hear_the_presenter_whoever_comes_first_and_outlive_it() {
    let runtime = runtime("outlive");
    let mut early = briefing(&["--follow"], &runtime);
    early.wait_for_text("no presenter yet");

    let mut presenter = briefing(&[], &runtime);
    early.wait_for_text("the clock has not started");
    presenter.press(" ");
    // The first layer of the first scene: the clock has begun.
    early.wait_for("the next scene to be next", |screen| {
        let text = screen.contents();
        text.contains("scene 1 of 10") && !text.contains("layer:")
    });

    let mut late = briefing(&["--follow"], &runtime);
    late.wait_for_text("scene 1 of 10");
    presenter.press(" ");
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("scene 2 of 10");
    }
    presenter.press(".");
    late.wait_for_text("the screen is blank");
    presenter.press(".\t");
    late.wait_for_text("the presenter is exploring");
    presenter.press("bP");
    late.wait_for("the clock to stand", |screen| {
        let text = screen.contents();
        text.contains("the clock stands") && !text.contains("exploring")
    });

    presenter.kill("KILL");
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("the presenter is gone");
        assert!(rows(follower.parser.screen()).contains("scene 2 of 10"));
    }
    let mut presenter = briefing(&["--audience", "board"], &runtime);
    for follower in [&mut early, &mut late] {
        follower.wait_for_text("audience: board");
    }
    presenter.press("q");
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
fn a_signal_is_a_way_of_leaving_too_and_each_timeline_has_its_own_presenter() {
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
fn what_the_presenter_says_is_for_its_user_only_and_rubbish_is_told() {
    let runtime = runtime("own");
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of 10");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for_text("the clock has not started");
    let folder = Path::new(&runtime).join("dateline");
    let mode = |path: &Path| {
        let found = fs::metadata(path).expect("it is there");
        found.permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    let state = folder.join("shipped");
    assert_eq!(mode(&state), 0o600);
    for (text, told) in [
        ("dateline-briefing 3\n", "another version of dateline"),
        ("\u{1b}[2J", "what the presenter says cannot be read"),
        ("", "what the presenter says cannot be read"),
    ] {
        fs::write(&state, text).expect("it can be written");
        follower.wait_for_text(told);
    }
    presenter.press(" ");
    follower.wait_for_text("elapsed");
    follower.wait_for("the presenter to be understood", |screen| {
        !screen.contents().contains("cannot be read")
    });
    for mut terminal in [presenter, follower] {
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

#[test]
fn a_folder_that_is_not_the_users_own_is_refused_and_the_briefing_goes_on() {
    let linked = runtime("linked");
    let elsewhere = runtime("elsewhere");
    symlink(&elsewhere, format!("{linked}/dateline")).expect("it can be made");
    let open = runtime("open");
    let folder = format!("{open}/dateline");
    fs::create_dir(&folder).expect("it can be made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("it is ours");
    for runtime in [linked, open] {
        let mut presenter = briefing(&[], &runtime);
        presenter.wait_for_text("nobody can follow");
        presenter.press(" ");
        presenter.wait_for("the notice to go", |screen| {
            !screen.contents().contains("nobody can follow")
        });
        let mut follower = briefing(&["--follow"], &runtime);
        follower.resize(WIDE);
        follower.wait_for_text("is not a folder of yours alone");
        for mut terminal in [presenter, follower] {
            terminal.press("q");
            assert_eq!(terminal.ends().exit_code(), 0);
        }
    }
    let left = fs::read_dir(elsewhere).expect("it is there");
    assert_eq!(left.count(), 0, "something was written through the link");
}

#[test]
fn a_presenter_rests_while_the_clock_runs_and_is_followed() {
    let runtime = runtime("rest");
    let mut follower = briefing(&["--follow"], &runtime);
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of 10");
    presenter.press(" ");
    follower.wait_for("the clock to run", |screen| {
        screen.contents().contains("elapsed     0:01")
    });
    presenter.rest();
    let before = wake_ups(presenter.process);
    let came = presenter.output.recv_timeout(WATCH);
    assert_eq!(came, Err(RecvTimeoutError::Timeout), "it writes by itself");
    assert_eq!(before, wake_ups(presenter.process), "it wakes by itself");
    for mut terminal in [presenter, follower] {
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

/// Who opens a pipe waits until somebody is at its other end, and hears no key meanwhile.
#[test]
fn a_pipe_in_the_place_of_a_file_is_refused_and_nobody_waits_for_it() {
    let make_pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("the system has pipes").success());
    };
    for name in ["shipped", "shipped.lock"] {
        let runtime = runtime(&format!("pipe-{name}"));
        let folder = Path::new(&runtime).join("dateline");
        let mut presenter = briefing(&[], &runtime);
        presenter.wait_for_text("scene 1 of 10");
        let mut follower = briefing(&["--follow"], &runtime);
        follower.wait_for_text("the clock has not started");
        presenter.press("q");
        assert_eq!(presenter.ends().exit_code(), 0);
        follower.wait_for_text("the presenter has left");

        // It becomes one while there are listeners, and is one when others come.
        let path = folder.join(name);
        fs::remove_file(&path).expect("it is ours");
        make_pipe(&path);
        if name == "shipped" {
            follower.resize(WIDE);
            follower.wait_for_text("is no regular file: remove it");
            let mut late = briefing(&["--follow"], &runtime);
            late.resize(WIDE);
            late.wait_for_text("is no regular file: remove it");
            late.press("q");
            assert_eq!(late.ends().exit_code(), 0);
        } else {
            let mut presenter = briefing(&[], &runtime);
            presenter.wait_for_text("nobody can follow");
            presenter.press("q");
            assert_eq!(presenter.ends().exit_code(), 0);
        }
        follower.press("q");
        assert_eq!(follower.ends().exit_code(), 0);
    }
}

/// Some systems tidy up while the user is there.
#[test]
fn a_presenter_whose_folder_is_taken_away_makes_it_again_when_it_has_something_to_say() {
    let runtime = runtime("tidied");
    let mut presenter = briefing(&[], &runtime);
    presenter.wait_for_text("scene 1 of 10");
    let mut follower = briefing(&["--follow"], &runtime);
    follower.wait_for_text("the clock has not started");
    let folder = Path::new(&runtime).join("dateline");
    fs::remove_dir_all(&folder).expect("it is ours");
    presenter.press("2");
    follower.wait_for_text("scene 2 of 10");
    fs::remove_file(folder.join("shipped.lock")).expect("it is ours");
    follower.wait_for_text("the presenter is gone");
    presenter.press("3");
    follower.wait_for("the presenter to be back", |screen| {
        let text = screen.contents();
        text.contains("scene 3 of 10") && !text.contains("is gone")
    });
    for mut terminal in [presenter, follower] {
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}
