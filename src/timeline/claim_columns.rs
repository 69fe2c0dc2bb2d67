//! What claims say, in columns: for questions about all claims at once.

use super::column::{TermId, TextColumn, Vocabulary};
use super::source::{Claim, ClaimValue};

/// Separates the texts of one claim: a character that no text contains and that is not white space.
const BETWEEN: &str = "\0";

/// A row for each claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClaimColumns {
    /// All words of a claim: its text, the speaker's exact words, and a value that is text.
    pub texts: TextColumn,
    /// The likelihood, an index into [`ClaimColumns::likelihood_words`].
    pub likelihoods: Vec<Option<TermId>>,
    /// The likelihoods in use, in lower case.
    pub likelihood_words: Vocabulary,
}

impl ClaimColumns {
    /// Adds a row.
    pub fn push(&mut self, claim: &Claim) {
        let value = match &claim.value {
            Some(ClaimValue::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let texts = [claim.text.as_deref(), claim.words.as_deref(), value];
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        self.texts.push(&texts.join(BETWEEN));
        let likelihood = claim.likelihood.as_deref().map(str::to_lowercase);
        self.likelihoods
            .push(likelihood.map(|word| self.likelihood_words.intern(&word)));
    }
}
