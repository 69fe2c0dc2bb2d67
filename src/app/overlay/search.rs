//! The search prompt: the list or the page follows each letter, and Esc undoes it all.

use tui_input::Input;

use crate::app::screen::Screen;
use crate::query::search::SearchPhrase;

/// The state of the search prompt.
#[derive(Clone, Debug)]
pub struct Search {
    /// The words typed.
    pub input: Input,
    /// The row or line where the search began.
    pub origin: usize,
    /// What was searched for before.
    pub before: Option<SearchPhrase>,
    /// The screen as it was.
    pub screen: Screen,
}

impl Search {
    /// What is looked for now.
    pub fn needle(&self) -> Option<SearchPhrase> {
        SearchPhrase::new(self.input.value())
    }
}
