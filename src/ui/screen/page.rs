//! A document on the screen: its lines, the selected link, what was found.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::screen::PageView;
use crate::app::screen::layout;
use crate::document::Role;
use crate::ui::overlay::more_marks;
use crate::ui::paint::{Painter, row};

/// A document on a screen of its own.
pub(in crate::ui) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    page_view: &PageView,
    area: Rect,
) {
    lines(painter, model, page_view, layout::page_area(area), true);
}

/// The lines of a document that an area shows; `focused` says whether the keys go to it.
pub(in crate::ui) fn lines(
    painter: &mut Painter<'_>,
    model: &Model,
    page_view: &PageView,
    area: Rect,
    focused: bool,
) {
    let text = layout::text_area(area);
    if focused {
        painter.select(row(text, 0));
    }
    let mut is_found = false;
    let shown = page_view
        .page
        .lines
        .iter()
        .skip(page_view.scroll)
        .take(usize::from(text.height));
    for (index, line) in (0u16..).zip(shown) {
        let mut rest = row(text, index);
        for piece in &line.pieces {
            let start = rest;
            rest = painter.text(rest, &piece.text, piece.role);
            if focused && piece.link.is_some() && piece.link == page_view.link {
                painter.tint(
                    Rect {
                        width: rest.x - start.x,
                        ..start
                    },
                    Role::Cursor,
                );
                if !is_found {
                    painter.select(start);
                }
                is_found = true;
            }
        }
    }
    if let Some(needle) = model.needle() {
        painter.mark(text, needle.as_str(), Role::Found);
    }
    more_marks(painter, area, page_view.more());
}
