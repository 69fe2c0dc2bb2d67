//! How a value is spelt in a filter.

use super::parse;
use super::value::{FilterValue, ValueForm, quoted};

/// A value as written in a filter: `apt*` is a pattern, `"apt*"` is a word with a star.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueSpelling(String);

impl ValueSpelling {
    /// The spelling of exactly this value.
    pub fn exact(value: &str) -> Self {
        Self(quoted(value))
    }

    /// The spelling as the user typed it.
    pub fn typed(written: &str) -> Self {
        Self(written.to_owned())
    }

    /// The text, as it goes into a filter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a value of a filter means the same.
    pub(super) fn means(&self, value: &FilterValue) -> bool {
        let own = parse::value(&self.0);
        let is_open =
            |value: &FilterValue| value.form != ValueForm::Quoted && value.text.contains('*');
        value.form != ValueForm::Event
            && is_open(&own) == is_open(value)
            && own.text.to_lowercase() == value.text.to_lowercase()
    }
}
