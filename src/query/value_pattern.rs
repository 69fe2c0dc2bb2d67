//! What a value of a filter matches. A star in it matches anything.

use super::value::{FilterValue, ValueForm};
use crate::text::StarPattern;

/// The words that a value matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuePattern(StarPattern);

impl ValuePattern {
    /// The pattern of a value. In quotation marks a star is a star, and spaces count.
    pub fn new(value: &FilterValue) -> Self {
        Self(match value.form {
            ValueForm::Quoted => StarPattern::literal(&value.text),
            ValueForm::Plain | ValueForm::Any | ValueForm::Event => {
                StarPattern::new(value.text.trim())
            }
        })
    }

    pub fn matches(&self, word: &str) -> bool {
        self.0.matches(word)
    }

    /// What each word that matches has between the stars, in lower case.
    pub(super) fn parts(&self) -> &[String] {
        self.0.parts()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, word: &str) -> bool {
        let value = FilterValue {
            text: pattern.to_owned(),
            form: ValueForm::Plain,
            range: 0..0,
            is_one_piece: true,
        };
        ValuePattern::new(&value).matches(word)
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
