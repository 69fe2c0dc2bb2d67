//! dateline: a terminal viewer for the timelines of cyber incidents.

pub mod date;
pub mod diagnostic;
pub mod formats;
pub mod text;
pub mod timeline;
