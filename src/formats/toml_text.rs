//! Keys and values of TOML as `dateline import` writes them.

use std::fmt::Write as _;

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

use super::toml::key_names::MARKING;
use crate::text::visible_with_tabs;
use crate::timeline::term::Tlp;

pub(super) fn put(out: &mut String, key: &str, value: &str) {
    writeln!(out, "{key} = {}", quoted(value)).expect("a string takes all that is written");
}

pub(super) fn put_list(out: &mut String, key: &str, values: &[&str]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        writeln!(out, "{key} = [{}]", values.join(", "))
            .expect("a string takes all that is written");
    }
}

pub(super) fn put_marking(out: &mut String, tlp: Option<Tlp>) {
    if let Some(tlp) = tlp {
        put(out, MARKING, tlp.as_str());
    }
}

/// Writes a comment. Further lines of its text are indented.
pub(super) fn comment(out: &mut String, text: &str) {
    for (number, line) in text.trim().lines().enumerate() {
        let indent = if number > 0 { "    " } else { "" };
        let line = format!("# {indent}{}", visible_with_tabs(line));
        writeln!(out, "{}", line.trim_end()).expect("a string takes all that is written");
    }
}

/// A text as a basic string of TOML. Invisible characters are written as their pictures: `check` would report them.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(visible_with_tabs).collect();
    let text = lines.join("\n");
    TomlStringBuilder::new(&text).as_basic().to_toml_value()
}

/// An id as a key of TOML, in quotation marks if it is not ASCII.
pub(super) fn key(id: &str) -> String {
    let bare = TomlKeyBuilder::new(id).as_unquoted();
    bare.map_or_else(|| quoted(id), |key| key.to_toml_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_so_that_toml_reads_it_back() {
        assert_eq!(quoted("a \"b\"\\c\r\nd\te"), r#""a \"b\"\\c\nd\te""#);
        assert_eq!(quoted("\u{1b}[31m"), "\"␛[31m\"");
        assert_eq!(key("a-csv"), "a-csv");
        assert_eq!(key("späť"), "\"späť\"");
    }
}
