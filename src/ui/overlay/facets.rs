//! The facets: the values of each field with how many events each would leave, in the place of the detail.

use ratatui::layout::Rect;

use super::frame::{boxed_at, more_marks};
use crate::app::overlay::{FacetRow, FacetsPane};
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
use crate::query::{FacetSelection, FacetValue};
use crate::ui::paint::{Painter, row};

/// The widest pane, in cells.
const WIDEST: u16 = 56;

pub(super) fn draw(painter: &mut Painter<'_>, facets: &FacetsPane, regions: ScreenRegions) {
    let body = regions.body;
    let width = WIDEST.min(body.width * 2 / 3).max(30.min(body.width));
    let area = Rect {
        x: body.right() - width,
        width,
        ..body
    };
    let inside = boxed_at(painter, area, "Facets: surely, possibly");
    let rows = facets.rows();
    if rows.is_empty() {
        let words = if facets.is_counted {
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

/// The mark, the name and the counts; what would leave nothing is quiet.
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
