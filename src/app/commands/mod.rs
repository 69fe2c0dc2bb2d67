//! What the user can do: the table of commands, and a file for each family of them.
//!
//! A command changes the state and may ask something of the world.

pub(in crate::app) mod as_of;
pub(in crate::app) mod briefing;
pub(in crate::app) mod copy;
pub(in crate::app) mod edit;
pub(in crate::app) mod filter;
pub(in crate::app) mod navigation;
pub(in crate::app) mod overlay;
pub(in crate::app) mod overview;
pub(in crate::app) mod program;
pub(in crate::app) mod search;
mod table;

pub(in crate::app) use table::run;
pub use table::{COMMANDS, CommandRow, keymap};
