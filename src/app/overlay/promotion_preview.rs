//! The lines that a promotion would add to a file, to accept or not.

use ratatui::layout::Rect;

use crate::app::input::movement::MovementStep;
use crate::app::state::promotion::PromotionPlan;
use crate::text;

/// The widest box, in cells.
const WIDEST: u16 = 110;

#[derive(Clone, Debug)]
pub struct PromotionPreview {
    pub plan: PromotionPlan,
    /// The first visible line.
    pub scroll: usize,
}

/// A line of the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewLine {
    Gap,
    /// The line of the file where the next lines go.
    Place(usize),
    Added(String),
}

impl PromotionPreview {
    pub const fn new(plan: PromotionPlan) -> Self {
        Self { plan, scroll: 0 }
    }

    /// The size of the box in an area, with its border.
    pub fn size(&self, body: Rect) -> (u16, u16) {
        let width = body.width.min(WIDEST);
        let lines = self.lines(width).len();
        (width, u16::try_from(lines + 2).unwrap_or(u16::MAX))
    }

    /// The lines in a box `width` cells wide. Long lines are broken, so nothing that is written is hidden.
    pub fn lines(&self, width: u16) -> Vec<PreviewLine> {
        let room = usize::from(width.saturating_sub(6)).max(1);
        let mut lines = Vec::new();
        for added in &self.plan.added {
            if !lines.is_empty() {
                lines.push(PreviewLine::Gap);
            }
            lines.push(PreviewLine::Place(added.line));
            for line in added.text.lines() {
                let pieces = text::wrap(line, room);
                lines.extend(pieces.into_iter().map(PreviewLine::Added));
            }
        }
        lines
    }

    /// The first line that is drawn in a box that shows `seen` lines.
    pub fn first(&self, lines: usize, seen: usize) -> usize {
        self.scroll.min(lines.saturating_sub(seen))
    }

    /// Scrolls, until the last line is visible.
    pub(in crate::app) fn step(&mut self, step: MovementStep, body: Rect) {
        let (width, height) = self.size(body);
        let lines = self.lines(width).len();
        let seen = usize::from(height.min(body.height).saturating_sub(2)).max(1);
        let last = lines.saturating_sub(seen);
        self.scroll = step.among(self.scroll.min(last), seen, last + 1);
    }
}
