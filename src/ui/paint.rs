//! The brush: the only way for text to reach a cell.
//!
//! Text is made visible (no control characters), cut to its room by width in cells, replaced by ASCII if the terminal
//! shows nothing else, and painted in the style of its role. Nothing is painted outside the buffer.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::cursor::ScreenCursor;
use super::glyphs;
use super::theme::ScreenAppearance;
use crate::document::Role;
use crate::text::{self, canonical, grapheme_width, plain_clusters, visible};

/// A buffer and how meanings look in it.
pub(super) struct Painter<'b> {
    buffer: &'b mut Buffer,
    appearance: ScreenAppearance,
    cursor: ScreenCursor,
    /// Areas where a click does what the key of a command does.
    hints: Vec<(Rect, &'static str)>,
}

impl<'b> Painter<'b> {
    pub fn new(buffer: &'b mut Buffer, appearance: ScreenAppearance) -> Self {
        Self {
            buffer,
            appearance,
            cursor: ScreenCursor::default(),
            hints: Vec::new(),
        }
    }

    /// Whether only ASCII can be painted.
    pub fn is_ascii(&self) -> bool {
        self.appearance.is_ascii
    }

    /// The whole buffer.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Where the terminal's cursor is after everything that was painted.
    pub fn cursor(&self) -> ScreenCursor {
        self.cursor
    }

    /// Puts the invisible cursor at the beginning of the selection. A caret stays where it is.
    pub fn select(&mut self, area: Rect) {
        let is_caret = matches!(self.cursor, ScreenCursor::Caret(_));
        let is_seen = !area.is_empty() && self.buffer.area.contains(area.as_position());
        if is_seen && !is_caret {
            self.cursor = ScreenCursor::Selection(area.as_position());
        }
    }

    /// Puts the caret at a column of a line, or at its end if the column is beyond.
    pub fn caret(&mut self, line: Rect, x: u16) {
        let at = Position::new(x.min(line.right().saturating_sub(1)), line.y);
        if line.contains(at) {
            self.cursor = ScreenCursor::Caret(at);
        }
    }

    /// Notes that a click in an area does what the key of a command does.
    pub fn hint(&mut self, area: Rect, command: &'static str) {
        self.hints.push((area, command));
    }

    /// The command of the hint at a place.
    pub fn hinted_at(&self, at: Position) -> Option<&'static str> {
        let mut hints = self.hints.iter().rev();
        hints.find(|(area, _)| area.contains(at)).map(|(_, it)| *it)
    }

    /// Empties an area.
    pub fn fill(&mut self, area: Rect, role: Role) {
        let mut empty = Cell::new(" ");
        empty.set_style(Style::reset().patch(self.appearance.style(role)));
        for line in area.intersection(self.buffer.area).rows() {
            self.unhalve(line.x, line.y);
            self.cells_of(line).fill(empty.clone());
        }
    }

    /// The cells of a line that lies in the buffer.
    fn cells_of(&mut self, line: Rect) -> &mut [Cell] {
        if line.is_empty() {
            return &mut [];
        }
        let first = self.buffer.index_of(line.x, line.y);
        &mut self.buffer.content[first..first + usize::from(line.width)]
    }

    /// Empties the cell before a place if the character in it reaches into the place.
    fn unhalve(&mut self, x: u16, y: u16) {
        let before = x.checked_sub(1).map(|x| Position::new(x, y));
        if let Some(cell) = before.and_then(|before| self.buffer.cell_mut(before))
            && grapheme_width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }

    /// Gives an area the ground of a role; the text in it stays.
    pub fn tint(&mut self, area: Rect, role: Role) {
        self.restyle(area, self.appearance.style(role));
    }

    fn restyle(&mut self, area: Rect, style: Style) {
        for line in area.intersection(self.buffer.area).rows() {
            for cell in self.cells_of(line) {
                cell.set_style(style);
            }
        }
    }

    /// Paints text from the left edge of a line. Returns the rest of the line.
    pub fn text(&mut self, line: Rect, text: &str, role: Role) -> Rect {
        if line.width == 0 || line.height == 0 || !self.buffer.area.contains(line.as_position()) {
            return Rect { width: 0, ..line };
        }
        let cells = line.width.min(self.buffer.area.right() - line.x);
        let room = usize::from(cells);
        let clean = visible(head(text, room));
        let (fitting, width) = fitting(&clean, room);
        let painted = if self.appearance.is_ascii {
            glyphs::ascii(fitting)
        } else {
            fitting.into()
        };
        self.unhalve(line.x, line.y);
        // Not `set_stringn`: it is generic, so the tests would compile it without optimisation.
        let span = Span::styled(painted, self.appearance.style(role));
        self.buffer.set_span(line.x, line.y, &span, cells);
        let width = u16::try_from(width).expect("the width was cut to the room");
        Rect {
            x: line.x + width,
            width: line.width - width,
            ..line
        }
    }

    /// Paints text in bold. Returns the rest of the line.
    pub fn bold(&mut self, line: Rect, text: &str, role: Role) -> Rect {
        let rest = self.text(line, text, role);
        let painted = Rect {
            width: line.width - rest.width,
            ..line
        };
        self.restyle(painted, Style::new().add_modifier(Modifier::BOLD));
        rest
    }

    /// Paints text, cut with an ellipsis if it is too long. Returns the rest of the line.
    pub fn clipped(&mut self, line: Rect, text: &str, role: Role) -> Rect {
        let room = usize::from(line.width);
        let head = head(text, room);
        let clean = visible(head);
        if head.len() == text.len() && text::width(&clean) <= room {
            return self.text(line, &clean, role);
        }
        let (fitting, _) = fitting(&clean, room.saturating_sub(1));
        let rest = self.text(line, fitting.trim_end(), role);
        self.text(rest, "…", role)
    }

    /// Paints text at the right edge of a line. Returns the rest of the line.
    pub fn right(&mut self, line: Rect, text: &str, role: Role) -> Rect {
        let width = cells(text).min(line.width);
        let left = Rect {
            width: line.width - width,
            ..line
        };
        self.text(
            Rect {
                x: left.right(),
                width,
                ..line
            },
            text,
            role,
        );
        left
    }

    /// Marks each place of `needle` on the lines of an area. Letter case and the form of accents do not matter;
    /// `needle` is in lower case and canonical form.
    pub fn mark(&mut self, area: Rect, needle: &str, role: Role) {
        for line in area.intersection(self.buffer.area).rows() {
            let mut text = String::new();
            let mut columns = Vec::new();
            for position in line.positions() {
                let symbol = self.buffer[position].symbol();
                if let [byte] = symbol.as_bytes() {
                    columns.push(position.x);
                    text.push(char::from(byte.to_ascii_lowercase()));
                    continue;
                }
                let symbol = canonical(symbol).to_lowercase();
                columns.extend(std::iter::repeat_n(position.x, symbol.len()));
                text.push_str(&symbol);
            }
            for (start, found) in text.match_indices(needle) {
                let last = columns
                    .get(start + found.len() - 1)
                    .copied()
                    .unwrap_or(line.x);
                let first = columns.get(start).copied().unwrap_or(last);
                self.tint(
                    Rect {
                        x: first,
                        width: last - first + 1,
                        ..line
                    },
                    role,
                );
            }
        }
    }
}

/// The most bytes of a text that are examined for one cell: a letter and the thirty marks on it, twice over.
const BYTES: usize = 128;

/// The beginning of a text, which has at least everything that fits into `room` cells. A line of ten million characters
/// then costs no more than a line that fills the screen.
fn head(text: &str, room: usize) -> &str {
    let end = text.floor_char_boundary((room + 2) * BYTES);
    text.get(..end).unwrap_or(text)
}

/// The largest width that is measured, in cells: no screen is wider, and sums of such widths do not overflow.
const WIDEST: u16 = 4096;

/// How many cells a text takes once it is made visible, up to the widest.
pub(super) fn cells(text: &str) -> u16 {
    let width = text::width(&visible(head(text, WIDEST.into())));
    u16::try_from(width).unwrap_or(WIDEST).min(WIDEST)
}

/// The rest of a line after some cells.
pub(super) fn skip(line: Rect, cells: u16) -> Rect {
    let cells = cells.min(line.width);
    Rect {
        x: line.x + cells,
        width: line.width - cells,
        ..line
    }
}

/// A row of an area, counted from its top; empty below its bottom.
pub(super) fn row(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect {
            y: area.y + index,
            height: 1,
            ..area
        }
    } else {
        Rect::default()
    }
}

/// The beginning of a text that fits in `room` cells, and its width. Each grapheme begins a cell, so their widths are
/// added up: the text as a whole may have another width.
fn fitting(text: &str, room: usize) -> (&str, usize) {
    let plain = plain_clusters(text).min(room);
    let (first, rest) = text.split_at(plain);
    if plain == room && !rest.is_empty() {
        return (first, room);
    }
    let mut width = plain;
    for (at, grapheme) in rest.grapheme_indices(true) {
        let after = width + grapheme_width(grapheme);
        if after > room {
            // A non-joiner is part of a word only if the next letter is there too.
            let cut = text.get(..plain + at).unwrap_or_default();
            return (cut.trim_end_matches('\u{200c}'), width);
        }
        width = after;
    }
    (text, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_marked_however_its_accents_are_spelled() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let mut painter = Painter::new(&mut buffer, ScreenAppearance::default());
        let line = painter.area();
        painter.text(line, "xE\u{301}y", Role::Text);
        painter.mark(line, "\u{e9}", Role::Found);
        let styles: Vec<_> = (0..3).map(|x| buffer[(x, 0)].style()).collect();
        assert_ne!(styles[1], styles[0]);
        assert_eq!(styles[2], styles[0]);
    }

    #[test]
    fn a_word_that_is_cut_behind_a_non_joiner_shows_no_trace_of_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        let mut painter = Painter::new(&mut buffer, ScreenAppearance::default());
        let line = painter.area();
        painter.clipped(line, "می\u{200c}خواهم", Role::Text);
        let symbols: Vec<&str> = (0..3).map(|x| buffer[(x, 0)].symbol()).collect();
        assert_eq!(symbols, ["م", "ی", "…"]);
    }

    #[test]
    fn what_is_painted_over_half_of_a_wide_character_is_seen() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut painter = Painter::new(&mut buffer, ScreenAppearance::default());
        let line = painter.area();
        painter.text(line, "漢字漢", Role::Text);
        painter.text(Rect { x: 3, ..line }, "│", Role::Quiet);
        assert_eq!(buffer[(2, 0)].symbol(), " ");
        assert_eq!(buffer[(3, 0)].symbol(), "│");
    }
}
