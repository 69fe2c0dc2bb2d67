//! What a value of a filter fits. A star in it matches anything.

use super::value::{Form, Value};
use crate::text::Starred;

/// The words that a value fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Starred);

impl Pattern {
    /// The pattern of a value; in quotation marks a star is a star, and a space a space.
    pub fn new(value: &Value) -> Self {
        Self(match value.form {
            Form::Quoted => Starred::literal(&value.text),
            Form::Plain | Form::Any | Form::Event => Starred::new(value.text.trim()),
        })
    }

    /// Whether a word fits.
    pub fn matches(&self, word: &str) -> bool {
        self.0.matches(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, word: &str) -> bool {
        let value = Value {
            text: pattern.to_owned(),
            form: Form::Plain,
            range: 0..0,
            is_one_piece: true,
        };
        Pattern::new(&value).matches(word)
    }

    #[test]
    fn a_star_stands_for_anything_and_letter_case_for_nothing() {
        assert!(matches("APT31", "apt31") && !matches("apt3", "apt31"));
        assert!(matches("apt*", "APT31") && matches("*31", "APT31") && matches("a*t*1", "APT31"));
        assert!(matches("*", "") && matches("**", "x") && !matches("a*a", "a"));
        assert!(matches("É*", "étoile"));
        assert!(matches("CAFE\u{301}*", "caf\u{e9}s") && matches("caf\u{e9}", "cafe\u{301}"));
    }
}
