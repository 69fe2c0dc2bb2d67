//! Words with stars: `apt*` matches any word that begins with *apt*, in any letter case.

use super::canonical::canonical;

/// A word in which stars match anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarPattern {
    /// Lower case, in canonical form; anything may be between two parts.
    parts: Vec<String>,
}

impl StarPattern {
    /// A pattern in which a star matches anything.
    pub fn new(text: &str) -> Self {
        let parts = canonical(text).split('*').map(str::to_lowercase).collect();
        Self { parts }
    }

    /// A pattern in which a star is a star.
    pub fn literal(text: &str) -> Self {
        Self {
            parts: vec![canonical(text).to_lowercase()],
        }
    }

    /// What is between the stars, in lower case and in canonical form.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    pub fn matches(&self, word: &str) -> bool {
        let word = canonical(word).to_lowercase();
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
