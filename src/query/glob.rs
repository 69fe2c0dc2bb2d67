//! Words with stars: `apt*` is whatever begins with *apt*, whatever its letter case.

use super::syntax::{Form, Value};

/// A word that a star may leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// In lower case; between two parts anything may stand.
    parts: Vec<String>,
}

impl Pattern {
    /// The pattern of a value; in quotation marks a star is a star.
    pub fn new(value: &Value) -> Self {
        let text = value.text.trim().to_lowercase();
        let parts = match value.form {
            Form::Quoted => vec![text],
            _ => text.split('*').map(str::to_owned).collect(),
        };
        Self { parts }
    }

    /// Whether a word fits.
    pub fn matches(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| *only == word);
        };
        let inside = word
            .strip_prefix(first.as_str())
            .and_then(|rest| rest.strip_suffix(last.as_str()));
        let Some(mut rest) = inside else { return false };
        middle
            .iter()
            .all(|part| match rest.split_once(part.as_str()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
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
    }
}
