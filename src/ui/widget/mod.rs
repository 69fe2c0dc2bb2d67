//! Parts of the screen.

mod bars;
mod hints;
mod overview;

pub(super) use bars::{marking, status_bar, title_bar};
pub(super) use overview::{Marks, draw as overview};
