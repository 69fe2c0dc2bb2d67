//! What the user can do: the table of commands, and a file for each family of them.
//!
//! A command changes the state and may ask something of the world.

pub mod as_of;
pub(in crate::app) mod briefing;
pub mod copy;
pub mod edit;
pub(in crate::app) mod filter;
pub(in crate::app) mod hits;
pub(in crate::app) mod navigation;
pub(in crate::app) mod overlay;
pub(in crate::app) mod search;
pub mod table;
