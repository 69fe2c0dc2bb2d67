//! Panics that tests ask for, to see what is left of the terminal. The option for it is in no release.

use crate::app::Message;
use crate::app::input::key::{Code, Key, UserInput};

/// Where a test makes the program panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestPanic {
    /// The thread that draws.
    Main,
    /// The thread that reads keys.
    Input,
    /// The thread that filters.
    Worker,
}

impl TestPanic {
    /// Panics on an exclamation mark, if `wanted` is this place.
    pub(super) fn trip(self, wanted: Option<Self>, msg: &Message) {
        if *msg == Message::Input(UserInput::Key(Key::plain(Code::Char('!')))) {
            self.trip_always(wanted);
        }
    }

    /// Panics if `wanted` is this place.
    pub(super) fn trip_always(self, wanted: Option<Self>) {
        assert!(
            !cfg!(debug_assertions) || wanted != Some(self),
            "a test made this panic, with an \x1b[31mescape in it"
        );
    }
}
