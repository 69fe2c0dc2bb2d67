//! What the viewer makes of a terminal with few colours or without UTF-8.

use vt100::Color;

use super::{SIZE, Terminal};

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
    let light = colours_with(&["--theme", "light"], &[]);
    assert_eq!(colours_with(&[], &[("COLORFGBG", "0;15")]), light);
    assert_ne!(colours_with(&[], &[("COLORFGBG", "15;0")]), light);
}
