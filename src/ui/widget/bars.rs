//! The line at the top, which says where one is, and the line at the bottom, which says what can be done.

use ratatui::layout::{Position, Rect};

use crate::app::keymap;
use crate::app::model::{Mode, Model};
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::document::{Role, Subject};
use crate::timeline::term::Tlp;
use crate::ui::paint::{Painter, cells, cursor_in};

/// The title of the timeline, the way to where one is, and the marking.
pub(in crate::ui) fn title_bar(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    painter.fill(line, Role::Bar);
    let head = model.timeline.head();
    let mut left = line;
    if let Some(tlp) = head.tlp {
        let label = format!(" TLP:{tlp} ");
        left = painter.right(left, &label, tlp_role(tlp));
        painter.tint(
            Rect {
                x: left.right(),
                width: cells(&label).min(line.width),
                ..line
            },
            tlp_role(tlp),
        );
    }
    if let Some(banner) = &head.banner {
        left = painter.right(left, &format!(" {banner} "), Role::Title);
    }
    if left.width > 60 {
        let count = crate::document::count(model.timeline.len(), "event");
        left = painter.right(left, &format!(" {count}  "), Role::Bar);
    }
    let rest = painter.text(left, " dateline ", Role::Title);
    let rest = painter.text(rest, " ", Role::Bar);
    painter.clipped(rest, &trail(model), Role::Bar);
}

fn tlp_role(tlp: Tlp) -> Role {
    match tlp {
        Tlp::Clear => Role::TlpClear,
        Tlp::Green => Role::TlpGreen,
        Tlp::Amber | Tlp::AmberStrict => Role::TlpAmber,
        Tlp::Red => Role::TlpRed,
    }
}

/// The way to where one is. Of a long way the end matters most.
fn trail(model: &Model) -> String {
    const SHOWN: usize = 3;
    let title = &model.timeline.head().title;
    let title = if title.is_empty() {
        "(untitled timeline)"
    } else {
        title
    };
    let steps: Vec<&str> = model
        .trail()
        .skip(1)
        .map(|screen| name(model, screen))
        .collect();
    if steps.is_empty() {
        return title.to_owned();
    }
    let skipped = steps.len().saturating_sub(SHOWN);
    let mut shown: Vec<&str> = steps.iter().skip(skipped).copied().collect();
    shown.insert(0, if skipped > 0 { "…" } else { "timeline" });
    shown.join(" ▸ ")
}

fn name<'m>(model: &'m Model, screen: &Screen) -> &'m str {
    match screen {
        Screen::Timeline(_) => "timeline",
        Screen::Page(reading) if reading.subject == Subject::Timeline => "about",
        Screen::Page(reading) => reading.subject.name(&model.timeline),
    }
}

/// What is being typed, else a notice, else what can be done here. Says where the text cursor stands.
pub(in crate::ui) fn status_bar(
    painter: &mut Painter<'_>,
    model: &Model,
    line: Rect,
) -> Option<Position> {
    painter.fill(line, Role::Bar);
    if let Some(Overlay::Search(search)) = &model.overlay {
        let rest = painter.text(line, " / ", Role::Key);
        let cursor = rest.x + u16::try_from(search.input.visual_cursor()).unwrap_or(u16::MAX);
        let rest = painter.clipped(rest, search.input.value(), Role::Bar);
        if let Some(notice) = &model.notice {
            painter.text(rest, &format!("   {}", notice.text), Role::Bar);
        }
        return cursor_in(line, cursor);
    }
    let left = position(painter, model, line);
    if !model.pending.is_empty() {
        let keys: String = model.pending.iter().map(ToString::to_string).collect();
        painter.text(left, &format!(" {keys} …"), Role::Bar);
    } else if let Some(notice) = &model.notice {
        let role = if notice.is_error {
            Role::Error
        } else {
            Role::Bar
        };
        painter.clipped(left, &format!(" {}", notice.text), role);
    } else {
        hints(painter, model, left);
    }
    None
}

/// Where one is among all events, at the right.
fn position(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let text = match model.screen() {
        Screen::Timeline(_) if model.timeline.is_empty() => " no events ".to_owned(),
        Screen::Timeline(screen) => {
            format!(" {} of {} ", screen.selected + 1, model.timeline.len())
        }
        Screen::Page(reading) => format!(" {} ", reading.subject.noun()),
    };
    if cells(&text) > line.width {
        line
    } else {
        painter.right(line, &text, Role::Bar)
    }
}

/// The commands that matter most in each mode, as many as there is room for.
fn hints(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    let names: &[(&str, &str)] = match model.mode() {
        Mode::List => &[
            ("help", "help"),
            ("open", "open"),
            ("search", "search"),
            ("next-contested", "contested"),
            ("zoom-event", "zoom"),
            ("palette", "all commands"),
            ("quit", "quit"),
        ],
        Mode::Detail => &[
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("back", "to the list"),
            ("next-event", "next event"),
        ],
        Mode::Page => &[
            ("help", "help"),
            ("next-link", "next link"),
            ("open", "follow"),
            ("back", "back"),
            ("in-timeline", "in timeline"),
            ("search", "search"),
        ],
        Mode::Help | Mode::Problems => &[("close", "close"), ("down", "down"), ("up", "up")],
        Mode::Palette => &[
            ("accept", "run it"),
            ("next-choice", "next"),
            ("cancel", "close"),
        ],
        Mode::Search => &[],
    };
    let mut rest = painter.text(line, " ", Role::Bar);
    for (command, words) in names {
        let key = keymap::hint(command);
        let width = cells(key) + 1 + cells(words) + 3;
        if width > rest.width {
            break;
        }
        rest = painter.text(rest, key, Role::Key);
        rest = painter.text(rest, &format!(" {words}   "), Role::Bar);
    }
}
