//! Values and keys as a fix writes them.

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

/// A text in double quotation marks, on one line.
pub(super) fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// An id as a key, in quotation marks if it is not ASCII.
pub(super) fn key(id: &str) -> String {
    let bare = TomlKeyBuilder::new(id).as_unquoted();
    bare.map_or_else(|| quoted(id), |key| key.to_toml_key())
}
