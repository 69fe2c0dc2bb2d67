//! Any text stays within its cells at any size, and drawing a long text costs no more than its visible part.

use dateline::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use super::hostile::{BREAKS, HOSTILE, timeline};
use crate::support::program::{self, Stage};

/// Wide, zero-width, joined and right-to-left characters.
const SHAPES: &[&str] = &[
    "日本の議員のメールが読まれた",
    "ｱﾞｶﾞ half and ＦＵＬＬ",
    "ᄀᄀᄀ각ᆨᆨ",
    "e\u{301}\u{300} Z\u{337}\u{321}\u{31b}a\u{335}\u{353}",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 🇬🇧🇯🇵🇬 👍🏽 1\u{fe0f}\u{20e3} ❤\u{fe0f}\u{200d}🔥",
    "شركة قراصنة و שלום עולם",
    "क्षि ศิลป์ தமிழ்",
    "﷽ 　 wide space",
    "a\tb\nc\r\nd",
];

/// Checks that exactly one symbol takes each column of a row.
fn assert_within_cells(what: &str, buffer: &Buffer) {
    for row in 0..buffer.area.height {
        let mut column = 0;
        while column < usize::from(buffer.area.width) {
            let at = Position::new(
                u16::try_from(column).expect("the column is in the buffer"),
                row,
            );
            let width = buffer[at].symbol().width();
            assert!(width > 0, "{what}: the cell at {at} is empty");
            column += width;
        }
        assert_eq!(column, usize::from(buffer.area.width), "{what}: row {row}");
    }
}

/// Every kind of text in every place, at every width and at extreme sizes.
#[test]
fn every_row_is_as_wide_as_the_terminal() {
    let mut texts: Vec<String> = SHAPES.iter().map(|&text| text.to_owned()).collect();
    texts.extend(HOSTILE.iter().map(|(text, _)| (*text).to_owned()));
    texts.extend(BREAKS.iter().map(|character| format!("a{character}b")));
    let file = timeline(&texts);
    let ends = [
        (1, 1),
        (1, 200),
        (500, 1),
        (500, 200),
        (2, 2),
        (0, 5),
        (5, 0),
    ];
    let widths = (1..=300).map(|width| (width, 6 + width % 31));
    let mut stage = Stage::show(program::opened("x.toml", &file), Size::new(80, 24));
    let ways = [
        "",
        "<tab>",
        "v",
        "<esc>E",
        "<esc><esc>p",
        "<esc>?",
        "<esc>F",
        "<esc>b",
        "<space>",
    ];
    for (number, (width, height)) in ends.into_iter().chain(widths).enumerate() {
        stage.press(ways[number % ways.len()]);
        stage.resize(Size::new(width, height));
        let what = format!("{} at {width}x{height}", stage.place());
        assert_within_cells(&what, &stage.buffer(Theme::default()));
    }
}

/// The cost of drawing a long line depends on the screen, not on the line: lines of ten thousand and of ten million
/// characters give the same frames.
#[test]
fn a_line_of_ten_million_characters_is_drawn_like_any_long_line() {
    let frame = |length: usize, unit: &str| {
        let long = unit.repeat(length / unit.len());
        assert!(!unit.chars().any(char::is_control), "it needs escapes");
        let file = format!(
            "[[events]]\nwhen = \"2021\"\nlane = \"L\"\ntitle = \"Before\"\n[[events]]\nwhen = \"2022\"\ntitle = \"{long}\"\n"
        );
        let mut stage = Stage::show(program::opened("x.toml", &file), Size::new(100, 20));
        stage.model.set_file_problems(Vec::new());
        stage.model.clear_status_line();
        stage.buffer(Theme::default())
    };
    assert_eq!(frame(10_000, "x"), frame(10_000_000, "x"));
    for unit in ["漢", "\u{202e}", "a\u{301}", "👩\u{200d}"] {
        assert_eq!(frame(20_000, unit), frame(200_000, unit), "{unit:?}");
    }
}

/// Joined characters stay on one line, and flags keep their pairs: no line begins with part of the character before.
#[test]
fn no_character_is_split_between_two_lines() {
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    for whole in [family, "🇬🇧", "👍🏽", "e\u{301}"] {
        let text = whole.repeat(40);
        let file = format!(
            "[[events]]\nid = \"e\"\nwhen = \"2021\"\ntitle = \"T\"\nsummary = \"{text}\"\n\
             [[scenes]]\ntitle = \"S\"\nsay = \"{text}\"\nevent = \"e\"\n"
        );
        for width in (12..70).step_by(5) {
            let mut stage = Stage::show(program::opened("x.toml", &file), Size::new(width, 30));
            for keys in ["v", "<esc>b"] {
                stage.press(keys);
                let buffer = stage.buffer(Theme::default());
                let symbols = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
                let shown: Vec<&str> = symbols.filter(|it| !it.is_ascii()).collect();
                assert!(
                    shown.iter().filter(|it| **it == whole).count() >= 40,
                    "{keys} {width}"
                );
                let parts = shown
                    .iter()
                    .filter(|it| whole.contains(*it) && **it != whole);
                assert_eq!(parts.count(), 0, "{whole} is split at {width} after {keys}");
                assert!(
                    !shown.contains(&"⟨"),
                    "{whole} is split at {width} after {keys}"
                );
            }
        }
    }
}
