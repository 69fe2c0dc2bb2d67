//! Hints: the keys that matter most here, as many as there is room for.

use ratatui::layout::Rect;

use crate::app::model::{Mode, Model};
use crate::app::screen::Screen;
use crate::document::{Role, Subject};
use crate::ui::paint::{Painter, cells};

/// A command and a word for it.
type Hint = (&'static str, &'static str);

/// The commands that matter most in a mode, each with a word for it.
const HINTS: &[(&[Mode], &[Hint])] = &[
    (
        &[Mode::List],
        &[
            ("help", "help"),
            ("open", "open"),
            ("filter", "filter"),
            ("says-who", "says who"),
            ("search", "search"),
            ("next-contested", "contested"),
            ("zoom-event", "zoom"),
            ("palette", "all commands"),
            ("quit", "quit"),
        ],
    ),
    (
        &[Mode::Detail],
        &[
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("says-who", "says who"),
            ("back", "to the list"),
            ("next-event", "next event"),
        ],
    ),
    (
        &[Mode::Page],
        &[
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("says-who", "says who"),
            ("back", "back"),
            ("in-timeline", "in timeline"),
            ("search", "search"),
        ],
    ),
    (
        &[Mode::Scene],
        &[
            ("scene-next", "on"),
            ("scene-back", "back"),
            ("says-who", "says who"),
            ("explore", "explore"),
            ("help", "help"),
        ],
    ),
    (
        &[Mode::Help],
        &[("close", "close"), ("down", "down"), ("up", "up")],
    ),
    (
        &[Mode::Problems],
        &[
            ("close", "close"),
            ("edit", "edit"),
            ("down", "down"),
            ("up", "up"),
        ],
    ),
    (
        &[Mode::Palette],
        &[
            ("accept", "run it"),
            ("next-choice", "next"),
            ("cancel", "close"),
        ],
    ),
    (
        &[Mode::Facets],
        &[
            ("toggle-facet", "filter to it"),
            ("exclude-facet", "leave it out"),
            ("next-field", "next field"),
            ("leave", "close"),
        ],
    ),
    (
        &[Mode::Matrix],
        &[
            ("toggle-cell", "filter to it"),
            ("level-right", "right"),
            ("down", "down"),
            ("leave", "close"),
        ],
    ),
    (
        &[Mode::Range],
        &[
            ("accept", "filter to it"),
            ("range-right", "later"),
            ("range-from", "begin here"),
            ("range-left", "earlier"),
            ("cancel", "leave"),
        ],
    ),
    (
        &[Mode::AsOf],
        &[
            ("day-before", "earlier"),
            ("day-after", "later"),
            ("type-day", "type a day"),
            ("accept", "stay there"),
            ("whole", "today"),
            ("cancel", "leave"),
        ],
    ),
    (&[Mode::Stub], &[("leave", "close")]),
];

/// The commands that matter most here, as many as there is room for.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    let mut rest = painter.text(line, " ", Role::Bar);
    let hints = hints_of(model.mode()).iter();
    for (command, words) in hints.filter(|(command, _)| is_of_use(model, command)) {
        let key = model.keymap.hint(command);
        let width = cells(key) + 1 + cells(words) + 3;
        if width > rest.width {
            break;
        }
        rest = painter.text(rest, key, Role::Key);
        rest = painter.text(rest, &format!(" {words}   "), Role::Bar);
    }
}

/// Whether a command has a key, and something to do: links are followed where there are some.
fn is_of_use(model: &Model, command: &str) -> bool {
    if model.keymap.hint(command).is_empty() {
        return false;
    }
    let reading = match model.screen() {
        Screen::Timeline(screen) => screen
            .detail
            .as_ref()
            .filter(|_| model.mode() == Mode::Detail),
        Screen::Page(reading) => Some(&**reading),
        Screen::Scene(_) => None,
    };
    let Some(reading) = reading.filter(|_| model.overlay.is_none()) else {
        return true;
    };
    let is_event = |subject| matches!(subject, Subject::Event(_));
    match command {
        "next-link" | "open" => !reading.page.links.is_empty(),
        "in-timeline" => {
            is_event(reading.subject) || reading.page.links.iter().any(|link| is_event(link.to))
        }
        _ => true,
    }
}

fn hints_of(mode: Mode) -> &'static [Hint] {
    let of_mode = HINTS.iter().find(|(modes, _)| modes.contains(&mode));
    of_mode.map_or(&[], |(_, hints)| hints)
}
