//! Movements among lines, such as a page down.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum MovementStep {
    Down,
    Up,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    First,
    Last,
}

impl MovementStep {
    /// The position after the step among `count` lines, if `height` lines are visible.
    pub fn among(self, at: usize, height: usize, count: usize) -> usize {
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        let next = match self {
            Self::Down => at + 1,
            Self::Up => at.saturating_sub(1),
            Self::PageDown => at + page,
            Self::PageUp => at.saturating_sub(page),
            Self::HalfPageDown => at + half,
            Self::HalfPageUp => at.saturating_sub(half),
            Self::First => 0,
            Self::Last => count,
        };
        next.min(count.saturating_sub(1))
    }

    /// Whether it moves towards the first line.
    pub const fn is_up(self) -> bool {
        matches!(
            self,
            Self::Up | Self::PageUp | Self::HalfPageUp | Self::First
        )
    }
}
