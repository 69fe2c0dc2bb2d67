//! What several subjects of the tests share.

pub mod synthetic;
