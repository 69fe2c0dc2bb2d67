//! The part of the filter prompt above its line: the mistake, and the completions.

use ratatui::layout::Rect;

use super::frame::{beside_marks, boxed_at, more_marks};
use crate::app::input::keymap::Keymap;
use crate::app::overlay::FilterPrompt;
use crate::app::screen::layout::ScreenRegions;
use crate::document::Role;
use crate::query::{CompletionCandidate, QueryError};
use crate::text;
use crate::ui::paint::{Painter, cells, row};

/// How many candidates are shown at once.
const SHOWN: usize = 9;

/// The widest column of candidates, in cells.
const LABELS: u16 = 34;

/// The widest box, in cells.
const WIDEST: u16 = 76;

/// Draws the mistake and the candidates above the prompt.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    keymap: &Keymap,
    prompt: &FilterPrompt,
    regions: ScreenRegions,
) {
    let mut body = regions.body;
    if let Some(mistake) = prompt.real_mistake() {
        body.height -= mistake_box(painter, mistake, body);
    }
    let candidates: Vec<_> = prompt.completion.candidates.iter().collect();
    let title = keymap.says("{next-candidate} completes");
    candidates_box(painter, &title, (&candidates, prompt.chosen), body);
}

/// Lists candidates at the bottom of an area, with the chosen one.
pub(super) fn candidates_box(
    painter: &mut Painter<'_>,
    title: &str,
    (candidates, chosen): (&[&CompletionCandidate], Option<usize>),
    body: Rect,
) {
    if candidates.is_empty() || body.height < 4 {
        return;
    }
    let widest = |of: fn(&CompletionCandidate) -> &str| {
        candidates.iter().map(|it| cells(of(it))).max().unwrap_or(0)
    };
    let labels = widest(|it| &it.label).min(LABELS);
    let width = (labels + widest(|it| &it.detail) + 16)
        .clamp(30, WIDEST)
        .min(body.width);
    let room = SHOWN.min(usize::from(body.height - 2));
    let top = (chosen.unwrap_or(0) + 1).saturating_sub(room);
    let more = (top > 0, top + room < candidates.len());
    let shown = candidates.iter().enumerate().skip(top).take(room);
    let height = u16::try_from(shown.len() + 2).unwrap_or(body.height);
    let area = Rect {
        x: body.x,
        y: body.bottom() - height,
        width,
        height,
    };
    let inside = boxed_at(painter, area, title);
    for (index, (number, candidate)) in (0..inside.height).zip(shown) {
        let line = beside_marks(row(inside, index), more);
        candidate_row(painter, candidate, labels, line);
        if chosen == Some(number) {
            painter.tint(line, Role::Selected);
        }
    }
    more_marks(painter, inside, more);
}

/// Whether an area has room for the box of a mistake. Without it the line of the prompt explains the mistake.
pub(in crate::ui) const fn has_mistake_box(body: Rect) -> bool {
    body.height >= 6
}

/// Explains a mistake in full at the bottom of an area: the mistake, its remedy, and the expectation. Returns the
/// height of the box.
pub(super) fn mistake_box(painter: &mut Painter<'_>, mistake: &QueryError, body: Rect) -> u16 {
    if !has_mistake_box(body) {
        return 0;
    }
    let width = WIDEST.min(body.width);
    let room = usize::from(width.saturating_sub(4)).max(1);
    let expected = if mistake.expected.is_empty() {
        String::new()
    } else {
        format!("expected {}", mistake.expected)
    };
    let help = mistake.help.as_deref().unwrap_or_default();
    let parts = [
        (mistake.message.as_str(), Role::Error),
        (help, Role::Text),
        (&expected, Role::Quiet),
    ];
    let filled = parts.into_iter().filter(|(words, _)| !words.is_empty());
    let lines = filled.flat_map(|(words, role)| {
        let lines = text::wrap(words, room).into_iter();
        lines.map(move |line| (line, role))
    });
    let lines: Vec<(String, Role)> = lines.collect();
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let height = height.min(body.height);
    let area = Rect {
        y: body.bottom() - height,
        width,
        height,
        ..body
    };
    let inside = boxed_at(painter, area, "Not understood");
    for (index, (words, role)) in (0..inside.height).zip(&lines) {
        painter.clipped(row(inside, index), words, *role);
    }
    height
}

/// Draws the label of a candidate, its description, and the number of events that it would leave.
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
