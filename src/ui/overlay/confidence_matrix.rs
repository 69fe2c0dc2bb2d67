//! How the matrix of confidence looks: aspects down, levels across, the rule below.

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

/// The rule by which an event is counted at a level: see `timeline::assessment`.
const fn rule_of(level: Level) -> &'static str {
    match level {
        Level::Established => "established: every speaker states it as fact.",
        Level::Likely => {
            "likely: at least one speaker uses an estimative word, and none a word below even odds."
        }
        Level::Contested => "contested: claims differ.",
        Level::Unlikely => "unlikely: a speaker uses a word that begins below even odds.",
        Level::Unstated => {
            "unstated: no claim is about it, or only in words that no yardstick places."
        }
    }
}

/// What holds for all levels.
const RULE: &str = "An event counts once for each aspect; it has no level as a whole.";

/// The measures of the matrix in an area.
struct MatrixLayout {
    /// The width of the column of aspects, and of a level.
    names: u16,
    cell: u16,
    /// Whether every second head is on a line below, because the heads do not fit side by side.
    is_staggered: bool,
    /// The rule: in full, or only for the selected level if there is no room for that.
    rule: Vec<String>,
    /// The lines that the rule takes on any level.
    rule_height: usize,
}

impl MatrixLayout {
    fn of(matrix: &ConfidenceMatrix, area: Rect) -> Self {
        let names = NAMES.min(area.width.saturating_sub(4));
        let count = u16::try_from(Level::ALL.len()).unwrap_or(1);
        let room = WIDTH.min(area.width).saturating_sub(4 + names);
        let cell = CELL.min(room / count);
        let is_staggered = Level::ALL.iter().any(|level| cells(level.as_str()) >= cell);
        let mut layout = Self {
            names,
            cell,
            is_staggered,
            rule: Vec::new(),
            rule_height: 0,
        };
        let width = usize::from(WIDTH.min(area.width).saturating_sub(6).max(1));
        let most = usize::from(area.height.saturating_sub(2));
        let most = most.saturating_sub(layout.above_rule(matrix));
        let all = Level::ALL.iter().map(|level| rule_of(*level));
        let all: Vec<&str> = all.chain([RULE]).collect();
        let full = text::wrap(&all.join(" "), width);
        if full.len() <= most {
            layout.rule_height = full.len();
            layout.rule = full;
            return layout;
        }
        let each = Level::ALL
            .iter()
            .map(|level| text::wrap(rule_of(*level), width));
        let mut each: Vec<Vec<String>> = each.collect();
        layout.rule_height = each.iter().map(Vec::len).max().unwrap_or(0);
        layout.rule = each.drain(..).nth(matrix.level).unwrap_or_default();
        layout
    }

    const fn heads(&self) -> u16 {
        if self.is_staggered { 2 } else { 1 }
    }

    /// The heads, the aspects and an empty line.
    fn above_rule(&self, matrix: &ConfidenceMatrix) -> usize {
        usize::from(self.heads()) + matrix.aspects.len() + 1
    }
}

pub(super) fn draw(painter: &mut Painter<'_>, matrix: &ConfidenceMatrix, area: Rect) {
    let layout = MatrixLayout::of(matrix, area);
    let rows = layout.above_rule(matrix) + layout.rule_height + 2;
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let titles = [
        "How sure the claims are: events by aspect and level",
        "Events by aspect and level",
    ];
    let fits = |title: &&str| cells(title) + 6 <= area.width;
    let title = titles.iter().copied().find(fits).unwrap_or(titles[1]);
    let inside = boxed(painter, area, WIDTH, rows, title);
    heads(painter, inside, &layout);
    let below_heads = below(inside, layout.heads());
    // If not all aspects fit, the selected one stays visible, and signs show that there are more.
    let room = usize::from(below_heads.height).saturating_sub(layout.rule_height);
    let room = room.min(matrix.aspects.len()).max(1);
    let top = (matrix.aspect + 1).saturating_sub(room);
    let shown = matrix.aspects.iter().enumerate().skip(top).take(room);
    for (index, (number, aspect)) in (0u16..).zip(shown) {
        let line = row(below_heads, index);
        aspect_row(painter, matrix, (number, *aspect), (line, &layout));
    }
    let seen = Rect {
        height: u16::try_from(room)
            .unwrap_or(u16::MAX)
            .min(below_heads.height),
        ..below_heads
    };
    let is_cut = top + room < matrix.aspects.len();
    more_marks(painter, seen, (top > 0, is_cut));
    // An empty line separates the rule, if there is room for it.
    let rest = below(below_heads, seen.height);
    let gap = u16::from(usize::from(rest.height) > layout.rule_height);
    let rest = below(rest, gap);
    for (index, words) in (0..rest.height).zip(&layout.rule) {
        painter.clipped(row(rest, index), words, Role::Quiet);
    }
}

fn aspect_row(
    painter: &mut Painter<'_>,
    matrix: &ConfidenceMatrix,
    (number, aspect): (usize, Aspect),
    (line, layout): (Rect, &MatrixLayout),
) {
    let name = Rect {
        width: layout.names.min(line.width),
        ..line
    };
    painter.clipped(name, aspect.as_str(), Role::Label);
    for (column, level) in (0u16..).zip(Level::ALL) {
        let here = place(line, layout.names + column * layout.cell, layout.cell);
        let number_place = one(painter, matrix, (aspect, *level), here);
        let is_selected = number == matrix.aspect && usize::from(column) == matrix.level;
        if is_selected {
            painter.tint(here, Role::Selected);
            painter.select(number_place);
        }
    }
}

/// The part of an area below some rows.
fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

fn heads(painter: &mut Painter<'_>, area: Rect, layout: &MatrixLayout) {
    for (column, level) in (0u16..).zip(Level::ALL) {
        let index = if layout.is_staggered { column % 2 } else { 0 };
        let line = row(area, index);
        let to = layout.names + (column + 1) * layout.cell;
        let head = Rect {
            width: to.min(line.width),
            ..line
        };
        let name = level.as_str();
        let width = cells(name).min(head.width);
        painter.text(skip(head, head.width - width), name, Role::Heading);
    }
}

/// Draws the number of a cell: marked if the filter names the cell, quiet if it is empty. Returns the place of the
/// number.
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
