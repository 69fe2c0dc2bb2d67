//! The terminal's cursor, which screen readers and braille displays follow: on each screen it is on the selection.

use dateline::document::Role;
use dateline::ui::ScreenCursor;
use dateline::ui::theme::{ScreenAppearance, Theme};
use ratatui::layout::Size;
use ratatui::style::Style;

use crate::support::program::Stage;

const USUAL: Size = Size::new(80, 24);
const NARROW: Size = Size::new(50, 20);

/// The row of the cursor, from the cursor on.
fn at_cursor(stage: &Stage) -> String {
    let (buffer, cursor) = stage.drawn(Theme::default());
    let at = cursor.position();
    let row = (at.x..buffer.area.right()).map(|x| buffer[(x, at.y)].symbol());
    row.collect::<String>().trim_end().to_owned()
}

/// Whether the cell of the cursor has the ground of a role.
fn is_on(stage: &Stage, role: Role) -> bool {
    let (buffer, cursor) = stage.drawn(Theme::Roles);
    let Style { bg, .. } = ScreenAppearance::from(Theme::Roles).style(role);
    bg.is_some() && buffer[cursor.position()].style().bg == bg
}

/// Checks the text at an invisible cursor after each of some keys.
#[track_caller]
fn selections(size: Size, cases: &[(&str, &str)]) {
    for (keys, expected) in cases {
        let mut stage = Stage::open("harbour", size);
        stage.press(keys);
        let (_, cursor) = stage.drawn(Theme::default());
        assert!(
            matches!(cursor, ScreenCursor::Selection(_)),
            "{keys}: {cursor:?}"
        );
        let text = at_cursor(&stage);
        assert!(text.starts_with(expected), "{keys}: {text}");
    }
}

#[test]
fn an_invisible_cursor_is_on_the_selected_row_link_value_or_day() {
    selections(
        USUAL,
        &[
            ("jj", "▸┊  Apr 2021 – May 2021 ○ Mail server flaws"),
            ("T", "▸                13 have no discovery date"),
            ("fzzzz<enter>", "  no event matches"),
            ("<tab>", "since 2019, still going on"),
            // Without a link, the first line in view is next to be read.
            ("jjjj<enter><tab><tab>", "Intruder, not named"),
            // The panel of the first screen has no link: the cursor stays on the selected event.
            ("", "▸              2019 – …"),
            ("v", "SILVER TERN active"),
            ("S<tab><tab>", "Notice to the public"),
            ("?<down><down><down><down>", "  pgup ctrl-b"),
            (":<down>", "up  "),
            (":zoo<down>", "zoom-out"),
            ("F<tab>jj", "  discovery"),
            ("Mjll", "1  "),
            ("rl", "2021-01-08..2021-01-16"),
            ("@<left>", "20 May 2022"),
            ("Y", "[views.name]"),
            ("b", "▸┊ late 2021 – Feb 2022"),
            ("b<space>", "▸ late 2021 – Feb 2022"),
            // Nothing of a blank scene is visible.
            ("b.", ""),
        ],
    );
    selections(
        NARROW,
        &[("jj<enter>", "Mail server flaws fixed by Netmoor")],
    );
}

#[test]
fn a_prompt_shows_the_caret_behind_the_text() {
    for (keys, before) in [
        ("/mail", "/ mail"),
        ("fphase:", "filter phase:"),
        ("@20", "as of 20"),
        (":zoo", "› zoo"),
        ("?zoo", "› zoo"),
        // Back from the second choice, the user may type again.
        (":zoo<down><up>", "› zoo"),
    ] {
        let mut stage = Stage::open("harbour", USUAL);
        stage.press(keys);
        let (buffer, cursor) = stage.drawn(Theme::default());
        let ScreenCursor::Caret(at) = cursor else {
            panic!("{keys}: {cursor:?}");
        };
        let row = (0..at.x).map(|x| buffer[(x, at.y)].symbol());
        let row: String = row.collect();
        assert!(row.ends_with(before), "{keys}: {row}");
    }
}

#[test]
fn every_event_and_every_link_can_be_found_by_the_cursor() {
    for size in [USUAL, NARROW, Size::new(120, 36)] {
        let mut stage = Stage::open("harbour", size);
        for _ in 0..stage.model.timeline().len() {
            assert!(is_on(&stage, Role::Selected), "{}", at_cursor(&stage));
            assert!(at_cursor(&stage).starts_with('▸'));
            stage.press("j");
        }
        for page in ["v", "w", "i", "E", "S", "Q"] {
            let mut stage = Stage::open("harbour", size);
            stage.press(page);
            for _ in 0..20 {
                stage.press("<tab>");
                assert!(is_on(&stage, Role::Cursor), "{page}: {}", at_cursor(&stage));
            }
        }
    }
}

#[test]
fn the_cursor_of_a_follower_is_on_the_notes() {
    let mut stage = Stage::open("harbour", USUAL);
    stage.follow(None);
    assert_eq!(
        at_cursor(&stage),
        "Say this first: the Courier merged them."
    );
}
