//! Keys: for any keys, file and size, every row of the frame is as wide as the terminal.

use dateline::app::commands::COMMANDS;
use dateline::app::input::key::{self, Code, Key, UserInput};
use dateline::ui::theme::Theme;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use super::random::Random;
use super::timelines;
use crate::support::program::{self, Stage, TIMELINES};

const LETTERS: &[char] = &[
    'a', 'e', ':', '"', '(', '2', ' ', '\0', '\u{1b}', '\u{202e}', '\u{301}', '日', '🔥', '-', '*',
];

fn size(random: &mut Random) -> Size {
    let side = |random: &mut Random, usual, most| {
        let end = if random.one_in(4) { most } else { usual };
        u16::try_from(random.below(end)).expect("the size is small")
    };
    Size::new(side(random, 130, 501), side(random, 45, 201))
}

pub fn round(random: &mut Random) {
    let size_at_first = size(random);
    let mut stage = if random.one_in(2) {
        Stage::open(random.pick(TIMELINES), size_at_first)
    } else {
        let file = timelines::file(random);
        Stage::show(program::opened("fuzz.toml", &file), size_at_first)
    };
    for _ in 0..40 {
        match random.below(12) {
            0 => {
                let size = size(random);
                stage.resize(size);
            }
            1 => {
                let code = Code::Char(random.pick(LETTERS));
                stage.input(UserInput::Key(Key {
                    code,
                    ctrl: random.one_in(8),
                }));
            }
            _ => {
                let command = &COMMANDS[random.below(COMMANDS.len())];
                for &input in &key::parse(random.pick(command.keys)).expect("a key of the table") {
                    stage.input(input);
                }
            }
        }
        if random.one_in(4) {
            is_drawn(&stage);
        }
    }
    is_drawn(&stage);
}

fn is_drawn(stage: &Stage) {
    let buffer = stage.buffer(Theme::Roles);
    for row in 0..buffer.area.height {
        let mut column = 0;
        while column < usize::from(buffer.area.width) {
            let at = Position::new(
                u16::try_from(column).expect("the column is in the buffer"),
                row,
            );
            column += buffer[at].symbol().width().max(1);
        }
        assert_eq!(column, usize::from(buffer.area.width), "row {row}");
    }
}
