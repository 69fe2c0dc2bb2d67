//! The settings of the program, apart from its looks.

use std::sync::Arc;

use crate::app::input::keymap::Keymap;
use crate::app::screen::InitialView;
use crate::app::screen::layout::DETAIL_PERCENT;

/// Wishes about the program, as far as they are not about how meanings look.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which keys give which commands.
    pub keymap: Arc<Keymap>,
    /// Whether the program listens to the mouse from the beginning.
    pub mouse: bool,
    /// The share of the width that the detail has beside the list, in percent.
    pub detail_percent: u16,
    /// How a timeline screen looks when it is opened.
    pub initial_view: InitialView,
}

impl Settings {
    /// What holds without any settings.
    pub fn new(keymap: Keymap) -> Self {
        Self {
            keymap: Arc::new(keymap),
            mouse: true,
            detail_percent: DETAIL_PERCENT,
            initial_view: InitialView::default(),
        }
    }
}
