//! The place of the terminal's cursor, which screen readers and braille displays follow.

use ratatui::layout::Position;

/// Where the terminal's cursor is at the end of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenCursor {
    /// Visible, where the next typed character goes.
    Caret(Position),
    /// Invisible, at the beginning of what is selected; at the top left if nothing is.
    Selection(Position),
}

impl ScreenCursor {
    /// The cell, whether the cursor is visible or not.
    pub const fn position(self) -> Position {
        match self {
            Self::Caret(at) | Self::Selection(at) => at,
        }
    }
}

impl Default for ScreenCursor {
    fn default() -> Self {
        Self::Selection(Position::ORIGIN)
    }
}
