//! The parts of the state. Nothing here knows a command.

pub mod active_filter;
pub mod baseline;
pub mod briefing;
pub mod drive_request;
pub mod engine_query;
pub(in crate::app) mod files;
pub(crate) mod fnv_hash;
pub mod marks;
pub mod notice;
pub(in crate::app) mod pending_filter;
pub(in crate::app) mod pending_input;
pub mod problem;
pub mod promotion;
pub mod query_work;
pub mod resume_point;
pub(in crate::app) mod search;
pub mod settings;
pub mod theme;
pub mod time_of_day;
pub(in crate::app) mod undo;
pub(in crate::app) mod view;
