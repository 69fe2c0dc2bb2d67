//! A terminal that can only print, or is asked to: the viewer and the briefing are conversations.

use super::{HARBOUR, PATIENCE, SIZE, Terminal};

/// Waits until a text and the prompt after it are printed, and returns the screen.
fn answer(terminal: &mut Terminal, expected: &str) -> String {
    terminal.wait_for(expected, |screen| {
        let text = screen.contents();
        text.contains(expected) && text.trim_end().ends_with("\n>")
    });
    terminal.parser.screen().contents()
}

#[test]
fn a_terminal_without_cursor_movement_gets_linear_text() {
    let dumb = [("TERM", "dumb")];
    let mut terminal = Terminal::start(&["--filter", "id:spam-report"], &dumb);
    answer(&mut terminal, "1 of 96 events matches id:spam-report.");
    terminal.press("next\r");
    answer(&mut terminal, "Phase: ");
    terminal.press("q\r");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = Terminal::start(&["brief"], &dumb);
    answer(&mut terminal, "Scene 1 of ");
    terminal.press("2\r");
    answer(&mut terminal, "Scene 2 of ");
    terminal.press("q\r");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = Terminal::start(&["brief", "--follow"], &dumb);
    terminal.wait_for_text("`--follow` needs a terminal");
    assert_eq!(terminal.ends().exit_code(), 2);

    let mut asked = Terminal::start(&["brief", "--linear"], &[]);
    answer(&mut asked, "Scene 1 of ");
    assert!(!asked.parser.screen().alternate_screen());
    asked.press("q\r");
    assert_eq!(asked.ends().exit_code(), 0);
}

#[test]
fn a_conversation_has_a_prompt_breaks_lines_between_words_and_keeps_its_options() {
    let options = ["--as-of", "2023-08-08", "--filter", "phase:compromise"];
    let arguments = [&["--linear"], &options[..]].concat();
    let mut terminal = Terminal::start(&arguments, &[]);
    let opening = answer(&mut terminal, "not yet public: ");
    assert!(is_broken_between_words(&opening), "{opening}");
    for (typed, expected) in [
        ("list", "events match phase:compromise."),
        ("1", "Event 1 of "),
        ("clear", "The filter is cleared."),
        // The terminal echoes the escape character as `^[`; the program prints its sign.
        ("x\u{1b}[2J", "“x␛[2J” is not a command."),
    ] {
        terminal.press(&format!("{typed}\r"));
        answer(&mut terminal, expected);
    }
    assert!(!terminal.parser.screen().alternate_screen());
    terminal.press("q\r");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Whether each printed line is one of the screen, and some line goes on in the next one.
fn is_broken_between_words(text: &str) -> bool {
    let widths = text.lines().map(|line| line.chars().count());
    let width = usize::from(SIZE.width);
    widths.clone().all(|it| it < width) && widths.into_iter().any(|it| it > width - 20)
}

#[test]
fn a_conversation_ends_with_its_input_an_interrupt_or_the_terminal() {
    let start = || {
        let mut terminal = Terminal::start(&["--linear", HARBOUR], &[]);
        answer(&mut terminal, "14 events.");
        terminal
    };
    let mut terminal = start();
    terminal.press("\x04");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = start();
    terminal.press("\x03");
    assert!(terminal.ends().signal().is_some());

    let Terminal {
        master,
        slave,
        keyboard,
        output,
        ended,
        ..
    } = start();
    drop((output, slave, keyboard, master));
    let ended = ended.recv_timeout(PATIENCE);
    ended.expect("the program ends without its terminal");
}

#[test]
fn without_a_keyboard_everything_is_printed_in_whole_words() {
    let program = env!("CARGO_BIN_EXE_dateline");
    let file = "tests/frames/timelines/harbour.toml";
    let line = format!("'{program}' --linear '{file}' < /dev/null; echo done.");
    let mut terminal = Terminal::start_program("/bin/sh", &["-c", &line], &[]);
    terminal.wait_for_text("done.");
    let text = terminal.parser.screen().contents();
    assert!(is_broken_between_words(&text), "{text}");
    assert!(!text.contains("\n> "), "{text}");
    assert_eq!(terminal.ends().exit_code(), 0);
}
