//! Parts of the screen.

mod bars;
mod hints;
mod large_text;
mod overview;

pub(super) use bars::{marking, status_bar, title_bar};
pub(super) use hints::draw as hints;
pub(super) use large_text::rows as large_text;
pub(super) use overview::{OverviewMarks, draw as overview};
