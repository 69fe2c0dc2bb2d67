//! The settings of the program.

use std::sync::Arc;

use crate::app::input::keymap::Keymap;
use crate::app::screen::InitialView;
use crate::app::screen::layout::DETAIL_PERCENT;
use crate::app::state::theme::Theme;

#[derive(Clone, Debug)]
pub struct Settings {
    pub keymap: Arc<Keymap>,
    /// Whether dateline takes the mouse when it starts.
    pub mouse: bool,
    /// The width of the detail to the right of the list, in percent.
    pub detail_percent: u16,
    pub initial_view: InitialView,
    /// The theme when dateline starts.
    pub theme: Theme,
}

impl Settings {
    /// The defaults.
    pub fn new(keymap: Keymap) -> Self {
        Self {
            keymap: Arc::new(keymap),
            mouse: true,
            detail_percent: DETAIL_PERCENT,
            initial_view: InitialView::default(),
            theme: Theme::default(),
        }
    }
}
