//! Laws for any text in a file.

use std::collections::BTreeSet;

use dateline::ui::screenshot::ScreenshotFormat;
use dateline::ui::theme::Theme;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use super::{any_size, cases};
use crate::safety::hostile::quoted;
use crate::support::program::{self, Stage};

/// Control, invisible, wide, zero-width and joined characters.
const NASTY: &[char] = &[
    '\0',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    '\u{9b}',
    '\u{9d}',
    '\u{ad}',
    '\u{61c}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{feff}',
    '\u{fff9}',
    '\u{e0041}',
    '\u{e0100}',
    '\u{fe0f}',
    '\u{20e3}',
    '\u{301}',
    '\u{300}',
    '\u{334}',
    '\u{5b0}',
    '\u{64b}',
    '\u{93f}',
    '\u{e33}',
    'é',
    'ß',
    'İ',
    'ﬃ',
    '日',
    '本',
    '語',
    '　',
    'ｱ',
    'ﾞ',
    '각',
    'ᄀ',
    'ᆨ',
    '﷽',
    'ش',
    'ل',
    'א',
    'ש',
    'क',
    'ष',
    '्',
    'ก',
    '👩',
    '👧',
    '👍',
    '🏽',
    '🇬',
    '🇧',
    '❤',
    '🔥',
    '1',
    '[',
    ';',
    '"',
    '\\',
    '<',
    '&',
    ' ',
    'a',
    'm',
];

/// A troublesome character.
pub fn nasty() -> impl Strategy<Value = char> {
    proptest::sample::select(NASTY)
}

/// A troublesome text, or any other.
pub fn nasty_text() -> impl Strategy<Value = String> {
    let characters = prop::collection::vec(prop_oneof![4 => nasty(), 1 => any::<char>()], 1..40);
    characters.prop_map(|characters| characters.into_iter().collect())
}

/// Three events without lanes; the second has the given title.
fn with_title(title: &str) -> String {
    format!(
        "[[events]]\nwhen = \"2021-01-01\"\ntitle = \"Before\"\n\
         [[events]]\nwhen = \"2021-02-01\"\ntitle = {}\nphase = \"compromise\"\nactors = [\"a\"]\n\
         [[events]]\nwhen = \"2021-03-01\"\ntitle = \"After\"\n\
         [entities.a]\nname = \"Someone\"\nkind = \"group\"\n",
        quoted(title)
    )
}

/// The text and style of every cell but some.
fn cells(
    buffer: &Buffer,
    but: &BTreeSet<Position>,
) -> Vec<(Position, String, ratatui::style::Style)> {
    let others = buffer
        .area
        .positions()
        .filter(|position| !but.contains(position));
    others
        .map(|position| {
            let cell = &buffer[position];
            (position, cell.symbol().to_owned(), cell.style())
        })
        .collect()
}

/// The columns that a terminal would advance on a row.
fn width_of_row(buffer: &Buffer, row: u16) -> usize {
    let mut column = 0;
    while column < usize::from(buffer.area.width) {
        let at = Position::new(
            u16::try_from(column).expect("the column is in the buffer"),
            row,
        );
        column += buffer[at].symbol().width();
    }
    column
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_title_stays_within_its_width(title in nasty_text(), size in any_size(), detail in any::<bool>()) {
        let show = |title: &str| {
            let mut stage = Stage::show(program::opened("x.toml", &with_title(title)), size);
            stage.model.clear_status_line();
            stage.model.set_file_problems(Vec::new());
            if !detail {
                stage.press("d");
            }
            stage.buffer(Theme::Roles)
        };
        // Characters that occur nowhere else, enough to fill the room and be cut.
        let plain = show(&"ξ".repeat(400));
        let room: BTreeSet<Position> = plain
            .area
            .positions()
            .filter(|position| matches!(plain[*position].symbol(), "ξ" | "…"))
            .collect();
        let buffer = show(&title);
        prop_assert_eq!(cells(&plain, &room), cells(&buffer, &room));
        for row in 0..buffer.area.height {
            prop_assert_eq!(width_of_row(&buffer, row), usize::from(buffer.area.width), "row {}", row);
        }
    }
}

/// Events on distinct days, without anything that depends on the order in the file, such as lanes.
fn shuffled() -> impl Strategy<Value = (String, String)> {
    let days = prop::collection::btree_set((2015..2025_u16, 1..=12_u8, 1..=28_u8), 1..14);
    let phases = vec!["compromise", "disclosure", "denial", "context", "response"];
    let rows = days.prop_flat_map(move |days| {
        let count = days.len();
        let phases = prop::collection::vec(proptest::sample::select(phases.clone()), count);
        (Just(days.into_iter().collect::<Vec<_>>()), phases)
    });
    rows.prop_map(|(days, phases)| {
        let event = |((year, month, day), phase): (&(u16, u8, u8), &&str)| {
            format!(
                "[[events]]\nwhen = \"{year}-{month:02}-{day:02}\"\ntitle = \"Event of {day}.{month}.{year}\"\n\
                 phase = \"{phase}\"\nlane = \"One\"\nactors = [\"a\"]\ntargets = [\"b\"]\n"
            )
        };
        days.iter().zip(&phases).map(event).collect::<Vec<_>>()
    })
    .prop_flat_map(|events| {
        let original = events.concat();
        Just(events)
            .prop_shuffle()
            .prop_map(move |events| (original.clone(), events.concat()))
    })
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_order_of_events_in_the_file_does_not_matter(
        (original, other) in shuffled(), keys in "(j|k|\\+|-|z|a|G|o|d|J|<tab>|v|<esc>){0,8}",
    ) {
        const HEAD: &str = "[timeline]\ntitle = \"T\"\n[entities.a]\nname = \"A\"\nkind = \"group\"\n\
                            [entities.b]\nname = \"B\"\nkind = \"group\"\n";
        let show = |events: &str| {
            let opened = program::opened("x.toml", &format!("{HEAD}{events}"));
            let listed = program::listed(&opened.timeline);
            let mut stage = Stage::show(opened, Size::new(110, 30));
            stage.press(&keys);
            (listed, stage.frame(ScreenshotFormat::Roles))
        };
        prop_assert_eq!(show(&original), show(&other));
    }
}

#[test]
fn frames_lists_and_findings_are_the_same_bytes_in_any_environment() {
    let elsewhere = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "ja_JP.SJIS"),
        ("TZ", "Pacific/Kiritimati"),
        ("NO_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
        ("COLUMNS", "33"),
        ("LINES", "7"),
        ("TERM", "dumb"),
        ("COLORTERM", "truecolor"),
        ("HOME", "/"),
        ("SOURCE_DATE_EPOCH", "0"),
    ];
    let broken = "tests/frames/timelines/broken.toml";
    // A small file: nearly every line would read the shipped case twice.
    let small = "tests/frames/timelines/harbour.toml";
    let mut lines = vec![vec!["list"], vec!["list", broken], vec!["check", broken]];
    for format in ["text", "roles", "ansi", "svg"] {
        lines.push(vec![
            "frame",
            small,
            "--keys",
            "jj<enter>",
            "--format",
            format,
        ]);
        lines.push(vec!["frame", broken, "--keys", "p", "--format", format]);
    }
    for format in program::handouts() {
        lines.push(vec!["export", small, "--to", format.name, "--notes"]);
        lines.push(vec![
            "export",
            small,
            "--to",
            format.name,
            "--audience",
            "board",
        ]);
    }
    for line in lines {
        let here = program::run(&line);
        let there = program::dateline()
            .args(&line)
            .envs(elsewhere)
            .output()
            .expect("the program can be started");
        assert!(!here.stdout.is_empty(), "{line:?} prints nothing");
        assert_eq!(here, there, "{line:?} depends on the environment");
    }
}
