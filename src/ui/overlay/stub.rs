//! Lines to copy into the file.

use ratatui::layout::Rect;

use super::boxed;
use crate::document::Role;
use crate::ui::paint::{Painter, row};

pub(super) fn draw(painter: &mut Painter<'_>, stub: &str, area: Rect) {
    let lines = stub.lines().count();
    let height = u16::try_from(lines + 4).unwrap_or(u16::MAX);
    let inside = boxed(painter, area, 90, height, "Lines to paste into the file");
    for (index, line) in (0u16..).zip(stub.lines()) {
        painter.clipped(row(inside, index), line, Role::Text);
    }
    let remark = "`dateline --print-view` prints it when you leave";
    painter.clipped(
        row(inside, inside.height.saturating_sub(1)),
        remark,
        Role::Quiet,
    );
}
