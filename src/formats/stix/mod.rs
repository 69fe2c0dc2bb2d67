//! The terms of STIX that its reader and its writer share: markings, and the extensions with imprecise time.

pub mod extensions;
pub mod markings;
