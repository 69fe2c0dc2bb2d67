//! The menu of keys: while a sequence is begun, the keys that may follow and what they do.

use ratatui::layout::Rect;

use super::frame::boxed_at;
use crate::app::input::keymap::pretty_keys;
use crate::app::model::Model;
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
use crate::text;
use crate::ui::paint::{Painter, cells, row, skip};

pub(in crate::ui) fn draw(painter: &mut Painter<'_>, model: &Model, regions: ScreenRegions) {
    let pending = model.pending_keys();
    let rows = model.following_keys();
    let body = regions.body;
    if rows.is_empty() || body.height < 3 {
        return;
    }
    let keys = rows.iter().map(|(keys, _)| cells(keys)).max().unwrap_or(0);
    let words = rows.iter().map(|(_, words)| cells(words)).max();
    let title = format!("{} …", pretty_keys(pending));
    let width = (keys + 2 + words.unwrap_or(0)).max(cells(&title) + 2) + 4;
    let width = width.min(body.width);
    let lines = lines(&rows, usize::from(width.saturating_sub(keys + 6)));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let height = height.min(body.height);
    let area = place(body, (width, height), selected_row(painter, regions));
    let inside = boxed_at(painter, area, &title);
    for (index, (key, words)) in (0..inside.height).zip(&lines) {
        let line = row(inside, index);
        painter.text(line, key, Role::Key);
        painter.clipped(skip(line, keys + 2), words, Role::Text);
    }
}

/// The rows in lines of at most `room` cells; a line that goes on has no key.
fn lines(rows: &[(String, String)], room: usize) -> Vec<(&str, String)> {
    let lines = rows.iter().flat_map(|(key, words)| {
        let keys = std::iter::once(key.as_str()).chain(std::iter::repeat(""));
        keys.zip(text::wrap(words, room.max(1)))
    });
    lines.collect()
}

/// The row of the selection, as wide as the part of the screen that has it.
fn selected_row(painter: &Painter<'_>, regions: ScreenRegions) -> Rect {
    let at = painter.cursor().position();
    let parts = [regions.list, regions.detail, regions.body];
    let part = parts.into_iter().find(|part| part.contains(at));
    part.map_or_else(Rect::default, |part| Rect {
        y: at.y,
        height: 1,
        ..part
    })
}

/// The corner of the body where the menu does not cover the selection; the first if it does in all.
fn place(body: Rect, (width, height): (u16, u16), selection: Rect) -> Rect {
    let (right, bottom) = (body.right() - width, body.bottom() - height);
    let corners = [
        (right, bottom),
        (right, body.y),
        (body.x, bottom),
        (body.x, body.y),
    ];
    let corners = corners.map(|(x, y)| Rect {
        x,
        y,
        width,
        height,
    });
    let mut free = corners.iter().filter(|it| !it.intersects(selection));
    *free.next().unwrap_or(&corners[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_covers_the_selection_only_where_it_covers_everything() {
        let body = Rect::new(0, 1, 80, 20);
        for y in 1..21 {
            let selection = Rect::new(0, y, 80, 1);
            for height in 3..=20 {
                let menu = place(body, (40, height), selection);
                assert_eq!(menu.intersection(body), menu);
                let is_free = !menu.intersects(selection);
                let has_room = (y - 1).max(20 - y) >= height;
                assert_eq!(is_free, has_room, "row {y}, height {height}");
            }
        }
    }
}
