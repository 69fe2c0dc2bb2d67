//! Imprecise dates: what a source's words allow, as four bounds, and three-valued answers about them.
//!
//! Knows nothing about events, files or screens.

/// A date as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDate(String);
