//! A terminal that can only print.

use super::Terminal;

#[test]
fn a_terminal_without_cursor_movement_gets_linear_text() {
    let dumb = [("TERM", "dumb")];
    let mut terminal = Terminal::start(&["--filter", "id:spam-report"], &dumb);
    terminal.wait_for_text("Phase: ");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = Terminal::start(&["brief"], &dumb);
    terminal.wait_for_text("Scene 1 of ");
    terminal.press("2\r");
    terminal.wait_for_text("Scene 2 of ");
    terminal.press("q\r");
    assert_eq!(terminal.ends().exit_code(), 0);

    let mut terminal = Terminal::start(&["brief", "--follow"], &dumb);
    terminal.wait_for_text("`--follow` needs a terminal");
    assert_eq!(terminal.ends().exit_code(), 2);

    let mut asked = Terminal::start(&["brief", "--linear"], &[]);
    asked.wait_for_text("Scene 1 of ");
    assert!(!asked.parser.screen().alternate_screen());
    asked.press("q\r");
    assert_eq!(asked.ends().exit_code(), 0);
}
