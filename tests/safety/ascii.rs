//! A frame in ASCII without colours has the same content as a full one.

use dateline::ui;
use dateline::ui::screenshot::{self, ScreenshotFormat};
use dateline::ui::theme::{ColourDepth, ScreenAppearance, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use super::hostile::{HOSTILE, timeline, without_sgr};
use crate::support::program::{self, Stage, TIMELINES, run};

const WAYS: &[&str] = &[
    "",
    "<tab>",
    "v",
    "<esc>w",
    "<esc><esc>i",
    "<esc>E",
    "<esc><esc>S",
    "<esc><esc>gl",
    "o",
    "O",
    "T",
    "F",
    "<esc>M",
    "<esc>p",
    "<esc>?",
    "<esc>:",
    "<esc>fphase:",
    "<esc>",
];

const ASCII: ScreenAppearance = ScreenAppearance {
    theme: Theme::Mono,
    depth: ColourDepth::None,
    is_ascii: true,
};

fn drawn(stage: &Stage, appearance: ScreenAppearance) -> Buffer {
    let Size { width, height } = stage.model.size();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    ui::draw(&stage.model, appearance, &mut buffer);
    buffer
}

/// Compares the cells of two frames: an ASCII character is unchanged, another one has a substitute, and a wide one takes
/// two cells.
fn assert_same_content(what: &str, full: &Buffer, ascii: &Buffer) {
    for row in 0..full.area.height {
        let mut column = 0;
        while column < full.area.width {
            let symbol = full[Position::new(column, row)].symbol();
            let width = match symbol.len() {
                1 => 1,
                _ => u16::try_from(symbol.width()).unwrap_or(1).max(1),
            };
            for cell in column..(column + width).min(full.area.width) {
                let substitute = ascii[Position::new(cell, row)].symbol();
                let is_printable = matches!(substitute.as_bytes(), [b' '..=b'~']);
                // Nearly every cell ends here.
                if is_printable && symbol == substitute {
                    continue;
                }
                let at = format!("{what}: {cell},{row}: {symbol:?} is {substitute:?}");
                assert!(is_printable, "{at}");
                let is_blank = symbol.trim().is_empty();
                let is_half = is_blank && substitute == "?" && is_next_to_a_box(full, cell, row);
                assert!(is_blank == (substitute == " ") || is_half, "{at}");
                assert!(!symbol.is_ascii() || is_half, "{at}");
            }
            column += width;
        }
    }
}

/// Whether a box may have covered half of a wide character here. Of two ASCII characters, one would remain.
fn is_next_to_a_box(buffer: &Buffer, column: u16, row: u16) -> bool {
    // A box keeps a cell free on either side.
    let around = column.saturating_sub(2)..=column + 2;
    around.into_iter().any(|column| {
        let cell = buffer.cell(Position::new(column, row));
        cell.is_some_and(|cell| matches!(cell.symbol(), "│" | "╭" | "╮" | "╰" | "╯"))
    })
}

#[test]
fn a_frame_in_ascii_has_every_word_and_symbol_in_its_place() {
    for name in TIMELINES {
        for size in [Size::new(120, 36), Size::new(80, 24), Size::new(37, 11)] {
            let mut stage = Stage::open(name, size);
            for keys in WAYS {
                stage.press(keys);
                let what = format!("{name} at {size}: {} after {keys}", stage.place());
                assert_same_content(
                    &what,
                    &drawn(&stage, Theme::Dark.into()),
                    &drawn(&stage, ASCII),
                );
            }
        }
    }
}

#[test]
fn any_text_stays_within_its_cells_in_ascii() {
    let mut texts: Vec<String> = HOSTILE.iter().map(|(text, _)| (*text).to_owned()).collect();
    texts.extend(["日本語", "👩\u{200d}👧 x", "é e\u{301} ﷽", "שלום"].map(str::to_owned));
    let mut stage = Stage::show(
        program::opened("x.toml", &timeline(&texts)),
        Size::new(90, 30),
    );
    for keys in WAYS {
        stage.press(keys);
        let what = format!("{} after {keys}", stage.place());
        assert_same_content(
            &what,
            &drawn(&stage, Theme::Dark.into()),
            &drawn(&stage, ASCII),
        );
    }
}

/// A briefing has titles in block characters, which ASCII lacks: there the title is plain text.
#[test]
fn a_scene_in_ascii_has_its_title() {
    let mut stage = Stage::open("shipped", Size::new(120, 36));
    stage.press("b");
    let scenes = stage.model.timeline().scenes();
    let title = scenes.first().expect("the case has scenes").title.clone();
    let frame = screenshot::print(&drawn(&stage, ASCII), ScreenshotFormat::Text, Theme::Mono);
    assert!(frame.contains(&title), "{frame}");
    assert!(frame.is_ascii(), "{frame}");
}

/// Where a filter hides every event, the shape of the density strip shows it.
#[test]
fn hidden_events_differ_from_absent_ones() {
    let density = |filter: &[&str]| {
        let harbour = "tests/frames/timelines/harbour.toml";
        let output = run(&[&["frame", harbour, "--ascii"], filter].concat());
        let frame = String::from_utf8(output.stdout).expect("the frame is ASCII");
        let row = frame.lines().find_map(|row| row.strip_prefix(" density"));
        row.map(|row| row.trim_start().to_owned())
    };
    let some = density(&["--filter", "phase:compromise"]).expect("the filter hides something");
    let heights = |row: &str| row.chars().filter(char::is_ascii_digit).count();
    let hidden = |row: &str| row.chars().filter(|it| *it == '_').count();
    assert!(hidden(&some) > 20, "{some}");
    assert!(heights(&some) > 0, "{some}");
    let folded = density(&["--keys", "o"]).expect("all events are on a strip");
    assert!(hidden(&folded) == 0 && heights(&folded) > 20, "{folded}");
}

#[test]
fn frame_ascii_prints_only_ascii_bytes() {
    for keys in ["", "jj<enter>", "p", "?", "F", "b<space>"] {
        let output = run(&["frame", "--ascii", "--keys", keys]);
        let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
        assert!(output.stdout.iter().all(plain), "{keys}");
        assert!(output.stdout.len() > 400, "{keys}");
    }
}

/// With sixteen colours, the same cells are marked as with more, in those colours only.
#[test]
fn sixteen_colours_mark_the_same_cells_as_more() {
    let mut stage = Stage::open("shipped", Size::new(120, 36));
    for keys in WAYS {
        stage.press(keys);
        for theme in [Theme::Dark, Theme::Light, Theme::Contrast] {
            let few = ScreenAppearance {
                theme,
                depth: ColourDepth::Sixteen,
                is_ascii: false,
            };
            let (many, few) = (drawn(&stage, theme.into()), drawn(&stage, few));
            for (one, other) in many.content.iter().zip(&few.content) {
                assert_eq!(one.symbol(), other.symbol());
                assert_eq!(one.modifier, other.modifier);
                for (one, other) in [(one.fg, other.fg), (one.bg, other.bg)] {
                    assert!(
                        !matches!(other, Color::Indexed(_) | Color::Rgb(..)),
                        "{other:?}"
                    );
                    assert_eq!(one == Color::Reset, other == Color::Reset);
                }
            }
        }
    }
}

#[test]
fn a_frame_can_be_printed_with_few_colours() {
    let frame = |depth: &str| {
        let output = run(&["frame", "--format", "ansi", "--depth", depth]);
        String::from_utf8(output.stdout).expect("the frame is UTF-8")
    };
    let colours = |frame: &str| {
        let sequences = frame.split("\u{1b}[").skip(1);
        let numbers = sequences.filter_map(|it| it.split_once('m'));
        let numbers = numbers.flat_map(|(numbers, _)| numbers.split(';'));
        numbers
            .filter_map(|it| it.parse::<u8>().ok())
            .max()
            .unwrap_or_default()
    };
    // Codes up to 7 set attributes; 30 to 107 are the sixteen colours.
    assert!(colours(&frame("none")) < 30);
    assert!((30..108).contains(&colours(&frame("16"))));
    assert!(colours(&frame("256")) >= 108);
    assert_eq!(frame("true"), frame("256"));
    assert_eq!(
        without_sgr(&frame("none")),
        without_sgr(&frame("256")),
        "the letters are the same"
    );
}

#[test]
fn check_is_in_colour_on_request() {
    let broken = "tests/frames/timelines/broken.toml";
    let has_colour = |arguments: &[&str], set: &[(&str, &str)]| {
        let mut command = program::dateline();
        let output = command.args(arguments).envs(set.iter().copied()).output();
        output
            .expect("the program can be started")
            .stdout
            .contains(&0x1b)
    };
    assert!(!has_colour(&["check", broken], &[]));
    assert!(has_colour(&["check", broken], &[("CLICOLOR_FORCE", "1")]));
    assert!(has_colour(
        &["check", broken, "--color", "always"],
        &[("NO_COLOR", "1")]
    ));
    assert!(!has_colour(
        &["check", broken, "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!has_colour(
        &["check", broken],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
}

#[test]
fn the_large_title_of_a_scene_is_underlined_in_ascii() {
    for (width, height) in [(120, 36), (200, 50)] {
        let mut stage = Stage::open("shipped", Size::new(width, height));
        dateline::app::open_briefing(&mut stage.model, None);
        let (scene, _) = stage.model.scene().expect("a scene");
        let (title, room) = (scene.layout.title_lines.clone(), scene.layout.title);
        assert!(usize::from(room.height) > title.len(), "the title is large");
        let buffer = drawn(&stage, ASCII);
        let lines = room.rows().map(|row| {
            let cells = row.positions().map(|at| buffer[at].symbol().to_owned());
            cells.collect::<String>().trim_end().to_owned()
        });
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        let longest = title.iter().map(String::len).max().unwrap_or(0);
        let expected: Vec<String> = title.into_iter().chain(["=".repeat(longest)]).collect();
        assert_eq!(lines, expected);
    }
}
