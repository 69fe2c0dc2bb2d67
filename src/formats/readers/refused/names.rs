//! The names of columns in a message.

use crate::text::beginning;

/// How many names are quoted, and how long each may be, in characters.
const QUOTED: usize = 6;
const LONGEST: usize = 40;

/// The first names, for a message.
pub(super) fn quoted(names: &[String]) -> String {
    let first: Vec<String> = names
        .iter()
        .take(QUOTED)
        .map(|name| format!("`{}`", short(name)))
        .collect();
    let more = if names.len() > QUOTED { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

fn short(name: &str) -> String {
    let mut short = beginning(name, LONGEST).to_owned();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}
