//! The commands of the user: their table, and a file for each family.
//!
//! A command changes the state, and may return effects for the outside.

pub(in crate::app) mod as_of;
pub(in crate::app) mod baseline;
pub(in crate::app) mod briefing;
pub(in crate::app) mod copy;
pub(in crate::app) mod drive;
pub(in crate::app) mod edit;
pub(in crate::app) mod engine_query;
pub(in crate::app) mod filter;
pub(in crate::app) mod follower;
pub(in crate::app) mod mark;
pub(in crate::app) mod navigation;
pub(in crate::app) mod overlay;
pub(in crate::app) mod overview;
pub(in crate::app) mod pin;
pub(in crate::app) mod program;
pub(in crate::app) mod promote;
pub(in crate::app) mod search;
mod table;
pub(in crate::app) mod undo;

pub use navigation::can_stop_queries;
pub(in crate::app) use table::run;
pub use table::{COMMANDS, CommandRow, keymap};
