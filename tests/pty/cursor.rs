//! The place where the terminal has its cursor: screen readers and braille displays read what is around it.

use super::{SIZE, Terminal};
use crate::support::program::Stage;
use dateline::ui::ScreenCursor;
use dateline::ui::theme::Theme;

#[test]
fn the_hidden_cursor_is_on_the_selection_after_each_key_and_visible_in_a_prompt() {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::start(&[], &[]);
    terminal.wait_for_frame(&stage);
    for (sent, keys) in [
        ("jj", "jj"),
        ("k", "k"),
        ("\r\t\t", "<enter><tab><tab>"),
        ("\x1b", "<esc>"),
        ("v\t", "v<tab>"),
        ("i", "i"),
        ("b", "b"),
        ("\t/sanc", "<tab>/sanc"),
    ] {
        terminal.press(sent);
        stage.press(keys);
        terminal.wait_for_frame(&stage);
        terminal.rest();
        let (_, cursor) = stage.drawn(Theme::default());
        let at = cursor.position();
        let screen = terminal.parser.screen();
        assert_eq!(screen.cursor_position(), (at.y, at.x), "{keys}");
        let is_hidden = matches!(cursor, ScreenCursor::Selection(_));
        assert_eq!(screen.hide_cursor(), is_hidden, "{keys}");
    }
    terminal.press("\x03\x03");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_hidden_cursor_of_a_follower_is_on_the_notes() {
    let mut terminal = Terminal::start(&["brief", "--follow"], &[]);
    terminal.wait_for_text("presenter");
    terminal.rest();
    let screen = terminal.parser.screen();
    let (row, column) = screen.cursor_position();
    let rows: Vec<String> = screen.rows(column, SIZE.width).collect();
    assert!(screen.hide_cursor());
    assert!(
        rows[usize::from(row) - 1].starts_with("notes"),
        "{row} of {rows:#?}"
    );
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
