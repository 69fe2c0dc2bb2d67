//! The help: the keys of the screen below, from the command table.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::input::command::Command;
use crate::app::input::keymap::{KeySequence, Keymap};
use crate::app::model::Model;
use crate::app::overlay::help::{HelpRow, rows};
use crate::document::Role;
use crate::ui::paint::{Painter, cells, row};

/// The column of the keys, in cells.
const KEYS: u16 = 22;

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, scroll: usize, area: Rect) {
    let mode = model.mode_below();
    let rows = rows(model.keymap(), mode);
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX);
    let title = format!("Keys: {}", mode.as_str());
    let inside = boxed(painter, area, 78, height, &title);
    let last = rows.len().saturating_sub(usize::from(inside.height));
    let top = scroll.min(last);
    let shown = rows.iter().skip(top);
    for (index, help) in (0..inside.height).zip(shown) {
        let line = row(inside, index);
        match help {
            HelpRow::Gap => {}
            HelpRow::Group(group) => {
                painter.text(line, group.as_str(), Role::Heading);
            }
            HelpRow::Command(command) => command_row(painter, model.keymap(), *command, line),
        }
    }
    painter.select(row(inside, 0));
    more_marks(painter, inside, (top > 0, top < last));
}

fn command_row(painter: &mut Painter<'_>, keymap: &Keymap, command: Command, line: Rect) {
    // In a narrow box the first key is enough.
    let keys = if line.width < 2 * KEYS {
        KEYS / 2 - 1
    } else {
        KEYS
    };
    // A key without room is left out whole; one cell stays free between the keys and the summary.
    let mut rest = Rect {
        width: keys.min(line.width).saturating_sub(1),
        ..line
    };
    for (index, key) in keymap
        .keys(command)
        .iter()
        .map(KeySequence::pretty)
        .enumerate()
    {
        let gap = if index == 0 { "  " } else { " " };
        if index > 0 && cells(gap) + cells(key) > rest.width {
            break;
        }
        rest = painter.text(rest, gap, Role::Text);
        rest = painter.text(rest, key, Role::Key);
    }
    let summary = Rect {
        x: line.x + keys.min(line.width),
        width: line.width.saturating_sub(keys),
        ..line
    };
    painter.clipped(summary, &keymap.says(command.summary), Role::Text);
}
