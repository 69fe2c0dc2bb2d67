//! The user's settings in the real viewer.

use super::{MouseProtocolMode, SIZE, Terminal};
use crate::settings::home;
use crate::support::program::Stage;

#[test]
fn the_viewer_applies_the_settings_and_reports_mistakes_in_them() {
    let home = home(
        "viewer",
        "mouse = false\ncolour = 1\n\n[keys]\nquit = \"Z\"\nzoom-filter = []\n",
    );
    let home = home.display().to_string();
    let mut terminal = Terminal::with_first_frame(&[], &[("XDG_CONFIG_HOME", &home)]);
    terminal.wait_for_text("1 error in the settings; p shows it");
    terminal.rest();
    assert_eq!(
        terminal.parser.screen().mouse_protocol_mode(),
        MouseProtocolMode::None,
        "the mouse is the terminal's"
    );
    terminal.press("q");
    terminal.wait_for_text("q does nothing here; ? shows the keys");
    terminal.press("Z");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_settings_may_ask_for_ascii_and_for_no_watcher() {
    let home = home("plain", "ascii = true\nwatch = false\ntheme = \"light\"\n");
    let file = home.join("case.toml");
    let event = |title: &str| format!("[[events]]\nwhen = \"2021\"\ntitle = \"{title}\"\n");
    std::fs::write(&file, event("as it was – first")).expect("it can be written");
    let file = file.display().to_string();
    let environment = [("XDG_CONFIG_HOME", home.to_str().expect("the path is UTF-8"))];
    let mut terminal = Terminal::start(&[&file], &environment);
    terminal.wait_for_text("as it was - first");
    assert!(terminal.parser.screen().contents().is_ascii());
    std::fs::write(&file, event("as it is")).expect("it can be written");
    terminal.rest();
    assert!(terminal.parser.screen().contents().contains("as it was"));
    terminal.press("gr");
    terminal.wait_for_text("as it is");
    terminal.press("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_setting_overrides_the_locale() {
    let home = home("letters", "ascii = false\n");
    let environment = [
        ("XDG_CONFIG_HOME", home.to_str().expect("the path is UTF-8")),
        ("LC_ALL", "C"),
    ];
    let mut terminal = Terminal::start(&[], &environment);
    terminal.wait_for_frame(&Stage::open("shipped", SIZE));
    terminal.press("q");
    assert!(terminal.ends().success());
}
