//! The help: the keys from the command table, in columns, below the line that filters them.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::input::command::Command;
use crate::app::input::keymap::{KeySequence, Keymap};
use crate::app::model::Model;
use crate::app::overlay::HelpPane;
use crate::app::overlay::help::{GUTTER, HelpLayout, HelpLine};
use crate::document::Role;
use crate::ui::paint::{Painter, cells, row, skip};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, help: &HelpPane, area: Rect) {
    let mode = model.mode_below();
    let layout = HelpLayout::of(help, model.keymap(), mode, area);
    let title = format!("Keys: {}", mode.as_str());
    let (width, height) = (layout.total_width() + 4, layout.height.saturating_add(3));
    let inside = boxed(painter, area, width, height, &title);
    let prompt = painter.text(row(inside, 0), "› ", Role::Key);
    if help.input.value().is_empty() {
        painter.clipped(prompt, "type to filter", Role::Quiet);
    } else {
        painter.clipped(prompt, help.input.value(), Role::Text);
    }
    let list = Rect {
        y: inside.y + 1.min(inside.height),
        height: inside.height.saturating_sub(1),
        ..inside
    };
    let lowest = layout.lines.len().saturating_sub(layout.seen());
    let top = help.scroll.min(lowest);
    let mut shown = layout.lines.iter().skip(top);
    for column in 0..layout.columns {
        let place = skip(list, column * (layout.width + GUTTER));
        let place = Rect {
            width: layout.width.min(place.width),
            height: layout.height.min(list.height),
            ..place
        };
        for (index, line) in (0..place.height).zip(&mut shown) {
            help_line(
                painter,
                model.keymap(),
                line,
                (row(place, index), layout.keys),
            );
        }
    }
    more_marks(painter, list, (top > 0, top < lowest));
    // After scrolling, a screen reader reads from the first visible line.
    if top > 0 {
        painter.select(row(list, 0));
    } else {
        let cursor = u16::try_from(help.input.visual_cursor()).unwrap_or(u16::MAX);
        painter.caret(row(inside, 0), prompt.x.saturating_add(cursor));
    }
}

fn help_line(
    painter: &mut Painter<'_>,
    keymap: &Keymap,
    line: &HelpLine,
    (place, keys): (Rect, u16),
) {
    match line {
        HelpLine::Gap => {}
        HelpLine::Heading(words) => {
            painter.clipped(place, words, Role::Heading);
        }
        HelpLine::Command(command, summary) => {
            command_keys(painter, keymap, *command, (place, keys));
            painter.clipped(skip(place, keys), summary, Role::Text);
        }
        HelpLine::More(summary) => {
            painter.clipped(skip(place, keys), summary, Role::Text);
        }
        HelpLine::Nothing(words) => {
            painter.clipped(place, words, Role::Quiet);
        }
    }
}

/// Keys as hints show them; several digits in order are a range.
fn short(keys: &[KeySequence]) -> Vec<String> {
    let keys: Vec<&str> = keys.iter().map(KeySequence::pretty).collect();
    let next_digit = |one: &&str, other: &&str| {
        let digit = |key: &str| key.parse::<u8>().ok();
        digit(one).is_some_and(|one| digit(other) == Some(one + 1))
    };
    let runs = keys.chunk_by(next_digit);
    let short = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        few => few.iter().map(|key| (*key).to_owned()).collect(),
    });
    short.collect()
}

/// A key without room is left out whole; one cell stays free between the keys and the summary.
fn command_keys(
    painter: &mut Painter<'_>,
    keymap: &Keymap,
    command: Command,
    (place, width): (Rect, u16),
) {
    let mut rest = Rect {
        width: width.saturating_sub(1).min(place.width),
        ..place
    };
    for (index, key) in short(keymap.keys(command)).iter().enumerate() {
        let gap = if index == 0 { "  " } else { " " };
        if index > 0 && cells(gap) + cells(key) > rest.width {
            break;
        }
        rest = painter.text(rest, gap, Role::Text);
        rest = painter.text(rest, key, Role::Key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_order_are_a_range() {
        let read = |keys: &[&str]| -> Vec<KeySequence> {
            let keys = keys.iter().map(|key| KeySequence::parse(key));
            keys.map(|key| key.expect("a key")).collect()
        };
        assert_eq!(short(&read(&["1", "2", "3", "0"])), ["1–3", "0"]);
        assert_eq!(short(&read(&["@", "0", "1", "2"])), ["@", "0–2"]);
        assert_eq!(short(&read(&["j", "1", "2"])), ["j", "1", "2"]);
    }
}
