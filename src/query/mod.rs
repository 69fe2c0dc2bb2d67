//! Questions over a timeline.

pub mod search;
