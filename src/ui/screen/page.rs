//! A document on the screen: its lines, the selected link, what was found.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::screen::PageView;
use crate::app::screen::layout::{self, PageColumns};
use crate::document::Role;
use crate::ui::overlay::more_marks;
use crate::ui::paint::Painter;

/// A document on a screen of its own.
pub(in crate::ui) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    page_view: &PageView,
    area: Rect,
) {
    let area = layout::page_area(area);
    let columns = PageColumns::of(layout::text_area(area), page_view.subject.has_columns());
    lines_in(painter, model, page_view, (area, columns), true);
}

/// The lines of a document that an area shows; `focused` says whether the keys go to it.
pub(in crate::ui) fn lines(
    painter: &mut Painter<'_>,
    model: &Model,
    page_view: &PageView,
    area: Rect,
    focused: bool,
) {
    let columns = PageColumns::of(layout::text_area(area), false);
    lines_in(painter, model, page_view, (area, columns), focused);
}

fn lines_in(
    painter: &mut Painter<'_>,
    model: &Model,
    page_view: &PageView,
    (area, columns): (Rect, PageColumns),
    focused: bool,
) {
    if focused {
        painter.select(columns.row(0).unwrap_or_default());
    }
    let mut is_found = false;
    let shown = page_view
        .page
        .lines
        .iter()
        .skip(page_view.scroll)
        .take(usize::from(columns.lines()));
    for (index, line) in (0u16..).zip(shown) {
        let mut rest = columns.row(index).unwrap_or_default();
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
        painter.mark(layout::text_area(area), needle.as_str(), Role::Found);
    }
    more_marks(painter, area, page_view.more());
}
