//! Overlays as they look; the files bear the names of those in `app`.

mod facets;
mod filter;
mod help;
mod matrix;
mod palette;
mod problems;
mod stub;

use ratatui::layout::{Position, Rect};

use super::paint::{Painter, cells, row};
use crate::app::layout::Regions;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::document::Role;

/// Draws what lies above the screen. Says where the text cursor stands.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    overlay: &Overlay,
    regions: Regions,
) -> Option<Position> {
    match overlay {
        Overlay::Help(scroll) => {
            help::draw(painter, model, *scroll, regions.body);
            None
        }
        Overlay::Problems(scroll) => {
            problems::draw(painter, model, *scroll, regions.body);
            None
        }
        Overlay::Palette(palette) => palette::draw(painter, model, palette, regions.body),
        Overlay::Facets(pane) => {
            facets::draw(painter, pane, regions);
            None
        }
        Overlay::Matrix(state) => {
            matrix::draw(painter, state, regions.body);
            None
        }
        Overlay::Filter(prompt) => {
            filter::draw(painter, &model.keymap, prompt, regions);
            None
        }
        Overlay::Stub(lines) => {
            stub::draw(painter, lines, regions.body);
            None
        }
        Overlay::Search(_) | Overlay::Range(_) | Overlay::AsOf(_) => None,
    }
}

/// Arrows at the right edge say that there is more above or below.
pub(super) fn more_marks(painter: &mut Painter<'_>, area: Rect, (above, below): (bool, bool)) {
    if above {
        painter.right(row(area, 0), "↑", Role::Quiet);
    }
    if below {
        painter.right(row(area, area.height.saturating_sub(1)), "↓", Role::Quiet);
    }
}

/// What is left of a line beside the arrows, where there are some in its list.
fn beside_marks(line: Rect, (above, below): (bool, bool)) -> Rect {
    let marks = if above || below { 2 } else { 0 };
    Rect {
        width: line.width.saturating_sub(marks),
        ..line
    }
}

/// A framed box in the middle of an area, at most so large. Returns what is inside.
fn boxed(painter: &mut Painter<'_>, area: Rect, width: u16, height: u16, title: &str) -> Rect {
    let frame = area.centered(
        // A sliver of what lies below is no use to anybody.
        ratatui::layout::Constraint::Length(if width + 16 > area.width {
            area.width
        } else {
            width
        }),
        ratatui::layout::Constraint::Length(height.min(area.height)),
    );
    boxed_at(painter, frame, title)
}

/// A framed box that fills an area. Returns what is inside.
fn boxed_at(painter: &mut Painter<'_>, frame: Rect, title: &str) -> Rect {
    painter.fill(frame, Role::Text);
    if frame.width < 4 || frame.height < 3 {
        return frame;
    }
    let inner = usize::from(frame.width - 2);
    for index in 1..frame.height - 1 {
        painter.text(row(frame, index), "│", Role::Quiet);
        painter.right(row(frame, index), "│", Role::Quiet);
    }
    painter.text(
        row(frame, 0),
        &format!("╭{}╮", "─".repeat(inner)),
        Role::Quiet,
    );
    painter.text(
        row(frame, frame.height - 1),
        &format!("╰{}╯", "─".repeat(inner)),
        Role::Quiet,
    );
    let head = Rect {
        x: frame.x + 2,
        width: frame.width - 4,
        ..row(frame, 0)
    };
    painter.clipped(
        Rect {
            width: head.width.min(cells(title) + 2),
            ..head
        },
        &format!(" {title} "),
        Role::Title,
    );
    Rect {
        x: frame.x + 2,
        y: frame.y + 1,
        width: frame.width - 4,
        height: frame.height - 2,
    }
}
