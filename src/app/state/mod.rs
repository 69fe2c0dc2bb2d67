//! What the state is made of. Nothing here knows a command.

pub mod active_filter;
pub mod briefing;
pub(crate) mod fnv;
pub mod notice;
pub mod problem;
pub mod settings;
