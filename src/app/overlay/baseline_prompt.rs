//! The line in which a version to compare with is typed: a revision, a file or a day.

use tui_input::Input;

use super::day_slider::stops;
use crate::query::{CompletionCandidate, QueryError};
use crate::timeline::Timeline;

/// Revisions that are usually meant, each with what it is.
const REVISIONS: [(&str, &str); 3] = [
    ("HEAD", "the last commit"),
    ("HEAD~1", "the commit before it"),
    ("HEAD~10", "ten commits before it"),
];

#[derive(Clone, Debug, Default)]
pub struct BaselinePrompt {
    pub input: Input,
    /// Why the text was refused; `None` again after an edit.
    pub mistake: Option<QueryError>,
    /// Whether the version is being read.
    pub is_reading: bool,
    /// What may be meant, the most likely first.
    all: Vec<CompletionCandidate>,
    /// The candidate that is in the line now.
    pub chosen: Option<usize>,
    /// The text before a candidate replaced it.
    typed: String,
}

impl BaselinePrompt {
    /// `has_files`: whether the timeline may have a history.
    pub fn open(whole: &Timeline, has_files: bool, text: &str) -> Self {
        let candidate = |name: &str, detail: &str| CompletionCandidate {
            insert: name.to_owned(),
            label: name.to_owned(),
            detail: detail.to_owned(),
            count: None,
        };
        let revisions = REVISIONS.iter().filter(|_| has_files);
        let revisions = revisions.map(|(name, detail)| candidate(name, detail));
        let days = stops(whole).into_iter().rev();
        let days = days.map(|day| candidate(day.written(), "what was public by then"));
        Self {
            input: Input::new(text.to_owned()),
            all: revisions.chain(days).collect(),
            typed: text.to_owned(),
            ..Self::default()
        }
    }

    /// The candidates that begin as what was typed.
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
        self.mistake = None;
    }

    pub fn edit(&mut self, edit: impl Fn(&mut Input)) {
        edit(&mut self.input);
        self.input.value().clone_into(&mut self.typed);
        self.chosen = None;
        self.mistake = None;
        self.is_reading = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn prompt(has_files: bool) -> BaselinePrompt {
        let text = "[[events]]\ntitle = \"A\"\nwhen = \"2021\"\ndisclosed = \"2022-03-04\"\n";
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        BaselinePrompt::open(&timeline, has_files, "")
    }

    fn labels(prompt: &BaselinePrompt) -> Vec<&str> {
        let candidates = prompt.candidates().into_iter();
        candidates.map(|it| it.label.as_str()).collect()
    }

    #[test]
    fn days_are_offered_and_revisions_only_where_there_are_files() {
        assert_eq!(labels(&prompt(false)), ["2022-03-04"]);
        assert_eq!(
            labels(&prompt(true)),
            ["HEAD", "HEAD~1", "HEAD~10", "2022-03-04"]
        );
    }

    #[test]
    fn candidates_follow_what_is_typed_and_stay_while_one_is_chosen() {
        let mut prompt = prompt(true);
        prompt.edit(|input| *input = Input::new("he".to_owned()));
        for expected in ["HEAD", "HEAD~1", "HEAD~10", "HEAD"] {
            prompt.choose(1);
            assert_eq!(prompt.input.value(), expected);
        }
        prompt.choose(-1);
        assert_eq!(prompt.input.value(), "HEAD~10");
        prompt.edit(|input| *input = Input::new("20".to_owned()));
        assert_eq!(labels(&prompt), ["2022-03-04"]);
    }
}
