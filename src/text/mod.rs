//! Text for a reader: characters made visible, lines broken, spellings compared.
//!
//! Text from a file reaches a screen or a report only through [`visible`].

mod beginning;
mod canonical;
mod lines;
mod orthography;
mod plain;
mod sentences;
mod star_pattern;
mod unprintable;
mod visible;

pub use beginning::{beginning, shortened};
pub use canonical::{canonical, is_cut, spellings};
pub use lines::{first_lines, grapheme_width, lines, width, wrap};
pub use plain::{has_controls, is_plain, is_single_spaced, plain_clusters};
pub use sentences::first_sentences;
pub use star_pattern::StarPattern;
pub use unprintable::UnprintableKind;
pub use visible::{push_picture, unprintable_in, unprintable_in_lines, visible, visible_with_tabs};

/// [`str::trim`], decided by two bytes where there is nothing to trim.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
