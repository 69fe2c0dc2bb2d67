//! The frame of an overlay, and the arrows of a list that is longer than its frame.

use ratatui::layout::{Constraint, Rect};

use crate::document::Role;
use crate::ui::paint::{Painter, cells, row};

/// Draws arrows at the right edge where there is more above or below.
pub(in crate::ui) fn more_marks(
    painter: &mut Painter<'_>,
    area: Rect,
    (above, below): (bool, bool),
) {
    if above {
        painter.right(row(area, 0), "↑", Role::Quiet);
    }
    if below {
        painter.right(row(area, area.height.saturating_sub(1)), "↓", Role::Quiet);
    }
}

/// The part of a line that the arrows leave free.
pub(super) fn beside_marks(line: Rect, (above, below): (bool, bool)) -> Rect {
    let marks = if above || below { 2 } else { 0 };
    Rect {
        width: line.width.saturating_sub(marks),
        ..line
    }
}

/// Draws a frame in the middle of an area, at most `width` by `height`. Returns the area inside.
pub(super) fn boxed(
    painter: &mut Painter<'_>,
    area: Rect,
    width: u16,
    height: u16,
    title: &str,
) -> Rect {
    let frame = area.centered(
        // A strip narrower than 16 cells would show nothing useful of the screen below.
        Constraint::Length(if width + 16 > area.width {
            area.width
        } else {
            width
        }),
        Constraint::Length(height.min(area.height)),
    );
    boxed_at(painter, frame, title)
}

/// Draws a frame around an area. Returns the area inside.
pub(in crate::ui) fn boxed_at(painter: &mut Painter<'_>, frame: Rect, title: &str) -> Rect {
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
