//! Many numbers in few bytes: a log of fifty million rows has a dozen of them for each row.

mod numbers;
mod offsets;

pub use numbers::{NarrowNumbers, NumbersSlice};
pub use offsets::Offsets;
