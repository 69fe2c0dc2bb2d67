//! What the user presses, and what that means where.

pub mod command;
pub mod key;
pub mod keymap;
pub mod mode;
pub(in crate::app) mod movement;
