//! A redraw restores the screen after another program wrote over it.

use super::{SIZE, Terminal};
use crate::support::program::Stage;

/// The output of `wall`, and the leftovers of an interrupted program: another character set, a style, a scrolling
/// region, and no mouse.
const STRAY: &[u8] = b"\x1b[8;3HBroadcast message\x1b(0\x0e\x1b[31;7m\x1b[5;9r\x1b[?6h\x1b[?1000l";

/// Every cell with its colours, and whether it is reversed. A cell without a character is blank.
fn cells(screen: &vt100::Screen) -> Vec<(String, vt100::Color, vt100::Color, bool)> {
    let places = (0..SIZE.height).flat_map(|row| (0..SIZE.width).map(move |column| (row, column)));
    let cells = places.filter_map(|(row, column)| screen.cell(row, column));
    cells
        .map(|cell| {
            let text = cell.contents().trim().to_owned();
            (text, cell.fgcolor(), cell.bgcolor(), cell.inverse())
        })
        .collect()
}

#[test]
fn a_key_redraws_the_viewer_its_prompts_and_a_briefing() {
    for (name, arguments, keys, notation) in [
        ("shipped", &[][..], "j", "j"),
        ("shipped", &[], "/sanc", "/sanc"),
        ("shipped", &["brief"], " ", "<space>"),
    ] {
        let mut terminal = Terminal::start(arguments, &[]);
        if arguments.is_empty() {
            let mut stage = Stage::open(name, SIZE);
            terminal.wait_for_frame(&stage);
            terminal.press(keys);
            stage.press(notation);
            terminal.wait_for_frame(&stage);
        } else {
            terminal.wait_for("the first scene", |screen| {
                screen.alternate_screen() && !screen.contents().trim().is_empty()
            });
        }
        terminal.rest();
        let before = cells(terminal.parser.screen());
        terminal.parser.process(STRAY);
        terminal.press("\x0c");
        terminal.wait_for("the screen as it was", |screen| cells(screen) == before);
        terminal.wait_for("the mouse", |screen| {
            screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
        });
        terminal.press("\x03\x03");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}

#[test]
fn a_key_redraws_a_follower() {
    let mut terminal = Terminal::start(&["brief", "--follow"], &[]);
    terminal.wait_for_text("presenter");
    terminal.rest();
    terminal.parser.process(STRAY);
    terminal.press("\x0c");
    terminal.wait_for("the screen as it was", |screen| {
        let text = screen.contents();
        text.contains("presenter") && !text.contains("Broadcast")
    });
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
