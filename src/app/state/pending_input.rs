//! Input that is not complete yet: a sequence of keys, a chosen command, a drag.

use crate::app::input::command::Command;
use crate::app::input::key::Key;

#[derive(Default)]
pub(in crate::app) struct InputState {
    /// The beginning of a sequence of keys.
    pub pending: Vec<Key>,
    /// The key that completed the command that is running: a digit is the number of a view or scene.
    pub pressed: Option<Key>,
    /// The command that was chosen in the palette. It runs after `accept`, the command that chose it.
    pub chosen: Option<Command>,
    /// Whether the command that runs was chosen by its name, not by a key.
    pub is_by_name: bool,
    /// The column of the overview where a drag began.
    pub dragged_from: Option<u16>,
    /// Whether the mouse went down on the scrollbar of the list, and is still down.
    pub is_scrolling: bool,
    /// The command that would quit a briefing, or reset its clock, if it were given again.
    pub asked: Option<&'static str>,
}
