//! Texts of the file in Markdown.

use crate::text::visible;

/// A text of the file in Markdown: nothing in it is read as markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in visible(text).chars() {
        if "\\`*_{}[]<>#|~".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// A text of the file as code in Markdown.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", visible(text).replace('`', "'"))
}
