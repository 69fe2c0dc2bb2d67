//! The appearance of the viewer on a terminal with few colours or without UTF-8.

use vt100::Color;

use super::{HARBOUR, LULL, PATIENCE, SIZE, Terminal, rows};
use crate::support::program::{self, Stage};
use ratatui::layout::Size;

fn colours(screen: &vt100::Screen) -> Vec<Color> {
    let cells = (0..SIZE.height).flat_map(|row| (0..SIZE.width).map(move |column| (row, column)));
    cells
        .filter_map(|(row, column)| screen.cell(row, column))
        .flat_map(|cell| [cell.fgcolor(), cell.bgcolor()])
        .filter(|colour| *colour != Color::Default)
        .collect()
}

#[test]
fn a_console_without_utf_8_gets_ascii_and_sixteen_colours() {
    let environment = [("TERM", "linux"), ("LC_ALL", "C")];
    let mut terminal = Terminal::with_first_frame(&[], &environment);
    terminal.rest();
    let screen = terminal.parser.screen();
    assert!(screen.contents().is_ascii(), "{}", screen.contents());
    let colours = colours(screen);
    assert!(!colours.is_empty());
    for colour in colours {
        assert!(matches!(colour, Color::Idx(0..16)), "{colour:?}");
    }
    terminal.press("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_light_background_gets_the_light_theme() {
    let colours_with = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut terminal = Terminal::with_first_frame(arguments, environment);
        terminal.rest();
        let colours = colours(terminal.parser.screen());
        terminal.press("q");
        assert!(terminal.ends().success());
        colours
    };
    let light = colours_with(&[HARBOUR, "--theme", "light"], &[]);
    let chosen = |background: &str| colours_with(&[HARBOUR], &[("COLORFGBG", background)]);
    assert_eq!(chosen("0;15"), light);
    assert_ne!(chosen("15;0"), light);
}

/// The text of the screen, and the colours of every cell, in an environment.
fn look(environment: &[(&str, &str)]) -> (String, Vec<Color>) {
    let mut terminal = Terminal::with_first_frame(&[HARBOUR], environment);
    terminal.rest();
    let screen = terminal.parser.screen();
    let look = (rows(screen), colours(screen));
    terminal.press("q");
    assert!(terminal.ends().success());
    look
}

#[test]
fn true_colour_ssh_and_tmux_make_no_difference_to_256_colours() {
    let usual = look(&[]);
    assert!(usual.1.iter().any(|it| matches!(it, Color::Idx(16..))));
    let connection = ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
    for environment in [
        &[("COLORTERM", "truecolor")][..],
        &[connection, ("SSH_TTY", "/dev/pts/1")],
        &[("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux/default,1,0")],
        &[("TERM", "screen-256color")],
    ] {
        assert!(look(environment) == usual, "{environment:?}");
    }
}

#[test]
fn a_terminal_without_colours_receives_none() {
    let (text, colours) = look(&[("TERM", "vt220")]);
    assert_eq!(text, look(&[]).0);
    assert_eq!(colours, []);
}

/// A terminal without UTF-8 may take the bytes of a character for a command.
#[test]
fn only_a_terminal_without_utf_8_gets_its_output_in_ascii() {
    let locale = [("LC_ALL", "en_GB.ISO-8859-1")];
    for arguments in [
        &["list", HARBOUR][..],
        &["--linear", HARBOUR],
        &["list", "no-such-file-–.toml"],
        &["list", "--filter", "phase:–"],
        &["check", "tests/frames/timelines/hostile.toml"],
        &["frame", HARBOUR],
        &["export", HARBOUR, "--to", "markdown"],
        &["config", "--theme", "–"],
    ] {
        let mut terminal = Terminal::start(arguments, &locale);
        if arguments.first() == Some(&"--linear") {
            // On a terminal linear mode is a conversation.
            terminal.press("quit\r");
        }
        let ended = terminal.ended.recv_timeout(PATIENCE);
        let status = ended.expect("the program prints and ends");
        let mut written = Vec::new();
        while let Ok(bytes) = terminal.output.recv_timeout(LULL) {
            written.extend(bytes);
        }
        let written = String::from_utf8_lossy(&written);
        assert!(written.is_ascii(), "{arguments:?}: {written}");
        assert!(written.len() > 40, "{arguments:?} {status:?}: {written}");
    }
    let piped = |locale: &str| {
        let mut command = program::dateline();
        let output = command
            .args(["list", HARBOUR])
            .env("LC_ALL", locale)
            .output();
        output.expect("the program can be started").stdout
    };
    assert_eq!(piped("C"), piped("C.UTF-8"));
    assert!(!piped("C").is_ascii());
}

#[test]
fn a_terminal_may_have_any_size_and_change_it_at_any_time() {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::start(&[], &[]);
    terminal.wait_for_frame(&stage);
    for size in [Size::new(1, 1), Size::new(500, 200), Size::new(2, 200)] {
        terminal.resize(size);
        stage.resize(size);
        terminal.wait_for_frame(&stage);
    }
    // As when a window is dragged: the sizes change without waiting for a frame.
    for step in 0..200_u16 {
        terminal.resize(Size::new(20 + step % 90, 5 + step % 37));
    }
    terminal.resize(SIZE);
    stage.resize(SIZE);
    terminal.wait_for_frame(&stage);
    terminal.press("j");
    stage.press("j");
    terminal.wait_for_frame(&stage);
    terminal.press("q");
    assert!(terminal.ends().success());
}

#[test]
fn keys_come_from_the_terminal_if_the_timeline_comes_through_a_pipe() {
    let line = format!(
        "'{}' - < tests/frames/timelines/no-lanes.toml",
        env!("CARGO_BIN_EXE_dateline")
    );
    let mut stage = Stage::open("no-lanes", SIZE);
    let mut terminal = Terminal::start_program("/bin/sh", &["-c", &line], &[]);
    // The panel of the first screen has the name of the file, and a pipe has none.
    terminal.wait_for_text(" 1 of 4 ");
    terminal.press("j");
    stage.press("j");
    terminal.wait_for_frame(&stage);
    terminal.press("q");
    assert!(terminal.ends().success());
}
