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
    let menu = KeyMenu::of(&rows, body);
    let title = format!("{} …", pretty_keys(pending));
    let width = menu.width.max(cells(&title) + 2) + 4;
    let height = menu.height.saturating_add(2);
    let size = (width.min(body.width), height.min(body.height));
    let area = place(body, size, selected_row(painter, regions));
    let inside = boxed_at(painter, area, &title);
    for (column, lines) in (0u16..).zip(&menu.columns) {
        let left = skip(inside, column * (menu.column + GUTTER));
        let left = Rect {
            width: left.width.min(menu.column),
            ..left
        };
        for (index, (key, words)) in (0..inside.height).zip(lines) {
            let line = row(left, index);
            painter.text(line, key, Role::Key);
            painter.clipped(skip(line, menu.keys + 2), words, Role::Text);
        }
    }
}

/// The cells between two columns.
const GUTTER: u16 = 2;

/// The narrowest column of wrapped summaries, in cells.
const TEXT: u16 = 24;

/// The keys and summaries in lines. A line that goes on has no key.
struct KeyMenu<'k> {
    columns: Vec<Vec<(&'k str, String)>>,
    /// The width of all columns, of one column, and of the keys in it, in cells.
    width: u16,
    column: u16,
    keys: u16,
    height: u16,
}

impl<'k> KeyMenu<'k> {
    /// The first form with enough room: at most half of the body, so a selected row stays visible, or else the whole
    /// body. Two columns with their first lines are the last resort.
    fn of(rows: &'k [(String, String)], body: Rect) -> Self {
        let whole = body.width.saturating_sub(4);
        let half = whole.saturating_sub(GUTTER) / 2;
        let forms = [
            (1, whole, body.height / 2),
            (2, half, body.height / 2),
            (1, whole, body.height),
            (2, half, body.height),
        ];
        let fitting = forms.into_iter().find_map(|(count, room, most)| {
            let menu = Self::with(rows, (count, room), true);
            (menu.height + 2 <= most && menu.text_room() >= TEXT).then_some(menu)
        });
        fitting.unwrap_or_else(|| Self::with(rows, (2, half), false))
    }

    const fn text_room(&self) -> u16 {
        self.column.saturating_sub(self.keys + 2)
    }

    fn with(rows: &'k [(String, String)], (count, room): (usize, u16), is_wrapped: bool) -> Self {
        let keys = rows.iter().map(|(keys, _)| cells(keys)).max().unwrap_or(0);
        let words = rows.iter().map(|(_, words)| cells(words)).max();
        let column = (keys + 2 + words.unwrap_or(0)).min(room);
        let text_room = usize::from(column.saturating_sub(keys + 2)).max(1);
        let entries = rows.iter().map(|(key, words)| {
            let keys = std::iter::once(key.as_str()).chain(std::iter::repeat(""));
            if is_wrapped {
                keys.zip(text::wrap(words, text_room)).collect()
            } else {
                vec![(key.as_str(), words.clone())]
            }
        });
        let entries: Vec<Vec<(&str, String)>> = entries.collect();
        let all: usize = entries.iter().map(Vec::len).sum();
        let mut columns: Vec<Vec<(&str, String)>> = vec![Vec::new()];
        for entry in entries {
            let is_full = |column: &Vec<_>| column.len() >= all.div_ceil(count);
            if columns.last().is_some_and(is_full) {
                columns.push(Vec::new());
            }
            columns.last_mut().expect("one is there").extend(entry);
        }
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let gaps = u16::try_from(columns.len()).unwrap_or(1);
        Self {
            width: gaps * (column + GUTTER) - GUTTER,
            columns,
            column,
            keys,
            height: u16::try_from(height).unwrap_or(u16::MAX - 2),
        }
    }
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

/// The corner of the body where the menu does not cover the selection; the first corner if it always does.
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
