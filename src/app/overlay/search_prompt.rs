//! The search prompt: the list or the page follows each letter, and cancel returns to the start.

use tui_input::Input;

use crate::app::screen::Screen;
use crate::query::search::SearchPhrase;

#[derive(Clone, Debug)]
pub struct SearchPrompt {
    pub input: Input,
    /// The row or line where the search began.
    pub origin: usize,
    /// The needle of the previous search.
    pub before: Option<SearchPhrase>,
    /// The screen when the prompt was opened, for cancel.
    pub screen: Screen,
}

impl SearchPrompt {
    pub fn needle(&self) -> Option<SearchPhrase> {
        SearchPhrase::new(self.input.value())
    }
}
