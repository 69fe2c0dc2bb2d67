//! The lines that a promotion would add to a file.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::overlay::{PreviewLine, PromotionPreview};
use crate::document::Role;
use crate::text::visible;
use crate::ui::paint::{Painter, row};

pub(super) fn draw(painter: &mut Painter<'_>, preview: &PromotionPreview, area: Rect) {
    let (width, height) = preview.size(area);
    let title = format!("Add to {}", visible(&preview.plan.change.name));
    let inside = boxed(painter, area, width, height, &title);
    let lines = preview.lines(width);
    let seen = usize::from(inside.height);
    let first = preview.first(lines.len(), seen);
    for (index, line) in (0..inside.height).zip(lines.iter().skip(first)) {
        let place = row(inside, index);
        match line {
            PreviewLine::Gap => {}
            PreviewLine::Place(line) => {
                painter.clipped(place, &format!("from line {line} on"), Role::Quiet);
            }
            PreviewLine::Added(text) => {
                let rest = painter.text(place, "+ ", Role::Key);
                painter.clipped(rest, text, Role::Text);
            }
        }
    }
    painter.select(row(inside, 0));
    more_marks(painter, inside, (first > 0, first + seen < lines.len()));
}
