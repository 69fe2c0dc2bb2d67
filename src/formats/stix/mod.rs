//! STIX: its reader, and the terms that the reader and the writer share: markings, and the extensions with imprecise time.

pub mod extensions;
pub mod markings;
pub(super) mod reader;
