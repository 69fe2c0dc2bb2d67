//! The parts of the state. Nothing here knows a command.

pub mod active_filter;
pub mod briefing;
pub(in crate::app) mod files;
pub(crate) mod fnv_hash;
pub mod notice;
pub(in crate::app) mod pending_filter;
pub(in crate::app) mod pending_input;
pub mod problem;
pub(in crate::app) mod search;
pub mod settings;
pub(in crate::app) mod view;
