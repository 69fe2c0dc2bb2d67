//! A query for an engine of another program: the languages, the query, and what it leaves to dateline.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::overlay::{EngineQueryLine, EngineQueryPane};
use crate::document::Role;
use crate::ui::paint::{Painter, row};

pub(super) fn draw(painter: &mut Painter<'_>, pane: &EngineQueryPane, area: Rect) {
    let (width, height) = pane.size(area);
    let title = format!("Query for {}", pane.query.language);
    let inside = boxed(painter, area, width, height, &title);
    let mut rest = row(inside, 0);
    for language in &pane.query.languages {
        let role = if *language == pane.query.language {
            Role::Key
        } else {
            Role::Quiet
        };
        rest = painter.clipped(rest, language, role);
        rest = painter.clipped(rest, "  ", Role::Quiet);
    }
    let below = Rect {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1),
        ..inside
    };
    let lines = pane.lines(width);
    let seen = usize::from(below.height);
    let first = pane.first(lines.len(), seen);
    for (index, line) in (0..below.height).zip(lines.iter().skip(first)) {
        let (text, role) = match line {
            EngineQueryLine::Gap => continue,
            EngineQueryLine::Query(text) => (text, Role::Text),
            EngineQueryLine::Note(text) => (text, Role::Quiet),
        };
        painter.clipped(row(below, index), text, role);
    }
    painter.select(row(below, 0));
    more_marks(painter, below, (first > 0, first + seen < lines.len()));
}
