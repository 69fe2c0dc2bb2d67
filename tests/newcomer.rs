//! A newcomer's first minutes, kept in `newcomer.txt`: what is looked for is found in few keys, by hints on the screen.

use dateline::app::effect::Effect;
use dateline::app::input::key;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

/// A newcomer gives up after more keys.
const MOST: usize = 8;

#[test]
fn each_thing_is_found_by_a_hint_and_in_fewer_than_eight_keys() {
    let text = program::read("tests/newcomer.txt");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let mut stage = Stage::open("shipped", Size::new(80, 24));
    let mut seen = stage.frame(ScreenshotFormat::Text);
    let mut has_quit = false;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [task, hint, keys, then] = cells[..] else {
            panic!("a row has four cells: {row}");
        };
        assert!(seen.contains(hint), "{task}: no screen has shown `{hint}`");
        let count = key::parse(keys).expect("the keys are right").len();
        assert!(count < MOST, "{task} takes {count} keys");
        let effects = stage.press(keys);
        if effects.iter().any(|it| matches!(it, Effect::Quit)) {
            has_quit = true;
            continue;
        }
        assert!(!has_quit, "{task}: dateline has ended");
        let frame = stage.frame(ScreenshotFormat::Text);
        assert!(frame.contains(then), "{task}: no `{then}` on\n{frame}");
        seen.push_str(&frame);
    }
    assert!(has_quit, "the last task quits");
}
