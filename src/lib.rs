//! dateline: a terminal viewer for the timelines of cyber incidents.

pub mod app;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod formats;
pub mod query;
pub mod text;
pub mod timeline;
pub mod ui;
