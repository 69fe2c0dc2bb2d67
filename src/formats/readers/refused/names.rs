//! The names of columns in a message.

use crate::text::shortened;

/// How many names are quoted, and how long each may be, in characters.
const QUOTED: usize = 6;
const LONGEST: usize = 40;

/// The first names, for a message.
pub(super) fn quoted(names: &[String]) -> String {
    let first: Vec<String> = names
        .iter()
        .take(QUOTED)
        .map(|name| format!("`{}`", shortened(name, LONGEST)))
        .collect();
    let more = if names.len() > QUOTED { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}
