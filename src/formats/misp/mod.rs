//! Events of MISP in its JSON (misp-rfc, core format): their reader, and the words that it shares with the writer.

mod content;
mod dates;
mod draft;
mod draft_claims;
mod draft_objects;
pub(in crate::formats) mod keyed_text;
mod names;
mod not_read;
mod reader;
mod recognise;
pub(in crate::formats) mod relations;
pub(in crate::formats) mod tags;
mod values;

pub(in crate::formats) use reader::read;
pub(in crate::formats) use recognise::begins;
