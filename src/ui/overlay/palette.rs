//! The palette: a line to type in, and the commands that it finds.

use ratatui::layout::Rect;

use super::frame::{beside_marks, boxed, more_marks};
use crate::app::model::Model;
use crate::app::overlay::{CommandPalette, PaletteChoice};
use crate::document::Role;
use crate::ui::paint::{Painter, row};

/// The column of the names, in cells.
const NAMES: u16 = 20;

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, palette: &CommandPalette, area: Rect) {
    let timeline = model.timeline();
    let scope = model.palette_scope();
    let choices = palette.choices(scope);
    let all = CommandPalette::default().choices(scope).len();
    let height = u16::try_from(all + 3).unwrap_or(u16::MAX);
    let inside = boxed(painter, area, 84, height, "Commands");
    let prompt = painter.text(row(inside, 0), "› ", Role::Key);
    painter.clipped(prompt, palette.input.value(), Role::Text);
    if choices.is_empty() {
        painter.text(row(inside, 1), "  No matching command", Role::Quiet);
    }
    let list = Rect {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1),
        ..inside
    };
    let room = usize::from(list.height).max(1);
    let top = (palette.selected + 1).saturating_sub(room);
    let more = (top > 0, top + room < choices.len());
    let shown = choices.iter().enumerate().skip(top);
    for (index, (number, choice)) in (0..list.height).zip(shown) {
        let line = beside_marks(row(list, index), more);
        let rest = painter.right(line, &choice.key(model.keymap()), Role::Key);
        // The name is enough if both do not fit.
        let width = if rest.width < 2 * NAMES {
            rest.width
        } else {
            NAMES
        };
        let name = Rect { width, ..rest };
        painter.clipped(name, &choice.name(timeline), Role::Title);
        let summary = Rect {
            x: rest.x + name.width,
            width: rest.width - name.width,
            ..rest
        };
        let words = choice.summary(timeline);
        let words = match choice {
            // Only dateline's own words contain names of keys.
            PaletteChoice::Command(_) | PaletteChoice::Advice { .. } => model.keymap().says(&words),
            PaletteChoice::View(_) | PaletteChoice::Scene { .. } | PaletteChoice::Theme(_) => {
                words.as_str().into()
            }
        };
        painter.clipped(summary, &words, Role::Text);
        if number == palette.selected {
            painter.tint(line, Role::Selected);
            painter.select(line);
        }
    }
    more_marks(painter, list, more);
    // The first choice is selected while letters are typed. The user moved to any other.
    if palette.selected == 0 {
        let cursor = u16::try_from(palette.input.visual_cursor()).unwrap_or(u16::MAX);
        painter.caret(row(inside, 0), prompt.x.saturating_add(cursor));
    }
}
