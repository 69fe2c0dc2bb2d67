//! What the terminal shows: the stack of screens, the overlay and the notice.

use ratatui::layout::Size;

use super::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::state::theme::Theme;

pub(in crate::app) struct ViewState {
    /// The size of the terminal, in cells.
    pub size: Size,
    /// The stack, the top last; never empty.
    pub screens: Vec<Screen>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// Whether `dateline brief` opened it.
    pub is_briefing: bool,
    /// The theme that the user has chosen since dateline started; it is not saved.
    pub theme: Option<Theme>,
    /// The key of the event that is pinned to compare another with it.
    pub pinned: Option<String>,
    /// The depth of the first screen of this session: `quit` goes back no further.
    pub opened_at: usize,
}

impl ViewState {
    pub fn new(first: Screen, size: Size) -> Self {
        Self {
            size,
            screens: vec![first],
            overlay: None,
            notice: None,
            is_briefing: false,
            theme: None,
            pinned: None,
            opened_at: 0,
        }
    }
}
