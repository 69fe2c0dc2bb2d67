//! What is wrong with the files, one mistake after the other, with its remedy.

use ratatui::layout::Rect;

use super::boxed;
use crate::app::model::{Model, Problem};
use crate::document::Role;
use crate::ui::paint::{Painter, row};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, scroll: usize, area: Rect) {
    let title = crate::document::count(model.problems.len(), "finding");
    let inside = boxed(painter, area, 110, area.height.saturating_sub(2), &title);
    let mut left = inside;
    for problem in model.problems.iter().skip(scroll) {
        let used = finding(painter, problem, left);
        left.y += used.min(left.height);
        left.height -= used.min(left.height);
    }
}

/// Draws one finding and says how many rows it took, with the empty one below it.
fn finding(painter: &mut Painter<'_>, problem: &Problem, area: Rect) -> u16 {
    let role = if problem.is_error {
        Role::Error
    } else {
        Role::Warning
    };
    let rest = painter.text(row(area, 0), problem.kind, role);
    painter.clipped(rest, &format!("  {}", problem.place), Role::Quiet);
    let width = usize::from(area.width.saturating_sub(2)).max(1);
    let mut used = 1;
    let mut paragraph = |painter: &mut Painter<'_>, text: &str, role: Role| {
        for line in textwrap::wrap(&crate::text::visible(text), width) {
            let place = row(area, used);
            painter.text(
                Rect {
                    x: place.x + 2.min(place.width),
                    width: place.width.saturating_sub(2),
                    ..place
                },
                &line,
                role,
            );
            used += 1;
        }
    };
    paragraph(painter, &problem.message, Role::Text);
    for help in &problem.help {
        paragraph(painter, help, Role::Quiet);
    }
    used + 1
}
