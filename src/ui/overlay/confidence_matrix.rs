//! The matrix of confidence as it looks: aspects down, levels across, the rule below.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::overlay::ConfidenceMatrix;
use crate::document::Role;
use crate::query::FacetSelection;
use crate::text;
use crate::timeline::Level;
use crate::timeline::term::Aspect;
use crate::ui::paint::{Painter, cells, row, skip};

/// The width of the column of aspects, and of a level.
const NAMES: u16 = 9;
const CELL: u16 = 13;
const WIDTH: u16 = 80;

/// The rule by which an event is counted in a cell: see `timeline::assessment`.
const RULE: &str = "established: every speaker states it as fact. likely: at least one speaker uses an estimative word, and none \
     a word below even odds. unlikely: a speaker uses a word that begins below even odds. contested: claims differ. \
     unstated: no claim is about it, or only in words that no yardstick places. An event counts once for each \
     aspect; it has no level as a whole.";

pub(super) fn draw(painter: &mut Painter<'_>, matrix: &ConfidenceMatrix, area: Rect) {
    let room = WIDTH.min(area.width).saturating_sub(6).max(1);
    let lines = text::wrap(RULE, usize::from(room));
    let rows = u16::try_from(matrix.aspects.len() + lines.len() + 4).unwrap_or(u16::MAX);
    let title = "How sure the claims are: events by aspect and level";
    let inside = boxed(painter, area, WIDTH, rows, title);
    let names = NAMES.min(inside.width);
    let count = u16::try_from(Level::ALL.len()).unwrap_or(1);
    let cell = CELL.min(inside.width.saturating_sub(names) / count);
    heads(painter, row(inside, 0), (names, cell));
    // Where not all aspects fit, the selected one stays in sight and signs show that there are more.
    let room_for_aspects = usize::from(inside.height).saturating_sub(1).max(1);
    let top = (matrix.aspect + 1).saturating_sub(room_for_aspects);
    let shown = matrix
        .aspects
        .iter()
        .enumerate()
        .skip(top)
        .take(room_for_aspects);
    for (index, (number, aspect)) in (1u16..).zip(shown) {
        let line = row(inside, index);
        painter.clipped(
            Rect {
                width: names.min(line.width),
                ..line
            },
            aspect.as_str(),
            Role::Label,
        );
        for (column, level) in (0u16..).zip(Level::ALL) {
            let here = place(line, names + column * cell, cell);
            let number_place = one(painter, matrix, (*aspect, *level), here);
            let is_selected = number == matrix.aspect && usize::from(column) == matrix.level;
            if is_selected {
                painter.tint(here, Role::Selected);
                painter.select(number_place);
            }
        }
    }
    let is_cut = top + room_for_aspects < matrix.aspects.len();
    more_marks(painter, below_heads(inside), (top > 0, is_cut));
    rule(painter, &lines, inside, matrix.aspects.len());
}

fn below_heads(inside: Rect) -> Rect {
    Rect {
        y: inside.y + 1.min(inside.height),
        height: inside.height.saturating_sub(1),
        ..inside
    }
}

/// The rule, as far as it fits below the aspects.
fn rule(painter: &mut Painter<'_>, lines: &[String], inside: Rect, aspects: usize) {
    let first = u16::try_from(aspects + 2).unwrap_or(u16::MAX);
    for (index, text) in (first..inside.height).zip(lines) {
        let rest = painter.clipped(row(inside, index), text, Role::Quiet);
        let is_cut = index + 1 == inside.height && usize::from(index - first) + 1 < lines.len();
        if is_cut {
            painter.text(rest, " …", Role::Quiet);
        }
    }
}

fn heads(painter: &mut Painter<'_>, line: Rect, (names, cell): (u16, u16)) {
    for (column, level) in (0u16..).zip(Level::ALL) {
        let here = place(line, names + column * cell, cell);
        let name = level.as_str();
        if cells(name) < here.width {
            painter.right(here, name, Role::Heading);
        } else {
            let room = Rect {
                x: here.x + 1,
                width: here.width.saturating_sub(1),
                ..here
            };
            painter.clipped(room, name, Role::Heading);
        }
    }
}

/// The number of a cell; what the filter names is marked, what is empty is quiet. Returns the place of the number.
fn one(
    painter: &mut Painter<'_>,
    matrix: &ConfidenceMatrix,
    (aspect, level): (Aspect, Level),
    place: Rect,
) -> Rect {
    let (text, role) = match matrix.cell(aspect, level) {
        None if matrix.group.is_none() => ("…".to_owned(), Role::Quiet),
        None => ("·".to_owned(), Role::Faint),
        Some(value) => {
            let count = value.surely + value.possibly;
            match value.selected {
                FacetSelection::Included => (format!("✓ {count}"), Role::Key),
                FacetSelection::Excluded => (format!("− {count}"), Role::Denies),
                FacetSelection::Not if count == 0 => ("·".to_owned(), Role::Faint),
                FacetSelection::Not if level == Level::Contested => {
                    (count.to_string(), Role::Contested)
                }
                FacetSelection::Not => (count.to_string(), Role::Text),
            }
        }
    };
    let blank = painter.right(place, &text, role);
    skip(place, blank.width)
}

fn place(line: Rect, x: u16, width: u16) -> Rect {
    let x = x.min(line.width);
    Rect {
        x: line.x + x,
        width: width.min(line.width - x),
        ..line
    }
}
