//! The parts of the state. Nothing here knows a command.

pub mod active_filter;
pub mod briefing;
pub(in crate::app) mod files;
pub(in crate::app) mod filter;
pub(crate) mod fnv;
pub(in crate::app) mod input;
pub mod notice;
pub mod problem;
pub(in crate::app) mod search;
pub mod settings;
pub(in crate::app) mod view;
