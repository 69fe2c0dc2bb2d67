//! Addresses are links where the terminal supports them, and the screen is otherwise the same.

use super::{SIZE, Terminal};
use crate::support::program::Stage;

/// Opens the page of the first source, checks the screen, and returns the output.
fn page_of_a_source(term: &str) -> String {
    let mut stage = Stage::open("shipped", SIZE);
    let mut terminal = Terminal::with_first_frame(&[], &[("TERM", term)]);
    terminal.rest();
    terminal.press("S\t\r");
    stage.press("S<tab><enter>");
    let frame = stage.frame(dateline::ui::screenshot::ScreenshotFormat::Text);
    let mut written = Vec::new();
    while super::rows(terminal.parser.screen()) != frame {
        let bytes = terminal.output.recv_timeout(super::PATIENCE);
        let bytes = bytes.expect("the frame of the same keys");
        terminal.parser.process(&bytes);
        written.extend(bytes);
    }
    terminal.press(":q\r");
    assert_eq!(terminal.ends().exit_code(), 0);
    String::from_utf8(written).expect("the output is UTF-8")
}

#[test]
fn each_cell_of_an_address_is_a_link_where_the_terminal_supports_links() {
    let written = page_of_a_source("xterm-256color");
    let opened = written.matches("\x1b]8;id=dateline;https://").count();
    assert!(opened > "https://".len(), "{written:?}");
    assert_eq!(opened, written.matches("\x1b]8;;\x1b\\").count());
    assert!(!page_of_a_source("linux").contains("\x1b]8"));
}
