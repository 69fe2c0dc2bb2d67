//! What the filter prompt adds above its line: the mistake, and the completions.

use ratatui::layout::Rect;

use super::frame::{beside_marks, boxed_at, more_marks};
use crate::app::input::keymap::Keymap;
use crate::app::overlay::FilterPrompt;
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
use crate::query::CompletionCandidate;
use crate::ui::paint::{Painter, cells, row};

/// How many candidates are shown at once.
const SHOWN: usize = 9;

/// The widest column of candidates, in cells.
const LABELS: u16 = 34;

/// Draws the candidates above the prompt.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    keymap: &Keymap,
    prompt: &FilterPrompt,
    regions: ScreenRegions,
) {
    let candidates = &prompt.completion.candidates;
    let body = regions.body;
    if candidates.is_empty() || body.height < 4 {
        return;
    }
    let widest = |of: fn(&CompletionCandidate) -> &str| {
        candidates.iter().map(|it| cells(of(it))).max().unwrap_or(0)
    };
    let labels = widest(|it| &it.label).min(LABELS);
    let width = (labels + widest(|it| &it.detail) + 16)
        .clamp(30, 76)
        .min(body.width);
    let room = SHOWN.min(usize::from(body.height - 2));
    let top = (prompt.chosen.unwrap_or(0) + 1).saturating_sub(room);
    let more = (top > 0, top + room < candidates.len());
    let shown = candidates.iter().enumerate().skip(top).take(room);
    let height = u16::try_from(shown.len() + 2).unwrap_or(body.height);
    let area = Rect {
        x: body.x,
        y: body.bottom() - height,
        width,
        height,
    };
    let inside = boxed_at(painter, area, &keymap.says("{next-candidate} completes"));
    for (index, (number, candidate)) in (0..inside.height).zip(shown) {
        let line = beside_marks(row(inside, index), more);
        candidate_row(painter, candidate, labels, line);
        if prompt.chosen == Some(number) {
            painter.tint(line, Role::Selected);
        }
    }
    more_marks(painter, inside, more);
}

/// What it is called, what it is, and how many events it would leave.
fn candidate_row(
    painter: &mut Painter<'_>,
    candidate: &CompletionCandidate,
    labels: u16,
    line: Rect,
) {
    let count = candidate
        .count
        .map_or_else(String::new, |count| count.to_string());
    let rest = painter.right(line, &count, Role::Quiet);
    painter.clipped(
        Rect {
            width: labels.min(rest.width.saturating_sub(1)),
            ..rest
        },
        &candidate.label,
        Role::Text,
    );
    let after = Rect {
        x: rest.x + labels + 2,
        width: rest.width.saturating_sub(labels + 3),
        ..rest
    };
    painter.clipped(after, &candidate.detail, Role::Quiet);
}
