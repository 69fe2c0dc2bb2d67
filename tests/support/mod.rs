//! What several subjects of the tests share.

pub mod program;
pub mod synthetic;
