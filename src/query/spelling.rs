//! How a value is spelt in a filter.

use super::parse;
use super::value::{Form, Value, quoted};

/// A value as it is written in a filter: `apt*` is a pattern, `"apt*"` is a word with a star in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling(String);

impl Spelling {
    /// The spelling that means this value and no other.
    pub fn exact(value: &str) -> Self {
        Self(quoted(value))
    }

    /// The spelling that the user has typed.
    pub fn typed(written: &str) -> Self {
        Self(written.to_owned())
    }

    /// The text, as it goes into a filter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a value of a filter means the same.
    pub(super) fn means(&self, value: &Value) -> bool {
        let own = parse::value(&self.0);
        let is_open = |value: &Value| value.form != Form::Quoted && value.text.contains('*');
        value.form != Form::Event
            && is_open(&own) == is_open(value)
            && own.text.to_lowercase() == value.text.to_lowercase()
    }
}
