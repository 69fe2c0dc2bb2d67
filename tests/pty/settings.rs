//! The settings of a user in the real viewer.

use super::{MouseProtocolMode, Terminal};
use crate::settings::home;

#[test]
fn the_viewer_takes_the_settings_of_the_user_and_tells_what_is_wrong_with_them() {
    let home = home(
        "viewer",
        "mouse = false\ncolour = 1\n\n[keys]\nquit = \"Z\"\nzoom-filter = []\n",
    );
    let home = home.display().to_string();
    let mut terminal = Terminal::with_first_frame(&[], &[("XDG_CONFIG_HOME", &home)]);
    terminal.wait_for_text("1 error in the settings: p shows it");
    terminal.rest();
    assert_eq!(
        terminal.parser.screen().mouse_protocol_mode(),
        MouseProtocolMode::None,
        "the mouse is the terminal's"
    );
    terminal.press("q");
    terminal.wait_for_text("q does nothing here: ? shows the keys");
    terminal.press("Z");
    assert_eq!(terminal.ends().exit_code(), 0);
}
