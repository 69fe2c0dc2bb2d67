//! Linear mode: the viewer and the briefing as a conversation, in sentences and with commands in words.
//!
//! It only prints, for screen readers, braille displays and terminals that cannot move the cursor. A [`LinearSession`]
//! turns a line of input into text and does nothing else; `conversation` is the loop around it. Neither knows screens,
//! keys or colours.

mod commands;
mod conversation;
mod list;
mod mark_edits;
mod marks;
mod narrowing;
mod pages;
mod scenes;
mod session;
mod words;

pub use commands::{ALONE, COMMANDS, LinearCommand};
pub(super) use conversation::{converse, is_interactive, wrapped};
pub use session::{LinearOptions, LinearSession};
