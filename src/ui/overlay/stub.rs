//! Lines to copy into the file.

use ratatui::layout::Rect;

use super::frame::boxed;
use crate::app::overlay::TomlStub;
use crate::document::{Role, count};
use crate::ui::paint::{Painter, row};

pub(super) fn draw(painter: &mut Painter<'_>, stub: &TomlStub, area: Rect) {
    let lines = stub.lines.lines().count();
    // Below an empty line.
    let remark = if stub.is_view { 2 } else { 0 };
    let height = u16::try_from(lines + remark + 2).unwrap_or(u16::MAX);
    let inside = boxed(painter, area, 90, height, "Lines to paste into the file");
    let last = inside.height.saturating_sub(1);
    let height = usize::from(inside.height);
    let room = if lines > height { last } else { inside.height };
    for (index, line) in (0..room).zip(stub.lines.lines()) {
        painter.clipped(row(inside, index), line, Role::Text);
    }
    painter.select(row(inside, 0));
    if lines > height {
        let left = lines - usize::from(room);
        let cut = format!(
            "… {} more: a higher terminal shows them",
            count(left, "line")
        );
        painter.clipped(row(inside, last), &cut, Role::Warning);
    } else if stub.is_view && lines < height {
        let hint = "`dateline --print-view` prints it when you quit";
        painter.clipped(row(inside, last), hint, Role::Quiet);
    }
}
