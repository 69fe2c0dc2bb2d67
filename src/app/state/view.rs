//! What is on the screen of the terminal.

use ratatui::layout::Size;

use super::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;

pub(in crate::app) struct ViewState {
    /// The size of the terminal.
    pub size: Size,
    /// From the first screen to the one on top; never empty.
    pub screens: Vec<Screen>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
}

impl ViewState {
    pub fn new(first: Screen, size: Size) -> Self {
        Self {
            size,
            screens: vec![first],
            overlay: None,
            notice: None,
        }
    }
}
