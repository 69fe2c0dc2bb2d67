//! Texts as TOML, on one line.

use crate::formats::writers::toml_tables::{TomlTables, UnseenCharacters};
use crate::text::visible_with_tabs;

/// A name, with escapes for what a reader cannot see: it is compared with another.
pub(super) fn quoted(text: &str) -> String {
    TomlTables::new(UnseenCharacters::Escaped).quoted(text, false)
}

/// A person's text, with pictures of what a reader cannot see: `check` reports such characters.
pub(super) fn pictured(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(visible_with_tabs).collect();
    lines.join("\n")
}
