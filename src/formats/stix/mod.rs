//! STIX: its reader, and the terms that the reader and the writer share: markings, stamps, dates in words, and the extensions
//! with imprecise time.

pub(super) mod date_words;
pub mod extensions;
pub mod markings;
pub(super) mod reader;
pub(super) mod stamps;
