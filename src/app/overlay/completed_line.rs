//! A line with candidates to complete it.

use tui_input::Input;

use crate::query::CompletionCandidate;

#[derive(Clone, Debug, Default)]
pub struct CompletedLine {
    pub input: Input,
    /// Every candidate, the most likely first.
    all: Vec<CompletionCandidate>,
    /// The candidate that is in the line now.
    pub chosen: Option<usize>,
    /// The text before a candidate replaced it.
    typed: String,
}

impl CompletedLine {
    pub fn new(text: &str, candidates: Vec<CompletionCandidate>) -> Self {
        Self {
            input: Input::new(text.to_owned()),
            all: candidates,
            chosen: None,
            typed: text.to_owned(),
        }
    }

    /// The candidates that begin with the typed text.
    pub fn candidates(&self) -> Vec<&CompletionCandidate> {
        let typed = self.typed.trim().to_lowercase();
        let fits = |it: &&CompletionCandidate| it.label.to_lowercase().starts_with(&typed);
        self.all.iter().filter(fits).collect()
    }

    /// Replaces the text by the next or the previous candidate.
    pub fn choose(&mut self, by: isize) {
        let candidates = self.candidates();
        let Some(last) = candidates.len().checked_sub(1) else {
            return;
        };
        let next = match self.chosen {
            None if by > 0 => 0,
            None => last,
            Some(chosen) => match chosen.checked_add_signed(by) {
                Some(next) if next <= last => next,
                Some(_) => 0,
                None => last,
            },
        };
        self.input = Input::new(candidates[next].insert.clone());
        self.chosen = Some(next);
    }

    pub fn edit(&mut self, edit: impl Fn(&mut Input)) {
        edit(&mut self.input);
        self.input.value().clone_into(&mut self.typed);
        self.chosen = None;
    }
}
