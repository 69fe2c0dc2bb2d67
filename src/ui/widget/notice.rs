//! A notice: in the line at the bottom, and if it is too long, in rows above it too.

use ratatui::layout::Rect;

use crate::app::state::notice::Notice;
use crate::document::Role;
use crate::text;
use crate::ui::paint::Painter;

/// The most rows of a notice. They cover the rows above the last line until the next key.
const ROWS: usize = 3;

/// Draws a notice. Its last row is `line`; the others are above it, from edge to edge.
pub(in crate::ui) fn draw(painter: &mut Painter<'_>, notice: &Notice, line: Rect) {
    let role = if notice.is_error {
        Role::Error
    } else {
        Role::Bar
    };
    let whole = painter.area();
    let most = ROWS.min(usize::from(whole.height / 4)).max(1);
    let room = usize::from(line.width.saturating_sub(1)).max(1);
    let mut rows = text::wrap(&notice.text, room);
    if rows.len() > most {
        // The last row says where it is cut.
        let rest = rows.split_off(most - 1).join(" ");
        rows.push(rest);
    }
    let above = u16::try_from(rows.len().saturating_sub(1)).unwrap_or(0);
    for (index, words) in (0u16..).zip(&rows) {
        let y = (line.y + index).saturating_sub(above);
        if y < line.y {
            let edge_to_edge = Rect {
                y,
                height: 1,
                ..whole
            };
            painter.fill(edge_to_edge, Role::Bar);
        }
        painter.clipped(Rect { y, ..line }, &format!(" {words}"), role);
    }
}
