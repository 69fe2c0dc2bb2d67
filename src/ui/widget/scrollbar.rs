//! The scrollbar of the list: the part of the list that is visible, with ticks where lines are worth a look.

use ratatui::layout::Rect;

use crate::app::screen::{TickKind, TimelineScreen, thumb};
use crate::document::Role;
use crate::ui::paint::{Painter, row};

/// The signs of a cell: outside the visible part, and in it.
struct CellLook {
    track: &'static str,
    thumb: &'static str,
    role: Role,
}

const PLAIN: CellLook = CellLook {
    track: "│",
    thumb: "┃",
    role: Role::Quiet,
};

const fn look(kind: TickKind) -> CellLook {
    match kind {
        TickKind::Contested => CellLook {
            track: "┤",
            thumb: "┫",
            role: Role::Contested,
        },
        TickKind::Changed => CellLook {
            track: "╢",
            thumb: "┨",
            role: Role::Key,
        },
        TickKind::Marked => CellLook {
            track: "┼",
            thumb: "╋",
            role: Role::Key,
        },
        TickKind::Match => CellLook {
            track: "╡",
            thumb: "╣",
            role: Role::Span,
        },
    }
}

/// `track`: the look of the line where there is nothing to show.
pub(in crate::ui) fn scrollbar(
    painter: &mut Painter<'_>,
    screen: &TimelineScreen,
    area: Rect,
    track: Role,
) {
    let thumb = thumb(screen.top, screen.lines(), area.height);
    for (cell, tick) in (0..area.height).zip(screen.ticks.cells(area.height)) {
        let look = tick.map_or(PLAIN, look);
        let (sign, role) = match (thumb.contains(&cell), tick) {
            (true, _) => (look.thumb, look.role),
            (false, Some(_)) => (look.track, look.role),
            (false, None) => (look.track, track),
        };
        painter.text(row(area, cell), sign, role);
    }
}
