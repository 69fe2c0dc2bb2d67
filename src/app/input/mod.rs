//! Keys, the mouse, and the commands that they give in each mode.

pub mod command;
pub mod key;
pub mod keymap;
pub mod mode;
pub(in crate::app) mod movement;
