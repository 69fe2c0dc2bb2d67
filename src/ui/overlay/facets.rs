//! The facets, in place of the detail: the values of each field, with the number of events that each would leave.

use ratatui::layout::Rect;

use super::frame::{boxed_at, more_marks};
use crate::app::overlay::{FacetRow, FacetsPane};
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
use crate::query::{FacetSelection, FacetValue};
use crate::ui::paint::{Painter, row};

/// The widest pane, in cells.
const WIDEST: u16 = 56;

/// The narrowest screen on which something is left visible next to the pane, in cells.
const ROOM_BESIDE: u16 = 60;

/// The lowest pane that leaves the overview visible, in cells.
const LOWEST: u16 = 10;

pub(super) fn draw(painter: &mut Painter<'_>, facets: &FacetsPane, regions: ScreenRegions) {
    let mut inside = boxed_at(painter, place(regions), "Facets: surely, possibly");
    if let Some(find) = &facets.find {
        let line = row(inside, 0);
        let prompt = painter.text(line, "/ ", Role::Key);
        painter.clipped(prompt, find.input.value(), Role::Text);
        let cursor = u16::try_from(find.input.visual_cursor()).unwrap_or(u16::MAX);
        painter.caret(line, prompt.x.saturating_add(cursor));
        take_top(&mut inside);
    }
    let rows = facets.rows();
    if rows.is_empty() {
        let words = if facets.find.is_some() {
            "No matching value"
        } else if facets.is_counted {
            "no field has a value here"
        } else {
            "counting …"
        };
        painter.clipped(row(inside, 0), words, Role::Quiet);
        painter.select(row(inside, 0));
        return;
    }
    let is_selected = |row: &FacetRow<'_>| matches!(row, FacetRow::Value(number, _) if *number == facets.selected);
    let at = rows.iter().position(is_selected).unwrap_or(0);
    let height = usize::from(inside.height).max(1);
    // The selected row is in the middle if there are more rows on both sides.
    let top = at
        .saturating_sub(height / 2)
        .min(rows.len().saturating_sub(height));
    for (index, facet) in (0..inside.height).zip(rows.iter().skip(top)) {
        let line = Rect {
            width: inside.width.saturating_sub(2),
            ..row(inside, index)
        };
        match facet {
            FacetRow::Gap => {}
            FacetRow::Field(group) => {
                painter.clipped(line, group.field.name, Role::Heading);
            }
            FacetRow::Value(_, value) => value_row(painter, value, line),
        }
        if is_selected(facet) {
            painter.tint(line, Role::Selected);
            painter.select(line);
        }
    }
    more_marks(painter, inside, (top > 0, top + height < rows.len()));
}

/// Draws the mark, the name and the counts of a value, which is quiet if it would leave no events.
fn value_row(painter: &mut Painter<'_>, value: &FacetValue, line: Rect) {
    let (mark, role) = match value.selected {
        FacetSelection::Included => ("✓ ", Role::Key),
        FacetSelection::Excluded => ("− ", Role::Denies),
        FacetSelection::Not if value.surely + value.possibly == 0 => ("  ", Role::Quiet),
        FacetSelection::Not => ("  ", Role::Text),
    };
    let possibly = if value.possibly > 0 {
        format!(" +{:<4}", value.possibly)
    } else {
        " ".repeat(6)
    };
    let rest = painter.right(line, &possibly, Role::Imprecise);
    let rest = painter.right(rest, &format!("{:>7}", value.surely), role);
    let rest = painter.text(rest, mark, role);
    painter.clipped(rest, &value.label, role);
}

/// The place of the pane: at the right, below the overview if there is room.
fn place(regions: ScreenRegions) -> Rect {
    let body = regions.body;
    let below = body.bottom().saturating_sub(regions.overview.bottom());
    let height = if regions.overview.is_empty() || below < LOWEST {
        body.height
    } else {
        below
    };
    let width = if body.width < ROOM_BESIDE {
        body.width
    } else {
        WIDEST.min(body.width * 2 / 3)
    };
    Rect {
        x: body.right() - width,
        y: body.bottom() - height,
        width,
        height,
    }
}

fn take_top(area: &mut Rect) {
    let height = 1.min(area.height);
    area.y += height;
    area.height -= height;
}
