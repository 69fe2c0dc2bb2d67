//! Parts of the screen.

mod bars;
mod header;
mod hints;
mod large_text;
mod notice;
mod overview;
mod scrollbar;

pub(super) use bars::status_bar;
pub(super) use header::{file_state, marking, title_bar};
pub(super) use hints::draw as hints;
pub(super) use large_text::rows as large_text;
pub(super) use overview::{OverviewMarks, draw as overview};
pub(super) use scrollbar::scrollbar;
